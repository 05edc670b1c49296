//! The view from afar: the picture's light, blurred.

use std::ops::Range;

use fearless_simd::{Level, Simd, SimdBase, SimdFloat, dispatch};
use nearfar_image::{Channels, Encoded, Image, Size, TransferFunction};
use nearfar_kernels::{
    Axes, Border, Curve, Execution, Gaussian, GridBlur, SeparableBlur, axes::add_scaled, rows, sums::CHUNK, transfer,
    with_curve,
};

use super::At;
use crate::penalty::SquareSum;

/// The blur that turns a picture into its view from afar.
#[derive(Clone, Debug, PartialEq)]
pub enum FarBlur {
    /// By any taps, compared at every pixel.
    Full(SeparableBlur),
    /// By a wide Gaussian, compared at the samples of a grid; the loss is within 1e-3 of that of all pixels.
    Grid(GridBlur),
}

impl From<SeparableBlur> for FarBlur {
    fn from(blur: SeparableBlur) -> Self {
        Self::Full(blur)
    }
}

impl From<GridBlur> for FarBlur {
    fn from(blur: GridBlur) -> Self {
        Self::Grid(blur)
    }
}

/// Narrower Gaussians are compared at every pixel, since a grid would save nothing.
const MIN_GRID_SIGMA: f64 = 3.0;

/// Grid samples per sigma of the blur. Beyond half of this frequency a Gaussian has a gain below 4e-14; the codes of
/// the blurred light and their squares hold somewhat more.
const SAMPLES_PER_SIGMA: f64 = 2.5;

impl FarBlur {
    /// A Gaussian blur for pictures of `size`, on a grid if it is wide.
    #[must_use]
    pub fn new(size: Size, gaussian: &Gaussian, border: Border) -> Self {
        if gaussian.sigma() < MIN_GRID_SIGMA {
            Self::Full(SeparableBlur::new(size, &gaussian.taps(), border))
        } else {
            Self::Grid(GridBlur::new(size, gaussian, SAMPLES_PER_SIGMA, border))
        }
    }

    /// Size of the pictures to be blurred.
    #[must_use]
    pub fn size(&self) -> Size {
        match self {
            Self::Full(blur) => blur.size(),
            Self::Grid(blur) => blur.size(),
        }
    }
}

/// The path from light to what is compared.
#[derive(Clone, Debug, PartialEq)]
pub struct Eye {
    /// The blur of light.
    pub blur: FarBlur,
    /// The transfer function between codes and light.
    pub transfer: TransferFunction,
    /// The component of light that is compared: [`Axes::Channels`], or [`Axes::Luma`] for its luminance alone, at a
    /// third of the cost.
    pub axes: Axes,
    /// Floor of the blurred light, for value and slope alike: near black the slope of the power curve is infinite, and
    /// no display shows the difference.
    pub light_floor: f32,
}

/// `encode(blur(light))` with `light = axes of decode(picture)`, compared with that of a target: light is blurred,
/// codes are compared. Its gradient is `decode'(y) * axesᵀ Gᵀ(2 weight * residual * encode'(light))`.
///
/// The part that [`AfarFull`](super::afar_full::AfarFull) and [`AfarGrid`](super::afar_grid::AfarGrid) share: all but
/// the blur.
#[derive(Debug)]
pub(crate) struct Afar {
    pub(crate) transfer: TransferFunction,
    /// For every plane of light, the weight of each channel.
    pub(crate) planes: Vec<&'static [f32]>,
    light_floor: f32,
    /// For every plane of light, its target: at every pixel, or, transposed, at the samples of the grid.
    targets: Vec<Image<Encoded>>,
    /// The weight of each compared sample, laid out as the targets.
    pub(crate) mask: Option<Image<Encoded>>,
    /// Pixels per sample of the target.
    pub(crate) cell_area: f64,
}

impl Afar {
    /// `blurred` returns the blurred light of a picture for given channel weights. A grey `far` holds the codes of
    /// luminance if that is all the eye sees.
    pub(crate) fn new(
        channels: Channels,
        far: &Image<Encoded>,
        eye: &Eye,
        cell_area: f64,
        execution: &Execution,
        blurred: impl Fn(&[f32]) -> Image<Encoded>,
    ) -> Self {
        let planes = light_weights(eye.axes, channels);
        let same = far.channels() == channels || (far.channels() == Channels::Grey && planes.len() == 1);
        assert!(same, "the far picture has the channels that are seen");
        let mut targets: Vec<_> = light_weights(eye.axes, far.channels()).into_iter().map(blurred).collect();
        for target in &mut targets {
            let chunks = target.samples_mut().chunks_mut(CHUNK).collect();
            execution.for_each(chunks, |codes| {
                transfer::encode_in_place(execution.level(), eye.transfer, eye.light_floor, codes);
            });
        }
        Self { transfer: eye.transfer, planes, light_floor: eye.light_floor, targets, mask: None, cell_area }
    }

    /// Compares a row of one plane of blurred light with row `y` of its target: writes the slopes by light, for
    /// penalties of slope `2 weight`, and returns the loss, not yet multiplied by the area of a cell.
    pub(crate) fn compare_row(
        &self,
        level: Level,
        (plane, y): (usize, usize),
        weight: f64,
        light: &[f32],
        pulls: &mut [f32],
    ) -> f64 {
        let target = self.targets[plane].plane(0).row(y);
        let slope = (2.0 * weight * self.cell_area) as f32;
        let floor = self.light_floor;
        let mask = self.mask.as_ref().map(|mask| mask.plane(0).row(y));
        with_curve!(self.transfer, K => match mask {
            None => dispatch!(level, simd =>
                compare_row::<_, K, 2>(simd, [[light], [target]], floor, slope, pulls)),
            Some(mask) => dispatch!(level, simd =>
                compare_row::<_, K, 3>(simd, [[light], [target], [mask]], floor, slope, pulls)),
        })
    }

    /// `gradient[c] += planes[plane][c] * back * decode'(codes[c])`: the last step of the backward pass, from light to
    /// codes, for row `row` of a group of the gradient, which is row `y` of the picture.
    pub(crate) fn add_through_slopes(
        &self,
        at: &At<'_>,
        (plane, y): (usize, usize),
        back: &[f32],
        row: usize,
        gradient: &mut [&mut [f32]],
    ) {
        let (width, level) = (back.len(), at.execution.level());
        for ((&weight, plane), gradient) in self.planes[plane].iter().zip(at.picture.planes()).zip(gradient) {
            if weight != 0.0 {
                let gradient = &mut gradient[row * width..][..width];
                add_light_slopes(level, self.transfer, weight, [plane.row(y), back], gradient);
            }
        }
    }
}

/// One plane of light of a picture, row by row.
#[derive(Clone, Copy)]
pub(crate) struct Light<'a> {
    pub(crate) picture: &'a Image<Encoded>,
    /// The weight of each channel.
    pub(crate) weights: &'a [f32],
    pub(crate) transfer: TransferFunction,
}

impl Light<'_> {
    /// Part of row `y`: `sum of weights[c] * decode(channel c)`.
    pub(crate) fn write_row(
        &self,
        level: Level,
        y: usize,
        columns: Range<usize>,
        light: &mut [f32],
        scratch: &mut Vec<f32>,
    ) {
        if let Some(channel) = alone(self.weights) {
            return transfer::decode_row(level, self.transfer, &self.picture.plane(channel).row(y)[columns], light);
        }
        scratch.resize(light.len(), 0.0);
        light.fill(0.0);
        for (&weight, plane) in self.weights.iter().zip(self.picture.planes()) {
            transfer::decode_row(level, self.transfer, &plane.row(y)[columns.clone()], scratch);
            add_scaled(level, weight, scratch, light);
        }
    }
}

/// Light has no opponent colours: channels take their place.
pub(crate) fn light_weights(axes: Axes, channels: Channels) -> Vec<&'static [f32]> {
    match axes {
        Axes::Opponent => Axes::Channels.weights(channels),
        axes => axes.weights(channels),
    }
}

/// `gradient += weight * back * decode'(codes)`: from a plane of light to the codes of one of its channels.
pub(crate) fn add_light_slopes(
    level: Level,
    transfer: TransferFunction,
    weight: f32,
    [codes, back]: [&[f32]; 2],
    gradient: &mut [f32],
) {
    with_curve!(transfer, K => dispatch!(level, simd => add_through_slope::<_, K>(simd, weight, codes, back, gradient)));
}

/// The only channel in a plane of light, if there is just one.
fn alone(weights: &[f32]) -> Option<usize> {
    let mut used = weights.iter().enumerate().filter(|(_, weight)| **weight != 0.0);
    match (used.next(), used.next()) {
        (Some((channel, &1.0)), None) => Some(channel),
        _ => None,
    }
}

#[inline(always)]
fn add_through_slope<S: Simd, K: Curve>(simd: S, weight: f32, codes: &[f32], back: &[f32], gradient: &mut [f32]) {
    const BLOCK: usize = 8;
    let weight = S::f32s::splat(simd, weight);
    rows::update::<S, BLOCK, 1, 2, 1>(
        simd,
        [[codes], [back]],
        [[gradient]],
        #[inline(always)]
        |[[codes], [back]], [[mut gradient]], _| {
            let (_, slopes) = K::decode(simd, codes);
            for b in 0..BLOCK {
                gradient[b] = (back[b] * weight).mul_add(slopes[b], gradient[b]);
            }
            [[gradient]]
        },
    );
}

/// Compares the rows `light, target` and optionally a mask: writes `slope * residual * encode'(light)`.
#[inline(always)]
fn compare_row<S: Simd, K: Curve, const I: usize>(
    simd: S,
    rows: [[&[f32]; 1]; I],
    light_floor: f32,
    slope: f32,
    pulls: &mut [f32],
) -> f64 {
    const BLOCK: usize = 4;
    let floor = S::f32s::splat(simd, light_floor);
    let mut sum = SquareSum::new(simd, slope);
    rows::update::<S, BLOCK, 1, I, 1>(
        simd,
        rows,
        [[pulls]],
        #[inline(always)]
        |rows, _, counted| {
            let [mut light] = rows[0];
            for light in &mut light {
                *light = light.max(floor);
            }
            let (mut residual, slopes) = K::encode(simd, light);
            for b in 0..BLOCK {
                residual[b] -= rows[1][0][b];
            }
            let mut pulls = sum.add(residual, (I > 2).then(|| rows[I - 1][0]), counted);
            for b in 0..BLOCK {
                pulls[b] *= slopes[b];
            }
            [[pulls]]
        },
    );
    sum.finish()
}
