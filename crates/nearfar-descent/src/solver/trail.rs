//! The last few points of a run, from which L-BFGS infers the curvature.

use std::ops::Range;

use fearless_simd::{Simd, dispatch};
use nearfar_image::{Encoded, Image};
use nearfar_kernels::{
    Execution,
    sums::{CHUNK, dot_chunk, sum_chunk, update},
};

/// A picture and the gradient of the loss there.
pub(super) struct Point {
    pub(super) pixels: Image<Encoded>,
    pub(super) gradient: Image<Encoded>,
}

/// Points in the order in which they were visited, the oldest first. The differences between neighbours (steps and
/// changes of the gradient) are computed on the fly: nothing else is stored, and a pass reads each point once.
///
/// Sums run chunk by chunk, as in [`nearfar_kernels::sums`], so that no schedule changes a result.
pub(super) struct Trail {
    points: Vec<Point>,
    /// Whether a step has been taken since the start, or since the last reset: steps from a point to itself carry no
    /// information.
    remembers: bool,
}

/// Samples that stay in the innermost cache while several differences are computed.
const BLOCK: usize = 1024;

impl Point {
    /// A copy, made by all threads, since touching fresh memory is slow.
    fn copied(&self, execution: &Execution) -> Self {
        let copied = |image: &Image<Encoded>| {
            let mut copy = Image::filled(image.size(), image.channels(), 0.0);
            update(execution, copy.samples_mut(), [image.samples()], |_, [sample]| sample);
            copy
        };
        Self { pixels: copied(&self.pixels), gradient: copied(&self.gradient) }
    }

    fn block(&self, range: Range<usize>) -> [&[f32]; 2] {
        [&self.pixels.samples()[range.clone()], &self.gradient.samples()[range]]
    }
}

impl Trail {
    /// A trail of `steps` steps, at least one, that all start and end in `start`.
    pub(super) fn new(start: Point, steps: usize, execution: &Execution) -> Self {
        let mut points: Vec<_> = (0..steps).map(|_| start.copied(execution)).collect();
        points.push(start);
        Self { points, remembers: false }
    }

    /// The last point.
    pub(super) fn here(&self) -> &Point {
        self.points.last().expect("a trail has points")
    }

    /// The last point, dropping the others.
    pub(super) fn into_here(mut self) -> Point {
        self.points.pop().expect("a trail has points")
    }

    /// The slot of the next point to try, in place of the oldest, and the last point.
    pub(super) fn tried(&mut self) -> (&mut Point, &Point) {
        let (tried, others) = self.points.split_first_mut().expect("a trail has points");
        (tried, others.last().expect("a trail has a step"))
    }

    /// Makes the point that was tried the last one.
    pub(super) fn advance(&mut self) {
        self.points.rotate_left(1);
        self.remembers = true;
    }

    /// Whether there is a step to learn from.
    pub(super) fn remembers(&self) -> bool {
        self.remembers
    }

    /// Forgets all but the last point.
    pub(super) fn forget(&mut self) {
        self.remembers = false;
        let (here, others) = self.points.split_last_mut().expect("a trail has points");
        for point in others {
            point.pixels.samples_mut().copy_from_slice(here.pixels.samples());
            point.gradient.samples_mut().copy_from_slice(here.gradient.samples());
        }
    }

    /// Inner products of all pairs of `step, change` (from every point to the next, oldest first) and the last
    /// gradient, over those samples that are free to move from the last point.
    pub(super) fn products(&self, execution: &Execution) -> Vec<Vec<f64>> {
        let count = 2 * self.points.len() - 1;
        let length = self.here().pixels.samples().len();
        let mut partial = vec![0.0; length.div_ceil(CHUNK) * count * count];
        let tasks = partial.chunks_mut(count * count).zip((0..length).step_by(CHUNK)).collect();
        execution.for_each(tasks, |(partial, start)| {
            let mut vectors = vec![[0.0; BLOCK]; count];
            for start in (start..length.min(start + CHUNK)).step_by(BLOCK) {
                let range = start..length.min(start + BLOCK);
                dispatch!(execution.level(), simd => {
                    self.write_differences(range.clone(), &mut vectors);
                    add_products(simd, &vectors, range.len(), partial);
                });
            }
        });
        let product = |a: usize, b: usize| partial.chunks(count * count).map(|p| p[a.min(b) * count + a.max(b)]).sum();
        (0..count).map(|a| (0..count).map(|b| product(a, b)).collect()).collect()
    }

    /// Writes the vectors to be multiplied, with zeros for samples that are held.
    #[inline(always)]
    fn write_differences(&self, range: Range<usize>, vectors: &mut [[f32; BLOCK]]) {
        let [pixels, gradient] = self.here().block(range.clone());
        let mut mask = [0.0; BLOCK];
        for ((mask, &y), &slope) in mask.iter_mut().zip(pixels).zip(gradient) {
            *mask = free(y, slope);
        }
        for (pair, vectors) in self.points.windows(2).zip(vectors.chunks_exact_mut(2)) {
            let (from, to) = (pair[0].block(range.clone()), pair[1].block(range.clone()));
            for ((from, to), vector) in from.into_iter().zip(to).zip(vectors) {
                for (((v, &from), &to), &mask) in vector.iter_mut().zip(from).zip(to).zip(&mask) {
                    *v = mask * (to - from);
                }
            }
        }
        let last = vectors.last_mut().expect("the gradient is one of them");
        for ((v, &slope), &mask) in last.iter_mut().zip(gradient).zip(&mask) {
            *v = mask * slope;
        }
    }

    /// Writes the point to try: the last one less the sum of the differences (as in [`Self::products`]) with `weights`
    /// where samples are free to move, projected onto the box. Returns the decrease that the last gradient predicts,
    /// below 0.
    pub(super) fn aim(&mut self, execution: &Execution, weights: &[f64]) -> f64 {
        let weights: Vec<f32> = weights.iter().map(|&weight| weight as f32).collect();
        let (oldest, rest) = self.points.split_first_mut().expect("a trail has points");
        let length = oldest.pixels.samples().len();
        let mut predicted = vec![0.0; length.div_ceil(CHUNK)];
        let gradient = &oldest.gradient;
        let chunks = oldest.pixels.samples_mut().chunks_mut(CHUNK);
        let tasks = chunks.zip(&mut predicted).zip((0..length).step_by(CHUNK)).collect();
        let rest = &*rest;
        execution.for_each(tasks, |((chunk, predicted), start)| {
            for (target, start) in chunk.chunks_mut(BLOCK).zip((start..).step_by(BLOCK)) {
                let gradient = &gradient.samples()[start..start + target.len()];
                *predicted +=
                    dispatch!(execution.level(), simd => aim_block(simd, target, gradient, rest, start, &weights));
            }
        });
        predicted.iter().sum()
    }
}

/// 1 where a sample is free to move down the gradient, 0 where it is held at a bound.
#[inline(always)]
fn free(y: f32, slope: f32) -> f32 {
    if (y <= 0.0 && slope > 0.0) || (y >= 1.0 && slope < 0.0) { 0.0 } else { 1.0 }
}

/// Adds the upper triangle of the products of all pairs of `vectors`, each truncated to `length`.
#[inline(always)]
fn add_products<S: Simd>(simd: S, vectors: &[[f32; BLOCK]], length: usize, products: &mut [f64]) {
    for (a, row) in products.chunks_exact_mut(vectors.len()).enumerate() {
        for (product, b) in row[a..].iter_mut().zip(&vectors[a..]) {
            *product += dot_chunk(simd, &vectors[a][..length], &b[..length]);
        }
    }
}

/// [`Trail::aim`] for a block: `target` holds the oldest pixels, `gradient` the oldest gradient, `rest` all other points.
#[inline(always)]
fn aim_block<S: Simd>(
    simd: S,
    target: &mut [f32],
    gradient: &[f32],
    rest: &[Point],
    start: usize,
    weights: &[f32],
) -> f64 {
    let range = start..start + target.len();
    let mut downhill = [0.0; BLOCK];
    let downhill = &mut downhill[..target.len()];
    let mut from = [&*target, gradient];
    for (point, weights) in rest.iter().zip(weights.chunks_exact(2)) {
        let to = point.block(range.clone());
        for ((from, to), &weight) in from.into_iter().zip(to).zip(weights) {
            for ((d, &from), &to) in downhill.iter_mut().zip(from).zip(to) {
                *d += weight * (to - from);
            }
        }
        from = to;
    }
    let [pixels, gradient] = rest.last().expect("a trail has a step").block(range);
    let weight = weights.last().expect("the gradient has a weight");
    for (((target, &d), &y), &slope) in target.iter_mut().zip(&*downhill).zip(pixels).zip(gradient) {
        *target = (y - free(y, slope) * (d + weight * slope)).clamp(0.0, 1.0);
    }
    sum_chunk(simd, [target, pixels, gradient], &|[to, from, slope]| slope * (to - from))
}

#[cfg(test)]
mod tests {
    use nearfar_image::{Channels, Size};

    use super::*;

    /// A trail of three points of `length` samples, some of them on bounds.
    fn trail(length: usize) -> Trail {
        let image = |f: &dyn Fn(usize) -> f32| {
            Image::from_samples(Size::new(length, 1).unwrap(), Channels::Grey, (0..length).map(f).collect()).unwrap()
        };
        let point = |k: f32| Point {
            pixels: image(&|i| (0.5 + 0.7 * (i as f32 * (0.1 + 0.01 * k)).sin()).clamp(0.0, 1.0)),
            gradient: image(&|i| (i as f32 * 0.37 - k).cos()),
        };
        Trail { points: (0..3u8).map(|k| point(f32::from(k))).collect(), remembers: true }
    }

    /// `step, change, step, change, gradient` in double precision, with zeros for samples that are held.
    fn vectors(trail: &Trail) -> Vec<Vec<f64>> {
        let here = trail.here();
        let is_free = |i: usize| f64::from(free(here.pixels.samples()[i], here.gradient.samples()[i]));
        let samples = |image: &Image<Encoded>| -> Vec<f64> {
            image.samples().iter().enumerate().map(|(i, &v)| is_free(i) * f64::from(v)).collect()
        };
        let difference = |from, to| -> Vec<f64> { samples(to).iter().zip(samples(from)).map(|(b, a)| b - a).collect() };
        let pairs = trail.points.windows(2);
        let mut vectors: Vec<_> = pairs
            .flat_map(|p| [difference(&p[0].pixels, &p[1].pixels), difference(&p[0].gradient, &p[1].gradient)])
            .collect();
        vectors.push(samples(&here.gradient));
        vectors
    }

    #[test]
    fn products_and_aim_equal_their_definition() {
        let execution = Execution::with_threads(2).unwrap();
        for length in [1, 511, BLOCK + 1, CHUNK + 700] {
            let mut trail = trail(length);
            let vectors = vectors(&trail);
            let products = trail.products(&execution);
            for (a, row) in products.iter().enumerate() {
                for (b, &found) in row.iter().enumerate() {
                    let expected: f64 = vectors[a].iter().zip(&vectors[b]).map(|(a, b)| a * b).sum();
                    assert!((found - expected).abs() < 1e-6 * length as f64, "{a} {b}: {found}, not {expected}");
                }
            }
            let weights = [0.5, -0.25, 2.0, 0.125, 0.75];
            let predicted = trail.aim(&execution, &weights);
            let (tried, here) = trail.tried();
            let mut expected_gain = 0.0;
            for (i, &found) in tried.pixels.samples().iter().enumerate() {
                let downhill: f64 = vectors.iter().zip(weights).map(|(v, w)| w * v[i]).sum();
                let y = f64::from(here.pixels.samples()[i]);
                let expected = (y - downhill).clamp(0.0, 1.0);
                assert!((f64::from(found) - expected).abs() < 1e-6, "sample {i}: {found}, not {expected}");
                expected_gain += f64::from(here.gradient.samples()[i]) * (expected - y);
            }
            assert!((predicted - expected_gain).abs() < 1e-6 * length as f64);
        }
    }
}
