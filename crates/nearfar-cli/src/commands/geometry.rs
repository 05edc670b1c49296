//! `nearfar geometry`: from a distance, a sigma or a cutoff to the others.

use std::process::ExitCode;

use nearfar::{Failure, Geometry, View, words};

use crate::{
    args::{GeometryArgs, Given},
    console,
};

/// `nearfar geometry`.
pub(crate) fn run(args: &GeometryArgs) -> Result<ExitCode, Failure> {
    let density = Geometry::density(args.surface.surface(), args.size)?;
    let view = match (args.given, args.size) {
        (Given { far: Some(distance), .. }, _) => View::Distance(distance),
        (Given { sigma: Some(sigma), .. }, _) => View::Sigma(sigma),
        (Given { ppd: Some(ppd), .. }, _) => View::PixelsPerDegree(ppd),
        (Given { cycles: Some(cycles), .. }, Some(size)) => View::CyclesPerImage(cycles, size),
        _ => unreachable!("clap asks for one of them, and for the size with cycles"),
    };
    let geometry = Geometry::new(view, density, args.size)?;
    if args.json {
        console::json(&geometry);
    } else {
        words::geometry(&geometry).into_iter().for_each(console::line);
    }
    Ok(ExitCode::SUCCESS)
}
