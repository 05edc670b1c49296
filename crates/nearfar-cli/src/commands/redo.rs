//! The same picture again, by the recipe in its file.

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use nearfar::{
    Provenance, Source,
    codec::{DecodeOptions, Format},
    no_observer,
};

use super::tell;
use crate::{
    args::RedoCommand,
    console,
    failure::Failure,
    files::{self, Target},
};

/// `nearfar redo`.
pub(crate) fn run(command: &RedoCommand) -> Result<ExitCode, Failure> {
    let hybrid = &command.hybrid;
    let reading = command.limits.decode_options(DecodeOptions::default().background);
    let file = files::read(hybrid, &reading, command.run.quiet)?;
    let text = Provenance::find(&file.info).ok_or_else(|| {
        Failure::new(format_args!("{} holds no recipe", hybrid.display())).fix(
            "PNG, JPEG, WebP and TIFF files hold one that nearfar wrote without --strip and no other program saved",
        )
    })?;
    let mut provenance = Provenance::from_json(&text).map_err(|error| {
        Failure::new(format_args!("the recipe in {} cannot be read: {error}", hybrid.display()))
            .fix("use the version of nearfar that made the file")
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
    let target = Target::new(&out, provenance.encode_options(), command.force, &inputs)?;
    if target.is_stream() && command.run.json {
        return Err(Failure::usage("the picture and the JSON cannot both go to standard output")
            .fix("give -o a file name, or leave --json out"));
    }
    let execution = command.run.execution()?;

    let reading = command.limits.decode_options(provenance.background);
    let pictures = files::read_both(&near, &far, &reading, command.run.quiet)?;
    let start = start.map(|path| files::load(&path, &reading).map(|picture| (picture, path))).transpose()?;
    let mut changed = vec![(&near, &pictures.0.source, &provenance.near), (&far, &pictures.1.source, &provenance.far)];
    if let (Some((picture, path)), Some(then)) = (&start, &provenance.start) {
        changed.push((path, &picture.source, then));
    }
    changed.retain(|(_, now, then)| now.sha256 != then.sha256);
    if !changed.is_empty() {
        let names: Vec<_> = changed.iter().map(|(path, ..)| path.display().to_string()).collect();
        return Err(Failure::new(format_args!("changed since {} was made: {}", hybrid.display(), names.join(", ")))
            .fix(
                "bring the old file back, say where it is with --near, --far or --start, or mix anew with nearfar mix",
            ));
    }
    let (near, far, info) = (pictures.0.image, pictures.1.image, pictures.0.info);
    let made = match start {
        Some((start, _)) => provenance.recipe.mix_from(start.image, near, far, &execution, &mut no_observer)?,
        None => provenance.recipe.mix(near, far, &execution, &mut no_observer)?,
    };
    let size = made.picture.size();
    let (bytes, notes) = target.encode(made.picture, &provenance.metadata, &info, Some(&provenance))?;
    notes.into_iter().filter(|_| !command.run.quiet).for_each(console::note);
    target.write(&bytes)?;
    if !target.is_stream() {
        tell(&command.run, format_args!("{}: {size}", target.name()));
    }
    if command.run.json {
        console::json(&serde_json::json!({ "out": target.name(), "provenance": provenance }));
    }
    Ok(ExitCode::SUCCESS)
}

/// Where a picture is: where it is said to be, else where it was, seen from here or from the hybrid's folder, else beside
/// the hybrid.
fn find(source: &Source, said: Option<&Path>, hybrid: &Path, flag: &str) -> Result<PathBuf, Failure> {
    if let Some(path) = said {
        return Ok(path.to_owned());
    }
    let (name, folder) = (Path::new(&source.file), hybrid.parent().unwrap_or(Path::new("")));
    let places = [Some(name.to_owned()), Some(folder.join(name)), name.file_name().map(|file| folder.join(file))];
    places.into_iter().flatten().find(|place| place.is_file()).ok_or_else(|| {
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
