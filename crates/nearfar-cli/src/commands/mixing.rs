//! The commands that mix two pictures.

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use nearfar::{Method, align, codec::Rounding};

use super::job::Job;
use crate::{
    args::{DescentCommand, FourierCommand, MixCommand},
    failure::Failure,
    files::is_stream,
};

/// `nearfar mix`.
pub(crate) fn mix(command: &MixCommand) -> Result<ExitCode, Failure> {
    let (near, far) = (&command.near, &command.far);
    let out = command.out.clone().unwrap_or_else(|| free_name(near, far));
    let job = Job {
        near,
        far,
        out: &out,
        method: None,
        sigma: command.sigma,
        trace: None,
        align: command.fit.options(align::Method::Auto)?,
        fit: &command.fit,
        input: &command.input,
        output: &command.output,
        rounding: Rounding::Nearest,
        run: &command.run,
    };
    job.run()
}

/// `nearfar descent`. Experts' commands leave pictures as they are unless told otherwise.
pub(crate) fn descent(command: &DescentCommand) -> Result<ExitCode, Failure> {
    let job = Job {
        near: &command.pair.near,
        far: &command.pair.far,
        out: &command.pair.out,
        method: Some(Method::Descent(command.descent.options()?)),
        sigma: None,
        trace: command.descent.trace,
        align: command.fit.options(align::Method::None)?,
        fit: &command.fit,
        input: &command.input,
        output: &command.output,
        rounding: command.descent.preset.rounding(),
        run: &command.run,
    };
    job.run()
}

/// `nearfar fourier`.
pub(crate) fn fourier(command: &FourierCommand) -> Result<ExitCode, Failure> {
    let job = Job {
        near: &command.pair.near,
        far: &command.pair.far,
        out: &command.pair.out,
        method: Some(Method::Fourier(command.fourier.options()?)),
        sigma: None,
        trace: None,
        align: command.fit.options(align::Method::None)?,
        fit: &command.fit,
        input: &command.input,
        output: &command.output,
        rounding: Rounding::Nearest,
        run: &command.run,
    };
    job.run()
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
