//! The term that wants the picture, seen from afar, to equal the far picture seen from afar.

use fearless_simd::{Level, Simd, SimdBase, dispatch};
use nearfar_image::{Channels, Encoded, Image, Linear, Size, TransferFunction};
use nearfar_kernels::{
    Border, Curve, Execution, Gaussian, GridBlur, SeparableBlur, rows, sums::CHUNK, transfer, with_curve,
};

use crate::{ColorMetric, grid, loss::VectorSum, metric::MetricMatrix};

/// How a picture is blurred to be seen from afar.
#[derive(Clone, Debug, PartialEq)]
pub enum FarBlur {
    /// By any taps, and compared at every pixel.
    Full(SeparableBlur),
    /// By a wide Gaussian, and compared at the samples of a grid; the loss is that of all pixels within 1e-3.
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

/// Narrower Gaussians are compared at every pixel: a grid would save nothing.
const LEAST_GRID_SIGMA: f64 = 3.0;

/// Samples in a sigma of the blur, on a grid. What is blurred by a Gaussian has 4e-14 of its strength beyond half of this
/// frequency; its codes and their squares hold somewhat more.
const SAMPLES_PER_SIGMA: f64 = 2.5;

impl FarBlur {
    /// A Gaussian blur of pictures of `size`, on a grid if it is wide.
    #[must_use]
    pub fn new(size: Size, gaussian: &Gaussian, border: Border) -> Self {
        if gaussian.sigma() < LEAST_GRID_SIGMA {
            Self::Full(SeparableBlur::new(size, &gaussian.taps(), border))
        } else {
            Self::Grid(GridBlur::new(size, gaussian, SAMPLES_PER_SIGMA, border))
        }
    }

    /// Size of the pictures that are blurred.
    #[must_use]
    pub fn size(&self) -> Size {
        match self {
            Self::Full(blur) => blur.size(),
            Self::Grid(blur) => blur.size(),
        }
    }
}

/// `weight * |seen(y) - seen(target)|^2` with `seen(p) = encode(blur(decode(p)))`: light is blurred, codes are compared.
///
/// Its gradient is `decode'(y) * Gᵀ(2 weight * residual * encode'(light))`.
#[derive(Clone, Debug)]
pub struct SeenTerm {
    blur: FarBlur,
    transfer: TransferFunction,
    /// The far picture as seen from afar: at every pixel, or at the samples of the grid with rows and columns exchanged.
    target: Image<Encoded>,
    weight: f64,
    metric: ColorMetric,
    light_floor: f32,
}

impl SeenTerm {
    /// A term that wants a picture that looks like `far` through `blur`.
    ///
    /// Blurred light below `light_floor` counts as `light_floor`, in the value and in the slope alike: near black the
    /// power curve's slope is infinite and no display shows the difference.
    ///
    /// # Panics
    ///
    /// If `far` is not of the blur's size.
    #[must_use]
    pub fn new(
        far: &Image<Encoded>,
        blur: impl Into<FarBlur>,
        transfer: TransferFunction,
        weight: f64,
        metric: ColorMetric,
        light_floor: f32,
        execution: &Execution,
    ) -> Self {
        let blur = blur.into();
        assert_eq!(far.size(), blur.size(), "the far picture has the blur's size");
        let mut target = match &blur {
            FarBlur::Full(blur) => blurred(far, blur, transfer, execution),
            FarBlur::Grid(blur) => grid::blurred(far, blur, transfer, execution),
        };
        let chunks = target.samples_mut().chunks_mut(CHUNK).collect();
        execution.for_each(chunks, |codes| transfer::encode_in_place(execution.level(), transfer, light_floor, codes));
        Self { blur, transfer, target, weight, metric, light_floor }
    }

    /// What the squared difference is multiplied by.
    #[must_use]
    pub fn weight(&self) -> f64 {
        self.weight
    }

    /// Size of the pictures that are judged.
    #[must_use]
    pub fn size(&self) -> Size {
        self.blur.size()
    }

    /// Channels of the pictures that are judged.
    #[must_use]
    pub fn channels(&self) -> Channels {
        self.target.channels()
    }

    pub(crate) fn blur(&self) -> &FarBlur {
        &self.blur
    }

    pub(crate) fn transfer(&self) -> TransferFunction {
        self.transfer
    }

    /// Pixels that one sample of the target stands for.
    pub(crate) fn cell_area(&self) -> f64 {
        match &self.blur {
            FarBlur::Full(_) => 1.0,
            FarBlur::Grid(blur) => blur.cell_area(),
        }
    }

    /// Compares a row of blurred light with row `y` of the target: writes what pulls at the light and returns the
    /// unweighted loss, not yet multiplied by the area of a cell.
    pub(crate) fn residual_row<const C: usize>(
        &self,
        level: Level,
        y: usize,
        light: [&[f32]; C],
        pulls: [&mut [f32]; C],
    ) -> f64 {
        let targets = std::array::from_fn(|c| self.target.plane(c).row(y));
        let slope = (2.0 * self.weight * self.cell_area()) as f32;
        let matrix = self.metric.matrix::<C>();
        with_curve!(self.transfer, K => dispatch!(level, simd =>
            residual_row::<_, K, C>(simd, [light, targets], matrix, self.light_floor, slope, pulls)))
    }
}

/// `blur(decode(picture))`, not yet encoded again.
fn blurred(
    picture: &Image<Encoded>,
    blur: &SeparableBlur,
    transfer: TransferFunction,
    execution: &Execution,
) -> Image<Encoded> {
    let mut light = Image::<Linear>::filled(picture.size(), Channels::Grey, 0.0);
    let mut seen = Image::filled(picture.size(), picture.channels(), 0.0);
    let rows = execution.rows_per_strip(picture.size().height());
    for (codes, seen) in picture.planes().zip(seen.planes_mut()) {
        let strips = codes.samples().chunks(rows * codes.size().width()).zip(light.plane_mut(0).into_strips(rows));
        execution.for_each(strips.collect(), |(codes, (_, light))| {
            transfer::decode_row(execution.level(), transfer, codes, light);
        });
        blur.apply(execution, light.plane(0), seen);
    }
    seen
}

/// Vectors of each channel whose residuals are computed side by side.
const BLOCK: usize = 2;

/// Compares rows of light and of targets: writes `slope * M residual * encode'(light)` and returns the sum of `rᵀ M r`.
#[inline(always)]
fn residual_row<S: Simd, K: Curve, const C: usize>(
    simd: S,
    rows: [[&[f32]; C]; 2],
    matrix: MetricMatrix,
    light_floor: f32,
    slope: f32,
    pulls: [&mut [f32]; C],
) -> f64 {
    let floor = S::f32s::splat(simd, light_floor);
    let mut sum = VectorSum::new(simd);
    rows::update::<S, BLOCK, C, 2, 1>(
        simd,
        rows,
        [pulls],
        #[inline(always)]
        |[mut light, targets], [mut slopes], counted| {
            let mut residual = targets;
            for c in 0..C {
                for light in &mut light[c] {
                    *light = light.max(floor);
                }
                let (codes, code_slopes) = K::encode(simd, light[c]);
                for b in 0..BLOCK {
                    residual[c][b] = codes[b] - targets[c][b];
                    slopes[c][b] = code_slopes[b] * slope;
                }
            }
            let (mut pulls, form) = matrix.weigh(simd, &residual);
            sum.add(form, counted);
            for (pull, slope) in pulls.as_flattened_mut().iter_mut().zip(slopes.as_flattened()) {
                *pull *= *slope;
            }
            [pulls]
        },
    );
    sum.finish()
}
