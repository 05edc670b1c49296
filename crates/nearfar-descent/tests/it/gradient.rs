//! Gradients against central differences, and the objective against its definition in double precision.

use nearfar_descent::{ColorMetric, NearTerm, Objective, SeenTerm};
use nearfar_image::{Channels, Encoded, Image, Size, TransferFunction};
use nearfar_kernels::{Border, Execution, Gaussian, SeparableBlur};

use super::noise;

const FLOOR: f32 = 1e-6;

/// Weights of pixels, details and far terms: each alone, then all.
const WEIGHTS: [[f64; 3]; 4] = [[0.3, 0.0, 0.0], [0.0, 0.7, 0.0], [0.0, 0.0, 1.0], [0.3, 0.7, 1.0]];

struct Case {
    size: Size,
    channels: Channels,
    border: Border,
    transfer: TransferFunction,
    metric: ColorMetric,
}

fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for (width, height) in [(1, 9), (9, 1), (1, 1), (5, 4), (23, 17)] {
        for channels in [Channels::Grey, Channels::Rgb] {
            for border in [Border::Zero, Border::Mirror] {
                for transfer in [TransferFunction::Identity, TransferFunction::Power22, TransferFunction::Srgb] {
                    let size = Size::new(width, height).unwrap();
                    let metric = ColorMetric { luma: 1.5, chroma: 0.25 };
                    cases.push(Case { size, channels, border, transfer, metric });
                }
            }
        }
    }
    cases
}

impl Case {
    fn picture(&self, seed: u64) -> Image<Encoded> {
        noise(self.size, self.channels, seed)
    }

    /// An objective whose weights may be zero, with two far terms of different sigma.
    fn objective<'a>(
        &self,
        near: &'a Image<Encoded>,
        [near_weight, detail_weight, far_weight]: [f64; 3],
    ) -> Objective<'a> {
        let execution = Execution::single_threaded();
        let near = NearTerm::new(near, near_weight, detail_weight, self.metric);
        let seen = |sigma, seed| {
            let blur = SeparableBlur::new(self.size, &Gaussian::with_size(sigma, 7).unwrap().taps(), self.border);
            SeenTerm::new(&self.picture(seed), blur, self.transfer, far_weight, self.metric, FLOOR, &execution)
        };
        Objective::new(near, vec![seen(1.5, 2), seen(2.5, 3)])
    }

    fn evaluate(&self, objective: &Objective<'_>, picture: &Image<Encoded>) -> (f64, Image<Encoded>) {
        let execution = Execution::single_threaded();
        let mut gradient = Image::filled(self.size, self.channels, f32::NAN);
        let losses = objective.evaluate(&execution, picture, &mut gradient, &mut objective.workspace(&execution));
        (losses.total, gradient)
    }

    /// The total in double precision, from the definition alone.
    fn naive_total(&self, [near_weight, detail_weight, far_weight]: [f64; 3], picture: &[f64]) -> f64 {
        let channels = self.channels.count();
        let area = self.size.area();
        let double = |image: Image<Encoded>| -> Vec<f64> { image.samples().iter().map(|&v| f64::from(v)).collect() };
        let form = |a: &[f64], b: &[f64]| -> f64 {
            (0..area)
                .map(|i| {
                    let r: Vec<f64> = (0..channels).map(|c| a[c * area + i] - b[c * area + i]).collect();
                    let grey = r.iter().sum::<f64>() / channels as f64;
                    let rest: f64 = r.iter().map(|v| (v - grey).powi(2)).sum();
                    self.metric.luma * channels as f64 * grey * grey + self.metric.chroma * rest
                })
                .sum()
        };
        let target = double(self.picture(1));
        let near = form(picture, &target);
        let detail: f64 = [(1, 0), (0, 1)]
            .into_iter()
            .map(|step| form(&self.differences(step, picture), &self.differences(step, &target)))
            .sum();
        let far: f64 = [(1.5, 2), (2.5, 3)]
            .into_iter()
            .map(|(sigma, seed)| form(&self.seen(sigma, picture), &self.seen(sigma, &double(self.picture(seed)))))
            .sum();
        near_weight * near + detail_weight * detail + far_weight * far
    }

    /// Differences to the neighbour `step` away, none past the edge.
    fn differences(&self, (dx, dy): (usize, usize), picture: &[f64]) -> Vec<f64> {
        let (width, height) = (self.size.width(), self.size.height());
        let at = |i: usize| {
            let (x, y) = (i % width + dx, i / width % height + dy);
            if x < width && y < height { picture[i + dx + dy * width] - picture[i] } else { 0.0 }
        };
        (0..picture.len()).map(at).collect()
    }

    fn seen(&self, sigma: f64, picture: &[f64]) -> Vec<f64> {
        let (width, height) = (self.size.width() as isize, self.size.height() as isize);
        let weights: Vec<f64> = (-3..=3).map(|k: i32| (-f64::from(k * k) / (2.0 * sigma * sigma)).exp()).collect();
        let sum: f64 = weights.iter().sum();
        type Curve = fn(f64) -> f64;
        let (decode, encode): (Curve, Curve) = match self.transfer {
            TransferFunction::Identity => (|v| v, |v| v),
            TransferFunction::Power22 => (|v| v.powf(2.2), |v| v.powf(1.0 / 2.2)),
            TransferFunction::Srgb => (
                |v| if v <= 0.04045 { v / 12.92 } else { ((v + 0.055) / 1.055).powf(2.4) },
                |v| if v <= 0.04045 / 12.92 { v * 12.92 } else { 1.055 * v.powf(1.0 / 2.4) - 0.055 },
            ),
        };
        let mut seen = Vec::new();
        for plane in picture.chunks(self.size.area()) {
            for y in 0..height {
                for x in 0..width {
                    let mut light = 0.0;
                    for (j, wy) in (-3..=3).zip(&weights) {
                        for (i, wx) in (-3..=3).zip(&weights) {
                            let column = self.border.source(x + i, width as usize);
                            let row = self.border.source(y + j, height as usize);
                            if let (Some(column), Some(row)) = (column, row) {
                                light += wx * wy / (sum * sum) * decode(plane[row * width as usize + column]);
                            }
                        }
                    }
                    seen.push(encode(light.max(f64::from(FLOOR))));
                }
            }
        }
        seen
    }
}

#[test]
fn total_equals_its_definition() {
    for case in cases() {
        let picture = case.picture(9);
        let double: Vec<f64> = picture.samples().iter().map(|&v| f64::from(v)).collect();
        for weights in WEIGHTS {
            let (found, _) = case.evaluate(&case.objective(&case.picture(1), weights), &picture);
            let expected = case.naive_total(weights, &double);
            assert!((found - expected).abs() <= 3e-6 * expected + 1e-7, "{}: {found} {expected}", case.size);
        }
    }
}

/// Each term alone and their sum, against central differences of the double-precision definition.
#[test]
fn gradient_equals_central_differences() {
    for case in cases() {
        let picture = case.picture(9);
        let double: Vec<f64> = picture.samples().iter().map(|&v| f64::from(v)).collect();
        for weights in WEIGHTS {
            let (_, gradient) = case.evaluate(&case.objective(&case.picture(1), weights), &picture);
            for i in (0..double.len()).step_by(1 + double.len() / 7) {
                let step = 1e-5;
                let at = |d: f64| {
                    let mut moved = double.clone();
                    moved[i] += d;
                    case.naive_total(weights, &moved)
                };
                let expected = (at(step) - at(-step)) / (2.0 * step);
                let found = f64::from(gradient.samples()[i]);
                assert!(
                    (found - expected).abs() < 2e-5 * expected.abs().max(0.1),
                    "{} {:?} {:?} {:?} weights {weights:?}, sample {i}: {found}, not {expected}",
                    case.size,
                    case.channels,
                    case.border,
                    case.transfer
                );
            }
        }
    }
}
