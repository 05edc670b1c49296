use nearfar::{
    Channels, Execution, Pair, Size, descent,
    fourier::{self, FrequencyResponse},
    image::TransferFunction,
    no_observer,
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
        far_weight,
        sigma: Some(sigma),
        // A spatial Gaussian equals its frequency response only if it is not cut short.
        kernel_size: Some(27),
        transfer: TransferFunction::Identity,
        light_floor: 0.0,
        solver: descent::Solver::GradientDescent { rate: 0.45 },
        start: descent::Start::Grey,
        stop: descent::StopRule { max_steps: 400, tolerance: 0.0 },
        ..descent::Options::default()
    };
    let optimum = descent::mix(&pair, &options, &execution, &mut no_observer).unwrap().hybrid;
    let options = fourier::Options {
        low: FrequencyResponse::Wiener { near_weight, far_weight, sigma },
        transfer: TransferFunction::Identity,
        ..fourier::Options::default()
    };
    let wiener = fourier::mix(&pair, &options, &execution).unwrap().hybrid;
    let differences = optimum.samples().iter().zip(wiener.samples()).map(|(a, b)| (a - b).abs());
    let worst = differences.fold(0.0f32, f32::max);
    assert!(worst < 1e-4, "the mixers differ by {worst}");
}
