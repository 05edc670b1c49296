//! One mix from files to file, whatever the method.

use std::{ops::ControlFlow, path::Path, process::ExitCode, time::Instant};

use nearfar::{
    Encoded, Execution, Flip, Image, Method, Progress, Provenance, Recipe, Report, Source,
    codec::{EncodeOptions, Rounding, SourceInfo},
    descent::{Losses, StopReason},
    far_eye_sigma,
    fit::{self, Aligned, fit},
    vision::PixelsPerDegree,
};
use serde::Serialize;

use super::tell;
use crate::{
    args::{Cutoffs, DistanceArgs, FitArgs, InputArgs, OutputArgs, RunArgs, ShareArgs},
    console, explain,
    failure::Failure,
    files::{self, Picture, Target},
    interrupt::{self, Interrupt},
    progress::Bar,
};

/// One mix from files to file, whatever the method.
pub(super) struct Job<'a> {
    pub(super) near: &'a Path,
    pub(super) far: &'a Path,
    pub(super) out: &'a Path,
    pub(super) method: Method,
    /// What was said of how much of FAR comes through.
    pub(super) share: ShareArgs,
    /// Cutoffs of the Fourier mixer that were said.
    pub(super) cutoffs: Cutoffs,
    /// The file that the optimiser starts from.
    pub(super) start: Option<&'a Path>,
    /// Report every Nth step.
    pub(super) trace: Option<u64>,
    pub(super) align: fit::Options,
    pub(super) distance: &'a DistanceArgs,
    pub(super) fit: &'a FitArgs,
    pub(super) input: &'a InputArgs,
    pub(super) output: &'a OutputArgs,
    pub(super) rounding: Rounding,
    pub(super) run: &'a RunArgs,
}

/// The pictures of a job.
pub(super) struct Pictures {
    pub(super) near: Picture,
    pub(super) far: Picture,
    /// What the optimiser starts from.
    pub(super) start: Option<Picture>,
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
    method: fit::Method,
    confidence: f64,
    overlap: f64,
}

/// Losses of one iteration, before its update.
#[derive(Clone, Debug, Serialize)]
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
    origins: Origins,
}

/// Where the pictures of a job came from, and what the near one's file says.
struct Origins {
    info: SourceInfo,
    near: Source,
    far: Source,
    start: Option<Source>,
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
        self.distance.check()?;
        let options = self.output.encode_options(self.out, self.rounding)?;
        let inputs: Vec<_> = [self.near, self.far].into_iter().chain(self.start).collect();
        Target::new(self.out, options, force, &inputs)
    }

    /// Reads the pictures.
    pub(super) fn read(&self) -> Result<Pictures, Failure> {
        let options = self.input.decode_options();
        let (near, far) = files::load_both(self.near, self.far, &options)?;
        let start = self.start.map(|path| files::load(path, &options)).transpose()?;
        Ok(Pictures { near, far, start })
    }

    /// Makes the pictures fit, chooses what was not said and mixes.
    pub(super) fn mix(
        &self,
        pictures: Pictures,
        execution: &Execution,
        watch: &mut dyn FnMut(&Progress<'_>) -> ControlFlow<()>,
        say: &mut dyn FnMut(String),
    ) -> Result<Mixed, Failure> {
        let Pictures { near, far, start } = pictures;
        near.notes().chain(far.notes()).for_each(&mut *say);
        if near.source.sha256 == far.source.sha256 {
            say("warning: NEAR and FAR are the same picture; it will look the same from everywhere".to_owned());
        }
        let aligned = fit(near.image, far.image, &self.align, execution)?;
        // The hybrid's size is known now, and it may be too large for its format.
        self.output.encode_options(self.out, self.rounding)?.check(aligned.pair.size())?;
        if self.align.method != fit::Method::None {
            explain::fit(&aligned).into_iter().for_each(&mut *say);
        }
        let method = self.settle(&aligned, say)?;
        let (start, source) = start.map(|start| (start.image, start.source)).unzip();
        let origins = Origins { info: near.info, near: near.source, far: far.source, start: source };
        let (picture, report) = match start {
            Some(start) => method.mix_from(start, &aligned.pair, execution, watch)?,
            None => method.mix(&aligned.pair, execution, watch)?,
        };
        Ok(Mixed { aligned, method, picture, report, origins })
    }

    /// The method with what was said and, for the rest, what is chosen.
    fn settle(&self, aligned: &Aligned, say: &mut dyn FnMut(String)) -> Result<Method, Failure> {
        let size = aligned.pair.size();
        explain::small(size).into_iter().for_each(&mut *say);
        let mut method = self.cutoffs.laid_over(self.method.clone(), size)?;
        if let Some((distance, sigma)) = self.distance.sigma(size)? {
            say(format!("an eye {distance} away blurs by {sigma:.1} px"));
            method = method.seen_through(sigma);
        }
        let chosen = method.crossover().is_none();
        let (method, choice) = method.settled(aligned);
        if chosen {
            say(explain::choice(&choice, &method));
        }
        if let Some(crossover) = method.crossover() {
            self.distance.tell(far_eye_sigma(crossover), size)?.into_iter().for_each(say);
        }
        self.share.check(method.share())?;
        let share = self.share.laid_over(method.share().unwrap_or(choice.share));
        Ok(method.with_share(share))
    }

    /// Whether the hybrid shows what it should, in the words of the notes.
    fn verdict(&self, mixed: &Mixed, execution: &Execution) -> Result<Vec<String>, Failure> {
        let Some(crossover) = mixed.method.crossover() else { return Ok(Vec::new()) };
        let size = mixed.aligned.pair.size();
        let far = PixelsPerDegree::from_eye_sigma(far_eye_sigma(crossover))?;
        let near = self.distance.near_view(size)?;
        if near >= far {
            return Ok(Vec::new());
        }
        let flip = Flip::of(&mixed.picture, &mixed.aligned, [near, far], execution)?;
        Ok(explain::flip(&flip, &mixed.aligned))
    }

    /// The bytes of the hybrid's file with its recipe, and what could not be put there.
    pub(super) fn encode(&self, target: &Target, mixed: &Mixed) -> Result<(Vec<u8>, Vec<String>), Failure> {
        let metadata = self.output.metadata();
        let recipe = || {
            let EncodeOptions { format, depth, rounding, quality, .. } = *target.options();
            Provenance {
                version: Provenance::VERSION.to_owned(),
                near: mixed.origins.near.clone(),
                far: mixed.origins.far.clone(),
                start: mixed.origins.start.clone(),
                background: self.input.decode_options().background,
                depth,
                rounding,
                format,
                quality,
                metadata,
                recipe: Recipe { align: self.align.clone(), method: mixed.method.clone() },
            }
        };
        // A mix that was interrupted cannot be made again.
        let recipe = (!self.output.strip && !mixed.is_cancelled()).then(recipe);
        target.encode(mixed.picture.clone(), &metadata, &mixed.origins.info, recipe.as_ref())
    }

    /// All of it, with a person who waits.
    pub(super) fn run(self) -> Result<ExitCode, Failure> {
        let target = self.target(self.output.force)?;
        if target.is_stream() && self.run.json {
            return Err(Failure::usage("the picture and the JSON cannot both go to standard output")
                .fix("give -o a file name, or leave --json out"));
        }
        let execution = self.run.execution()?;
        let interrupt = Interrupt::listen();

        let started = Instant::now();
        let pictures = self.read()?;
        let decode = started.elapsed().as_secs_f64();

        let started = Instant::now();
        let mut trace = Vec::new();
        let bar = Bar::new(self.run.quiet);
        let mut watch = |progress: &Progress<'_>| {
            bar.show(progress);
            let last = progress.level + 1 == progress.levels;
            if last
                && progress.moved
                && self.trace.is_some_and(|every| (progress.iterations as u64).is_multiple_of(every))
            {
                trace.push(TraceLine { step: progress.iterations - 1, losses: progress.losses.clone() });
            }
            if interrupt.pressed() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        };
        let mut say = |line: String| {
            if !self.run.quiet {
                console::note(line);
            }
        };
        let mixed = self.mix(pictures, &execution, &mut watch, &mut say)?;
        drop(bar);
        let solve = started.elapsed().as_secs_f64();

        let started = Instant::now();
        let (bytes, notes) = self.encode(&target, &mixed)?;
        notes.into_iter().for_each(&mut say);
        target.write(&bytes)?;
        self.verdict(&mixed, &execution)?.into_iter().for_each(say);
        self.fit.save_points(&mixed.aligned, &self.align)?;
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
                tell(self.run, format_args!("step {step}: {}", explain::losses(&losses)));
            }
            let report = explain::report(&mixed.report, solve);
            tell(self.run, format_args!("{}: {size}, {report}", target.name()));
        }
        if mixed.is_cancelled() {
            console::note("interrupted: the hybrid is the best so far");
            return Ok(ExitCode::from(interrupt::EXIT_CODE));
        }
        Ok(ExitCode::SUCCESS)
    }
}
