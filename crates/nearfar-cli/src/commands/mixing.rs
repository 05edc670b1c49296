//! The commands that mix two pictures.

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
    time::Instant,
};

use nearfar::{
    Event, Failure, Job, Made, Method, Note, Pictures, Recipe, Request, Seconds, Target, Trace, TraceLine, Work,
    WorkSummary,
    batch::Task,
    codec::Rounding,
    fit::Aligned,
    input::{free_name_for, stem, title},
    look::{Making, Shows},
    vision::{Density, Viewing},
    words,
};

use crate::{
    args::{CommonArgs, FilesArgs, FourierCommand, MixCommand, PairArgs},
    console,
    session::Session,
};

/// One mix from files to file, by any method.
pub(super) struct Mixing<'a> {
    task: Task,
    out: PathBuf,
    /// Report every Nth step.
    trace: Option<u64>,
    common: &'a CommonArgs,
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
    /// A mix by optimising.
    pub(super) fn of_mix(command: &'a MixCommand) -> Result<Self, Failure> {
        let MixCommand { pair, descent, common } = command;
        let request = Request { share: descent.share, ..common.distance.request() };
        let method = Method::Descent(descent.options()?);
        let mut mixing = Self::new(pair, common, request, method, descent.settings.preset.rounding())?;
        mixing.task.start = descent.start_file().map(Path::to_owned);
        Ok(Self { trace: descent.trace, ..mixing })
    }

    /// A mix by filters.
    pub(super) fn of_fourier(command: &'a FourierCommand) -> Result<Self, Failure> {
        let FourierCommand { pair, fourier, common } = command;
        let said = fourier.settings();
        let request = Request { share: fourier.share, cutoffs: said.cutoffs, ..common.distance.request() };
        Self::new(pair, common, request, Method::Fourier(said.options()?), Rounding::Nearest)
    }

    fn new(
        pair: &PairArgs,
        common: &'a CommonArgs,
        request: Request,
        method: Method,
        rounding: Rounding,
    ) -> Result<Self, Failure> {
        let CommonArgs { fit, input, output, .. } = common;
        let FilesArgs { near, far } = &pair.pair;
        let out = pair.out.clone().unwrap_or_else(|| free_name_for(near, &format!("-{}.png", stem(far))));
        let request = Request { recipe: Recipe { align: fit.options(output.force)?, method }, ..request };
        request.check()?;
        let reading = input.decode_options(Work::Mix);
        let writing = output.writing(&out, rounding, &reading)?;
        let job = Job { request, writing };
        let points = fit.points_file().map(Path::to_owned);
        let task = Task { near: near.clone(), far: far.clone(), start: None, points, reading, job };
        Ok(Self { task, out, trace: None, common })
    }

    /// The mix as a task for a row of a batch, which knows how much memory there is beside its other rows.
    pub(super) fn into_task(self) -> Task {
        let mut input = self.common.input.clone();
        input.limits.memory.get_or_insert(u64::MAX);
        Task { reading: input.decode_options(Work::Mix), ..self.task }
    }

    /// Runs the whole mix with output for the user.
    fn run(mut self) -> Result<ExitCode, Failure> {
        let run = &self.common.run;
        let is_silent = run.quiet && !run.json && !self.common.verbose && !self.common.dry_run;
        self.task.job.request.unjudged = is_silent && !self.common.show.is_wanted();
        let job = &self.task.job;
        let target = Target::new(&self.out, self.common.output.force, &self.task.inputs())?;
        let shows = self.common.show.shows(self.common.output.force, &self.task.inputs())?;
        shows.check(&target, run.json)?;
        let session = Session::new(run)?;

        let started = Instant::now();
        let pictures = self.task.load()?;
        if self.common.dry_run {
            return self.plan(pictures, &session, &target);
        }
        let decode = started.elapsed().as_secs_f64();

        let started = Instant::now();
        let (mut trace, mut steps) = (Trace::every(self.trace), shows.trace());
        let made = job.mix(pictures, &session.execution, &mut |event: &Event<'_>| {
            trace.hear(event);
            steps.hear(event);
            session.see(event)
        })?;
        let solve = started.elapsed().as_secs_f64();

        let started = Instant::now();
        let (bytes, notes) = job.encode(&made)?;
        target.write(&bytes)?;
        self.common.fit.save_points(made.aligned(), &job.request.recipe.align, self.common.output.force)?;
        let seconds = Seconds { decode, solve, encode: started.elapsed().as_secs_f64() };
        session.noted(&notes);
        let provenance = job.provenance(&made);
        let making = Making {
            request: &job.request,
            provenance: provenance.as_ref(),
            trace: steps.lines(),
            seconds: &[("read", decode), ("fit and mix", solve), ("write", seconds.encode)],
        };
        let observer = &mut session.observer();
        Shows::write(shows.files(&made.hybrid, &title(&self.out), &making, &session.execution, observer))?;
        self.report(made, notes, trace, seconds, &session, &target)
    }

    /// Prints what would be made.
    fn plan(&self, pictures: Pictures, session: &Session<'_>, target: &Target) -> Result<ExitCode, Failure> {
        let planned = self.task.job.plan(pictures, &session.execution, &mut session.observer())?;
        let (size, mixed) = (planned.size, planned.aligned.pair.size());
        let density = self.task.job.density(mixed)?;
        self.explain(&planned.method, &planned.aligned, planned.viewing, density, session);
        session.planned(target, size, planned.summary());
        Ok(session.end(false))
    }

    /// Prints what was chosen and why, if requested.
    fn explain(
        &self,
        method: &Method,
        aligned: &Aligned,
        viewing: Option<Viewing>,
        density: Density,
        session: &Session<'_>,
    ) {
        let lines = words::choices(&self.task.job.request, method, aligned, viewing, density);
        session.bar.clear();
        lines.into_iter().filter(|_| self.common.verbose).for_each(console::note);
    }

    /// Prints what was made.
    fn report(
        &self,
        mut made: Made,
        notes: Vec<Note>,
        trace: Trace,
        seconds: Seconds,
        session: &Session<'_>,
        target: &Target,
    ) -> Result<ExitCode, Failure> {
        made.hybrid.notes.extend(notes);
        let hybrid = &made.hybrid;
        let size = hybrid.picture.size();
        let density = self.task.job.request.density(size)?;
        self.explain(made.method(), made.aligned(), hybrid.viewing, density, session);
        let step = |line: &TraceLine| format!("step {}: {}", line.step, words::losses(&line.losses));
        let report = format!("{}: {size}, {}", target.name(), words::report(&hybrid.report, seconds.solve));
        let lines = trace.lines().iter().map(step).chain([report]);
        let (trace, threads) = (self.trace.map(|_| trace.lines()), session.execution.threads());
        session.written(target, WorkSummary { summary: made.summary(density), trace, seconds, threads }, lines);
        Ok(session.end(hybrid.is_cancelled()))
    }
}
