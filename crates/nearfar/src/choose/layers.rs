//! What is chosen for several pictures in one.

use nearfar_kernels::{Crossover, Share};
use nearfar_vision::PixelsPerDegree;

use super::{cycles::MOST_CROSSOVER, distance::crossover_seen_by};

/// The crossover between the nearest picture and the next is the one that belongs to the next one's distance divided by the first
/// number, and those farther out by the second: the eye sees farther pictures under all nearer ones, so they need room. They are
/// still seen from their distances (percept 0 to .5 against the strongest of the others), and the nearest one up close. Two
/// pictures that change places at the eye's own limit show the farther one to everybody who comes closer: by lightness, a cat
/// before a portrait has a percept of -.69 up close and +.70 from afar, and with strengths that even this out both are seen in
/// both views.
const MAKE_ROOM: [f64; 2] = [2.25, 1.75];

/// The weight of their details: greater than with two pictures, since several share what two have each.
pub(crate) const LAYER_DETAILS: f64 = 2.0;

/// How much the details of a layer may take of the next farther one's band: with half of it the near picture is lost, with twice
/// as much those in between.
pub(crate) const LAYER_YIELD: f64 = 0.2;

/// How far their details follow the light of the layers behind them: judges (docs/judges.md) named them as often, and found
/// them no less natural.
pub(crate) const LAYER_RELIGHT: f64 = 1.0;

/// How many times layers are mixed and looked at before the final mix, to find how strong each must be for all to be seen alike:
/// after three rounds the weakest of twelve triples has a percept of .09 on average, after five .12.
pub(crate) const LAYER_ROUNDS: usize = 5;

/// The step of such a round for a difference of percepts, as a natural logarithm: with 1, two pictures come half way in a round;
/// with 2, some of them overshoot.
pub(crate) const LAYER_STEP: f64 = 1.5;

/// The most, as a natural logarithm, that the rounds make a layer stronger or weaker.
pub(crate) const LAYER_MOST: f64 = 2.0;

/// What a layer's outlines add, at most, to its percept against a farther one. Where percepts alone were even, judges
/// (docs/judges.md) named the right picture of 12 triples in 57 of 60 views from the nearest distance, but in 30 from the middle one
/// and 44 from the farthest, mostly a nearer picture instead; with this in 52, 37 and 53.
pub(crate) const LAYER_OUTLINES: f64 = 0.08;

/// How much of a layer's own coarse colours gives way to those of the layers behind it, where all are equally strong. With the .3
/// of a face the nearest one's colours hide all others from every distance, and the weakest picture of twelve triples has a
/// percept of -.04 on average; with .6 it is .04, with this .09, and with 1 hardly more.
const LAYER_COLOR: f64 = 0.9;

/// What each layer but the farthest lets through of those behind it, near to far. `are_colored` says which of all layers have
/// colours of their own; `strengths` how strong each but the farthest is beside the farthest. A text has none: its grey displaces
/// no picture's colours, and the colours behind it come through. A layer that is made stronger than the next keeps more of its own
/// colours: by light and dark alone, a cat on a print 30 cm wide could not be made as strong as the portrait behind it (percepts
/// of -.24 and .28).
pub(crate) fn layer_shares(are_colored: &[bool], strengths: &[f64]) -> Vec<Share> {
    let next = strengths.iter().skip(1).chain([&1.0]);
    let color = |(i, (strength, next)): (usize, (&f64, &f64))| match are_colored[i + 1..].contains(&true) {
        false => 0.0,
        true if are_colored[i] => LAYER_COLOR.powf((strength / next).max(1.0)),
        true => 1.0,
    };
    let colors = strengths.iter().zip(next).enumerate().map(color);
    colors.map(|color| Share { color, ..Share::default() }).collect()
}

/// The crossover of each layer but the farthest with the next, for eyes at their distances, near to far; never so high that
/// nothing is left of the nearer one.
pub(crate) fn layer_crossovers(views: &[PixelsPerDegree]) -> Vec<Crossover> {
    let most = Crossover::per_pixel(MOST_CROSSOVER).expect("below half a cycle per pixel");
    let [first, others] = MAKE_ROOM;
    let room = std::iter::once(first).chain(std::iter::repeat(others));
    let of_view = |(view, room): (&PixelsPerDegree, f64)| {
        crossover_seen_by(room * view.eye_sigma()).map_or(most, |found| if found < most { found } else { most })
    };
    views[1..].iter().zip(room).map(of_view).collect()
}
