//! One picture for any number of distances.

use std::{path::Path, process::ExitCode};

use nearfar::{
    Event,
    codec::{Rounding, SourceInfo},
    fitting,
    layers::{Fitted, Layer, LayersError, Mixed, Plan, Seen, Source, seen, text::Text},
    mixing,
    vision::PixelsPerDegree,
};

use super::tell;
use crate::{
    args::{LayersCommand, What},
    console,
    failure::Failure,
    files::{self, Target},
    interrupt::{self, Interrupt},
    progress::Bar,
};

/// `nearfar layers`.
pub(crate) fn run(command: &LayersCommand) -> Result<ExitCode, Failure> {
    let encoding = command.output.encode_options(&command.out, Rounding::Nearest)?;
    let target = Target::new(&command.out, &encoding, command.output.force, &command.files())?;
    if target.is_stream() && command.run.json {
        return Err(Failure::json_and_picture());
    }
    let (execution, interrupt) = (command.run.execution()?, Interrupt::listen());
    let (sources, first) = sources(command)?;
    let bar = Bar::new(command.run.quiet);
    let mut watch = |event: &Event<'_>| {
        bar.show(event);
        interrupt.go_on()
    };
    let fitted = Fitted::new(sources, &command.fit.options()?, &execution, &mut fitting(&mut watch))?;
    if !command.run.quiet {
        for (number, aligned) in &fitted.aligned {
            bar.aside(|| {
                console::note(format_args!("note: picture {number}: {}", aligned.fitted()));
                aligned.notes.iter().for_each(console::noted);
            });
        }
    }
    let density = command.surface.surface().density(fitted.size())?;
    let views = fitted.layers().map(|(_, distance)| PixelsPerDegree::at(distance, density));
    let plan = Plan::new(&fitted, views.collect::<Result<_, _>>()?);
    let mixed = plan.mix(&fitted, &command.method(), &execution, &mut mixing(&mut watch))?;
    drop(bar);
    let seen = seen(&mixed.picture, &fitted, &plan, &execution)?;
    let (bytes, notes) = mixed.encode(&encoding, &command.output.metadata(), &first)?;
    notes.iter().filter(|_| !command.run.quiet).for_each(console::noted);
    target.write(&bytes)?;
    report(command, &target, &mixed, &seen);
    if mixed.is_cancelled() {
        console::note("interrupted: the hybrid is the best so far");
        return Ok(ExitCode::from(interrupt::EXIT_CODE));
    }
    Ok(ExitCode::SUCCESS)
}

/// Reads what is to be seen, and what the first picture's file says beside it.
fn sources(command: &LayersCommand) -> Result<(Vec<Source>, SourceInfo), Failure> {
    let font = command.font.as_deref().map(font).transpose()?;
    let mut info = None;
    let reading = command.input.decode_options();
    let sources = command.at.iter().map(|at| {
        let layer = match &at.what {
            What::File(path) => {
                let picture = files::read(path, &reading, command.run.quiet)?;
                info.get_or_insert(picture.info);
                Layer::Picture(picture.image)
            }
            What::Text(words) => Layer::Text(Text { words: words.clone(), font: font.clone() }),
        };
        Ok(Source { distance: at.distance, layer })
    });
    let sources = sources.collect::<Result<_, Failure>>()?;
    Ok((sources, info.ok_or(LayersError::FirstIsText)?))
}

fn font(path: &Path) -> Result<Vec<u8>, Failure> {
    std::fs::read(path).map_err(|error| {
        Failure::new(format_args!("cannot read {}: {error}", path.display())).fix("check the spelling and the folder")
    })
}

/// Says what was done.
fn report(command: &LayersCommand, target: &Target, mixed: &Mixed, seen: &[Seen]) {
    let size = mixed.picture.size();
    if command.run.json {
        let losses = mixed.descent.as_ref().map(|(losses, ..)| losses);
        console::json(&serde_json::json!({
            "out": target.name(), "width": size.width(), "height": size.height(), "losses": losses, "seen": seen,
        }));
    } else if !target.is_stream() {
        for Seen { distance, against, .. } in seen {
            let against: Vec<_> = against.iter().map(|p| format!("{p:+.2}")).collect();
            let line = format!("  from {distance:.2}: percept {} against the others", against.join(", "));
            tell(&command.run, line);
        }
        tell(&command.run, format_args!("{}: {size}", target.name()));
    }
}
