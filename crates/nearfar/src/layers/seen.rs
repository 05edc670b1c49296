//! What an eye sees of a hybrid of layers.

use nearfar_image::{Encoded, Image};
use nearfar_kernels::Execution;
use nearfar_vision::{Percept, PerceptSwitch, PixelsPerDegree, VisionError, percepts};
use serde::Serialize;

use super::{Fitted, Plan};
use crate::{Note, choose::LAYER_OUTLINES, judged_copy::JudgedCopy, perception::Sight};

/// What is seen from the distance of one layer.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Seen {
    /// The distance.
    pub distance: nearfar_vision::Length,
    /// How much more of this layer is seen than of each other one, near to far, without itself: from +1, only this one, to
    /// -1, only the other. It is the percept of the two, with something added for the outlines of the nearer one, which help
    /// it even where little of it is left.
    pub against: Vec<f64>,
}

impl Seen {
    /// The margin over the strongest of the others.
    #[must_use]
    pub fn least(&self) -> f64 {
        self.against.iter().copied().fold(f64::INFINITY, f64::min)
    }

    pub(crate) fn sight(&self) -> Sight {
        Sight::of(self.least())
    }
}

/// The layers that are hardly seen from their distances.
pub(crate) fn hardly_seen(seen: &[Seen]) -> impl Iterator<Item = Note> {
    (1..).zip(seen).filter(|(_, layer)| layer.sight() == Sight::Hardly).map(|(number, layer)| Note::LayerHardlySeen {
        number,
        distance: layer.distance,
        p: layer.least(),
    })
}

/// Judges a hybrid from the distance of every layer, by the percept of each pair of layers.
///
/// # Errors
///
/// [`VisionError::HybridSize`] if the hybrid differs from the layers in size, [`VisionError::Image`] if it is not finite.
pub fn seen(
    hybrid: &Image<Encoded>,
    fitted: &Fitted,
    plan: &Plan,
    execution: &Execution,
) -> Result<Vec<Seen>, VisionError> {
    let count = fitted.layers.len();
    let mut all: Vec<_> = fitted
        .layers
        .iter()
        .map(|layer| Seen { distance: layer.distance, against: Vec::with_capacity(count - 1) })
        .collect();
    for near in 0..count {
        for far in near + 1..count {
            let views = [plan.views[near], plan.views[far]];
            let found = of_two(hybrid, fitted, [near, far], &views, execution)?;
            let p = |i: usize| found.iter().find(|percept| percept.ppd == views[i]).map_or(0.0, |percept| percept.p);
            all[near].against.push(p(0));
            all[far].against.push(-p(1));
        }
    }
    Ok(all)
}

/// The percepts of two of the layers in each of `views`, near to far, with what the nearer one's outlines add.
fn of_two(
    hybrid: &Image<Encoded>,
    fitted: &Fitted,
    [near, far]: [usize; 2],
    views: &[PixelsPerDegree],
    execution: &Execution,
) -> Result<Vec<Percept>, VisionError> {
    let face = fitted.layers[far].subject.face();
    let mut found = percepts(hybrid, &fitted.pair(near, far), face.as_ref(), views, execution)?;
    // Less of it towards +1 and -1, so that the result stays between them and keeps its order.
    found.iter_mut().for_each(|percept| percept.p += LAYER_OUTLINES * (1.0 - percept.p.powi(2)));
    Ok(found)
}

/// What is seen of a hybrid of layers as a viewer walks away from it.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct SeenCurves {
    /// The views, near to far: those of the layers, and others half an octave apart, from half the nearest distance to twice
    /// the farthest.
    pub views: Vec<PixelsPerDegree>,
    /// For each layer, near to far, its margin over the strongest other one in each view: from +1, only this one, to -1,
    /// only another.
    pub layers: Vec<Vec<f64>>,
    /// The switch from each layer to the next farther one.
    pub switches: Vec<PerceptSwitch>,
}

impl SeenCurves {
    /// Judges a hybrid as [`seen`] does, but in many views, and by means of copies, so that a large picture costs little
    /// more than a small one.
    ///
    /// # Errors
    ///
    /// As [`seen`].
    pub fn new(
        hybrid: &Image<Encoded>,
        fitted: &Fitted,
        plan: &Plan,
        execution: &Execution,
    ) -> Result<Self, VisionError> {
        let copy = JudgedCopy::of(fitted.size());
        let hybrid = copy.take(hybrid, execution)?;
        let fitted = fitted.shrunk(copy.copy)?;
        let views = walk(&plan.views);
        let on_copy = views.iter().map(|view| copy.view(*view)).collect::<Result<Vec<_>, _>>()?;
        let count = fitted.layers.len();
        let mut layers = vec![vec![1.0_f64; views.len()]; count];
        let mut switches = Vec::with_capacity(count - 1);
        for near in 0..count {
            for far in near + 1..count {
                let mut found = of_two(&hybrid, &fitted, [near, far], &on_copy, execution)?;
                for (i, (percept, view)) in found.iter_mut().zip(&views).enumerate() {
                    percept.ppd = *view;
                    layers[near][i] = layers[near][i].min(percept.p);
                    layers[far][i] = layers[far][i].min(-percept.p);
                }
                if far == near + 1 {
                    switches.push(PerceptSwitch::of(&found));
                }
            }
        }
        Ok(Self { views, layers, switches })
    }
}

/// The views on a walk that starts closer than the nearest of `views` and ends beyond the farthest; views that are out of
/// range are left out.
fn walk(views: &[PixelsPerDegree]) -> Vec<PixelsPerDegree> {
    let all = || views.iter().map(|view| view.get());
    let (nearest, farthest) = (0.5 * all().fold(f64::INFINITY, f64::min), 2.0 * all().fold(0.0, f64::max));
    let steps = (2.0 * (farthest / nearest).log2()).ceil() as i32;
    let between = (0..=steps).filter_map(|step| PixelsPerDegree::new(nearest * (0.5 * f64::from(step)).exp2()).ok());
    let mut walk: Vec<_> = views.iter().copied().chain(between).collect();
    walk.sort_by(|a, b| a.get().total_cmp(&b.get()));
    walk.dedup_by(|a, b| a.get() < b.get() * (1.0 + 1e-9));
    walk
}
