//! The variables behind the pixels, and a step in them.

use fearless_simd::{Level, Simd, SimdBase, dispatch};
use nearfar_image::{Encoded, Image};
use nearfar_kernels::{
    Execution,
    math::{load, sigmoid, store},
};

use crate::Parametrization;

/// Pixels and the variables that they are functions of.
pub(super) enum Variables {
    /// Pixels are sigmoids of `logits`.
    Sigmoid { logits: Image<Encoded>, pixels: Image<Encoded> },
    /// Pixels are the variables.
    Box { pixels: Image<Encoded> },
}

/// Pixels at or beyond 0 and 1 have no finite logit: a start is drawn in by this much, a quarter of an 8-bit code.
const LOGIT_MARGIN: f32 = 0.25 / 255.0;

/// Samples that one task steps at a time.
const CHUNK: usize = 1 << 15;

impl Variables {
    pub(super) fn new(start: Image<Encoded>, parametrization: Parametrization, execution: &Execution) -> Self {
        let mut pixels = start;
        match parametrization {
            Parametrization::Box => {
                pixels.samples_mut().iter_mut().for_each(|v| *v = v.clamp(0.0, 1.0));
                Self::Box { pixels }
            }
            Parametrization::Sigmoid => {
                let mut logits = pixels.clone();
                for v in logits.samples_mut() {
                    let inside = v.clamp(LOGIT_MARGIN, 1.0 - LOGIT_MARGIN);
                    *v = (inside / (1.0 - inside)).ln();
                }
                let mut variables = Self::Sigmoid { logits, pixels };
                let nothing = Image::filled(variables.pixels().size(), variables.pixels().channels(), 0.0);
                variables.descend(execution, &nothing, 0.0);
                variables
            }
        }
    }

    pub(super) fn pixels(&self) -> &Image<Encoded> {
        match self {
            Self::Sigmoid { pixels, .. } | Self::Box { pixels } => pixels,
        }
    }

    pub(super) fn into_pixels(self) -> Image<Encoded> {
        match self {
            Self::Sigmoid { pixels, .. } | Self::Box { pixels } => pixels,
        }
    }

    /// Steps `rate` times down `gradient`, the gradient by the pixels.
    pub(super) fn descend(&mut self, execution: &Execution, gradient: &Image<Encoded>, rate: f32) {
        let level = execution.level();
        match self {
            Self::Sigmoid { logits, pixels } => {
                let chunks = logits.samples_mut().chunks_mut(CHUNK);
                let chunks = chunks.zip(pixels.samples_mut().chunks_mut(CHUNK)).zip(gradient.samples().chunks(CHUNK));
                execution.for_each(chunks.collect(), |((logits, pixels), gradient)| {
                    step_sigmoid(level, logits, pixels, gradient, rate);
                });
            }
            Self::Box { pixels } => {
                let chunks = pixels.samples_mut().chunks_mut(CHUNK).zip(gradient.samples().chunks(CHUNK));
                execution.for_each(chunks.collect(), |(pixels, gradient)| step_box(level, pixels, gradient, rate));
            }
        }
    }
}

/// `x -= rate * gradient * y (1 - y)`, then `y = sigmoid(x)`.
fn step_sigmoid(level: Level, logits: &mut [f32], pixels: &mut [f32], gradient: &[f32], rate: f32) {
    dispatch!(level, simd => sigmoid_lanes(simd, logits, pixels, gradient, rate));
}

#[inline(always)]
fn sigmoid_lanes<S: Simd>(simd: S, logits: &mut [f32], pixels: &mut [f32], gradient: &[f32], rate: f32) {
    for i in (0..logits.len()).step_by(S::f32s::LEN) {
        let (x, y) = (load(simd, logits, i), load(simd, pixels, i));
        let slope = y - y * y;
        let x = x - load(simd, gradient, i) * slope * rate;
        store(simd, logits, i, x);
        store(simd, pixels, i, sigmoid(simd, x));
    }
}

/// `y = clamp(y - rate * gradient)`.
fn step_box(level: Level, pixels: &mut [f32], gradient: &[f32], rate: f32) {
    dispatch!(level, simd => box_lanes(simd, pixels, gradient, rate));
}

#[inline(always)]
fn box_lanes<S: Simd>(simd: S, pixels: &mut [f32], gradient: &[f32], rate: f32) {
    let (zero, one) = (S::f32s::splat(simd, 0.0), S::f32s::splat(simd, 1.0));
    for i in (0..pixels.len()).step_by(S::f32s::LEN) {
        let y = load(simd, pixels, i) - load(simd, gradient, i) * rate;
        store(simd, pixels, i, y.max(zero).min(one));
    }
}
