//! Invalid options are refused, and valid ones take effect.

use std::ops::ControlFlow;

use nearfar_descent::{DescentError, EdgeStop, Options, Plan, Solver, Start, StopReason, StopRule, mix, no_observer};
use nearfar_image::{Channels, Image, Pair, Size};
use nearfar_kernels::{Colors, Crossover, Execution, KernelError, Share};

use super::noise;

fn size() -> Size {
    Size::new(20, 12).unwrap()
}

fn pair() -> Pair {
    Pair::new(noise(size(), Channels::Rgb, 1), noise(size(), Channels::Rgb, 2)).unwrap()
}

#[test]
fn invalid_options_are_refused_by_name() {
    let refuse = |change: &dyn Fn(&mut Options)| {
        let mut options = Options::article();
        change(&mut options);
        Plan::new(size(), &options).unwrap_err()
    };
    for (error, name) in [
        (refuse(&|o| o.near_weight = -1.0), "near weight"),
        (refuse(&|o| o.far_weight = f64::NAN), "far weight"),
        (refuse(&|o| o.color_weight = -0.5), "color weight"),
        (refuse(&|o| o.light_floor = f32::NAN), "light floor"),
    ] {
        assert!(matches!(error, DescentError::Weight { name: found, .. } if found == name), "{error}");
    }
    let no_weight = refuse(&|o| (o.near_weight, o.far_weight) = (0.0, 0.0));
    assert_eq!(no_weight, DescentError::NoWeight);
    let detail = refuse(&|o| o.detail_weight = -1.0);
    assert!(matches!(detail, DescentError::Weight { name: "detail weight", .. }));
    for iterations in [0, StopRule::MAX_ITERATIONS + 1, usize::MAX] {
        let error = refuse(&|o| o.stop.max_iterations = iterations);
        assert_eq!(error, DescentError::Iterations { iterations, max: 100_000 });
    }
    assert!(matches!(refuse(&|o| o.stop.tolerance = 1.0), DescentError::Tolerance { .. }));
    assert!(matches!(refuse(&|o| o.solver = Solver::GradientDescent { rate: Some(0.0) }), DescentError::Rate { .. }));
    assert!(matches!(refuse(&|o| o.solver = Solver::Adam { rate: f64::NAN }), DescentError::Rate { .. }));
    let momentum = refuse(&|o| o.solver = Solver::Momentum { rate: Some(0.1), momentum: 1.0 });
    assert!(matches!(momentum, DescentError::Momentum { .. }));
    for memory in [0, 33, usize::MAX] {
        let error = refuse(&|o| o.solver = Solver::ProjectedLbfgs { memory });
        assert_eq!(error, DescentError::Memory { memory, max: 32 });
    }
    for (contrast, floor) in [(0.0, 0.5), (f64::NAN, 0.5), (0.1, -0.1), (0.1, 1.1)] {
        let error = refuse(&|o| o.edges = EdgeStop { contrast, floor });
        assert!(matches!(error, DescentError::Edges { .. }));
    }
    let share = refuse(&|o| o.share = Some(Share { color: 2.0, ..Share::default() }));
    assert!(matches!(share, DescentError::Kernel(KernelError::Share { .. })));
    assert_eq!(refuse(&|o| o.sigma = None), DescentError::NoCrossover);
    assert!(matches!(refuse(&|o| o.sigma = Some(0.0)), DescentError::Kernel(KernelError::Sigma { .. })));
    assert!(matches!(refuse(&|o| o.kernel_size = Some(4)), DescentError::Kernel(KernelError::KernelSize { .. })));
}

#[test]
fn observer_can_stop() {
    let mut seen = 0;
    let outcome = mix(&pair(), &Options::article(), &Execution::single_threaded(), &mut |progress| {
        seen += 1;
        if progress.iterations == 5 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    })
    .unwrap();
    assert_eq!((seen, outcome.iterations, outcome.stop_reason), (5, 5, StopReason::Cancelled));
}

#[test]
fn tolerance_stops_when_little_is_gained() {
    let stop = StopRule { max_iterations: 10_000, tolerance: 1e-4 };
    let options = Options { stop, ..Options::article() };
    let outcome = mix(&pair(), &options, &Execution::single_threaded(), &mut no_observer).unwrap();
    assert_eq!(outcome.stop_reason, StopReason::Converged);
    assert!(outcome.iterations < 5000, "{} iterations", outcome.iterations);
}

#[test]
fn near_alone_gives_the_near_picture() {
    let options = Options {
        far_weight: 0.0,
        near_weight: 1.0,
        detail_weight: 0.0,
        start: Start::Far,
        colors: Colors::Channels,
        sigma: Some(2.0),
        ..Options::default()
    };
    let pair = pair();
    let outcome = mix(&pair, &options, &Execution::single_threaded(), &mut no_observer).unwrap();
    let worst = outcome.hybrid.samples().iter().zip(pair.near().samples()).map(|(a, b)| (a - b).abs());
    assert!(worst.fold(0.0, f32::max) < 1e-2);
}

#[test]
fn any_picture_of_the_right_shape_can_be_the_start() {
    let plan = Plan::new(size(), &Options::article()).unwrap();
    let execution = Execution::single_threaded();
    let start = noise(size(), Channels::Rgb, 5);
    let pair = pair();
    let outcome = plan.run_from(start, &pair, &execution).unwrap().watched(&mut no_observer).unwrap();
    assert!(outcome.hybrid.samples().iter().all(|v| (0.0..=1.0).contains(v)));
    let small = Image::filled(Size::new(3, 3).unwrap(), Channels::Rgb, 0.5);
    let error = plan.run_from(small, &pair, &execution).unwrap_err();
    assert!(matches!(error, DescentError::StartMismatch { .. }));
}

#[test]
fn hybrid_of_extreme_pictures_stays_in_range() {
    let black_and_white = |phase| Image::from_fn(size(), Channels::Grey, |_, x, _| ((x / 4 + phase) % 2) as f32);
    let pair = Pair::new(black_and_white(0), black_and_white(1)).unwrap();
    let crossover = Some(Crossover::per_pixel(0.06).unwrap());
    for options in [Options::article(), Options { crossover, ..Options::default() }] {
        let outcome = mix(&pair, &options, &Execution::single_threaded(), &mut no_observer).unwrap();
        assert!(outcome.losses.total.is_finite());
        assert!(outcome.hybrid.samples().iter().all(|v| (0.0..=1.0).contains(v)), "{options:?}");
    }
}

/// The weights of the two pictures are equal at the crossover that was given. With weights of extreme ratios the
/// crossover is coarser than any picture, or there is none.
#[test]
fn weights_of_any_ratio_make_a_hybrid() {
    let (pair, execution) = (pair(), Execution::single_threaded());
    let usual =
        Options { sigma: Some(3.0), stop: StopRule { max_iterations: 3, ..StopRule::default() }, ..Options::default() };
    for exponent in (-20..=20).step_by(4) {
        let weight = 10f64.powi(exponent);
        for options in [
            Options { detail_weight: weight, ..usual.clone() },
            Options { far_weight: weight, ..usual.clone() },
            Options { near_weight: weight, ..usual.clone() },
            Options { color_weight: weight, ..usual.clone() },
        ] {
            let hybrid = mix(&pair, &options, &execution, &mut no_observer).unwrap().hybrid;
            assert!(hybrid.samples().iter().all(|v| (0.0..=1.0).contains(v)), "{options:?}");
        }
    }
}

#[test]
fn sigma_follows_the_crossover() {
    let crossover = Crossover::per_pixel(0.05).unwrap();
    let options = Options { crossover: Some(crossover), edges: EdgeStop::NOWHERE, ..Options::default() };
    let sigma = options.sigma().unwrap();
    let q = (2.0 * std::f64::consts::PI * 0.05 * sigma).powi(2);
    assert!((options.detail_weight * q / (-q).exp() - 1.0).abs() < 0.01, "sigma {sigma}");
    let found = options.crossover_at(sigma).unwrap();
    assert!((found.cycles_per_pixel() - 0.05).abs() < 1e-9);
    let said = Options { sigma: Some(7.0), ..options };
    assert_eq!(said.sigma(), Ok(7.0));
}
