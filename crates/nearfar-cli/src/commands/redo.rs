//! `nearfar redo`: the same picture again, from the recipe in its file.

use std::{path::Path, process::ExitCode};

use nearfar::{
    EventKind, Failure, Provenance, Relocations, Severity, Target, Work, behind,
    codec::{DecodeOptions, Format},
    input::beside,
};

use crate::{args::RedoCommand, files, session::Session};

/// `nearfar redo`.
pub(crate) fn run(command: &RedoCommand) -> Result<ExitCode, Failure> {
    let RedoCommand { hybrid, limits, run, .. } = command;
    let reading = limits.decode_options(DecodeOptions::default().background, Work::Mix);
    let file = files::read(hybrid, &reading, run.quiet)?;
    let found = Provenance::of(&file.info).map_err(|error| Failure::recipe(hybrid, Some(&error)))?;
    let mut provenance = found.ok_or_else(|| Failure::recipe(hybrid, None))?;
    let [near, far, start] =
        [&command.near, &command.far, &command.start].map(|path| path.as_deref().map(|path| behind(path).to_owned()));
    let moved = command.moved.iter().map(|(name, path)| (name.clone(), behind(path).to_owned())).collect();
    let said = Relocations { near, far, start, moved };
    let sources = provenance.find(hybrid, &said).map_err(|error| Failure::sources(hybrid, &error))?;
    let out = command.out.clone().unwrap_or_else(|| beside(hybrid, "-redo"));
    // If another format is requested, the same picture in that.
    provenance.format = Format::from_path(&out).unwrap_or(provenance.format);
    provenance.check()?;
    let inputs: Vec<&Path> = sources.paths().chain([&**hybrid]).collect();
    let target = Target::new(&out, command.force, &inputs)?;
    Target::check_apart([&target], run.json, 0)?;

    let session = Session::new(run)?;
    let redoing = provenance.open(&sources, &reading).map_err(|error| Failure::sources(hybrid, &error))?;
    let redone = redoing.redo(&file, &session.execution, &mut |event| match event.what {
        // Notes about what was found and chosen were printed when the hybrid was first made.
        EventKind::Noted(note) if note.severity() == Severity::Info => session.interrupt.go_on(),
        _ => session.see(event),
    })?;
    if redone.is_cancelled {
        return Err(Failure::interrupted());
    }
    session.noted(&redone.notes);
    target.write(&redone.bytes)?;
    let line = format!("{}: {}", target.name(), redone.size);
    session.written(&target, serde_json::json!({ "provenance": provenance }), [line]);
    Ok(ExitCode::SUCCESS)
}
