//! Giving a grey hybrid its colours.

use nearfar_image::{Encoded, Image};
use nearfar_kernels::{Execution, axes::rgb_of};

use crate::range::{TOLERANCE, strips};

/// Rows per task.
const STRIP: usize = 32;

/// The picture of this luma, in `[0, 1]`, and these opponent colours; and the share of pixels, from 0 to 1, whose
/// colours had to be weakened.
///
/// Luma is kept. Where it leaves no room for the colours in `[0, 1]`, they are desaturated just as far as necessary:
/// clipping the channels separately would change hue and luma.
pub(crate) fn colored(
    luma: &Image<Encoded>,
    opponent: [&Image<Encoded>; 2],
    execution: &Execution,
) -> (Image<Encoded>, f64) {
    let mut picture = rgb_of(luma, opponent, execution);
    let (area, width) = (luma.size().area(), luma.size().width());
    let strips = strips(&mut picture, STRIP);
    let mut weakened = vec![0usize; strips.len()];
    execution.for_each(strips.into_iter().zip(&mut weakened).collect(), |(strip, weakened)| {
        let Ok([red, green, blue]) = <[&mut [f32]; 3]>::try_from(strip.channels) else {
            unreachable!("colours have three channels");
        };
        let luma = &luma.samples()[strip.y * width..];
        for (((red, green), blue), &luma) in red.iter_mut().zip(green).zip(blue).zip(luma) {
            let rgb = [*red, *green, *blue];
            let excess = rgb.into_iter().fold(0.0f32, |most, v| most.max(v - 1.0).max(-v));
            if excess <= 0.0 {
                continue;
            }
            let room = rgb.into_iter().fold(1.0f32, |room, v| {
                let (step, most) = if v > luma { (v - luma, 1.0 - luma) } else { (luma - v, luma) };
                if step > most { room.min(most / step) } else { room }
            });
            [*red, *green, *blue] = rgb.map(|v| (luma + room * (v - luma)).clamp(0.0, 1.0));
            *weakened += usize::from(excess > TOLERANCE);
        }
    });
    (picture, weakened.into_iter().sum::<usize>() as f64 / area as f64)
}

#[cfg(test)]
mod tests {
    use nearfar_image::{Channels, Size};
    use nearfar_kernels::Axes;

    use super::*;

    /// Colours of 16x16 pixels, some of which fit and some do not, on a luma that increases downwards.
    fn parts() -> [Image<Encoded>; 3] {
        let size = Size::new(16, 16).unwrap();
        let grey = |value: fn(f32, f32) -> f32| {
            Image::from_fn(size, Channels::Grey, |_, x, y| value(x as f32 / 15.0, y as f32 / 15.0))
        };
        [grey(|_, y| y), grey(|x, _| 0.4 * (6.0 * x).sin()), grey(|x, _| 0.4 * (6.0 * x).cos())]
    }

    #[test]
    fn colors_keep_luma_and_hue() {
        let execution = Execution::single_threaded();
        let [luma, blue, red] = parts();
        let (picture, weakened) = colored(&luma, [&blue, &red], &execution);
        assert!(picture.samples().iter().all(|v| (0.0..=1.0).contains(v)));
        let found = Axes::Opponent.planes(&picture, &execution);
        let mut count = 0;
        for i in 0..256 {
            assert!((Axes::Luma.planes(&picture, &execution)[0].samples()[i] - luma.samples()[i]).abs() < 1e-6);
            let (was, is) = ([blue.samples()[i], red.samples()[i]], [found[0].samples()[i], found[1].samples()[i]]);
            assert!((was[0] * is[1] - was[1] * is[0]).abs() < 1e-6, "the hue turned at {i}");
            let kept = is[0].hypot(is[1]) / was[0].hypot(was[1]);
            assert!((0.0..1.00001).contains(&kept));
            if kept < 0.9999 {
                count += 1;
                let rgb = [0, 1, 2].map(|c| picture.plane(c).samples()[i]);
                assert!(
                    rgb.iter().any(|v| !(1e-6..1.0 - 1e-6).contains(v)),
                    "weakened more than necessary at {i}: {rgb:?}"
                );
            }
        }
        assert!((50..250).contains(&count) && (weakened * 256.0 - f64::from(count)).abs() < 1.5, "{count} {weakened}");
    }
}
