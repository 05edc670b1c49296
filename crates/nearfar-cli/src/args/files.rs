//! Reading and writing.

use std::path::Path;

use clap::Args;
use nearfar::{
    Failure, Metadata, OutputProfile, amount,
    codec::{DecodeOptions, Depth, EncodeOptions, Format, Rounding},
    most_pixels,
    settings::{OutputSettings, Word},
};

use super::choice::{choice, word};
use crate::files::unless_stream;

/// How pictures are read.
#[derive(Debug, Args)]
#[command(next_help_heading = "Reading")]
pub(crate) struct InputArgs {
    /// What shows through transparent places, as RRGGBB.
    #[arg(long, value_name = "HEX", default_value = "ffffff", value_parser = color)]
    background: [f32; 3],
    #[command(flatten)]
    limits: LimitArgs,
}

impl InputArgs {
    pub(crate) fn decode_options(&self) -> DecodeOptions {
        self.limits.decode_options(self.background)
    }
}

/// How much of a picture is read.
#[derive(Debug, Args)]
#[command(next_help_heading = "Reading")]
pub(crate) struct LimitArgs {
    /// Most pixels of a picture, such as 0.5MP or 268MP.
    #[arg(long, value_name = "PIXELS", default_value = "268MP", value_parser = amount::pixels)]
    max_pixels: u64,
    /// Most memory for reading one picture, such as 500MB or 4GiB.
    #[arg(long, value_name = "SIZE", default_value = "4GiB", value_parser = amount::memory)]
    max_memory: u64,
    /// Most memory for all the work, such as 2GiB: larger pictures are refused before they are read. Without it four fifths
    /// of what is free.
    #[arg(id = "work_memory", long = "memory", value_name = "SIZE", value_parser = amount::memory)]
    memory: Option<u64>,
}

impl LimitArgs {
    pub(crate) fn decode_options(&self, background: [f32; 3]) -> DecodeOptions {
        DecodeOptions {
            background,
            max_pixels: self.max_pixels.min(most_pixels(self.memory)),
            max_bytes: self.max_memory,
            ..DecodeOptions::default()
        }
    }
}

fn color(text: &str) -> Result<[f32; 3], String> {
    let digits = text.strip_prefix('#').unwrap_or(text);
    match u32::from_str_radix(digits, 16) {
        Ok(rgb) if digits.len() == 6 => Ok([16, 8, 0].map(|shift| f32::from((rgb >> shift) as u8) / 255.0)),
        _ => Err("a colour is six hexadecimal digits, such as ffffff".to_owned()),
    }
}

/// How the hybrid is written.
#[derive(Debug, Args)]
#[command(next_help_heading = "Writing")]
pub(crate) struct OutputArgs {
    /// Format of the file; without it the extension decides.
    #[arg(long, value_parser = word::<Format>(), value_name = "FORMAT")]
    pub(crate) format: Option<Format>,
    /// Bits of a sample; 16 for PNG and TIFF.
    #[arg(long, value_parser = word::<Depth>(), default_value = "8", value_name = "BITS")]
    depth: Depth,
    /// JPEG quality, 1 to 100; 92 if not given.
    #[arg(long, value_name = "Q")]
    quality: Option<u8>,
    /// What of NEAR's file the hybrid's file says too: who took it, when, where and how. Never its thumbnail and its maker's
    /// notes.
    #[arg(long, value_parser = choice(KEEP), value_name = "WHAT", value_delimiter = ',')]
    keep: Vec<(bool, bool)>,
    /// The colour profile in the file.
    #[arg(long, value_parser = word::<OutputProfile>(), value_name = "WHICH", default_value = "none")]
    profile: OutputProfile,
    /// Store no recipe: nothing but the picture, and what --keep and --profile ask for. `nearfar redo` cannot make it again.
    #[arg(long)]
    pub(crate) no_recipe: bool,
    /// Replace the output if it exists.
    #[arg(short, long)]
    pub(crate) force: bool,
}

impl OutputArgs {
    /// How to write to `path`.
    pub(crate) fn encode_options(&self, path: &Path, rounding: Rounding) -> Result<EncodeOptions, Failure> {
        let Self { format, depth, quality, .. } = *self;
        let said = OutputSettings { format, depth, quality, rounding, metadata: self.metadata() };
        Ok(said.options(unless_stream(path))?)
    }

    /// What the file says beside the picture.
    pub(crate) fn metadata(&self) -> Metadata {
        let exif = self.keep.iter().any(|(exif, _)| *exif);
        let xmp = self.keep.iter().any(|(_, xmp)| *xmp);
        Metadata { exif, xmp, profile: self.profile }
    }
}

/// EXIF and XMP.
const KEEP: &[Word<(bool, bool)>] = &[
    kept("exif", (true, false), "Camera, exposure, date, author, copyright, description, and the place if it is there"),
    kept("xmp", (false, true), "What editing programs wrote: author, title, keywords, ratings"),
    kept("all", (true, true), "Both"),
];

const fn kept(word: &'static str, value: (bool, bool), help: &'static str) -> Word<(bool, bool)> {
    Word { word, others: &[], value, help }
}
