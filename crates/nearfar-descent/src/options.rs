//! The options of a mix.

use std::f64::consts::PI;

use nearfar_image::TransferFunction;
use nearfar_kernels::{Border, Colors, Crossover, Gaussian, Share};

use crate::{DescentError, EdgeStop, Parametrization, Solver, StopRule};

/// All options of an optimised hybrid.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(default, deny_unknown_fields, rename_all = "kebab-case")
)]
pub struct Options {
    /// The frequency at which near and far picture contribute half each. `None` leaves the choice to a caller that
    /// knows the pictures' content; a plan needs it, or else [`Self::sigma`].
    pub crossover: Option<Crossover>,
    /// Sigma of the far view's blur in pixels, above 0, in place of the one that crossover and weights give.
    pub sigma: Option<f64>,
    /// Number of taps of the blur, odd; `None` truncates the Gaussian at 4 sigma.
    pub kernel_size: Option<usize>,
    /// How the colours of the two pictures are combined.
    pub colors: Colors,
    /// How much of the far picture comes through besides its shapes, for [`Colors::Luma`]. `None` leaves the choice to
    /// a caller that knows the pictures' content, and means all of it here.
    pub share: Option<Share>,
    /// Weight of matching the near picture's pixels, channel by channel; 0 or above.
    pub near_weight: f64,
    /// Weight of matching the near picture's details, the differences between neighbouring pixels, in units of sigma
    /// squared so that the mix looks alike at every scale; 0 or above.
    pub detail_weight: f64,
    /// Where details may jump: at edges of the near picture, or [`EdgeStop::NOWHERE`].
    pub edges: EdgeStop,
    /// Weight of matching the opponent colours that the share gives, for [`Colors::Luma`]; 0 or above.
    pub color_weight: f64,
    /// Weight of matching the far picture as seen from afar; 0 or above.
    pub far_weight: f64,
    /// What the blur sees outside the picture.
    pub border: Border,
    /// The transfer function between codes and light.
    pub transfer: TransferFunction,
    /// Floor of the blurred light; see [`Eye`](crate::Eye).
    pub light_floor: f32,
    /// How pixels are kept in `[0, 1]`.
    pub parametrization: Parametrization,
    /// How the loss is lowered.
    pub solver: Solver,
    /// The picture to start from.
    pub start: Start,
    /// When to stop. With [`Start::Pyramid`], sizes at which the far view is blurred by more than 16 pixels stop
    /// earlier, and the sizes below those later.
    pub stop: StopRule,
}

/// Default floor of the blurred light. The power of 2.2 has an infinite slope of code by light at black; there this
/// floor is half an 8-bit code. For sRGB, whose slopes are finite, it is a hundredth of half a code, which is
/// invisible.
pub const LIGHT_FLOOR: f32 = 1.1e-6;

/// Mean weight of the differences in photographs with the default [`EdgeStop`]: about half of their pixels are flat,
/// and few are on sharp edges.
const MEAN_EDGE_WEIGHT: f64 = 0.6;

impl Default for Options {
    /// Details of luma that may jump at the near picture's edges, its colours, and the far picture's light. The
    /// crossover is left open.
    fn default() -> Self {
        Self {
            crossover: None,
            sigma: None,
            kernel_size: None,
            colors: Colors::Luma,
            share: None,
            near_weight: 0.0,
            // A larger weight rolls off more slowly with frequency: with four times as much, both pictures are
            // recognised less well from where they should be (percept -.03 and +.04, the means of 15 pairs), and
            // nothing looks better.
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
            // A tenth of this takes twice the evaluations and moves no pixel noticeably.
            stop: StopRule { tolerance: 1e-3, ..StopRule::default() },
        }
    }
}

impl Options {
    /// Everything as in the article: 15 taps at sigma 3, zero border, power 2.2, sigmoid, grey start, 200 iterations of
    /// gradient descent at rate 0.3, near weight 0.1, each channel separately.
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
            // The article has no floor; this is the smallest normal number in single precision.
            light_floor: f32::MIN_POSITIVE,
            parametrization: Parametrization::Sigmoid,
            solver: Solver::GradientDescent { rate: Some(0.3) },
            start: Start::Grey,
            stop: StopRule { max_iterations: 200, tolerance: 0.0 },
            ..Self::default()
        }
    }

    /// The default, except for 8 iterations at every size of [`Start::Pyramid`]: a quick preview.
    #[must_use]
    pub fn draft() -> Self {
        Self { stop: StopRule { max_iterations: 8, ..Self::default().stop }, ..Self::default() }
    }

    /// Sigma of the far view's blur, in pixels: the one given, or the one that crossover and weights imply.
    ///
    /// # Errors
    ///
    /// [`DescentError::NoCrossover`] if neither was given, or the weights have no crossover.
    pub fn sigma(&self) -> Result<f64, DescentError> {
        self.sigma
            .or_else(|| Some(self.crossover_square()?.sqrt() / (2.0 * PI * self.crossover?.cycles_per_pixel())))
            .ok_or(DescentError::NoCrossover)
    }

    /// The frequency at which near and far picture contribute equally to the hybrid, for a far view blurred by `sigma`
    /// pixels, assuming linear transfer functions and no range limit (docs/mathematics.md, section 5). None if one of
    /// them outweighs the other everywhere, or the frequency is above what pixels can hold.
    #[must_use]
    pub fn crossover_at(&self, sigma: f64) -> Option<Crossover> {
        Crossover::per_pixel(self.crossover_square()?.sqrt() / (2.0 * PI * sigma)).ok()
    }

    /// The crossover f as `q = (2 pi sigma f)^2`: where the weights of the two pictures are equal, the far picture's
    /// attenuated by the blur, `far_weight exp(-q)`, and the near one's growing by the details,
    /// `near_weight + detail_weight q`.
    #[must_use]
    pub fn crossover_square(&self) -> Option<f64> {
        let Self { near_weight, far_weight, .. } = *self;
        let detail_weight = self.mean_detail_weight();
        if far_weight <= near_weight || near_weight + detail_weight <= 0.0 {
            return None;
        }
        // The difference of the two falls with q; beyond 700 the blur leaves nothing in double precision.
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

    /// [`Self::detail_weight`] as it acts on an average photograph with edges.
    #[must_use]
    pub fn mean_detail_weight(&self) -> f64 {
        self.detail_weight * if self.has_edges() { MEAN_EDGE_WEIGHT } else { 1.0 }
    }

    /// For use without a sigma: checks that a crossover can be chosen, that is, that neither picture outweighs the
    /// other everywhere.
    ///
    /// # Errors
    ///
    /// [`DescentError::FarInvisible`] or [`DescentError::NearInvisible`].
    pub fn check_crossover(&self) -> Result<(), DescentError> {
        let Self { near_weight, far_weight, .. } = *self;
        match self.crossover_square() {
            Some(_) => Ok(()),
            None if far_weight <= near_weight => Err(DescentError::FarInvisible { near_weight, far_weight }),
            None => Err(DescentError::NearInvisible),
        }
    }

    /// The blur's kernel.
    pub(crate) fn gaussian(&self, sigma: f64) -> Result<Gaussian, DescentError> {
        Ok(match self.kernel_size {
            Some(size) => Gaussian::with_size(sigma, size)?,
            None => Gaussian::new(sigma)?,
        })
    }

    /// Checks everything that does not need a picture: what [`Plan::new`](crate::Plan::new) refuses, except for a
    /// missing crossover.
    ///
    /// # Errors
    ///
    /// [`DescentError`] for the first invalid option.
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
    /// The near picture, relit as the share says.
    Near,
    /// The far picture.
    Far,
    /// The near picture's details on the blurred far picture: a simple hybrid, close to where the mix will end.
    Blend,
    /// The near picture as changed by a mix at half the size, with its details restored; that mix starts likewise.
    /// Broad changes of the near picture, which take many steps at full size, are found where steps are cheap. Pictures
    /// too small, or blurs too narrow, to be halved start from [`Start::Blend`].
    #[default]
    Pyramid,
}
