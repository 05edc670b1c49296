//! `nearfar view`: a hybrid as it looks from further and further away.

use std::process::ExitCode;

use nearfar::{
    Failure, Picture, Pictures, Request, Target, Work,
    codec::{DecodeOptions, encode, encode_animation},
    input::free_name_for,
    look::{Opened, Scene, Walk},
    settings::FitSettings,
};
use serde::Serialize;

use crate::{
    args::{HybridArgs, LimitSettings, ViewCommand},
    console,
    session::Session,
};

/// The result as JSON.
#[derive(Serialize)]
struct Json<T> {
    #[serde(skip_serializing_if = "Option::is_none")]
    out: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    animation: Option<String>,
    #[serde(flatten)]
    scene: T,
}

/// `nearfar view`.
pub(crate) fn run(command: &ViewCommand) -> Result<ExitCode, Failure> {
    let ViewCommand { hybrid, force, fit, place, limits, run, .. } = command;
    let named = command.out.is_some() || command.animate.is_some() || command.terminal.is_some();
    let out = command.out.clone().or_else(|| (!named).then(|| free_name_for(&hybrid.hybrid, "-strip.png")));
    let inputs = hybrid.files();
    let strip = out.as_deref().map(|path| Target::picture(path, *force, &inputs)).transpose()?;
    let film = command.animate.as_deref().map(|path| Target::film(path, *force, &inputs)).transpose()?;
    let targets = || strip.iter().map(|(target, _)| target).chain(film.iter().map(|(target, _)| target));
    Target::check_apart(targets(), run.json, usize::from(command.terminal.is_some()))?;

    let session = Session::new(run)?;
    let opened = open(hybrid, fit, limits, &session)?;
    targets().try_for_each(|target| target.spares(&opened.sources()))?;
    let request = Request { near: place.from, surface: place.surface.said(), ..Request::default() };
    let request = opened.request(request);
    let (execution, observer) = (&session.execution, &mut session.observer());
    let study = opened.study(&request, execution, observer)?;
    let scene = opened.scene(study.as_ref(), &request)?;
    let stations = scene.stations();
    // All files are made before any is written.
    let page = match command.simulate {
        _ if strip.is_none() => None,
        true => Some(scene.simulation(&stations, execution, observer)?),
        false => Some(scene.strip(&stations, observer)?),
    };
    let walk = if command.simulate { Scene::simulated_walk } else { Scene::walk };
    let walk = film.is_some().then(|| walk(&scene, &stations, execution, observer)).transpose()?;
    for ((target, options), page) in strip.iter().zip(&page) {
        target.write(&encode(page, options)?)?;
    }
    for ((target, format), walk) in film.iter().zip(&walk) {
        target.write(&encode_animation(&walk.frames(), Walk::MILLISECONDS, *format)?)?;
    }
    let columns = terminal_size::terminal_size().map_or(80, |(width, _)| usize::from(width.0));
    let simulated = command.simulate.then_some(execution);
    let shown = command.terminal.map(|how| scene.in_terminal(how(), columns, simulated, observer)).transpose()?;
    session.bar.clear();
    shown.iter().for_each(|shown| console::bytes(shown.as_bytes()));
    if run.json {
        let [out, animation] = [strip.map(|(target, _)| target.name()), film.map(|(target, _)| target.name())];
        console::json(&Json { out, animation, scene: scene.summary(&stations) });
    } else if !targets().any(Target::is_stream) {
        let names = targets().map(Target::name);
        names.chain(scene.verdict()).chain([scene.condition()]).for_each(|line| session.tell(line));
    }
    Ok(ExitCode::SUCCESS)
}

/// Opens a hybrid's file with the given pictures or those to which it leads; a note says if its recipe leads nowhere.
pub(super) fn open(
    said: &HybridArgs,
    fit: &FitSettings,
    limits: &LimitSettings,
    session: &Session<'_>,
) -> Result<Opened, Failure> {
    let hybrid = &said.hybrid;
    let reading = limits.decode_options(DecodeOptions::default().background, Work::Judge);
    let file = Picture::load(hybrid, &reading)?;
    let reading = Opened::reading(&file, &reading);
    let pair = said.pair().map(|pair| Pictures::load_both(pair, &reading)).transpose()?;
    let opened = Opened::new(file, hybrid, pair, &reading).fitted_by(fit)?;
    session.noted(&opened.notes());
    Ok(opened)
}
