//! How quickly every solver approaches the optimum, as Markdown.
//!
//! For the problems of `benches/peers/optimum.jsonl` (the article's objective) and for the default objective on the same
//! pairs, every start and every solver, this program counts the evaluations of loss and gradient, and the milliseconds,
//! until the loss is within 3.6 % (where the article's 200 steps end on easy pairs), 1 % and 0.1 % of the optimum.
//!
//! The optimum is the lowest loss of long L-BFGS runs from several starts. `scipy` is the loss that SciPy's L-BFGS-B
//! reached in double precision on the same pictures, but from another decoder, which may make a small difference, too.
//!
//! Usage: cargo run --release -p nearfar-benches --bin convergence [PART OF A PROBLEM'S NAME] [--all]
//! By default it prints medians and worst cases; with --all every run.
#![expect(clippy::print_stdout, reason = "a report is what this program is for")]

use std::{collections::BTreeMap, error::Error, fmt::Write as _, ops::ControlFlow, path::Path, time::Instant};

use nearfar_codec as codec;
use nearfar_descent::{Options, Parametrization, Plan, Progress, Solver, Start, StopRule, no_observer};
use nearfar_fourier::FrequencyResponse;
use nearfar_image::{Encoded, Image, Pair, Rect, Size, TransferFunction};
use nearfar_kernels::{Border, Colors, Crossover, Execution};

/// Tolerances, relative to the optimum.
const WITHIN: [f64; 3] = [0.036, 0.01, 0.001];

/// Steps after which a run is abandoned.
const MAX_STEPS: usize = 200;

/// Steps of the runs that search for the optimum.
const LONG: usize = 1000;

/// A problem is hard if more than this share of its optimum's samples are black or white: solvers must find out which.
const HARD_SHARE: f64 = 0.02;

/// One line of the file of optima.
#[derive(Clone, serde::Deserialize)]
struct Problem {
    case: String,
    near_picture: String,
    near_box: [usize; 4],
    far_picture: String,
    far_box: [usize; 4],
    near_weight: f64,
    far_weight: f64,
    size: usize,
    sigma: f64,
    border: String,
    curve: String,
    floor: f32,
    loss: f64,
    share_on_bounds: f64,
}

impl Problem {
    fn name(&self) -> String {
        if self.is_default() {
            format!("{} default", self.case)
        } else {
            format!("{} {} {} {}", self.case, self.near_weight, self.border, self.curve)
        }
    }

    /// The default objective on the same pictures, for which the file has no optimum.
    fn is_default(&self) -> bool {
        self.loss <= 0.0
    }

    fn class(&self) -> &'static str {
        match (self.is_default(), self.share_on_bounds > HARD_SHARE) {
            (true, _) => "default",
            (false, true) => "hard",
            (false, false) => "ordinary",
        }
    }

    fn pair(&self) -> Result<Pair, Box<dyn Error>> {
        Ok(Pair::new(cropped(&self.near_picture, self.near_box)?, cropped(&self.far_picture, self.far_box)?)?)
    }

    fn options(&self) -> Options {
        let stop = StopRule { max_iterations: MAX_STEPS, tolerance: 0.0 };
        if self.is_default() {
            // 10.8 cycles across the crops' 512 pixels, as chosen for a picture without a face.
            let crossover = Crossover::per_pixel(10.8 / 512.0).ok();
            return Options { crossover, stop, ..Options::default() };
        }
        Options {
            colors: Colors::Channels,
            near_weight: self.near_weight,
            detail_weight: 0.0,
            far_weight: self.far_weight,
            sigma: Some(self.sigma),
            kernel_size: Some(self.size),
            border: if self.border == "zero" { Border::Zero } else { Border::Mirror },
            transfer: if self.curve == "power" { TransferFunction::Power22 } else { TransferFunction::Srgb },
            light_floor: self.floor,
            stop,
            ..Options::default()
        }
    }

    fn starts(&self, pair: &Pair, execution: &Execution) -> Result<Vec<NamedStart>, Box<dyn Error>> {
        let &Self { near_weight, far_weight, sigma, .. } = self;
        let hybrid = |low| -> Result<Image<Encoded>, Box<dyn Error>> {
            // With the crossover of the mixer that starts from it.
            let crossover = Some(Crossover::per_pixel(
                self.options()
                    .sigma()
                    .ok()
                    .and_then(|sigma| self.options().crossover_at(sigma))
                    .map_or(0.05, Crossover::cycles_per_pixel),
            )?);
            let options = nearfar_fourier::Options { crossover, low, ..Default::default() };
            Ok(nearfar_fourier::mix(pair, &options, execution)?.hybrid)
        };
        let own = |start| -> Result<Image<Encoded>, Box<dyn Error>> {
            Ok(Plan::new(pair.size(), &Options { start, ..self.options() })?.run(pair, execution).preview())
        };
        let mut starts = vec![
            ("grey", own(Start::Grey)?),
            ("near", own(Start::Near)?),
            ("far", own(Start::Far)?),
            ("blend", own(Start::Blend)?),
            ("pyramid", own(Start::Pyramid)?),
            ("fourier", hybrid(FrequencyResponse::Gaussian)?),
        ];
        if !self.is_default() {
            starts.push(("wiener", hybrid(FrequencyResponse::Wiener { near_weight, far_weight, sigma })?));
        }
        Ok(starts)
    }
}

/// A start picture and its name.
type NamedStart = (&'static str, Image<Encoded>);

/// The part of a sample picture between left, top, right and bottom; profiles are ignored, as when the optima were
/// found.
fn cropped(name: &str, [left, top, right, bottom]: [usize; 4]) -> Result<Image<Encoded>, Box<dyn Error>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../imgs").join(name);
    let picture = codec::read(path, &codec::DecodeOptions { convert: false, ..Default::default() })?.image.into_rgb();
    Ok(picture.crop(Rect::new(left, top, Size::new(right - left, bottom - top)?)))
}

fn solvers() -> Vec<(&'static str, Solver, Parametrization)> {
    let free = Parametrization::Sigmoid;
    let held = Parametrization::Box;
    vec![
        ("gradient descent 0.3, sigmoid (the article's)", Solver::GradientDescent { rate: Some(0.3) }, free),
        ("gradient descent 0.3, box", Solver::GradientDescent { rate: Some(0.3) }, held),
        ("momentum 0.1 x 0.8, box", Solver::Momentum { rate: Some(0.1), momentum: 0.8 }, held),
        ("Adam 0.3, sigmoid", Solver::Adam { rate: 0.3 }, free),
        ("Adam 0.03, box", Solver::Adam { rate: 0.03 }, held),
        ("FISTA", Solver::Fista, held),
        ("projected L-BFGS, memory 1", Solver::ProjectedLbfgs { memory: 1 }, held),
        ("projected L-BFGS, memory 2", Solver::ProjectedLbfgs { memory: 2 }, held),
        ("projected L-BFGS, memory 3", Solver::ProjectedLbfgs { memory: 3 }, held),
        ("projected L-BFGS, memory 5", Solver::ProjectedLbfgs { memory: 5 }, held),
        ("projected L-BFGS, memory 8", Solver::ProjectedLbfgs { memory: 8 }, held),
    ]
}

/// The lowest loss of long runs.
fn optimum(
    problem: &Problem,
    pair: &Pair,
    starts: &[NamedStart],
    execution: &Execution,
) -> Result<f64, Box<dyn Error>> {
    let mut lowest = f64::INFINITY;
    for (_, start) in starts.iter().filter(|(name, _)| ["near", "blend"].contains(name)) {
        let stop = StopRule { max_iterations: LONG, tolerance: 1e-8 };
        let options = Options { solver: Solver::ProjectedLbfgs { memory: 4 }, stop, ..problem.options() };
        let outcome =
            Plan::new(pair.size(), &options)?.run_from(start.clone(), pair, execution)?.watched(&mut no_observer)?;
        lowest = lowest.min(outcome.losses.total);
    }
    Ok(lowest)
}

/// Evaluations and milliseconds until the loss was close to the optimum; none if it never was.
type Reached = [Option<(usize, f64)>; WITHIN.len()];

fn run(
    plan: &Plan,
    pair: &Pair,
    start: Image<Encoded>,
    optimum: f64,
    execution: &Execution,
) -> Result<Reached, Box<dyn Error>> {
    let mut reached = Reached::default();
    let begin = Instant::now();
    let mut watch = |progress: &Progress<'_>| {
        let now = (progress.evaluations, begin.elapsed().as_secs_f64() * 1e3);
        for (reached, within) in reached.iter_mut().zip(WITHIN) {
            if reached.is_none() && progress.losses.total <= optimum * (1.0 + within) {
                *reached = Some(now);
            }
        }
        if reached.iter().all(Option::is_some) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    plan.run_from(start, pair, execution)?.watched(&mut watch)?;
    Ok(reached)
}

/// Median and maximum of some counts; those never reached count as the largest.
fn median_and_worst(mut counts: Vec<Option<usize>>) -> String {
    counts.sort_by_key(|count| count.unwrap_or(usize::MAX));
    let text = |count: Option<usize>| count.map_or_else(|| format!(">{MAX_STEPS}"), |count| count.to_string());
    format!("{} ({})", text(counts[counts.len() / 2]), text(counts[counts.len() - 1]))
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let all = arguments.iter().any(|a| a == "--all");
    let part = arguments.iter().find(|a| !a.starts_with("--")).map_or("", String::as_str);
    let execution = Execution::parallel();
    let text = include_str!("../../peers/optimum.jsonl");
    let mut problems: Vec<Problem> = text.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
    let of_default = problems.iter().filter(|p| p.near_weight < 0.5 && p.curve == "srgb");
    let of_default: Vec<Problem> = of_default.map(|p| Problem { loss: 0.0, ..p.clone() }).collect();
    problems.extend(of_default);
    problems.retain(|problem| problem.name().contains(part));
    println!(
        "Evaluations until the loss is within 3.6 % / 1 % / 0.1 % of the optimum; {} threads.\n",
        execution.threads()
    );
    let mut optima = String::new();
    if all {
        println!("| problem | on bounds | start | solver | evaluations | ms |");
        println!("|---|---|---|---|---|---|");
    }
    let mut summary: BTreeMap<(&str, usize, &str), Vec<Reached>> = BTreeMap::new();
    for problem in &problems {
        let pair = problem.pair()?;
        let starts = problem.starts(&pair, &execution)?;
        let optimum = optimum(problem, &pair, &starts, &execution)?;
        let scipy = if problem.is_default() { "-".to_owned() } else { format!("{:.2}", problem.loss) };
        writeln!(optima, "| {} | {optimum:.2} | {scipy} |", problem.name())?;
        for (start, picture) in starts {
            for (row, (name, solver, parametrization)) in solvers().into_iter().enumerate() {
                let options = Options { solver, parametrization, ..problem.options() };
                let plan = Plan::new(pair.size(), &options)?;
                let reached = run(&plan, &pair, picture.clone(), optimum, &execution)?;
                if all {
                    let evaluations =
                        reached.map(|r| r.map_or("-".to_owned(), |(count, _)| count.to_string())).join(" / ");
                    let times = reached.map(|r| r.map_or("-".to_owned(), |(_, ms)| format!("{ms:.1}"))).join(" / ");
                    let bounds = 100.0 * problem.share_on_bounds;
                    println!("| {} | {bounds:.1} % | {start} | {name} | {evaluations} | {times} |", problem.name());
                }
                summary.entry((problem.class(), row, start)).or_default().push(reached);
            }
        }
    }
    println!("\n| problem | optimum | scipy |\n|---|---|---|\n{optima}");
    for class in ["ordinary", "hard", "default"] {
        let count = problems.iter().filter(|problem| problem.class() == class).count();
        println!("\n{count} {class} problems: middle (worst) evaluations to 3.6 %, 1 %, 0.1 %\n");
        println!("| solver | start | 3.6 % | 1 % | 0.1 % |\n|---|---|---|---|---|");
        for ((_, row, start), runs) in summary.iter().filter(|((c, ..), _)| *c == class) {
            let column = |k: usize| median_and_worst(runs.iter().map(|r| r[k].map(|(count, _)| count)).collect());
            println!("| {} | {start} | {} | {} | {} |", solvers()[*row].0, column(0), column(1), column(2));
        }
    }
    Ok(())
}
