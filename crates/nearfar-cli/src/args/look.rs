//! Arguments of the commands that show and judge hybrids.

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
    /// The strip's file: the hybrid as it looks from further and further away. If -o, --animate and --terminal are left out,
    /// HYBRID-strip.png or an unused name like it, in the current folder.
    #[arg(short, long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    /// Show the hybrid at full size instead, blurred as by the eye.
    #[arg(long)]
    pub(crate) simulate: bool,
    /// Write a film of a walk from afar to the hybrid and back: .png (APNG), .gif or .webp.
    #[arg(long, value_name = "FILE")]
    pub(crate) animate: Option<PathBuf>,
    /// Show the strip in the terminal; without HOW, by the best protocol that the terminal is known to support.
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
    /// The hybrid; the recipe in its file says where its pictures are and how they were mixed.
    pub(crate) hybrid: PathBuf,
    /// The picture to be seen up close, if the recipe does not lead to it.
    #[arg(requires = "far")]
    pub(crate) near: Option<PathBuf>,
    /// The picture to be seen from afar.
    pub(crate) far: Option<PathBuf>,
}

impl HybridArgs {
    /// NEAR and FAR, if given.
    pub(crate) fn pair(&self) -> Option<[&Path; 2]> {
        self.near.as_deref().zip(self.far.as_deref()).map(<[_; 2]>::from)
    }

    /// The files that are read, which are never overwritten.
    pub(crate) fn files(&self) -> Vec<&Path> {
        [Some(&self.hybrid), self.near.as_ref(), self.far.as_ref()].into_iter().flatten().map(|path| &**path).collect()
    }
}

/// The viewer's distance and the surface.
#[derive(Debug, Args)]
#[command(next_help_heading = "Viewing")]
pub(crate) struct PlaceArgs {
    /// Your distance from the screen, such as 60cm or 2ft; 60cm if left out.
    #[arg(long, alias = "near", value_name = "LENGTH")]
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
    /// The file of its spectrum: log amplitude, frequency 0 in the middle, axes in cycles per picture. If -o and --radial
    /// are left out, PICTURE-spectrum.png or an unused name like it, in the current folder.
    #[arg(short, long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    /// Write a plot of amplitude by frequency, averaged over all directions: .svg, or a picture.
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
    /// The page: one HTML file that needs no network. If left out, HYBRID-report.html or an unused name like it, in the
    /// current folder.
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

/// Files that show the hybrid, each requested by a flag.
#[derive(Debug, Args)]
#[command(next_help_heading = "Showing")]
pub(crate) struct ShowArgs {
    /// Also write the size strip: the hybrid as it looks from further and further away.
    #[arg(long, value_name = "FILE")]
    strip: Option<PathBuf>,
    /// Write a film of a walk from afar to the hybrid and back: .png (APNG), .gif or .webp.
    #[arg(long, value_name = "FILE")]
    animate: Option<PathBuf>,
    /// Write a page that explains the hybrid: one HTML file that needs no network.
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
}

impl ShowArgs {
    /// Whether any of them is requested.
    pub(crate) fn is_wanted(&self) -> bool {
        [&self.strip, &self.animate, &self.report].into_iter().any(Option::is_some)
    }

    /// The targets of these files, none of which may be one of `inputs`.
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
    /// The sheet's file; if left out, NEAR-sweep.png or an unused name like it, in the current folder.
    #[arg(short, long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    /// The knob to vary from row to row; the crossover varies from column to column.
    #[arg(long, value_parser = word::<Knob>(), value_name = "WHAT", default_value = "detail-weight")]
    pub(crate) knob: Knob,
    /// Values of the knob, as in 0.5,1,2; if left out, values around its usual one.
    #[arg(long, value_name = "LIST", value_delimiter = ',', allow_negative_numbers = true)]
    pub(crate) values: Vec<f64>,
    /// Number of crossovers, 1 to 9, over two octaves around the chosen one.
    #[arg(long, value_name = "N", default_value_t = 5, value_parser = count::<u8>(Some(9)))]
    pub(crate) columns: u8,
    /// Also write the sheet as a page: one HTML file that needs no network.
    #[arg(long, value_name = "FILE")]
    pub(crate) report: Option<PathBuf>,
    /// The preset for the other settings.
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
