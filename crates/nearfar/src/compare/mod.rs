//! Which method makes the better hybrid of a pair: every method over its whole trade-off, scored as a viewer sees it.
//!
//! Methods are compared at matched settings only: over sweeps of the same crossovers, at one crossover, and at one far
//! fidelity. Scores are of the hybrid rounded to 8 bits, which is what a file holds.

mod afar;
mod family;
mod sheet;
mod sweep;

use std::time::Instant;

use nearfar_image::{Encoded, Image, Pair, Size};
use nearfar_kernels::Execution;
use nearfar_vision::{Reference, Scorer, Scores, Viewing, cycles_per_image};
use serde::{Deserialize, Serialize};

use crate::{MixError, no_observer};

pub use afar::from_afar;
pub use family::Family;
pub use sheet::sheet;
use sweep::Point;
pub use sweep::{IsoFar, Sample, Sweep};

/// How methods are compared.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Settings {
    /// The two views that the hybrids are judged from.
    pub viewing: Viewing,
    /// Crossovers in a sweep, 2 or more, evenly spaced in octaves.
    pub points: usize,
    /// Lowest and highest crossover, in units of the frequency that the eye's blur halves from afar.
    pub range: [f64; 2],
    /// The far fidelity at which methods are matched.
    pub far_fidelity: f64,
}

impl Default for Settings {
    fn default() -> Self {
        Self { viewing: Viewing::default(), points: 8, range: [0.35, 2.8], far_fidelity: 0.93 }
    }
}

/// Why methods could not be compared.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum CompareError {
    /// Settings under which one picture outweighs the other at every frequency.
    #[error(
        "with near weight {near_weight}, detail weight {detail_weight} and far weight {far_weight} no frequency is shared evenly"
    )]
    NoCrossover {
        /// Weight of being like the near picture.
        near_weight: f64,
        /// Weight of having the near picture's details.
        detail_weight: f64,
        /// Weight of being like the far picture from afar.
        far_weight: f64,
    },
    /// Too few crossovers, or a range of them that is none.
    #[error("a sweep of {points} crossovers from {low} to {high} makes no sense; it needs 2 or more, rising, above 0")]
    Sweep {
        /// Crossovers asked for.
        points: usize,
        /// Lowest, in units of the eye's cutoff.
        low: f64,
        /// Highest.
        high: f64,
    },
    /// A method cannot mix under these settings.
    #[error(transparent)]
    Mix(#[from] MixError),
}

/// A hybrid with its scores.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Made {
    /// How it was made and how good it is.
    #[serde(flatten)]
    pub sample: Sample,
    /// The hybrid, rounded to 8 bits.
    #[serde(skip)]
    pub picture: Image<Encoded>,
}

/// Methods compared on one pair; everything is in the order of the methods.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Comparison {
    /// How they were compared.
    pub settings: Settings,
    /// Every method over its whole trade-off.
    pub sweeps: Vec<Sweep>,
    /// At the far fidelity of the settings; `None` where the sweep does not reach it.
    pub same_far_fidelity: Vec<Option<Made>>,
    /// At one crossover: the first method's of [`Self::same_far_fidelity`], or else the middle of the sweep.
    pub same_crossover: Vec<Made>,
}

/// Hybrids made to find a far fidelity within a step of the sweep, at most; three or so suffice.
const MOST_NARROWINGS: usize = 8;
/// Far fidelities this close are equal.
const CLOSE: f64 = 5e-4;
/// Pictures with more pixels are scored without a prepared reference, which takes 340 bytes for each of them.
const MOST_PREPARED: usize = 4_000_000;

/// Compares methods on a pair. After every hybrid that was made the observer learns how many there are and how many are
/// to come at most.
///
/// # Errors
///
/// [`CompareError`]: the sweep is none, a method has no crossover or an option that makes no sense.
pub fn compare(
    pair: &Pair,
    families: &[Family],
    settings: &Settings,
    execution: &Execution,
    observer: &mut dyn FnMut(usize, usize),
) -> Result<Comparison, CompareError> {
    let crossovers = settings.crossovers()?;
    let bench = Bench::new(pair, &settings.viewing, execution);
    let most = families.len() * (crossovers.len() + MOST_NARROWINGS + 1);
    let mut done = 0;
    let mut make = |family: &Family, crossover: f64| {
        let made = bench.make(family, crossover)?;
        done += 1;
        observer(done, most);
        Ok::<_, CompareError>(made)
    };

    let mut sweeps = Vec::new();
    for family in families {
        let samples = crossovers.iter().map(|&crossover| Ok(make(family, crossover)?.sample));
        sweeps.push(Sweep::new(samples.collect::<Result<_, CompareError>>()?, settings.far_fidelity));
    }
    let mut same_far_fidelity = Vec::new();
    for (family, sweep) in families.iter().zip(&sweeps) {
        let bracket = sweep.bracket(settings.far_fidelity);
        let matched = bracket.map(|bracket| narrow(bracket, settings.far_fidelity, |f| make(family, f)));
        same_far_fidelity.push(matched.transpose()?);
    }
    let first = same_far_fidelity.first().and_then(Option::as_ref);
    let crossover = first.map_or(crossovers[crossovers.len() / 2], |made| made.sample.crossover);
    let same_crossover = families.iter().map(|family| make(family, crossover)).collect::<Result<_, _>>()?;
    Ok(Comparison { settings: *settings, sweeps, same_far_fidelity, same_crossover })
}

impl Settings {
    /// The crossovers of a sweep, rising, in cycles per pixel.
    fn crossovers(&self) -> Result<Vec<f64>, CompareError> {
        let [low, high] = self.range;
        if self.points < 2 || !(low > 0.0 && high > low && high.is_finite()) {
            return Err(CompareError::Sweep { points: self.points, low, high });
        }
        let eye = cycles_per_image(self.viewing.far_ppd.eye_sigma(), 1);
        let part = |i| i as f64 / (self.points - 1) as f64;
        Ok((0..self.points).map(|i| eye * low * (high / low).powf(part(i))).collect())
    }
}

/// Narrows a step of a sweep, in which the far fidelity rises to `target`, down to the place.
fn narrow(
    [mut below, mut above]: [Point; 2],
    target: f64,
    mut make: impl FnMut(f64) -> Result<Made, CompareError>,
) -> Result<Made, CompareError> {
    let error = |made: &Made| (made.sample.scores.far_fidelity - target).abs();
    let mut best: Option<Made> = None;
    for _ in 0..MOST_NARROWINGS {
        let part = (target - below.far_fidelity) / (above.far_fidelity - below.far_fidelity);
        // Near an end a chord would creep.
        let made = make(below.crossover * (above.crossover / below.crossover).powf(part.clamp(0.1, 0.9)))?;
        let point = Point { crossover: made.sample.crossover, far_fidelity: made.sample.scores.far_fidelity };
        *(if point.far_fidelity < target { &mut below } else { &mut above }) = point;
        if best.as_ref().is_none_or(|best| error(&made) < error(best)) {
            best = Some(made);
        }
        if best.as_ref().is_some_and(|best| error(best) < CLOSE) {
            break;
        }
    }
    Ok(best.expect("there is a narrowing"))
}

/// Where hybrids of one pair are made and judged.
struct Bench<'a> {
    pair: &'a Pair,
    execution: &'a Execution,
    scorer: Scorer,
    reference: Option<Reference>,
}

impl<'a> Bench<'a> {
    fn new(pair: &'a Pair, viewing: &Viewing, execution: &'a Execution) -> Self {
        let size: Size = pair.size();
        let scorer = Scorer::new(size, viewing);
        let reference = (size.area() <= MOST_PREPARED).then(|| scorer.reference(pair, execution));
        Self { pair, execution, scorer, reference }
    }

    fn make(&self, family: &Family, crossover: f64) -> Result<Made, CompareError> {
        let method = family.at(crossover)?;
        let started = Instant::now();
        let (picture, report) = method.mix(self.pair, self.execution, &mut no_observer)?;
        let seconds = started.elapsed().as_secs_f64();
        let picture = as_saved(picture);
        let scores = self.judge(&picture);
        Ok(Made { sample: Sample { crossover, method, scores, report, seconds }, picture })
    }

    fn judge(&self, picture: &Image<Encoded>) -> Scores {
        match &self.reference {
            Some(reference) => self.scorer.score_against(picture, reference, self.execution),
            None => self.scorer.score(picture, self.pair, self.execution),
        }
    }
}

/// The picture as a file of 8 bits holds it.
#[must_use]
pub fn as_saved(mut picture: Image<Encoded>) -> Image<Encoded> {
    picture.samples_mut().iter_mut().for_each(|sample| *sample = (255.0 * *sample).round() / 255.0);
    picture
}
