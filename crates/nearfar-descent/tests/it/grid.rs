//! Wide blurs on a coarse grid against the same blurs at every pixel.

use nearfar_descent::{Eye, FarBlur, Objective, Term};
use nearfar_image::{Channels, Encoded, Image, Size, TransferFunction};
use nearfar_kernels::{Axes, Border, Execution, Gaussian, SeparableBlur};

use super::noise;

/// A picture with detail of every scale: waves of all lengths and a little noise.
fn picture(size: Size, channels: Channels, seed: u64) -> Image<Encoded> {
    let noise = noise(size, channels, seed);
    let phase = seed as f32;
    Image::from_fn(size, channels, |c, x, y| {
        let wave = |length: f32, turn: f32| {
            let (sin, cos) = turn.sin_cos();
            ((x as f32 * cos + y as f32 * sin) * std::f32::consts::TAU / length + turn).sin()
        };
        let waves =
            0.2 * wave(300.0, phase) + 0.15 * wave(120.0, 2.0 * phase + c as f32) + 0.1 * wave(31.0, phase + 1.0);
        (0.5 + waves + 0.2 * (noise.plane(c).row(y)[x] - 0.5)).clamp(0.02, 0.98)
    })
}

fn objective(
    far: &Image<Encoded>,
    blur: impl Into<FarBlur>,
    axes: Axes,
    mask: Option<Image<Encoded>>,
    execution: &Execution,
) -> Objective<'static> {
    let eye = Eye { blur: blur.into(), transfer: TransferFunction::Srgb, axes, light_floor: 1e-6 };
    Objective::new(vec![Term::afar("far", 1.0, far.channels(), far, eye, execution).masked(mask)])
}

fn evaluate(objective: &Objective<'_>, picture: &Image<Encoded>, execution: &Execution) -> (f64, Image<Encoded>) {
    let mut gradient = Image::filled(picture.size(), picture.channels(), f32::NAN);
    let losses = objective.evaluate(execution, picture, &mut gradient, &mut objective.workspace(execution));
    (losses.total, gradient)
}

fn is_grid(blur: &FarBlur) -> bool {
    matches!(blur, FarBlur::Grid(_))
}

#[test]
fn only_wide_blurs_use_a_grid() {
    let size = Size::new(64, 48).unwrap();
    let blur = |sigma| FarBlur::new(size, &Gaussian::new(sigma).unwrap(), Border::Mirror);
    assert!(!is_grid(&blur(2.5)) && is_grid(&blur(3.5)) && is_grid(&blur(300.0)));
}

#[test]
fn grid_loss_and_gradient_match_those_of_all_pixels() {
    let execution = Execution::single_threaded();
    for (width, height) in [(301, 200), (97, 131), (40, 33), (1, 90), (90, 1), (7, 5)] {
        for sigma in [3.0, 3.9, 5.0, 6.3, 12.0, 20.0, 48.0] {
            let size = Size::new(width, height).unwrap();
            let (hybrid, far) = (picture(size, Channels::Rgb, 1), picture(size, Channels::Rgb, 2));
            let gaussian = Gaussian::new(sigma).unwrap();
            let axes = if width % 2 == 1 { Axes::Luma } else { Axes::Channels };
            let full =
                objective(&far, SeparableBlur::new(size, &gaussian.taps(), Border::Mirror), axes, None, &execution);
            let grid = objective(&far, FarBlur::new(size, &gaussian, Border::Mirror), axes, None, &execution);
            let (expected, expected_gradient) = evaluate(&full, &hybrid, &execution);
            let (found, gradient) = evaluate(&grid, &hybrid, &execution);
            assert!((found / expected - 1.0).abs() < 1e-3, "{size} sigma {sigma}: {found}, not {expected}");
            let norm = |samples: &mut dyn Iterator<Item = f32>| samples.map(|v| v * v).sum::<f32>().sqrt();
            let pairs = gradient.samples().iter().zip(expected_gradient.samples());
            let error = norm(&mut pairs.map(|(a, b)| a - b)) / norm(&mut expected_gradient.samples().iter().copied());
            assert!(error < 1e-3, "{size} sigma {sigma}: the gradient is off by {error} of its length");
        }
    }
}

/// The gradient is that of the reported loss, rather than of the loss at full resolution, for any border.
#[test]
fn grid_gradient_equals_central_differences() {
    let execution = Execution::single_threaded();
    for (width, height) in [(61, 40), (1, 30), (30, 1), (6, 9)] {
        for border in [Border::Zero, Border::Mirror] {
            let size = Size::new(width, height).unwrap();
            let far = picture(size, Channels::Rgb, 2);
            let blur = FarBlur::new(size, &Gaussian::new(5.5).unwrap(), border);
            let objective = objective(&far, blur, Axes::Luma, Some(picture(size, Channels::Grey, 5)), &execution);
            let hybrid = picture(size, Channels::Rgb, 1);
            let (_, gradient) = evaluate(&objective, &hybrid, &execution);
            for seed in 3..6 {
                let direction = noise(size, Channels::Rgb, seed);
                let at = |step: f32| {
                    let mut moved = hybrid.clone();
                    for (v, d) in moved.samples_mut().iter_mut().zip(direction.samples()) {
                        *v += step * d;
                    }
                    evaluate(&objective, &moved, &execution).0
                };
                let products = gradient.samples().iter().zip(direction.samples()).map(|(&a, &b)| f64::from(a * b));
                let (found, step) = (products.sum::<f64>(), 2e-3);
                let expected = (at(step) - at(-step)) / f64::from(2.0 * step);
                assert!((found - expected).abs() < 2e-3 * expected.abs(), "{size} {border:?}: {found}, not {expected}");
            }
        }
    }
}

#[test]
fn grid_results_are_bit_equal_for_any_number_of_threads() {
    for (width, height) in [(300, 37), (3, 150), (150, 3)] {
        let size = Size::new(width, height).unwrap();
        let (hybrid, far) = (picture(size, Channels::Rgb, 1), picture(size, Channels::Rgb, 2));
        let run = |threads| {
            let execution = Execution::with_threads(threads).unwrap();
            let blur = FarBlur::new(size, &Gaussian::new(7.0).unwrap(), Border::Mirror);
            evaluate(&objective(&far, blur, Axes::Channels, None, &execution), &hybrid, &execution)
        };
        let expected = run(1);
        for threads in [2, 3, 7] {
            assert_eq!(run(threads), expected, "{size}, {threads} threads");
        }
    }
}
