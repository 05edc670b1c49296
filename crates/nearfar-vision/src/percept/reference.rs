//! A pair prepared for many hybrids.

use nearfar_image::{Encoded, Image, Pair, Size};
use nearfar_kernels::Execution;

use super::{
    Face, Percept,
    grid::{BlurOnto, Grid},
    view::View,
};
use crate::{
    PixelsPerDegree, VisionError,
    field::Field,
    light::{lab, tristimulus},
};

/// The percept of a hybrid in each of `views`, near to far; frequencies are counted across `face`, a face in the far
/// picture, if there is one. For many hybrids of a pair keep a [`PerceptReference`].
///
/// # Errors
///
/// [`VisionError::HybridSize`] if the hybrid is not of the pair's size, [`VisionError::Image`] if it is not finite.
pub fn percepts(
    hybrid: &Image<Encoded>,
    pair: &Pair,
    face: Option<&Face>,
    views: &[PixelsPerDegree],
    execution: &Execution,
) -> Result<Vec<Percept>, VisionError> {
    if hybrid.size() != pair.size() {
        return Err(VisionError::HybridSize { hybrid: hybrid.size(), pair: pair.size() });
    }
    hybrid.check_finite()?;
    Ok(PerceptReference::new(pair, face, views, execution).percepts(hybrid, execution))
}

/// A pair prepared for computing the percepts of many hybrids in some views.
#[derive(Clone, Debug, PartialEq)]
pub struct PerceptReference {
    eyes: Vec<Eye>,
    views: Vec<View>,
    size: Size,
}

/// How light is blurred in one view.
#[derive(Clone, Debug, PartialEq)]
struct Eye {
    /// The view whose blurred light is blurred further; `None` for the picture itself.
    source: Option<usize>,
    grid: Grid,
    blur: BlurOnto,
}

/// Cells per sigma of an eye, at least: the light blurred by it, and its lightness, are then practically continuous.
const CELLS_PER_SIGMA: f64 = 2.0;

impl PerceptReference {
    /// Prepares a pair for `views`, in any order; frequencies are counted across `face`, a face in the far picture, if
    /// there is one, or else across the shorter side.
    #[must_use]
    pub fn new(pair: &Pair, face: Option<&Face>, views: &[PixelsPerDegree], execution: &Execution) -> Self {
        let mut views = views.to_vec();
        views.sort_by(|a, b| a.get().total_cmp(&b.get()));
        let (size, eyes) = (pair.size(), eyes(pair.size(), &views));
        // A view is little work: one thread takes each.
        let alone = execution.on_one_thread();
        let mut seen = execution.map(vec![pair.near(), pair.far()], |picture| seen(&eyes, picture, &alone)).into_iter();
        let [near, far] = [(); 2].map(|()| seen.next().unwrap_or_default());
        let seen = near.iter().zip(&far).zip(eyes.iter().zip(&views)).collect();
        let views = execution
            .map(seen, |((near, far), (eye, &ppd))| View::new(ppd, &eye.grid, [near, far], size, face, &alone));
        Self { eyes, views, size }
    }

    /// Size of the pictures.
    #[must_use]
    pub fn size(&self) -> Size {
        self.size
    }

    /// The percept of a hybrid in each view, near to far. Every sample of the hybrid must be finite.
    ///
    /// # Panics
    ///
    /// If the hybrid is not of the pair's size.
    #[must_use]
    pub fn percepts(&self, hybrid: &Image<Encoded>, execution: &Execution) -> Vec<Percept> {
        assert_eq!(hybrid.size(), self.size, "the hybrid has the pair's size");
        let alone = execution.on_one_thread();
        let seen = self.views.iter().zip(seen(&self.eyes, hybrid, &alone)).collect();
        execution.map(seen, |(view, seen)| view.percept(seen, &alone))
    }
}

/// The eyes of views from near to far.
fn eyes(size: Size, views: &[PixelsPerDegree]) -> Vec<Eye> {
    let mut eyes: Vec<Eye> = Vec::with_capacity(views.len());
    for view in views {
        let sigma = view.eye_sigma();
        let pixels = Grid::pixels(size);
        // Starting from a nearer view's light on a coarse grid saves most of the work, if the remaining blur is wide
        // enough for that grid.
        let rest = |i: usize| (sigma * sigma - views[i].eye_sigma().powi(2)).sqrt();
        let usable = |&i: &usize| eyes[i].grid != pixels && rest(i) >= views[i].eye_sigma();
        let source = (0..eyes.len()).rev().find(usable);
        let (from, rest) = source.map_or((pixels, sigma), |i| (eyes[i].grid, rest(i)));
        let grid = pixels.at_most(sigma / CELLS_PER_SIGMA);
        let blur = BlurOnto::new(&from, &grid, rest);
        eyes.push(Eye { source, grid, blur });
    }
    eyes
}

/// Lightness of a picture, and its colours if it has any, as seen by each eye.
fn seen(eyes: &[Eye], picture: &Image<Encoded>, execution: &Execution) -> Vec<Vec<Field>> {
    let light = tristimulus(execution, picture);
    let mut blurred: Vec<Vec<Field>> = Vec::with_capacity(eyes.len());
    for eye in eyes {
        let source = eye.source.map_or(&light, |i| &blurred[i]);
        blurred.push(source.iter().map(|plane| eye.blur.apply(execution, plane)).collect());
    }
    blurred.into_iter().map(|light| lab(execution, light)).collect()
}
