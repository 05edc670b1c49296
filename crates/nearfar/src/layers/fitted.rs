//! Layers in one frame.

use std::ops::ControlFlow;

use nearfar_image::{Encoded, Image, Pair, Point, Rect, Size};
use nearfar_kernels::Execution;
use nearfar_vision::{Length, VisionError, shrink};

use super::LayersError;
use crate::{
    Event, MixError, Note, Subject,
    event::Watch,
    fit::{self, Aligned, FitError, watched},
};

/// What is to be seen from one distance.
#[derive(Clone, Debug)]
pub struct Source {
    /// From how far it is to be seen.
    pub distance: Length,
    /// What is to be seen.
    pub layer: Layer,
}

/// A picture, or a text that is drawn as one.
#[derive(Clone, Debug)]
pub enum Layer {
    /// A picture.
    Picture(Image<Encoded>),
    /// A text, drawn over the whole frame.
    #[cfg(feature = "text")]
    Text(super::text::Text),
}

/// Layers of one size and in register, from the nearest to the farthest.
#[derive(Clone, Debug)]
pub struct Fitted {
    pub(super) layers: Vec<FittedLayer>,
    /// How each picture but the first was made to fit that one, with its number, from 1, in the order given.
    pub aligned: Vec<(usize, Aligned)>,
}

/// One of them.
#[derive(Clone, Debug)]
pub(super) struct FittedLayer {
    pub(super) picture: Image<Encoded>,
    pub(super) distance: Length,
    pub(super) subject: Subject,
}

/// A picture that is seen from twice as far as another one is another picture.
const LEAST_RATIO: f64 = 2.0;
/// More than pixels can hold: the farthest of so many is seen from 32 768 times as far as the nearest.
const MOST_LAYERS: usize = 16;

impl Fitted {
    /// Fits all pictures to the first, crops them to what all have, draws the texts, and sorts them by distance.
    ///
    /// # Errors
    ///
    /// [`LayersError`]: fewer than two layers or more than 16, a text as the first, distances less than twice each other, a picture that
    /// does not fit, a text that cannot be drawn, an observer that broke.
    pub fn new(
        sources: Vec<Source>,
        options: &fit::Options,
        execution: &Execution,
        observer: &mut dyn FnMut(&Event<'_>) -> ControlFlow<()>,
    ) -> Result<Self, LayersError> {
        Self::watched(sources, options, execution, &mut Watch::new(observer))
    }

    pub(super) fn watched(
        sources: Vec<Source>,
        options: &fit::Options,
        execution: &Execution,
        watch: &mut Watch<'_>,
    ) -> Result<Self, LayersError> {
        check_distances(sources.iter().map(|source| source.distance).collect())?;
        let mut sources = sources.into_iter();
        let Some(Source { distance, layer: first }) = sources.next() else { return Err(LayersError::FirstIsText) };
        #[cfg_attr(
            not(feature = "text"),
            expect(irrefutable_let_patterns, reason = "there are no texts in this build")
        )]
        let Layer::Picture(first) = first else { return Err(LayersError::FirstIsText) };

        let count = sources.len();
        let mut waiting = Vec::new();
        let mut aligned = Vec::new();
        let mut frame = Rect::whole(first.size());
        for (number, Source { distance, layer }) in (2..).zip(sources) {
            match layer {
                Layer::Picture(picture) => {
                    let part = &mut watch.until((number - 1) as f64 / count as f64);
                    let one =
                        watched(first.clone(), picture, options, execution, part).map_err(|error| match error {
                            FitError::Cancelled => MixError::Cancelled.into(),
                            error => LayersError::Fit { number, error },
                        })?;
                    let fitted = Note::LayerFitted { number, fitted: one.fitted() };
                    watch.noted(std::iter::once(&fitted).chain(&one.notes)).map_err(MixError::from)?;
                    frame = common(frame, one.frame).ok_or_else(|| nothing_common(number))?;
                    aligned.push((number, one));
                    waiting.push((distance, None));
                }
                #[cfg(feature = "text")]
                Layer::Text(text) => waiting.push((distance, Some(text))),
            }
        }
        let near = Subject::Picture { side: frame.size.shorter_side() };
        let mut layers = vec![FittedLayer { picture: first.crop(frame), distance, subject: near }];
        let mut pictures = aligned.iter();
        for (distance, text) in waiting {
            let layer = match text {
                None => pictures.next().map(|(_, one)| in_frame(one, frame, distance)),
                #[cfg(feature = "text")]
                Some(text) => {
                    let (picture, subject) = (text.draw(frame.size)?, near);
                    Some(FittedLayer { picture, distance, subject })
                }
                #[cfg(not(feature = "text"))]
                Some(()) => None,
            };
            layers.extend(layer);
        }
        // Grey pictures among colours get three planes, as in every pair.
        if layers.iter().any(|layer| layer.picture.channels() != layers[0].picture.channels()) {
            for layer in &mut layers {
                layer.picture = layer.picture.clone().into_rgb();
            }
        }
        layers.sort_by(|a, b| a.distance.centimetres().total_cmp(&b.distance.centimetres()));
        Ok(Self { layers, aligned })
    }

    /// The size of all layers, in pixels.
    #[must_use]
    pub fn size(&self) -> Size {
        self.layers[0].picture.size()
    }

    /// The pictures, from the nearest to the farthest, each with its distance.
    pub fn layers(&self) -> impl ExactSizeIterator<Item = (&Image<Encoded>, Length)> {
        self.layers.iter().map(|layer| (&layer.picture, layer.distance))
    }

    /// Copies of the layers, shrunk in light, without how they came to fit.
    pub(super) fn shrunk(&self, to: Size) -> Result<Self, VisionError> {
        let scale = to.width() as f64 / self.size().width() as f64;
        let copy = |layer: &FittedLayer| {
            let picture = shrink(&layer.picture, to)?;
            Ok(FittedLayer { picture, distance: layer.distance, subject: layer.subject.scaled(scale, to) })
        };
        let layers = self.layers.iter().map(copy).collect::<Result<_, VisionError>>()?;
        Ok(Self { layers, aligned: Vec::new() })
    }

    /// Two of the layers as a pair.
    pub(super) fn pair(&self, near: usize, far: usize) -> Pair {
        let picture = |i: usize| self.layers[i].picture.clone();
        Pair::new(picture(near), picture(far)).expect("all layers have one size and finite samples")
    }
}

/// Checks that an eye can tell layers apart that are seen from these distances.
pub(super) fn check_distances(mut distances: Vec<Length>) -> Result<(), LayersError> {
    let count = distances.len();
    if count < 2 {
        return Err(LayersError::TooFew { count });
    }
    if count > MOST_LAYERS {
        return Err(LayersError::TooMany { count, most: MOST_LAYERS });
    }
    distances.sort_by(|a, b| a.centimetres().total_cmp(&b.centimetres()));
    match distances.windows(2).find(|d| d[0].centimetres() * LEAST_RATIO > d[1].centimetres()) {
        Some(close) => Err(LayersError::TooClose { nearer: close[0], farther: close[1] }),
        None => Ok(()),
    }
}

/// What both rectangles hold, if anything.
fn common(a: Rect, b: Rect) -> Option<Rect> {
    let span = |a: usize, width: usize, b: usize, other: usize| {
        let (start, end) = (a.max(b), (a + width).min(b + other));
        (end > start).then(|| (start, end - start))
    };
    let (x, width) = span(a.x, a.size.width(), b.x, b.size.width())?;
    let (y, height) = span(a.y, a.size.height(), b.y, b.size.height())?;
    Some(Rect::new(x, y, Size::new(width, height).ok()?))
}

fn nothing_common(number: usize) -> LayersError {
    LayersError::Fit { number, error: nearfar_align::AlignError::NoOverlap { share: 0.0 }.into() }
}

/// The part of a fitted picture that lies in the common frame.
fn in_frame(one: &Aligned, frame: Rect, distance: Length) -> FittedLayer {
    let (dx, dy) = (frame.x - one.frame.x, frame.y - one.frame.y);
    let picture = one.pair.far().crop(Rect::new(dx, dy, frame.size));
    let subject = match one.subject() {
        Subject::Face { middle, width } => {
            Subject::Face { middle: Point::new(middle.x - dx as f64, middle.y - dy as f64), width }
        }
        Subject::Picture { .. } => Subject::Picture { side: frame.size.shorter_side() },
    };
    FittedLayer { picture, distance, subject }
}
