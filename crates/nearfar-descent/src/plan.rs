//! Plans: from options to objectives.

use std::borrow::Cow;

use nearfar_image::{Channels, Encoded, Image, Pair, Size};
use nearfar_kernels::{
    Axes, Border, Colors, Crossover, Execution, Gaussian, SeparableBlur, axes::rgb_of, sums::update,
};

use crate::{DescentError, Eye, FarBlur, Objective, Options, Start, Term, half::is_worth_halving};

/// A checked way of mixing pairs of one size: immutable, comparable, and reusable.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    size: Size,
    options: Options,
    sigma: f64,
    crossover: Option<Crossover>,
    blur: FarBlur,
}

impl Plan {
    /// Checks `options` and plans for pairs of `size`.
    ///
    /// # Errors
    ///
    /// [`DescentError`] for the first invalid option; [`DescentError::NoCrossover`] if neither crossover nor sigma was
    /// given.
    pub fn new(size: Size, options: &Options) -> Result<Self, DescentError> {
        options.check()?;
        let sigma = options.sigma()?;
        let gaussian = options.gaussian(sigma)?;
        let blur = match options.kernel_size {
            Some(_) => SeparableBlur::new(size, &gaussian.taps(), options.border).into(),
            None => FarBlur::new(size, &gaussian, options.border),
        };
        Ok(Self { size, options: options.clone(), sigma, crossover: options.crossover_at(sigma), blur })
    }

    /// The options that were checked.
    #[must_use]
    pub fn options(&self) -> &Options {
        &self.options
    }

    /// The size of the pictures, in pixels.
    #[must_use]
    pub fn size(&self) -> Size {
        self.size
    }

    /// Sigma of the far view's blur, in pixels.
    pub(crate) fn sigma(&self) -> f64 {
        self.sigma
    }

    /// The objective for `pair`.
    ///
    /// # Panics
    ///
    /// If the pair is not of the plan's size.
    #[must_use]
    pub fn objective<'a>(&self, pair: &'a Pair, execution: &Execution) -> Objective<'a> {
        match self.relit(pair, execution) {
            Cow::Borrowed(pair) => self.objective_with(pair, Cow::Borrowed(pair.near()), execution),
            Cow::Owned(pair) => self.objective_with(&pair, Cow::Owned(pair.near().clone()), execution),
        }
    }

    /// The pair as the objective takes it: its near picture in the far one's light, as far as the share says.
    pub(crate) fn relit<'a>(&self, pair: &'a Pair, execution: &Execution) -> Cow<'a, Pair> {
        match (self.options.colors, self.options.share) {
            (Colors::Luma, Some(share)) => share.relit(pair, self.share_crossover(), self.options.transfer, execution),
            _ => Cow::Borrowed(pair),
        }
    }

    /// [`Self::objective`] for a pair that is relit, borrowing or owning `near`, its near picture.
    pub(crate) fn objective_with<'a>(
        &self,
        pair: &Pair,
        near: Cow<'a, Image<Encoded>>,
        execution: &Execution,
    ) -> Objective<'a> {
        assert_eq!(pair.size(), self.size, "the pair has the planned size");
        let options = &self.options;
        let detail_weight = options.detail_weight * self.sigma.powi(2);
        let eye =
            |axes| Eye { blur: self.blur.clone(), transfer: options.transfer, axes, light_floor: options.light_floor };
        let mut terms = Vec::new();
        if options.near_weight > 0.0 {
            terms.push(Term::pixels("near", options.near_weight, near.clone(), Axes::Channels, execution));
        }
        let axes = if options.colors == Colors::Luma { Axes::Luma } else { Axes::Channels };
        if options.detail_weight > 0.0 {
            let edges = options.has_edges().then_some(options.edges);
            terms.push(Term::details("detail", detail_weight, near, axes, edges, execution));
        }
        match options.colors {
            Colors::Channels => {
                if options.far_weight > 0.0 {
                    let (channels, far) = (pair.channels(), pair.far());
                    terms.push(Term::afar("far", options.far_weight, channels, far, eye(axes), execution));
                }
            }
            Colors::Luma => {
                let (share, crossover) = (options.share.unwrap_or_default(), self.share_crossover());
                if options.color_weight > 0.0
                    && let Ok(planes) = <[_; 2]>::try_from(share.opponent_colors(pair, crossover, execution))
                {
                    terms.push(Term::opponent_colors("color", options.color_weight, planes));
                }
                if options.far_weight > 0.0 {
                    let far = share.far_tones(pair, crossover, options.transfer, execution);
                    terms.push(Term::afar("far", options.far_weight, pair.channels(), &far, eye(axes), execution));
                }
            }
        }
        Objective::new(terms)
    }

    /// The crossover for the far picture's share of tone and colour; for weights without one, that of the blur. With
    /// extreme weights it may be coarser than any picture, so that the blur gives the picture's mean.
    fn share_crossover(&self) -> Crossover {
        let most = MAX_SIGMA * self.size.longer_side() as f64;
        match self.crossover {
            Some(crossover) if crossover.sigma() <= most => crossover,
            other => {
                let sigma = other.map_or(self.sigma, Crossover::sigma).clamp(MIN_BLEND_SIGMA, most);
                Crossover::of_sigma(sigma).expect("half gain of a blur wider than half a pixel")
            }
        }
    }

    /// The start of a run at this size alone.
    pub(crate) fn start(&self, pair: &Pair, execution: &Execution) -> Image<Encoded> {
        match self.options.start {
            Start::Grey => Image::filled(pair.size(), pair.channels(), 0.5),
            Start::Near => pair.near().clone(),
            Start::Far => pair.far().clone(),
            Start::Blend | Start::Pyramid => self.blend(pair, execution),
        }
    }

    /// The plan for pairs of half the size, if there is one.
    pub(crate) fn halved(&self) -> Option<Self> {
        // A number of taps belongs to one size.
        if self.options.kernel_size.is_some() || !is_worth_halving(self.size, self.sigma) {
            return None;
        }
        let options = Options {
            sigma: Some(0.5 * self.sigma),
            share: self.options.share.map(|share| share.scaled(0.5)),
            ..self.options.clone()
        };
        Self::new(self.size.halved(), &options).ok()
    }

    /// The near picture with the far one's tones: `near + blur(far - near)`, in codes rather than light, so only a
    /// start.
    fn blend(&self, pair: &Pair, execution: &Execution) -> Image<Encoded> {
        let crossover = self.share_crossover();
        match (self.options.colors, pair.channels()) {
            (Colors::Luma, Channels::Rgb) => {
                let share = self.options.share.unwrap_or_default();
                let luma = Axes::Luma.planes(pair.near(), execution).remove(0);
                let far = share.far_tones(pair, crossover, self.options.transfer, execution);
                let luma = blended(&luma, &far, crossover, execution);
                let colors = share.opponent_colors(pair, crossover, execution);
                let mut blend = rgb_of(&luma, [&colors[0], &colors[1]], execution);
                update(execution, blend.samples_mut(), [], |v, []| v.clamp(0.0, 1.0));
                blend
            }
            _ => blended(pair.near(), pair.far(), crossover, execution),
        }
    }
}

/// Blurs wider than this, in longer sides of the picture, give its mean.
const MAX_SIGMA: f64 = 4.0;
/// Sigma, in pixels, of the finest crossover that pixels can hold is below this.
const MIN_BLEND_SIGMA: f64 = 0.5;

/// `near + blur(far - near)`, pulled into `[0, 1]`.
fn blended(near: &Image<Encoded>, far: &Image<Encoded>, crossover: Crossover, execution: &Execution) -> Image<Encoded> {
    let gaussian = Gaussian::new(crossover.sigma()).expect("a crossover has a sigma");
    let blur = SeparableBlur::new(near.size(), &gaussian.taps(), Border::Mirror);
    let mut difference = far.clone();
    update(execution, difference.samples_mut(), [near.samples()], |far, [near]| far - near);
    let mut blend = Image::<Encoded>::filled(near.size(), near.channels(), 0.0);
    for (source, target) in difference.planes().zip(blend.planes_mut()) {
        blur.apply(execution, source, target);
    }
    update(execution, blend.samples_mut(), [near.samples()], |low, [near]| (low + near).clamp(0.0, 1.0));
    blend
}
