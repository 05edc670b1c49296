//! One mix from files to file, whatever the method.

use std::{ops::ControlFlow, path::Path, process::ExitCode, time::Instant};

use nearfar::{
    Method, Progress, Provenance, Recipe, Report, align, choose,
    codec::Rounding,
    descent::{Losses, StopReason},
};
use serde::Serialize;

use super::tell;
use crate::{
    args::{FitArgs, InputArgs, OutputArgs, RunArgs},
    console, explain,
    failure::Failure,
    files::{self, Target},
    interrupt::{self, Interrupt},
    progress::Bar,
};

/// One mix from files to file, whatever the method.
pub(super) struct Job<'a> {
    pub(super) near: &'a Path,
    pub(super) far: &'a Path,
    pub(super) out: &'a Path,
    /// Without one it is chosen when the pictures are known.
    pub(super) method: Option<Method>,
    /// The width of the blur, if the method is chosen but this is not.
    pub(super) sigma: Option<f64>,
    /// Report every Nth step.
    pub(super) trace: Option<u64>,
    pub(super) align: align::Options,
    pub(super) fit: &'a FitArgs,
    pub(super) input: &'a InputArgs,
    pub(super) output: &'a OutputArgs,
    pub(super) rounding: Rounding,
    pub(super) run: &'a RunArgs,
}

/// The result as JSON.
#[derive(Serialize)]
struct Json<'a> {
    method: &'static str,
    width: usize,
    height: usize,
    align: Fit,
    #[serde(flatten)]
    report: &'a Report,
    #[serde(skip_serializing_if = "Option::is_none")]
    trace: Option<Vec<TraceLine>>,
    seconds: Seconds,
    threads: usize,
    out: String,
}

/// How the pictures were made to fit.
#[derive(Serialize)]
struct Fit {
    method: align::Method,
    confidence: f64,
    overlap: f64,
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
    pub(super) fn run(self) -> Result<ExitCode, Failure> {
        let options = self.output.encode_options(self.out, self.rounding)?;
        let mut target = Target::new(self.out, options, self.output.force, &[self.near, self.far])?;
        if target.is_stream() && self.run.json {
            return Err(Failure::usage("the picture and the JSON cannot both go to standard output")
                .fix("give -o a file name, or leave --json out"));
        }
        let execution = self.run.execution()?;
        let interrupt = Interrupt::listen();

        let started = Instant::now();
        let reading = self.input.decode_options();
        let (near, far) = files::read_both(self.near, self.far, &reading)?;
        let decode = started.elapsed().as_secs_f64();

        let started = Instant::now();
        let aligned = align::align(&near.image, &far.image, &self.align, &execution)?;
        if self.align.method != align::Method::None {
            self.say(explain::fit(&aligned));
        }
        let method = match self.method {
            Some(ref method) => method.clone(),
            None => {
                let choice = choose(&aligned, self.sigma);
                self.say([explain::choice(&choice)]);
                Method::Descent(choice.options)
            }
        };
        let mut trace = Vec::new();
        let bar = Bar::new(self.run.quiet);
        let (picture, report) = method.mix(&aligned.pair, &execution, &mut |progress: &Progress<'_>| {
            bar.show(progress);
            if self.trace.is_some_and(|every| (progress.step as u64 + 1).is_multiple_of(every)) {
                trace.push(TraceLine { step: progress.step, losses: progress.losses });
            }
            if interrupt.pressed() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        })?;
        drop(bar);
        let solve = started.elapsed().as_secs_f64();

        let started = Instant::now();
        let cancelled = matches!(report, Report::Descent { stop_reason: StopReason::Cancelled, .. });
        // A mix that was interrupted cannot be made again.
        if !self.output.strip && !cancelled {
            let provenance = Provenance {
                version: Provenance::VERSION.to_owned(),
                near: near.source,
                far: far.source,
                background: reading.background,
                depth: target.options().depth,
                rounding: self.rounding,
                recipe: Recipe { align: self.align.clone(), method: method.clone() },
            };
            target.store(Provenance::KEYWORD, provenance.to_json());
        }
        target.write(&picture)?;
        self.fit.save_points(&aligned, &self.align)?;
        let seconds = Seconds { decode, solve, encode: started.elapsed().as_secs_f64() };

        let size = picture.size();
        if self.run.json {
            console::json(&Json {
                method: method.name(),
                width: size.width(),
                height: size.height(),
                align: Fit { method: aligned.method, confidence: aligned.confidence, overlap: aligned.overlap },
                report: &report,
                trace: self.trace.map(|_| trace),
                seconds,
                threads: execution.threads(),
                out: target.name(),
            });
        } else if !target.is_stream() {
            for TraceLine { step, losses } in trace {
                tell(self.run, format_args!("step {step}: {}", explain::losses(losses)));
            }
            tell(self.run, format_args!("{}: {size}, {}", target.name(), explain::report(&report, solve)));
        }
        if cancelled {
            console::note("interrupted: the hybrid is the best so far");
            return Ok(ExitCode::from(interrupt::EXIT_CODE));
        }
        Ok(ExitCode::SUCCESS)
    }

    /// Says what was decided, to the person who waits.
    fn say(&self, lines: impl IntoIterator<Item = String>) {
        if !self.run.quiet {
            lines.into_iter().for_each(console::note);
        }
    }
}
