//! Whether a picture has details everywhere: a texture or a crowded scene, rather than a thing before a background.

use nearfar_image::{Encoded, Image};
use nearfar_kernels::{Execution, halved};

/// Details are looked for at this longer side, in pixels, or up to twice it.
const SIDE: usize = 256;
/// Blocks along each side.
const BLOCKS: usize = 8;
/// Contrast of the quietest tenth of the blocks as a share of the mean. Bricks, grass, gravel, a wall of doors have 0.72 to
/// 0.92, a street, a river and a garden 0.49 to 0.55; lighthouses, parrots, a plane, a cat 0.02 to 0.40.
const LEAST_QUIET: f64 = 0.5;

/// Whether the details of a picture are everywhere, so that whatever lies under them is hidden up close.
pub(super) fn has_details_everywhere(picture: &Image<Encoded>, execution: &Execution) -> bool {
    let mut small = None;
    loop {
        let last = small.as_ref().unwrap_or(picture);
        if last.size().longer_side() < 2 * SIDE {
            break;
        }
        small = Some(halved(last, execution));
    }
    let small = small.as_ref().unwrap_or(picture);
    // Green, of which light is mostly made, is enough to see where details are.
    let (plane, size) = (small.plane(small.channels().count() / 2), small.size());
    if size.shorter_side() < 2 * BLOCKS {
        return false;
    }
    let mut blocks = [(0.0, 0_usize); BLOCKS * BLOCKS];
    for y in 0..size.height() - 1 {
        let (row, below) = (plane.row(y), plane.row(y + 1));
        for x in 0..size.width() - 1 {
            let (sum, count) = &mut blocks[y * BLOCKS / size.height() * BLOCKS + x * BLOCKS / size.width()];
            *sum += f64::from((row[x + 1] - row[x]).powi(2) + (below[x] - row[x]).powi(2));
            *count += 1;
        }
    }
    let mut contrasts = blocks.map(|(sum, count)| (sum / count as f64).sqrt());
    contrasts.sort_by(f64::total_cmp);
    let mean = contrasts.iter().sum::<f64>() / contrasts.len() as f64;
    contrasts[contrasts.len() / 10] > LEAST_QUIET * mean
}
