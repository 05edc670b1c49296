//! One picture for any number of distances.

use std::{path::Path, process::ExitCode};

use nearfar::{
    Failure, Target,
    codec::{Rounding, SourceInfo},
    layers::{Layer, Layered, LayersError, Source, What, text::Text},
    words,
};

use crate::{args::LayersCommand, console, files, session::Session};

/// `nearfar layers`.
pub(crate) fn run(command: &LayersCommand) -> Result<ExitCode, Failure> {
    let LayersCommand { out, output, surface, fit, run, .. } = command;
    if fit.saves_points() {
        return Err(Failure::usage("--save-points has no effect here: there are points for each of many pictures")
            .fix("leave it out; nearfar align writes those of two pictures"));
    }
    let encoding = output.encode_options(out, Rounding::Nearest)?;
    let target = Target::new(out, output.force, &command.files())?;
    Target::share_stdout([&target], run.json, 0)?;
    let session = Session::new(run)?;
    let (sources, first) = sources(command)?;
    let observer = &mut session.observer();
    let (options, surface, method) = (fit.options()?, surface.surface(), command.method());
    let made = Layered::new(sources, &options, surface, &method, &session.execution, observer)?;
    let (bytes, notes) = made.mixed.encode(&encoding, &output.metadata(), &first)?;
    session.noted(&notes);
    target.write(&bytes)?;
    if run.json {
        console::written(target.name(), made.summary());
    } else if !target.is_stream() {
        words::layers(&made.seen).into_iter().for_each(|line| session.tell(line));
        session.tell(format_args!("{}: {}", target.name(), made.fitted.size()));
    }
    Ok(session.end(made.mixed.is_cancelled()))
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
    std::fs::read(path).map_err(|error| Failure::reading_text(path, &error))
}
