//! The details term, as seen from a distance.

use fearless_simd::{Level, Simd, SimdBase, dispatch};
use nearfar_image::{Channels, Encoded, Image, TransferFunction};
use nearfar_kernels::{Axes, Curve, Execution, rows, sums::sum, sums::update, with_curve};

use super::{Field, by_rows, gather, passband::Blur};
use crate::{
    DescentError, EdgeStop,
    view::afar::{Light, add_light_slopes, light_weights},
};

/// How details are seen from a distance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DetailsAfar {
    /// Sigma of the eye's blur, in pixels, above 0.
    pub sigma: f64,
    /// The transfer function between codes and light.
    pub transfer: TransferFunction,
    /// The component of light that is compared: [`Axes::Channels`], or [`Axes::Luma`] for its luminance alone.
    pub axes: Axes,
    /// Floor of the blurred light; see [`Eye`](crate::Eye).
    pub light_floor: f32,
    /// Where details may jump, if anywhere: at the edges of the target as seen from that distance.
    pub edges: Option<EdgeStop>,
}

/// `sum of weights * (D encode(blur(light)) - D of the target's)^2`, with D the differences to the right and down.
#[derive(Debug)]
pub(crate) struct FieldDetails {
    seen: DetailsAfar,
    channels: Channels,
    blur: Blur,
    /// For every plane of light, the codes of the target and the weights of the differences to the right and down.
    targets: Vec<Target>,
}

#[derive(Debug)]
struct Target {
    codes: Image<Encoded>,
    weights: Option<[Image<Encoded>; 2]>,
}

impl FieldDetails {
    pub(crate) fn new(
        channels: Channels,
        target: &Image<Encoded>,
        seen: DetailsAfar,
        execution: &Execution,
    ) -> Result<Self, DescentError> {
        let blur = Blur::new(target.size(), seen.sigma)?;
        let planes = light_weights(seen.axes, channels);
        let same = target.channels() == channels || (target.channels() == Channels::Grey && planes.len() == 1);
        assert!(same, "the target has the channels that are seen");
        let of_plane = |weights| {
            let (codes, _) = look(target, weights, &seen, &blur, execution);
            let weights = seen.edges.map(|edges| edge_weights(&codes, edges, execution));
            Target { codes, weights }
        };
        let targets = light_weights(seen.axes, target.channels()).into_iter().map(of_plane).collect();
        Ok(Self { seen, channels, blur, targets })
    }
}

/// The codes of a picture's blurred light, and the slope of code by light at every pixel.
fn look(
    picture: &Image<Encoded>,
    weights: &[f32],
    seen: &DetailsAfar,
    blur: &Blur,
    execution: &Execution,
) -> (Image<Encoded>, Image<Encoded>) {
    let (size, level) = (picture.size(), execution.level());
    let mut light = Image::<Encoded>::filled(size, Channels::Grey, 0.0);
    let source = Light { picture, weights, transfer: seen.transfer };
    by_rows(execution, size, [light.samples_mut()], |y, [row]| {
        source.write_row(level, y, 0..size.width(), row, &mut Vec::new());
        0.0
    });
    let mut codes = blur.apply(&light, execution);
    let mut slopes = light;
    by_rows(execution, size, [codes.samples_mut(), slopes.samples_mut()], |_, [codes, slopes]| {
        with_curve!(seen.transfer, K => dispatch!(level, simd =>
            encode::<_, K>(simd, seen.light_floor, codes, slopes)));
        0.0
    });
    (codes, slopes)
}

/// Replaces light by codes, and writes the slopes of code by light.
#[inline(always)]
fn encode<S: Simd, K: Curve>(simd: S, floor: f32, light: &mut [f32], slopes: &mut [f32]) {
    const BLOCK: usize = 4;
    let floor = S::f32s::splat(simd, floor);
    rows::update::<S, BLOCK, 1, 0, 2>(
        simd,
        [],
        [[light], [slopes]],
        #[inline(always)]
        |[], [[mut light], _], _| {
            for light in &mut light {
                *light = light.max(floor);
            }
            let (codes, slopes) = K::encode(simd, light);
            [[codes], [slopes]]
        },
    );
}

/// The weights of the differences to the right and down.
fn edge_weights(codes: &Image<Encoded>, edges: EdgeStop, execution: &Execution) -> [Image<Encoded>; 2] {
    let (size, level): (_, Level) = (codes.size(), execution.level());
    let (width, last) = (size.width(), size.height() - 1);
    let [mut right, mut down] = [(); 2].map(|()| Image::filled(size, Channels::Grey, 0.0));
    by_rows(execution, size, [right.samples_mut(), down.samples_mut()], |y, [right, down]| {
        let row = codes.plane(0).row(y);
        edges.weigh(level, [&row[1..], &row[..width - 1]], &mut right[..width - 1]);
        edges.weigh(level, [codes.plane(0).row((y + 1).min(last)), row], down);
        0.0
    });
    [right, down]
}

impl Field for FieldDetails {
    fn add(&self, picture: &Image<Encoded>, weight: f64, gradient: &mut Image<Encoded>, execution: &Execution) -> f64 {
        let (size, level) = (picture.size(), execution.level());
        let (width, height) = (size.width(), size.height());
        let [mut right, mut down, mut slopes] = [(); 3].map(|()| vec![0.0; size.area()]);
        let mut loss = 0.0;
        for (weights, target) in light_weights(self.seen.axes, self.channels).into_iter().zip(&self.targets) {
            let (mut residual, by_light) = look(picture, weights, &self.seen, &self.blur, execution);
            update(execution, residual.samples_mut(), [target.codes.samples()], |found, [wanted]| found - wanted);
            by_rows(execution, size, [&mut right, &mut down], |y, [right, down]| {
                let row = residual.plane(0).row(y);
                let below = residual.plane(0).row((y + 1).min(height - 1));
                for x in 0..width {
                    right[x] = row[(x + 1).min(width - 1)] - row[x];
                    down[x] = below[x] - row[x];
                }
                0.0
            });
            for (i, differences) in [&mut right, &mut down].into_iter().enumerate() {
                loss += match &target.weights {
                    None => sum(execution, [differences], |[d]| d * d),
                    Some(weights) => {
                        let weights = weights[i].samples();
                        let loss = sum(execution, [differences, weights], |[d, weight]| weight * d * d);
                        update(execution, differences, [weights], |d, [weight]| weight * d);
                        loss
                    }
                };
            }
            gather(execution, size, [&right, &down], &mut slopes);
            let mut pulls = residual;
            pulls.samples_mut().copy_from_slice(&slopes);
            update(execution, pulls.samples_mut(), [by_light.samples()], |pull, [slope]| pull * slope);
            let back = self.blur.apply(&pulls, execution);
            let factor = (2.0 * weight) as f32;
            for ((&weight, codes), gradient) in
                weights.iter().zip(picture.planes()).zip(gradient.samples_mut().chunks_exact_mut(size.area()))
            {
                if weight != 0.0 {
                    by_rows(execution, size, [gradient], |y, [gradient]| {
                        let (codes, back) = (codes.row(y), back.plane(0).row(y));
                        add_light_slopes(level, self.seen.transfer, factor * weight, [codes, back], gradient);
                        0.0
                    });
                }
            }
        }
        loss
    }

    fn set_mask(&mut self, mask: Image<Encoded>) {
        for target in &mut self.targets {
            let weights = target.weights.take().unwrap_or_else(|| {
                let one = Image::filled(mask.size(), Channels::Grey, 1.0);
                [one.clone(), one]
            });
            target.weights = Some(weights.map(|mut weights| {
                weights.samples_mut().iter_mut().zip(mask.samples()).for_each(|(weight, mask)| *weight *= mask);
                weights
            }));
        }
    }

    fn stiffness(&self) -> f64 {
        // The largest of `8 sin^2 exp(-(2 pi sigma f)^2)`, or the checkerboard's 8.
        (2.0 * std::f64::consts::E.recip() / self.seen.sigma.powi(2)).min(8.0)
    }
}
