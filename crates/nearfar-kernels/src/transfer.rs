//! Vectorised transfer functions, each with its slope, since both come from one power.

use fearless_simd::{Select, Simd, SimdBase, dispatch};
use nearfar_image::TransferFunction;

use crate::{math::pow_block, rows};

/// A transfer function on blocks of vectors, within a relative error of 1e-6 of its definition, [`TransferFunction`].
///
/// Codes and light must not be negative.
pub trait Curve: Copy + Send + Sync {
    /// Light of codes, and the derivative of light by code.
    fn decode<S: Simd, const B: usize>(simd: S, codes: [S::f32s; B]) -> ([S::f32s; B], [S::f32s; B]);

    /// Codes of light, and the derivative of code by light.
    fn encode<S: Simd, const B: usize>(simd: S, light: [S::f32s; B]) -> ([S::f32s; B], [S::f32s; B]);
}

/// [`TransferFunction::Identity`].
#[derive(Clone, Copy, Debug)]
pub struct Identity;

/// [`TransferFunction::Power22`].
#[derive(Clone, Copy, Debug)]
pub struct Power22;

/// [`TransferFunction::Srgb`].
#[derive(Clone, Copy, Debug)]
pub struct Srgb;

impl Curve for Identity {
    #[inline(always)]
    fn decode<S: Simd, const B: usize>(simd: S, codes: [S::f32s; B]) -> ([S::f32s; B], [S::f32s; B]) {
        (codes, [S::f32s::splat(simd, 1.0); B])
    }

    #[inline(always)]
    fn encode<S: Simd, const B: usize>(simd: S, light: [S::f32s; B]) -> ([S::f32s; B], [S::f32s; B]) {
        (light, [S::f32s::splat(simd, 1.0); B])
    }
}

/// `x^exponent` and its derivative, from one power.
#[inline(always)]
fn power_and_slope<S: Simd, const B: usize>(simd: S, x: [S::f32s; B], exponent: f64) -> ([S::f32s; B], [S::f32s; B]) {
    let (mut value, mut slope) = (x, pow_block(simd, x, exponent - 1.0));
    for (value, slope) in value.iter_mut().zip(&mut slope) {
        *value *= *slope;
        *slope *= S::f32s::splat(simd, exponent as f32);
    }
    (value, slope)
}

impl Curve for Power22 {
    #[inline(always)]
    fn decode<S: Simd, const B: usize>(simd: S, codes: [S::f32s; B]) -> ([S::f32s; B], [S::f32s; B]) {
        power_and_slope(simd, codes, 2.2)
    }

    #[inline(always)]
    fn encode<S: Simd, const B: usize>(simd: S, light: [S::f32s; B]) -> ([S::f32s; B], [S::f32s; B]) {
        power_and_slope(simd, light, 1.0 / 2.2)
    }
}

impl Curve for Srgb {
    #[inline(always)]
    fn decode<S: Simd, const B: usize>(simd: S, codes: [S::f32s; B]) -> ([S::f32s; B], [S::f32s; B]) {
        let splat = |v| S::f32s::splat(simd, v);
        let mut base = codes;
        for base in &mut base {
            *base = (*base + splat(0.055)) * splat(1.0 / 1.055);
        }
        let (mut light, mut slope) = power_and_slope(simd, base, 2.4);
        for b in 0..B {
            let dark = codes[b].simd_le(splat(0.04045));
            light[b] = dark.select(codes[b] * splat(1.0 / 12.92), light[b]);
            slope[b] = dark.select(splat(1.0 / 12.92), slope[b] * splat(1.0 / 1.055));
        }
        (light, slope)
    }

    #[inline(always)]
    fn encode<S: Simd, const B: usize>(simd: S, light: [S::f32s; B]) -> ([S::f32s; B], [S::f32s; B]) {
        let splat = |v| S::f32s::splat(simd, v);
        let (mut codes, mut slope) = power_and_slope(simd, light, 1.0 / 2.4);
        for b in 0..B {
            let dark = light[b].simd_le(splat(0.04045 / 12.92));
            codes[b] = dark.select(light[b] * splat(12.92), codes[b] * splat(1.055) - splat(0.055));
            slope[b] = dark.select(splat(12.92), slope[b] * splat(1.055));
        }
        (codes, slope)
    }
}

/// Evaluates an expression with the [`Curve`] type of a [`TransferFunction`], so that the choice is made once, outside
/// the innermost loop.
#[macro_export]
macro_rules! with_curve {
    ($transfer:expr, $curve:ident => $body:expr) => {
        match $transfer {
            $crate::__image::TransferFunction::Identity => {
                type $curve = $crate::transfer::Identity;
                $body
            }
            $crate::__image::TransferFunction::Power22 => {
                type $curve = $crate::transfer::Power22;
                $body
            }
            $crate::__image::TransferFunction::Srgb => {
                type $curve = $crate::transfer::Srgb;
                $body
            }
        }
    };
}

/// The light of a row of codes.
///
/// # Panics
///
/// If the rows differ in length.
#[doc(hidden)]
pub fn decode_row(level: fearless_simd::Level, transfer: TransferFunction, codes: &[f32], light: &mut [f32]) {
    assert_eq!(codes.len(), light.len(), "both rows have one length");
    with_curve!(transfer, C => dispatch!(level, simd => decode_all::<_, C>(simd, codes, light)));
}

/// The codes of a row of light.
///
/// # Panics
///
/// If the rows differ in length.
#[doc(hidden)]
pub fn encode_row(level: fearless_simd::Level, transfer: TransferFunction, light: &[f32], codes: &mut [f32]) {
    codes.copy_from_slice(light);
    encode_in_place(level, transfer, 0.0, codes);
}

/// Replaces light by its codes; light below `floor` counts as `floor`.
#[doc(hidden)]
pub fn encode_in_place(level: fearless_simd::Level, transfer: TransferFunction, floor: f32, samples: &mut [f32]) {
    with_curve!(transfer, C => dispatch!(level, simd => encode_all::<_, C>(simd, floor, samples)));
}

/// Vectors whose powers are computed together.
const BLOCK: usize = 8;

#[inline(always)]
fn decode_all<S: Simd, C: Curve>(simd: S, codes: &[f32], light: &mut [f32]) {
    rows::update::<S, BLOCK, 1, 1, 1>(
        simd,
        [[codes]],
        [[light]],
        #[inline(always)]
        |[[codes]], _, _| [[C::decode(simd, codes).0]],
    );
}

#[inline(always)]
fn encode_all<S: Simd, C: Curve>(simd: S, floor: f32, samples: &mut [f32]) {
    let floor = S::f32s::splat(simd, floor);
    rows::update::<S, BLOCK, 1, 0, 1>(
        simd,
        [],
        [[samples]],
        #[inline(always)]
        |[], [[mut light]], _| {
            for light in &mut light {
                *light = light.max(floor);
            }
            [[C::encode(simd, light).0]]
        },
    );
}
