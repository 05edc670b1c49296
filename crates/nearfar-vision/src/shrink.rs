//! Shrinking pictures as an eye would: by averaging light.

use std::ops::Range;

use nearfar_image::{Encoded, Image, Linear, Plane, Size};
use nearfar_kernels::{Execution, InstructionSet};

use crate::{VisionError, light};

/// The picture at a smaller size: every new pixel has the mean light of the area that it covers, so that a checkerboard
/// of black and white becomes sRGB 188, as it looks, rather than 127. Partly covered pixels count in part.
///
/// # Errors
///
/// [`VisionError::NotSmaller`] if either side would grow.
pub fn shrink(picture: &Image<Encoded>, to: Size) -> Result<Image<Encoded>, VisionError> {
    shrink_on(&Execution::single_threaded(), picture, to)
}

/// [`shrink`] on the threads of `execution`, for large pictures. It uses only instructions that every processor has, so
/// that the result is the same everywhere.
///
/// # Errors
///
/// As [`shrink`].
pub fn shrink_on(execution: &Execution, picture: &Image<Encoded>, to: Size) -> Result<Image<Encoded>, VisionError> {
    let from = picture.size();
    if to.width() > from.width() || to.height() > from.height() {
        return Err(VisionError::NotSmaller { from, to });
    }
    if to == from {
        return Ok(picture.clone());
    }
    let execution = execution.clone().with_instructions(InstructionSet::Baseline);
    let execution = execution.expect("every processor has the baseline");
    let columns = coverage(from.width(), to.width());
    let rows = coverage(from.height(), to.height());
    let mut small = Image::<Linear>::filled(to, picture.channels(), 0.0);
    let height = execution.rows_per_strip(to.height());
    let strips = picture
        .planes()
        .zip(small.planes_mut())
        .flat_map(|(source, target)| target.into_strips(height).map(move |(first, strip)| (source, first, strip)));
    execution.for_each(strips.collect(), |(source, first, strip): (Plane<'_>, usize, &mut [f32])| {
        let (mut light, mut magnitudes) = (vec![0.0; from.width()], vec![0.0; from.width()]);
        // A source row that straddles the border between two target rows belongs to both.
        let mut decoded = None;
        for (target, (covered, weights)) in strip.chunks_exact_mut(to.width()).zip(&rows[first..]) {
            for (y, &weight) in covered.clone().zip(weights) {
                if decoded.replace(y) != Some(y) {
                    light::decode_row(&execution, source.row(y), &mut light, &mut magnitudes);
                }
                for (target, (covered, weights)) in target.iter_mut().zip(&columns) {
                    let mean: f32 = light[covered.clone()].iter().zip(weights).map(|(light, w)| light * w).sum();
                    *target += weight * mean;
                }
            }
        }
    });
    Ok(light::encode(&execution, &small))
}

/// For each of `to` places, the range of `from` samples that it covers, with weights whose sum is 1.
fn coverage(from: usize, to: usize) -> Vec<(Range<usize>, Vec<f32>)> {
    // In units of 1 / to of a sample every edge is an integer.
    let place = |i: usize| {
        let (start, end) = (i * from, (i + 1) * from);
        let samples = start / to..end.div_ceil(to);
        let part = |j: usize| end.min((j + 1) * to) - start.max(j * to);
        (samples.clone(), samples.map(|j| (part(j) as f64 / from as f64) as f32).collect())
    };
    (0..to).map(place).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn coverage_sums_to_one_and_counts_every_sample_alike() {
        for (from, to) in [(7, 3), (8, 4), (5, 5), (3, 1), (1, 1), (100, 99)] {
            let mut counts = vec![0.0; from];
            for (samples, weights) in coverage(from, to) {
                assert!((weights.iter().sum::<f32>() - 1.0).abs() < 1e-6, "{from} to {to}");
                samples.zip(weights).for_each(|(j, w)| counts[j] += w);
            }
            let expected = to as f32 / from as f32;
            assert!(counts.iter().all(|c| (c - expected).abs() < 1e-6), "{from} to {to}: {counts:?}");
        }
    }
}
