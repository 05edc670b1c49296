//! How a hybrid's file is written, whatever it was mixed by, and why there is none.

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
    /// What showed through transparent places when the pictures were read: red, green and blue codes in `[0, 1]`.
    pub background: [f32; 3],
    /// How wide the hybrid is written, in pixels: it is mixed at the pictures' own size and shrunk in light. Distances are
    /// those of the written picture.
    pub width: Option<usize>,
    /// Format and depth of the file.
    pub encoding: EncodeOptions,
    /// What the file says beside the picture.
    pub metadata: Metadata,
    /// Whether the file holds the recipe, so that the hybrid can be made again.
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
    /// What the hybrid is seen on as it is mixed: there it is as wide as it is written.
    pub(crate) fn surface(&self, surface: Surface) -> Result<Surface, MixError> {
        Ok(self.width.map_or(Ok(surface), |width| surface_of_width(surface, width))?)
    }

    /// The size at which a hybrid of a size is written. Both are checked.
    pub(crate) fn size(&self, mixed: Size) -> Result<Size, JobError> {
        let written = match self.width {
            Some(width) if width > mixed.width() => return Err(JobError::Enlarged { width, size: mixed }),
            Some(width) => size_of_width(mixed, width).unwrap_or(mixed),
            None => mixed,
        };
        self.encoding.check(written)?;
        Ok(written)
    }

    /// How a hybrid was made that is written so, to be seen on `surface`.
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

    /// The file's bytes, for a `surface`, and what could not be put there: the recipe, if there is one and it is wanted, and what
    /// is wanted of the `first` picture's file.
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
    /// There is no hybrid.
    #[error(transparent)]
    Mix(#[from] MixError),
    /// There is no hybrid by an objective of one's own.
    #[error(transparent)]
    Wanted(#[from] WantedError),
    /// There is no hybrid for several distances.
    #[error(transparent)]
    Layers(#[from] LayersError),
    /// The hybrid is smaller than it should be written.
    #[error("the hybrid is {} pixels wide and should be written {width} wide: that shows nothing more", size.width())]
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

/// What a hybrid is seen on, if that is not what everybody assumes.
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
