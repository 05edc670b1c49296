//! The adverse term: the picture must not resemble another one.

use nearfar_image::{Channels, Encoded, Image};
use nearfar_kernels::{
    Axes, Execution,
    sums::{sum, update},
};

use super::{
    Field, Passband, back_project,
    passband::{BandFilter, Blur},
    positive, square_length,
};
use crate::DescentError;

/// How resemblance to another picture is measured.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields, rename_all = "kebab-case")
)]
pub struct Unlike {
    /// The band that is compared: the one by which a viewer up close would recognise the other picture.
    pub band: Passband,
    /// Sigma, in pixels, of the window within which bands are correlated; above 0.
    pub window: f64,
    /// Contrast of a band, in codes, below which it counts as flat; above 0.
    pub least_contrast: f64,
}

/// `sum of mask * max(0, r)^2` along colour axes, where r is the correlation of the two pictures' bands in a window
/// around each pixel: 0 where they are uncorrelated or one of them is flat, 1 where they are equal up to a positive
/// factor.
///
/// r is `P / sqrt(Q R)` with `P = G(a b)`, `Q = G(a^2) + c^2`, `R = G(b^2) + c^2` for bands a and b, window G and least
/// contrast c.
#[derive(Debug)]
pub(crate) struct Unlikeness {
    axes: Axes,
    channels: Channels,
    filter: BandFilter,
    window: Blur,
    like: Unlike,
    /// For each axis, the other picture's band b, and R.
    others: Vec<[Image<Encoded>; 2]>,
    mask: Option<Image<Encoded>>,
}

impl Unlikeness {
    pub(crate) fn new(
        other: &Image<Encoded>,
        axes: Axes,
        like: Unlike,
        execution: &Execution,
    ) -> Result<Self, DescentError> {
        for (name, value) in [("window", like.window), ("least contrast", like.least_contrast)] {
            positive(name, value)?;
        }
        let filter = BandFilter::new(other.size(), like.band)?;
        let window = Blur::new(other.size(), like.window)?;
        let of_plane = |plane| {
            let band = filter.apply(&plane, execution);
            let power = power(&window, &band, like.least_contrast, execution);
            [band, power]
        };
        let others = axes.planes(other, execution).into_iter().map(of_plane).collect();
        Ok(Self { axes, channels: other.channels(), filter, window, like, others, mask: None })
    }
}

/// `G(band^2) + least^2`.
fn power(window: &Blur, band: &Image<Encoded>, least: f64, execution: &Execution) -> Image<Encoded> {
    let mut squares = band.clone();
    update(execution, squares.samples_mut(), [], |v, []| v * v);
    let least = (least * least) as f32;
    let mut power = window.apply(&squares, execution);
    update(execution, power.samples_mut(), [], |v, []| v + least);
    power
}

impl Field for Unlikeness {
    fn add(&self, picture: &Image<Encoded>, weight: f64, gradient: &mut Image<Encoded>, execution: &Execution) -> f64 {
        let planes = self.axes.planes(picture, execution);
        let mut loss = 0.0;
        for ((weights, plane), [other, other_power]) in
            self.axes.weights(picture.channels()).into_iter().zip(planes).zip(&self.others)
        {
            let mut band = self.filter.apply(&plane, execution);
            let mut product = band.clone();
            update(execution, product.samples_mut(), [other.samples()], |a, [b]| a * b);
            let product = self.window.apply(&product, execution);
            let power = power(&self.window, &band, self.like.least_contrast, execution);
            let sources = [product.samples(), power.samples(), other_power.samples()];
            // `r / sqrt(Q R)` where r is positive: half the slope of the loss by P; the slope by Q is `-r^2 / Q`, and
            // r^2 is P times this.
            let mut by_product = Image::<Encoded>::filled(picture.size(), Channels::Grey, 0.0);
            update(execution, by_product.samples_mut(), sources, |_, [p, q, r]| p.max(0.0) / (q * r));
            if let Some(mask) = &self.mask {
                update(execution, by_product.samples_mut(), [mask.samples()], |v, [mask]| mask * v);
            }
            loss += sum(execution, [by_product.samples(), product.samples()], |[v, p]| v * p.max(0.0));
            let mut by_power = by_product.clone();
            let sources = [product.samples(), power.samples()];
            update(execution, by_power.samples_mut(), sources, |v, [p, q]| v * p.max(0.0) / q);
            let (by_product, by_power) =
                (self.window.apply(&by_product, execution), self.window.apply(&by_power, execution));
            let sources = [other.samples(), by_product.samples(), by_power.samples()];
            update(execution, band.samples_mut(), sources, |a, [b, by_product, by_power]| {
                b * by_product - a * by_power
            });
            back_project(weights, 2.0 * weight, self.filter.apply(&band, execution).samples(), gradient, execution);
        }
        loss
    }

    fn set_mask(&mut self, mask: Image<Encoded>) {
        self.mask = Some(mask);
    }

    fn stiffness(&self) -> f64 {
        // Largest where the band is as weak as the least contrast: a pixel is one of `4 pi window^2` in its window.
        let Unlike { window, least_contrast, .. } = self.like;
        square_length(self.axes, self.channels) / (4.0 * std::f64::consts::PI * (window * least_contrast).powi(2))
    }
}
