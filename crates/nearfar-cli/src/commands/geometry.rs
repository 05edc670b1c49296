//! From any of distance, sigma and cutoff to the others.

use std::process::ExitCode;

use nearfar::vision::{Density, PixelsPerDegree, Surface, cycles_per_image, sigma_of_cycles_per_image};
use serde::Serialize;

use crate::{
    args::{GeometryArgs, Given},
    console,
    failure::Failure,
};

/// All that follows from one distance.
#[derive(Clone, Copy, Debug, Serialize)]
struct Geometry {
    centimetres: f64,
    pixels_per_inch: f64,
    pixels_per_degree: f64,
    /// Of the eye's blur.
    sigma_pixels: f64,
    /// Where the blur halves the contrast.
    cycles_per_pixel: f64,
    /// The same across the shorter side, if the size is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    cycles_per_image: Option<f64>,
    /// Degrees of the visual field that the picture's width takes, if the size is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    degrees_wide: Option<f64>,
}

/// `nearfar geometry`.
pub(crate) fn run(args: &GeometryArgs) -> Result<ExitCode, Failure> {
    let density = match (args.surface.surface(), args.size) {
        (Surface::Density(density), _) => density,
        (surface, Some(size)) => surface.density(size)?,
        _ => {
            return Err(Failure::usage("--print-width alone says nothing of pixels")
                .fix("say how many pixels the picture has, as in --size 2400x1600"));
        }
    };
    let ppd = view(&args.given, density, args)?;
    let sigma = ppd.eye_sigma();
    let geometry = Geometry {
        centimetres: ppd.distance(density)?.centimetres(),
        pixels_per_inch: density.pixels_per_inch(),
        pixels_per_degree: ppd.get(),
        sigma_pixels: sigma,
        cycles_per_pixel: cycles_per_image(sigma, 1),
        cycles_per_image: args.size.map(|size| cycles_per_image(sigma, size.shorter_side())),
        degrees_wide: args.size.map(|size| size.width() as f64 / ppd.get()),
    };
    if args.json {
        console::json(&geometry);
        return Ok(ExitCode::SUCCESS);
    }
    let row =
        |name: &str, value: String, meaning: &str| console::line(format_args!("{name:<18} {value:>10}  {meaning}"));
    row("distance", format!("{:.2}", ppd.distance(density)?), "from the eye to the picture");
    row("density", format!("{:.1}", geometry.pixels_per_inch), "pixels per inch of the screen or the print");
    row("pixels per degree", format!("{:.1}", geometry.pixels_per_degree), "of the visual field");
    row("sigma", format!("{sigma:.2} px"), "blur of the eye: --sigma, or --low with px");
    row(
        "cutoff",
        format!("{:.4} cpp", geometry.cycles_per_pixel),
        "cycles per pixel, where the blur halves the contrast",
    );
    if let (Some(cycles), Some(degrees)) = (geometry.cycles_per_image, geometry.degrees_wide) {
        row("", format!("{cycles:.1} cpi"), "the same in cycles across the picture's shorter side");
        row("width", format!("{degrees:.2} deg"), "of the visual field that the picture takes");
    }
    Ok(ExitCode::SUCCESS)
}

/// The view that was asked for, however it was spelled.
fn view(given: &Given, density: Density, args: &GeometryArgs) -> Result<PixelsPerDegree, Failure> {
    let view = match *given {
        Given { far: Some(distance), .. } => PixelsPerDegree::at(distance, density),
        Given { sigma: Some(sigma), .. } => PixelsPerDegree::from_eye_sigma(sigma),
        Given { ppd: Some(ppd), .. } => Ok(ppd),
        Given { cycles: Some(cycles), .. } => {
            let side = args.size.map_or(0, |size| size.shorter_side());
            PixelsPerDegree::from_eye_sigma(sigma_of_cycles_per_image(cycles, side))
        }
        _ => unreachable!("clap asks for one of them"),
    };
    Ok(view?)
}
