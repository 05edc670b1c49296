//! Matching two pictures by content.
//!
//! 1. Log-polar phase correlation of the spectra's magnitudes gives a dozen guesses of rotation and scale.
//! 2. For each, normalised correlation of the middle band gives the best shift, and a score.
//! 3. The best few are refined by enhanced correlation, from a coarse layer to a fine one.
//!
//! The map of highest final correlation wins; that correlation is the confidence.

mod layers;
mod log_polar;
mod refine;
mod sample;
mod shift;
mod spectrum;

use std::f64::consts::PI;

use nearfar_image::{Encoded, Image, Point};
use nearfar_kernels::Execution;

use crate::{Similarity, center_fit};

use layers::{COARSEST, Layer, layers};
use log_polar::{Guess, guesses};
use refine::{Refined, correlation, refine};
use shift::ShiftFinder;
use spectrum::SquareFft;

/// The result of matching by content.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ContentMatch {
    /// From pixels of the near picture to pixels of the far one.
    pub map: Similarity,
    /// Normalised correlation of the middle bands in the overlap, in `[0, 1]`; at [`ContentMatch::SURE`] or above, the
    /// pictures show the same thing.
    pub confidence: f64,
    /// The same correlation with the pictures laid centre on centre.
    pub centred: f64,
    /// Share of the near picture that the far one covers, approximately.
    pub overlap: f64,
}

impl ContentMatch {
    /// A match at or above this confidence is trusted. The example `content_trials` prints the evidence: correct maps
    /// of the sample pictures have 0.75 or more, different subjects stay well below.
    pub const SURE: f64 = 0.6;
    /// A match whose overlap is a smaller share of the near picture than this is not trusted, either.
    pub const LEAST_OVERLAP: f64 = 0.1;

    /// Whether the match can be trusted.
    #[must_use]
    pub fn is_sure(&self) -> bool {
        self.confidence >= Self::SURE && self.overlap >= Self::LEAST_OVERLAP
    }
}

/// Guesses of rotation and scale that are tried, each with its opposite angle.
const GUESSES: usize = 8;
/// Placed guesses that are refined on the coarsest layer.
const REFINED: usize = 4;
/// Those of them that are refined on the next layer too.
const SURVIVORS: usize = 3;

/// Below this correlation on the coarsest layer, finer layers are not worth their time.
const HOPELESS: f64 = 0.3;

/// Finds the rotation, scale and shift that align two pictures of the same thing. Always returns its best guess: check
/// its confidence.
///
/// The far picture may be rotated by any angle, be up to 2.5 times larger or smaller (relative to the pictures' longest
/// sides), and be shifted as long as about a third of the smaller picture is in both. Accurate to a fraction of a pixel
/// in a picture of 512 pixels.
#[must_use]
pub fn match_content(near: &Image<Encoded>, far: &Image<Encoded>, execution: &Execution) -> ContentMatch {
    let centred = center_fit(near.size(), far.size());
    let (near, far) = (layers(near, execution), layers(far, execution));
    let candidates = candidates(&near, &far, execution);
    let mut refined = each(candidates, |map| refine_at(&near, &far, COARSEST, map), execution);
    refined.sort_by(|a, b| b.correlation.total_cmp(&a.correlation));
    let Some(mut best) = refined.first().copied() else {
        return ContentMatch { map: centred, confidence: 0.0, centred: 0.0, overlap: 1.0 };
    };
    let reached = if best.correlation < HOPELESS { COARSEST } else { 0 };
    let mut survivors: Vec<Similarity> = refined.iter().take(SURVIVORS).map(|r| r.map).collect();
    for layer in (reached..COARSEST).rev() {
        // Coordinate x of the coarser layer is 2 x + 0.5 here.
        let finer = Similarity::about(Point::default(), Point::new(0.5, 0.5), 2.0, 0.0);
        let start = |map: Similarity| finer.inverse().then(&map).then(&finer);
        let refined = each(survivors, |map| refine_at(&near, &far, layer, start(map)), execution);
        best = refined.into_iter().reduce(|a, b| if b.correlation > a.correlation { b } else { a }).unwrap_or(best);
        survivors = vec![best.map];
    }
    let (near, far) = (&near[reached], &far[reached]);
    let map = near.to_photograph.inverse().then(&best.map).then(&far.to_photograph);
    let centred = near.to_photograph.then(&centred).then(&far.to_photograph.inverse());
    ContentMatch {
        map,
        confidence: best.correlation.clamp(0.0, 1.0),
        centred: correlation(near.band(), far.band(), &centred),
        overlap: best.overlap,
    }
}

fn refine_at(near: &[Layer], far: &[Layer], layer: usize, map: Similarity) -> Refined {
    refine(near[layer].band(), far[layer].band(), map)
}

/// The likeliest maps between the coarsest layers.
fn candidates(near: &[Layer], far: &[Layer], execution: &Execution) -> Vec<Similarity> {
    let fft = SquareFft::new(log_polar::SIDE);
    let turns = guesses(&fft, near[COARSEST - 1].grey(), far[COARSEST - 1].grey(), GUESSES);
    let opposite = |g: Guess| Guess { radians: g.radians + PI, ..g };
    let turns = turns.into_iter().flat_map(|g| [g, opposite(g)]).collect();
    let finder = ShiftFinder::new(&fft, near[COARSEST].band());
    let placed = each(turns, |guess| finder.place(far[COARSEST].band(), guess), execution);
    let mut placed: Vec<_> = placed.into_iter().flatten().collect();
    placed.sort_by(|a, b| b.correlation.total_cmp(&a.correlation));
    placed.into_iter().take(REFINED).map(|p| p.map).collect()
}

/// The results of `work` on every item, in order.
fn each<T: Copy + Send, R: Send>(items: Vec<T>, work: impl Fn(T) -> R + Sync, execution: &Execution) -> Vec<R> {
    let mut slots: Vec<(T, Option<R>)> = items.into_iter().map(|item| (item, None)).collect();
    execution.for_each(slots.iter_mut().collect(), |(item, slot): &mut (T, Option<R>)| *slot = Some(work(*item)));
    slots.into_iter().filter_map(|(_, result)| result).collect()
}
