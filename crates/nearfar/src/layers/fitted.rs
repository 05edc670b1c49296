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

/// A layer, and the distance from which it is to be seen.
#[derive(Clone, Debug)]
pub struct Source {
    /// The distance.
    pub distance: Length,
    /// The layer.
    pub layer: Layer,
}

/// A picture, or a text drawn as a picture.
#[derive(Clone, Debug)]
pub enum Layer {
    /// A picture.
    Picture(Image<Encoded>),
    /// A text, drawn over the whole frame.
    #[cfg(feature = "text")]
    Text(super::text::Text),
}

impl Layer {
    /// The picture, unless the layer is a text.
    fn picture(&self) -> Option<&Image<Encoded>> {
        match self {
            Self::Picture(picture) => Some(picture),
            #[cfg(feature = "text")]
            Self::Text(_) => None,
        }
    }
}

/// Layers of one size and in register, from the nearest to the farthest.
#[derive(Clone, Debug)]
pub struct Fitted {
    pub(super) layers: Vec<FittedLayer>,
    /// How each picture but the nearest was brought into register with that one, with its number, from 1, near to far.
    pub aligned: Vec<(usize, Aligned)>,
    /// Notes for the user.
    pub notes: Vec<Note>,
}

/// One of the fitted layers.
#[derive(Clone, Debug)]
pub(super) struct FittedLayer {
    pub(super) picture: Image<Encoded>,
    pub(super) distance: Length,
    pub(super) subject: Subject,
    /// Whether it has colours of its own; texts and grey pictures have none.
    pub(super) is_colored: bool,
}

/// Smallest ratio of two distances at which an eye can tell the layers apart.
const LEAST_RATIO: f64 = 2.0;
/// More than pixels can hold: with this many, the farthest layer is seen from 32 768 times the distance of the nearest.
const MOST_LAYERS: usize = 16;

impl Fitted {
    /// Sorts the layers by distance, fits all pictures to the nearest one, crops them to their common frame, and draws the
    /// texts.
    ///
    /// # Errors
    ///
    /// [`LayersError`] if there are fewer than two layers, more than 16, or only texts, a distance is less than twice
    /// another, a picture does not fit, a text cannot be drawn, or the observer stopped the work.
    pub fn new(
        sources: Vec<Source>,
        options: &fit::Options,
        execution: &Execution,
        observer: &mut dyn FnMut(&Event<'_>) -> ControlFlow<()>,
    ) -> Result<Self, LayersError> {
        Self::watched(sources, options, execution, &mut Watch::new(observer))
    }

    pub(super) fn watched(
        mut sources: Vec<Source>,
        options: &fit::Options,
        execution: &Execution,
        watch: &mut Watch<'_>,
    ) -> Result<Self, LayersError> {
        check_distances(sources.iter().map(|source| source.distance).collect())?;
        sources.sort_by(|a, b| a.distance.centimetres().total_cmp(&b.distance.centimetres()));
        let pictures = sources.iter().enumerate();
        let nearest = pictures.filter_map(|(i, source)| Some((i, source.layer.picture()?.clone()))).next();
        let Some((nearest, first)) = nearest else { return Err(LayersError::OnlyTexts) };

        let count = sources.len();
        let (mut aligned, mut notes) = (Vec::new(), Vec::new());
        let mut frame = Rect::whole(first.size());
        let mut waiting = Vec::with_capacity(count);
        for (i, Source { distance, layer }) in sources.into_iter().enumerate() {
            let picture = match layer {
                Layer::Picture(_) if i == nearest => {
                    waiting.push((distance, None));
                    continue;
                }
                Layer::Picture(picture) => picture,
                #[cfg(feature = "text")]
                Layer::Text(text) => {
                    waiting.push((distance, Some(text)));
                    continue;
                }
            };
            let (number, part) = (i + 1, &mut watch.until((i + 1) as f64 / count as f64));
            let one = watched(first.clone(), picture, options, true, execution, part).map_err(|error| match error {
                FitError::Cancelled => MixError::Cancelled.into(),
                error => LayersError::Fit { number, error },
            })?;
            let told = notes.len();
            notes.push(Note::LayerFitted { number, fitted: one.fitted() });
            notes.extend(one.notes.iter().cloned());
            watch.noted(&notes[told..]).map_err(MixError::from)?;
            frame = common(frame, one.frame).ok_or_else(|| nothing_common(number))?;
            aligned.push((number, one));
            waiting.push((distance, None));
        }
        let near = Subject::Picture { side: frame.size.shorter_side() };
        let mut others = aligned.iter();
        let mut layers = Vec::with_capacity(count);
        for (i, (distance, text)) in waiting.into_iter().enumerate() {
            let of_frame = |picture, is_colored| FittedLayer { picture, distance, subject: near, is_colored };
            layers.extend(match text {
                None if i == nearest => Some(of_frame(first.crop(frame), true)),
                None => others.next().map(|(_, one)| in_frame(one, frame, distance)),
                #[cfg(feature = "text")]
                Some(text) => Some(of_frame(text.draw(frame.size)?, false)),
                #[cfg(not(feature = "text"))]
                Some(()) => None,
            });
        }
        // Grey pictures among coloured ones get three planes, as in every pair.
        if layers.iter().any(|layer| layer.picture.channels() != layers[0].picture.channels()) {
            for layer in &mut layers {
                layer.picture = layer.picture.clone().into_rgb();
            }
        }
        Ok(Self { layers, aligned, notes })
    }

    /// The size of all layers, in pixels.
    #[must_use]
    pub fn size(&self) -> Size {
        self.layers[0].picture.size()
    }

    /// The layers, from the nearest to the farthest, each with its distance.
    pub fn layers(&self) -> impl ExactSizeIterator<Item = (&Image<Encoded>, Length)> {
        self.layers.iter().map(|layer| (&layer.picture, layer.distance))
    }

    /// Copies of the layers, shrunk in light, without the record of how they were fitted.
    pub(super) fn shrunk(&self, to: Size) -> Result<Self, VisionError> {
        let scale = to.width() as f64 / self.size().width() as f64;
        let copy = |layer: &FittedLayer| {
            let picture = shrink(&layer.picture, to)?;
            let subject = layer.subject.scaled(scale, to);
            Ok(FittedLayer { picture, subject, ..*layer })
        };
        let layers = self.layers.iter().map(copy).collect::<Result<_, VisionError>>()?;
        Ok(Self { layers, aligned: Vec::new(), notes: Vec::new() })
    }

    /// Two of the layers as a pair.
    pub(super) fn pair(&self, near: usize, far: usize) -> Pair {
        let picture = |i: usize| self.layers[i].picture.clone();
        Pair::new(picture(near), picture(far)).expect("all layers have one size and finite samples")
    }
}

/// Checks that an eye can tell layers at these distances apart.
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

/// The intersection of two rectangles, if any.
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

/// The part of a fitted picture inside the common frame.
fn in_frame(one: &Aligned, frame: Rect, distance: Length) -> FittedLayer {
    let (dx, dy) = (frame.x - one.frame.x, frame.y - one.frame.y);
    let picture = one.pair.far().crop(Rect::new(dx, dy, frame.size));
    let subject = match one.subject() {
        Subject::Face { middle, width } => {
            Subject::Face { middle: Point::new(middle.x - dx as f64, middle.y - dy as f64), width }
        }
        Subject::Picture { .. } => Subject::Picture { side: frame.size.shorter_side() },
    };
    FittedLayer { picture, distance, subject, is_colored: true }
}
