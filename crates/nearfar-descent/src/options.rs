//! What can be chosen about a mix.

use std::f64::consts::PI;

use nearfar_image::{Size, TransferFunction};
use nearfar_kernels::{Border, Gaussian};

use crate::{ColorMetric, DescentError, Solver};

/// Everything that can be chosen about an optimised hybrid.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(default, deny_unknown_fields, rename_all = "kebab-case")
)]
pub struct Options {
    /// How much the picture is wanted equal to the near picture; 0 or above.
    pub near_weight: f64,
    /// How much the picture's details, differences between neighbouring pixels, are wanted equal to the near picture's, in
    /// units of sigma squared, so that the mix looks alike at every scale; 0 or above. See [`NearTerm`](crate::NearTerm).
    pub detail_weight: f64,
    /// How much the blurred picture is wanted equal to the blurred far picture; 0 or above.
    pub far_weight: f64,
    /// Width of the blur in pixels; above 0. `None` lets the pictures' size decide: see [`Options::sigma_for`].
    pub sigma: Option<f64>,
    /// Number of taps of the blur, odd; `None` cuts the Gaussian at 4 sigma.
    pub kernel_size: Option<usize>,
    /// What the blur sees outside the picture.
    pub border: Border,
    /// The curve between codes and light.
    pub transfer: TransferFunction,
    /// How differences from the near picture count.
    pub near_metric: ColorMetric,
    /// How differences from the blurred far picture count.
    pub far_metric: ColorMetric,
    /// Blurred light below this counts as this; see [`SeenTerm::new`](crate::SeenTerm::new).
    pub light_floor: f32,
    /// How pixels are kept in `[0, 1]`.
    pub parametrization: Parametrization,
    /// How the loss is lowered.
    pub solver: Solver,
    /// The picture to start from.
    pub start: Start,
    /// When to stop.
    pub stop: StopRule,
}

/// Light of half an 8-bit code of the 2.2 power: less than any 8-bit display can show.
const HALF_A_CODE: f32 = 1.1e-6;

/// Chosen by scores and by looking: with this weight the optimiser is as good as a Gaussian Fourier hybrid of the same far
/// fidelity in near fidelity, better in leakage from near and from afar, and has half as many pixels at the bounds
/// (docs/comparison.md). Less leaves less of the near picture and of the far one, ten times as much lets the near one show
/// from afar.
const DETAIL_WEIGHT: f64 = 1.2;

/// Cycles across a picture's shorter side at which near and far picture have equal shares, where nothing is known of what
/// it shows. Oliva, Torralba and Schyns ("Hybrid images", SIGGRAPH 2006) end the far picture at about 16 and begin the near
/// one at about 24; chosen by looking: at 16 a raccoon does not turn into a cat at a sixth of the size.
pub const PICTURE_CYCLES: f64 = 24.0;

impl Default for Options {
    fn default() -> Self {
        Self {
            near_weight: 0.0,
            detail_weight: DETAIL_WEIGHT,
            far_weight: 1.0,
            sigma: None,
            kernel_size: None,
            border: Border::Mirror,
            transfer: TransferFunction::Srgb,
            near_metric: ColorMetric::default(),
            far_metric: ColorMetric::default(),
            light_floor: HALF_A_CODE,
            parametrization: Parametrization::Box,
            solver: Solver::default(),
            start: Start::Pyramid,
            stop: StopRule::default(),
        }
    }
}

impl Options {
    /// Everything as in the article: 15 taps at sigma 3, zero border, power 2.2, sigmoid, grey start, 200 steps of gradient
    /// descent at rate 0.3, near weight 0.1.
    #[must_use]
    pub fn article() -> Self {
        Self {
            near_weight: 0.1,
            detail_weight: 0.0,
            far_weight: 1.0,
            sigma: Some(3.0),
            kernel_size: Some(15),
            border: Border::Zero,
            transfer: TransferFunction::Power22,
            // The article has no floor; this is the least light that single precision holds.
            light_floor: f32::MIN_POSITIVE,
            parametrization: Parametrization::Sigmoid,
            solver: Solver::GradientDescent { rate: Some(0.3) },
            start: Start::Grey,
            stop: StopRule { max_steps: 200, tolerance: 0.0 },
            ..Self::default()
        }
    }

    /// The default but for the number of steps, which are 4 at every size of [`Start::Pyramid`]: a quick look.
    #[must_use]
    pub fn draft() -> Self {
        Self { stop: StopRule { max_steps: 4, ..StopRule::default() }, ..Self::default() }
    }

    /// The width of the blur for pictures of `size`, in pixels: [`Self::sigma`], or else the one whose crossover is at
    /// [`PICTURE_CYCLES`] across the shorter side.
    #[must_use]
    pub fn sigma_for(&self, size: Size) -> f64 {
        let crossover = PICTURE_CYCLES / size.shorter_side() as f64;
        self.sigma.or_else(|| self.sigma_at(crossover)).unwrap_or_else(|| {
            // Weights without a crossover: any width will do, so the default's.
            Self::default().sigma_at(crossover).expect("the default weights have a crossover")
        })
    }

    /// The crossover for pictures of `size`, in cycles per pixel: the frequency at which the hybrid takes from near and far
    /// picture alike, with straight colour curves and no range (docs/mathematics.md, section 5). None if one of them
    /// outweighs the other everywhere.
    #[must_use]
    pub fn crossover(&self, size: Size) -> Option<f64> {
        Some(self.crossover_square()?.sqrt() / (2.0 * PI * self.sigma_for(size)))
    }

    /// The width of the blur, in pixels, whose crossover is at so many cycles per pixel, if there is one.
    #[must_use]
    pub fn sigma_at(&self, crossover: f64) -> Option<f64> {
        Some(self.crossover_square()?.sqrt() / (2.0 * PI * crossover))
    }

    /// The crossover f as `q = (2 pi sigma f)^2`: where the weights of both pictures are equal, the far picture's being
    /// damped by the blur, `far_weight exp(-q)`, and the details' growing, `near_weight + detail_weight q`.
    #[must_use]
    pub fn crossover_square(&self) -> Option<f64> {
        let Self { near_weight, detail_weight, far_weight, .. } = *self;
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

    /// The blur's kernel for pictures of `size`.
    pub(crate) fn gaussian(&self, size: Size) -> Result<Gaussian, DescentError> {
        let sigma = self.sigma_for(size);
        Ok(match self.kernel_size {
            Some(size) => Gaussian::with_size(sigma, size)?,
            None => Gaussian::new(sigma)?,
        })
    }

    /// Checks all that does not need a picture.
    pub(crate) fn validate(&self) -> Result<(), DescentError> {
        let weights = [
            ("near weight", self.near_weight),
            ("detail weight", self.detail_weight),
            ("far weight", self.far_weight),
            ("near luma weight", self.near_metric.luma),
            ("near chroma weight", self.near_metric.chroma),
            ("far luma weight", self.far_metric.luma),
            ("far chroma weight", self.far_metric.chroma),
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
        self.solver.validate()?;
        self.stop.validate()
    }
}

/// How pixels are kept in `[0, 1]`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "kebab-case"))]
pub enum Parametrization {
    /// Pixels are `1 / (1 + exp(-x))` of free variables x, as in the article.
    Sigmoid,
    /// Pixels are the variables and are projected onto `[0, 1]` at every step.
    #[default]
    Box,
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

/// When to stop.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(default, deny_unknown_fields, rename_all = "kebab-case")
)]
pub struct StopRule {
    /// The most steps; at least 1.
    pub max_steps: usize,
    /// Stop when the last few steps lowered the loss by less than this part of it each, on average; 0 never stops early.
    pub tolerance: f64,
}

impl Default for StopRule {
    fn default() -> Self {
        Self { max_steps: 500, tolerance: 1e-4 }
    }
}

impl StopRule {
    fn validate(self) -> Result<(), DescentError> {
        if self.max_steps == 0 {
            return Err(DescentError::NoSteps);
        }
        if !(0.0..1.0).contains(&self.tolerance) {
            return Err(DescentError::Tolerance { tolerance: self.tolerance });
        }
        Ok(())
    }
}
