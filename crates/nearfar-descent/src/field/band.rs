//! The band term: a frequency band of the picture matches that of a target.

use std::borrow::Cow;

use nearfar_image::{Encoded, Image};
use nearfar_kernels::{
    Axes, Execution,
    sums::{sum, update},
};

use super::{Field, Passband, back_project, passband::BandFilter, square_length};
use crate::DescentError;

/// `sum of mask * B(picture - target)^2` along colour axes, with the band filter B.
#[derive(Debug)]
pub(crate) struct BandMatch<'a> {
    axes: Axes,
    target: Cow<'a, Image<Encoded>>,
    filter: BandFilter,
    mask: Option<Image<Encoded>>,
}

impl<'a> BandMatch<'a> {
    pub(crate) fn new(target: Cow<'a, Image<Encoded>>, axes: Axes, band: Passband) -> Result<Self, DescentError> {
        Ok(Self { axes, filter: BandFilter::new(target.size(), band)?, target, mask: None })
    }
}

impl Field for BandMatch<'_> {
    fn add(&self, picture: &Image<Encoded>, weight: f64, gradient: &mut Image<Encoded>, execution: &Execution) -> f64 {
        let mut residual = picture.clone();
        update(execution, residual.samples_mut(), [self.target.samples()], |found, [wanted]| found - wanted);
        let planes = self.axes.planes(&residual, execution);
        let mut loss = 0.0;
        for (weights, plane) in self.axes.weights(picture.channels()).into_iter().zip(planes) {
            let mut held = self.filter.apply(&plane, execution);
            loss += match &self.mask {
                None => sum(execution, [held.samples()], |[v]| v * v),
                Some(mask) => {
                    let loss = sum(execution, [held.samples(), mask.samples()], |[v, mask]| mask * v * v);
                    update(execution, held.samples_mut(), [mask.samples()], |v, [mask]| mask * v);
                    loss
                }
            };
            back_project(weights, 2.0 * weight, self.filter.apply(&held, execution).samples(), gradient, execution);
        }
        loss
    }

    fn set_mask(&mut self, mask: Image<Encoded>) {
        self.mask = Some(mask);
    }

    fn stiffness(&self) -> f64 {
        square_length(self.axes, self.target.channels())
    }
}
