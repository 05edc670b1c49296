//! All layers at once, in one objective with a term for each.

use std::borrow::Cow;

use nearfar_descent::{
    DescentError, DetailsAfar, EdgeStop, Eye, FarBlur, LIGHT_FLOOR, Objective, Outcome, PyramidLevel, Run, StopRule,
    Term, halved, is_worth_halving,
};
use nearfar_image::{Encoded, Image, TransferFunction};
use nearfar_kernels::{Axes, Border, Crossover, Execution, Gaussian};
use serde::{Deserialize, Serialize};

use super::{LayersError, Plan, bands::bands};
use crate::{
    MixError,
    choose::{LAYER_DETAILS, LAYER_RELIGHT, LAYER_YIELD},
    event::Watch,
    optimise::optimise,
};

/// Options of a joint mix.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Joint {
    /// Weight of the details of every layer but the farthest, on the scale of the detail weight of two pictures; above 0.
    pub detail_weight: f64,
    /// How much a layer's details give way to those of the next farther one within its band, in `(0, 1)`: the smaller, the
    /// cleaner the bands, and the softer their ends.
    pub yield_ratio: f64,
    /// Weight of the colours of the layers, each in its band; 0 or above.
    pub color_weight: f64,
    /// Strength of each layer but the farthest, near to far, relative to the farthest one; each a factor of the layer's
    /// weight, above 0. By default such that all layers are seen equally clearly from their distances.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub strengths: Option<Vec<f64>>,
    /// How far the details of each layer but the farthest follow the tone that the layers behind it give them, `[0, 1]`: as
    /// [`Share::relight`](nearfar_kernels::Share::relight) for two pictures. None in recipes that predate it.
    #[serde(default)]
    pub relight: f64,
    /// Where details may jump: at the edges of the layer itself.
    pub edges: EdgeStop,
    /// When to stop, at every level.
    pub stop: StopRule,
}

impl Default for Joint {
    fn default() -> Self {
        // The other defaults are those of a mix of two pictures.
        let nearfar_descent::Options { color_weight, edges, stop, .. } = Default::default();
        Self {
            detail_weight: LAYER_DETAILS,
            yield_ratio: LAYER_YIELD,
            strengths: None,
            color_weight,
            relight: LAYER_RELIGHT,
            edges,
            stop,
        }
    }
}

/// The narrowest blur with any effect.
const NO_BLUR: f64 = 0.05;

/// The layers at one level of the pyramid.
struct Level<'a> {
    layers: Vec<Cow<'a, Image<Encoded>>>,
    /// Size of the original relative to this level.
    scale: f64,
    /// The plan for the original: its crossovers are in pixels of full size.
    plan: &'a Plan,
    /// Sigma of the farthest layer's term, in pixels.
    far_sigma: f64,
    /// The strength of each layer but the farthest.
    strengths: &'a [f64],
    options: &'a Joint,
}

pub(super) fn mix(
    layers: &[&Image<Encoded>],
    plan: &Plan,
    strengths: &[f64],
    options: &Joint,
    execution: &Execution,
    watch: &mut Watch<'_>,
) -> Result<Outcome, LayersError> {
    let ratio = options.yield_ratio;
    if !(ratio > 0.0 && ratio < 1.0) {
        return Err(LayersError::Yield { ratio });
    }
    let are_factors = strengths.iter().all(|strength| strength.is_finite() && *strength > 0.0);
    if strengths.len() != plan.crossovers.len() || !are_factors {
        return Err(LayersError::Strengths { found: strengths.len(), wanted: plan.crossovers.len() });
    }
    let far_sigma = far_sigma(plan.crossovers[plan.crossovers.len() - 1], options)?;
    let layers = layers.iter().map(|layer| Cow::Borrowed(*layer)).collect();
    let level = Level { layers, scale: 1.0, plan, far_sigma, strengths, options };
    Ok(optimise(Run::new(level, options.stop, execution)?, watch)?)
}

/// Sigma of the farthest layer's term: that of a mix of two pictures with this crossover.
fn far_sigma(crossover: Crossover, options: &Joint) -> Result<f64, DescentError> {
    let two = nearfar_descent::Options {
        crossover: Some(crossover),
        detail_weight: options.detail_weight,
        edges: options.edges,
        ..nearfar_descent::Options::default()
    };
    two.sigma()
}

impl Level<'_> {
    /// Crossovers in cycles per pixel of this level, at most .5.
    fn crossovers(&self) -> Vec<Crossover> {
        let here = |c: &Crossover| Crossover::per_pixel((c.cycles_per_pixel() * self.scale).min(0.5));
        self.plan.crossovers.iter().map(|c| here(c).expect("above 0 and at most half a cycle per pixel")).collect()
    }
}

impl<'a> PyramidLevel<'a> for Level<'a> {
    type Error = MixError;

    fn near(&self) -> &Image<Encoded> {
        &self.layers[0]
    }

    fn halved(&self, execution: &Execution) -> Option<Self> {
        let half = |picture: &Cow<'_, _>| Cow::Owned(halved(picture, TransferFunction::Srgb, execution));
        is_worth_halving(self.near().size(), self.far_sigma()).then(|| Self {
            layers: self.layers.iter().map(half).collect(),
            scale: 2.0 * self.scale,
            ..*self
        })
    }

    fn start(&self, execution: &Execution) -> Result<Image<Encoded>, MixError> {
        Ok(bands(&self.layers, &self.crossovers(), &self.plan.shares(self.strengths), execution)?)
    }

    /// The nearest layer's details, those of the layers in between as seen from their distances, the farthest layer as seen
    /// from its own, and the colours of each layer in its band.
    fn objective(&self, execution: &Execution) -> Result<Objective<'a>, MixError> {
        let Self { plan, strengths, options, .. } = *self;
        let (near, last) = (&self.layers[0], self.layers.len() - 1);
        let (size, channels) = (near.size(), near.channels());
        let far_sigma = self.far_sigma();
        let mut terms = Vec::new();
        let mut weight = options.detail_weight * far_sigma.powi(2);
        // From the farthest of the layers in between to the nearest.
        for i in (1..last).rev() {
            // The blur at which this layer is as weak as the next nearer one.
            let damped = (1.0 / options.yield_ratio).ln().sqrt();
            let sigma = damped / (2.0 * std::f64::consts::PI * plan.crossovers[i - 1].cycles_per_pixel() * self.scale);
            let seen = DetailsAfar {
                sigma: sigma.max(NO_BLUR),
                transfer: TransferFunction::Srgb,
                axes: Axes::Luma,
                light_floor: LIGHT_FLOOR,
                edges: Some(options.edges),
            };
            let name = format!("layer {}", i + 1);
            terms.push(Term::details_afar(name, strengths[i] * weight, channels, &self.layers[i], seen, execution)?);
            weight *= options.yield_ratio;
        }
        terms.push(Term::details(
            "detail",
            strengths[0] * weight,
            near.clone(),
            Axes::Luma,
            Some(options.edges),
            execution,
        ));
        if options.color_weight > 0.0
            && let Ok(planes) = <[_; 2]>::try_from(Axes::Opponent.planes(&self.start(execution)?, execution))
        {
            terms.push(Term::opponent_colors("color", options.color_weight, planes));
        }
        let blur = FarBlur::new(size, &Gaussian::new(far_sigma).map_err(DescentError::from)?, Border::Mirror);
        let eye = Eye { blur, transfer: TransferFunction::Srgb, axes: Axes::Luma, light_floor: LIGHT_FLOOR };
        terms.push(Term::afar("far", 1.0, channels, &self.layers[last], eye, execution));
        Ok(Objective::new(terms))
    }

    fn far_sigma(&self) -> f64 {
        self.far_sigma / self.scale
    }
}
