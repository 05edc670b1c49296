//! Two pictures made to fit, to be looked at.

use std::process::ExitCode;

use nearfar::{
    AlignSummary, Note, PointFormat, Recipe, Request,
    codec::{self, EncodeOptions, Format},
    look::overlay,
};

use super::tell;
use crate::{
    args::AlignCommand, console, failure::Failure, files, folder::Folder, interrupt::Interrupt, progress::Bar,
};

/// What is written to the folder.
const FILES: [&str; 4] = ["near.png", "far.png", "overlay.png", "points.toml"];

/// `nearfar align`.
pub(crate) fn run(command: &AlignCommand) -> Result<ExitCode, Failure> {
    let execution = command.run.execution()?;
    let options = command.fit.options()?;
    let folder = Folder { path: &command.out, names: &FILES, force: command.force };
    folder.check()?;
    let reading = command.input.decode_options();
    let (near, far) = files::read_both(&command.near, &command.far, &reading, command.run.quiet)?;
    let (interrupt, bar) = (Interrupt::listen(), Bar::new(command.run.quiet));
    let request = Request::from(Recipe { align: options.clone(), ..Recipe::default() });
    let aligned = request.fit(near.image, far.image, &execution, &mut |event| {
        bar.show(event);
        interrupt.go_on()
    })?;
    drop(bar);
    if !command.run.quiet {
        std::iter::once(&Note::Fitted(aligned.fitted())).chain(&aligned.notes).for_each(console::noted);
    }
    let points = aligned.points(&options);
    let pictures = [aligned.pair.near().clone(), aligned.pair.far().clone(), overlay(&aligned, &points)];
    let mut files = Vec::new();
    for (name, picture) in FILES.into_iter().zip(&pictures) {
        files.push((name.to_owned(), codec::encode(picture, &EncodeOptions::new(Format::Png))?));
    }
    files.push((FILES[3].to_owned(), PointFormat::Toml.write(&points).into_bytes()));
    folder.write(&files)?;
    command.fit.save_points(&aligned, &options)?;
    let out = command.out.display();
    tell(&command.run, format_args!("{out}: {}, {} pixels", FILES.join(", "), aligned.pair.size()));
    if command.run.json {
        let align = AlignSummary::new(&aligned);
        console::json(
            &serde_json::json!({ "out": command.out, "files": FILES, "align": align, "points": points.points }),
        );
    }
    Ok(ExitCode::SUCCESS)
}
