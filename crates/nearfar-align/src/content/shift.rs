//! Shift by normalised correlation over the overlap (Padfield, "Masked object registration in the Fourier domain", IEEE
//! TIP 2012): it accounts for where the pictures end, which plain phase correlation does not.

use nearfar_image::{Plane, Point};

use crate::Similarity;

use super::{
    log_polar::Guess,
    sample::read,
    spectrum::{Spectrum, SquareFft, signed},
};

/// The smallest part of the smaller picture that must be in the overlap.
const MIN_OVERLAP: f32 = 0.35;

/// The near picture, prepared for comparison with many rotated and scaled far pictures.
pub(super) struct ShiftFinder<'a> {
    fft: &'a SquareFft,
    middle: Point,
    mask: Spectrum,
    values: Spectrum,
    squares: Spectrum,
    area: f32,
}

/// A guess with its best shift.
#[derive(Clone, Copy, Debug)]
pub(super) struct Placed {
    /// From near pixels to far pixels.
    pub(super) map: Similarity,
    /// Normalised correlation over the overlap, in `[-1, 1]`.
    pub(super) correlation: f32,
}

impl<'a> ShiftFinder<'a> {
    /// The near picture's sides must be at most half of the transform's.
    pub(super) fn new(fft: &'a SquareFft, near: Plane<'_>) -> Self {
        let side = fft.side();
        let mut values = vec![0.0; side * side];
        let mut mask = values.clone();
        for (y, row) in near.rows().enumerate() {
            values[y * side..][..row.len()].copy_from_slice(row);
            mask[y * side..][..row.len()].fill(1.0);
        }
        let squares: Vec<f32> = values.iter().map(|v| v * v).collect();
        let [mask, values] = fft.forward_pair(&mask, &values);
        let [squares, _] = fft.forward_pair(&squares, &squares);
        let size = near.size();
        Self { fft, middle: size.middle(), mask, values, squares, area: size.area() as f32 }
    }

    /// The best shift of the far picture, rotated and scaled by a guess.
    pub(super) fn place(&self, far: Plane<'_>, guess: Guess) -> Option<Placed> {
        let side = self.fft.side();
        let canvas_middle = Point::new(0.5 * (side - 1) as f64, 0.5 * (side - 1) as f64);
        let turn = Similarity::about(canvas_middle, far.size().middle(), guess.scale, guess.radians);
        let mut values = vec![0.0; side * side];
        let mut mask = values.clone();
        for i in 0..side * side {
            if let Some(v) = read(far, turn.apply(Point::new((i % side) as f64, (i / side) as f64))) {
                values[i] = v;
                mask[i] = 1.0;
            }
        }
        let squares: Vec<f32> = values.iter().map(|v| v * v).collect();
        let far_area: f32 = mask.iter().sum();
        let [far_mask, far_values] = self.fft.forward_pair(&mask, &values);
        let [far_squares, _] = self.fft.forward_pair(&squares, &squares);
        let counts_products = self.fft.correlate_pair((&self.mask, &far_mask), (&self.values, &far_values));
        let sums = self.fft.correlate_pair((&self.values, &far_mask), (&self.mask, &far_values));
        let square_sums = self.fft.correlate_pair((&self.squares, &far_mask), (&self.mask, &far_squares));
        let unit = 1.0 / (side * side) as f32;
        let least = MIN_OVERLAP * self.area.min(far_area);
        let mut best: Option<(usize, f32)> = None;
        for i in 0..side * side {
            let count = counts_products[i].re * unit;
            if count < least.max(16.0) {
                continue;
            }
            let (near_sum, far_sum) = (sums[i].re * unit, sums[i].im * unit);
            let product = counts_products[i].im * unit - near_sum * far_sum / count;
            let near_square = square_sums[i].re * unit - near_sum * near_sum / count;
            let far_square = square_sums[i].im * unit - far_sum * far_sum / count;
            let energy = near_square.max(0.0) * far_square.max(0.0);
            let correlation = if energy > 0.0 { product / energy.sqrt() } else { 0.0 };
            if best.is_none_or(|(_, c)| correlation > c) {
                best = Some((i, correlation));
            }
        }
        let (i, correlation) = best?;
        // Near pixel p corresponds to canvas pixel p + s. Shifts wrap around where the near picture, which begins at
        // the canvas' corner, would leave the canvas on the left or at the top.
        let shift = |i: usize, middle: f64| {
            let s = signed(i, side);
            // The near picture's centre stays within the canvas.
            if s + middle < 0.0 { s + side as f64 } else { s }
        };
        let at =
            Point::new(self.middle.x + shift(i % side, self.middle.x), self.middle.y + shift(i / side, self.middle.y));
        let map = Similarity::about(self.middle, turn.apply(at), guess.scale, guess.radians);
        Some(Placed { map, correlation })
    }
}
