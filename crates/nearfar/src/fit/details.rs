//! Where a picture has details, which hide another picture up close.

use nearfar_image::{Encoded, Image, Point, Size};
use nearfar_kernels::{Execution, halved};

/// Details are measured in a copy whose longer side has this many pixels, or up to twice as many.
const SIDE: usize = 256;
/// Blocks along each side of the map.
const BLOCKS: usize = 16;
/// Blocks along the side of a patch, the unit of the test of whether details are everywhere.
const PATCH: usize = 2;
/// Contrast of the quietest tenth of the patches, relative to the mean, from which on details count as being everywhere.
/// Bricks, grass, gravel and a wall of doors have 0.72 to 0.92, a street, a river and a garden 0.49 to 0.55; lighthouses,
/// parrots, a plane and a cat 0.02 to 0.40.
const LEAST_QUIET: f64 = 0.5;

/// A map of a picture's contrast between neighbouring pixels.
pub(super) struct Details {
    /// Mean squared difference in each block, row by row.
    energies: Vec<f64>,
    size: Size,
}

impl Details {
    /// The map of a picture; `None` if the picture is too small.
    pub(super) fn of(picture: &Image<Encoded>, execution: &Execution) -> Option<Self> {
        let mut small = None;
        loop {
            let last = small.as_ref().unwrap_or(picture);
            if last.size().longer_side() < 2 * SIDE {
                break;
            }
            small = Some(halved(last, execution));
        }
        let small = small.as_ref().unwrap_or(picture);
        // Green contributes most to luminance and is enough to locate details.
        let (plane, size) = (small.plane(small.channels().count() / 2), small.size());
        if size.shorter_side() < 2 * BLOCKS {
            return None;
        }
        let mut blocks = vec![(0.0, 0_usize); BLOCKS * BLOCKS];
        for y in 0..size.height() - 1 {
            let (row, below) = (plane.row(y), plane.row(y + 1));
            for x in 0..size.width() - 1 {
                let (sum, count) = &mut blocks[y * BLOCKS / size.height() * BLOCKS + x * BLOCKS / size.width()];
                *sum += f64::from((row[x + 1] - row[x]).powi(2) + (below[x] - row[x]).powi(2));
                *count += 1;
            }
        }
        let energies = blocks.into_iter().map(|(sum, count)| sum / count as f64).collect();
        Some(Self { energies, size: picture.size() })
    }

    /// Whether details are everywhere, as in a texture or a crowded scene, but not in a picture of an object before a
    /// background. A face is then hidden wherever it lies.
    pub(super) fn are_everywhere(&self) -> bool {
        let corners = || (0..BLOCKS).step_by(PATCH);
        let patch = |x: usize, y: usize| {
            let rows = (y..y + PATCH).flat_map(|y| &self.energies[y * BLOCKS + x..][..PATCH]);
            (rows.sum::<f64>() / (PATCH * PATCH) as f64).sqrt()
        };
        let mut contrasts: Vec<f64> = corners().flat_map(|y| corners().map(move |x| patch(x, y))).collect();
        contrasts.sort_by(f64::total_cmp);
        let mean = contrasts.iter().sum::<f64>() / contrasts.len() as f64;
        contrasts[contrasts.len() / 10] > LEAST_QUIET * mean
    }

    /// How much of a disc the details hide: 1 if all of it lies on at least the picture's average contrast, 0 if it lies on
    /// none. Centre and radius are in pixels of the picture.
    pub(super) fn hide(&self, middle: Point, radius: f64) -> f64 {
        let mean = self.energies.iter().map(|energy| energy.sqrt()).sum::<f64>() / self.energies.len() as f64;
        let side = |length: usize| length as f64 / BLOCKS as f64;
        let (width, height) = (side(self.size.width()), side(self.size.height()));
        let place = |block: usize| {
            Point::new(width * ((block % BLOCKS) as f64 + 0.5) - 0.5, height * ((block / BLOCKS) as f64 + 0.5) - 0.5)
        };
        let within = self.energies.iter().enumerate().filter(|(block, _)| place(*block).distance(middle) <= radius);
        let (sum, count) =
            within.fold((0.0, 0_usize), |(sum, count), (_, energy)| (sum + energy.sqrt().min(mean), count + 1));
        if count == 0 || mean == 0.0 { 0.0 } else { sum / (mean * count as f64) }
    }
}
