//! The commands that look.

use std::path::{Path, PathBuf};

use clap::Args;
use nearfar::{
    Failure, Target,
    contact::Knob,
    look::{Shows, Terminal},
    settings::{FitSettings, Preset, Word, flags::count},
    vision::Length,
};

use super::{
    DistanceSettings, FilesArgs, FitArgs, InputSettings, LimitSettings, RunArgs, SurfaceSettings, choice, word,
};

#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    nearfar view hybrid.png -o strip.png\n  \
    nearfar view hybrid.png --animate walk.gif\n  \
    nearfar view hybrid.png --simulate -o afar.png\n  \
    nearfar view hybrid.png --terminal")]
pub(crate) struct ViewCommand {
    #[command(flatten)]
    pub(crate) hybrid: HybridArgs,
    /// Where the strip goes: the hybrid as small as from further and further away. Without -o, --animate and --terminal to
    /// HYBRID-strip.png in the current folder, under a name that is free.
    #[arg(short, long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    /// Show it at full size instead, blurred as the eye blurs it from there.
    #[arg(long)]
    pub(crate) simulate: bool,
    /// Write a film of the way from afar to the hybrid and back: .png (APNG), .gif or .webp.
    #[arg(long, value_name = "FILE")]
    pub(crate) animate: Option<PathBuf>,
    /// Show the strip in the terminal; without HOW as well as the terminal is known to.
    #[arg(
        long, value_parser = choice(TERMINALS), value_name = "HOW", num_args = 0..=1, require_equals = true,
        default_missing_value = "auto"
    )]
    pub(crate) terminal: Option<fn() -> Terminal>,
    /// Replace files that exist.
    #[arg(short, long)]
    pub(crate) force: bool,
    #[command(flatten)]
    pub(crate) fit: FitSettings,
    #[command(flatten)]
    pub(crate) place: PlaceArgs,
    #[command(flatten)]
    pub(crate) limits: LimitSettings,
    #[command(flatten)]
    pub(crate) run: RunArgs,
}

/// A hybrid and its pictures.
#[derive(Debug, Args)]
pub(crate) struct HybridArgs {
    /// The hybrid; a recipe in its file says where its pictures are and how they were mixed.
    pub(crate) hybrid: PathBuf,
    /// The picture that was mixed to be seen up close, if the recipe does not lead to it.
    #[arg(requires = "far")]
    pub(crate) near: Option<PathBuf>,
    /// The picture that was mixed to be seen from afar.
    pub(crate) far: Option<PathBuf>,
}

impl HybridArgs {
    /// NEAR and FAR, if they are said.
    pub(crate) fn pair(&self) -> Option<[&Path; 2]> {
        self.near.as_deref().zip(self.far.as_deref()).map(<[_; 2]>::from)
    }

    /// What is read and never overwritten.
    pub(crate) fn files(&self) -> Vec<&Path> {
        [Some(&self.hybrid), self.near.as_ref(), self.far.as_ref()].into_iter().flatten().map(|path| &**path).collect()
    }
}

/// From where a picture is looked at.
#[derive(Debug, Args)]
#[command(next_help_heading = "Viewing")]
pub(crate) struct PlaceArgs {
    /// From where you look at your screen, such as 60cm or 2ft; 60cm if not given.
    #[arg(long, value_name = "LENGTH")]
    pub(crate) from: Option<Length>,
    #[command(flatten)]
    pub(crate) surface: SurfaceSettings,
}

const TERMINALS: &[Word<fn() -> Terminal>] = &[
    shown_by("auto", || Terminal::detect(|name| std::env::var(name).ok()), "By the terminal's environment variables"),
    shown_by("kitty", || Terminal::Kitty, "kitty, Ghostty, WezTerm, Konsole"),
    shown_by("iterm2", || Terminal::Iterm2, "iTerm2, WezTerm, mintty, VS Code"),
    shown_by("sixel", || Terminal::Sixel, "foot, mlterm, Windows Terminal, xterm"),
    shown_by("blocks", || Terminal::Blocks, "Half blocks in 24-bit colours: nearly every terminal"),
];

const fn shown_by(word: &'static str, value: fn() -> Terminal, help: &'static str) -> Word<fn() -> Terminal> {
    Word { word, others: &[], value, help }
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    nearfar align near.jpg far.jpg -o fitted\n  \
    nearfar mix near.jpg far.jpg --points-file fitted/points.toml")]
pub(crate) struct AlignCommand {
    #[command(flatten)]
    pub(crate) pair: FilesArgs,
    /// The folder for near.png, far.png, overlay.png and points.toml.
    #[arg(short, long, value_name = "DIR")]
    pub(crate) out: PathBuf,
    /// Replace files that exist.
    #[arg(short, long)]
    pub(crate) force: bool,
    #[command(flatten)]
    pub(crate) fit: FitArgs,
    #[command(flatten)]
    pub(crate) input: InputSettings,
    #[command(flatten)]
    pub(crate) run: RunArgs,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    nearfar spectrum hybrid.png -o spectrum.png\n  \
    nearfar spectrum hybrid.png --radial radial.svg")]
pub(crate) struct SpectrumCommand {
    /// The picture.
    pub(crate) picture: PathBuf,
    /// Where its spectrum goes: log amplitude, frequency 0 in the middle, cycles per picture along both axes. Without -o and
    /// --radial to PICTURE-spectrum.png in the current folder, under a name that is free.
    #[arg(short, long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    /// Write a plot of how strong each frequency is, all directions together: .svg, or a picture.
    #[arg(long, value_name = "FILE")]
    pub(crate) radial: Option<PathBuf>,
    /// Replace files that exist.
    #[arg(short, long)]
    pub(crate) force: bool,
    #[command(flatten)]
    pub(crate) input: InputSettings,
    #[command(flatten)]
    pub(crate) run: RunArgs,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    nearfar report hybrid.png -o report.html\n  \
    nearfar report hybrid.png near.jpg far.jpg")]
pub(crate) struct ReportCommand {
    #[command(flatten)]
    pub(crate) hybrid: HybridArgs,
    /// Where the page goes: one HTML file that needs no network. Without it to HYBRID-report.html in the current folder, under a
    /// name that is free.
    #[arg(short, long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    /// Replace the file if it exists.
    #[arg(short, long)]
    pub(crate) force: bool,
    #[command(flatten)]
    pub(crate) fit: FitSettings,
    #[command(flatten)]
    pub(crate) distance: DistanceSettings,
    #[command(flatten)]
    pub(crate) limits: LimitSettings,
    #[command(flatten)]
    pub(crate) run: RunArgs,
}

/// What is shown of the hybrid, each in a file of its own.
#[derive(Debug, Args)]
#[command(next_help_heading = "Showing")]
pub(crate) struct ShowArgs {
    /// Write the size strip too: the hybrid as small as from further and further away.
    #[arg(long, value_name = "FILE")]
    strip: Option<PathBuf>,
    /// Write a film of the way from afar to the hybrid and back: .png (APNG), .gif or .webp.
    #[arg(long, value_name = "FILE")]
    animate: Option<PathBuf>,
    /// Write a page that explains the hybrid: one HTML file that needs no network.
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
}

impl ShowArgs {
    /// Where the files go; none is one of `inputs`.
    pub(crate) fn shows(&self, force: bool, inputs: &[&Path]) -> Result<Shows<Target>, Failure> {
        Ok(Shows {
            strip: self.strip.as_deref().map(|path| Target::picture(path, force, inputs)).transpose()?,
            film: self.animate.as_deref().map(|path| Target::film(path, force, inputs)).transpose()?,
            page: self.report.as_deref().map(|path| Target::page(path, force, inputs)).transpose()?,
        })
    }
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    nearfar sweep near.jpg far.jpg -o sheet.png\n  \
    nearfar sweep near.jpg far.jpg --knob far-color --values 0,0.5,1\n  \
    nearfar sweep near.jpg far.jpg -o pages.png --report sheet.html\n  \
    nearfar sweep near.jpg far.jpg --preset article --knob near-weight")]
pub(crate) struct SweepCommand {
    #[command(flatten)]
    pub(crate) pair: FilesArgs,
    /// Where the sheet goes; without it to NEAR-sweep.png in the current folder, under a name that is free.
    #[arg(short, long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    /// What is turned from row to row; the crossover is turned from column to column.
    #[arg(long, value_parser = word::<Knob>(), value_name = "WHAT", default_value = "detail-weight")]
    pub(crate) knob: Knob,
    /// What the knob is turned to, as in 0.5,1,2; without it to values around what it usually stands at.
    #[arg(long, value_name = "LIST", value_delimiter = ',', allow_negative_numbers = true)]
    pub(crate) values: Vec<f64>,
    /// How many crossovers, 1 to 9, over two octaves around the one that is chosen.
    #[arg(long, value_name = "N", default_value_t = 5, value_parser = count::<u8>(Some(9)))]
    pub(crate) columns: u8,
    /// Write the sheet as a page, too: one HTML file that needs no network.
    #[arg(long, value_name = "FILE")]
    pub(crate) report: Option<PathBuf>,
    /// What the other settings are.
    #[arg(long, value_parser = word::<Preset>(), value_name = "NAME", default_value = "best")]
    pub(crate) preset: Preset,
    /// Replace the file if it exists.
    #[arg(short, long)]
    pub(crate) force: bool,
    #[command(flatten)]
    pub(crate) fit: FitArgs,
    #[command(flatten)]
    pub(crate) input: InputSettings,
    #[command(flatten)]
    pub(crate) run: RunArgs,
}
