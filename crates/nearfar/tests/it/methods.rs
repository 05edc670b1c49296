use nearfar::{
    Channels, Execution, Image, Pair, Size, descent,
    fourier::{self, FrequencyResponse, LowPass, Workspace},
    image::{Linear, TransferFunction},
    kernels::{Border, Colors, Crossover, Gaussian, SeparableBlur},
};

use super::noise;

/// With light equal to codes and no pixel at a bound, the optimum has a closed form in the frequency domain:
/// `Y = W B + (1 - W) A`. The two mixers, which share no code, must agree on it.
#[test]
fn optimum_of_the_linear_problem_is_the_wiener_hybrid() {
    let size = Size::new(61, 44).unwrap();
    // Low contrast keeps the optimum inside the box.
    let pair = Pair::new(noise(size, Channels::Rgb, (0.4, 0.6), 1), noise(size, Channels::Rgb, (0.4, 0.6), 2)).unwrap();
    let (near_weight, far_weight, sigma) = (0.1, 1.0, 2.0);
    let execution = Execution::single_threaded();
    let options = descent::Options {
        near_weight,
        detail_weight: 0.0,
        colors: Colors::Channels,
        far_weight,
        sigma: Some(sigma),
        // A spatial Gaussian equals its frequency response only if it is not cut short.
        kernel_size: Some(27),
        transfer: TransferFunction::Identity,
        light_floor: 0.0,
        solver: descent::Solver::GradientDescent { rate: Some(0.45) },
        start: descent::Start::Grey,
        stop: descent::StopRule { max_iterations: 400, tolerance: 0.0 },
        ..descent::Options::default()
    };
    let optimum = descent::mix(&pair, &options, &execution, &mut descent::no_observer).unwrap().hybrid;
    let options = fourier::Options {
        crossover: Some(Crossover::of_sigma(sigma).unwrap()),
        low: FrequencyResponse::Wiener { near_weight, far_weight, sigma },
        transfer: TransferFunction::Identity,
        ..fourier::Options::classic()
    };
    let wiener = fourier::mix(&pair, &options, &execution).unwrap().hybrid;
    let differences = optimum.samples().iter().zip(wiener.samples()).map(|(a, b)| (a - b).abs());
    let worst = differences.fold(0.0f32, f32::max);
    assert!(worst < 1e-4, "the mixers differ by {worst}");
}

/// Two Gaussian blurs that share no code: one by taps in space, one by a response in frequency.
#[test]
fn blur_in_space_is_the_blur_in_frequency_borders_included() {
    let size = Size::new(53, 38).unwrap();
    let plane = noise(size, Channels::Grey, (0.0, 1.0), 5);
    let light = Image::<Linear>::from_samples(size, Channels::Grey, plane.into_samples()).unwrap();
    let execution = Execution::single_threaded();
    for sigma in [1.5, 4.0] {
        let mut in_space = Image::<Linear>::filled(size, Channels::Grey, 0.0);
        let mut in_frequency = in_space.clone();
        // Truncated at 7 sigma, the taps lose less than the rounding of single precision.
        let taps = Gaussian::with_truncation(sigma, 7.0).unwrap().taps();
        SeparableBlur::new(size, &taps, Border::Mirror).apply(&execution, light.plane(0), in_space.plane_mut(0));
        let curve = FrequencyResponse::Gaussian.curve(Crossover::of_sigma(sigma).unwrap()).unwrap();
        let filter = LowPass::new(size, &curve, fourier::Border::Mirror);
        filter.apply(&execution, light.plane(0), in_frequency.plane_mut(0), &mut Workspace::new());
        let differences = in_space.samples().iter().zip(in_frequency.samples()).map(|(a, b)| (a - b).abs());
        let worst = differences.fold(0.0f32, f32::max);
        assert!(worst < 1e-5, "sigma {sigma}: the blurs differ by {worst}");
    }
}
