//! The same picture again, by the recipe in its file.

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use nearfar::{
    Provenance, Source,
    codec::{DecodeOptions, EncodeOptions, Format},
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
    let file = files::read(hybrid, &DecodeOptions::default())?;
    let text = file.info.text(Provenance::KEYWORD).ok_or_else(|| {
        Failure::new(format_args!("{} holds no recipe", hybrid.display()))
            .fix("only PNG files that nearfar wrote without --strip hold one")
    })?;
    let provenance = Provenance::from_json(text).map_err(|error| {
        Failure::new(format_args!("the recipe in {} cannot be read: {error}", hybrid.display()))
            .fix("use the version of nearfar that made the file")
    })?;
    if provenance.version != Provenance::VERSION {
        console::note(format_args!(
            "note: made by nearfar {}; this is {}, and bytes may differ",
            provenance.version,
            Provenance::VERSION
        ));
    }

    let near = find(&provenance.near, command.near.as_deref(), hybrid, "near")?;
    let far = find(&provenance.far, command.far.as_deref(), hybrid, "far")?;
    let out = command.out.clone().unwrap_or_else(|| beside(hybrid));
    let mut options = EncodeOptions::new(Format::Png);
    (options.depth, options.rounding) = (provenance.depth, provenance.rounding);
    options.text.push((Provenance::KEYWORD.to_owned(), text.to_owned()));
    let target = Target::new(&out, options, command.force, &[&near, &far, hybrid])?;
    let execution = command.run.execution()?;

    let reading = DecodeOptions { background: provenance.background, ..DecodeOptions::default() };
    let pictures = files::read_both(&near, &far, &reading)?;
    let changed = [(&near, &pictures.0.source, &provenance.near), (&far, &pictures.1.source, &provenance.far)];
    let changed: Vec<_> = changed.into_iter().filter(|(_, now, then)| now.sha256 != then.sha256).collect();
    if !changed.is_empty() {
        let names: Vec<_> = changed.iter().map(|(path, ..)| path.display().to_string()).collect();
        return Err(Failure::new(format_args!("changed since {} was made: {}", hybrid.display(), names.join(", ")))
            .fix("bring the old file back, say where it is with --near or --far, or mix anew with nearfar mix"));
    }
    let made = provenance.recipe.mix(&pictures.0.image, &pictures.1.image, &execution, &mut no_observer)?;
    target.write(&made.picture)?;
    tell(&command.run, format_args!("{}: {}", target.name(), made.picture.size()));
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
    hybrid.with_file_name(format!("{stem}-redo.png"))
}
