//! The same picture again, by the recipe in its file.

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use nearfar::{
    Provenance, Severity, What,
    codec::{DecodeOptions, Format},
};

use super::tell;
use crate::{
    args::RedoCommand,
    console,
    failure::Failure,
    files::{self, Target},
    interrupt::Interrupt,
    progress::Bar,
};

/// `nearfar redo`.
pub(crate) fn run(command: &RedoCommand) -> Result<ExitCode, Failure> {
    let hybrid = &command.hybrid;
    let reading = command.limits.decode_options(DecodeOptions::default().background);
    let file = files::read(hybrid, &reading, command.run.quiet)?;
    let found = Provenance::of(&file.info).map_err(|error| {
        Failure::new(format_args!("the recipe in {} cannot be read: {error}", hybrid.display()))
            .fix("use the version of nearfar that made the file")
    })?;
    let mut provenance = found.ok_or_else(|| {
        Failure::new(format_args!("{} holds no recipe", hybrid.display())).fix(
            "PNG, JPEG, WebP and TIFF files hold one that nearfar wrote without --no-recipe and no other program saved",
        )
    })?;
    let said = [&command.near, &command.far, &command.start].map(|path| path.as_deref().map(files::real));
    let sources = provenance.find(hybrid, said).map_err(|error| Failure::sources(hybrid, &error))?;
    let out = command.out.clone().unwrap_or_else(|| beside(hybrid));
    // The same picture in another format, if that is what was asked for.
    provenance.format = Format::from_path(&out).unwrap_or(provenance.format);
    let inputs: Vec<&Path> =
        [&*sources.near, &*sources.far, hybrid].into_iter().chain(sources.start.as_deref()).collect();
    let target = Target::new(&out, &provenance.encode_options(), command.force, &inputs)?;
    if target.is_stream() && command.run.json {
        return Err(Failure::json_and_picture());
    }
    let execution = command.run.execution()?;

    let pictures = provenance.open(&sources, &reading).map_err(|error| Failure::sources(hybrid, &error))?;
    let interrupt = Interrupt::listen();
    let bar = Bar::new(command.run.quiet);
    let (made, bytes, notes) = provenance.redo(&file, pictures, &execution, &mut |event| {
        bar.show(event);
        if let What::Noted(note) = event.what
            && note.severity() > Severity::Info
            && !command.run.quiet
        {
            bar.aside(|| console::noted(note));
        }
        interrupt.go_on()
    })?;
    drop(bar);
    if made.hybrid.is_cancelled() {
        return Err(Failure::interrupted());
    }
    let size = made.hybrid.picture.size();
    notes.iter().filter(|_| !command.run.quiet).for_each(console::noted);
    target.write(&bytes)?;
    if !target.is_stream() {
        tell(&command.run, format_args!("{}: {size}", target.name()));
    }
    if command.run.json {
        let out = target.name();
        console::json(&serde_json::json!({ "out": out, "provenance": provenance }));
    }
    Ok(ExitCode::SUCCESS)
}

/// `NAME-redo.png` beside `NAME.png`.
fn beside(hybrid: &Path) -> PathBuf {
    let stem = hybrid.file_stem().unwrap_or_default().to_string_lossy();
    let extension = hybrid.extension().map_or("png".into(), |extension| extension.to_string_lossy());
    hybrid.with_file_name(format!("{stem}-redo.{extension}"))
}
