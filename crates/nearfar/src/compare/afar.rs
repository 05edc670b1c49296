//! The far view, for a viewer who stays seated.

use nearfar_image::{Encoded, Image, Size};
use nearfar_vision::{Viewing, shrink};

/// A picture as small as it looks from the far distance, for a viewer at the near one. If far is not farther than near, it
/// stays as it is.
#[must_use]
pub fn from_afar(picture: &Image<Encoded>, viewing: &Viewing) -> Image<Encoded> {
    let ratio = viewing.near_ppd.get() / viewing.far_ppd.get();
    let size = picture.size();
    let side = |pixels: usize| ((pixels as f64 * ratio).round() as usize).clamp(1, pixels);
    let to = Size::new(side(size.width()), side(size.height())).expect("no side is 0");
    shrink(picture, to).expect("no side grows")
}

#[cfg(test)]
mod tests {
    use nearfar_image::Channels;
    use nearfar_vision::PixelsPerDegree;

    use super::*;

    #[test]
    fn picture_shrinks_by_the_ratio_of_the_distances() {
        let ppd = |n: f64| PixelsPerDegree::new(n).unwrap();
        let picture = Image::filled(Size::new(100, 3).unwrap(), Channels::Grey, 0.4);
        let seen = |near: f64, far: f64| {
            let small = from_afar(&picture, &Viewing { near_ppd: ppd(near), far_ppd: ppd(far) });
            (small.size().width(), small.size().height())
        };
        assert_eq!(seen(10.0, 50.0), (20, 1));
        assert_eq!(seen(50.0, 10.0), (100, 3));
    }
}
