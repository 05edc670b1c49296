//! How a picture looks from afar.

use nearfar_image::{Encoded, Image, Size};
use nearfar_kernels::Execution;

use crate::{PixelsPerDegree, blur::Blur, field::Field, light};

/// A plan for rendering pictures of one size as they look in a given view: sRGB codes to light, the eye's blur in each
/// channel (a Gaussian with a mirrored border), light to sRGB codes.
///
/// On a screen, shrinking the picture ([`shrink`](crate::shrink)) has the same effect.
#[derive(Clone, Debug, PartialEq)]
pub struct FarView {
    blur: Blur,
}

impl FarView {
    /// A plan for pictures of `size`.
    #[must_use]
    pub fn new(size: Size, ppd: PixelsPerDegree) -> Self {
        Self { blur: Blur::of_eye(size, ppd) }
    }

    /// The picture as it looks in this view.
    ///
    /// # Panics
    ///
    /// If the picture is not of the plan's size.
    #[must_use]
    pub fn apply(&self, picture: &Image<Encoded>, execution: &Execution) -> Image<Encoded> {
        let mut light = light::decode(execution, picture);
        for channel in 0..light.channels().count() {
            // At most one plane is held twice: pictures are large.
            let sharp =
                Field::from_rows(execution, light.size(), |y, row| row.copy_from_slice(light.plane(channel).row(y)));
            self.blur.apply(execution, sharp.plane(), light.plane_mut(channel));
        }
        light::encode(execution, &light)
    }
}
