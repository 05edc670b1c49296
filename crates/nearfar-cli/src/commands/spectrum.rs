//! The frequencies of a picture.

use std::{path::Path, process::ExitCode};

use nearfar::{
    codec::{EncodeOptions, Format, encode},
    fourier::Spectrum,
    look::{RINGS, radial_spectra, spectrum_figure},
    plot::Plot,
};
use serde::Serialize;

use super::{tell, view::picture_target};
use crate::{
    args::SpectrumCommand,
    console,
    failure::Failure,
    files::{self, Target},
};

/// The result as JSON.
#[derive(Serialize)]
struct Json {
    #[serde(skip_serializing_if = "Option::is_none")]
    out: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    radial: Option<String>,
    strongest: f64,
    rings: Vec<Ring>,
}

/// A quarter of an octave of frequencies.
#[derive(Serialize)]
struct Ring {
    cycles_per_pixel: f64,
    cycles_per_picture: f64,
    rms: f64,
}

/// `nearfar spectrum`.
pub(crate) fn run(command: &SpectrumCommand) -> Result<ExitCode, Failure> {
    let inputs = [command.picture.as_path()];
    let nothing_said = command.out.is_none() && command.radial.is_none();
    let out = command.out.clone().or_else(|| nothing_said.then(|| files::free_name(&command.picture, "-spectrum.png")));
    let figure = out.as_deref().map(|path| picture_target(path, command.force, &inputs)).transpose()?;
    let radial = command.radial.as_deref().map(|path| plot_target(path, command.force, &inputs)).transpose()?;
    let targets = || figure.iter().map(|(target, _)| target).chain(radial.iter().map(|(target, _)| target));
    let streams = targets().filter(|target| target.is_stream()).count();
    if streams + usize::from(command.run.json) > 1 {
        return Err(Failure::usage("only one result can go to standard output").fix("give the others file names"));
    }
    let picture = files::read(&command.picture, &command.input.decode_options(), command.run.quiet)?;
    let spectrum = Spectrum::of(&picture.image);
    let name = command.picture.file_name().map_or_else(|| "picture".into(), |name| name.to_string_lossy());
    if let Some((target, options)) = &figure {
        target.write(&encode(&spectrum_figure(&spectrum, &name, None), options)?)?;
    }
    if let Some((target, format)) = &radial {
        target.write(&plot_bytes(&radial_spectra(&[(&name, &spectrum)]), *format)?)?;
    }
    if command.run.json {
        let side = spectrum.size().shorter_side() as f64;
        let rings = spectrum.rings(RINGS).into_iter().map(|ring| Ring {
            cycles_per_pixel: ring.cycles_per_pixel,
            cycles_per_picture: side * ring.cycles_per_pixel,
            rms: ring.rms,
        });
        let [out, radial] = [figure.as_ref().map(|(target, _)| target), radial.as_ref().map(|(target, _)| target)]
            .map(|t| t.map(Target::name));
        console::json(&Json { out, radial, strongest: spectrum.strongest(), rings: rings.collect() });
    } else if streams == 0 {
        targets().for_each(|target| tell(&command.run, target.name()));
    }
    Ok(ExitCode::SUCCESS)
}

/// Where a plot goes: an SVG if no format is given.
pub(super) fn plot_target(path: &Path, force: bool, inputs: &[&Path]) -> Result<(Target, Option<Format>), Failure> {
    let svg = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("svg"));
    if svg {
        return Ok((Target::new(path, &EncodeOptions::new(Format::Png), force, inputs)?, None));
    }
    let (target, options) = picture_target(path, force, inputs)?;
    Ok((target, Some(options.format)))
}

/// The file of a plot, in a picture's format twice as large.
pub(super) fn plot_bytes(plot: &Plot, format: Option<Format>) -> Result<Vec<u8>, Failure> {
    match format {
        None => Ok(plot.to_svg().into_bytes()),
        Some(format) => Ok(encode(&plot.to_picture(2), &EncodeOptions::new(format))?),
    }
}
