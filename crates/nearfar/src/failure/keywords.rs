//! The same words for whoever says settings by keywords, as in Python.

use super::{Cause, Failure};
use crate::{
    fit,
    settings::{ResponseName, SolverName, Worded},
};

/// What is said another way, or not at all, where there is no command line.
const PHRASES: [(&str, &str); 11] = [
    ("--force", "force=True"),
    ("--no-recipe", "strip=True"),
    (", or raise --max-pixels, --memory and ulimit -v if this machine can take it", ""),
    (
        "raise --max-memory, and --memory if that was given, if you trust the file",
        "make the picture smaller first, or raise ulimit -v if that is set",
    ),
    ("; `-` reads standard input", ""),
    (", or say --format png where that can be said", ""),
    ("give more pairs: --points near=x,y far=x,y near=x,y far=x,y ...", "give more pairs of places"),
    ("each pair is near=x,y far=x,y in pixels", "each pair is ((x, y) in NEAR, (x, y) in FAR) in pixels"),
    ("look at them again", "look at points again"),
    ("write it as in 60cm or 3m", "write it as in \"60cm\" or \"3m\""),
    ("write it as in 16cpi, 0.03cpp or 6px", "write it as in \"16cpi\", \"0.03cpp\" or \"6px\""),
];

/// Keywords that have other names than the flags.
const RENAMED: [(&str, &str); 2] = [("near", "near_distance"), ("far", "far_distance")];

impl Failure {
    /// The same with settings called by Python's keywords and commands by its functions.
    ///
    /// ```
    /// use nearfar::{Failure, MixError};
    ///
    /// let failure = Failure::from(MixError::NoShare).in_keywords();
    /// assert_eq!(failure.fix.as_deref(), Some("leave them out, or say colors=\"luma\""));
    /// ```
    #[must_use]
    pub fn in_keywords(self) -> Self {
        // Whoever stopped it knows what to do.
        let fix = self.fix.filter(|_| self.cause != Cause::Stop);
        Self { message: in_keywords(&self.message), fix: fix.as_deref().map(in_keywords), ..self }
    }
}

fn in_keywords(text: &str) -> String {
    let mut text = text.to_owned();
    for (flags, keywords) in PHRASES {
        text = text.replace(flags, keywords);
    }
    settings(&calls(&text))
}

/// Flags as keywords, with their values if they have some: `--align none` becomes `align="none"`.
fn settings(text: &str) -> String {
    let mut said = String::new();
    let mut rest = text;
    let mut follows_value = false;
    while let Some((before, after)) = split_at_flag(rest) {
        let end = after.find(|c: char| !c.is_ascii_lowercase() && c != '-').unwrap_or(after.len());
        let (flag, after) = after.split_at(end);
        let comma = if follows_value && before == " " { "," } else { "" };
        let renamed = RENAMED.iter().find(|(name, _)| *name == flag).map(|(_, keyword)| (*keyword).to_owned());
        let keyword = renamed.unwrap_or_else(|| flag.replace('-', "_"));
        said.extend([comma, before, &keyword]);
        (rest, follows_value) = (after, false);
        let value = after.strip_prefix(' ').map(|after| after.split([' ', ',', ')']).next().unwrap_or(after));
        if let Some(value) = value.filter(|value| is_value(flag, value)) {
            let quotes = if value.parse::<f64>().is_ok() { "" } else { "\"" };
            said.extend(["=", quotes, value, quotes]);
            (rest, follows_value) = (&after[1 + value.len()..], true);
        }
    }
    said + rest
}

/// What is before and after the dashes of the first flag. Names of files may hold dashes, too.
fn split_at_flag(text: &str) -> Option<(&str, &str)> {
    let begins = |&(at, _): &(usize, &str)| {
        let (before, after) = (&text[..at], &text[at + 2..]);
        (before.is_empty() || before.ends_with([' ', '('])) && after.starts_with(|c: char| c.is_ascii_lowercase())
    };
    text.match_indices("--").find(begins).map(|(at, dashes)| (&text[..at], &text[at + dashes.len()..]))
}

/// Whether what follows a flag is a value of its: a number, with a unit or without, or one of its words.
fn is_value(flag: &str, text: &str) -> bool {
    fn is_word<T: Worded>(text: &str) -> bool {
        T::WORDS.iter().any(|word| word.word == text)
    }
    text.trim_start_matches('-').starts_with(|c: char| c.is_ascii_digit())
        || match flag {
            "align" => is_word::<fit::Method>(text),
            "colors" => is_word::<nearfar_kernels::Colors>(text),
            "response" => is_word::<ResponseName>(text),
            "solver" => is_word::<SolverName>(text),
            _ => false,
        }
}

/// Commands as functions: `nearfar fourier --help` becomes `help(nearfar.fourier)`.
fn calls(text: &str) -> String {
    let mut text = text.replace("nearfar --help", "help(nearfar)");
    for command in ["mix", "descent", "fourier"] {
        let called = format!("nearfar.{command}");
        text = text.replace(&format!("nearfar {command} --help"), &format!("help({called})"));
        text = text.replace(&format!("nearfar {command}"), &called);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        MixError, Size,
        align::{AlignError, Model},
        descent::DescentError,
        fit::FitError,
        fourier::FourierError,
        kernels::KernelError,
        settings::SettingsError,
        vision::VisionError,
    };

    fn words(error: impl Into<Failure>) -> String {
        error.into().in_keywords().to_string()
    }

    #[test]
    fn flags_are_keywords_and_commands_functions() {
        let (near, far) = ("5m".parse().unwrap(), "3m".parse().unwrap());
        assert_eq!(
            words(MixError::NotNearer { near, near_is_said: true, far, far_is_said: true }),
            "near_distance=\"5m\" is not nearer than far_distance=\"3m\" (fix: give near_distance the shorter distance, as in \
             near_distance=\"60cm\", far_distance=\"3m\")"
        );
        assert_eq!(
            words(DescentError::Iterations { iterations: 0, max: 9 }),
            "0 iterations were asked for; it must be from 1 to 9 (fix: give steps a whole number from 1 to 9, or leave it out)"
        );
        assert_eq!(
            words(SettingsError::Sigma),
            "sigma has no effect with this response (fix: leave it out, or say response=\"wiener\" (or give the cutoff, as \
             in low=\"6px\"))"
        );
        assert_eq!(
            words(SettingsError::Points),
            "points have no effect with this align (fix: leave align out, or say align=\"points\")"
        );
        assert_eq!(
            words(VisionError::LengthSyntax),
            "not a length, which is a number and its unit (mm, cm, m, in or ft) (fix: write it as in \"60cm\" or \"3m\")"
        );
        assert_eq!(
            words(VisionError::DensitySyntax),
            "not a pixel density, which is a number of pixels per inch (fix: say it as in dpi=96 for a screen, dpi=300 \
             for a print, or print_width=\"60cm\")"
        );
        assert_eq!(words(MixError::Cancelled), "interrupted before there was a result; nothing is written");
    }

    #[test]
    fn no_error_of_a_mix_speaks_of_the_command_line() {
        let size = Size::new(4, 3).unwrap();
        let (near, far) = ("5m".parse().unwrap(), "3m".parse().unwrap());
        let said = [
            words(MixError::NoStart { method: "fourier" }),
            words(MixError::NothingBeside),
            words(MixError::IdleStrength),
            words(MixError::NotNearer { near, near_is_said: true, far, far_is_said: false }),
            words(MixError::NotNearer { near, near_is_said: false, far, far_is_said: true }),
            words(MixError::NoCutoff { method: "descent" }),
            words(MixError::NoLoss { method: "fourier" }),
            words(FitError::SizeMismatch { near: size, far: size }),
            words(FitError::TooThin { near: true, size }),
            words(AlignError::TooFewPoints { model: Model::Similarity, needed: 2, found: 1 }),
            words(AlignError::NoOverlap { share: 0.0 }),
            words(DescentError::NoWeight),
            words(DescentError::FarInvisible { near_weight: 0.0, far_weight: 0.0 }),
            words(DescentError::NearInvisible),
            words(DescentError::StartColors),
            words(FourierError::NoCrossover),
            words(VisionError::HybridSize { hybrid: size, pair: size }),
            words(VisionError::LengthSyntax),
            words(VisionError::DensitySyntax),
            words(VisionError::PixelsPerDegree { ppd: 0.0, min: 0.01, max: 2e4 }),
            words(VisionError::PixelsPerDegree { ppd: 1e5, min: 0.01, max: 2e4 }),
            words(DescentError::Kernel(KernelError::Sigma { sigma: 0.0, min: 1e-9, max: 1e5 })),
            words(SettingsError::ColorWeight),
            words(SettingsError::Rate),
            words(SettingsError::Range),
            words(SettingsError::Order),
            words(SettingsError::Weights),
            words(SettingsError::WienerCutoffs),
            words(SettingsError::Edges),
        ];
        for text in said {
            let commands = ["nearfar mix", "nearfar descent", "nearfar fourier"];
            assert!(!text.contains("--") && commands.iter().all(|command| !text.contains(command)), "{text}");
        }
    }

    #[cfg(feature = "codec")]
    #[test]
    fn no_error_of_a_file_speaks_of_the_command_line() {
        use crate::{
            codec::{DecodeError, Depth, EncodeError, Format, WriteError},
            settings::OutputError,
        };
        let said = [
            words(OutputError::NoQuality { format: Format::Png }),
            words(OutputError::NoFormat { path: "a.xyz".into() }),
            words(OutputError::NoMetadata { format: Format::Bmp }),
            words(EncodeError::Depth { format: Format::Jpeg, depth: Depth::Sixteen }),
            words(EncodeError::Quality { quality: 500 }),
            words(WriteError::Exists { path: "a.png".into() }),
            words(crate::JobError::Enlarged { width: 9, size: Size::new(4, 3).unwrap() }),
            Failure::reading(
                "a.png",
                &DecodeError::TooManyPixels { format: Format::Png, width: 9, height: 9, max_pixels: 1 },
            )
            .in_keywords()
            .to_string(),
            Failure::reading("a.png", &DecodeError::TooManyBytes { bytes: 9, max_bytes: 1 }).in_keywords().to_string(),
        ];
        assert_eq!(said[0], "quality has no effect on PNG files (fix: leave it out, or write a .jpg)");
        for text in said {
            assert!(!text.contains("--"), "{text}");
        }
        let missing = Failure::new("cannot read a--near.png");
        assert_eq!(missing.clone().in_keywords(), missing);
    }
}
