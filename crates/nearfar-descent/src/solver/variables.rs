//! The variables behind the pixels, and steps in them.

use fearless_simd::{Level, Simd, SimdBase, dispatch};
use nearfar_image::{Encoded, Image};
use nearfar_kernels::{
    Execution,
    math::{load_block, sigmoid_block, store_block},
    sums::update,
};

/// How pixels are kept in `[0, 1]`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "kebab-case"))]
pub enum Parametrization {
    /// Pixels are `1 / (1 + exp(-x))` of free variables x, as in the article.
    Sigmoid,
    /// Pixels are the variables and are projected onto `[0, 1]` at every step.
    #[default]
    Box,
}

/// Pixels and the variables that they are functions of.
pub(super) enum Variables {
    /// Pixels are sigmoids of `logits`.
    Sigmoid { logits: Image<Encoded>, pixels: Image<Encoded> },
    /// Pixels are the variables.
    Box { pixels: Image<Encoded> },
}

/// Pixels at or beyond 0 and 1 have no finite logit: a start is pulled in by this much, a quarter of an 8-bit code.
const LOGIT_MARGIN: f32 = 0.25 / 255.0;

/// Pixels at 0 have no slope under the power curve and would stay there: a start is pulled in by this much.
const BOX_MARGIN: f32 = 0.01;

/// Samples per task.
const CHUNK: usize = 1 << 15;

/// Samples that stay in the innermost cache between the passes of a step.
const BLOCK: usize = 1 << 10;

/// Vectors whose sigmoids are computed together.
const UNROLL: usize = 4;

impl Variables {
    pub(super) fn new(start: Image<Encoded>, parametrization: Parametrization, execution: &Execution) -> Self {
        let mut pixels = start;
        match parametrization {
            Parametrization::Box => {
                draw_in(execution, &mut pixels);
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
                variables.step(execution, &nothing, [], |_, []| 0.0);
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

    /// Subtracts `rule(slope, states)` from every variable: `slope` is the derivative of the loss with respect to it,
    /// computed from `gradient` (with respect to the pixels), and `states` is the rule's state for the variable.
    pub(super) fn step<const K: usize>(
        &mut self,
        execution: &Execution,
        gradient: &Image<Encoded>,
        states: [&mut Image<Encoded>; K],
        rule: impl Fn(f32, [&mut f32; K]) -> f32 + Sync,
    ) {
        let level = execution.level();
        let mut states = states.map(|s| s.samples_mut().chunks_mut(CHUNK));
        let mut next_states = || states.each_mut().map(|s| s.next().expect("states have the picture's shape"));
        let gradient = gradient.samples().chunks(CHUNK);
        match self {
            Self::Sigmoid { logits, pixels } => {
                let chunks = logits.samples_mut().chunks_mut(CHUNK).zip(pixels.samples_mut().chunks_mut(CHUNK));
                let tasks = chunks.zip(gradient).map(|(chunk, gradient)| (chunk, gradient, next_states())).collect();
                execution.for_each(tasks, |((logits, pixels), gradient, states)| {
                    dispatch!(level, simd => sigmoid_step(simd, logits, pixels, gradient, states, &rule));
                });
            }
            Self::Box { pixels } => {
                let chunks = pixels.samples_mut().chunks_mut(CHUNK).zip(gradient);
                let tasks = chunks.map(|(pixels, gradient)| (pixels, gradient, next_states())).collect();
                execution
                    .for_each(tasks, |(pixels, gradient, states)| box_step(level, pixels, gradient, states, &rule));
            }
        }
    }
}

/// Moves a start for the box away from the bounds.
pub(super) fn draw_in(execution: &Execution, start: &mut Image<Encoded>) {
    update(execution, start.samples_mut(), [], |y, []| y.clamp(BOX_MARGIN, 1.0 - BOX_MARGIN));
}

/// `x -= rule(gradient * y (1 - y))`, then `y = sigmoid(x)`.
#[inline(always)]
fn sigmoid_step<S: Simd, const K: usize>(
    simd: S,
    logits: &mut [f32],
    pixels: &mut [f32],
    gradient: &[f32],
    mut states: [&mut [f32]; K],
    rule: &impl Fn(f32, [&mut f32; K]) -> f32,
) {
    for start in (0..logits.len()).step_by(BLOCK) {
        let range = start..logits.len().min(start + BLOCK);
        let (logits, pixels) = (&mut logits[range.clone()], &mut pixels[range.clone()]);
        step_variables(
            logits,
            states.each_mut().map(|s| &mut s[range.clone()]),
            |i| gradient[start + i] * (pixels[i] - pixels[i] * pixels[i]),
            rule,
        );
        for i in (0..logits.len()).step_by(UNROLL * S::f32s::LEN) {
            let logits: [_; UNROLL] = load_block(simd, logits, i);
            store_block(simd, pixels, i, sigmoid_block(simd, logits));
        }
    }
}

/// `y = clamp(y - rule(gradient))`.
fn box_step<const K: usize>(
    level: Level,
    pixels: &mut [f32],
    gradient: &[f32],
    states: [&mut [f32]; K],
    rule: &impl Fn(f32, [&mut f32; K]) -> f32,
) {
    dispatch!(level, _simd => {
        step_variables(pixels, states, |i| gradient[i], rule);
        pixels.iter_mut().for_each(|y| *y = y.clamp(0.0, 1.0));
    });
}

#[inline(always)]
fn step_variables<const K: usize>(
    variables: &mut [f32],
    mut states: [&mut [f32]; K],
    slope: impl Fn(usize) -> f32,
    rule: &impl Fn(f32, [&mut f32; K]) -> f32,
) {
    let length = variables.len();
    let mut states = states.each_mut().map(|s| &mut s[..length]);
    for (i, variable) in variables.iter_mut().enumerate() {
        *variable -= rule(slope(i), states.each_mut().map(|s| &mut s[i]));
    }
}
