//! Objectives from files: mixed by, and explained.

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
    time::Instant,
};

use nearfar::{
    Event, Recipe, Request,
    codec::{DecodeOptions, Rounding},
    descent::StopReason,
    fitting, mixing,
    wanted::{Masks, Wanted},
    words,
};

use super::tell;
use crate::{
    args::{ExplainCommand, RunCommand},
    console,
    failure::Failure,
    files::{self, Target},
    interrupt::{self, Interrupt},
    progress::Bar,
};

/// `nearfar explain`.
pub(crate) fn explain(command: &ExplainCommand) -> Result<ExitCode, Failure> {
    read(&command.recipe)?.words().into_iter().for_each(console::line);
    Ok(ExitCode::SUCCESS)
}

/// `nearfar run`.
pub(crate) fn run(command: &RunCommand) -> Result<ExitCode, Failure> {
    let encoding = command.output.encode_options(&command.out, Rounding::Nearest)?;
    let inputs: Vec<&Path> = [&command.recipe, &command.near, &command.far]
        .into_iter()
        .chain(&command.near_mask)
        .chain(&command.far_mask)
        .map(PathBuf::as_path)
        .collect();
    let target = Target::new(&command.out, &encoding, command.output.force, &inputs)?;
    if target.is_stream() && command.run.json {
        return Err(Failure::json_and_picture());
    }
    let name = |path: &Option<PathBuf>| path.as_ref().map(|path| path.display().to_string());
    let folder = command.recipe.parent().unwrap_or(Path::new(""));
    let wanted = read(&command.recipe)?;
    let reading = command.input.decode_options();
    let mut masks = masks(&wanted, folder, &reading)?;
    let wanted = wanted.masked(name(&command.near_mask), name(&command.far_mask));
    for path in command.near_mask.iter().chain(&command.far_mask) {
        masks.insert(path.display().to_string(), files::load(path, &reading)?.image);
    }
    let (execution, interrupt) = (command.run.execution()?, Interrupt::listen());
    let (near, far) = files::read_both(&command.near, &command.far, &reading, command.run.quiet)?;
    let bar = Bar::new(command.run.quiet);
    let mut watch = |event: &Event<'_>| {
        bar.show(event);
        interrupt.go_on()
    };
    let request = Request::from(Recipe { align: command.fit.options()?, ..Recipe::default() });
    let aligned = request.fit(near.image, far.image, &execution, &mut fitting(&mut watch))?;
    if !command.run.quiet {
        bar.aside(|| {
            console::note(format_args!("note: {}", aligned.fitted()));
            aligned.notes.iter().for_each(console::noted);
        });
    }
    let started = Instant::now();
    let mixed = wanted.mix(&aligned, &masks, command.surface.surface(), &execution, &mut mixing(&mut watch))?;
    drop(bar);
    let seconds = started.elapsed().as_secs_f64();
    let (bytes, notes) = mixed.encode(&encoding, &command.output.metadata(), &near.info)?;
    notes.iter().filter(|_| !command.run.quiet).for_each(console::noted);
    target.write(&bytes)?;
    let size = mixed.picture.size();
    if command.run.json {
        console::json(&serde_json::json!({
            "out": target.name(), "width": size.width(), "height": size.height(), "losses": mixed.losses,
            "evaluations": mixed.evaluations, "stop_reason": mixed.stop_reason, "seconds": seconds,
        }));
    } else if !target.is_stream() {
        let (losses, evaluations) = (words::losses(&mixed.losses), mixed.evaluations);
        let line = format!("{}: {size}, {losses} after {evaluations} evaluations in {seconds:.2} s", target.name());
        tell(&command.run, line);
    }
    if mixed.stop_reason == StopReason::Cancelled {
        console::note("interrupted: the hybrid is the best so far");
        return Ok(ExitCode::from(interrupt::EXIT_CODE));
    }
    Ok(ExitCode::SUCCESS)
}

fn read(path: &Path) -> Result<Wanted, Failure> {
    let text = nearfar::read_text(path).map_err(|error| {
        Failure::new(format_args!("cannot read {}: {error}", path.display())).fix("check the spelling and the folder")
    })?;
    Wanted::from_toml(&text).map_err(|error| {
        Failure::usage(format_args!("{}: {error}", path.display())).fix("mend the place named; see docs/objectives.md")
    })
}

/// The masks that terms name, from beside their recipe.
fn masks(wanted: &Wanted, folder: &Path, reading: &DecodeOptions) -> Result<Masks, Failure> {
    let load = |name: &str| Ok((name.to_owned(), files::load(&folder.join(name), reading)?.image));
    wanted.mask_files().into_iter().map(load).collect()
}
