//! Reading and writing.

use std::path::Path;

use clap::{Args, ValueEnum};
use nearfar::{
    Metadata, OutputProfile,
    codec::{DecodeOptions, Depth, EncodeOptions, Format, Rounding},
    most_pixels,
};

use super::amount;
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
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub(crate) format: Option<FormatArg>,
    /// Bits of a sample; 16 for PNG and TIFF.
    #[arg(long, value_enum, default_value = "8", value_name = "BITS")]
    depth: DepthArg,
    /// JPEG quality, 1 to 100; 92 if not given.
    #[arg(long, value_name = "Q")]
    quality: Option<u8>,
    /// What of NEAR's file the hybrid's file says too: who took it, when, where and how. Never its thumbnail and its maker's
    /// notes.
    #[arg(long, value_enum, value_name = "WHAT", value_delimiter = ',')]
    keep: Vec<KeepArg>,
    /// The colour profile in the file.
    #[arg(long, value_enum, value_name = "WHICH", default_value = "none")]
    profile: ProfileArg,
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
        let format = match self.format.map(Into::into).or_else(|| Format::from_path(path)) {
            Some(format) => format,
            None if is_stream(path) => Format::Png,
            None => {
                return Err(Failure::usage(format_args!("{}: the extension names no picture format", path.display()))
                    .fix("end the name with .png, .jpg, .webp or .tif, or say --format png"));
            }
        };
        let depth = match self.depth {
            DepthArg::Eight => Depth::Eight,
            DepthArg::Sixteen => Depth::Sixteen,
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
        Ok(EncodeOptions { depth, rounding, quality: self.quality.unwrap_or(usual.quality), ..usual })
    }

    /// What the file says beside the picture.
    pub(crate) fn metadata(&self) -> Metadata {
        let keeps = |what: KeepArg| self.keep.iter().any(|&said| said == what || said == KeepArg::All);
        let profile = match self.profile {
            ProfileArg::None => OutputProfile::None,
            ProfileArg::Srgb => OutputProfile::Srgb,
            ProfileArg::Near => OutputProfile::Near,
        };
        Metadata { exif: keeps(KeepArg::Exif), xmp: keeps(KeepArg::Xmp), profile }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum KeepArg {
    /// Camera, exposure, date, author, copyright, description, and the place if it is there.
    Exif,
    /// What editing programs wrote: author, title, keywords, ratings.
    Xmp,
    /// Both.
    All,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum ProfileArg {
    /// None; the picture is sRGB, as every program takes it to be.
    None,
    /// One that says sRGB, for programs that ask when there is none.
    Srgb,
    /// NEAR's own, such as Display P3 or Adobe RGB; the picture is converted to it.
    Near,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum DepthArg {
    #[value(name = "8")]
    Eight,
    #[value(name = "16")]
    Sixteen,
}

/// The formats that can be written.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum FormatArg {
    Png,
    #[value(alias = "jpg")]
    Jpeg,
    Webp,
    #[value(alias = "tif")]
    Tiff,
    Bmp,
    Pnm,
    Qoi,
}

impl From<FormatArg> for Format {
    fn from(format: FormatArg) -> Self {
        match format {
            FormatArg::Png => Self::Png,
            FormatArg::Jpeg => Self::Jpeg,
            FormatArg::Webp => Self::WebP,
            FormatArg::Tiff => Self::Tiff,
            FormatArg::Bmp => Self::Bmp,
            FormatArg::Pnm => Self::Pnm,
            FormatArg::Qoi => Self::Qoi,
        }
    }
}
