//! The files of layers.

use std::path::Path;

use super::{At, Content, Font, LayerFile, LayersPictures};
use crate::{
    Failure, Picture,
    codec::{Contents, DecodeOptions},
};

impl At {
    /// The picture's file, unless the layer is a text.
    #[must_use]
    pub fn file(&self) -> Option<&Path> {
        match &self.what {
            Content::File(path) => Some(path),
            Content::Text(_) => None,
        }
    }
}

impl LayersPictures {
    /// Reads the layers, and the font of the texts if it is given as a file.
    ///
    /// # Errors
    ///
    /// As [`Picture::load`].
    pub fn load(at: &[At], font: Option<&Path>, options: &DecodeOptions) -> Result<Self, Failure> {
        let is_text = |at: &At| matches!(at.what, Content::Text(_));
        if font.is_some() && !at.iter().any(is_text) {
            return Err(Failure::usage("--font has no effect: there is no text among the layers")
                .fix("leave it out, or say a text, as in --at 6m=text:HELLO"));
        }
        let font = font.map(|path| match Contents::from_file(path, options.max_bytes) {
            Ok(contents) => Ok(Font::of_file(path, contents)),
            Err(error) => Err(Failure::reading(&path.display().to_string(), &error)),
        });
        let layers = at.iter().map(|At { distance, what }| {
            let file = match what {
                Content::File(path) => LayerFile::Picture(Picture::load(path, options)?),
                Content::Text(words) => LayerFile::Text(words.clone()),
            };
            Ok((*distance, file))
        });
        Ok(Self { font: font.transpose()?, layers: layers.collect::<Result<_, Failure>>()? })
    }
}
