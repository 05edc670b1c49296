//! Reading and writing.

use std::path::Path;

use clap::Args;
use nearfar::{
    Metadata, OutputProfile,
    codec::{DecodeOptions, Depth, EncodeOptions, Format, Rounding},
    most_pixels,
};

use super::{
    amount,
    choice::{Choice, choice},
};
use crate::{failure::Failure, files::is_stream};

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
    #[arg(long, value_parser = choice(FORMATS), value_name = "FORMAT")]
    pub(crate) format: Option<Format>,
    /// Bits of a sample; 16 for PNG and TIFF.
    #[arg(long, value_parser = choice(DEPTHS), default_value = "8", value_name = "BITS")]
    depth: Depth,
    /// JPEG quality, 1 to 100; 92 if not given.
    #[arg(long, value_name = "Q")]
    quality: Option<u8>,
    /// What of NEAR's file the hybrid's file says too: who took it, when, where and how. Never its thumbnail and its maker's
    /// notes.
    #[arg(long, value_parser = choice(KEEP), value_name = "WHAT", value_delimiter = ',')]
    keep: Vec<(bool, bool)>,
    /// The colour profile in the file.
    #[arg(long, value_parser = choice(PROFILES), value_name = "WHICH", default_value = "none")]
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
        let format = match self.format.or_else(|| Format::from_path(path)) {
            Some(format) => format,
            None if is_stream(path) => Format::Png,
            None => {
                return Err(Failure::usage(format_args!("{}: the extension names no picture format", path.display()))
                    .fix("end the name with .png, .jpg, .webp or .tif, or say --format png"));
            }
        };
        if self.metadata().is_any() && !format.can_hold_metadata() {
            return Err(Failure::usage(format_args!("{format} files hold neither EXIF, XMP nor a profile"))
                .fix("write a .png, .jpg, .webp or .tif, or leave --keep and --profile out"));
        }
        if self.quality.is_some() && format != Format::Jpeg {
            return Err(Failure::usage(format_args!("--quality has no effect on {format} files"))
                .fix("leave it out, or write a .jpg"));
        }
        let usual = EncodeOptions::new(format);
        Ok(EncodeOptions { depth: self.depth, rounding, quality: self.quality.unwrap_or(usual.quality), ..usual })
    }

    /// What the file says beside the picture.
    pub(crate) fn metadata(&self) -> Metadata {
        let exif = self.keep.iter().any(|(exif, _)| *exif);
        let xmp = self.keep.iter().any(|(_, xmp)| *xmp);
        Metadata { exif, xmp, profile: self.profile }
    }
}

/// EXIF and XMP.
const KEEP: &[Choice<(bool, bool)>] = &[
    ("exif", (true, false), "Camera, exposure, date, author, copyright, description, and the place if it is there"),
    ("xmp", (false, true), "What editing programs wrote: author, title, keywords, ratings"),
    ("all", (true, true), "Both"),
];

const PROFILES: &[Choice<OutputProfile>] = &[
    ("none", OutputProfile::None, "None; the picture is sRGB, as every program takes it to be"),
    ("srgb", OutputProfile::Srgb, "One that says sRGB, for programs that ask when there is none"),
    ("near", OutputProfile::Near, "NEAR's own, such as Display P3 or Adobe RGB; the picture is converted to it"),
];

const DEPTHS: &[Choice<Depth>] = &[("8", Depth::Eight, ""), ("16", Depth::Sixteen, "")];

/// The formats that can be written.
const FORMATS: &[Choice<Format>] = &[
    ("png", Format::Png, ""),
    ("jpeg|jpg", Format::Jpeg, ""),
    ("webp", Format::WebP, ""),
    ("tiff|tif", Format::Tiff, ""),
    ("bmp", Format::Bmp, ""),
    ("pnm", Format::Pnm, ""),
    ("qoi", Format::Qoi, ""),
];
