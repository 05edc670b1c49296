//! The term that wants the near picture's details: differences between neighbouring pixels.

use fearless_simd::{Level, Simd, SimdBase, SimdFloat, dispatch};
use nearfar_kernels::{
    Border,
    math::{load, store},
};

use crate::loss::VectorSum;

/// The rows that the detail of one row depends on: of a picture and of its target, each for every channel.
///
/// At the top and the bottom the neighbour beyond the edge is the row itself, so that the difference vanishes.
#[derive(Clone, Copy)]
pub(crate) struct Neighbours<'a, const C: usize> {
    pub(crate) above: [[&'a [f32]; C]; 2],
    pub(crate) here: [[&'a [f32]; C]; 2],
    pub(crate) below: [[&'a [f32]; C]; 2],
}

/// Adds the gradient of `|Dr|^2` to a row, where `r` is the residual `picture - target` and `D` takes the differences
/// to the right and the lower neighbour, and returns the loss of those of this row. Colours are weighed by `matrix`.
///
/// The gradient is `-2 M` times the discrete Laplacian of `r` with mirrored edges, times half of `slope`. `line` holds
/// the residual of this row for each channel, padded by one sample on either side.
pub(crate) fn add_row<const C: usize>(
    level: Level,
    rows: Neighbours<'_, C>,
    matrix: &[[f32; C]; C],
    slope: f32,
    line: &mut [f32],
    gradient: [&mut [f32]; C],
) -> f64 {
    let padded = line.len() / C;
    let mut lines = line.chunks_exact_mut(padded);
    let lines: [&mut [f32]; C] = std::array::from_fn(|_| lines.next().expect("one line for each channel"));
    dispatch!(level, simd => add_row_with(simd, rows, matrix, slope, lines, gradient))
}

#[inline(always)]
fn add_row_with<S: Simd, const C: usize>(
    simd: S,
    rows: Neighbours<'_, C>,
    matrix: &[[f32; C]; C],
    slope: f32,
    mut lines: [&mut [f32]; C],
    gradient: [&mut [f32]; C],
) -> f64 {
    let width = gradient[0].len();
    for (c, line) in lines.iter_mut().enumerate() {
        for x in (0..width).step_by(S::f32s::LEN) {
            let residual = load(simd, rows.here[0][c], x) - load(simd, rows.here[1][c], x);
            store(simd, &mut line[1..=width], x, residual);
        }
        Border::Mirror.pad(line, 1);
    }
    let zero = S::f32s::splat(simd, 0.0);
    let mut sum = VectorSum::new(simd);
    for x in (0..width).step_by(S::f32s::LEN) {
        let (mut right, mut down, mut laplacian) = ([zero; C], [zero; C], [zero; C]);
        for c in 0..C {
            let residual = |[picture, target]: [[&[f32]; C]; 2]| load(simd, picture[c], x) - load(simd, target[c], x);
            let here = load(simd, lines[c], x + 1);
            right[c] = load(simd, lines[c], x + 2) - here;
            down[c] = residual(rows.below) - here;
            laplacian[c] = (here - load(simd, lines[c], x) - right[c]) + (here - residual(rows.above) - down[c]);
        }
        for i in 0..C {
            let (mut pull, mut along, mut across) = (zero, zero, zero);
            for j in 0..C {
                let m = S::f32s::splat(simd, matrix[i][j]);
                pull = laplacian[j].mul_add(m, pull);
                along = right[j].mul_add(m, along);
                across = down[j].mul_add(m, across);
            }
            let form = along * right[i] + across * down[i];
            sum.add([form], S::f32s::LEN.min(width - x));
            store(simd, gradient[i], x, pull.mul_add(S::f32s::splat(simd, slope), load(simd, gradient[i], x)));
        }
    }
    sum.finish()
}
