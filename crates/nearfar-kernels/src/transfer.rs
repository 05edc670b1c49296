//! Transfer functions, vectorised: each together with its slope, since both come from one power.

use fearless_simd::{Select, Simd, SimdBase, dispatch};
use nearfar_image::TransferFunction;

use crate::{math::pow, rows};

/// A transfer function on vectors. Its definition is [`TransferFunction`]; relative error below 1e-6 against it.
///
/// Codes and light are taken as their magnitude: give values at or above zero.
pub trait Curve: Copy + Send + Sync {
    /// Light of codes, and the derivative of light by code.
    fn decode<S: Simd>(simd: S, code: S::f32s) -> (S::f32s, S::f32s);

    /// Codes of light, and the derivative of code by light.
    fn encode<S: Simd>(simd: S, light: S::f32s) -> (S::f32s, S::f32s);
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
    fn decode<S: Simd>(simd: S, code: S::f32s) -> (S::f32s, S::f32s) {
        (code, S::f32s::splat(simd, 1.0))
    }

    #[inline(always)]
    fn encode<S: Simd>(simd: S, light: S::f32s) -> (S::f32s, S::f32s) {
        (light, S::f32s::splat(simd, 1.0))
    }
}

impl Curve for Power22 {
    #[inline(always)]
    fn decode<S: Simd>(simd: S, code: S::f32s) -> (S::f32s, S::f32s) {
        let power = pow(simd, code, 1.2);
        (code * power, power * S::f32s::splat(simd, 2.2))
    }

    #[inline(always)]
    fn encode<S: Simd>(simd: S, light: S::f32s) -> (S::f32s, S::f32s) {
        let power = pow(simd, light, 1.0 / 2.2 - 1.0);
        (light * power, power * S::f32s::splat(simd, 1.0 / 2.2))
    }
}

impl Curve for Srgb {
    #[inline(always)]
    fn decode<S: Simd>(simd: S, code: S::f32s) -> (S::f32s, S::f32s) {
        let splat = |v| S::f32s::splat(simd, v);
        let base = (code + splat(0.055)) * splat(1.0 / 1.055);
        let power = pow(simd, base, 1.4);
        let dark = code.simd_le(splat(0.04045));
        (
            dark.select(code * splat(1.0 / 12.92), base * power),
            dark.select(splat(1.0 / 12.92), power * splat(2.4 / 1.055)),
        )
    }

    #[inline(always)]
    fn encode<S: Simd>(simd: S, light: S::f32s) -> (S::f32s, S::f32s) {
        let splat = |v| S::f32s::splat(simd, v);
        let power = pow(simd, light, 1.0 / 2.4 - 1.0) * splat(1.055);
        let dark = light.simd_le(splat(0.04045 / 12.92));
        (
            dark.select(light * splat(12.92), light * power - splat(0.055)),
            dark.select(splat(12.92), power * splat(1.0 / 2.4)),
        )
    }
}

/// Evaluates an expression with the [`Curve`] type of a [`TransferFunction`], so that the choice is made once and not in
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

/// Light of a row of codes.
///
/// # Panics
///
/// If the rows are not equally long.
pub fn decode_row(level: fearless_simd::Level, transfer: TransferFunction, codes: &[f32], light: &mut [f32]) {
    assert_eq!(codes.len(), light.len(), "both rows have one length");
    with_curve!(transfer, C => dispatch!(level, simd => decode_all::<_, C>(simd, codes, light)));
}

/// Codes of a row of light.
///
/// # Panics
///
/// If the rows are not equally long.
pub fn encode_row(level: fearless_simd::Level, transfer: TransferFunction, light: &[f32], codes: &mut [f32]) {
    codes.copy_from_slice(light);
    encode_in_place(level, transfer, 0.0, codes);
}

/// Replaces light by its codes; light below `floor` counts as `floor`.
pub fn encode_in_place(level: fearless_simd::Level, transfer: TransferFunction, floor: f32, samples: &mut [f32]) {
    with_curve!(transfer, C => dispatch!(level, simd => encode_all::<_, C>(simd, floor, samples)));
}

#[inline(always)]
fn decode_all<S: Simd, C: Curve>(simd: S, codes: &[f32], light: &mut [f32]) {
    rows::update(
        simd,
        [[codes]],
        [[light]],
        #[inline(always)]
        |[[code]], _, _| [[C::decode(simd, code).0]],
    );
}

#[inline(always)]
fn encode_all<S: Simd, C: Curve>(simd: S, floor: f32, samples: &mut [f32]) {
    let floor = S::f32s::splat(simd, floor);
    rows::update(
        simd,
        [],
        [[samples]],
        #[inline(always)]
        |[], [[light]], _| [[C::encode(simd, light.max(floor)).0]],
    );
}
