//! A hybrid from further and further away, at once.

use std::{path::Path, process::ExitCode};

use nearfar::{
    Execution, Perception, Provenance, Source,
    codec::{DecodeOptions, EncodeOptions, Format, encode, encode_animation},
    fit::{self, fit},
    kernels::Crossover,
    look::{Known, Scene, Station, Walk},
    vision::{PixelsPerDegree, Viewing},
};
use serde::Serialize;

use super::tell;
use crate::{
    args::ViewCommand,
    console,
    failure::Failure,
    files::{self, Picture, Target, is_stream},
};

/// The result as JSON.
#[derive(Serialize)]
struct Json<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    out: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    animation: Option<String>,
    switch_pixels_per_degree: Option<PixelsPerDegree>,
    switch_picture_widths: Option<f64>,
    switch_centimetres: Option<f64>,
    stations: &'a [Station],
}

/// `nearfar view`.
pub(crate) fn run(command: &ViewCommand) -> Result<ExitCode, Failure> {
    let execution = command.run.execution()?;
    let named = command.out.is_some() || command.animate.is_some() || command.terminal.is_some();
    let out = command.out.clone().or_else(|| (!named).then(|| files::free_name(&command.hybrid, "-strip.png")));
    let inputs: Vec<&Path> = [Some(&command.hybrid), command.near.as_ref(), command.far.as_ref()]
        .into_iter()
        .flatten()
        .map(|p| &**p)
        .collect();
    let strip = out.as_deref().map(|path| picture_target(path, command.force, &inputs)).transpose()?;
    let film = command.animate.as_deref().map(|path| film_target(path, command.force, &inputs)).transpose()?;
    let streams = strip.iter().chain(film.iter().map(|(target, _)| target)).filter(|target| target.is_stream()).count();
    let others = usize::from(command.run.json) + usize::from(command.terminal.is_some());
    if streams > 1 || streams + others > 1 {
        return Err(Failure::usage("only one result can go to standard output").fix("give the others file names"));
    }

    let reading = command.limits.decode_options(DecodeOptions::default().background);
    let file = files::read(&command.hybrid, &reading, command.run.quiet)?;
    let size = file.image.size();
    let density = command.place.surface.density(size)?;
    let viewing = Viewing { near_ppd: PixelsPerDegree::at(command.place.from, density)?, ..Viewing::default() };
    let (perception, crossover) = what_is_known(command, &file, &viewing, &execution)?;
    let known = match (&perception, crossover) {
        (Some(perception), _) => Known::Perception(perception),
        (None, Some(crossover)) => Known::Crossover(crossover),
        (None, None) => Known::Nothing,
    };
    let scene = Scene { hybrid: &file.image, density, seat: command.place.from, known };
    let stations = scene.stations();
    let page = || if command.simulate { scene.simulation(&stations, &execution) } else { scene.strip(&stations) };

    if let Some(target) = &strip {
        target.write(&encode(&page(), target.options())?)?;
    }
    if let Some((target, format)) = &film {
        let walk = if command.simulate {
            scene.simulated_walk(&stations, &execution)
        } else {
            scene.walk(&stations, &execution)
        };
        target.write(&encode_animation(&walk.frames(), Walk::MILLISECONDS, *format)?)?;
    }
    if let Some(terminal) = command.terminal {
        let columns = terminal_size::terminal_size().map_or(80, |(width, _)| usize::from(width.0));
        console::bytes(terminal.terminal().draw(&page(), columns)?.as_bytes());
    }
    let names = [strip.as_ref(), film.as_ref().map(|(target, _)| target)];
    let [out, animation] = names.map(|target| target.map(Target::name));
    if command.run.json {
        let switch = scene.takeover();
        console::json(&Json {
            out,
            animation,
            switch_pixels_per_degree: switch,
            switch_picture_widths: switch.map(|ppd| ppd.picture_widths(size.width())),
            switch_centimetres: switch.and_then(|ppd| Some(ppd.distance(density).ok()?.centimetres())),
            stations: &stations,
        });
    } else if streams == 0 {
        for line in out.into_iter().chain(animation).chain(scene.verdict()).chain([scene.condition()]) {
            tell(&command.run, line);
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Which picture is seen from where, if both pictures are there, and where the recipe puts their crossover.
fn what_is_known(
    command: &ViewCommand,
    file: &Picture,
    viewing: &Viewing,
    execution: &Execution,
) -> Result<(Option<Perception>, Option<Crossover>), Failure> {
    let recipe = Provenance::find(&file.info).and_then(|text| Provenance::from_json(&text).ok());
    let align = recipe.as_ref().map_or_else(fit::Options::default, |recipe| recipe.recipe.align.clone());
    let crossover = recipe.as_ref().and_then(|recipe| recipe.recipe.method.crossover());
    let background = recipe.as_ref().map_or(DecodeOptions::default().background, |recipe| recipe.background);
    let reading = command.limits.decode_options(background);
    let pictures = match (&command.near, &command.far, &recipe) {
        (Some(near), Some(far), _) => Some(files::read_both(near, far, &reading, command.run.quiet)?),
        (_, _, Some(recipe)) => sources(recipe, &command.hybrid, &reading),
        _ => None,
    };
    let Some((near, far)) = pictures else {
        if recipe.is_some() && !command.run.quiet {
            console::note(
                "note: NEAR and FAR are not where they were, or changed; say where they are to learn what is seen",
            );
        }
        return Ok((None, crossover));
    };
    let aligned = fit(near.image, far.image, &align, execution)?;
    Ok((Some(Perception::of(&file.image, &aligned, viewing, execution)?), crossover))
}

/// The pictures of a recipe, if they are there and unchanged.
fn sources(recipe: &Provenance, hybrid: &Path, reading: &DecodeOptions) -> Option<(Picture, Picture)> {
    let read = |source: &Source| {
        let picture = files::load(&source.find(hybrid)?, reading).ok()?;
        (picture.source.sha256 == source.sha256).then_some(picture)
    };
    Some((read(&recipe.near)?, read(&recipe.far)?))
}

/// Where a picture goes whose format its name says; PNG to standard output.
pub(super) fn picture_target(path: &Path, force: bool, inputs: &[&Path]) -> Result<Target, Failure> {
    let format = if is_stream(path) { Some(Format::Png) } else { Format::from_path(path) };
    let format = format.ok_or_else(|| {
        Failure::usage(format_args!("{}: the extension names no format", path.display()))
            .fix("end the name in .png, .jpg, .webp or .tif")
    })?;
    Target::new(path, EncodeOptions::new(format), force, inputs)
}

/// The same for a film.
fn film_target(path: &Path, force: bool, inputs: &[&Path]) -> Result<(Target, Format), Failure> {
    let format = if is_stream(path) { Format::Png } else { Format::from_path(path).unwrap_or(Format::Bmp) };
    if !format.can_hold_animation() {
        return Err(Failure::usage(format_args!("{}: only PNG and GIF files with a film are written", path.display()))
            .fix("end the name in .png or .gif"));
    }
    // A GIF is written by the film's own encoder; the options of pictures have no say in it.
    Ok((Target::new(path, EncodeOptions::new(Format::Png), force, inputs)?, format))
}
