//! A hybrid of layers, from the contents of the picture files to the contents of the hybrid's file, without touching the
//! disk.

use std::{ops::ControlFlow, path::Path};

use nearfar_codec::{Contents, EncodeError, SourceInfo};
use nearfar_image::{Encoded, Image, Size};
use nearfar_kernels::Execution;
use nearfar_vision::{Length, Surface, shrink};
use serde::Serialize;

use super::{
    Fitted, Layer, LayerFile, LayerRecipe, Layered, LayeredSummary, LayersError, LayersRecipe, Method, Plan,
    Source as ToSee,
};
use crate::{
    Event, JobError, Mix, MixError, Note, Picture, Provenance, Source, Writing,
    event::{FITTED, Watch},
    fit,
    writing::said,
};

/// The making of one hybrid of layers, from files to file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LayersJob {
    /// How the pictures are brought into register with the nearest one.
    pub align: fit::Options,
    /// The surface on which the hybrid is seen, which gives distances their meaning.
    pub surface: Surface,
    /// How the layers are mixed.
    pub method: Method,
    /// How the hybrid's file is written.
    pub writing: Writing,
}

/// The pictures and texts of such a job.
#[derive(Clone, Debug, PartialEq)]
pub struct LayersPictures {
    /// The layers with their distances, in any order. At least one is a picture; the other pictures are fitted to the
    /// nearest.
    pub layers: Vec<(Length, LayerFile<Picture>)>,
    /// The font of the texts; by default the built-in one.
    pub font: Option<Font>,
}

/// A font file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Font {
    /// Its name and digest.
    pub source: Source,
    /// The contents: OpenType or TrueType.
    pub bytes: Vec<u8>,
}

/// The result of such a job, not yet written.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct LayersMade {
    /// The hybrid at the size at which it was mixed, and what is seen of it.
    pub layered: Layered,
    /// The hybrid at the size at which it is written.
    pub picture: Image<Encoded>,
    /// How it was made, whether or not its file will say so; if the work was stopped early, how it would have been made.
    pub provenance: Provenance,
    pub(crate) near_info: SourceInfo,
}

/// What such a job would make: the result of a dry run.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct LayersPlan {
    /// The pictures that would be mixed.
    pub fitted: Fitted,
    /// The plan with the crossovers.
    pub plan: Plan,
    /// The size at which the hybrid would be written.
    pub size: Size,
    near_info: SourceInfo,
}

/// The summary that programs print of it.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct LayersPlanSummary {
    /// Always true.
    pub dry_run: bool,
    /// Width of the file's picture, in pixels.
    pub width: usize,
    /// Height of the file's picture, in pixels.
    pub height: usize,
    /// The crossover between each layer and the next farther one, near to far, in cycles per pixel of the pictures that are
    /// mixed.
    pub crossovers: Vec<f64>,
}

impl LayersPlan {
    /// The summary that programs print of it.
    #[must_use]
    pub fn summary(&self) -> LayersPlanSummary {
        let crossovers = self.plan.crossovers().iter().map(|crossover| crossover.cycles_per_pixel()).collect();
        LayersPlanSummary { dry_run: true, width: self.size.width(), height: self.size.height(), crossovers }
    }
}

impl Font {
    /// The contents of the file at `path`, whose name in recipes is derived in the same way as a picture's.
    #[must_use]
    pub fn of_file(path: &Path, contents: Contents) -> Self {
        Self { source: Source::of_file(path, contents.bytes()), bytes: contents.into_bytes() }
    }
}

impl LayersMade {
    /// The summary that programs print of it.
    #[must_use]
    pub fn summary(&self) -> LayeredSummary<'_> {
        let size = self.picture.size();
        LayeredSummary { width: size.width(), height: size.height(), ..self.layered.summary() }
    }
}

impl LayersJob {
    /// Brings the pictures into register with the nearest one, mixes them, and judges the hybrid from every distance.
    ///
    /// # Errors
    ///
    /// [`JobError::Layers`] as [`Layered::new`]; [`JobError::Encode`] and [`JobError::Enlarged`] if the hybrid cannot be
    /// written as requested.
    pub fn mix(
        &self,
        pictures: LayersPictures,
        execution: &Execution,
        observer: &mut dyn FnMut(&Event<'_>) -> ControlFlow<()>,
    ) -> Result<LayersMade, JobError> {
        let watch = &mut Watch::new(observer);
        let provenance = self.writing.provenance(self.made_of(&pictures), said(self.surface));
        let LayersPlan { fitted, plan, size, near_info } = self.prepared(pictures, FITTED, execution, watch)?;
        let layered = Layered::watched(fitted, plan, &self.method, execution, watch)?;
        let picture = shrink(&layered.mixed.picture, size).map_err(MixError::from)?;
        let provenance = chosen(provenance, &layered);
        Ok(LayersMade { layered, picture, provenance, near_info })
    }

    /// Brings the pictures into register with the nearest one and finds the crossovers, but does not mix.
    ///
    /// # Errors
    ///
    /// As [`Self::mix`].
    pub fn plan(
        &self,
        pictures: LayersPictures,
        execution: &Execution,
        observer: &mut dyn FnMut(&Event<'_>) -> ControlFlow<()>,
    ) -> Result<LayersPlan, JobError> {
        self.prepared(pictures, 1.0, execution, &mut Watch::new(observer))
    }

    /// As [`Self::plan`], as a part of the work.
    fn prepared(
        &self,
        pictures: LayersPictures,
        share: f64,
        execution: &Execution,
        watch: &mut Watch<'_>,
    ) -> Result<LayersPlan, JobError> {
        let odd: Vec<_> =
            pictures.layers.iter().flat_map(|(_, file)| file.picture()).flat_map(Picture::notes).collect();
        watch.noted(&odd).map_err(MixError::from)?;
        let LayersPictures { mut layers, font } = pictures;
        layers.sort_by(|(a, _), (b, _)| a.centimetres().total_cmp(&b.centimetres()));
        let mut near_info = None;
        let sources = layers.into_iter().map(|(distance, file)| {
            let layer = match file {
                LayerFile::Picture(picture) => {
                    near_info.get_or_insert(picture.info);
                    Layer::Picture(picture.image)
                }
                LayerFile::Text(words) => text(words, font.as_ref())?,
            };
            Ok(ToSee { distance, layer })
        });
        let sources = sources.collect::<Result<Vec<_>, LayersError>>()?;
        let near_info = near_info.ok_or(LayersError::OnlyTexts)?;
        let surface = self.writing.surface(self.surface)?;
        let fitted = Fitted::watched(sources, &self.align, execution, &mut watch.until(share))?;
        // The hybrid's size is known only now, and it may be too large for the format.
        let size = self.writing.size(fitted.size())?;
        let plan = Plan::on(&fitted, surface)?;
        Ok(LayersPlan { fitted, plan, size, near_info })
    }

    fn made_of(&self, pictures: &LayersPictures) -> Mix {
        let seen = pictures.layers.iter().map(|(at, file)| {
            let what = match file {
                LayerFile::Picture(picture) => LayerFile::Picture(picture.source.clone()),
                LayerFile::Text(words) => LayerFile::Text(words.clone()),
            };
            LayerRecipe { at: *at, what }
        });
        Mix::Layers(LayersRecipe {
            seen: seen.collect(),
            font: pictures.font.as_ref().map(|font| font.source.clone()),
            align: self.align.clone(),
            surface: self.surface,
            method: self.method.clone(),
        })
    }

    /// The bytes of the hybrid's file, and notes on anything that the file could not hold.
    ///
    /// # Errors
    ///
    /// [`EncodeError`] if the format cannot hold the picture.
    pub fn encode(&self, made: &LayersMade) -> Result<(Vec<u8>, Vec<Note>), EncodeError> {
        let recipe = (!made.layered.mixed.is_cancelled()).then_some(&made.provenance);
        self.writing.encode(&made.picture, said(self.surface), &made.near_info, recipe)
    }
}

/// The provenance with the strengths that were found, so that nobody needs to search for them again.
fn chosen(mut provenance: Provenance, layered: &Layered) -> Provenance {
    if let Mix::Layers(LayersRecipe { method: Method::Joint(joint), .. }) = &mut provenance.mix {
        joint.strengths = Some(layered.mixed.strengths.clone());
    }
    provenance
}

#[cfg(feature = "text")]
fn text(words: String, font: Option<&Font>) -> Result<Layer, LayersError> {
    Ok(Layer::Text(super::text::Text { words, font: font.map(|font| font.bytes.clone()) }))
}

#[cfg(not(feature = "text"))]
fn text(_: String, _: Option<&Font>) -> Result<Layer, LayersError> {
    Err(LayersError::NoTexts)
}
