//! Gradients against central differences, and the objective against its definition in double precision.

use nearfar_descent::{EdgeStop, Eye, FarBlur, Objective, Term};
use nearfar_image::{Channels, Encoded, Image, Size, TransferFunction};
use nearfar_kernels::{Axes, Border, Execution, Gaussian, InstructionSet, SeparableBlur};

use super::noise;

const FLOOR: f32 = 1e-6;
const AXES: [Axes; 4] = [Axes::Channels, Axes::Luma, Axes::Opponent, Axes::Green];
const EDGES: EdgeStop = EdgeStop { contrast: 0.2, floor: 0.1 };
/// Weights of pixels, details and far terms: each alone, then all.
const WEIGHTS: [[f64; 3]; 4] = [[0.3, 0.0, 0.0], [0.0, 0.7, 0.0], [0.0, 0.0, 1.0], [0.3, 0.7, 1.0]];

#[derive(Clone, Copy, Debug)]
struct Case {
    size: Size,
    channels: Channels,
    border: Border,
    transfer: TransferFunction,
    axes: Axes,
    edges: bool,
    masked: bool,
}

fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for (width, height) in [(1, 9), (9, 1), (1, 1), (5, 4), (23, 17)] {
        for channels in [Channels::Grey, Channels::Rgb] {
            for border in [Border::Zero, Border::Mirror] {
                for transfer in [TransferFunction::Identity, TransferFunction::Power22, TransferFunction::Srgb] {
                    for axes in AXES {
                        let size = Size::new(width, height).unwrap();
                        let odd = (cases.len() / 2) % 2 == 1;
                        cases.push(Case { size, channels, border, transfer, axes, edges: odd, masked: !odd });
                    }
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

    fn mask(&self) -> Option<Image<Encoded>> {
        self.masked.then(|| noise(self.size, Channels::Grey, 7))
    }

    fn edges(&self) -> Option<EdgeStop> {
        self.edges.then_some(EDGES)
    }

    /// An objective whose weights may be zero, with two far terms of different sigmas.
    fn objective<'a>(&self, near: &'a Image<Encoded>, [pixels, details, far]: [f64; 3]) -> Objective<'a> {
        let execution = Execution::single_threaded();
        let afar = |name: &'static str, sigma, seed| {
            let blur = SeparableBlur::new(self.size, &Gaussian::with_size(sigma, 7).unwrap().taps(), self.border);
            let eye = Eye { blur: FarBlur::Full(blur), transfer: self.transfer, axes: self.axes, light_floor: FLOOR };
            let mask = self.mask();
            Term::afar(name, far, self.channels, &self.picture(seed), eye, &execution).masked(mask)
        };
        Objective::new(vec![
            Term::pixels("pixels", pixels, near, self.axes, &execution).masked(self.mask()),
            Term::details("details", details, near, self.axes, self.edges(), &execution).masked(self.mask()),
            afar("afar", 1.5, 2),
            afar("farther", 2.5, 3),
        ])
    }

    /// The total in double precision, straight from the definition.
    fn naive_total(&self, [pixels, details, far]: [f64; 3], picture: &[f64]) -> f64 {
        let double = |image: Image<Encoded>| -> Vec<f64> { image.samples().iter().map(|&v| f64::from(v)).collect() };
        let mask = self.mask().map_or(vec![1.0; self.size.area()], double);
        let target = double(self.picture(1));
        let squares = |a: &[f64], b: &[f64], weights: &dyn Fn(usize) -> f64| -> f64 {
            a.iter().zip(b).enumerate().map(|(i, (a, b))| weights(i) * (a - b).powi(2)).sum()
        };
        let of_mask = |i: usize| mask[i % self.size.area()];
        let (found, wanted) = (self.projected(self.axes, picture), self.projected(self.axes, &target));
        let near = squares(&found, &wanted, &of_mask);
        let detail: f64 = [(1, 0), (0, 1)]
            .into_iter()
            .map(|step| {
                let (found, wanted) = (self.differences(step, &found), self.differences(step, &wanted));
                let edge = |i: usize| match self.edges() {
                    Some(EdgeStop { contrast, floor }) => {
                        floor + (1.0 - floor) / (1.0 + (wanted[i] / contrast).powi(2))
                    }
                    None => 1.0,
                };
                squares(&found, &wanted, &|i| of_mask(i) * edge(i))
            })
            .sum();
        // Light has no opponent colours.
        let axes = if self.axes == Axes::Opponent { Axes::Channels } else { self.axes };
        let seen = |sigma, picture: &[f64]| self.seen(sigma, axes, picture);
        let afar: f64 = [(1.5, 2), (2.5, 3)]
            .into_iter()
            .map(|(sigma, seed)| squares(&seen(sigma, picture), &seen(sigma, &double(self.picture(seed))), &of_mask))
            .sum();
        pixels * near + details * detail + far * afar
    }

    /// A picture along colour axes, as BT.709 defines them.
    fn projected(&self, axes: Axes, picture: &[f64]) -> Vec<f64> {
        let area = self.size.area();
        if self.channels == Channels::Grey {
            return if axes == Axes::Opponent { Vec::new() } else { picture.to_vec() };
        }
        let luma = |i: usize| 0.2126 * picture[i] + 0.7152 * picture[area + i] + 0.0722 * picture[2 * area + i];
        match axes {
            Axes::Channels => picture.to_vec(),
            Axes::Luma => (0..area).map(luma).collect(),
            Axes::Red => picture[..area].to_vec(),
            Axes::Green => picture[area..2 * area].to_vec(),
            Axes::Blue => picture[2 * area..].to_vec(),
            Axes::Opponent => {
                let blue = (0..area).map(|i| (picture[2 * area + i] - luma(i)) / 1.8556);
                blue.chain((0..area).map(|i| (picture[i] - luma(i)) / 1.5748)).collect()
            }
        }
    }

    /// Differences to the neighbour `step` away, none across the edge.
    fn differences(&self, (dx, dy): (usize, usize), picture: &[f64]) -> Vec<f64> {
        let (width, height) = (self.size.width(), self.size.height());
        let at = |i: usize| {
            let (x, y) = (i % width + dx, i / width % height + dy);
            if x < width && y < height { picture[i + dx + dy * width] - picture[i] } else { 0.0 }
        };
        (0..picture.len()).map(at).collect()
    }

    fn seen(&self, sigma: f64, axes: Axes, picture: &[f64]) -> Vec<f64> {
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
        let light: Vec<f64> = picture.iter().map(|&v| decode(v)).collect();
        let mut seen = Vec::new();
        for plane in self.projected(axes, &light).chunks(self.size.area()) {
            for y in 0..height {
                for x in 0..width {
                    let mut light = 0.0;
                    for (j, wy) in (-3..=3).zip(&weights) {
                        for (i, wx) in (-3..=3).zip(&weights) {
                            let column = self.border.source(x + i, width as usize);
                            let row = self.border.source(y + j, height as usize);
                            if let (Some(column), Some(row)) = (column, row) {
                                light += wx * wy / (sum * sum) * plane[row * width as usize + column];
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

fn evaluate(objective: &Objective<'_>, picture: &Image<Encoded>, execution: &Execution) -> (f64, Image<Encoded>) {
    let mut gradient = Image::filled(picture.size(), picture.channels(), f32::NAN);
    let losses = objective.evaluate(execution, picture, &mut gradient, &mut objective.workspace(execution));
    (losses.total, gradient)
}

#[test]
fn total_equals_its_definition() {
    for case in cases() {
        let picture = case.picture(9);
        let double: Vec<f64> = picture.samples().iter().map(|&v| f64::from(v)).collect();
        for weights in WEIGHTS {
            let near = case.picture(1);
            let (found, _) = evaluate(&case.objective(&near, weights), &picture, &Execution::single_threaded());
            let expected = case.naive_total(weights, &double);
            assert!((found - expected).abs() <= 3e-6 * expected + 2e-7, "{case:?}: {found} {expected}");
        }
    }
}

/// Each term alone and their sum, against central differences of the double-precision definition, on every instruction set.
#[test]
fn gradient_equals_central_differences() {
    for case in cases() {
        let picture = case.picture(9);
        let double: Vec<f64> = picture.samples().iter().map(|&v| f64::from(v)).collect();
        for weights in WEIGHTS {
            let near = case.picture(1);
            let objective = case.objective(&near, weights);
            let gradients: Vec<_> = InstructionSet::ALL
                .into_iter()
                .filter_map(|set| Execution::single_threaded().with_instructions(set).ok())
                .map(|execution| evaluate(&objective, &picture, &execution).1)
                .collect();
            for i in (0..double.len()).step_by(1 + double.len() / 7) {
                let step = 1e-5;
                let at = |d: f64| {
                    let mut moved = double.clone();
                    moved[i] += d;
                    case.naive_total(weights, &moved)
                };
                let expected = (at(step) - at(-step)) / (2.0 * step);
                for gradient in &gradients {
                    let found = f64::from(gradient.samples()[i]);
                    assert!(
                        (found - expected).abs() < 2e-5 * expected.abs().max(0.1),
                        "{case:?} weights {weights:?}, sample {i}: {found}, not {expected}",
                    );
                }
            }
        }
    }
}
