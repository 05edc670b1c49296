//! Feature planes and the operations of a small network on them.

use fearless_simd::dispatch;
use nearfar_kernels::Execution;

use super::weights::Convolution;

/// Planes of `f32`, one after another, row after row.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Features {
    pub(super) width: usize,
    pub(super) height: usize,
    pub(super) samples: Vec<f32>,
}

impl Features {
    pub(super) fn area(&self) -> usize {
        self.width * self.height
    }

    pub(super) fn planes(&self) -> impl ExactSizeIterator<Item = &[f32]> {
        self.samples.chunks_exact(self.area())
    }

    /// The maximum of every 2 x 2 samples. Both sides are even.
    pub(super) fn max_pool(&self) -> Self {
        let mut samples = Vec::with_capacity(self.samples.len() / 4);
        for rows in self.samples.chunks_exact(2 * self.width) {
            let (above, below) = rows.split_at(self.width);
            let columns = above.as_chunks::<2>().0.iter().zip(below.as_chunks::<2>().0);
            samples.extend(columns.map(|(a, b)| a[0].max(a[1]).max(b[0].max(b[1]))));
        }
        Self { width: self.width / 2, height: self.height / 2, samples }
    }

    /// Adds planes of half the width and height, each sample to the corresponding 2 x 2 samples.
    pub(super) fn add_doubled(mut self, coarse: &Self) -> Self {
        for (y, row) in self.samples.chunks_exact_mut(self.width).enumerate() {
            let from = &coarse.samples[y / 2 * coarse.width..][..coarse.width];
            for (two, &v) in row.as_chunks_mut::<2>().0.iter_mut().zip(from) {
                two[0] += v;
                two[1] += v;
            }
        }
        self
    }

    /// The input of a 3 x 3 convolution of stride 2: the 9 neighbours of every second sample of every second row, each
    /// as a plane of its own, zero outside. Both sides are even.
    pub(super) fn neighbours_of_every_second(&self) -> Self {
        let (width, height) = (self.width / 2, self.height / 2);
        let mut samples = Vec::with_capacity(9 * self.samples.len() / 4);
        for plane in self.planes() {
            for (dy, dx) in (0..3).flat_map(|dy| (0..3).map(move |dx| (dy, dx))) {
                for y in 0..height {
                    // One row and one column of zeros precede the first.
                    let Some(row) = (2 * y + dy).checked_sub(1) else {
                        samples.extend(std::iter::repeat_n(0.0, width));
                        continue;
                    };
                    let row = &plane[row * self.width..][..self.width];
                    match dx {
                        0 => {
                            samples.push(0.0);
                            samples.extend(row[1..self.width - 1].iter().step_by(2));
                        }
                        _ => samples.extend(row[dx - 1..].iter().step_by(2)),
                    }
                }
            }
        }
        Self { width, height, samples }
    }
}

/// A 1 x 1 convolution: every output plane is a weighted sum of all input planes.
#[derive(Clone, Debug)]
pub(super) struct Pointwise {
    inputs: usize,
    weights: Vec<f32>,
    biases: Vec<f32>,
}

/// Output planes that are computed together: each sample that is read serves all of them.
const GROUP: usize = 4;

/// Samples of a row that are computed together.
const LANES: usize = 8;

impl Pointwise {
    /// Kernels of more than one sample are treated as more inputs.
    pub(super) fn new(Convolution { weights, biases }: Convolution) -> Self {
        Self { inputs: weights.len() / biases.len(), weights, biases }
    }

    pub(super) fn outputs(&self) -> usize {
        self.biases.len()
    }

    /// One layer with the outputs of several layers in sequence.
    pub(super) fn stacked(layers: &[&Self]) -> Self {
        let weights = layers.iter().flat_map(|layer| &layer.weights).copied().collect();
        let biases = layers.iter().flat_map(|layer| &layer.biases).copied().collect();
        Self { inputs: layers[0].inputs, weights, biases }
    }

    /// Up to [`GROUP`] output planes, from `first` on. Plain loops, which the compiler vectorises for the instructions
    /// that the caller dispatched to; sums do not depend on these.
    #[inline(always)]
    fn planes(&self, input: &Features, first: usize, planes: &mut [f32]) {
        let area = input.area();
        let count = planes.len() / area;
        // A group that is not full repeats its last plane, which costs less than a loop of unknown length.
        let lane = |k: usize| (first + k.min(count - 1)) * self.inputs;
        let weights: Vec<[f32; GROUP]> =
            (0..self.inputs).map(|i| std::array::from_fn(|k| self.weights[lane(k) + i])).collect();
        let biases: [f32; GROUP] = std::array::from_fn(|k| self.biases[first + k.min(count - 1)]);

        let mut at = 0;
        while at + LANES <= area {
            store(&tile::<LANES>(input, &weights, &biases, at), planes, area, at);
            at += LANES;
        }
        for at in at..area {
            store(&tile::<1>(input, &weights, &biases, at), planes, area, at);
        }
    }
}

#[inline(always)]
fn store<const N: usize>(sums: &[[f32; N]; GROUP], planes: &mut [f32], area: usize, at: usize) {
    for (plane, sums) in planes.chunks_exact_mut(area).zip(sums) {
        plane[at..at + N].copy_from_slice(sums);
    }
}

/// `N` samples, from `at` on, of a group of output planes; the sums stay in registers.
#[inline(always)]
fn tile<const N: usize>(
    input: &Features,
    weights: &[[f32; GROUP]],
    biases: &[f32; GROUP],
    at: usize,
) -> [[f32; N]; GROUP] {
    let mut sums = biases.map(|bias| [bias; N]);
    for (plane, weights) in input.planes().zip(weights) {
        let samples: &[f32; N] = plane[at..].first_chunk().expect("a tile lies inside its plane");
        for (sums, weight) in sums.iter_mut().zip(weights) {
            for (sum, sample) in sums.iter_mut().zip(samples) {
                *sum += weight * sample;
            }
        }
    }
    sums
}

/// The network's only building block: a [`Pointwise`] convolution followed by a depthwise 3 x 3 convolution.
#[derive(Clone, Debug)]
pub(super) struct Separable {
    pointwise: Pointwise,
    kernels: Vec<[f32; 9]>,
    biases: Vec<f32>,
}

impl Separable {
    pub(super) fn new(pointwise: Pointwise, depthwise: Convolution) -> Self {
        let (kernels, []) = depthwise.weights.as_chunks() else { unreachable!("a plane has nine weights") };
        Self { pointwise, kernels: kernels.to_vec(), biases: depthwise.biases }
    }

    pub(super) fn outputs(&self) -> usize {
        self.pointwise.outputs()
    }

    /// One block with the outputs of several blocks in sequence.
    pub(super) fn stacked(blocks: &[&Self]) -> Self {
        let pointwise: Vec<_> = blocks.iter().map(|block| &block.pointwise).collect();
        Self {
            pointwise: Pointwise::stacked(&pointwise),
            kernels: blocks.iter().flat_map(|block| &block.kernels).copied().collect(),
            biases: blocks.iter().flat_map(|block| &block.biases).copied().collect(),
        }
    }

    /// The output planes. Groups of them are independent and may run on several threads.
    pub(super) fn apply(&self, input: &Features, execution: &Execution) -> Features {
        let area = input.area();
        let mut samples = vec![0.0; self.outputs() * area];
        execution.for_each(samples.chunks_mut(GROUP * area).enumerate().collect(), |(group, planes)| {
            let mut mixed = vec![0.0; planes.len()];
            let first = group * GROUP;
            dispatch!(execution.level(), _simd => {
                self.pointwise.planes(input, first, &mut mixed);
                for (k, (mixed, plane)) in mixed.chunks_exact(area).zip(planes.chunks_exact_mut(area)).enumerate() {
                    filter(mixed, input.width, &self.kernels[first + k], self.biases[first + k], plane);
                }
            });
        });
        Features { width: input.width, height: input.height, samples }
    }

    /// The output planes after a rectifier (negative samples become zero).
    pub(super) fn apply_rectified(&self, input: &Features, execution: &Execution) -> Features {
        let mut output = self.apply(input, execution);
        rectify(&mut output.samples);
        output
    }
}

impl Pointwise {
    /// The output planes after a rectifier (negative samples become zero).
    pub(super) fn apply_rectified(&self, input: &Features, execution: &Execution) -> Features {
        let area = input.area();
        let mut samples = vec![0.0; self.outputs() * area];
        execution.for_each(samples.chunks_mut(GROUP * area).enumerate().collect(), |(group, planes)| {
            dispatch!(execution.level(), _simd => self.planes(input, group * GROUP, planes));
            rectify(planes);
        });
        Features { width: input.width, height: input.height, samples }
    }
}

fn rectify(samples: &mut [f32]) {
    for v in samples {
        *v = v.max(0.0);
    }
}

/// A 3 x 3 convolution of one plane, zero outside.
#[inline(always)]
fn filter(plane: &[f32], width: usize, kernel: &[f32; 9], bias: f32, output: &mut [f32]) {
    for (y, target) in output.chunks_exact_mut(width).enumerate() {
        target.fill(bias);
        for (dy, weights) in kernel.as_chunks::<3>().0.iter().enumerate() {
            let Some(source) = (y + dy).checked_sub(1).and_then(|row| plane.get(row * width..(row + 1) * width)) else {
                continue;
            };
            for (sum, v) in target.iter_mut().zip(source) {
                *sum += weights[1] * v;
            }
            for (sum, v) in target[1..].iter_mut().zip(source) {
                *sum += weights[0] * v;
            }
            for (sum, v) in target.iter_mut().zip(&source[1..]) {
                *sum += weights[2] * v;
            }
        }
    }
}
