//! Which method makes the better hybrid of a pair: every method over its whole trade-off, scored as a viewer sees it.
//!
//! Methods are compared over sweeps of the same crossovers, at one percept from afar, where they show the far picture
//! equally clearly, and with their own defaults, at the crossover that is chosen for each. The hybrids are judged after
//! rounding to 8 bits, as files hold them.

mod afar;
mod family;
mod judge;
mod report;
mod sheet;
mod sweep;

use std::{ops::ControlFlow, time::Instant};

use nearfar_image::{Encoded, Image};
use nearfar_kernels::Execution;
use nearfar_vision::{Percept, Viewing, VisionError, cycles_per_image};
use serde::{Deserialize, Serialize};

use crate::{
    Event, MixError, Phase, Request, Strength,
    event::{EventKind, MIXED, Watch},
    fit::Aligned,
    method::Begin,
};

pub use afar::from_afar;
pub use family::Family;
pub use judge::{Judge, Look};
pub use sheet::sheet;
use sweep::Point;
pub use sweep::{Sample, Sweep};

/// How methods are compared.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// The two views in which the hybrids are judged.
    pub viewing: Viewing,
    /// Number of crossovers in a sweep, 2 or more, evenly spaced in octaves.
    pub points: usize,
    /// Lowest and highest crossover, relative to the frequency that the eye's blur halves from afar.
    pub range: [f64; 2],
    /// Percept from afar at which the methods are matched, from -1 (only the far picture is seen) to 1.
    pub p_far: f64,
}

impl Default for Settings {
    fn default() -> Self {
        Self { viewing: Viewing::default(), points: 8, range: [0.35, 2.8], p_far: -0.5 }
    }
}

/// Why methods could not be compared.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum CompareError {
    /// With these settings one picture outweighs the other at every frequency.
    #[error(
        "with near weight {near_weight}, detail weight {detail_weight} and far weight {far_weight} no frequency is shared evenly"
    )]
    NoCrossover {
        /// Weight of being equal to the near picture.
        near_weight: f64,
        /// Weight of having the near picture's details.
        detail_weight: f64,
        /// Weight of being equal to the far picture from afar.
        far_weight: f64,
    },
    /// The percept is out of range.
    #[error("a percept of {p_far} from afar is impossible; percepts are from -1 to 1")]
    Percept {
        /// The percept given.
        p_far: f64,
    },
    /// There are too few crossovers, or their range is not valid.
    #[error(
        "a sweep of {points} crossovers from {low} to {high} is not valid; it needs 2 or more, increasing, above 0"
    )]
    Sweep {
        /// Number of crossovers given.
        points: usize,
        /// Lowest crossover, relative to the eye's cutoff.
        low: f64,
        /// Highest crossover, relative to the eye's cutoff.
        high: f64,
    },
    /// A hybrid cannot be judged.
    #[error(transparent)]
    Vision(#[from] VisionError),
    /// A method cannot mix with these settings.
    #[error(transparent)]
    Mix(#[from] MixError),
}

/// A hybrid and what is seen of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Made {
    /// Its settings and its scores.
    #[serde(flatten)]
    pub sample: Sample,
    /// The hybrid, rounded to 8 bits.
    #[serde(skip)]
    pub picture: Image<Encoded>,
    /// Percepts from near to far.
    #[serde(skip)]
    pub(crate) curve: Vec<Percept>,
}

/// A comparison of methods on one pair; all lists are in the order of the methods.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Comparison {
    /// How they were compared.
    pub settings: Settings,
    /// Every method over its whole trade-off.
    pub sweeps: Vec<Sweep>,
    /// The hybrids at the percept from afar of the settings; `None` if the sweep does not reach it.
    pub matched: Vec<Option<Made>>,
    /// The hybrids at the crossover that is [chosen](crate::Method::choose) for each method.
    pub chosen: Vec<Made>,
}

/// The most hybrids made to find a percept within a step of the sweep; about three usually suffice.
const MOST_NARROWINGS: usize = 8;
/// Share of the work that is done when fitting ends, as measured for two photographs of half a megapixel.
const FITTED: f64 = 0.05;
/// Percepts that differ by at most this are equal.
const CLOSE: f64 = 2e-3;

/// Compares methods on a pair in register. The far picture's share is [chosen](crate::Method::settled) where a method leaves
/// it open. The observer is told after every hybrid.
///
/// # Errors
///
/// [`CompareError`] if the settings are not valid, a method has no crossover or an invalid option, or the observer stopped
/// the work.
pub fn compare(
    aligned: &Aligned,
    families: &[Family],
    settings: &Settings,
    execution: &Execution,
    observer: &mut dyn FnMut(&Event<'_>) -> ControlFlow<()>,
) -> Result<Comparison, CompareError> {
    watched(aligned, families, settings, execution, &mut Watch::new(observer))
}

/// Brings two pictures into register and compares both mixers on them with their defaults, seen from the distances of the
/// request, or else from those that FAR's subject implies. These replace the viewing of the settings.
///
/// # Errors
///
/// As [`compare`]; also if the pictures cannot be brought into register.
pub fn compare_pictures(
    [near, far]: [Image<Encoded>; 2],
    request: &Request,
    settings: &Settings,
    execution: &Execution,
    observer: &mut dyn FnMut(&Event<'_>) -> ControlFlow<()>,
) -> Result<(Comparison, Aligned), CompareError> {
    settings.check()?;
    let watch = &mut Watch::new(observer);
    let aligned = request.fitted_until(near, far, FITTED, execution, watch)?;
    let settings = Settings { viewing: request.viewing_of(&aligned)?, ..*settings };
    let families =
        [Family::DescentBySigma(Default::default()), Family::FourierByCutoff(nearfar_fourier::Options::default())];
    let comparison = watched(&aligned, &families, &settings, execution, &mut watch.until(1.0))?;
    Ok((comparison, aligned))
}

fn watched(
    aligned: &Aligned,
    families: &[Family],
    settings: &Settings,
    execution: &Execution,
    watch: &mut Watch<'_>,
) -> Result<Comparison, CompareError> {
    settings.check()?;
    let crossovers = settings.crossovers();
    watch.begin(Phase::Judge, 0.0).map_err(MixError::from)?;
    let judge = Judge::new(&aligned.pair, aligned.subject().face().as_ref(), &settings.viewing, execution);
    let bench = Bench { aligned, execution, judge };
    let most = families.len() * (crossovers.len() + MOST_NARROWINGS + 1);
    let mut done = 0;
    watch.begin(Phase::Mix, 0.0).map_err(MixError::from)?;
    let mut make = |family: &Family, crossover: f64| {
        done += 1;
        let made = bench.make(family, crossover, &mut watch.until(done as f64 / most as f64))?;
        watch.tell(EventKind::Made { done, most }).map_err(MixError::from)?;
        Ok::<_, CompareError>(made)
    };

    let mut sweeps = Vec::new();
    for family in families {
        let samples = crossovers.iter().map(|&crossover| Ok(make(family, crossover)?.sample));
        sweeps.push(Sweep { samples: samples.collect::<Result<_, CompareError>>()? });
    }
    let mut matched = Vec::new();
    for (family, sweep) in families.iter().zip(&sweeps) {
        let bracket = sweep.bracket(settings.p_far);
        let made = bracket.map(|bracket| narrow(bracket, settings.p_far, |crossover| make(family, crossover)));
        matched.push(made.transpose()?);
    }
    let middle = crossovers[crossovers.len() / 2];
    let chosen = families.iter().map(|family| {
        let crossover = family.at(middle)?.choose(aligned, Strength::Even).crossover;
        make(family, crossover.cycles_per_pixel())
    });
    let chosen = chosen.collect::<Result<_, _>>()?;
    Ok(Comparison { settings: *settings, sweeps, matched, chosen })
}

impl Settings {
    /// Checks everything but the views.
    ///
    /// # Errors
    ///
    /// [`CompareError::Sweep`] or [`CompareError::Percept`] if these are not valid.
    pub fn check(&self) -> Result<(), CompareError> {
        let [low, high] = self.range;
        if self.points < 2 || !(low > 0.0 && high > low && high.is_finite()) {
            return Err(CompareError::Sweep { points: self.points, low, high });
        }
        if !(-1.0..=1.0).contains(&self.p_far) {
            return Err(CompareError::Percept { p_far: self.p_far });
        }
        Ok(())
    }

    /// The crossovers of a sweep in cycles per pixel, in increasing order.
    fn crossovers(&self) -> Vec<f64> {
        let [low, high] = self.range;
        let eye = cycles_per_image(self.viewing.far_ppd.eye_sigma(), 1);
        let part = |i| i as f64 / (self.points - 1) as f64;
        (0..self.points).map(|i| eye * low * (high / low).powf(part(i))).collect()
    }
}

/// Finds the crossover at which the percept from afar falls to `target`, within a step of a sweep.
fn narrow(
    [mut above, mut below]: [Point; 2],
    target: f64,
    mut make: impl FnMut(f64) -> Result<Made, CompareError>,
) -> Result<Made, CompareError> {
    let error = |made: &Made| (made.sample.look.p_far - target).abs();
    let mut best: Option<Made> = None;
    for _ in 0..MOST_NARROWINGS {
        let part = (target - above.p_far) / (below.p_far - above.p_far);
        // Near an end, regula falsi converges too slowly.
        let made = make(above.crossover * (below.crossover / above.crossover).powf(part.clamp(0.1, 0.9)))?;
        let point = Point::from(&made.sample);
        *(if point.p_far <= target { &mut below } else { &mut above }) = point;
        if best.as_ref().is_none_or(|best| error(&made) < error(best)) {
            best = Some(made);
        }
        if best.as_ref().is_some_and(|best| error(best) < CLOSE) {
            break;
        }
    }
    Ok(best.expect("there is a narrowing"))
}

/// The pair and the settings with which hybrids are made and judged.
struct Bench<'a> {
    aligned: &'a Aligned,
    execution: &'a Execution,
    judge: Judge,
}

impl Bench<'_> {
    fn make(&self, family: &Family, crossover: f64, watch: &mut Watch<'_>) -> Result<Made, CompareError> {
        let method = family.at(crossover)?.settled(self.aligned, Strength::Even);
        let started = Instant::now();
        let mixing = &mut watch.until(MIXED);
        let (picture, report) = method.watched(Begin::default(), &self.aligned.pair, self.execution, mixing)?;
        if report.is_cancelled() {
            return Err(MixError::Cancelled.into());
        }
        let seconds = started.elapsed().as_secs_f64();
        watch.begin(Phase::Judge, MIXED).map_err(MixError::from)?;
        let picture = as_saved(picture);
        let (look, curve) = self.judge.seen(&picture, self.execution)?;
        Ok(Made { sample: Sample { crossover, method, look, report, seconds }, picture, curve })
    }
}

/// The picture as an 8-bit file holds it.
#[must_use]
pub fn as_saved(mut picture: Image<Encoded>) -> Image<Encoded> {
    picture.samples_mut().iter_mut().for_each(|sample| *sample = (255.0 * *sample).round() / 255.0);
    picture
}
