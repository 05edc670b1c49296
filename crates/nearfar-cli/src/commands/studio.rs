//! `nearfar studio`: a page for the browser, built into this program.

use std::{fs, io::Read, path::PathBuf, process::ExitCode};

use flate2::read::GzDecoder;
use nearfar::{Failure, Target, input::free_name_for};

use crate::{args::StudioCommand, console};

/// The page as built by `crates/nearfar-studio/web/build --keep`.
const PAGE: &[u8] = include_bytes!("../../../nearfar-studio/page/nearfar-studio.html.gz");

/// `nearfar studio`.
pub(crate) fn run(command: &StudioCommand) -> Result<ExitCode, Failure> {
    let mut page = Vec::new();
    GzDecoder::new(PAGE).read_to_end(&mut page).expect("the page inside is sound");
    let Some(out) = &command.out else { return show(&page) };
    let target = Target::page(out, command.force, &[])?;
    target.write(&page)?;
    if !target.is_stream() {
        console::line(target.name());
    }
    Ok(ExitCode::SUCCESS)
}

/// Opens the page from the current folder: sandboxed browsers can read neither hidden folders nor those for temporary files.
fn show(page: &[u8]) -> Result<ExitCode, Failure> {
    let name = PathBuf::from("nearfar-studio.html");
    let is_there = fs::read(&name).is_ok_and(|there| there == page);
    let path = if is_there { name } else { free_name_for(&name, ".html") };
    if !is_there {
        Target::new(&path, false, &[])?.write(page)?;
    }
    console::line(path.display());
    if let Err(error) = open::that_detached(&path) {
        console::note(format_args!("note: no browser could be started ({error}); open {} in one", path.display()));
    }
    Ok(ExitCode::SUCCESS)
}
