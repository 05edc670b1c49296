//! The same picture again, by the recipe in its file.

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use nearfar::{
    Pictures, Provenance, Severity, Source, What,
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
    if provenance.version != Provenance::VERSION && !command.run.quiet {
        console::note(format_args!(
            "note: made by nearfar {}; this is {}, and bytes may differ",
            provenance.version,
            Provenance::VERSION
        ));
    }

    let near = find(&provenance.near, command.near.as_deref(), hybrid, "near")?;
    let far = find(&provenance.far, command.far.as_deref(), hybrid, "far")?;
    let start = provenance.start.as_ref().map(|start| find(start, command.start.as_deref(), hybrid, "start"));
    let start = start.transpose()?;
    let out = command.out.clone().unwrap_or_else(|| beside(hybrid));
    // The same picture in another format, if that is what was asked for.
    provenance.format = Format::from_path(&out).unwrap_or(provenance.format);
    let inputs: Vec<&Path> = [&*near, &*far, hybrid].into_iter().chain(start.as_deref()).collect();
    let target = Target::new(&out, &provenance.encode_options(), command.force, &inputs)?;
    if target.is_stream() && command.run.json {
        return Err(Failure::json_and_picture());
    }
    let execution = command.run.execution()?;

    let reading = command.limits.decode_options(provenance.background);
    let pictures = pictures([&near, &far], start.as_deref(), &provenance, hybrid, &reading)?;
    let interrupt = Interrupt::listen();
    let bar = Bar::new(command.run.quiet);
    let (made, bytes, notes) = provenance.redo(pictures, &execution, &mut |event| {
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

/// Reads the pictures. A stranger's file may name any file of this machine: none is decoded that is not the very one.
fn pictures(
    [near, far]: [&Path; 2],
    start: Option<&Path>,
    then: &Provenance,
    hybrid: &Path,
    reading: &DecodeOptions,
) -> Result<Pictures, Failure> {
    let mut changed = Vec::new();
    let mut open = |path: &Path, then: &Source| {
        let contents = files::contents(path, reading)?;
        if Source::new("", contents.bytes()).sha256 != then.sha256 {
            changed.push(path.display().to_string());
        }
        Ok::<_, Failure>(contents)
    };
    let (near_file, far_file) = (open(near, &then.near)?, open(far, &then.far)?);
    let start_file = start.zip(then.start.as_ref()).map(|(path, then)| Ok::<_, Failure>((path, open(path, then)?)));
    let start_file = start_file.transpose()?;
    if !changed.is_empty() {
        return Err(Failure::new(format_args!("changed since {} was made: {}", hybrid.display(), changed.join(", ")))
            .fix(
                "bring the old file back, say where it is with --near, --far or --start, or mix anew with nearfar mix",
            ));
    }
    Ok(Pictures {
        near: files::decode(near, &near_file, reading)?,
        far: files::decode(far, &far_file, reading)?,
        start: start_file.map(|(path, file)| files::decode(path, &file, reading)).transpose()?,
    })
}

/// Where a picture is: where it is said to be, else where it is [found](Source::find).
fn find(source: &Source, said: Option<&Path>, hybrid: &Path, flag: &str) -> Result<PathBuf, Failure> {
    if let Some(path) = said {
        return Ok(path.to_owned());
    }
    source.find(hybrid).ok_or_else(|| {
        Failure::new(format_args!("the {flag} picture, {}, is not where it was", source.file))
            .fix(format_args!("say where it is now with --{flag} FILE"))
    })
}

/// `NAME-redo.png` beside `NAME.png`.
fn beside(hybrid: &Path) -> PathBuf {
    let stem = hybrid.file_stem().unwrap_or_default().to_string_lossy();
    let extension = hybrid.extension().map_or("png".into(), |extension| extension.to_string_lossy());
    hybrid.with_file_name(format!("{stem}-redo.{extension}"))
}
