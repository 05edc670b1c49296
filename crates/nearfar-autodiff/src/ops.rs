//! Tensor operations for pictures, with gradients: blurs, transfer functions, sums.

use std::marker::PhantomData;

use candle_core::{CpuStorage, CustomOp1, DType, Device, Error, Layout, Result, Shape, Tensor};
use fearless_simd::{Level, Simd, SimdBase, dispatch};
use nearfar_image::{Encoded, Image, Plane, PlaneMut, Size, TransferFunction};
use nearfar_kernels::{
    Curve, Execution, SeparableBlur, WideBlur,
    math::sigmoid_block,
    rows,
    sums::{self, CHUNK},
    with_curve,
};

/// A picture as a tensor of shape channels x height x width.
///
/// # Errors
///
/// Those of the tensor library; none are expected.
pub fn tensor(picture: &Image<Encoded>) -> Result<Tensor> {
    let size = picture.size();
    Tensor::from_slice(picture.samples(), (picture.channels().count(), size.height(), size.width()), &Device::Cpu)
}

/// The sum of all elements, in double precision: for a large picture single precision would not suffice.
///
/// # Errors
///
/// If the tensor is not of `f32`.
pub fn sum(x: &Tensor) -> Result<Tensor> {
    x.contiguous()?.apply_op1(Sum)
}

/// The light of codes.
///
/// # Errors
///
/// If the tensor is not of `f32`.
pub fn decode(codes: &Tensor, transfer: TransferFunction, execution: &Execution) -> Result<Tensor> {
    let map = Map { curve: MapCurve::Decode(transfer), execution: execution.clone(), slope: false };
    codes.contiguous()?.apply_op1(map)
}

/// The codes of light; light below `floor`, which is above 0, counts as `floor`, for value and slope alike.
///
/// # Errors
///
/// If the tensor is not of `f32`.
pub fn encode(light: &Tensor, transfer: TransferFunction, floor: f32, execution: &Execution) -> Result<Tensor> {
    let map = Map { curve: MapCurve::Encode(transfer, floor), execution: execution.clone(), slope: false };
    light.contiguous()?.apply_op1(map)
}

/// `1 / (1 + exp(-x))`.
///
/// # Errors
///
/// If the tensor is not of `f32`.
pub fn sigmoid(x: &Tensor, execution: &Execution) -> Result<Tensor> {
    let map = Map { curve: MapCurve::Sigmoid, execution: execution.clone(), slope: false };
    x.contiguous()?.apply_op1(map)
}

/// A self-adjoint blur.
#[derive(Clone, Debug)]
pub enum Blur {
    /// With taps.
    Separable(SeparableBlur),
    /// By a wide Gaussian, on a coarse grid.
    Wide(WideBlur),
}

impl From<SeparableBlur> for Blur {
    fn from(blur: SeparableBlur) -> Self {
        Self::Separable(blur)
    }
}

impl From<WideBlur> for Blur {
    fn from(blur: WideBlur) -> Self {
        Self::Wide(blur)
    }
}

impl Blur {
    fn size(&self) -> Size {
        match self {
            Self::Separable(blur) => blur.size(),
            Self::Wide(blur) => blur.size(),
        }
    }
}

/// Blurs every channel of `x`.
///
/// # Errors
///
/// If the tensor is not of `f32` or not of shape channels x height x width with the blur's size.
pub fn blur(x: &Tensor, blur: &Blur, execution: &Execution) -> Result<Tensor> {
    x.contiguous()?.apply_op1(Blurring { blur: blur.clone(), execution: execution.clone() })
}

/// The elements of a contiguous tensor of `f32`.
fn elements<'a>(name: &'static str, storage: &'a CpuStorage, layout: &Layout) -> Result<&'a [f32]> {
    let CpuStorage::F32(all) = storage else {
        return Err(Error::Msg(format!("{name} takes tensors of f32")));
    };
    let (start, end) =
        layout.contiguous_offsets().ok_or_else(|| Error::Msg(format!("{name} takes contiguous tensors")))?;
    Ok(&all[start..end])
}

struct Sum;

impl CustomOp1 for Sum {
    fn name(&self) -> &'static str {
        "sum"
    }

    fn cpu_fwd(&self, storage: &CpuStorage, layout: &Layout) -> Result<(CpuStorage, Shape)> {
        let elements = elements(self.name(), storage, layout)?;
        let sum = sums::sum(&Execution::single_threaded(), [elements], |[v]| v);
        Ok((CpuStorage::F64(vec![sum]), Shape::from(())))
    }

    fn bwd(&self, arg: &Tensor, _: &Tensor, slope: &Tensor) -> Result<Option<Tensor>> {
        slope.to_dtype(DType::F32)?.broadcast_as(arg.shape())?.contiguous().map(Some)
    }
}

#[derive(Clone, Copy)]
enum MapCurve {
    Decode(TransferFunction),
    Encode(TransferFunction, f32),
    Sigmoid,
}

/// A curve that is applied to every element, or the slope of that curve.
struct Map {
    curve: MapCurve,
    execution: Execution,
    slope: bool,
}

impl CustomOp1 for Map {
    fn name(&self) -> &'static str {
        match self.curve {
            MapCurve::Decode(_) => "decode",
            MapCurve::Encode(..) => "encode",
            MapCurve::Sigmoid => "sigmoid",
        }
    }

    fn cpu_fwd(&self, storage: &CpuStorage, layout: &Layout) -> Result<(CpuStorage, Shape)> {
        let elements = elements(self.name(), storage, layout)?;
        let mut mapped = vec![0.0; elements.len()];
        let chunks = elements.chunks(CHUNK).zip(mapped.chunks_mut(CHUNK)).collect();
        let (level, curve, slope) = (self.execution.level(), self.curve, self.slope);
        self.execution.for_each(chunks, |(from, to)| map(level, curve, slope, from, to));
        Ok((CpuStorage::F32(mapped), layout.shape().clone()))
    }

    fn bwd(&self, arg: &Tensor, _: &Tensor, slope: &Tensor) -> Result<Option<Tensor>> {
        let slopes = Self { curve: self.curve, execution: self.execution.clone(), slope: true };
        Ok(Some((arg.contiguous()?.apply_op1_no_bwd(&slopes)? * slope)?))
    }
}

fn map(level: Level, curve: MapCurve, slope: bool, from: &[f32], to: &mut [f32]) {
    match curve {
        MapCurve::Decode(transfer) => {
            with_curve!(transfer, K => map_by(level, Decoding::<K>(PhantomData), slope, from, to));
        }
        MapCurve::Encode(transfer, floor) => {
            with_curve!(transfer, K => map_by(level, Encoding::<K>(floor, PhantomData), slope, from, to));
        }
        MapCurve::Sigmoid => map_by(level, Logistic, slope, from, to),
    }
}

fn map_by(level: Level, curve: impl WithSlope, slope: bool, from: &[f32], to: &mut [f32]) {
    dispatch!(level, simd => map_with(simd, curve, slope, from, to));
}

#[inline(always)]
fn map_with<S: Simd>(simd: S, curve: impl WithSlope, slope: bool, from: &[f32], to: &mut [f32]) {
    const BLOCK: usize = 4;
    rows::update::<S, BLOCK, 1, 1, 1>(
        simd,
        [[from]],
        [[to]],
        #[inline(always)]
        |[[x]], _, _| {
            let (values, slopes) = curve.at(simd, x);
            [[if slope { slopes } else { values }]]
        },
    );
}

/// A curve and its slope.
trait WithSlope: Copy {
    fn at<S: Simd, const B: usize>(self, simd: S, x: [S::f32s; B]) -> ([S::f32s; B], [S::f32s; B]);
}

#[derive(Clone, Copy)]
struct Decoding<K>(PhantomData<K>);

impl<K: Curve> WithSlope for Decoding<K> {
    #[inline(always)]
    fn at<S: Simd, const B: usize>(self, simd: S, x: [S::f32s; B]) -> ([S::f32s; B], [S::f32s; B]) {
        K::decode(simd, x)
    }
}

#[derive(Clone, Copy)]
struct Encoding<K>(f32, PhantomData<K>);

impl<K: Curve> WithSlope for Encoding<K> {
    #[inline(always)]
    fn at<S: Simd, const B: usize>(self, simd: S, mut x: [S::f32s; B]) -> ([S::f32s; B], [S::f32s; B]) {
        let floor = S::f32s::splat(simd, self.0);
        for x in &mut x {
            *x = x.max(floor);
        }
        K::encode(simd, x)
    }
}

#[derive(Clone, Copy)]
struct Logistic;

impl WithSlope for Logistic {
    #[inline(always)]
    fn at<S: Simd, const B: usize>(self, simd: S, x: [S::f32s; B]) -> ([S::f32s; B], [S::f32s; B]) {
        let y = sigmoid_block(simd, x);
        let mut slopes = y;
        for slope in &mut slopes {
            *slope = *slope - *slope * *slope;
        }
        (y, slopes)
    }
}

struct Blurring {
    blur: Blur,
    execution: Execution,
}

impl CustomOp1 for Blurring {
    fn name(&self) -> &'static str {
        "blur"
    }

    fn cpu_fwd(&self, storage: &CpuStorage, layout: &Layout) -> Result<(CpuStorage, Shape)> {
        let (elements, size) = (elements(self.name(), storage, layout)?, self.blur.size());
        let &[_, height, width] = layout.dims() else {
            return Err(Error::Msg("blur takes channels x height x width".to_owned()));
        };
        if (width, height) != (size.width(), size.height()) {
            return Err(Error::Msg(format!("a blur of {size} pixels was given {width}x{height}")));
        }
        let mut blurred = vec![0.0; elements.len()];
        for (from, to) in elements.chunks_exact(size.area()).zip(blurred.chunks_exact_mut(size.area())) {
            let (from, to) = (Plane::new(size, from), PlaneMut::new(size, to));
            match &self.blur {
                Blur::Separable(blur) => blur.apply(&self.execution, from, to),
                Blur::Wide(blur) => blur.apply(&self.execution, from, to),
            }
        }
        Ok((CpuStorage::F32(blurred), layout.shape().clone()))
    }

    fn bwd(&self, _: &Tensor, _: &Tensor, slope: &Tensor) -> Result<Option<Tensor>> {
        blur(slope, &self.blur, &self.execution).map(Some)
    }
}
