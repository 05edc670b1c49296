//! Fitting by size alone.

use nearfar_image::{Point, Size};

use crate::Similarity;

/// The far picture scaled to cover the near picture's frame, centre on centre; what protrudes is cropped.
#[must_use]
pub fn center_fit(near: Size, far: Size) -> Similarity {
    let scale = |near: usize, far: usize| far as f64 / near as f64;
    let scale = scale(near.width(), far.width()).min(scale(near.height(), far.height()));
    Similarity::about(near.middle(), far.middle(), scale, 0.0)
}

/// No scaling: centre on centre, shifted by whole pixels.
#[must_use]
pub fn center_shift(near: Size, far: Size) -> Similarity {
    let shift = |near: usize, far: usize| {
        let common = near.min(far);
        ((far - common) / 2) as f64 - ((near - common) / 2) as f64
    };
    let shift = Point::new(shift(near.width(), far.width()), shift(near.height(), far.height()));
    Similarity { shift, ..Similarity::IDENTITY }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Coverage, Transform};

    fn size(width: usize, height: usize) -> Size {
        Size::new(width, height).expect("not empty")
    }

    #[test]
    fn center_fit_covers_the_frame() {
        for (near, far) in [((100, 50), (30, 90)), ((1, 7), (9, 1)), ((640, 480), (640, 480)), ((5, 5), (5000, 20))] {
            let (near, far) = (size(near.0, near.1), size(far.0, far.1));
            let map = center_fit(near, far);
            let corner = map.apply(Point::new(-0.5, -0.5));
            assert!(corner.x >= -0.5 - 1e-9 && corner.y >= -0.5 - 1e-9, "{near} {far}: {corner:?}");
            assert!(
                corner.x < -0.5 + 1e-9 || corner.y < -0.5 + 1e-9,
                "{near} {far}: {corner:?} wastes the far picture"
            );
            assert!(map.apply(near.middle()).distance(far.middle()) < 1e-9);
        }
    }

    #[test]
    fn center_shift_leaves_the_common_size() {
        for (near, far) in [((100, 50), (31, 90)), ((10, 8), (7, 5)), ((7, 5), (10, 8)), ((4, 4), (4, 4))] {
            let (near, far) = (size(near.0, near.1), size(far.0, far.1));
            let map = center_shift(near, far);
            assert!(map.shift.x.fract().abs() < 1e-12 && map.shift.y.fract().abs() < 1e-12, "whole pixels");
            let covered = Coverage::new(&Transform::Similarity(map), near, far).largest().expect("some is covered");
            assert_eq!(covered.size.width(), near.width().min(far.width()));
            assert_eq!(covered.size.height(), near.height().min(far.height()));
        }
    }
}
