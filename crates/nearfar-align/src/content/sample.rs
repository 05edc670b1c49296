//! Sampling planes between pixels.

use nearfar_image::{Plane, Point};

/// The bilinearly interpolated value of a plane at a place; `None` outside the centres of its outermost pixels.
pub(super) fn read(plane: Plane<'_>, at: Point) -> Option<f32> {
    let size = plane.size();
    let inside = at.x >= 0.0 && at.y >= 0.0 && at.x < (size.width() - 1) as f64 && at.y < (size.height() - 1) as f64;
    inside.then(|| {
        let (x, y) = (at.x as usize, at.y as usize);
        let (fx, fy) = ((at.x - x as f64) as f32, (at.y - y as f64) as f32);
        let (above, below) = (&plane.row(y)[x..x + 2], &plane.row(y + 1)[x..x + 2]);
        let top = above[0] + (above[1] - above[0]) * fx;
        let bottom = below[0] + (below[1] - below[0]) * fx;
        top + (bottom - top) * fy
    })
}
