//! Integral images: sums over any rectangle in four reads (Crow 1984; Viola and Jones 2001).

use crate::view::Grey;

/// For every pixel, the sums of the values and of their squares over all pixels above and to the left.
pub(super) struct Integral {
    /// Samples in a row: one more than the picture's.
    stride: usize,
    sums: Vec<u32>,
    squares: Vec<u64>,
}

impl Integral {
    /// Grey values are rounded to integers, so that sums are exact.
    pub(super) fn new(picture: &Grey) -> Self {
        let stride = picture.width + 1;
        let length = stride * (picture.height + 1);
        let (mut sums, mut squares) = (vec![0_u32; length], vec![0_u64; length]);
        for (y, row) in picture.samples.chunks_exact(picture.width).enumerate() {
            let (mut sum, mut square) = (0_u32, 0_u64);
            for (x, &v) in row.iter().enumerate() {
                let v = v.round().clamp(0.0, 255.0) as u32;
                sum += v;
                square += u64::from(v * v);
                let (above, here) = (y * stride + x + 1, (y + 1) * stride + x + 1);
                // Wrapped sums still have the right differences.
                sums[here] = sums[above].wrapping_add(sum);
                squares[here] = squares[above] + square;
            }
        }
        Self { stride, sums, squares }
    }

    /// Offsets of the sums at a rectangle's corners, relative to the pixel that its position is counted from: top left,
    /// top right, bottom left, bottom right.
    pub(super) fn corners(picture_width: usize, x: usize, y: usize, width: usize, height: usize) -> [u32; 4] {
        let stride = picture_width + 1;
        let (top, bottom) = (y * stride + x, (y + height) * stride + x);
        [top, top + width, bottom, bottom + width].map(|place| place as u32)
    }

    pub(super) fn index(&self, x: usize, y: usize) -> usize {
        y * self.stride + x
    }

    /// Sum over a rectangle of at most 8 million pixels.
    #[inline]
    pub(super) fn sum(&self, at: usize, corners: &[u32; 4]) -> i32 {
        let sums = &self.sums[at..];
        let [a, b, c, d] = corners.map(|corner| sums[corner as usize]);
        d.wrapping_add(a).wrapping_sub(b).wrapping_sub(c).cast_signed()
    }

    /// Standard deviation of the pixels in a rectangle.
    pub(super) fn deviation(&self, at: usize, corners: &[u32; 4], area: usize) -> f32 {
        let [a, b, c, d] = corners.map(|corner| self.squares[at + corner as usize]);
        let mean = f64::from(self.sum(at, corners)) / area as f64;
        // Exact: the differences are integers far below 2^53.
        let square = ((d + a) - (b + c)) as f64 / area as f64;
        (square - mean * mean).max(0.0).sqrt() as f32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integral_sums_every_rectangle() {
        let (width, height) = (5, 4);
        let value = |x: usize, y: usize| ((37 * x + 101 * y + 13 * x * y) % 256) as f64;
        let samples = (0..height).flat_map(|y| (0..width).map(move |x| value(x, y) as f32)).collect();
        let integral = Integral::new(&Grey { width, height, samples });
        for (y0, y1) in (0..height).flat_map(|a| (a + 1..=height).map(move |b| (a, b))) {
            for (x0, x1) in (0..width).flat_map(|a| (a + 1..=width).map(move |b| (a, b))) {
                let pixels: Vec<_> = (y0..y1).flat_map(|y| (x0..x1).map(move |x| value(x, y))).collect();
                let mean = pixels.iter().sum::<f64>() / pixels.len() as f64;
                let variance = pixels.iter().map(|v| (v - mean).powi(2)).sum::<f64>() / pixels.len() as f64;
                // Counted from the corner of the picture, and from the pixel at which the rectangle begins.
                let corners = Integral::corners(width, x0, y0, x1 - x0, y1 - y0);
                assert_eq!(integral.sum(0, &corners), pixels.iter().map(|v| *v as i32).sum::<i32>());
                let corners = Integral::corners(width, 0, 0, x1 - x0, y1 - y0);
                let deviation = integral.deviation(integral.index(x0, y0), &corners, pixels.len());
                assert!((f64::from(deviation) - variance.sqrt()).abs() < 1e-4);
            }
        }
    }
}
