//! The near picture in the light that the far picture throws on it.

use nearfar_image::{Channels, Encoded, Image};

use crate::{Axes, Border, Crossover, Execution, Gaussian, SeparableBlur, sums::update, wide::blurred};

/// The least and the most that light may change details by: beyond, they are not seen up close, or glare.
const LEAST: f32 = 0.5;
const MOST: f32 = 1.8;

/// A code that stands for the light that dark places reflect anyway: the ratio of two codes near black says little.
const VEIL: f32 = 0.06;

/// What is finer than a Gaussian of this many pixels, and weaker than this code, is taken for grain, which no light
/// makes stronger: under 1.8 times as much a dark uniform glitters.
const GRAIN_SIGMA: f64 = 1.0;
const GRAIN: f32 = 0.02;

/// What a blur adds to a flat picture by rounding is below this code, a fortieth of an 8-bit step: flat pictures stay flat.
const ROUNDING: f32 = 1e-4;

/// Makes the details of the near picture as strong as the tones around them will be, by `part` of the way from as they are:
/// details keep their ratio to the local tone (Peli, "Contrast in complex images", JOSA A 1990), as under a light of
/// other brightness, and so do colours where it gets darker. `near` are the codes of its luminance, `tones` the codes
/// of the hybrid's as seen from afar. What is coarser than the crossover keeps its tone.
pub(super) fn relight(
    picture: &mut Image<Encoded>,
    [near, tones]: [&Image<Encoded>; 2],
    part: f64,
    crossover: Crossover,
    execution: &Execution,
) {
    let coarse = blurred(near, crossover.sigma(), execution);
    let mut gains = blurred(tones, crossover.sigma(), execution);
    let part = part as f32;
    update(execution, gains.samples_mut(), [coarse.samples()], |tone, [coarse]| {
        // Blurs of codes in [0, 1], but for rounding.
        let gain = (tone.max(0.0) + VEIL) / (coarse.max(0.0) + VEIL);
        1.0 + part * (gain.clamp(LEAST, MOST) - 1.0)
    });
    let smooth = without_grain(near, execution);
    let mut lift = coarse;
    let sources = [near.samples(), smooth.samples(), gains.samples()];
    update(execution, lift.samples_mut(), sources, |coarse, [near, smooth, gain]| {
        let detail = if gain > 1.0 { smooth } else { near } - coarse;
        (gain - 1.0) * without(ROUNDING, detail)
    });
    let luma = Axes::Luma.planes(picture, execution).remove(0);
    let sources = [luma.samples(), lift.samples(), gains.samples()];
    let area = picture.size().area();
    for channel in picture.samples_mut().chunks_exact_mut(area) {
        update(execution, channel, sources, |code, [luma, lift, gain]| {
            (luma + lift + gain.min(1.0) * (code - luma)).clamp(0.0, 1.0)
        });
    }
}

/// A grey picture without its grain.
fn without_grain(near: &Image<Encoded>, execution: &Execution) -> Image<Encoded> {
    let gaussian = Gaussian::new(GRAIN_SIGMA).expect("a pixel is a sigma");
    let blur = SeparableBlur::new(near.size(), &gaussian.taps(), Border::Mirror);
    let mut smooth = Image::filled(near.size(), Channels::Grey, 0.0);
    blur.apply(execution, near.plane(0), smooth.plane_mut(0));
    update(execution, smooth.samples_mut(), [near.samples()], |smooth, [near]| smooth + without(GRAIN, near - smooth));
    smooth
}

/// A detail, faded the more the weaker it is compared with `noise`.
#[inline(always)]
fn without(noise: f32, detail: f32) -> f32 {
    let squared = detail * detail;
    detail * squared / (squared + noise * noise)
}
