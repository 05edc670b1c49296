//! A hybrid from further and further away, at once.

use std::{path::Path, process::ExitCode};

use nearfar::{
    Request,
    codec::{EncodeOptions, Format, encode, encode_animation},
    look::{Known, Scene, Station, Study, Walk},
    no_observer,
    vision::PixelsPerDegree,
};
use serde::Serialize;

use super::{
    open::{Opened, open},
    tell,
};
use crate::{
    args::ViewCommand,
    console,
    failure::Failure,
    files::{self, Target, is_stream},
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
    let targets = strip.iter().map(|(target, _)| target).chain(film.iter().map(|(target, _)| target));
    let streams = targets.filter(|target| target.is_stream()).count();
    let others = usize::from(command.run.json) + usize::from(command.terminal.is_some());
    if streams > 1 || streams + others > 1 {
        return Err(Failure::usage("only one result can go to standard output").fix("give the others file names"));
    }

    let said = command.near.as_deref().zip(command.far.as_deref());
    let Opened { hybrid, made, pair } = open(&command.hybrid, said, &command.limits, command.run.quiet)?;
    let hybrid = hybrid.image;
    let size = hybrid.size();
    let surface = command.place.surface.surface();
    let density = surface.density(size)?;
    let recipe = made.map(|made| made.recipe).unwrap_or_default();
    let crossover = recipe.method.crossover();
    let request = Request { near: command.place.from, surface, ..Request::from(recipe) };
    let study = pair
        .map(|(near, far)| Study::new(&hybrid, near.image, far.image, &request, &execution, &mut no_observer))
        .transpose()?;
    let known = match (&study, crossover) {
        (Some(study), _) => Known::Perception(&study.perception),
        (None, Some(crossover)) => Known::Crossover(crossover),
        (None, None) => Known::Nothing,
    };
    let scene = Scene { hybrid: &hybrid, density, seat: request.near_distance(), known };
    let stations = scene.stations();
    let page = || if command.simulate { scene.simulation(&stations, &execution) } else { scene.strip(&stations) };

    if let Some((target, options)) = &strip {
        target.write(&encode(&page(), options)?)?;
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
        console::bytes(terminal().draw(&page(), columns)?.as_bytes());
    }
    let names = [strip.as_ref().map(|(target, _)| target), film.as_ref().map(|(target, _)| target)];
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

/// Where a picture goes whose format its name says; PNG to standard output.
pub(super) fn picture_target(path: &Path, force: bool, inputs: &[&Path]) -> Result<(Target, EncodeOptions), Failure> {
    let format = if is_stream(path) { Some(Format::Png) } else { Format::from_path(path) };
    let format = format.ok_or_else(|| {
        Failure::usage(format_args!("{}: the extension names no format", path.display()))
            .fix("end the name in .png, .jpg, .webp or .tif")
    })?;
    let options = EncodeOptions::new(format);
    Ok((Target::new(path, &options, force, inputs)?, options))
}

/// The same for a film.
pub(super) fn film_target(path: &Path, force: bool, inputs: &[&Path]) -> Result<(Target, Format), Failure> {
    let format = if is_stream(path) { Format::Png } else { Format::from_path(path).unwrap_or(Format::Bmp) };
    if !format.can_hold_animation() {
        return Err(Failure::usage(format_args!("{}: only PNG and GIF files with a film are written", path.display()))
            .fix("end the name in .png or .gif"));
    }
    // A GIF is written by the film's own encoder; the options of pictures have no say in it.
    Ok((Target::new(path, &EncodeOptions::new(Format::Png), force, inputs)?, format))
}
