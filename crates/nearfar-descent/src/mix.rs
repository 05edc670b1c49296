//! From a pair to a hybrid.

use std::ops::ControlFlow;

use nearfar_image::{Channels, Encoded, Image, Pair, Size};
use nearfar_kernels::{Border, Execution, Gaussian, SeparableBlur, sums::update};

use crate::{
    DescentError, FarBlur, Losses, NearTerm, Objective, Options, Progress, SeenTerm, Start, StopReason,
    half::{halved, refined},
    no_observer, solver,
};

/// What came of a mix.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// The hybrid; every sample is in `[0, 1]` because the optimiser cannot leave it.
    pub hybrid: Image<Encoded>,
    /// Losses of `hybrid`.
    pub losses: Losses,
    /// Steps taken.
    pub steps: usize,
    /// Evaluations of loss and gradient.
    pub evaluations: usize,
    /// Why the mix ended.
    pub stop_reason: StopReason,
}

/// A checked way of mixing pairs of one size: pure, comparable, and used any number of times.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    options: Options,
    blur: FarBlur,
}

impl Plan {
    /// Checks `options` and plans for pairs of `size`.
    ///
    /// # Errors
    ///
    /// [`DescentError`] names the first option that makes no sense.
    pub fn new(size: Size, options: &Options) -> Result<Self, DescentError> {
        options.validate()?;
        let gaussian = options.gaussian(size)?;
        let blur = match options.kernel_size {
            Some(_) => SeparableBlur::new(size, &gaussian.taps(), options.border).into(),
            None => FarBlur::new(size, &gaussian, options.border),
        };
        Ok(Self { options: options.clone(), blur })
    }

    /// The options that were checked.
    #[must_use]
    pub fn options(&self) -> &Options {
        &self.options
    }

    /// What is minimised for `pair`.
    ///
    /// # Panics
    ///
    /// If the pair is not of the plan's size.
    #[must_use]
    pub fn objective<'a>(&self, pair: &'a Pair, execution: &Execution) -> Objective<'a> {
        let Options { near_weight, detail_weight, far_weight, transfer, near_metric, far_metric, light_floor, .. } =
            self.options;
        let detail_weight = detail_weight * self.options.sigma_for(pair.size()).powi(2);
        let near = NearTerm::new(pair.near(), near_weight, detail_weight, near_metric);
        let seen =
            SeenTerm::new(pair.far(), self.blur.clone(), transfer, far_weight, far_metric, light_floor, execution);
        Objective::new(near, vec![seen])
    }

    /// Mixes `pair`, starting from the picture that the options name.
    ///
    /// # Panics
    ///
    /// If the pair is not of the plan's size.
    pub fn mix(
        &self,
        pair: &Pair,
        execution: &Execution,
        observer: &mut dyn FnMut(&Progress<'_>) -> ControlFlow<()>,
    ) -> Outcome {
        let start = self.start(pair, execution);
        solver::solve(&self.objective(pair, execution), start, &self.options, execution, observer)
    }

    /// The picture that [`Self::mix`] starts from.
    ///
    /// # Panics
    ///
    /// If the pair is not of the plan's size.
    #[must_use]
    pub fn start(&self, pair: &Pair, execution: &Execution) -> Image<Encoded> {
        match self.options.start {
            Start::Grey => Image::filled(pair.size(), pair.channels(), 0.5),
            Start::Near => pair.near().clone(),
            Start::Far => pair.far().clone(),
            Start::Blend => self.blend(pair, execution),
            Start::Pyramid => self.half_start(pair, execution).unwrap_or_else(|| self.blend(pair, execution)),
        }
    }

    fn blend(&self, pair: &Pair, execution: &Execution) -> Image<Encoded> {
        let crossover = self.options.crossover(pair.size());
        // Without a crossover any blend is as good as another.
        let sigma = crossover.map_or(self.options.sigma_for(pair.size()), |f| HALF_GAIN / f);
        blend(pair, sigma, execution)
    }

    /// The start from a mix of half the size, if there can be one.
    fn half_start(&self, pair: &Pair, execution: &Execution) -> Option<Image<Encoded>> {
        let Options { transfer, kernel_size, .. } = self.options;
        let sigma = 0.5 * self.options.sigma_for(pair.size());
        // Taps belong to one size.
        if kernel_size.is_some() || sigma < LEAST_SIGMA || pair.size().shorter_side() < LEAST_SIDE {
            return None;
        }
        let near = halved(pair.near(), transfer, execution);
        let half = Pair::new(near, halved(pair.far(), transfer, execution)).expect("both have half of one size");
        let options = Options { sigma: Some(sigma), ..self.options.clone() };
        let plan = Self::new(half.size(), &options).expect("the plan's own options were valid");
        let hybrid = plan.mix(&half, execution, &mut no_observer).hybrid;
        Some(refined(pair.near(), hybrid, half.near(), execution))
    }

    /// Mixes `pair`, starting from any picture of its size, such as another method's hybrid; a grey one serves coloured pairs
    /// too.
    ///
    /// # Errors
    ///
    /// [`DescentError::StartMismatch`] if `start` has another size, [`DescentError::StartColors`] if it has colours and the
    /// pair has none.
    ///
    /// # Panics
    ///
    /// If the pair is not of the plan's size.
    pub fn mix_from(
        &self,
        start: Image<Encoded>,
        pair: &Pair,
        execution: &Execution,
        observer: &mut dyn FnMut(&Progress<'_>) -> ControlFlow<()>,
    ) -> Result<Outcome, DescentError> {
        if start.size() != pair.size() {
            return Err(DescentError::StartMismatch { start: start.size(), pair: pair.size() });
        }
        let start = match (start.channels(), pair.channels()) {
            (Channels::Rgb, Channels::Grey) => return Err(DescentError::StartColors),
            (Channels::Grey, Channels::Rgb) => start.into_rgb(),
            _ => start,
        };
        Ok(solver::solve(&self.objective(pair, execution), start, &self.options, execution, observer))
    }
}

/// Narrower blurs, in pixels, leave a coarse picture too little to tell.
const LEAST_SIGMA: f64 = 1.0;

/// Pictures with a shorter side, in pixels, are small enough as they are.
const LEAST_SIDE: usize = 64;

/// Frequency times sigma, in cycles, at which a Gaussian blur's gain is 1/2.
const HALF_GAIN: f64 = 0.18739;

/// `near + blur(far - near)`: codes, not light, so only a start.
fn blend(pair: &Pair, sigma: f64, execution: &Execution) -> Image<Encoded> {
    let taps = Gaussian::new(sigma).expect("the plan's own sigma was valid").taps();
    let blur = SeparableBlur::new(pair.size(), &taps, Border::Mirror);
    let blank = || Image::<Encoded>::filled(pair.size(), pair.channels(), 0.0);
    let (mut difference, mut blend) = (blank(), blank());
    let [near, far] = [pair.near(), pair.far()].map(Image::samples);
    update(execution, difference.samples_mut(), [near, far], |_, [near, far]| far - near);
    for (source, target) in difference.planes().zip(blend.planes_mut()) {
        blur.apply(execution, source, target);
    }
    update(execution, blend.samples_mut(), [near], |low, [near]| (low + near).clamp(0.0, 1.0));
    blend
}

/// Plans and mixes in one call.
///
/// # Errors
///
/// [`DescentError`] names the first option that makes no sense.
pub fn mix(
    pair: &Pair,
    options: &Options,
    execution: &Execution,
    observer: &mut dyn FnMut(&Progress<'_>) -> ControlFlow<()>,
) -> Result<Outcome, DescentError> {
    Ok(Plan::new(pair.size(), options)?.mix(pair, execution, observer))
}
