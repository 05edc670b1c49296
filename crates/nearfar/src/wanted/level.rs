//! The problem at one level of the pyramid: the terms of an objective.

use std::borrow::Cow;

use nearfar_descent::{
    DescentError, DetailsAfar, FarBlur, LIGHT_FLOOR, Objective, Parametrization, Passband, PyramidLevel, Solver,
    Term as Asked, Unlike, halved, is_worth_halving,
};
use nearfar_image::{Encoded, Image, Pair, Size, TransferFunction};
use nearfar_kernels::{Axes, Border, Crossover, Execution, Gaussian, Share};
use nearfar_vision::{PixelsPerDegree, Surface};

use super::{Eye, Goal, Masks, Start, Term, Wanted, WantedError, Which, error::HIGHEST, masks::mask, words};
use crate::{Cutoff, Method, MixError, Strength, fit::Aligned};

/// Contrast below which a band counts as resembling nothing, in codes.
const LEAST_CONTRAST: f64 = 0.015;

/// The objective at one level of the pyramid.
pub(super) struct Level<'a> {
    pub(super) wanted: &'a Wanted,
    pair: Pair,
    /// The mask of each term.
    masks: Vec<Option<Image<Encoded>>>,
    /// The full size, whose pixels are the unit of all settings.
    full: Size,
    surface: Surface,
    /// Crossover of the start, in cycles per pixel of the full size.
    pub(super) crossover: Crossover,
    share: Share,
    /// Size of the original relative to this level.
    scale: f64,
}

impl<'a> PyramidLevel<'a> for Level<'a> {
    type Error = MixError;

    fn near(&self) -> &Image<Encoded> {
        self.pair.near()
    }

    fn halved(&self, execution: &Execution) -> Option<Self> {
        let sigma = self.crossover.sigma() / self.scale;
        if self.wanted.start != Start::Pyramid || !is_worth_halving(self.pair.size(), sigma) {
            return None;
        }
        let half = |picture| halved(picture, TransferFunction::Srgb, execution);
        let pair = Pair::new(half(self.pair.near()), half(self.pair.far())).expect("both have half of one size");
        let masks =
            self.masks.iter().map(|mask| mask.as_ref().map(|mask| halved(mask, TransferFunction::Identity, execution)));
        let (masks, share) = (masks.collect(), self.share.scaled(0.5));
        let half = Self { pair, masks, share, scale: 2.0 * self.scale, ..*self };
        // A level that holds no term's frequencies would have nothing to minimise.
        self.wanted.terms.iter().any(|term| half.holds(term)).then_some(half)
    }

    fn start(&self, execution: &Execution) -> Result<Image<Encoded>, MixError> {
        let start = match self.wanted.start {
            Start::Near => self.pair.near().clone(),
            Start::Far => self.pair.far().clone(),
            Start::Grey => Image::filled(self.pair.size(), self.pair.channels(), 0.5),
            Start::Pyramid | Start::Blend => {
                let (crossover, share) = (Some(self.crossover()), Some(self.share));
                let options = nearfar_fourier::Options { crossover, share, ..nearfar_fourier::Options::default() };
                nearfar_fourier::mix(&self.pair, &options, execution)?.hybrid
            }
        };
        Ok(start)
    }

    fn objective(&self, execution: &Execution) -> Result<Objective<'a>, MixError> {
        let terms = self.wanted.terms.iter().zip(&self.masks);
        let is_lit = self.wanted.terms.iter().any(|term| term.what.of().is_some_and(Which::is_chosen));
        let lit = if is_lit {
            self.share.relit(&self.pair, self.crossover(), TransferFunction::Srgb, execution)
        } else {
            Cow::Borrowed(&self.pair)
        };
        let terms =
            terms.map(|(term, mask)| Ok(self.term(term, &lit, execution)?.map(|term| term.masked(mask.clone()))));
        let terms: Vec<_> = terms.collect::<Result<Vec<_>, MixError>>()?.into_iter().flatten().collect();
        if terms.is_empty() {
            return Err(DescentError::NoWeight.into());
        }
        Ok(Objective::new(terms))
    }

    fn solver(&self) -> (Solver, Parametrization) {
        (self.wanted.solver.solver(), Parametrization::default())
    }

    /// Sigma of the most blurred view, which determines most of what a coarser level can find.
    fn far_sigma(&self) -> f64 {
        let sigmas = self.wanted.terms.iter().filter_map(|term| match term.what {
            Goal::Afar { eye, .. } | Goal::DetailsAfar { eye, .. } => self.sigma(eye).ok(),
            _ => None,
        });
        sigmas.fold(0.0, f64::max)
    }
}

impl<'a> Level<'a> {
    fn crossover(&self) -> Crossover {
        let cycles = (self.crossover.cycles_per_pixel() * self.scale).min(0.5);
        Crossover::per_pixel(cycles).expect("above 0 and at most half a cycle per pixel")
    }

    /// Whether this level holds the frequencies of a term.
    fn holds(&self, term: &Term) -> bool {
        match term.what {
            Goal::Band { from, to, .. } | Goal::Unlike { from, to, .. } => self.band(from, to).is_some(),
            _ => true,
        }
    }

    /// The first term whose band contains no frequencies, and that band.
    fn empty_band(&self) -> Option<(&Term, Option<Cutoff>, Option<Cutoff>)> {
        let cycles = |end: Cutoff| end.cycles_per_pixel(self.full);
        self.wanted.terms.iter().find_map(|term| match term.what {
            Goal::Band { from, to, .. } | Goal::Unlike { from, to, .. } => {
                let (low, high) = (from.map_or(0.0, cycles), to.map_or(HIGHEST, cycles).min(HIGHEST));
                (low >= high).then_some((term, from, to))
            }
            _ => None,
        })
    }

    /// The first term whose blur is not valid, and the reason.
    fn invalid_blur(&self) -> Option<(&Term, MixError)> {
        self.wanted.terms.iter().find_map(|term| {
            let eye = match term.what {
                Goal::Afar { eye, .. } | Goal::DetailsAfar { eye, .. } => eye,
                Goal::Unlike { window, .. } => Eye::Blur(window),
                _ => return None,
            };
            let gaussian = self.sigma(eye).and_then(|sigma| Ok(Gaussian::new(sigma).map_err(DescentError::from)?));
            gaussian.err().map(|error| (term, error))
        })
    }

    /// A cutoff in cycles per pixel of this level; `None` if that is too high for its pixels.
    fn cutoff(&self, cutoff: Cutoff) -> Option<Crossover> {
        Crossover::per_pixel(cutoff.cycles_per_pixel(self.full) * self.scale).ok()
    }

    /// Sigma of the eye's blur, in pixels of this level.
    fn sigma(&self, eye: Eye) -> Result<f64, MixError> {
        let sigma = match eye {
            Eye::Blur(Cutoff::Sigma(sigma)) => sigma,
            Eye::Blur(cutoff) => cutoff.crossover(self.full).map_err(MixError::Cutoff)?.sigma(),
            Eye::Distance(distance) => PixelsPerDegree::at(distance, self.surface.density(self.full)?)?.eye_sigma(),
        };
        Ok(sigma / self.scale)
    }

    /// The picture to compare with, along some colour axes; `lit` is the pair with its near picture relit.
    fn target(&self, which: Which, lit: &Pair, execution: &Execution) -> Image<Encoded> {
        match which {
            Which::Near => self.pair.near().clone(),
            Which::Far => self.pair.far().clone(),
            Which::NearLit => lit.near().clone(),
            Which::FarShare => {
                let crossover = self.crossover();
                let tones = self.share.far_tones(lit, crossover, TransferFunction::Srgb, execution);
                match <[_; 2]>::try_from(self.share.opponent_colors(lit, crossover, execution)) {
                    Ok([blue, red]) => nearfar_kernels::axes::rgb_of(&tones, [&blue, &red], execution),
                    Err(_) => tones,
                }
            }
        }
    }

    /// A term at this level; `None` if its band is too high for the level's pixels.
    fn term(&self, term: &Term, lit: &Pair, execution: &Execution) -> Result<Option<Asked<'a>>, MixError> {
        let Term { name, weight, what, axes, .. } = term;
        let (name, axes) = (name.clone(), *axes);
        let shape = (self.pair.size(), self.pair.channels());
        // From level to level, sums of squared differences stay the same, sums of lengths halve, and everything else falls
        // to a quarter.
        let (details, lengths) = (weight / self.scale.powi(2), weight / self.scale);
        let seen = |sigma, edges| DetailsAfar {
            sigma,
            transfer: TransferFunction::Srgb,
            axes,
            light_floor: LIGHT_FLOOR,
            edges,
        };
        Ok(Some(match *what {
            Goal::Pixels { of } => Asked::pixels(name, *weight, self.target(of, lit, execution), axes, execution),
            Goal::Details { of, edges } => {
                Asked::details(name, details, self.target(of, lit, execution), axes, edges, execution)
            }
            Goal::Afar { of, eye } => {
                let gaussian = Gaussian::new(self.sigma(eye)?).map_err(DescentError::from)?;
                let blur = FarBlur::new(shape.0, &gaussian, Border::Mirror);
                let eye =
                    nearfar_descent::Eye { blur, transfer: TransferFunction::Srgb, axes, light_floor: LIGHT_FLOOR };
                // Only tones: the luminance of a share is not the sum of its channels' light.
                let far = match (of, axes) {
                    (Which::FarShare, Axes::Luma) => {
                        self.share.far_tones(lit, self.crossover(), TransferFunction::Srgb, execution)
                    }
                    _ => self.target(of, lit, execution),
                };
                Asked::afar(name, *weight, shape.1, &far, eye, execution)
            }
            Goal::DetailsAfar { of, eye, edges } => {
                let seen = seen(self.sigma(eye)?, edges);
                Asked::details_afar(name, details, shape.1, &self.target(of, lit, execution), seen, execution)?
            }
            Goal::Band { of, from, to } => {
                let Some(band) = self.band(from, to) else { return Ok(None) };
                Asked::band(name, *weight, self.target(of, lit, execution), axes, band)?
            }
            Goal::Variation { softness } => Asked::variation(name, lengths, shape, axes, softness * self.scale)?,
            Goal::Range { low, high } => Asked::range(name, *weight, shape, axes, [low, high])?,
            Goal::Contrast { contrast } => Asked::contrast(name, *weight, shape, axes, contrast)?,
            Goal::Unlike { of, from, to, window } => {
                let Some(band) = self.band(from, to) else { return Ok(None) };
                let window = self.sigma(Eye::Blur(window))?;
                let like = Unlike { band, window, least_contrast: LEAST_CONTRAST };
                Asked::unlike(name, *weight, &self.target(of, lit, execution), axes, like, execution)?
            }
        }))
    }

    /// A band; `None` if it starts too high for the level's pixels.
    fn band(&self, from: Option<Cutoff>, to: Option<Cutoff>) -> Option<Passband> {
        let begin = from.map(|from| self.cutoff(from));
        let end = to.and_then(|to| self.cutoff(to));
        (begin != Some(None)).then(|| Passband { from: begin.flatten(), to: end })
    }
}

impl Wanted {
    /// The problem at full size, after all checks.
    pub(super) fn level(
        &self,
        aligned: &Aligned,
        masks: &Masks,
        surface: Surface,
        execution: &Execution,
    ) -> Result<Level<'_>, WantedError> {
        let pair = &aligned.pair;
        let choice = Method::default().choose(aligned, Strength::Even);
        let crossover = match self.crossover {
            Some(cutoff) => {
                let error = |_| WantedError::Crossover { cutoff, size: pair.size() };
                cutoff.crossover(pair.size()).map_err(error)?
            }
            None => choice.crossover,
        };
        let masks = self.terms.iter().map(|term| mask(term, aligned, masks, execution));
        let level = Level {
            wanted: self,
            pair: pair.clone(),
            masks: masks.collect::<Result<_, _>>()?,
            full: pair.size(),
            surface,
            crossover,
            share: choice.share,
            scale: 1.0,
        };
        if let Some((term, from, to)) = level.empty_band() {
            let (name, band) = (term.name.clone(), words::band(from, to));
            return Err(WantedError::NoBand { name, band, size: pair.size() });
        }
        if let Some((term, error)) = level.invalid_blur() {
            return Err(WantedError::Term { name: term.name.clone(), error });
        }
        Ok(level)
    }
}
