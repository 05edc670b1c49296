//! `nearfar spectrum`: the frequencies of a picture.

use std::process::ExitCode;

use nearfar::{
    Failure, Target, Work,
    codec::encode,
    fourier::Spectrum,
    input::{free_name_for, title},
    look::{SpectrumSummary, radial_spectra, spectrum_figure},
};
use serde::Serialize;

use crate::{args::SpectrumCommand, console, files, session::Session};

/// The result as JSON.
#[derive(Serialize)]
struct Json {
    #[serde(skip_serializing_if = "Option::is_none")]
    out: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    radial: Option<String>,
    #[serde(flatten)]
    spectrum: SpectrumSummary,
}

/// `nearfar spectrum`.
pub(crate) fn run(command: &SpectrumCommand) -> Result<ExitCode, Failure> {
    let SpectrumCommand { picture, out, radial, force, input, run } = command;
    let inputs = [picture.as_path()];
    let nothing_said = out.is_none() && radial.is_none();
    let out = out.clone().or_else(|| nothing_said.then(|| free_name_for(picture, "-spectrum.png")));
    let figure = out.as_deref().map(|path| Target::picture(path, *force, &inputs)).transpose()?;
    let radial = radial.as_deref().map(|path| Target::plot(path, *force, &inputs)).transpose()?;
    let targets = || figure.iter().map(|(target, _)| target).chain(radial.iter().map(|(target, _)| target));
    Target::check_apart(targets(), run.json, 0)?;
    let session = Session::new(run)?;
    let name = title(picture);
    let spectrum = Spectrum::of(&files::read(picture, &input.decode_options(Work::Mix), run.quiet)?.image);
    if let Some((target, options)) = &figure {
        target.write(&encode(&spectrum_figure(&spectrum, &name, None), options)?)?;
    }
    if let Some((target, format)) = &radial {
        target.write(&radial_spectra(&[(&name, &spectrum)]).to_file(*format)?)?;
    }
    if run.json {
        let [out, radial] = [figure.map(|(target, _)| target.name()), radial.map(|(target, _)| target.name())];
        console::json(&Json { out, radial, spectrum: SpectrumSummary::new(&spectrum) });
    } else if !targets().any(Target::is_stream) {
        targets().for_each(|target| session.tell(target.name()));
    }
    Ok(ExitCode::SUCCESS)
}
