//! A picture that recedes from the viewer.

use nearfar_image::{Encoded, Image, Linear, Size, TransferFunction};
use nearfar_kernels::{Execution, transfer};

/// A picture that is shown smaller and smaller, by any factor, about the centre of a canvas: a factor of 1/n shows what
/// an eye sees at n times the distance. Like [`shrink`](crate::shrink) it averages light, but sizes need not be whole
/// pixels, so that an animation of it is smooth.
#[derive(Clone, Debug, PartialEq)]
pub struct Receding {
    light: Image<Linear>,
    background: f32,
}

impl Receding {
    /// A picture in front of a grey of code `background`.
    #[must_use]
    pub fn new(picture: &Image<Encoded>, background: f32) -> Self {
        Self {
            light: picture.decode(TransferFunction::Srgb),
            background: TransferFunction::Srgb.decode(background.clamp(0.0, 1.0)),
        }
    }

    /// The picture scaled by `scale` (at most 1, its own size), in the centre of a canvas. The part that does not fit
    /// the canvas is cropped; scales below 0.001 count as 0.001.
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

/// The composition of a canvas pixel along one axis: weights of samples from `start` on, and of the background, with a
/// sum of 1.
struct Shares {
    start: usize,
    shares: Vec<f32>,
    rest: f32,
}

/// The weights for every pixel of a canvas at whose centre a line of `length` samples is scaled by `scale`.
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
    fn whole_factors_match_shrink() {
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
    fn light_is_preserved_and_stays_centred() {
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
    fn result_is_bit_equal_for_any_number_of_threads() {
        let receding = Receding::new(&noise(40, 33), 0.2);
        let canvas = Size::new(37, 41).unwrap();
        let seen = |threads| receding.seen(0.37, canvas, &Execution::with_threads(threads).unwrap());
        assert!([2, 3, 7].map(seen).iter().all(|picture| *picture == seen(1)));
    }
}
