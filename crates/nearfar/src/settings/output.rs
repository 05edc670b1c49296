//! How files are written: the meaning of file names and settings, and errors about settings without effect.

use std::{
    ffi::OsStr,
    path::{Path, PathBuf},
};

use nearfar_codec::{Depth, EncodeError, EncodeOptions, Format, Rounding};

use crate::{Metadata, OutputProfile, Size};

/// How the hybrid is written.
#[cfg_attr(feature = "clap", derive(clap::Args), command(next_help_heading = "Writing"))]
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OutputSettings {
    /// Format of the file; if left out, its extension decides.
    #[cfg_attr(feature = "clap", arg(long, value_parser = super::flags::word::<Format>(), value_name = "FORMAT"))]
    pub format: Option<Format>,
    /// Bits per sample; 16 for PNG and TIFF only.
    #[cfg_attr(feature = "clap", arg(long, value_parser = super::flags::word::<Depth>(), default_value = "8", value_name = "BITS"))]
    pub depth: Depth,
    /// JPEG quality, 1 to 100; 92 if left out.
    #[cfg_attr(feature = "clap", arg(long, value_name = "Q"))]
    pub quality: Option<u32>,
    /// How samples are rounded to the levels of the file.
    #[cfg_attr(feature = "clap", arg(skip))]
    pub rounding: Rounding,
    /// Metadata to copy from NEAR's file: who took it, when, where and how; never the thumbnail or the maker's notes.
    #[cfg_attr(
        feature = "clap",
        arg(long, value_parser = super::flags::word::<Keep>(), value_name = "WHAT", value_delimiter = ',')
    )]
    pub keep: Vec<Keep>,
    /// The colour profile in the file.
    #[cfg_attr(
        feature = "clap",
        arg(long, value_parser = super::flags::word::<OutputProfile>(), value_name = "WHICH", default_value = "none")
    )]
    pub profile: OutputProfile,
}

/// Metadata copied from the near picture's file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Keep {
    /// The EXIF data.
    Exif,
    /// The XMP packet.
    Xmp,
    /// Both.
    All,
}

/// A file that cannot be written as requested.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OutputError {
    /// Its name gives no format.
    #[error("{}: the extension names no picture format", path.display())]
    NoFormat {
        /// The file.
        path: PathBuf,
    },
    /// Its format cannot hold a film.
    #[error("{}: films are written as PNG, GIF or WebP only", path.display())]
    NoFilm {
        /// The file.
        path: PathBuf,
    },
    /// It would be a page of HTML under the name of something else.
    #[error("{}: a page is written as HTML only", path.display())]
    NoPage {
        /// The file.
        path: PathBuf,
    },
    /// Its format cannot hold metadata.
    #[error("{format} files hold neither EXIF, XMP nor a profile")]
    NoMetadata {
        /// The format.
        format: Format,
    },
    /// Its format takes no quality.
    #[error("a quality has no effect on {format} files")]
    NoQuality {
        /// The format.
        format: Format,
    },
    /// Its format cannot be written with these options.
    #[error(transparent)]
    Encode(#[from] EncodeError),
}

impl OutputSettings {
    /// The encoding options for a file, or for PNG on a stream, which has no name. Everything is checked but the size of the
    /// picture, which is known only after the work.
    ///
    /// # Errors
    ///
    /// [`OutputError`] if there is no format, or if the format cannot hold what is requested.
    pub fn options(&self, path: Option<&Path>) -> Result<EncodeOptions, OutputError> {
        let Self { depth, rounding, .. } = *self;
        let quality = self.checked_quality()?;
        let format = match (self.format, path) {
            (Some(format), _) => format,
            (None, None) => Format::Png,
            (None, Some(path)) => {
                Format::from_path(path).ok_or_else(|| OutputError::NoFormat { path: path.to_owned() })?
            }
        };
        if self.metadata().is_any() && !format.can_hold_metadata() {
            return Err(OutputError::NoMetadata { format });
        }
        if quality.is_some() && format != Format::Jpeg {
            return Err(OutputError::NoQuality { format });
        }
        let usual = EncodeOptions::new(format);
        let options = EncodeOptions { depth, rounding, quality: quality.unwrap_or(usual.quality), ..usual };
        options.check(Size::new(1, 1).expect("1x1 is a size"))?;
        Ok(options)
    }

    /// Checks for anything that is not valid in any format.
    ///
    /// # Errors
    ///
    /// [`EncodeError::Quality`] if the quality is out of range.
    pub fn check(&self) -> Result<(), OutputError> {
        self.checked_quality().map(drop)
    }

    fn checked_quality(&self) -> Result<Option<u8>, OutputError> {
        let checked = |quality| match u8::try_from(quality) {
            Ok(quality @ 1..=100) => Ok(quality),
            _ => Err(EncodeError::Quality { quality }.into()),
        };
        self.quality.map(checked).transpose()
    }

    /// The metadata for the file.
    #[must_use]
    pub fn metadata(&self) -> Metadata {
        let keeps = |what| self.keep.iter().any(|keep| *keep == Keep::All || *keep == what);
        Metadata { exif: keeps(Keep::Exif), xmp: keeps(Keep::Xmp), profile: self.profile }
    }
}

/// The encoding options for a picture that is not a hybrid.
///
/// # Errors
///
/// As [`OutputSettings::options`].
pub fn picture_options(path: Option<&Path>) -> Result<EncodeOptions, OutputError> {
    OutputSettings::default().options(path)
}

/// The format of a film; APNG on a stream.
///
/// # Errors
///
/// [`OutputError::NoFilm`] if the extension is that of no film.
pub fn film_format(path: Option<&Path>) -> Result<Format, OutputError> {
    let Some(path) = path else { return Ok(Format::Png) };
    let format = Format::from_path(path).filter(|format| format.can_hold_animation());
    format.ok_or_else(|| OutputError::NoFilm { path: path.to_owned() })
}

/// The format of a plot that is written as pixels; `None` for an SVG. On a stream, PNG.
///
/// # Errors
///
/// As [`OutputSettings::options`].
pub fn plot_format(path: Option<&Path>) -> Result<Option<Format>, OutputError> {
    let is_svg = path.and_then(Path::extension).is_some_and(|extension| extension.eq_ignore_ascii_case("svg"));
    if is_svg { Ok(None) } else { picture_options(path).map(|options| Some(options.format)) }
}

/// Checks that a page's name ends in a way that opens a browser.
///
/// # Errors
///
/// [`OutputError::NoPage`] if it does not.
pub fn check_page(path: Option<&Path>) -> Result<(), OutputError> {
    let Some(path) = path else { return Ok(()) };
    let is_page = |extension: &OsStr| ["html", "htm"].iter().any(|html| extension.eq_ignore_ascii_case(html));
    if path.extension().is_some_and(is_page) { Ok(()) } else { Err(OutputError::NoPage { path: path.to_owned() }) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_that_a_format_cannot_hold_are_refused() {
        let said = OutputSettings { keep: vec![Keep::Exif], ..OutputSettings::default() };
        let error = said.options(Some(Path::new("a.bmp"))).unwrap_err();
        assert!(matches!(error, OutputError::NoMetadata { format: Format::Bmp }));
        assert!(said.options(Some(Path::new("a.tif"))).is_ok());
        let said = OutputSettings { quality: Some(80), ..OutputSettings::default() };
        assert!(matches!(said.options(None).unwrap_err(), OutputError::NoQuality { format: Format::Png }));
        assert_eq!(said.options(Some(Path::new("a.jpg"))).unwrap().quality, 80);
        for quality in [0, 101, 256 + 80] {
            let said = OutputSettings { quality: Some(quality), ..OutputSettings::default() };
            let error = said.check().unwrap_err();
            assert!(matches!(error, OutputError::Encode(EncodeError::Quality { quality: said }) if said == quality));
        }
        assert!(picture_options(Some(Path::new("a.heic"))).is_err());
    }

    #[test]
    fn films_plots_and_pages_have_formats_of_their_own() {
        assert_eq!(film_format(Some(Path::new("a.gif"))).unwrap(), Format::Gif);
        assert!(film_format(Some(Path::new("a.jpg"))).is_err());
        assert_eq!(plot_format(Some(Path::new("a.SVG"))).unwrap(), None);
        assert_eq!(plot_format(Some(Path::new("a.png"))).unwrap(), Some(Format::Png));
        for name in ["a.html", "a.HTM"] {
            check_page(Some(Path::new(name))).unwrap();
        }
        for name in ["a.pdf", "a.png", "html", ".html"] {
            assert!(matches!(check_page(Some(Path::new(name))), Err(OutputError::NoPage { .. })), "{name}");
        }
    }
}
