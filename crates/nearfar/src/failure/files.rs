//! Files that cannot be read or written.

use std::{io::ErrorKind, path::Path};

use super::{Cause, Failure};
use crate::{
    JobError, PlaceError, PointsFileError, RecipeError, Role, SourceError,
    codec::{DecodeError, EncodeError, WriteError},
    settings::OutputError,
};

impl Failure {
    /// Writing to standard output failed.
    pub fn standard_output(error: &std::io::Error) -> Self {
        Self::new(format_args!("cannot write to standard output: {error}"))
            .fix("check where it goes: the disk may be full, or the program behind the pipe may have ended")
    }

    /// A text file cannot be read.
    pub fn reading_text(path: &Path, error: &std::io::Error) -> Self {
        let failure = Self::new(format_args!("cannot read {}: {error}", path.display()));
        match error.kind() {
            ErrorKind::InvalidData => {
                Self::new(format_args!("{} is no text", path.display())).fix("give a text file, in UTF-8, there")
            }
            ErrorKind::NotFound => failure.fix("check the spelling and the folder"),
            _ => failure.fix("check that it is a text file and that you may read it"),
        }
    }

    /// Reading a picture named `name` failed.
    pub fn reading(name: &str, error: &DecodeError) -> Self {
        let failure = Self::new(format_args!("cannot read {name}: {}", reason(error)));
        match error {
            DecodeError::TooManyPixels { .. } => failure
                .fix("make the picture smaller first, or raise --max-pixels, --memory and ulimit -v if this machine can take it"),
            DecodeError::TooManyBytes { .. } => {
                let fix = "raise --max-memory, and --memory if that was given, if you trust the file";
                Self { cause: Cause::Memory, ..failure.fix(fix) }
            }
            DecodeError::Io { source } if source.kind() == std::io::ErrorKind::NotFound => {
                failure.fix("check the spelling and the folder; `-` reads standard input")
            }
            DecodeError::Io { .. } => failure.fix("check that it is a file and that you may read it"),
            DecodeError::OutOfMemory { .. } => Self::memory(failure),
            DecodeError::UnreadableFormat { name: format } => failure.fix(conversion(format, name)),
            DecodeError::UnknownFormat | DecodeError::Unsupported { .. } => {
                failure.fix("save the picture as PNG or JPEG with any picture program")
            }
            _ => failure.fix("copy or download the file again, or save it again as PNG"),
        }
    }

    /// The pictures of a hybrid cannot be had.
    pub fn sources(hybrid: &Path, error: &SourceError) -> Self {
        match error {
            SourceError::Missing { role, file } => Self::new(error).fix(match role {
                Role::Near => "say where it is now, with --near FILE".to_owned(),
                Role::Far => "say where it is now, with --far FILE".to_owned(),
                Role::Start => "say where it is now, with --start FILE".to_owned(),
                _ => format!("say where it is now, with --moved '{file}=FILE'"),
            }),
            SourceError::Objective(error) => Self::recipe(hybrid, Some(error)),
            SourceError::Idle { .. } => Self::usage(error).fix(format_args!(
                "leave that out; nearfar redo {} finds by itself those files that are where they were",
                hybrid.display()
            )),
            SourceError::Changed { changed } => {
                let changed: Vec<_> = changed.iter().map(|path| path.display().to_string()).collect();
                let (hybrid, changed) = (hybrid.display(), changed.join(", "));
                Self::new(format_args!("changed since {hybrid} was made: {changed}")).fix(
                    "bring the old file back, say where it is with --near, --far, --start or --moved, or mix again",
                )
            }
            SourceError::Read { path, error } => Self::reading(&path.display().to_string(), error),
        }
    }

    /// The same for layers, for which there are no flags that say where pictures are now.
    pub(crate) fn layers_sources(hybrid: &Path, error: &SourceError) -> Self {
        let failure = Self::sources(hybrid, error);
        match error {
            SourceError::Missing { .. } => {
                failure.fix(format_args!("put it back where it was, or beside {}", hybrid.display()))
            }
            SourceError::Changed { .. } => failure.fix("bring the old file back"),
            _ => failure,
        }
    }

    /// The recipe in the file of a hybrid cannot be used: there is none, or it cannot be read.
    pub fn recipe(hybrid: &Path, error: Option<&RecipeError>) -> Self {
        let hybrid = hybrid.display();
        match error {
            Some(error) => Self::new(format_args!("the recipe in {hybrid} cannot be read: {error}"))
                .fix("use the version of nearfar that made the file"),
            None => Self::new(format_args!("{hybrid} holds no recipe")).fix(
                "PNG, JPEG, WebP and TIFF files hold one that nearfar wrote without --no-recipe and no other program saved",
            ),
        }
    }
}

/// The reason alone: a [`DecodeError::Io`] starts with "cannot read" itself.
fn reason(error: &DecodeError) -> String {
    match error {
        DecodeError::Io { source } => source.to_string(),
        other => other.to_string(),
    }
}

/// How to convert a file in an unsupported format to PNG.
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

impl From<JobError> for Failure {
    fn from(error: JobError) -> Self {
        match error {
            JobError::Mix(error) => error.into(),
            JobError::Wanted(error) => error.into(),
            JobError::Layers(error) => error.into(),
            JobError::Encode(error) => error.into(),
            JobError::Enlarged { size, .. } => {
                Self::usage(&error).fix(format_args!("leave --width out, or give less than {}", size.width()))
            }
        }
    }
}

impl From<EncodeError> for Failure {
    fn from(error: EncodeError) -> Self {
        let failure = Self::usage(&error);
        match error {
            EncodeError::ReadOnlyFormat { .. } => failure.fix("give the output another extension, such as .png"),
            EncodeError::Depth { .. } => failure.fix("write a .png or .tif, or leave --depth at 8"),
            EncodeError::OutOfMemory => Self::memory(failure),
            EncodeError::NoAnimation { .. } => failure.fix("give it another extension: .png, .gif or .webp"),
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
            PlaceError::NotFolder { .. } => Self::new(&error).fix("choose another folder with -o"),
            PlaceError::PictureName { .. } => Self::usage(&error).fix("give the folder's name"),
            PlaceError::Exists { .. } => Self::new(&error).fix("choose another name, or replace it with --force"),
            PlaceError::Sealed { .. } => {
                Self::new(&error).fix("choose another folder, or make sure that you may write there")
            }
            _ => Self::new(&error).fix("give the output a file name, such as hybrid.png"),
        }
    }
}

impl From<OutputError> for Failure {
    fn from(error: OutputError) -> Self {
        let failure = Self::usage(&error);
        match error {
            OutputError::NoFormat { path } if path.is_dir() => failure.fix(format_args!(
                "that is a folder; name a file in it, such as {}",
                path.join("hybrid.png").display()
            )),
            OutputError::NoFormat { .. } => {
                failure.fix("end the name with .png, .jpg, .webp or .tif, or say --format png where that can be said")
            }
            OutputError::NoFilm { .. } => failure.fix("end the name in .png, .gif or .webp"),
            OutputError::NoPage { .. } => {
                failure.fix("end the name in .html; a browser prints such a page, to PDF too")
            }
            OutputError::NoMetadata { .. } => {
                failure.fix("write a .png, .jpg, .webp or .tif, or leave --keep and --profile out")
            }
            OutputError::NoQuality { format } => Self::usage(format_args!("--quality has no effect on {format} files"))
                .fix("leave it out, or write a .jpg"),
            OutputError::Encode(error) => error.into(),
        }
    }
}

impl From<PointsFileError> for Failure {
    fn from(error: PointsFileError) -> Self {
        let failure = Self::usage(&error);
        match error {
            PointsFileError::Format { .. } => failure.fix("give it the extension of what is in it"),
            PointsFileError::Read { path, error } => Self::reading_text(&path, &error),
            PointsFileError::Points { .. } => {
                failure.fix("compare it with a file that --save-points wrote; correct the place named")
            }
        }
    }
}
