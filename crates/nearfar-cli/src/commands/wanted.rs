//! `nearfar run` and `nearfar explain`: mix by an objective from a file, and explain it.

use std::{path::PathBuf, process::ExitCode, time::Instant};

use nearfar::{
    Event, Failure, Target, Work,
    codec::Rounding,
    input::title,
    look::Shows,
    wanted::{WantedJob, WantedPlan},
    words,
};

use crate::{
    args::{ExplainCommand, RunCommand},
    console,
    session::Session,
};

/// `nearfar explain`.
pub(crate) fn explain(command: &ExplainCommand) -> Result<ExitCode, Failure> {
    WantedJob::explained(&command.recipe)?.into_iter().for_each(console::line);
    Ok(ExitCode::SUCCESS)
}

/// `nearfar run`.
pub(crate) fn run(command: &RunCommand) -> Result<ExitCode, Failure> {
    let RunCommand { recipe, pair, out, near_mask, far_mask, surface, fit, input, output, show, run, plan } = command;
    let reading = input.decode_options(Work::Mix);
    let writing = output.writing(out, Rounding::Nearest, &reading)?;
    let mut job = WantedJob::read(recipe)?;
    let masks = job.mask_paths(recipe);
    let inputs = [recipe, &pair.near, &pair.far].into_iter().chain(near_mask).chain(far_mask).chain(&masks);
    let inputs: Vec<_> = inputs.map(PathBuf::as_path).collect();
    let target = Target::new(out, output.force, &inputs)?;
    let shows = show.shows(output.force, &inputs)?;
    shows.check(&target, run.json)?;
    (job.align, job.surface, job.writing) = (fit.options(output.force)?, surface.surface(), writing);
    let session = Session::new(run)?;
    let explain = |made: &WantedPlan| {
        session.bar.clear();
        words::wanted_choices(job.wanted(), made).into_iter().filter(|_| plan.verbose).for_each(console::note);
    };

    let started = Instant::now();
    let pictures = job.load(recipe, pair.paths(), [near_mask, far_mask].map(|mask| mask.as_deref()), &reading)?;
    if plan.dry_run {
        let planned = job.plan(pictures, &session.execution, &mut session.observer())?;
        explain(&planned);
        session.planned(&target, planned.size, planned.summary());
        return Ok(session.end(false));
    }
    let read = started.elapsed().as_secs_f64();

    let started = Instant::now();
    let mut steps = shows.trace();
    let made = job.mix(pictures, &session.execution, &mut |event: &Event<'_>| {
        steps.hear(event);
        session.see(event)
    })?;
    let seconds = started.elapsed().as_secs_f64();
    let (bytes, notes) = job.encode(&made)?;
    session.noted(&notes);
    target.write(&bytes)?;
    explain(&made.plan);
    fit.save_points(&made.plan.aligned, &job.align, output.force)?;
    let times = [("read", read), ("fit and mix", seconds)];
    let (title, observer) = (title(out), &mut session.observer());
    Shows::write(shows.of_wanted(&job, &made, &title, steps.lines(), &times, &session.execution, observer))?;
    let line = format!("{}: {}", target.name(), words::wanted(&made.mixed, seconds));
    session.written(&target, made.mixed.summary(seconds), [line]);
    Ok(session.end(made.mixed.is_cancelled()))
}
