//! The similarity straight from its definition, in double precision and at full resolution: slow, and sharing nothing
//! with the crate.

use nearfar_image::{Channels, Encoded, Image, Size};
use nearfar_vision::{Viewing, score};

use crate::pictures::{every_set, linear_hybrid, pair_of_scenes, size};

/// Gaussian blur truncated at 4 sigma, with a mirrored border.
pub(crate) fn blur(values: &[f64], size: Size, sigma: f64) -> Vec<f64> {
    blur_to(4.0, values, size, sigma)
}

/// Gaussian blur truncated at `truncation` sigmas, with a mirrored border.
fn blur_to(truncation: f64, values: &[f64], size: Size, sigma: f64) -> Vec<f64> {
    let radius = (truncation * sigma).ceil() as isize;
    let taps: Vec<f64> = (-radius..=radius).map(|k| (-0.5 * (k as f64 / sigma).powi(2)).exp()).collect();
    let sum: f64 = taps.iter().sum();
    let taps: Vec<f64> = taps.into_iter().map(|tap| tap / sum).collect();
    blur_rows_and_transpose(&blur_rows_and_transpose(values, size.width(), &taps), size.height(), &taps)
}

fn blur_rows_and_transpose(values: &[f64], width: usize, taps: &[f64]) -> Vec<f64> {
    let radius = (taps.len() / 2) as isize;
    let mirror = |i: isize| {
        let folded = i.rem_euclid(2 * width as isize) as usize;
        folded.min(2 * width - 1 - folded)
    };
    let places: Vec<_> = (-radius..width as isize + radius).map(mirror).collect();
    let height = values.len() / width;
    let mut blurred = vec![0.0; values.len()];
    for (y, row) in values.chunks(width).enumerate() {
        let line: Vec<_> = places.iter().map(|&x| row[x]).collect();
        for (x, window) in line.windows(taps.len()).enumerate() {
            blurred[x * height + y] = window.iter().zip(taps).map(|(value, tap)| value * tap).sum();
        }
    }
    blurred
}

/// L* / 100 of a picture as seen at `ppd` pixels per degree.
fn view(picture: &Image<Encoded>, ppd: f64) -> Vec<f64> {
    let [lightness, ..] = lab(4.0, picture, ppd);
    lightness
}

/// L*, a* and b* of a picture, divided by 100, as seen through a Gaussian truncated at `truncation` sigmas.
fn lab(truncation: f64, picture: &Image<Encoded>, ppd: f64) -> [Vec<f64>; 3] {
    let decode = |v: f32| {
        let v = f64::from(v);
        if v <= 0.04045 { v / 12.92 } else { ((v + 0.055) / 1.055).powf(2.4) }
    };
    let sum = |weights: [f64; 3], white: f64| {
        let light = |i| match &picture.planes().map(|plane| decode(plane.samples()[i])).collect::<Vec<_>>()[..] {
            &[grey] => grey,
            rgb => rgb.iter().zip(weights).map(|(light, weight)| weight * light).sum::<f64>() / white,
        };
        let sums: Vec<_> = (0..picture.size().area()).map(light).collect();
        let curved = |t: f64| if t > 216.0 / 24389.0 { t.cbrt() } else { (24389.0 / 27.0 * t + 16.0) / 116.0 };
        blur_to(truncation, &sums, picture.size(), 0.01543 * ppd).into_iter().map(curved).collect::<Vec<_>>()
    };
    // The white of sRGB, D65, as the sum of its primaries.
    let x = sum([0.412_456_4, 0.357_576_1, 0.180_437_5], 0.950_47);
    let y = sum([0.2126, 0.7152, 0.0722], 1.0);
    let z = sum([0.019_333_9, 0.119_192, 0.950_304_1], 1.088_83);
    let zip = |a: &[f64], b: &[f64], scale: f64| a.iter().zip(b).map(|(a, b)| scale * (a - b)).collect();
    [y.iter().map(|y| 1.16 * y - 0.16).collect(), zip(&x, &y, 5.0), zip(&y, &z, 2.0)]
}

fn mean(values: impl ExactSizeIterator<Item = f64>) -> f64 {
    let n = values.len() as f64;
    values.sum::<f64>() / n
}

/// The contrast-structure term of two bands.
fn agreement(a: &[f64], b: &[f64], size: Size, window: f64) -> f64 {
    let local = |f: &dyn Fn(usize) -> f64| blur(&(0..a.len()).map(f).collect::<Vec<_>>(), size, window);
    let (mean_a, mean_b) = (local(&|i| a[i]), local(&|i| b[i]));
    let (aa, bb, ab) = (local(&|i| a[i] * a[i]), local(&|i| b[i] * b[i]), local(&|i| a[i] * b[i]));
    mean((0..a.len()).map(|i| {
        let variances = aa[i] - mean_a[i] * mean_a[i] + bb[i] - mean_b[i] * mean_b[i];
        (2.0 * (ab[i] - mean_a[i] * mean_b[i]) + 2.25e-4) / (variances + 2.25e-4)
    }))
}

/// The similarity S(X, R, ppd).
fn similarity(picture: &Image<Encoded>, reference: &Image<Encoded>, ppd: f64) -> f64 {
    let size = picture.size();
    let mut sigmas = vec![0.0, 1.0, 2.0, 4.0, 8.0, 16.0];
    sigmas.extend([32.0, 64.0].into_iter().filter(|sigma| 8.0 * sigma < size.shorter_side() as f64));
    let levels = |picture: &Image<Encoded>| -> Vec<_> {
        let seen = view(picture, ppd);
        sigmas.iter().map(|&sigma| if sigma > 0.0 { blur(&seen, size, sigma) } else { seen.clone() }).collect()
    };
    let bands = |levels: Vec<Vec<f64>>| -> Vec<Vec<f64>> {
        levels
            .windows(2)
            .map(|pair| pair[0].iter().zip(&pair[1]).map(|(fine, coarse)| fine - coarse).collect())
            .collect()
    };
    let (x, r) = (bands(levels(picture)), bands(levels(reference)));
    let weights: Vec<_> = r.iter().map(|band| mean(band.iter().map(|v| v * v)).sqrt()).collect();
    let terms = (0..x.len()).map(|k| weights[k] * agreement(&x[k], &r[k], size, 1.5 * sigmas[k + 1]));
    terms.sum::<f64>() / weights.iter().sum::<f64>()
}

/// What is seen of a hybrid: p, and p for lightness alone, with blurs truncated at 6 sigma. A face has a centre and a
/// width.
pub(crate) fn percept([hybrid, near, far]: [&Image<Encoded>; 3], ppd: f64, face: Option<([f64; 2], f64)>) -> [f64; 2] {
    let size = hybrid.size();
    let unit = face.map_or(size.shorter_side() as f64 / 2.4, |(_, width)| width);
    let weight = |i: usize| {
        let Some(([x, y], width)) = face else { return 1.0 };
        let [dx, dy] = [(i % size.width()) as f64 - x, (i / size.width()) as f64 - y];
        let half = 0.55 * width;
        (-((dx / half).powi(2) + (dy / (1.25 * half)).powi(2)).powi(2)).exp() + 1e-4
    };
    let weights: Vec<_> = (0..size.area()).map(weight).collect();
    let views = [hybrid, near, far].map(|picture| lab(6.0, picture, ppd));
    // For lightness and for colours: near, far.
    let mut strengths = [[0.0; 2]; 2];
    for k in 0..11 {
        let cycles = 2f64.powf(0.5 + 0.5 * f64::from(k));
        let sigma = 0.18739 * unit / cycles;
        let band = |seen: &Vec<f64>| -> Vec<f64> {
            let [fine, coarse] = [sigma / 2f64.sqrt(), sigma * 2f64.sqrt()].map(|s| blur_to(6.0, seen, size, s));
            fine.iter().zip(coarse).map(|(fine, coarse)| fine - coarse).collect()
        };
        let [h, a, b] = views.each_ref().map(|planes| planes.each_ref().map(band));
        let importance = (-(cycles / 22.627_417).log2().powi(2) / 8.0).exp();
        // Colours are not counted in the two highest bands.
        for (planes, strengths) in [0..1, 1..3].into_iter().zip(&mut strengths).take(if k < 9 { 2 } else { 1 }) {
            let product = |u: &[Vec<f64>; 3], v: &[Vec<f64>; 3]| -> f64 {
                let plane = |plane: usize| -> f64 {
                    weights.iter().zip(u[plane].iter().zip(&v[plane])).map(|(w, (u, v))| w * u * v).sum()
                };
                planes.clone().map(plane).sum::<f64>() / weights.iter().sum::<f64>()
            };
            let (aa, bb, ab) = (product(&a, &a), product(&b, &b), product(&a, &b));
            let (ha, hb) = (product(&h, &a), product(&h, &b));
            let determinant = aa * bb - ab * ab + 1e-6 * aa * bb + 1e-12;
            strengths[0] += importance * ((ha * bb - hb * ab) / determinant).abs() * aa.sqrt();
            strengths[1] += importance * ((hb * aa - ha * ab) / determinant).abs() * bb.sqrt();
        }
    }
    let p = |near: f64, far: f64| (near - far) / (near + far);
    let [[near, far], [near_color, far_color]] = strengths;
    [p(near + 0.5 * near_color, far + 0.5 * far_color), p(near, far)]
}

/// Small pictures, and those whose sizes halve without remainder, agree well; in odd ones the edges count slightly
/// more.
#[test]
fn scores_agree_with_their_definition() {
    let cases = [
        (size(256, 288), Channels::Rgb, 1e-4),
        (size(16, 96), Channels::Grey, 1e-4),
        (size(47, 33), Channels::Grey, 1e-4),
        (size(259, 301), Channels::Grey, 5e-4),
    ];
    for (size, channels, tolerance) in cases {
        let pair = pair_of_scenes(size, channels);
        let hybrid = linear_hybrid(&pair, 3.0, 1.0);
        let mut checks = Vec::new();
        for execution in every_set() {
            let found = score(&hybrid, &pair, &Viewing::default(), &execution).expect("one size");
            checks.extend([
                ("nA", found.near_fidelity, pair.near(), 39.6),
                ("nB", found.near_leakage, pair.far(), 39.6),
                ("fA", found.far_leakage, pair.near(), 194.0),
                ("fB", found.far_fidelity, pair.far(), 194.0),
            ]);
            let sweep = [found.far_sweep[0], found.far_sweep[4]];
            checks.extend(sweep.map(|at| ("fB", at.far_fidelity, pair.far(), at.ppd.get())));
        }
        let views = checks.len() / every_set().count();
        let expected: Vec<_> =
            checks[..views].iter().map(|(_, _, reference, ppd)| similarity(&hybrid, reference, *ppd)).collect();
        for ((name, value, _, ppd), expected) in checks.into_iter().zip(expected.into_iter().cycle()) {
            let error = (value - expected).abs();
            assert!(error < tolerance, "{size} {name} at {ppd}: {value:.5} is not {expected:.5}, off by {error:.1e}");
        }
    }
}
