//! What can be chosen about a mix.

use std::f64::consts::PI;

use nearfar_image::TransferFunction;
use nearfar_kernels::{Border, Colors, Crossover, Gaussian, Share};

use crate::{DescentError, EdgeStop, Parametrization, Solver, StopRule};

/// Everything that can be chosen about an optimised hybrid.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(default, deny_unknown_fields, rename_all = "kebab-case")
)]
pub struct Options {
    /// Where near and far picture have half each. `None` leaves that to whoever knows what the pictures show: a plan needs
    /// it, or else [`Self::sigma`].
    pub crossover: Option<Crossover>,
    /// The width of the far view's blur in pixels, above 0, instead of the one that the crossover and the weights give.
    pub sigma: Option<f64>,
    /// Number of taps of the blur, odd; `None` cuts the Gaussian at 4 sigma.
    pub kernel_size: Option<usize>,
    /// How the colours of both pictures go into the hybrid.
    pub colors: Colors,
    /// How much of the far picture comes through beside its shapes, where [`Colors::Luma`] are mixed. `None` leaves that to
    /// whoever knows what the pictures show, and is all of it here.
    pub share: Option<Share>,
    /// How much the picture's pixels, channel by channel, are wanted equal to the near picture's; 0 or above.
    pub near_weight: f64,
    /// How much the picture's details, differences between neighbouring pixels, are wanted equal to the near picture's, in
    /// units of sigma squared, so that the mix looks alike at every scale; 0 or above.
    pub detail_weight: f64,
    /// Where details may jump: where the near picture's do, or [`EdgeStop::NOWHERE`].
    pub edges: EdgeStop,
    /// How much the picture's opponent colours are wanted equal to those of the share, where [`Colors::Luma`] are mixed; 0 or
    /// above.
    pub color_weight: f64,
    /// How much the picture, seen from afar, is wanted to look like the far picture; 0 or above.
    pub far_weight: f64,
    /// What the blur sees outside the picture.
    pub border: Border,
    /// The curve between codes and light.
    pub transfer: TransferFunction,
    /// Blurred light below this counts as this; see [`Eye`](crate::Eye).
    pub light_floor: f32,
    /// How pixels are kept in `[0, 1]`.
    pub parametrization: Parametrization,
    /// How the loss is lowered.
    pub solver: Solver,
    /// The picture to start from.
    pub start: Start,
    /// When to stop. With [`Start::Pyramid`], sizes at which the far view is blurred by more than 16 pixels stop earlier, and
    /// those below them later.
    pub stop: StopRule,
}

/// Blurred light below this counts as this: light falls on black with an infinite slope of codes by the power of 2.2, of which
/// this is half an 8-bit code. By sRGB, whose slopes are finite, it is a hundredth of half a code: nothing that is seen.
pub const LIGHT_FLOOR: f32 = 1.1e-6;

/// What the differences of photographs weigh on average with edges of [`EdgeStop::default`]: about half of their pixels are
/// flat, and few are on sharp edges.
const MEAN_EDGE_WEIGHT: f64 = 0.6;

impl Default for Options {
    /// Details of luma that may jump at the near picture's edges, its colours, and the far picture's light. Where the pictures
    /// change places is left open.
    fn default() -> Self {
        Self {
            crossover: None,
            sigma: None,
            kernel_size: None,
            colors: Colors::Luma,
            share: None,
            near_weight: 0.0,
            // A larger weight falls slower over frequencies: with four times as much both pictures are seen less, from where
            // they should be (percept -.03 and +.04, the means of 15 pairs), and nothing looks better.
            detail_weight: 0.5,
            edges: EdgeStop::default(),
            color_weight: 2.0,
            far_weight: 1.0,
            border: Border::Mirror,
            transfer: TransferFunction::Srgb,
            light_floor: LIGHT_FLOOR,
            parametrization: Parametrization::Box,
            solver: Solver::default(),
            start: Start::Pyramid,
            // A tenth of this takes twice the evaluations and moves no pixel that an eye would notice.
            stop: StopRule { tolerance: 1e-3, ..StopRule::default() },
        }
    }
}

impl Options {
    /// Everything as in the article: 15 taps at sigma 3, zero border, power 2.2, sigmoid, grey start, 200 iterations of
    /// gradient descent at rate 0.3, near weight 0.1, every channel for itself.
    #[must_use]
    pub fn article() -> Self {
        Self {
            near_weight: 0.1,
            detail_weight: 0.0,
            edges: EdgeStop::NOWHERE,
            color_weight: 0.0,
            far_weight: 1.0,
            colors: Colors::Channels,
            sigma: Some(3.0),
            kernel_size: Some(15),
            border: Border::Zero,
            transfer: TransferFunction::Power22,
            // The article has no floor; this is the least light that single precision holds.
            light_floor: f32::MIN_POSITIVE,
            parametrization: Parametrization::Sigmoid,
            solver: Solver::GradientDescent { rate: Some(0.3) },
            start: Start::Grey,
            stop: StopRule { max_iterations: 200, tolerance: 0.0 },
            ..Self::default()
        }
    }

    /// The default but for the number of iterations, which are 8 at every size of [`Start::Pyramid`]: a quick look.
    #[must_use]
    pub fn draft() -> Self {
        Self { stop: StopRule { max_iterations: 8, ..Self::default().stop }, ..Self::default() }
    }

    /// The width of the far view's blur, in pixels: the one that was said, or the one that the crossover and the weights give.
    ///
    /// # Errors
    ///
    /// [`DescentError::NoCrossover`] if neither was said, or the weights have no crossover.
    pub fn sigma(&self) -> Result<f64, DescentError> {
        self.sigma
            .or_else(|| Some(self.crossover_square()?.sqrt() / (2.0 * PI * self.crossover?.cycles_per_pixel())))
            .ok_or(DescentError::NoCrossover)
    }

    /// The frequency at which the hybrid takes from near and far picture alike, with straight colour curves and no range
    /// (docs/mathematics.md, section 5), for a far view blurred by `sigma` pixels. None if one of them outweighs the other
    /// everywhere, or the frequency is finer than pixels.
    #[must_use]
    pub fn crossover_at(&self, sigma: f64) -> Option<Crossover> {
        Crossover::per_pixel(self.crossover_square()?.sqrt() / (2.0 * PI * sigma)).ok()
    }

    /// The crossover f as `q = (2 pi sigma f)^2`: where the weights of both pictures are equal, the far picture's being
    /// damped by the blur, `far_weight exp(-q)`, and the details' growing, `near_weight + detail_weight q`.
    #[must_use]
    pub fn crossover_square(&self) -> Option<f64> {
        let Self { near_weight, far_weight, .. } = *self;
        let detail_weight = self.mean_detail_weight();
        if far_weight <= near_weight || near_weight + detail_weight <= 0.0 {
            return None;
        }
        // The difference of both falls with q; beyond 700 the blur leaves nothing in double precision.
        let (mut low, mut high) = (0.0, 700.0);
        for _ in 0..60 {
            let middle = 0.5 * (low + high);
            if far_weight * f64::exp(-middle) > near_weight + detail_weight * middle {
                low = middle;
            } else {
                high = middle;
            }
        }
        Some(high)
    }

    /// Whether details may jump anywhere.
    pub(crate) fn has_edges(&self) -> bool {
        self.edges.floor < 1.0
    }

    /// [`Self::detail_weight`] as an average photograph with edges takes it.
    #[must_use]
    pub fn mean_detail_weight(&self) -> f64 {
        self.detail_weight * if self.has_edges() { MEAN_EDGE_WEIGHT } else { 1.0 }
    }

    /// Checks that a crossover can be chosen, for whoever says no sigma: that neither picture outweighs the other everywhere.
    ///
    /// # Errors
    ///
    /// [`DescentError::NearAlone`] or [`DescentError::FarAlone`].
    pub fn check_crossover(&self) -> Result<(), DescentError> {
        let Self { near_weight, far_weight, .. } = *self;
        match self.crossover_square() {
            Some(_) => Ok(()),
            None if far_weight <= near_weight => Err(DescentError::NearAlone { near_weight, far_weight }),
            None => Err(DescentError::FarAlone),
        }
    }

    /// The blur's kernel.
    pub(crate) fn gaussian(&self, sigma: f64) -> Result<Gaussian, DescentError> {
        Ok(match self.kernel_size {
            Some(size) => Gaussian::with_size(sigma, size)?,
            None => Gaussian::new(sigma)?,
        })
    }

    /// Checks all that does not need a picture: what [`Plan::new`](crate::Plan::new) refuses, but for a crossover that nobody
    /// chose yet.
    ///
    /// # Errors
    ///
    /// [`DescentError`] names the first option that makes no sense.
    pub fn check(&self) -> Result<(), DescentError> {
        let weights = [
            ("near weight", self.near_weight),
            ("detail weight", self.detail_weight),
            ("color weight", self.color_weight),
            ("far weight", self.far_weight),
            ("light floor", f64::from(self.light_floor)),
        ];
        for (name, value) in weights {
            if !(value.is_finite() && value >= 0.0) {
                return Err(DescentError::Weight { name, value });
            }
        }
        if self.near_weight + self.detail_weight + self.far_weight <= 0.0 {
            return Err(DescentError::NoWeight);
        }
        let EdgeStop { contrast, floor } = self.edges;
        if !(contrast.is_finite() && contrast > 0.0 && (0.0..=1.0).contains(&floor)) {
            return Err(DescentError::Edges { contrast, floor });
        }
        self.share.unwrap_or_default().check()?;
        self.gaussian(self.sigma.unwrap_or(1.0))?;
        self.solver.validate()?;
        self.stop.validate()
    }
}

/// The picture to start from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "kebab-case"))]
pub enum Start {
    /// Mid grey, as in the article.
    Grey,
    /// The near picture.
    Near,
    /// The far picture.
    Far,
    /// The details of the near picture on the blurred far picture: a plain hybrid, close to where the mix will end.
    Blend,
    /// What a mix of the pictures at half their sizes makes of the near picture, its details put back; such a mix starts
    /// likewise. A wide change of the near picture, which takes many steps at full size, is found where steps are cheap.
    /// Pictures too small or blurs too narrow to be halved are blended.
    #[default]
    Pyramid,
}
