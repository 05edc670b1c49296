//! What went wrong, why, and what to do about it.

use std::{fmt, path::Path};

use anstyle::AnsiColor;
use nearfar::{
    JobError, MixError, PlaceError, SourceError,
    align::AlignError,
    batch::{
        BatchError, RowFailure,
        manifest::{ManifestError, RowError},
    },
    codec::{DecodeError, EncodeError, WriteError},
    descent::DescentError,
    fit::FitError,
    fourier::FourierError,
    kernels::KernelError,
    layers::{LayersError, text::TextError},
    settings::SettingsError,
    vision::VisionError,
    wanted::WantedError,
};

use crate::{files, interrupt};

/// Exit code of work that failed.
const FAILED: u8 = 1;
/// Exit code of a command that makes no sense, as clap's.
const USAGE: u8 = 2;

/// An error as a person reads it: what failed and why, then how to mend it.
#[derive(Debug)]
pub(crate) struct Failure {
    message: String,
    fix: Option<String>,
    code: u8,
}

impl Failure {
    /// Work that could not be done.
    pub(crate) fn new(message: impl fmt::Display) -> Self {
        Self { message: message.to_string(), fix: None, code: FAILED }
    }

    /// A command that makes no sense.
    pub(crate) fn usage(message: impl fmt::Display) -> Self {
        Self { message: message.to_string(), fix: None, code: USAGE }
    }

    /// Says first what it is about.
    fn about(mut self, what: impl fmt::Display) -> Self {
        self.message = format!("{what}: {}", self.message);
        self
    }

    /// Says how to mend it.
    pub(crate) fn fix(mut self, fix: impl fmt::Display) -> Self {
        self.fix = Some(fix.to_string());
        self
    }

    /// Reading a picture named `name` failed.
    pub(crate) fn reading(name: &str, error: &DecodeError) -> Self {
        let failure = Self::new(format_args!("cannot read {name}: {}", reason(error)));
        match error {
            DecodeError::TooManyPixels { .. } => failure
                .fix("make the picture smaller first, or raise --max-pixels and --memory if this machine can take it"),
            DecodeError::TooManyBytes { .. } => failure.fix("raise the limit with --max-memory if you trust the file"),
            DecodeError::Io { source } if source.kind() == std::io::ErrorKind::NotFound => {
                failure.fix("check the spelling and the folder; `-` reads standard input")
            }
            DecodeError::Io { .. } => failure.fix("check that it is a file and that you may read it"),
            DecodeError::OutOfMemory { .. } => failure.fix("close other programs, or make the picture smaller first"),
            DecodeError::UnreadableFormat { name: format } => failure.fix(conversion(format, name)),
            DecodeError::UnknownFormat | DecodeError::Unsupported { .. } => {
                failure.fix("save the picture as PNG or JPEG with any picture program")
            }
            _ => failure.fix("copy or download the file again, or save it again as PNG"),
        }
    }

    /// The pictures of a hybrid cannot be had.
    pub(crate) fn sources(hybrid: &Path, error: &SourceError) -> Self {
        match error {
            SourceError::Missing { which, .. } => {
                Self::new(error).fix(format_args!("say where it is now with --{which} FILE"))
            }
            SourceError::Changed { changed } => {
                let changed: Vec<_> = changed.iter().map(|path| path.display().to_string()).collect();
                let (hybrid, changed) = (hybrid.display(), changed.join(", "));
                Self::new(format_args!("changed since {hybrid} was made: {changed}")).fix(
                    "bring the old file back, say where it is with --near, --far or --start, or mix anew with nearfar mix",
                )
            }
            SourceError::Read { path, error } => Self::reading(&path.display().to_string(), error),
            _ => Self::new(error),
        }
    }

    /// Somebody stopped it before there was anything to keep.
    pub(crate) fn interrupted() -> Self {
        let failure = Self::new("interrupted before there was a hybrid; nothing is written");
        Self { code: interrupt::EXIT_CODE, ..failure }.fix("run it again")
    }

    /// Two results for one stream.
    pub(crate) fn json_and_picture() -> Self {
        Self::usage("the picture and the JSON cannot both go to standard output")
            .fix("give -o a file name, or leave --json out")
    }

    /// Writing to standard output failed.
    pub(crate) fn standard_output(error: &std::io::Error) -> Self {
        Self::new(format_args!("cannot write to standard output: {error}"))
            .fix("check where it goes: a full disk, or the program behind the pipe")
    }

    /// The error for a script, which docs/json.md describes.
    pub(crate) fn to_json(&self) -> serde_json::Value {
        serde_json::json!({ "error": self.message, "fix": self.fix, "exit_code": self.code })
    }

    /// Prints the error and gives the exit code.
    pub(crate) fn report(self) -> u8 {
        let red = AnsiColor::Red.on_default().bold();
        let green = AnsiColor::Green.on_default().bold();
        crate::console::labelled(red, "error:", &self.message);
        if let Some(fix) = &self.fix {
            crate::console::labelled(green, "fix:", fix);
        }
        self.code
    }
}

/// The reason alone: an [`DecodeError::Io`] says "cannot read" itself.
fn reason(error: &DecodeError) -> String {
    match error {
        DecodeError::Io { source } => source.to_string(),
        other => other.to_string(),
    }
}

/// How to make a PNG of a file in a format that is not read.
fn conversion(format: &str, name: &str) -> String {
    let program = match format {
        "HEIC" => "heif-convert",
        "AVIF" => "avifdec",
        "JPEG 2000" => "opj_decompress -i",
        "PDF" => "pdftoppm -png -r 150 -singlefile",
        "SVG" | "XML (SVG?)" => "rsvg-convert -o picture.png",
        _ => "magick",
    };
    let ending = match format {
        "JPEG 2000" => " -o picture.png",
        "PDF" => " picture",
        "SVG" | "XML (SVG?)" => "",
        _ => " picture.png",
    };
    format!("convert it to PNG or JPEG with any picture program, such as: {program} '{name}'{ending}")
}

impl std::error::Error for Failure {}

/// On one line.
impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        self.fix.as_ref().map_or(Ok(()), |fix| write!(f, " (fix: {fix})"))
    }
}

impl From<EncodeError> for Failure {
    fn from(error: EncodeError) -> Self {
        let failure = Self::usage(&error);
        match error {
            EncodeError::ReadOnlyFormat { .. } => failure.fix("give the output another extension, such as .png"),
            EncodeError::Depth { .. } => failure.fix("write a .png or .tif, or leave --depth at 8"),
            EncodeError::OutOfMemory => failure.fix("close other programs, or take smaller pictures"),
            EncodeError::NoAnimation { .. } => failure.fix("give it another extension: .png or .gif"),
            EncodeError::Quality { .. } => failure.fix("leave --quality out, or give it a number from 1 to 100"),
            _ => failure.fix("write a .png or .tif"),
        }
    }
}

impl From<WriteError> for Failure {
    fn from(error: WriteError) -> Self {
        let failure = Self::new(&error);
        match error {
            WriteError::Exists { .. } => failure.fix("choose another name, or replace it with --force"),
            _ => failure.fix("check that the folder exists, that you may write there and that the disk is not full"),
        }
    }
}

impl From<MixError> for Failure {
    fn from(error: MixError) -> Self {
        match error {
            MixError::Fit(error) => error.into(),
            MixError::Descent(error) => error.into(),
            MixError::Fourier(error) => error.into(),
            MixError::NoStart { .. } => Self::usage(&error).fix("leave --start out, or use nearfar mix"),
            MixError::NotNearer { near, far } => {
                Self::usage(format_args!("--near {near} is not nearer than --far {far}"))
                    .fix("give --near the shorter distance, as in --near 60cm --far 3m")
            }
            MixError::NoShare => {
                Self::usage("--far-color, --far-tone and --beside have no effect where channels are mixed alike")
                    .fix("leave them out, or say --colors luma")
            }
            MixError::NothingBeside => Self::usage("--beside has no effect: no face was found in FAR")
                .fix("leave it out, or choose how FAR is fitted with --align"),
            MixError::Cutoff(_) => {
                Self::usage(&error).fix("give --low and --high what these pixels can hold, such as 24cpi")
            }
            MixError::Cancelled => Self::interrupted(),
            MixError::Vision(error) => error.into(),
            _ => Self::usage(&error).fix("see nearfar --help"),
        }
    }
}

impl From<JobError> for Failure {
    fn from(error: JobError) -> Self {
        match error {
            JobError::Mix(error) => error.into(),
            JobError::Encode(error) => error.into(),
            _ => Self::new(&error).fix("see nearfar --help"),
        }
    }
}

impl From<WantedError> for Failure {
    fn from(error: WantedError) -> Self {
        match error {
            WantedError::Mix(error) => error.into(),
            WantedError::NoMask { .. } => Self::usage(&error).fix("check the spelling and the folder"),
            WantedError::MaskSize { .. } => Self::usage(&error).fix("make the mask as large as NEAR"),
            _ => Self::usage(&error).fix("save the mask as a grey picture"),
        }
    }
}

impl From<LayersError> for Failure {
    fn from(error: LayersError) -> Self {
        match error {
            LayersError::Mix(error) => error.into(),
            LayersError::Fit { number, error } => Self::from(error).about(format_args!("picture {number}")),
            LayersError::TooFew { .. } => {
                Self::usage(&error).fix("say --at for each, as in --at 40cm=cat.png --at 4m=text:HELLO")
            }
            LayersError::TooClose { .. } => Self::usage(&error).fix("give the farther one a greater distance"),
            LayersError::FirstIsText => Self::usage(&error).fix("put a picture first"),
            LayersError::Text(TextError::NoLetter { .. }) => {
                Self::usage(&error).fix("give a font that has it with --font FILE")
            }
            LayersError::Text(TextError::Font) => Self::usage(&error).fix("give a .ttf or .otf file"),
            _ => Self::usage(&error).fix("see nearfar help layers"),
        }
    }
}

impl From<FitError> for Failure {
    fn from(error: FitError) -> Self {
        let failure = Self::usage(&error);
        match error {
            FitError::SizeMismatch { .. } => {
                failure.fix("let nearfar fit them: --align auto (or center, points, crop); or make them one size first")
            }
            FitError::NoFace { .. } => failure.fix("say where the eyes are with --points, or use --align auto"),
            FitError::Cancelled => Self::interrupted(),
            FitError::NoMatch { .. } => failure.fix("give --points, or use --align auto or center"),
            FitError::Align(error) => error.into(),
            _ => failure.fix("use --points or --align center meanwhile"),
        }
    }
}

impl From<AlignError> for Failure {
    fn from(error: AlignError) -> Self {
        let failure = Self::usage(&error);
        match error {
            AlignError::TooFewPoints { .. } => {
                failure.fix("give more pairs: --points near=x,y far=x,y near=x,y far=x,y ...")
            }
            AlignError::Image(_) => failure.fix("save the picture again with sound samples"),
            _ => failure.fix("each pair is near=x,y far=x,y in pixels from the left top corner; look at them again"),
        }
    }
}

impl From<DescentError> for Failure {
    fn from(error: DescentError) -> Self {
        let failure = Self::usage(&error);
        match error {
            DescentError::NoWeight => failure.fix("give at least one of --near-weight, --detail-weight, --far-weight"),
            DescentError::StartMismatch { .. } => {
                failure.fix("give --start a picture of the hybrid's size, or one of grey, near, far, blend and pyramid")
            }
            DescentError::StartColors => {
                failure.fix("make it grey first, or give one of grey, near, far, blend and pyramid")
            }
            DescentError::Kernel(KernelError::Share { .. }) => {
                failure.fix("give --far-color, --far-tone and --beside a number from 0 to 1, or leave them out")
            }
            DescentError::Kernel(_) => failure.fix("mend --sigma or --kernel-size, or leave them out"),
            _ => failure.fix("mend that option, or leave it out; nearfar descent --help says what each takes"),
        }
    }
}

impl From<FourierError> for Failure {
    fn from(error: FourierError) -> Self {
        Self::usage(&error).fix("mend that option, or leave it out; nearfar fourier --help says what each takes")
    }
}

impl From<SettingsError> for Failure {
    fn from(error: SettingsError) -> Self {
        let idle = |flag: &str, response: &str| {
            Self::usage(format_args!("{flag} has no effect with this response"))
                .fix(format_args!("leave it out, or say {response}"))
        };
        match error {
            SettingsError::ColorWeight => Self::usage("--color-weight has no effect where channels are mixed alike")
                .fix("leave it out, or say --colors luma"),
            SettingsError::Rate => Self::usage("this solver finds its own steps and takes no --rate")
                .fix("leave --rate out, or say --solver gradient-descent, momentum or adam"),
            SettingsError::Order => idle("--order", "--response butterworth"),
            SettingsError::Weights => idle("--weights", "--response wiener"),
            SettingsError::Sigma => idle("--sigma", "--response wiener (or give the cutoff, as in --low 6px)"),
            SettingsError::WienerCutoffs => Self::usage("--low and --high have no effect with the wiener response")
                .fix("leave them out, or say --weights and --sigma"),
            SettingsError::Points => {
                Self::usage("points have no effect with this --align").fix("leave --align out, or say --align points")
            }
            SettingsError::Edges => Self::usage("--edges has no effect where FAR is not laid onto NEAR")
                .fix("leave it out, or choose another --align"),
            _ => Self::usage(error).fix("see nearfar --help"),
        }
    }
}

impl From<PlaceError> for Failure {
    fn from(error: PlaceError) -> Self {
        match &error {
            PlaceError::Input { .. } => Self::usage(&error).fix("choose another name for the output"),
            PlaceError::NoFolder { folder, .. } => {
                Self::new(&error).fix(format_args!("make it first: mkdir -p {}", folder.display()))
            }
            PlaceError::NotFile { .. } => {
                Self::new(&error).fix("give the output a file name, such as hybrid.png; `-` writes to standard output")
            }
            PlaceError::Exists { .. } => Self::new(&error).fix("choose another name, or replace it with --force"),
            _ => Self::new(&error).fix("give the output a file name, such as hybrid.png"),
        }
    }
}

impl Failure {
    /// The manifest at `path` cannot be used.
    pub(crate) fn manifest(path: &Path, error: &ManifestError) -> Self {
        Self::new(format_args!("cannot read {}: {error}", files::name(path))).fix(match error {
            ManifestError::Format => "rename it after what is in it",
            ManifestError::Empty => "give each hybrid a row with near and far",
            _ => "give a text file that ends in .csv or .jsonl",
        })
    }
}

impl From<BatchError> for Failure {
    fn from(error: BatchError) -> Self {
        match error {
            BatchError::Order(error) => error.into(),
            BatchError::Folder { .. } => Self::new(&error).fix("choose another folder with -o"),
            BatchError::NotResults { .. } => Self::new(&error).fix("move it away, or choose another folder with -o"),
            BatchError::Busy { .. } => Self::new(&error).fix("wait for it, or give this one another folder or --shard"),
            _ => Self::new(&error).fix("check that you may write there and that the disk is not full"),
        }
    }
}

impl From<RowFailure> for Failure {
    fn from(error: RowFailure) -> Self {
        match error {
            RowFailure::Row(error) => error.into(),
            RowFailure::Place(error) => error.into(),
            RowFailure::Job(error) => error.into(),
            RowFailure::Write(error) => error.into(),
            RowFailure::Results(error) => error.into(),
            RowFailure::Read { path, error } => Self::reading(&path.display().to_string(), &error),
            // Our own words, which went through the library.
            RowFailure::Task(error) => error.downcast().map_or_else(Self::usage, |failure| *failure),
            RowFailure::ResultsFile { .. } => Self::usage(error).fix("choose another name for the output"),
            RowFailure::Folder { .. } => Self::new(error).fix("check that you may write there"),
            _ => Self::new(error).fix("report it with the two pictures and the row; the other rows go on"),
        }
    }
}

impl From<RowError> for Failure {
    fn from(error: RowError) -> Self {
        let failure = Self::usage(&error);
        match error {
            RowError::Twin { .. } => failure.fix("give each row an out of its own"),
            RowError::Reserved { .. } => {
                failure.fix("leave it out; nearfar batch --help says what can be said of all rows")
            }
            _ => failure.fix("mend that row of the manifest"),
        }
    }
}

impl From<VisionError> for Failure {
    fn from(error: VisionError) -> Self {
        let failure = Self::usage(&error);
        match error {
            VisionError::HybridSize { .. } => failure
                .fix("score the hybrid against the pictures as they were mixed: give --align and --edges as then"),
            VisionError::Image(_) => failure.fix("save the picture again with sound samples"),
            _ => failure.fix("check the distances and --dpi, as in --near 60cm --far 3m --dpi 96"),
        }
    }
}
