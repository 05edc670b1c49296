//! Two pictures in, a hybrid out.

use std::{ops::ControlFlow, process::ExitCode, time::Instant};

use nearfar::{
    Method, Progress, Recipe, Report, align,
    descent::{Losses, StopReason},
};
use serde::Serialize;

use super::tell;
use crate::{
    args::{DescentCommand, FitArgs, FourierCommand, InputArgs, OutputArgs, PairArgs, RunArgs},
    console,
    failure::Failure,
    files::{self, Target},
    interrupt::{self, Interrupt},
    progress::Bar,
};

/// `nearfar descent`.
pub(crate) fn descent(command: &DescentCommand) -> Result<ExitCode, Failure> {
    let job = Job {
        pair: &command.pair,
        method: Method::Descent(command.descent.options()),
        trace: command.descent.trace,
        fit: &command.fit,
        input: &command.input,
        output: &command.output,
        truncate: command.descent.preset.truncates(),
        run: &command.run,
    };
    job.run()
}

/// `nearfar fourier`.
pub(crate) fn fourier(command: &FourierCommand) -> Result<ExitCode, Failure> {
    let job = Job {
        pair: &command.pair,
        method: Method::Fourier(command.fourier.options()),
        trace: None,
        fit: &command.fit,
        input: &command.input,
        output: &command.output,
        truncate: false,
        run: &command.run,
    };
    job.run()
}

/// One mix, whatever the method.
struct Job<'a> {
    pair: &'a PairArgs,
    method: Method,
    /// Report every Nth step.
    trace: Option<u64>,
    fit: &'a FitArgs,
    input: &'a InputArgs,
    output: &'a OutputArgs,
    /// Whether samples are truncated to the file's steps.
    truncate: bool,
    run: &'a RunArgs,
}

/// The result as JSON.
#[derive(Serialize)]
struct Json<'a> {
    method: &'static str,
    width: usize,
    height: usize,
    #[serde(flatten)]
    report: &'a Report,
    #[serde(skip_serializing_if = "Option::is_none")]
    trace: Option<Vec<TraceLine>>,
    seconds: Seconds,
    threads: usize,
    out: String,
}

/// Losses of one step, before its update.
#[derive(Clone, Copy, Debug, Serialize)]
struct TraceLine {
    step: usize,
    #[serde(flatten)]
    losses: Losses,
}

/// Wall-clock seconds of each part.
#[derive(Clone, Copy, Debug, Serialize)]
struct Seconds {
    decode: f64,
    solve: f64,
    encode: f64,
}

impl Job<'_> {
    fn run(&self) -> Result<ExitCode, Failure> {
        let PairArgs { near, far, out } = self.pair;
        let target = Target::new(out, self.output, self.truncate, &[near, far])?;
        if target.is_stream() && self.run.json {
            return Err(Failure::usage("the picture and the JSON cannot both go to standard output")
                .fix("give -o a file name, or leave --json out"));
        }
        let execution = self.run.execution()?;
        let interrupt = Interrupt::listen();

        let started = Instant::now();
        let (near, far) = files::read_both(near, far, self.input)?;
        let decode = started.elapsed().as_secs_f64();

        // Experts' commands leave pictures as they are unless told otherwise.
        let mut fit = align::Options { method: align::Method::None, ..align::Options::default() };
        self.fit.apply(&mut fit);
        let recipe = Recipe { align: fit, method: self.method.clone() };
        let started = Instant::now();
        let mut trace = Vec::new();
        let bar = Bar::new(self.run.quiet);
        let hybrid = recipe.mix(&near.image, &far.image, &execution, &mut |progress: &Progress<'_>| {
            bar.show(progress);
            if self.trace.is_some_and(|every| (progress.step as u64 + 1).is_multiple_of(every)) {
                trace.push(TraceLine { step: progress.step, losses: progress.losses });
            }
            if interrupt.pressed() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        })?;
        drop(bar);
        let solve = started.elapsed().as_secs_f64();

        let started = Instant::now();
        target.write(&hybrid.picture)?;
        let seconds = Seconds { decode, solve, encode: started.elapsed().as_secs_f64() };

        let size = hybrid.picture.size();
        if self.run.json {
            console::json(&Json {
                method: self.method.name(),
                width: size.width(),
                height: size.height(),
                report: &hybrid.report,
                trace: self.trace.map(|_| trace),
                seconds,
                threads: execution.threads(),
                out: target.name(),
            });
        } else if !target.is_stream() {
            for TraceLine { step, losses } in trace {
                tell(self.run, format_args!("step {step}: {}", describe(losses)));
            }
            tell(self.run, format_args!("{}: {size}, {}", target.name(), summary(&hybrid.report, solve)));
        }
        match hybrid.report {
            Report::Descent { stop_reason: StopReason::Cancelled, .. } => {
                console::note("interrupted: the hybrid is the best so far");
                Ok(ExitCode::from(interrupt::EXIT_CODE))
            }
            _ => Ok(ExitCode::SUCCESS),
        }
    }
}

fn describe(losses: Losses) -> String {
    format!("loss {:.2} (near {:.2}, far {:.2})", losses.total, losses.near, losses.far)
}

/// One line on what the method did.
fn summary(report: &Report, solve: f64) -> String {
    match report {
        Report::Descent { evaluations, stop_reason, losses, .. } => {
            let why = match stop_reason {
                StopReason::Converged => "converged",
                StopReason::MaxSteps => "all steps taken",
                StopReason::Cancelled => "interrupted",
                _ => "done",
            };
            format!("{} after {evaluations} evaluations in {solve:.2} s ({why})", describe(*losses))
        }
        Report::Fourier { clipped_share, clipping_energy_lost, .. } => format!(
            "{:.2} % of the pixels clipped, {:.3} % of the energy lost, in {solve:.2} s",
            100.0 * clipped_share,
            100.0 * clipping_energy_lost
        ),
    }
}
