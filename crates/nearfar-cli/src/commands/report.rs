//! `nearfar report`: a hybrid explained on one HTML page.

use std::process::ExitCode;

use nearfar::{
    Failure, Target,
    input::{free_name_for, title},
};

use super::view::open;
use crate::{args::ReportCommand, session::Session};

/// `nearfar report`.
pub(crate) fn run(command: &ReportCommand) -> Result<ExitCode, Failure> {
    let ReportCommand { hybrid, out, force, fit, distance, limits, run } = command;
    let out = out.clone().unwrap_or_else(|| free_name_for(&hybrid.hybrid, "-report.html"));
    let target = Target::page(&out, *force, &hybrid.files())?;
    Target::check_apart([&target], run.json, 0)?;
    let session = Session::new(run)?;
    let opened = open(hybrid, fit, limits, &session)?;
    target.spares(&opened.sources())?;
    let title = title(&hybrid.hybrid);
    let page = opened.page(&title, distance, &session.execution, &mut session.observer())?;
    target.write(page.as_bytes())?;
    session.written(&target, (), [target.name()]);
    Ok(ExitCode::SUCCESS)
}
