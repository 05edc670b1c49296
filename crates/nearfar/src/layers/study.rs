//! A hybrid of layers beside the pictures from which it was made.

use nearfar_image::{Encoded, Image};
use nearfar_kernels::Execution;
use nearfar_vision::{Density, PixelsPerDegree, Surface, VisionError};

use super::{Fitted, LayersError, Plan, Seen, SeenCurves, seen};
use crate::{
    MixError,
    smaller::{is_copy, surface_of_width},
};

/// A hybrid, its layers, and what is seen from where.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct LayersStudy {
    /// The layers, at the hybrid's size.
    pub(crate) fitted: Fitted,
    /// The crossover between each layer and the next farther one, in cycles along the hybrid's shorter side.
    pub crossovers: Vec<f64>,
    /// The view of each layer, in pixels of the hybrid.
    pub views: Vec<PixelsPerDegree>,
    /// Pixels per inch of the surface.
    pub density: Density,
    /// What is seen from the distance of each layer.
    pub seen: Vec<Seen>,
    /// What is seen from all distances.
    pub curves: SeenCurves,
}

impl LayersStudy {
    /// Judges a hybrid, at the size at which it was mixed or as a smaller copy, on a surface.
    ///
    /// # Errors
    ///
    /// [`LayersError::Mix`] if the hybrid is neither of the layers' size nor a smaller copy, or a distance is out of range.
    pub fn new(
        hybrid: &Image<Encoded>,
        fitted: &Fitted,
        surface: Surface,
        execution: &Execution,
    ) -> Result<Self, LayersError> {
        let (size, mixed) = (hybrid.size(), fitted.size());
        let is_smaller = is_copy(size, mixed);
        if !is_smaller && size != mixed {
            return Err(VisionError::HybridSize { hybrid: size, pair: mixed }.into());
        }
        let mixed_on = if is_smaller { surface_of_width(surface, size.width())? } else { surface };
        let side = mixed.shorter_side() as f64;
        let crossovers = Plan::on(fitted, mixed_on)?.crossovers;
        let crossovers = crossovers.iter().map(|crossover| crossover.cycles_per_pixel() * side).collect();
        let fitted = fitted.shrunk(size)?;
        let plan = Plan::on(&fitted, surface)?;
        let seen = seen(hybrid, &fitted, &plan, execution).map_err(MixError::from)?;
        let curves = SeenCurves::new(hybrid, &fitted, &plan, execution)?;
        let density = surface.density(size)?;
        Ok(Self { fitted, crossovers, views: plan.views, density, seen, curves })
    }
}
