//! How a hybrid's file is written, whichever method mixed it, and the errors of making it.

use nearfar_codec::{DecodeOptions, EncodeError, EncodeOptions, Format, SourceInfo, encode};
use nearfar_image::{Encoded, Image, Size};
use nearfar_vision::{Density, Surface};

use crate::{
    Metadata, Mix, MixError, Note, Provenance,
    event::Stopped,
    layers::LayersError,
    smaller::{size_of_width, surface_of_width},
    wanted::WantedError,
};

/// How a hybrid's file is written.
#[derive(Clone, Debug, PartialEq)]
pub struct Writing {
    /// The colour behind transparent places of the pictures, which is mixed in on reading: red, green and blue codes in `[0,
    /// 1]`.
    pub background: [f32; 3],
    /// Width of the written hybrid, in pixels: it is mixed at the pictures' own size and shrunk in light. Distances refer to
    /// the written picture.
    pub width: Option<usize>,
    /// Format and bit depth of the file.
    pub encoding: EncodeOptions,
    /// Metadata in the file.
    pub metadata: Metadata,
    /// Whether the file holds the recipe from which the hybrid can be made again.
    pub keeps_recipe: bool,
}

impl Default for Writing {
    /// A PNG of 8 bits with its recipe.
    fn default() -> Self {
        Self {
            background: DecodeOptions::default().background,
            width: None,
            encoding: EncodeOptions::new(Format::Png),
            metadata: Metadata::default(),
            keeps_recipe: true,
        }
    }
}

impl Writing {
    /// The surface for the hybrid at the size at which it is mixed: it is as wide there as the written one.
    pub(crate) fn surface(&self, surface: Surface) -> Result<Surface, MixError> {
        Ok(self.width.map_or(Ok(surface), |width| surface_of_width(surface, width))?)
    }

    /// The size at which a hybrid of size `mixed` is written; checks both.
    pub(crate) fn size(&self, mixed: Size) -> Result<Size, JobError> {
        let written = match self.width {
            Some(width) if width > mixed.width() => return Err(JobError::Enlarged { width, size: mixed }),
            Some(width) => size_of_width(mixed, width).unwrap_or(mixed),
            None => mixed,
        };
        self.encoding.check(written)?;
        Ok(written)
    }

    /// The provenance of a hybrid written in this way, to be seen on `surface`.
    pub(crate) fn provenance(&self, mix: Mix, surface: Option<Surface>) -> Provenance {
        let EncodeOptions { format, depth, rounding, quality, .. } = self.encoding;
        Provenance {
            version: Provenance::VERSION.to_owned(),
            mix,
            background: self.background,
            width: self.width,
            surface,
            depth,
            rounding,
            format,
            quality,
            metadata: self.metadata,
        }
    }

    /// The bytes of the file for a `surface`, and notes on anything that it could not hold: the recipe, if there is one and
    /// it is wanted, or metadata of the `first` picture's file.
    pub(crate) fn encode(
        &self,
        picture: &Image<Encoded>,
        surface: Option<Surface>,
        first: &SourceInfo,
        recipe: Option<&Provenance>,
    ) -> Result<(Vec<u8>, Vec<Note>), EncodeError> {
        let mut encoding = self.encoding.clone();
        let density = surface.and_then(|surface| surface.density(picture.size()).ok());
        encoding.pixels_per_inch = density.map(Density::pixels_per_inch);
        let (picture, missing) = self.metadata.prepare(picture, first, &mut encoding);
        let mut notes: Vec<_> = missing.into_iter().map(|what| Note::NotKept { what }).collect();
        let stored = recipe.filter(|_| self.keeps_recipe).is_none_or(|recipe| recipe.store(&mut encoding));
        if !stored && encoding.format.can_hold_metadata() {
            notes.push(Note::RecipeTooLong { format: encoding.format });
        }
        Ok((encode(&picture, &encoding)?, notes))
    }
}

/// Why no hybrid's file was made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum JobError {
    /// Mixing failed.
    #[error(transparent)]
    Mix(#[from] MixError),
    /// Mixing by an objective failed.
    #[error(transparent)]
    Wanted(#[from] WantedError),
    /// Mixing layers failed.
    #[error(transparent)]
    Layers(#[from] LayersError),
    /// The hybrid is smaller than the width asked for.
    #[error("the hybrid is {} pixels wide and should be written {width} wide: enlarging it adds no detail", size.width())]
    Enlarged {
        /// The width asked for.
        width: usize,
        /// The size of the hybrid.
        size: Size,
    },
    /// The hybrid cannot be written in its format.
    #[error(transparent)]
    Encode(#[from] EncodeError),
}

impl From<Stopped> for JobError {
    fn from(stopped: Stopped) -> Self {
        Self::Mix(stopped.into())
    }
}

/// A surface, unless it is the default one.
pub(crate) fn said(surface: Surface) -> Option<Surface> {
    (surface != Surface::default()).then_some(surface)
}

impl Provenance {
    /// How the hybrid's file was written.
    pub(crate) fn writing(&self) -> Writing {
        Writing {
            background: self.background,
            width: self.width,
            encoding: self.encode_options(),
            metadata: self.metadata,
            keeps_recipe: true,
        }
    }
}
