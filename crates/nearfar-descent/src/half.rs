//! Halving pictures, and refining the result at full size.

use nearfar_image::{Encoded, Image, Size, TransferFunction};
use nearfar_kernels::{Execution, mean_of_four, sums::update, transfer};

/// With narrower blurs, in pixels, a half-size picture has too little to contribute.
const MIN_SIGMA: f64 = 1.0;
/// Pictures with a shorter side below this, in pixels, are small enough as they are.
const MIN_SIDE: usize = 64;

/// Whether a mix of pictures of `size`, whose far view is blurred by `sigma` pixels, gains from starting at half the
/// size.
#[must_use]
pub fn is_worth_halving(size: Size, sigma: f64) -> bool {
    sigma >= 2.0 * MIN_SIGMA && size.shorter_side() >= MIN_SIDE
}

/// The picture at half the size, rounded up: each pixel is the mean light of 2 x 2 pixels, with edge pixels repeated.
#[must_use]
pub fn halved(picture: &Image<Encoded>, transfer: TransferFunction, execution: &Execution) -> Image<Encoded> {
    let size = picture.size();
    let half = size.halved();
    let (width, height) = (half.width(), half.height());
    let mut target = Image::filled(half, picture.channels(), 0.0);
    let (rows, level) = (execution.rows_per_strip(height), execution.level());
    for (source, target) in picture.planes().zip(target.planes_mut()) {
        execution.for_each(target.into_strips(rows).collect(), |(first, strip)| {
            let mut light = [vec![0.0; size.width()], vec![0.0; size.width()]];
            for (y, row) in (first..).zip(strip.chunks_exact_mut(width)) {
                for (k, light) in light.iter_mut().enumerate() {
                    transfer::decode_row(level, transfer, source.row((2 * y + k).min(size.height() - 1)), light);
                }
                let [above, below] = &light;
                mean_of_four(above, below, row);
                transfer::encode_in_place(level, transfer, 0.0, row);
            }
        });
    }
    target
}

/// `near` changed in the way that `hybrid`, a mix at half the size, changes `half_near`; details are those of `near`.
///
/// # Panics
///
/// If `hybrid` and `half_near` do not have half the size of `near`, rounded up, and its channels.
#[must_use]
pub fn refined(
    near: &Image<Encoded>,
    mut hybrid: Image<Encoded>,
    half_near: &Image<Encoded>,
    execution: &Execution,
) -> Image<Encoded> {
    update(execution, hybrid.samples_mut(), [half_near.samples()], |hybrid, [near]| hybrid - near);
    let mut target = Image::filled(near.size(), near.channels(), 0.0);
    let (width, height) = (near.size().width(), near.size().height());
    let rows = execution.rows_per_strip(height);
    for ((change, near), target) in hybrid.planes().zip(near.planes()).zip(target.planes_mut()) {
        execution.for_each(target.into_strips(rows).collect(), |(first, strip)| {
            let mut line = vec![0.0; change.size().width()];
            for (y, row) in (first..).zip(strip.chunks_exact_mut(width)) {
                let (at, beside) = neighbours(y, change.size().height());
                for ((sample, &at), &beside) in line.iter_mut().zip(change.row(at)).zip(change.row(beside)) {
                    *sample = 0.75 * at + 0.25 * beside;
                }
                for ((x, sample), near) in row.iter_mut().enumerate().zip(near.row(y)) {
                    let (at, beside) = neighbours(x, line.len());
                    *sample = (near + 0.75 * line[at] + 0.25 * line[beside]).clamp(0.0, 1.0);
                }
            }
        });
    }
    target
}

/// The half-size pixels nearest to pixel `i` and next to it, a quarter and three quarters of a pixel away.
fn neighbours(i: usize, count: usize) -> (usize, usize) {
    let at = i / 2;
    (at, if i.is_multiple_of(2) { at.saturating_sub(1) } else { (at + 1).min(count - 1) })
}

#[cfg(test)]
mod tests {
    use nearfar_image::Channels;

    use super::*;

    /// A ramp of the given width and height.
    fn ramp(width: usize, height: usize) -> Image<Encoded> {
        let size = Size::new(width, height).unwrap();
        Image::from_fn(size, Channels::Rgb, |c, x, y| 0.2 + 0.005 * x as f32 + 0.01 * y as f32 + 0.1 * c as f32)
    }

    #[test]
    fn checkerboard_is_halved_to_half_the_light() {
        let board = Image::from_fn(Size::new(9, 6).unwrap(), Channels::Grey, |_, x, y| ((x + y) % 2) as f32);
        let half = halved(&board, TransferFunction::Srgb, &Execution::single_threaded());
        assert_eq!((half.size().width(), half.size().height()), (5, 3));
        assert!(half.samples().iter().all(|v| (v - 188.0 / 255.0).abs() < 0.002), "{:?}", half.samples());
    }

    /// A change that is a ramp is reproduced as that ramp except at the edges, and no change as none.
    #[test]
    fn refined_picture_changes_as_its_half() {
        let execution = Execution::with_threads(2).unwrap();
        for (width, height) in [(1, 1), (1, 7), (8, 1), (12, 9), (33, 20)] {
            let near = ramp(width, height);
            let half = halved(&near, TransferFunction::Identity, &execution);
            assert_eq!(refined(&near, half.clone(), &half, &execution), near);
            let slope = |image: &Image<Encoded>, step: f32| {
                let (size, near) = (image.size(), image.clone());
                Image::from_fn(size, Channels::Rgb, |c, x, y| {
                    near.plane(c).row(y)[x] + step * ((x as f32 + 0.5) - 0.5 * (y as f32 + 0.5)) / 100.0
                })
            };
            let found = refined(&near, slope(&half, 2.0), &half, &execution);
            let expected = slope(&near, 1.0);
            for c in 0..3 {
                for y in 1..height.saturating_sub(2) {
                    for x in 1..width.saturating_sub(2) {
                        assert!((found.plane(c).row(y)[x] - expected.plane(c).row(y)[x]).abs() < 1e-6, "{x}, {y}");
                    }
                }
            }
        }
    }
}
