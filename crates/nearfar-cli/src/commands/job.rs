//! One mix from files to file, whatever the method.

use std::{ops::ControlFlow, path::Path, process::ExitCode, time::Instant};

use nearfar::{
    Encoded, Execution, Image, Method, Progress, Provenance, Recipe, Report, Source,
    align::{self, Aligned},
    choose,
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
#[derive(Clone, Copy, Debug, Serialize)]
pub(super) struct Fit {
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

/// What a job made, before it is written.
pub(super) struct Mixed {
    pub(super) aligned: Aligned,
    pub(super) method: Method,
    pub(super) picture: Image<Encoded>,
    pub(super) report: Report,
}

impl Mixed {
    /// Whether someone stopped it half way.
    pub(super) fn is_cancelled(&self) -> bool {
        matches!(self.report, Report::Descent { stop_reason: StopReason::Cancelled, .. })
    }

    /// How the pictures were made to fit.
    pub(super) fn fit(&self) -> Fit {
        let Aligned { method, confidence, overlap, .. } = self.aligned;
        Fit { method, confidence, overlap }
    }
}

impl Job<'_> {
    /// Where the hybrid goes, checked before any work is done.
    pub(super) fn target(&self, force: bool) -> Result<Target, Failure> {
        let options = self.output.encode_options(self.out, self.rounding)?;
        Target::new(self.out, options, force, &[self.near, self.far])
    }

    /// Makes the pictures fit, chooses what was not said and mixes.
    pub(super) fn mix(
        &self,
        near: &Image<Encoded>,
        far: &Image<Encoded>,
        execution: &Execution,
        watch: &mut dyn FnMut(&Progress<'_>) -> ControlFlow<()>,
        say: &mut dyn FnMut(String),
    ) -> Result<Mixed, Failure> {
        let aligned = align::align(near, far, &self.align, execution)?;
        if self.align.method != align::Method::None {
            explain::fit(&aligned).into_iter().for_each(&mut *say);
        }
        let method = self.method.clone().unwrap_or_else(|| {
            let choice = choose(&aligned, self.sigma);
            say(explain::choice(&choice));
            Method::Descent(choice.options)
        });
        let (picture, report) = method.mix(&aligned.pair, execution, watch)?;
        Ok(Mixed { aligned, method, picture, report })
    }

    /// Writes the hybrid with its recipe, and the points if they were asked for.
    pub(super) fn write(
        &self,
        target: &mut Target,
        mixed: &Mixed,
        (near, far): (Source, Source),
    ) -> Result<(), Failure> {
        // A mix that was interrupted cannot be made again.
        if !self.output.strip && !mixed.is_cancelled() {
            let provenance = Provenance {
                version: Provenance::VERSION.to_owned(),
                near,
                far,
                background: self.input.decode_options().background,
                depth: target.options().depth,
                rounding: self.rounding,
                recipe: Recipe { align: self.align.clone(), method: mixed.method.clone() },
            };
            target.store(Provenance::KEYWORD, provenance.to_json());
        }
        target.write(&mixed.picture)?;
        self.fit.save_points(&mixed.aligned, &self.align)
    }

    /// All of it, with a person who waits.
    pub(super) fn run(self) -> Result<ExitCode, Failure> {
        let mut target = self.target(self.output.force)?;
        if target.is_stream() && self.run.json {
            return Err(Failure::usage("the picture and the JSON cannot both go to standard output")
                .fix("give -o a file name, or leave --json out"));
        }
        let execution = self.run.execution()?;
        let interrupt = Interrupt::listen();

        let started = Instant::now();
        let (near, far) = files::read_both(self.near, self.far, &self.input.decode_options())?;
        let decode = started.elapsed().as_secs_f64();

        let started = Instant::now();
        let mut trace = Vec::new();
        let bar = Bar::new(self.run.quiet);
        let mut watch = |progress: &Progress<'_>| {
            bar.show(progress);
            if self.trace.is_some_and(|every| (progress.step as u64 + 1).is_multiple_of(every)) {
                trace.push(TraceLine { step: progress.step, losses: progress.losses });
            }
            if interrupt.pressed() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        };
        let mut say = |line: String| {
            if !self.run.quiet {
                console::note(line);
            }
        };
        let mixed = self.mix(&near.image, &far.image, &execution, &mut watch, &mut say)?;
        drop(bar);
        let solve = started.elapsed().as_secs_f64();

        let started = Instant::now();
        self.write(&mut target, &mixed, (near.source, far.source))?;
        let seconds = Seconds { decode, solve, encode: started.elapsed().as_secs_f64() };

        let size = mixed.picture.size();
        if self.run.json {
            console::json(&Json {
                method: mixed.method.name(),
                width: size.width(),
                height: size.height(),
                align: mixed.fit(),
                report: &mixed.report,
                trace: self.trace.map(|_| trace),
                seconds,
                threads: execution.threads(),
                out: target.name(),
            });
        } else if !target.is_stream() {
            for TraceLine { step, losses } in trace {
                tell(self.run, format_args!("step {step}: {}", explain::losses(losses)));
            }
            tell(self.run, format_args!("{}: {size}, {}", target.name(), explain::report(&mixed.report, solve)));
        }
        if mixed.is_cancelled() {
            console::note("interrupted: the hybrid is the best so far");
            return Ok(ExitCode::from(interrupt::EXIT_CODE));
        }
        Ok(ExitCode::SUCCESS)
    }
}
