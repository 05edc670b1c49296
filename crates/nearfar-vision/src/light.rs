//! Conversions from codes to light and from light to lightness.

use fearless_simd::{Level, Select, Simd, SimdBase, dispatch};
use nearfar_image::{Channels, ColorState, Encoded, Image, Linear, REC709, TransferFunction};
use nearfar_kernels::{
    Execution,
    math::{load, pow, store},
    transfer,
};

use crate::field::Field;

/// Weights of CIE 1931 X and Z for linear sRGB, each 1 for white (IEC 61966-2-1, divided by its white).
const X: [f32; 3] = [0.433_953, 0.376_219, 0.189_828];
const Z: [f32; 3] = [0.017_757, 0.109_468, 0.872_775];

/// Luminance of a picture, 0 for black and 1 for white: sRGB decoded, then Y of CIE 1931.
pub(crate) fn luminance(execution: &Execution, picture: &Image<Encoded>) -> Field {
    weighted(execution, picture, REC709)
}

/// The tristimulus values of a picture, 1 for white: luminance Y and, for colour pictures, X and Z of CIE 1931 after
/// it.
pub(crate) fn tristimulus(execution: &Execution, picture: &Image<Encoded>) -> Vec<Field> {
    let weights = match picture.channels() {
        Channels::Grey => &[REC709][..],
        Channels::Rgb => &[REC709, X, Z],
    };
    weights.iter().map(|&weights| weighted(execution, picture, weights)).collect()
}

/// A weighted sum of a picture's light, 1 for white.
fn weighted(execution: &Execution, picture: &Image<Encoded>, weights: [f32; 3]) -> Field {
    let decode = |channel: usize, y: usize, light: &mut [f32]| {
        transfer::decode_row(execution.level(), TransferFunction::Srgb, picture.plane(channel).row(y), light);
    };
    match picture.channels() {
        Channels::Grey => Field::from_rows(execution, picture.size(), |y, target| decode(0, y, target)),
        Channels::Rgb => Field::from_rows(execution, picture.size(), |y, target| {
            let mut light = vec![0.0; target.len()];
            for (channel, weight) in weights.into_iter().enumerate() {
                decode(channel, y, &mut light);
                for (target, &light) in target.iter_mut().zip(&light) {
                    *target += weight * light;
                }
            }
        }),
    }
}

/// Light of a picture's codes, as [`Image::decode`] defines it, vectorised.
pub(crate) fn decode(execution: &Execution, picture: &Image<Encoded>) -> Image<Linear> {
    converted(execution, picture, |codes, light| {
        transfer::decode_row(execution.level(), TransferFunction::Srgb, codes, light);
    })
}

/// [`decode`] for one row; `magnitudes` is scratch space for another row.
pub(crate) fn decode_row(execution: &Execution, codes: &[f32], light: &mut [f32], magnitudes: &mut [f32]) {
    let curve = |codes: &[f32], light: &mut [f32]| {
        transfer::decode_row(execution.level(), TransferFunction::Srgb, codes, light);
    };
    convert_row(codes, light, magnitudes, curve);
}

/// Codes of a picture's light, as [`Image::encode`] defines them, vectorised.
pub(crate) fn encode(execution: &Execution, light: &Image<Linear>) -> Image<Encoded> {
    converted(execution, light, |light, codes| {
        transfer::encode_row(execution.level(), TransferFunction::Srgb, light, codes);
    })
}

/// A picture passed through an odd curve; `curve` handles the non-negative half.
fn converted<A: ColorState, B: ColorState>(
    execution: &Execution,
    picture: &Image<A>,
    curve: impl Fn(&[f32], &mut [f32]) + Sync,
) -> Image<B> {
    let size = picture.size();
    let mut result = Image::<B>::filled(size, picture.channels(), 0.0);
    for (source, target) in picture.planes().zip(result.planes_mut()) {
        let strips = target.into_strips(execution.rows_per_strip(size.height())).collect();
        execution.for_each(strips, |(first, strip): (usize, &mut [f32])| {
            let mut magnitudes = vec![0.0; size.width()];
            for (y, target) in strip.chunks_exact_mut(size.width()).enumerate() {
                convert_row(source.row(first + y), target, &mut magnitudes, &curve);
            }
        });
    }
    result
}

fn convert_row(source: &[f32], target: &mut [f32], magnitudes: &mut [f32], curve: impl Fn(&[f32], &mut [f32])) {
    for (magnitude, value) in magnitudes.iter_mut().zip(source) {
        *magnitude = value.abs();
    }
    curve(magnitudes, target);
    for (target, value) in target.iter_mut().zip(source) {
        *target = target.copysign(*value);
    }
}

/// CIE lightness L* / 100 of luminance.
pub(crate) fn lightness(execution: &Execution, luminance: Field) -> Field {
    luminance.map_rows(execution, |_, row| lightness_row(execution.level(), row))
}

/// CIE L*, a* and b*, each divided by 100, of the planes of [`tristimulus`]; L* alone of luminance alone.
pub(crate) fn lab(execution: &Execution, light: Vec<Field>) -> Vec<Field> {
    // With CIE's function f, L*/100 is 1.16 f(Y) - 0.16, a*/100 is 5 (f(X) - f(Y)) and b*/100 is 2 (f(Y) - f(Z)).
    let curved: Vec<_> = light.into_iter().map(|sum| lightness(execution, sum)).collect();
    let [y, x, z] = &curved[..] else { return curved };
    let opponent = |a: &Field, b: &Field, scale: f32| Field::zip(execution, a, b, |a, b| scale / 1.16 * (a - b));
    vec![y.clone(), opponent(x, y, 5.0), opponent(y, z, 2.0)]
}

fn lightness_row(level: Level, row: &mut [f32]) {
    dispatch!(level, simd => lightness_with(simd, row));
}

/// L* / 100 = 1.16 Y^(1/3) - 0.16 above Y = (6/29)^3, and 0.01 (29/3)^3 Y below, where the cube root is too steep.
#[inline(always)]
fn lightness_with<S: Simd>(simd: S, row: &mut [f32]) {
    let splat = |v| S::f32s::splat(simd, v);
    for i in (0..row.len()).step_by(S::f32s::LEN) {
        let luminance = load(simd, row, i);
        let root = pow(simd, luminance, 1.0 / 3.0) * splat(1.16) - splat(0.16);
        let dark = luminance.simd_le(splat(216.0 / 24389.0));
        store(simd, row, i, dark.select(luminance * splat(243.89 / 27.0), root));
    }
}

#[cfg(test)]
mod tests {
    use nearfar_image::Size;

    use super::*;

    #[test]
    fn lightness_of_known_greys() {
        // CIE: Y = 0.18418652 is L* 50; the two branches meet at L* 8.
        let execution = Execution::single_threaded();
        let known = [(0.0, 0.0), (0.001, 0.009_032_96), (216.0 / 24389.0, 0.08), (0.184_186_52, 0.5), (1.0, 1.0)];
        for (luminance, expected) in known {
            let mut found = [luminance];
            lightness_row(execution.level(), &mut found);
            assert!((found[0] - expected).abs() < 1e-6, "Y {luminance}: {} is not {expected}", found[0]);
        }
    }

    #[test]
    fn lab_of_known_colors() {
        let execution = Execution::single_threaded();
        // sRGB's red, green, blue, white and a dark brown, in CIE L*a*b* under D65.
        let known = [
            ([1.0, 0.0, 0.0], [53.24, 80.09, 67.20]),
            ([0.0, 1.0, 0.0], [87.73, -86.18, 83.18]),
            ([0.0, 0.0, 1.0], [32.30, 79.19, -107.86]),
            ([1.0, 1.0, 1.0], [100.0, 0.0, 0.0]),
            ([0.2, 0.1, 0.0], [12.10, 10.27, 18.23]),
        ];
        for (codes, expected) in known {
            let pixel = Image::from_fn(Size::new(1, 1).expect("size"), Channels::Rgb, |c, _, _| codes[c]);
            let found = lab(&execution, tristimulus(&execution, &pixel));
            for (found, expected) in found.iter().zip(expected) {
                assert!((100.0 * found.row(0)[0] - expected).abs() < 0.05, "{codes:?}: {} {expected}", found.row(0)[0]);
            }
        }
        let grey = Image::filled(Size::new(1, 1).expect("size"), Channels::Grey, 0.5);
        assert_eq!(lab(&execution, tristimulus(&execution, &grey)).len(), 1);
    }

    #[test]
    fn curves_match_the_definition() {
        let execution = Execution::single_threaded();
        let size = Size::new(301, 2).expect("size");
        // Codes from -0.5 to 1.5: float files may hold values out of range.
        let codes = Image::from_fn(size, Channels::Rgb, |c, x, y| (x + 301 * y + c) as f32 / 301.0 - 0.5);
        let (light, expected) = (decode(&execution, &codes), codes.decode(TransferFunction::Srgb));
        let close = |a: &[f32], b: &[f32]| a.iter().zip(b).all(|(a, b)| (a - b).abs() <= 2e-6 * b.abs());
        assert!(close(light.samples(), expected.samples()));
        let (again, expected) = (encode(&execution, &light), light.encode(TransferFunction::Srgb));
        assert!(close(again.samples(), expected.samples()));
    }

    #[test]
    fn luminance_weighs_green_most() {
        let execution = Execution::single_threaded();
        let size = Size::new(3, 1).expect("size");
        let primaries = Image::from_fn(size, Channels::Rgb, |channel, x, _| if channel == x { 1.0 } else { 0.0 });
        let found = luminance(&execution, &primaries);
        for (found, expected) in found.row(0).iter().zip(REC709) {
            assert!((found - expected).abs() < 1e-6);
        }
    }
}
