//! The measurements of docs/performance.md that have peers, and how time grows with the size of the picture, as
//! Markdown.
//!
//! ```sh
//! cargo run --release -p nearfar-benches --bin speed
//! ```
//!
//! Every time is the fastest of several runs in memory, on pictures of imgs/; larger pictures are synthetic.
#![expect(clippy::print_stdout, reason = "a report is what this program is for")]

use std::{error::Error, hint::black_box, ops::ControlFlow, path::Path, time::Instant};

use nearfar::{Fidelity, Knobs, Method, Mixer, fit::Aligned};
use nearfar_codec as codec;
use nearfar_descent::{Options, Parametrization, Plan, Progress, Solver, Start, StopRule, mix, no_observer};
use nearfar_fourier as fourier;
use nearfar_image::{Channels, Encoded, Image, Linear, Pair, Rect, Size};
use nearfar_kernels::{Border, Crossover, Execution, Gaussian, SeparableBlur};

/// The fastest of `runs` runs, in milliseconds.
fn fastest(runs: usize, mut work: impl FnMut()) -> f64 {
    let times = (0..runs).map(|_| {
        let start = Instant::now();
        work();
        1e3 * start.elapsed().as_secs_f64()
    });
    times.fold(f64::INFINITY, f64::min)
}

/// The top left 512x512 pixels of a sample picture, or as much as it has; profiles are ignored, as by the peers.
fn picture(name: &str) -> Result<Image<Encoded>, Box<dyn Error>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../imgs").join(name);
    let picture = codec::read(path, &codec::DecodeOptions { convert: false, ..Default::default() })?.image.into_rgb();
    let (width, height) = (picture.size().width().min(512), picture.size().height().min(512));
    Ok(picture.crop(Rect::whole(Size::new(width, height)?)))
}

/// Milliseconds and evaluations until the article's objective reaches `goal`.
fn reach(pair: &Pair, goal: f64, execution: &Execution) -> Result<(f64, usize), Box<dyn Error>> {
    let options = Options {
        solver: Solver::default(),
        parametrization: Parametrization::Box,
        start: Start::Blend,
        stop: StopRule { max_iterations: 300, tolerance: 0.0 },
        ..Options::article()
    };
    let (mut evaluations, mut reached) = (0, false);
    let time = fastest(15, || {
        let mut watch = |progress: &Progress<'_>| {
            evaluations = progress.evaluations;
            reached = progress.losses.total <= goal;
            if reached { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        };
        black_box(mix(pair, &options, execution, &mut watch).expect("the options are valid"));
    });
    if reached { Ok((time, evaluations)) } else { Err("the loss was not reached in 300 steps".into()) }
}

/// The lowest loss of the article's objective that long runs reach from two starts.
fn optimum(pair: &Pair, execution: &Execution) -> f64 {
    let run = |start| {
        let solver = Solver::ProjectedLbfgs { memory: 4 };
        let stop = StopRule { max_iterations: 1000, tolerance: 1e-8 };
        let options = Options { solver, parametrization: Parametrization::Box, start, stop, ..Options::article() };
        mix(pair, &options, execution, &mut no_observer).expect("the options are valid").losses.total
    };
    run(Start::Near).min(run(Start::Blend))
}

/// Shapes and texture of every scale.
fn scene(width: usize, height: usize, seed: f32) -> Image<Encoded> {
    let size = Size::new(width, height).expect("not empty");
    Image::from_fn(size, Channels::Rgb, |c, x, y| {
        let (u, v) = (x as f32 / height as f32, y as f32 / height as f32);
        let waves = (0..5).map(|k| {
            let f = 6.0 * 3.1f32.powi(k);
            (f * (u + 0.3 * seed * v) + c as f32).sin() * (f * (v - 0.2 * u) + seed).cos() / (1.0 + k as f32)
        });
        (0.5 + 0.25 * waves.sum::<f32>()).clamp(0.0, 1.0)
    })
}

fn main() -> Result<(), Box<dyn Error>> {
    let (one, all) = (Execution::single_threaded(), Execution::parallel());
    println!("{all:?}\n\n| work, 512x512 RGB | threads | ms | evaluations |\n|---|---|---|---|");

    let size = Size::new(512, 512)?;
    let blur = SeparableBlur::new(size, &Gaussian::with_size(3.0, 15)?.taps(), Border::Zero);
    let source = Image::<Linear>::filled(size, Channels::Rgb, 0.3);
    let mut target = source.clone();
    let time = fastest(200, || {
        for (source, target) in source.planes().zip(target.planes_mut()) {
            blur.apply(&one, source, target);
        }
    });
    println!("| one 15-tap blur of the 3 planes | 1 | {time:.3} | |");

    let pair = Pair::new(picture("collins.png")?, picture("grass.png")?)?;
    for execution in [&one, &all] {
        let time = fastest(7, || {
            black_box(mix(&pair, &Options::article(), execution, &mut no_observer).expect("valid"));
        });
        println!("| the article's 200 steps, collins-grass | {} | {time:.1} | 200 |", execution.threads());
    }
    let article = mix(&pair, &Options::article(), &all, &mut no_observer)?.losses.total;
    let (time, evaluations) = reach(&pair, article, &all)?;
    println!("| the loss of those 200 steps, by L-BFGS | {} | {time:.1} | {evaluations} |", all.threads());
    for (case, near, far) in [
        ("hubble-raccoon", "hubble.jpg", "raccoon.png"),
        ("collins-grass", "collins.png", "grass.png"),
        ("hopper-collins", "aligned/hopper-collins-near.jpg", "aligned/hopper-collins-far.jpg"),
    ] {
        let pair = Pair::new(picture(near)?, picture(far)?)?;
        let (time, evaluations) = reach(&pair, 1.001 * optimum(&pair, &all), &all)?;
        println!("| within 0.1 % of the optimum, {case} | {} | {time:.1} | {evaluations} |", all.threads());
    }
    let portraits = || -> Result<Pair, Box<dyn Error>> {
        let [near, far] = ["aligned/hopper-collins-near.jpg", "aligned/hopper-collins-far.jpg"].map(picture);
        Ok(Pair::new(near?, far?)?)
    };
    for (case, pair) in [("collins-grass", pair.clone()), ("hopper-collins", portraits()?)] {
        let (pair, default) = settled(pair, Options::default())?;
        for execution in [&one, &all] {
            let mut evaluations = 0;
            let time = fastest(9, || {
                evaluations = mix(&pair, &default, execution, &mut no_observer).expect("valid").evaluations;
            });
            println!("| the default, {case} | {} | {time:.1} | {evaluations} |", execution.threads());
        }
        let (pair, plan) = settled_fourier(pair)?;
        let mut workspace = fourier::Workspace::new();
        let time = fastest(30, || drop(black_box(plan.mix(&pair, &all, &mut workspace))));
        println!("| Fourier's default, {case} | {} | {time:.1} | |", all.threads());
    }

    println!(
        "\n| Fourier hybrid, a low-pass and a high-pass of codes, {} threads | mirror, ms | periodic, ms |",
        all.threads()
    );
    println!("|---|---|---|");
    for side in [512, 2048, 4096] {
        let pair = if side == 512 { portraits()? } else { Pair::new(scene(side, side, 0.7), scene(side, side, 2.9))? };
        let times = [fourier::Border::Mirror, fourier::Border::Periodic].map(|border| -> Result<_, Box<dyn Error>> {
            let options =
                fourier::Options { crossover: Some(Crossover::of_sigma(6.0)?), border, ..fourier::Options::classic() };
            let (plan, mut workspace) = (fourier::Plan::new(pair.size(), &options)?, fourier::Workspace::new());
            Ok(fastest(30, || drop(black_box(plan.mix(&pair, &all, &mut workspace)))))
        });
        let [mirror, periodic] = times;
        println!("| {side}x{side} | {:.2} | {:.2} |", mirror?, periodic?);
    }

    println!("\n| one evaluation at 512x512, one thread | ms |\n|---|---|");
    let article = Options::article();
    let wide = |sigma: f64| Options { sigma: Some(sigma), kernel_size: None, ..article.clone() };
    let cases = [3.0, 5.0, 12.0, 48.0].map(|sigma| (format!("sigma {sigma}"), wide(sigma)));
    for (name, options) in [("15 taps".to_owned(), article.clone())].into_iter().chain(cases) {
        let objective = Plan::new(pair.size(), &options)?.objective(&pair, &one);
        let (mut gradient, mut workspace) = (pair.near().clone(), objective.workspace(&one));
        let time = fastest(100, || {
            black_box(objective.evaluate(&one, pair.near(), &mut gradient, &mut workspace));
        });
        println!("| {name} | {time:.2} |");
    }

    println!("\n| a change of one slider, hopper-collins | mixer | ms |\n|---|---|---|");
    for side in [208, 512] {
        for mixer in [Mixer::Descent, Mixer::Fourier] {
            let (size, time) = slider(portraits()?, side, mixer)?;
            println!("| {size} | {mixer:?} | {time:.1} |");
        }
    }

    println!("\n| megapixels | draft, s | the default, s | evaluations at full size | us a pixel of the default |");
    println!("|---|---|---|---|---|");
    for (width, height) in [(612, 408), (1225, 816), (2449, 1633), (4243, 2828), (6000, 4000)] {
        let pair = Pair::new(scene(width, height, 0.7), scene(width, height, 2.9))?;
        let (pair, options) = settled(pair, Options::draft())?;
        let draft = fastest(2, || {
            black_box(mix(&pair, &options, &all, &mut no_observer).expect("valid"));
        });
        let (pair, options) = settled(pair, Options::default())?;
        let mut evaluations = 0;
        let best = fastest(2, || {
            evaluations = 0;
            let mut watch = |progress: &Progress<'_>| {
                evaluations += usize::from(progress.level + 1 == progress.levels);
                ControlFlow::Continue(())
            };
            black_box(mix(&pair, &options, &all, &mut watch).expect("valid"));
        });
        let pixels = pair.size().area() as f64;
        let (megapixels, draft, seconds) = (1e-6 * pixels, 1e-3 * draft, 1e-3 * best);
        println!("| {megapixels:.2} | {draft:.2} | {seconds:.2} | {evaluations} | {:.3} |", 1e3 * best / pixels);
    }
    Ok(())
}

/// Milliseconds from a new crossover to its preview, for a prepared pair that is `side` pixels across, or as large as it is; and
/// the preview's size. The studio's has 208.
fn slider(pair: Pair, side: usize, mixer: Mixer) -> Result<(Size, f64), Box<dyn Error>> {
    let all = Execution::parallel();
    let aligned = unaligned(pair)?;
    let size = aligned.pair.size().with_shorter_side(side);
    let aligned = if size == aligned.pair.size() { aligned } else { aligned.shrunk(size)? };
    let mut knobs = Knobs { mixer, ..Knobs::default() };
    // Made once for a pair.
    black_box(knobs.method(&aligned, Fidelity::Preview));
    let time = fastest(15, || {
        knobs.octaves += 0.02;
        let (method, _) = knobs.method(&aligned, Fidelity::Preview);
        drop(black_box(method.mix(&aligned.pair, &all, &mut nearfar::no_observer)));
    });
    Ok((size, time))
}

/// A pair of one size, as it is.
fn unaligned(pair: Pair) -> Result<Aligned, Box<dyn Error>> {
    let (near, far) = pair.into_parts();
    let as_it_is = nearfar::fit::Options { method: nearfar::fit::Method::None, ..Default::default() };
    Ok(nearfar::fit::fit(near, far, &as_it_is, &Execution::parallel())?)
}

/// An unaligned pair of one size, and the method with all its open settings chosen for that pair, as `nearfar mix`
/// would.
fn chosen(pair: Pair, method: Method) -> Result<(Pair, Method), Box<dyn Error>> {
    let aligned = unaligned(pair)?;
    let method = method.settled(&aligned, nearfar::Strength::Even);
    Ok((aligned.pair, method))
}

fn settled(pair: Pair, options: Options) -> Result<(Pair, Options), Box<dyn Error>> {
    match chosen(pair, Method::Descent(options))? {
        (pair, Method::Descent(options)) => Ok((pair, options)),
        (_, Method::Fourier(_)) => unreachable!("a method stays what it is"),
    }
}

fn settled_fourier(pair: Pair) -> Result<(Pair, fourier::Plan), Box<dyn Error>> {
    match chosen(pair, Method::Fourier(fourier::Options::default()))? {
        (pair, Method::Fourier(options)) => {
            let plan = fourier::Plan::new(pair.size(), &options)?;
            Ok((pair, plan))
        }
        (_, Method::Descent(_)) => unreachable!("a method stays what it is"),
    }
}
