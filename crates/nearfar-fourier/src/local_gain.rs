//! Local gain: weakening details where they would leave the range.

use nearfar_image::{Encoded, Image, Size};
use nearfar_kernels::Execution;

use crate::range::strips;

/// Tiles along the shorter side of a picture: at 512 pixels, 8 pixels each, about a third of a cycle at the usual
/// cutoffs.
const TILES: usize = 64;

/// Adds `details` to `base`, weakened by a gain of at most 1 that is the same in all channels, so that the sum stays in
/// `[0, 1]`.
///
/// The gain is smooth and yet fits everywhere: each tile takes the smallest gain that any of its pixels needs; the
/// minimum over a tile and its neighbours is assigned to the tile's centre; gains are interpolated between centres. A
/// pixel's gain is thus a mean of four values, none of which exceeds what its own tile needs.
pub(crate) fn add(base: &mut Image<Encoded>, details: &Image<Encoded>, execution: &Execution) {
    let size = base.size();
    let side = size.shorter_side().div_ceil(TILES);
    let grid = Grid::new(size, side);
    let mut gains = vec![1.0f32; grid.columns * grid.rows];
    let jobs = strips(base, side).into_iter().zip(gains.chunks_mut(grid.columns)).collect();
    execution.for_each(jobs, |(strip, gains)| {
        for (channel, samples) in strip.channels.into_iter().enumerate() {
            let details = &details.plane(channel).samples()[strip.y * size.width()..];
            for (row, details) in samples.chunks_exact_mut(size.width()).zip(details.chunks_exact(size.width())) {
                for ((tile, details), gain) in row.chunks_mut(side).zip(details.chunks(side)).zip(&mut *gains) {
                    let needed = tile.iter_mut().zip(details).map(|(base, &detail)| {
                        // A response that rings may take the base itself out of range.
                        *base = base.clamp(0.0, 1.0);
                        gain_that_fits(*base, detail)
                    });
                    *gain = needed.fold(*gain, f32::min);
                }
            }
        }
    });
    let gains = grid.least_of_neighbours(&gains);
    execution.for_each(strips(base, side), |strip| {
        let height = strip.channels[0].len() / size.width();
        let mut line = vec![0.0; size.width()];
        let mut channels = strip.channels;
        for y in 0..height {
            grid.interpolate(&gains, strip.y + y, &mut line);
            for (channel, samples) in channels.iter_mut().enumerate() {
                let row = &mut samples[y * size.width()..][..size.width()];
                let details = details.plane(channel).row(strip.y + y);
                for ((base, &detail), &gain) in row.iter_mut().zip(details).zip(&line) {
                    *base += gain * detail;
                }
            }
        }
    });
}

/// The largest gain, at most 1, with which `base + gain * detail` lies in `[0, 1]`.
fn gain_that_fits(base: f32, detail: f32) -> f32 {
    let room = if detail > 0.0 { 1.0 - base } else { base };
    if detail.abs() > room { room / detail.abs() } else { 1.0 }
}

/// Square tiles over a picture; those at the right and bottom edges may be truncated.
#[derive(Clone, Copy)]
struct Grid {
    columns: usize,
    rows: usize,
    side: usize,
}

impl Grid {
    fn new(size: Size, side: usize) -> Self {
        Self { columns: size.width().div_ceil(side), rows: size.height().div_ceil(side), side }
    }

    fn least_of_neighbours(self, gains: &[f32]) -> Vec<f32> {
        let around = |i: usize, count: usize| i.saturating_sub(1)..(i + 2).min(count);
        let least = |column: usize, row: usize| {
            around(row, self.rows)
                .flat_map(|y| around(column, self.columns).map(move |x| gains[y * self.columns + x]))
                .fold(1.0, f32::min)
        };
        (0..self.rows).flat_map(|row| (0..self.columns).map(move |column| least(column, row))).collect()
    }

    /// Gains of the pixels of row `y`, interpolated linearly between tile centres.
    fn interpolate(self, gains: &[f32], y: usize, line: &mut [f32]) {
        let (above, below, down) = self.between(y, self.rows);
        for (x, gain) in line.iter_mut().enumerate() {
            let (left, right, along) = self.between(x, self.columns);
            let at = |row: usize| {
                let (a, b) = (gains[row * self.columns + left], gains[row * self.columns + right]);
                a + along * (b - a)
            };
            *gain = at(above) + down * (at(below) - at(above));
        }
    }

    /// The tiles whose centres lie before and after pixel `i`, and its fractional position between them.
    fn between(self, i: usize, count: usize) -> (usize, usize, f32) {
        let place = (i as f32 + 0.5) / self.side as f32 - 0.5;
        let before = place.max(0.0) as usize;
        (before.min(count - 1), (before + 1).min(count - 1), (place - before as f32).clamp(0.0, 1.0))
    }
}
