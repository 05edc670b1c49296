//! The commands that mix two pictures.

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
    time::Instant,
};

use nearfar::{
    Event, Job, Made, Method, Note, Pictures, Recipe, Request, TraceLine, What,
    batch::Task,
    codec::{DecodeOptions, Rounding},
    words,
};
use serde::Serialize;

use super::{
    show::{Making, Shows},
    tell,
};
use crate::{
    args::{CommonArgs, FitArgs, FourierCommand, MixCommand, PairArgs, RunArgs, ShowArgs},
    console,
    failure::Failure,
    files::{self, Target, free_name, stem},
    interrupt::{self, Interrupt},
    progress::Bar,
};

/// One mix from files to file, whatever the method.
pub(super) struct Mixing<'a> {
    near: &'a Path,
    far: &'a Path,
    out: PathBuf,
    /// The file that the optimiser starts from.
    start: Option<&'a Path>,
    job: Job,
    reading: DecodeOptions,
    fit: &'a FitArgs,
    show: &'a ShowArgs,
    force: bool,
    /// Report every Nth step.
    trace: Option<u64>,
    run: &'a RunArgs,
}

/// The result as JSON.
#[derive(Serialize)]
struct Json<'a> {
    #[serde(flatten)]
    summary: nearfar::Summary<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    trace: Option<Vec<TraceLine>>,
    seconds: Seconds,
    threads: usize,
    out: String,
}

/// Wall-clock seconds of each part.
#[derive(Clone, Copy, Debug, Serialize)]
struct Seconds {
    decode: f64,
    solve: f64,
    encode: f64,
}

/// `nearfar mix`.
pub(crate) fn mix(command: &MixCommand) -> Result<ExitCode, Failure> {
    Mixing::of_mix(command)?.run()
}

/// `nearfar fourier`.
pub(crate) fn fourier(command: &FourierCommand) -> Result<ExitCode, Failure> {
    Mixing::of_fourier(command)?.run()
}

impl<'a> Mixing<'a> {
    /// By optimising.
    pub(super) fn of_mix(command: &'a MixCommand) -> Result<Self, Failure> {
        let descent = &command.descent;
        let request = Request { share: descent.share(), ..Request::default() };
        let method = Method::Descent(descent.options()?);
        let mixing = Self::new(&command.pair, &command.common, request, method, descent.preset.rounding())?;
        Ok(Self { start: descent.start_file(), trace: descent.trace, ..mixing })
    }

    /// By filters.
    pub(super) fn of_fourier(command: &'a FourierCommand) -> Result<Self, Failure> {
        let fourier = &command.fourier;
        let said = fourier.settings();
        let request = Request { share: fourier.share(), cutoffs: said.cutoffs, ..Request::default() };
        let method = Method::Fourier(said.options()?);
        Self::new(&command.pair, &command.common, request, method, Rounding::Nearest)
    }

    fn new(
        pair: &'a PairArgs,
        common: &'a CommonArgs,
        request: Request,
        method: Method,
        rounding: Rounding,
    ) -> Result<Self, Failure> {
        let CommonArgs { distance, fit, input, output, show, run } = common;
        let out = pair.out.clone().unwrap_or_else(|| free_name(&pair.near, &format!("-{}.png", stem(&pair.far))));
        let recipe = Recipe { align: fit.options()?, method };
        let (far, near, surface) = (distance.far, distance.near, distance.surface.surface());
        let request = Request { recipe, far, near, surface, ..request };
        request.check()?;
        let reading = input.decode_options();
        let job = Job {
            request,
            background: reading.background,
            encoding: output.encode_options(&out, rounding)?,
            metadata: output.metadata(),
            keeps_recipe: !output.no_recipe,
        };
        let (near, far) = (pair.near.as_path(), pair.far.as_path());
        Ok(Self { near, far, out, start: None, job, reading, fit, show, force: output.force, trace: None, run })
    }

    /// As a row of a batch.
    pub(super) fn into_task(self) -> Task {
        Task {
            near: self.near.to_owned(),
            far: self.far.to_owned(),
            start: self.start.map(Path::to_owned),
            points: self.fit.points_file().map(Path::to_owned),
            reading: self.reading,
            job: self.job,
        }
    }

    /// What is read and never overwritten.
    fn inputs(&self) -> Vec<&Path> {
        [self.near, self.far].into_iter().chain(self.start).chain(self.fit.points_file()).collect()
    }

    /// Reads the pictures.
    fn read(&self) -> Result<Pictures, Failure> {
        let (near, far) = files::load_both(self.near, self.far, &self.reading)?;
        let start = self.start.map(|path| files::load(path, &self.reading)).transpose()?;
        Ok(Pictures { near, far, start })
    }

    /// All of it, with a person who waits.
    fn run(self) -> Result<ExitCode, Failure> {
        let target = Target::new(&self.out, &self.job.encoding, self.force, &self.inputs())?;
        let shows = Shows::new(self.show, &self.out, self.force, &self.inputs())?;
        if shows.targets().any(Target::is_stream) {
            return Err(Failure::usage("only the hybrid can go to standard output").fix("give the others file names"));
        }
        if target.is_stream() && self.run.json {
            return Err(Failure::json_and_picture());
        }
        let execution = self.run.execution()?;
        let interrupt = Interrupt::listen();

        let started = Instant::now();
        let pictures = self.read()?;
        let decode = started.elapsed().as_secs_f64();

        let started = Instant::now();
        let (mut trace, mut steps) = (Vec::new(), Vec::new());
        let bar = Bar::new(self.run.quiet);
        let mut watch = |event: &Event<'_>| {
            bar.show(event);
            match event.what {
                What::Noted(note) if !self.run.quiet => bar.aside(|| console::noted(note)),
                What::Evaluated { progress, .. } => {
                    trace.extend(self.trace.and_then(|every| traced(progress, every)));
                    steps.extend(shows.shows_steps().then(|| traced(progress, 1)).flatten());
                }
                _ => {}
            }
            interrupt.go_on()
        };
        let made = self.job.mix(pictures, &execution, &mut watch)?;
        drop(bar);
        let solve = started.elapsed().as_secs_f64();

        let started = Instant::now();
        let (bytes, notes) = self.job.encode(&made)?;
        target.write(&bytes)?;
        self.fit.save_points(&made.hybrid.aligned, &self.job.request.recipe.align)?;
        let seconds = Seconds { decode, solve, encode: started.elapsed().as_secs_f64() };
        notes.iter().filter(|_| !self.run.quiet).for_each(console::noted);
        let provenance = self.job.provenance(&made);
        let making = Making {
            request: &self.job.request,
            provenance: provenance.as_ref(),
            trace: &steps,
            seconds: &[("read", decode), ("fit and mix", solve), ("write", seconds.encode)],
        };
        let title = self.out.file_name().map_or_else(|| "hybrid".into(), |name| name.to_string_lossy());
        shows.write(&made.hybrid, &title, &making, &execution)?;
        self.report(made, notes, trace, seconds, execution.threads(), &target)
    }

    /// Says what was done.
    fn report(
        &self,
        mut made: Made,
        notes: Vec<Note>,
        trace: Vec<TraceLine>,
        seconds: Seconds,
        threads: usize,
        target: &Target,
    ) -> Result<ExitCode, Failure> {
        made.hybrid.notes.extend(notes);
        let hybrid = &made.hybrid;
        let size = hybrid.picture.size();
        if self.run.json {
            let summary = hybrid.summary(self.job.request.surface.density(size)?);
            let trace = self.trace.map(|_| trace);
            console::json(&Json { summary, trace, seconds, threads, out: target.name() });
        } else if !target.is_stream() {
            for TraceLine { step, losses } in trace {
                tell(self.run, format_args!("step {step}: {}", words::losses(&losses)));
            }
            let report = words::report(&hybrid.report, seconds.solve);
            tell(self.run, format_args!("{}: {size}, {report}", target.name()));
        }
        if hybrid.is_cancelled() {
            console::note("interrupted: the hybrid is the best so far");
            return Ok(ExitCode::from(interrupt::EXIT_CODE));
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// A line of the trace, if this is one of the steps at the hybrid's own size that count.
fn traced(progress: &nearfar::Progress<'_>, every: u64) -> Option<TraceLine> {
    let last = progress.level + 1 == progress.levels && progress.moved;
    (last && (progress.iterations as u64).is_multiple_of(every))
        .then(|| TraceLine { step: progress.iterations - 1, losses: progress.losses.clone() })
}
