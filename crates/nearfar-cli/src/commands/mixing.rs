//! The commands that mix two pictures.

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use nearfar::{Method, align, codec::Rounding, descent};

use super::job::Job;
use crate::{
    args::{Cutoffs, DescentCommand, FourierCommand, MixCommand},
    failure::Failure,
    files::is_stream,
};

/// `nearfar mix`.
pub(crate) fn mix(command: &MixCommand) -> Result<ExitCode, Failure> {
    let out = command.out.clone().unwrap_or_else(|| free_name(&command.near, &command.far));
    mix_job(command, &out)?.run()
}

/// `nearfar descent`.
pub(crate) fn descent(command: &DescentCommand) -> Result<ExitCode, Failure> {
    descent_job(command)?.run()
}

/// `nearfar fourier`.
pub(crate) fn fourier(command: &FourierCommand) -> Result<ExitCode, Failure> {
    fourier_job(command)?.run()
}

/// Fits, chooses and mixes.
pub(super) fn mix_job<'a>(command: &'a MixCommand, out: &'a Path) -> Result<Job<'a>, Failure> {
    Ok(Job {
        near: &command.near,
        far: &command.far,
        out,
        method: Method::Descent(descent::Options { sigma: command.sigma, ..descent::Options::default() }),
        open: command.sigma.is_none(),
        cutoffs: Cutoffs::default(),
        start: None,
        trace: None,
        align: command.fit.options(align::Method::Auto)?,
        distance: &command.distance,
        fit: &command.fit,
        input: &command.input,
        output: &command.output,
        rounding: Rounding::Nearest,
        run: &command.run,
    })
}

/// Experts' commands leave pictures as they are unless told otherwise.
pub(super) fn descent_job(command: &DescentCommand) -> Result<Job<'_>, Failure> {
    let options = command.descent.options()?;
    Ok(Job {
        near: &command.pair.near,
        far: &command.pair.far,
        out: &command.pair.out,
        open: options.sigma.is_none(),
        cutoffs: Cutoffs::default(),
        method: Method::Descent(options),
        start: command.descent.start_file(),
        trace: command.descent.trace,
        align: command.fit.options(align::Method::None)?,
        distance: &command.distance,
        fit: &command.fit,
        input: &command.input,
        output: &command.output,
        rounding: command.descent.preset.rounding(),
        run: &command.run,
    })
}

/// Likewise.
pub(super) fn fourier_job(command: &FourierCommand) -> Result<Job<'_>, Failure> {
    Ok(Job {
        near: &command.pair.near,
        far: &command.pair.far,
        out: &command.pair.out,
        method: Method::Fourier(command.fourier.options()),
        open: command.fourier.is_open(),
        cutoffs: command.fourier.cutoffs(),
        start: None,
        trace: None,
        align: command.fit.options(align::Method::None)?,
        distance: &command.distance,
        fit: &command.fit,
        input: &command.input,
        output: &command.output,
        rounding: Rounding::Nearest,
        run: &command.run,
    })
}

/// `NEAR-FAR.png` in the current folder, or the first of `NEAR-FAR-2.png`, `NEAR-FAR-3.png`, ... that is free.
fn free_name(near: &Path, far: &Path) -> PathBuf {
    let stem = |path: &Path| match path.file_stem() {
        Some(stem) if !is_stream(path) => stem.to_string_lossy().into_owned(),
        _ => "stdin".to_owned(),
    };
    let base = format!("{}-{}", stem(near), stem(far));
    let numbered = (2..).map(|number| format!("{base}-{number}.png"));
    let mut names = std::iter::once(format!("{base}.png")).chain(numbered).map(PathBuf::from);
    names.find(|name| !name.exists()).expect("there are more numbers than files")
}
