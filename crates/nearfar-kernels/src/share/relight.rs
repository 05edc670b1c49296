//! The near picture in the light that the far picture throws on it.

use nearfar_image::{Encoded, Image};

use crate::{Axes, Crossover, Execution, sums::update, wide::blurred};

/// The least and the most that light may change details by: darker ones would not be seen up close, and brighter ones
/// show the grain of dark cloth.
const LEAST: f32 = 0.5;
const MOST: f32 = 1.8;

/// A code that stands for the light that dark places reflect anyway: the ratio of two codes near black says little.
const VEIL: f32 = 0.06;

/// The near picture with its details as strong as the tones around them will be, by `part` of the way from as they are:
/// details keep their ratio to the local tone (Peli, "Contrast in complex images", JOSA A 1990), as under a light of
/// other brightness, and so do colours where it gets darker. `near` are the codes of its luminance, `tones` the codes
/// of the hybrid's as seen from afar. What is coarser than the crossover keeps its tone.
pub(super) fn relit(
    picture: &Image<Encoded>,
    [near, tones]: [&Image<Encoded>; 2],
    part: f64,
    crossover: Crossover,
    execution: &Execution,
) -> Image<Encoded> {
    let coarse = blurred(near, crossover.sigma(), execution);
    let mut gains = blurred(tones, crossover.sigma(), execution);
    let part = part as f32;
    update(execution, gains.samples_mut(), [coarse.samples()], |tone, [coarse]| {
        // Blurs of codes in [0, 1], but for rounding.
        let gain = (tone.max(0.0) + VEIL) / (coarse.max(0.0) + VEIL);
        1.0 + part * (gain.clamp(LEAST, MOST) - 1.0)
    });
    let mut lift = coarse;
    update(execution, lift.samples_mut(), [near.samples(), gains.samples()], |coarse, [near, gain]| {
        (gain - 1.0) * (near - coarse)
    });
    let luma = Axes::Luma.planes(picture, execution).remove(0);
    let mut relit = picture.clone();
    let sources = [luma.samples(), lift.samples(), gains.samples()];
    for channel in relit.samples_mut().chunks_exact_mut(picture.size().area()) {
        update(execution, channel, sources, |code, [luma, lift, gain]| {
            (luma + lift + gain.min(1.0) * (code - luma)).clamp(0.0, 1.0)
        });
    }
    relit
}
