//! EXIF orientation: which way up the camera was held.

use nearfar_image::Size;

/// The mapping from pixels of a stored picture to the upright one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Upright {
    /// Size of the upright picture.
    pub(crate) size: Size,
    origin: isize,
    step_x: isize,
    step_y: isize,
    /// Whether a stored row becomes an upright column.
    pub(crate) turned: bool,
}

impl Upright {
    /// The mapping for a stored size and an EXIF orientation; anything but 2 to 8 means upright.
    pub(crate) fn new(stored: Size, orientation: u8) -> Self {
        // A picture fits into the address space (Size checks that), so its indices fit isize.
        let (w, h) = (stored.width() as isize, stored.height() as isize);
        let turned = matches!(orientation, 5..=8);
        let (origin, step_x, step_y) = match orientation {
            2 => (w - 1, -1, w),
            3 => (w * h - 1, -1, -w),
            4 => (w * (h - 1), 1, -w),
            5 => (0, h, 1),
            6 => (h - 1, h, -1),
            7 => (w * h - 1, -h, -1),
            8 => (h * (w - 1), -h, 1),
            _ => (0, 1, w),
        };
        let size = if turned { stored.transposed() } else { stored };
        Self { size, origin, step_x, step_y, turned }
    }

    /// Index in the upright plane of the stored pixel `(x, y)`.
    pub(crate) fn index(self, x: usize, y: usize) -> usize {
        (self.origin + x as isize * self.step_x + y as isize * self.step_y) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_upright_pixel_is_stored_once() {
        for (w, h) in [(3, 2), (1, 4), (4, 1), (1, 1)] {
            for orientation in 0..=9 {
                let stored = Size::new(w, h).unwrap();
                let upright = Upright::new(stored, orientation);
                let mut seen = vec![0; w * h];
                for (x, y) in (0..h).flat_map(|y| (0..w).map(move |x| (x, y))) {
                    seen[upright.index(x, y)] += 1;
                }
                assert!(seen.iter().all(|&n| n == 1), "{stored} orientation {orientation}: {seen:?}");
            }
        }
    }

    #[test]
    fn pictures_turn_the_right_way() {
        // EXIF 6 is a picture that must be rotated clockwise: its stored top left corner ends up top right.
        let upright = Upright::new(Size::new(3, 2).unwrap(), 6);
        assert_eq!((upright.size.width(), upright.size.height()), (2, 3));
        assert_eq!(upright.index(0, 0), 1);
        // EXIF 8, anticlockwise: the stored top left corner ends up bottom left.
        let upright = Upright::new(Size::new(3, 2).unwrap(), 8);
        assert_eq!(upright.index(0, 0), 4);
    }
}
