//! `nearfar layers`: one picture for any number of distances.

use std::{process::ExitCode, time::Instant};

use nearfar::{
    Event, Failure, Target, Work,
    codec::Rounding,
    input::title,
    layers::{At, LayersJob, LayersPictures, Plan},
    look::Shows,
    words,
};

use crate::{args::LayersCommand, console, session::Session};

/// `nearfar layers`.
pub(crate) fn run(command: &LayersCommand) -> Result<ExitCode, Failure> {
    let LayersCommand { at, font, out, output, surface, fit, run, input, show, plan, .. } = command;
    if fit.saves_points() {
        return Err(Failure::usage("--save-points has no effect here: there are points for each of many pictures")
            .fix("leave it out; nearfar align writes those of two pictures"));
    }
    let reading = input.decode_options(Work::Layers(at.len()));
    let writing = output.writing(out, Rounding::Nearest, &reading)?;
    let inputs: Vec<_> = at.iter().filter_map(At::file).chain(font.as_deref()).collect();
    let target = Target::new(out, output.force, &inputs)?;
    let shows = show.shows(output.force, &inputs)?;
    shows.check(&target, run.json)?;
    let job =
        LayersJob { align: fit.options(output.force)?, surface: surface.surface(), method: command.method()?, writing };
    let session = Session::new(run)?;
    let started = Instant::now();
    let pictures = LayersPictures::load(at, font.as_deref(), &reading)?;
    let explain = |plan: &Plan, size| {
        session.bar.clear();
        words::layer_choices(plan, size).into_iter().filter(|_| command.plan.verbose).for_each(console::note);
    };
    if plan.dry_run {
        let planned = job.plan(pictures, &session.execution, &mut session.observer())?;
        explain(&planned.plan, planned.fitted.size());
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
    let seconds = [("read", read), ("fit and mix", started.elapsed().as_secs_f64())];
    let (bytes, notes) = job.encode(&made)?;
    session.noted(&notes);
    target.write(&bytes)?;
    explain(&made.layered.plan, made.layered.fitted.size());
    let (title, observer) = (title(out), &mut session.observer());
    Shows::write(shows.of_layers(&made, &title, steps.lines(), &seconds, &session.execution, observer))?;
    let line = format!("{}: {}", target.name(), made.picture.size());
    session.written(&target, made.summary(), words::layers(&made.layered.seen).into_iter().chain([line]));
    Ok(session.end(made.layered.mixed.is_cancelled()))
}
