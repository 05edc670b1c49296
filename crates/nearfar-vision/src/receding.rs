//! A picture that moves away from somebody who stays where they are.

use nearfar_image::{Encoded, Image, Linear, Size, TransferFunction};
use nearfar_kernels::{Execution, transfer};

/// A picture that is shown smaller and smaller, by any factor, about the middle of a canvas: what an eye sees of it from that
/// many times as far. Like [`shrink`](crate::shrink) it adds up light, but sizes need not be whole pixels, so that a film of it
/// is smooth.
#[derive(Clone, Debug, PartialEq)]
pub struct Receding {
    light: Image<Linear>,
    background: f32,
}

impl Receding {
    /// A picture before a grey of the code `background`.
    #[must_use]
    pub fn new(picture: &Image<Encoded>, background: f32) -> Self {
        Self {
            light: picture.decode(TransferFunction::Srgb),
            background: TransferFunction::Srgb.decode(background.clamp(0.0, 1.0)),
        }
    }

    /// The picture `scale` times as large, at most its own size (a scale of 1), in the middle of a canvas. What of it does not
    /// fit the canvas is cut off; scales below a thousandth count as that.
    #[must_use]
    pub fn seen(&self, scale: f64, canvas: Size, execution: &Execution) -> Image<Encoded> {
        let scale = scale.clamp(1e-3, 1.0);
        let size = self.light.size();
        let columns = shares(size.width(), canvas.width(), scale);
        let rows = shares(size.height(), canvas.height(), scale);
        let mut seen = Image::<Encoded>::filled(canvas, self.light.channels(), 0.0);
        for (source, target) in self.light.planes().zip(seen.planes_mut()) {
            let strip = execution.rows_per_strip(canvas.height());
            execution.for_each(target.into_strips(strip).collect(), |(first, strip): (usize, &mut [f32])| {
                let mut light = vec![0.0; canvas.width()];
                for (y, codes) in strip.chunks_exact_mut(canvas.width()).enumerate() {
                    let Shares { start, shares, rest } = &rows[first + y];
                    light.fill(rest * self.background);
                    for (y, share) in (*start..).zip(shares) {
                        let line = source.row(y);
                        for (light, Shares { start, shares, rest }) in light.iter_mut().zip(&columns) {
                            let covered = line[*start..].iter().zip(shares).map(|(light, share)| light * share);
                            *light += share * (rest * self.background + covered.sum::<f32>());
                        }
                    }
                    transfer::encode_row(execution.level(), TransferFunction::Srgb, &light, codes);
                }
            });
        }
        seen
    }
}

/// What a pixel of the canvas consists of along one axis: shares of samples from `start` on, and of the background. They sum
/// to 1.
struct Shares {
    start: usize,
    shares: Vec<f32>,
    rest: f32,
}

/// The shares of every pixel of a canvas in whose middle a line of `length` samples is `scale` times as long.
fn shares(length: usize, canvas: usize, scale: f64) -> Vec<Shares> {
    let edge = |pixel: usize| (pixel as f64 - 0.5 * canvas as f64) / scale + 0.5 * length as f64;
    let pixel = |i: usize| {
        let (from, to) = (edge(i), edge(i + 1));
        let start = from.clamp(0.0, length as f64) as usize;
        let end = to.clamp(0.0, length as f64).ceil() as usize;
        let part = |sample: usize| (to.min(sample as f64 + 1.0) - from.max(sample as f64)).max(0.0) * scale;
        let shares: Vec<_> = (start..end).map(|sample| part(sample) as f32).collect();
        let rest = (1.0 - shares.iter().sum::<f32>()).max(0.0);
        Shares { start, shares, rest }
    };
    (0..canvas).map(pixel).collect()
}

#[cfg(test)]
mod tests {
    use nearfar_image::Channels;

    use super::*;
    use crate::shrink;

    fn noise(width: usize, height: usize) -> Image<Encoded> {
        let size = Size::new(width, height).unwrap();
        Image::from_fn(size, Channels::Rgb, |c, x, y| (x * 31 + y * 17 + c * 7) as f32 * 37.0 % 101.0 / 100.0)
    }

    #[test]
    fn whole_factors_are_as_shrunk() {
        let (picture, execution) = (noise(24, 16), Execution::single_threaded());
        for to in [Size::new(24, 16).unwrap(), Size::new(12, 8).unwrap(), Size::new(6, 4).unwrap()] {
            let scale = to.width() as f64 / 24.0;
            let seen = Receding::new(&picture, 0.5).seen(scale, to, &execution);
            let expected = shrink(&picture, to).unwrap();
            let worst = seen.samples().iter().zip(expected.samples()).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
            assert!(worst < 1e-5, "{to}: {worst}");
        }
    }

    #[test]
    fn light_is_kept_and_stays_in_the_middle() {
        let execution = Execution::single_threaded();
        let white = Image::filled(Size::new(20, 20).unwrap(), Channels::Grey, 1.0);
        let canvas = Size::new(31, 30).unwrap();
        for scale in [0.9, 0.53, 0.21, 0.01] {
            let light = Receding::new(&white, 0.0).seen(scale, canvas, &execution).decode(TransferFunction::Srgb);
            let plane = light.plane(0);
            let mut moments = [0.0; 3];
            for (y, row) in plane.rows().enumerate() {
                for (x, &light) in row.iter().enumerate() {
                    let light = f64::from(light);
                    for (moment, value) in moments.iter_mut().zip([light, light * x as f64, light * y as f64]) {
                        *moment += value;
                    }
                }
            }
            let [sum, x, y] = moments;
            assert!((sum / (20.0 * scale).powi(2) - 1.0).abs() < 1e-3, "{scale}: {sum}");
            assert!((x / sum - 15.0).abs() < 1e-2 && (y / sum - 14.5).abs() < 1e-2, "{scale}: {moments:?}");
        }
    }

    #[test]
    fn threads_change_nothing() {
        let receding = Receding::new(&noise(40, 33), 0.2);
        let canvas = Size::new(37, 41).unwrap();
        let seen = |threads| receding.seen(0.37, canvas, &Execution::with_threads(threads).unwrap());
        assert!([2, 3, 7].map(seen).iter().all(|picture| *picture == seen(1)));
    }
}
