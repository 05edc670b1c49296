//! What every solver guarantees, on small problems.

use std::ops::ControlFlow;

use nearfar_descent::{
    Options, Outcome, Parametrization, Plan, Progress, Solver, Start, StopReason, StopRule, mix, no_observer,
};
use nearfar_image::{Channels, Image, Pair, Size, TransferFunction};
use nearfar_kernels::{Colors, Crossover, Execution};

use super::noise;

const FREE: Parametrization = Parametrization::Sigmoid;
const BOX: Parametrization = Parametrization::Box;

fn solvers() -> [(Solver, Parametrization); 8] {
    let momentum = Solver::Momentum { rate: Some(0.1), momentum: 0.9 };
    [
        (Solver::GradientDescent { rate: Some(0.3) }, FREE),
        (Solver::GradientDescent { rate: Some(0.1) }, BOX),
        (Solver::Momentum { rate: Some(0.3), momentum: 0.9 }, FREE),
        (momentum, BOX),
        (Solver::Adam { rate: 0.05 }, FREE),
        (Solver::Adam { rate: 0.01 }, BOX),
        (Solver::ProjectedLbfgs { memory: 5 }, BOX),
        (Solver::Fista, BOX),
    ]
}

fn options(solver: Solver, parametrization: Parametrization, steps: usize) -> Options {
    let stop = StopRule { max_iterations: steps, tolerance: 0.0 };
    Options {
        solver,
        parametrization,
        stop,
        start: Start::Grey,
        near_weight: 0.3,
        detail_weight: 0.0,
        sigma: Some(1.5),
        colors: Colors::Channels,
        ..Options::default()
    }
}

/// Smooth pictures with some noise, so that both terms matter.
fn pair(size: Size, channels: Channels) -> Pair {
    let wave = |seed: u64, pace: f32| {
        let grain = noise(size, channels, seed);
        let plane = |c: usize, x: usize, y: usize| grain.samples()[(c * size.height() + y) * size.width() + x];
        Image::from_fn(size, channels, |c, x, y| {
            let wave = (pace * x as f32).sin() * (0.7 * pace * y as f32 + c as f32).cos();
            0.5 + 0.2 * wave + 0.15 * (plane(c, x, y) - 0.5)
        })
    };
    Pair::new(wave(1, 0.9), wave(2, 0.2)).unwrap()
}

fn run(pair: &Pair, options: &Options, observer: &mut dyn FnMut(&Progress<'_>) -> ControlFlow<()>) -> Outcome {
    mix(pair, options, &Execution::single_threaded(), observer).unwrap()
}

#[test]
fn optimum_is_the_same_for_all() {
    for channels in [Channels::Grey, Channels::Rgb] {
        let pair = pair(Size::new(20, 14).unwrap(), channels);
        let totals = solvers().map(|(solver, parametrization)| {
            let outcome = run(&pair, &options(solver, parametrization, 5000), &mut no_observer);
            (solver, parametrization, outcome.losses.total)
        });
        let best = totals.iter().map(|t| t.2).fold(f64::INFINITY, f64::min);
        for (solver, parametrization, total) in totals {
            assert!(total < 1.001 * best, "{solver:?} {parametrization:?} ends at {total}, the best at {best}");
        }
    }
}

#[test]
fn every_step_is_reported_once_and_stays_in_the_box() {
    let pair = pair(Size::new(33, 7).unwrap(), Channels::Rgb);
    for (solver, parametrization) in solvers() {
        for start in [Start::Grey, Start::Near, Start::Far] {
            let options = Options { start, ..options(solver, parametrization, 30) };
            let (mut steps, mut evaluations, mut lowest) = (0, 0, f64::INFINITY);
            let outcome = run(&pair, &options, &mut |progress| {
                steps += usize::from(progress.moved);
                assert_eq!((progress.iterations, progress.max_iterations), (steps, 30));
                // A last step that finds no point to try evaluates nothing.
                assert!(progress.evaluations > evaluations || !progress.moved);
                assert!(progress.picture.samples().iter().all(|v| (0.0..=1.0).contains(v)), "{solver:?}");
                if matches!(solver, Solver::ProjectedLbfgs { .. }) {
                    assert!(progress.losses.total <= lowest, "{solver:?} rises");
                }
                evaluations = progress.evaluations;
                lowest = lowest.min(progress.losses.total);
                ControlFlow::Continue(())
            });
            // L-BFGS ends by itself when no step lowers the loss further.
            let done = matches!(solver, Solver::ProjectedLbfgs { .. }) && outcome.stop_reason == StopReason::NoProgress;
            assert!(done || (steps, outcome.stop_reason) == (30, StopReason::MaxIterations), "{solver:?}");
            assert_eq!(outcome.iterations, steps);
            assert!(outcome.evaluations >= evaluations);
            assert!(outcome.losses.total <= lowest, "{solver:?} returns the best picture");
        }
    }
}

#[test]
fn cancelled_mix_returns_the_best_so_far() {
    let pair = pair(Size::new(20, 20).unwrap(), Channels::Grey);
    for (solver, parametrization) in solvers() {
        let mut best: Option<(f64, Image)> = None;
        let outcome = run(&pair, &options(solver, parametrization, 100), &mut |progress| {
            if best.as_ref().is_none_or(|(total, _)| progress.losses.total < *total) {
                best = Some((progress.losses.total, progress.picture.clone()));
            }
            if progress.iterations == 7 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        assert_eq!((outcome.iterations, outcome.stop_reason), (7, StopReason::Cancelled));
        assert!(
            best.is_some_and(|best| best == (outcome.losses.total, outcome.hybrid)),
            "{solver:?} {parametrization:?}"
        );
    }
}

#[test]
fn results_are_bit_equal_for_any_number_of_threads() {
    // More samples than one chunk of a vector sum.
    let pair = pair(Size::new(160, 90).unwrap(), Channels::Rgb);
    for (solver, parametrization) in solvers() {
        let options = options(solver, parametrization, 6);
        let run = |threads| mix(&pair, &options, &Execution::with_threads(threads).unwrap(), &mut no_observer).unwrap();
        let expected = run(1);
        for threads in [2, 3, 7] {
            assert!(run(threads) == expected, "{solver:?}, {threads} threads");
        }
    }
}

#[test]
fn tolerance_ends_every_solver_near_the_optimum() {
    let pair = pair(Size::new(16, 12).unwrap(), Channels::Grey);
    let best = run(&pair, &options(Solver::ProjectedLbfgs { memory: 8 }, BOX, 1000), &mut no_observer).losses.total;
    for (solver, parametrization) in solvers() {
        let stop = StopRule { max_iterations: 5000, tolerance: 1e-5 };
        let outcome = run(&pair, &Options { stop, ..options(solver, parametrization, 1) }, &mut no_observer);
        assert_eq!(outcome.stop_reason, StopReason::Converged, "{solver:?}");
        assert!(outcome.losses.total < 1.05 * best, "{solver:?} {parametrization:?}: {} {best}", outcome.losses.total);
    }
}

/// Black has no slope under the power curve, but a mix that starts from black must not stay there.
#[test]
fn mix_escapes_a_black_start() {
    let size = Size::new(16, 12).unwrap();
    let flat = |value| Image::filled(size, Channels::Grey, value);
    let pair = Pair::new(flat(0.0), flat(0.5)).unwrap();
    // Solvers of a fixed rate may fall back to black after too long a step.
    for (solver, parametrization) in [(Solver::ProjectedLbfgs { memory: 1 }, BOX), (Solver::Fista, BOX)] {
        let options = Options {
            start: Start::Near,
            transfer: TransferFunction::Power22,
            ..options(solver, parametrization, 400)
        };
        let hybrid = run(&pair, &options, &mut no_observer).hybrid;
        assert!(
            hybrid.samples().iter().all(|&v| v > 0.3),
            "{solver:?} {parametrization:?} stays at {}",
            hybrid.samples()[0]
        );
    }
}

/// A pyramid solves small pictures first, whatever their shape, and a draft is close to the optimum.
#[test]
fn pyramid_reaches_the_optimum_of_a_blend() {
    for (width, height) in [(256, 200), (301, 129), (700, 64)] {
        let pair = pair(Size::new(width, height).unwrap(), Channels::Rgb);
        let solve = |start, stop| {
            let options = Options { start, stop, sigma: Some(8.0), ..Options::default() };
            run(&pair, &options, &mut no_observer)
        };
        let long = StopRule { max_iterations: 300, tolerance: 1e-7 };
        let (blend, pyramid) = (solve(Start::Blend, long), solve(Start::Pyramid, long));
        assert!(
            (pyramid.losses.total / blend.losses.total - 1.0).abs() < 1e-3,
            "{width}x{height}: {:?} {:?}",
            pyramid.losses,
            blend.losses
        );
        let draft = solve(Start::Pyramid, Options::draft().stop);
        assert!(draft.losses.total < 1.05 * pyramid.losses.total, "{width}x{height}: {:?}", draft.losses);
    }
}

/// Where the far view's blur is wide, the last size has little left to do, and the result is no farther from the
/// optimum.
#[test]
fn wide_far_views_are_found_at_coarser_sizes() {
    let pair = pair(Size::new(512, 400).unwrap(), Channels::Rgb);
    let solve = |stop| {
        let options = Options { stop, sigma: Some(48.0), ..Options::default() };
        let mut evaluations = Vec::new();
        let hybrid = run(&pair, &options, &mut |progress| {
            evaluations.resize(progress.levels, 0);
            evaluations[progress.level] += 1;
            ControlFlow::Continue(())
        });
        (hybrid.hybrid, evaluations)
    };
    let (best, _) = solve(StopRule { max_iterations: 500, tolerance: 1e-7 });
    let (hybrid, evaluations) = solve(Options::default().stop);
    let [.., coarser, last] = evaluations[..] else { panic!("one size: {evaluations:?}") };
    assert!(last <= 12 && coarser > last, "{evaluations:?}");
    let squares: f64 = hybrid.samples().iter().zip(best.samples()).map(|(a, b)| f64::from(a - b).powi(2)).sum();
    let rms = (squares / best.samples().len() as f64).sqrt();
    assert!(rms < 2.0 / 255.0, "{:.2} codes from the optimum", 255.0 * rms);
}

/// Whatever the weights, the default rate does not diverge.
#[test]
fn safe_rate_lowers_the_loss_step_by_step() {
    let pair = pair(Size::new(60, 44).unwrap(), Channels::Rgb);
    for detail_weight in [0.0, 0.01, 1.2, 30.0] {
        let solver = Solver::GradientDescent { rate: None };
        let stop = StopRule { max_iterations: 30, tolerance: 0.0 };
        let options = Options { detail_weight, near_weight: 0.1, sigma: Some(4.0), solver, stop, ..Options::default() };
        let mut totals = Vec::new();
        run(&pair, &options, &mut |progress| {
            totals.push(progress.losses.total);
            ControlFlow::Continue(())
        });
        assert!(totals.windows(2).all(|pair| pair[1] <= pair[0]), "{detail_weight}: {totals:?}");
    }
}

#[test]
fn pyramid_is_bit_equal_for_any_number_of_threads() {
    let pair = pair(Size::new(230, 171).unwrap(), Channels::Rgb);
    let options = Options { sigma: Some(9.0), ..Options::draft() };
    let run = |threads| mix(&pair, &options, &Execution::with_threads(threads).unwrap(), &mut no_observer).unwrap();
    let expected = run(1);
    for threads in [2, 3, 7] {
        assert!(run(threads) == expected, "{threads} threads");
    }
}

/// First-order optimality in the box, for the default terms: no free pixel has a slope, and those on a bound are pushed
/// against it. Black and white pictures put more than a tenth of the samples on bounds.
#[test]
fn optimum_with_pixels_on_bounds_is_stationary() {
    let size = Size::new(48, 40).unwrap();
    let squares = |side: usize| {
        let grain = noise(size, Channels::Rgb, side as u64);
        Image::from_fn(size, Channels::Rgb, |c, x, y| {
            let base = if (x / side + y / side).is_multiple_of(2) { 0.0 } else { 1.0 };
            base + (0.5 - base) * 0.2 * grain.plane(c).row(y)[x]
        })
    };
    let pair = Pair::new(squares(3), squares(20)).unwrap();
    let stop = StopRule { max_iterations: 3000, tolerance: 0.0 };
    for solver in [Solver::default(), Solver::Fista] {
        let crossover = Some(Crossover::per_pixel(0.06).unwrap());
        let options = Options { crossover, solver, stop, ..Options::default() };
        let execution = Execution::single_threaded();
        let plan = Plan::new(size, &options).unwrap();
        let hybrid = plan.mix(&pair, &execution, &mut no_observer).hybrid;
        let objective = plan.objective(&pair, &execution);
        let mut gradient = hybrid.clone();
        let mut workspace = objective.workspace(&execution);
        let mut slope_at = |picture: &Image| {
            objective.evaluate(&execution, picture, &mut gradient, &mut workspace);
            let moved = picture.samples().iter().zip(gradient.samples());
            let squares: f64 = moved.map(|(y, g)| f64::from((y - g).clamp(0.0, 1.0) - y).powi(2)).sum();
            (squares / picture.samples().len() as f64).sqrt()
        };
        let (found, start) = (slope_at(&hybrid), slope_at(pair.near()));
        let bound = hybrid.samples().iter().filter(|v| **v <= 0.0 || **v >= 1.0).count();
        let share = bound as f64 / hybrid.samples().len() as f64;
        assert!(share > 0.1, "only {share} of the samples are on a bound");
        assert!(found < 1e-3 * start, "{solver:?}: {found}, {start} at the near picture");
    }
}
