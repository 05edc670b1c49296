//! The commands that mix two pictures.

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
    time::Instant,
};

use nearfar::{
    Event, Failure, Job, Made, Method, Note, Pictures, Recipe, Request, TraceLine, What,
    batch::Task,
    codec::{DecodeOptions, Rounding},
    fit::Aligned,
    look::{Making, Shows},
    vision::{Density, Viewing},
    words,
};
use serde::Serialize;

use crate::{
    args::{CommonArgs, FitArgs, FourierCommand, MixCommand, PairArgs, RunArgs, ShowArgs},
    console,
    files::{self, Target, free_name, stem},
    session::Session,
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
    /// Mix nothing.
    is_dry: bool,
    verbose: bool,
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
}

/// What would be made, as JSON.
#[derive(Serialize)]
struct Dry<'a> {
    dry_run: bool,
    #[serde(flatten)]
    plan: nearfar::PlanSummary<'a>,
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
        let request = Request { share: descent.share(), ..command.common.distance.request() };
        let method = Method::Descent(descent.options()?);
        let mixing = Self::new(&command.pair, &command.common, request, method, descent.preset.rounding())?;
        Ok(Self { start: descent.start_file(), trace: descent.trace, ..mixing })
    }

    /// By filters.
    pub(super) fn of_fourier(command: &'a FourierCommand) -> Result<Self, Failure> {
        let fourier = &command.fourier;
        let said = fourier.settings();
        let distance = command.common.distance.request();
        let request = Request { share: fourier.share(), cutoffs: said.cutoffs, ..distance };
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
        let CommonArgs { fit, input, output, show, run, dry_run: is_dry, verbose, .. } = common;
        let (near, far) = (pair.pair.near.as_path(), pair.pair.far.as_path());
        let out = pair.out.clone().unwrap_or_else(|| free_name(near, &format!("-{}.png", stem(far))));
        let request = Request { recipe: Recipe { align: fit.options()?, method }, ..request };
        request.check()?;
        let reading = input.decode_options();
        let job = Job {
            request,
            background: reading.background,
            width: common.width.map(|width| width as usize),
            encoding: output.encode_options(&out, rounding)?,
            metadata: output.metadata(),
            keeps_recipe: !output.no_recipe,
        };
        let (is_dry, verbose, force) = (*is_dry, *verbose, output.force);
        Ok(Self { near, far, out, start: None, job, reading, fit, show, force, trace: None, is_dry, verbose, run })
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
        let [near, far] = files::load_both(self.near, self.far, &self.reading)?;
        let start = self.start.map(|path| files::load(path, &self.reading)).transpose()?;
        Ok(Pictures { near, far, start })
    }

    /// What is shown of the hybrid beside its file.
    fn shows(&self) -> Result<Shows<Target>, Failure> {
        let (ShowArgs { strip, animate, report }, force, inputs) = (self.show, self.force, self.inputs());
        Ok(Shows {
            strip: strip.as_deref().map(|path| Target::picture(path, force, &inputs)).transpose()?,
            film: animate.as_deref().map(|path| Target::film(path, force, &inputs)).transpose()?,
            page: report.as_deref().map(|path| Target::new(path, force, &inputs)).transpose()?,
        })
    }

    /// All of it, with a person who waits.
    fn run(self) -> Result<ExitCode, Failure> {
        let target = Target::new(&self.out, self.force, &self.inputs())?;
        let shows = self.shows()?;
        Target::all_apart([&target].into_iter().chain(shows.places()))?;
        if shows.places().any(Target::is_stream) {
            return Err(Failure::usage("only the hybrid can go to standard output").fix("give the others file names"));
        }
        Target::share_stdout([&target], self.run.json, 0)?;
        let session = Session::new(self.run)?;

        let started = Instant::now();
        let pictures = self.read()?;
        if self.is_dry {
            return self.plan(pictures, &session, &target);
        }
        let decode = started.elapsed().as_secs_f64();

        let started = Instant::now();
        let (mut trace, mut steps) = (Vec::new(), Vec::new());
        let made = self.job.mix(pictures, &session.execution, &mut |event: &Event<'_>| {
            if let What::Evaluated { progress, .. } = event.what {
                trace.extend(self.trace.and_then(|every| TraceLine::of(progress, every)));
                // A page shows every step.
                steps.extend(shows.page.as_ref().and_then(|_| TraceLine::of(progress, 1)));
            }
            session.see(event)
        })?;
        let solve = started.elapsed().as_secs_f64();

        let started = Instant::now();
        let (bytes, notes) = self.job.encode(&made)?;
        target.write(&bytes)?;
        self.fit.save_points(made.aligned(), &self.job.request.recipe.align)?;
        let seconds = Seconds { decode, solve, encode: started.elapsed().as_secs_f64() };
        session.noted(&notes);
        let provenance = self.job.provenance(&made);
        let making = Making {
            request: &self.job.request,
            provenance: provenance.as_ref(),
            trace: &steps,
            seconds: &[("read", decode), ("fit and mix", solve), ("write", seconds.encode)],
        };
        for (target, bytes) in shows.files(&made.hybrid, &files::title(&self.out), &making, &session.execution)? {
            target.write(&bytes)?;
        }
        self.report(made, notes, trace, seconds, &session, &target)
    }

    /// Says what would be done.
    fn plan(&self, pictures: Pictures, session: &Session<'_>, target: &Target) -> Result<ExitCode, Failure> {
        let planned = self.job.plan(pictures, &session.execution, &mut session.observer())?;
        let (size, mixed) = (planned.size, planned.aligned.pair.size());
        let density = self.job.density(mixed)?;
        self.explain(&planned.method, &planned.aligned, planned.viewing, density, session);
        if self.run.json {
            console::written(target.name(), Dry { dry_run: true, plan: planned.summary() });
        } else {
            session.tell(format_args!("{}: {size} would be written; this was a dry run", target.name()));
        }
        Ok(session.end(false))
    }

    /// Says what was chosen and why, if that is wanted.
    fn explain(
        &self,
        method: &Method,
        aligned: &Aligned,
        viewing: Option<Viewing>,
        density: Density,
        session: &Session<'_>,
    ) {
        let lines = words::choices(&self.job.request, method, aligned, viewing, density);
        session.bar.clear();
        lines.into_iter().filter(|_| self.verbose).for_each(console::note);
    }

    /// Says what was done.
    fn report(
        &self,
        mut made: Made,
        notes: Vec<Note>,
        trace: Vec<TraceLine>,
        seconds: Seconds,
        session: &Session<'_>,
        target: &Target,
    ) -> Result<ExitCode, Failure> {
        made.hybrid.notes.extend(notes);
        let hybrid = &made.hybrid;
        let size = hybrid.picture.size();
        let density = self.job.request.surface.density(size)?;
        self.explain(made.method(), made.aligned(), hybrid.viewing, density, session);
        if self.run.json {
            let summary = made.summary(density);
            let (trace, threads) = (self.trace.map(|_| trace), session.execution.threads());
            console::written(target.name(), Json { summary, trace, seconds, threads });
        } else if !target.is_stream() {
            for TraceLine { step, losses } in trace {
                session.tell(format_args!("step {step}: {}", words::losses(&losses)));
            }
            let report = words::report(&hybrid.report, seconds.solve);
            session.tell(format_args!("{}: {size}, {report}", target.name()));
        }
        Ok(session.end(hybrid.is_cancelled()))
    }
}
