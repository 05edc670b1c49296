//! How files are written: what their names and a few words say, and what would have no effect.

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
    /// Format of the file; without it the extension decides.
    #[cfg_attr(feature = "clap", arg(long, value_parser = super::flags::word::<Format>(), value_name = "FORMAT"))]
    pub format: Option<Format>,
    /// Bits of a sample; 16 for PNG and TIFF.
    #[cfg_attr(feature = "clap", arg(long, value_parser = super::flags::word::<Depth>(), default_value = "8", value_name = "BITS"))]
    pub depth: Depth,
    /// JPEG quality, 1 to 100; 92 if not given.
    #[cfg_attr(feature = "clap", arg(long, value_name = "Q"))]
    pub quality: Option<u32>,
    /// How a sample falls on one of the file's steps.
    #[cfg_attr(feature = "clap", arg(skip))]
    pub rounding: Rounding,
    /// What of NEAR's file the hybrid's file says too: who took it, when, where and how. Never its thumbnail and its maker's
    /// notes.
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

/// What of the near picture's file is kept.
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

/// A file that cannot be written as it should.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OutputError {
    /// Its name says no format.
    #[error("{}: the extension names no picture format", path.display())]
    NoFormat {
        /// The file.
        path: PathBuf,
    },
    /// Its format holds no film.
    #[error("{}: films are written as PNG, GIF or WebP only", path.display())]
    NoFilm {
        /// The file.
        path: PathBuf,
    },
    /// It would be a page under the name of something else.
    #[error("{}: a page is written as HTML only", path.display())]
    NoPage {
        /// The file.
        path: PathBuf,
    },
    /// Its format holds nothing beside the picture.
    #[error("{format} files hold neither EXIF, XMP nor a profile")]
    NoMetadata {
        /// The format.
        format: Format,
    },
    /// Its format has no quality.
    #[error("a quality has no effect on {format} files")]
    NoQuality {
        /// The format.
        format: Format,
    },
    /// Its format cannot be written so.
    #[error(transparent)]
    Encode(#[from] EncodeError),
}

impl OutputSettings {
    /// How to write to a file, or a PNG to a stream, which has no name. Checked but for the size of the picture, which is not
    /// known before the work.
    ///
    /// # Errors
    ///
    /// [`OutputError`] if there is no format, or it has no place for what is asked for.
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

    /// Checks what makes no sense in any format.
    ///
    /// # Errors
    ///
    /// [`EncodeError::Quality`].
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

    /// What the file says beside the picture.
    #[must_use]
    pub fn metadata(&self) -> Metadata {
        let keeps = |what| self.keep.iter().any(|keep| *keep == Keep::All || *keep == what);
        Metadata { exif: keeps(Keep::Exif), xmp: keeps(Keep::Xmp), profile: self.profile }
    }
}

/// How to write a picture that is no hybrid.
///
/// # Errors
///
/// As [`OutputSettings::options`].
pub fn picture_options(path: Option<&Path>) -> Result<EncodeOptions, OutputError> {
    OutputSettings::default().options(path)
}

/// The format of a film; APNG to a stream.
///
/// # Errors
///
/// [`OutputError::NoFilm`].
pub fn film_format(path: Option<&Path>) -> Result<Format, OutputError> {
    let Some(path) = path else { return Ok(Format::Png) };
    let format = Format::from_path(path).filter(|format| format.can_hold_animation());
    format.ok_or_else(|| OutputError::NoFilm { path: path.to_owned() })
}

/// The picture format of a plot; none for an SVG, and to a stream, as of a picture.
///
/// # Errors
///
/// As [`OutputSettings::options`].
pub fn plot_format(path: Option<&Path>) -> Result<Option<Format>, OutputError> {
    let is_svg = path.and_then(Path::extension).is_some_and(|extension| extension.eq_ignore_ascii_case("svg"));
    if is_svg { Ok(None) } else { picture_options(path).map(|options| Some(options.format)) }
}

/// Checks the name of a page, so that whoever opens the file gets a browser.
///
/// # Errors
///
/// [`OutputError::NoPage`].
pub fn check_page(path: Option<&Path>) -> Result<(), OutputError> {
    let Some(path) = path else { return Ok(()) };
    let is_page = |extension: &OsStr| ["html", "htm"].iter().any(|html| extension.eq_ignore_ascii_case(html));
    if path.extension().is_some_and(is_page) { Ok(()) } else { Err(OutputError::NoPage { path: path.to_owned() }) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_format_has_no_place_for_is_refused() {
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
