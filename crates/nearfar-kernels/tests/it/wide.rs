//! Wide blurs against the exact ones.

use nearfar_image::{Channels, Image, Linear, Size};
use nearfar_kernels::{Border, Execution, Gaussian, SeparableBlur, WideBlur};

use super::noise;

fn blurred(blur: &WideBlur, source: &Image<Linear>, execution: &Execution) -> Image<Linear> {
    let mut target = Image::filled(source.size(), Channels::Grey, f32::NAN);
    blur.apply(execution, source.plane(0), target.plane_mut(0));
    target
}

/// Large black and white patches with noise: detail of every scale, up to the border.
fn patches(size: Size) -> Image<Linear> {
    let noise = noise(size.area(), 5);
    let value = |x: usize, y: usize| if (x / 37 + y / 23).is_multiple_of(2) { 0.9 } else { 0.0 };
    Image::from_fn(size, Channels::Grey, |_, x, y| value(x, y) + 0.1 * noise[y * size.width() + x])
}

#[test]
fn wide_blur_is_within_its_bound_of_the_exact_one() {
    let execution = Execution::single_threaded();
    for (width, height) in [(301, 200), (64, 97), (1, 80), (80, 1), (5, 3)] {
        let source = patches(Size::new(width, height).unwrap());
        for sigma in [2.0, 3.0, 5.0, 11.0, 24.0, 64.0] {
            let exact = SeparableBlur::new(
                source.size(),
                &Gaussian::with_truncation(sigma, 6.0).unwrap().taps(),
                Border::Mirror,
            );
            let mut expected = Image::<Linear>::filled(source.size(), Channels::Grey, f32::NAN);
            exact.apply(&execution, source.plane(0), expected.plane_mut(0));
            let found = blurred(&WideBlur::new(source.size(), sigma, Border::Mirror).unwrap(), &source, &execution);
            let errors = found.samples().iter().zip(expected.samples()).map(|(a, b)| (a - b).abs());
            let worst = errors.fold(0.0f32, f32::max);
            assert!(worst < 5e-5, "{width}x{height} sigma {sigma}: off by {worst}");
        }
    }
}

#[test]
fn wide_blur_is_its_own_adjoint_and_bit_equal_for_any_number_of_threads() {
    for (width, height) in [(90, 61), (1, 40), (40, 1)] {
        let size = Size::new(width, height).unwrap();
        let (x, y) = (patches(size), Image::from_samples(size, Channels::Grey, noise(size.area(), 9)).unwrap());
        for border in [Border::Zero, Border::Mirror] {
            let blur = WideBlur::new(size, 7.0, border).unwrap();
            let dot = |a: &Image<Linear>, b: &Image<Linear>| -> f64 {
                a.samples().iter().zip(b.samples()).map(|(&a, &b)| f64::from(a) * f64::from(b)).sum()
            };
            let execution = Execution::single_threaded();
            let (left, right) = (dot(&blurred(&blur, &x, &execution), &y), dot(&x, &blurred(&blur, &y, &execution)));
            assert!((left - right).abs() < 1e-5 * left.abs(), "{left} {right}");
            for threads in [2, 3, 7] {
                let found = blurred(&blur, &x, &Execution::with_threads(threads).unwrap());
                assert_eq!(found, blurred(&blur, &x, &execution), "{threads} threads");
            }
        }
    }
}
