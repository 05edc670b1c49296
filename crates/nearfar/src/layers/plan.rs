//! The crossovers of layers.

use nearfar_kernels::{Crossover, Share};
use nearfar_vision::{PixelsPerDegree, Surface};

use super::{Fitted, LayersError};
use crate::choose::{layer_crossovers, layer_shares};

/// Layers with known crossovers.
#[derive(Clone, Debug)]
pub struct Plan {
    pub(super) views: Vec<PixelsPerDegree>,
    pub(super) crossovers: Vec<Crossover>,
    are_colored: Vec<bool>,
}

impl Plan {
    /// Finds the crossovers of layers to be seen in `views`, one view per layer, near to far.
    ///
    /// # Panics
    ///
    /// If the number of views differs from that of the layers.
    #[must_use]
    pub fn new(fitted: &Fitted, views: Vec<PixelsPerDegree>) -> Self {
        assert_eq!(views.len(), fitted.layers.len(), "there is a view for each layer");
        let crossovers = layer_crossovers(&views);
        let are_colored = fitted.layers.iter().map(|layer| layer.is_colored).collect();
        Self { views, crossovers, are_colored }
    }

    /// The share of the layers behind that each layer but the farthest lets through, given their strengths.
    pub(super) fn shares(&self, strengths: &[f64]) -> Vec<Share> {
        layer_shares(&self.are_colored, strengths)
    }

    /// Finds the crossovers of layers to be seen on a surface from their distances.
    ///
    /// # Errors
    ///
    /// [`LayersError::Mix`] if a distance is out of range.
    pub fn on(fitted: &Fitted, surface: Surface) -> Result<Self, LayersError> {
        let density = surface.density(fitted.size())?;
        let views = fitted.layers().map(|(_, distance)| PixelsPerDegree::at(distance, density));
        Ok(Self::new(fitted, views.collect::<Result<_, _>>()?))
    }

    /// The views, near to far.
    #[must_use]
    pub fn views(&self) -> &[PixelsPerDegree] {
        &self.views
    }

    /// The crossover between each layer and the next farther one, near to far.
    #[must_use]
    pub fn crossovers(&self) -> &[Crossover] {
        &self.crossovers
    }
}
