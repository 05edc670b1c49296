//! From where a picture is seen.

use clap::Args;
use nearfar::{
    image::Size,
    vision::{Density, Length, PixelsPerDegree, Viewing, VisionError},
};

use crate::failure::Failure;

/// The two distances that a hybrid is judged from.
#[derive(Debug, Args)]
#[command(next_help_heading = "Viewing")]
pub(crate) struct ViewArgs {
    /// The distance from which NEAR should be seen, such as 60cm or 2ft.
    #[arg(id = "near_distance", long = "near", value_name = "LENGTH", default_value = "60cm")]
    near: Length,
    /// The distance from which FAR should be seen, such as 3m.
    #[arg(id = "far_distance", long = "far", value_name = "LENGTH", default_value = "2.94m")]
    far: Length,
    #[command(flatten)]
    surface: SurfaceArgs,
}

/// The distances that a hybrid is made for: the expert's sigma in everyday words.
#[derive(Debug, Args)]
#[command(next_help_heading = "Viewing")]
pub(crate) struct DistanceArgs {
    /// The distance from which FAR should be seen, such as 3m: the blur is then the eye's from there. Without it FAR's
    /// subject decides.
    #[arg(id = "far_distance", long = "far", value_name = "LENGTH")]
    far: Option<Length>,
    /// The distance from which NEAR should be seen, such as 60cm: a note tells if that is too far.
    #[arg(id = "near_distance", long = "near", value_name = "LENGTH")]
    near: Option<Length>,
    #[command(flatten)]
    surface: SurfaceArgs,
}

/// FAR must be seen from at least so many times as far away as NEAR, for an eye to tell them apart.
const LEAST_RATIO: f64 = 2.5;

impl DistanceArgs {
    /// Checks what needs no picture.
    pub(crate) fn check(&self) -> Result<(), Failure> {
        match (self.near, self.far) {
            (Some(near), Some(far)) if near.centimetres() >= far.centimetres() => Err(not_nearer(near, far)),
            _ => Ok(()),
        }
    }

    /// The distance from which FAR should be seen, if it was said, and sigma of the eye's blur from there, in pixels of a
    /// picture of `size`.
    pub(crate) fn sigma(&self, size: Size) -> Result<Option<(Length, f64)>, VisionError> {
        let Some(far) = self.far else { return Ok(None) };
        Ok(Some((far, PixelsPerDegree::at(far, self.surface.density(size)?)?.eye_sigma())))
    }

    /// The view that NEAR should be seen from: from so far away as was said, or else from 60 cm.
    pub(crate) fn near_view(&self, size: Size) -> Result<PixelsPerDegree, VisionError> {
        let near = self.near.map_or_else(|| Length::from_centimetres(60.0), Ok)?;
        PixelsPerDegree::at(near, self.surface.density(size)?)
    }

    /// From where a hybrid of `size` shows FAR, if that is where an eye blurs by `eye_sigma` pixels, and whether it shows NEAR
    /// from where it should.
    pub(crate) fn tell(&self, eye_sigma: f64, size: Size) -> Result<Vec<String>, VisionError> {
        let density = self.surface.density(size)?;
        let Ok(far) = PixelsPerDegree::from_eye_sigma(eye_sigma).and_then(|ppd| ppd.distance(density)) else {
            return Ok(Vec::new());
        };
        let dpi = density.pixels_per_inch();
        let mut lines = vec![format!("FAR is what an eye sees from about {far:.1} on, at {dpi:.0} pixels per inch")];
        if let Some(near) = self.near.filter(|near| near.centimetres() * LEAST_RATIO > far.centimetres()) {
            lines.push(format!(
                "warning: {near} is too far to see NEAR well; look from {:.1} or nearer, or make FAR for a greater distance",
                Length::from_centimetres(far.centimetres() / LEAST_RATIO)?
            ));
        }
        Ok(lines)
    }
}

fn not_nearer(near: Length, far: Length) -> Failure {
    Failure::usage(format_args!("--near {near} is not nearer than --far {far}"))
        .fix("give --near the shorter distance, as in --near 60cm --far 3m")
}

/// What a picture is seen on.
#[derive(Debug, Args)]
pub(crate) struct SurfaceArgs {
    /// Pixels per inch of the screen or the print.
    #[arg(long, value_name = "DPI", default_value = "96")]
    dpi: Density,
    /// Width of the picture on the screen or on paper, such as 60cm, instead of --dpi.
    #[arg(long, value_name = "LENGTH", conflicts_with = "dpi")]
    print_width: Option<Length>,
}

impl SurfaceArgs {
    /// Pixels per inch of a picture of `size`.
    pub(crate) fn density(&self, size: Size) -> Result<Density, VisionError> {
        self.print_width.map_or(Ok(self.dpi), |width| Density::of_print(width, size.width()))
    }

    /// Pixels per inch where no picture is known.
    pub(crate) fn dpi(&self) -> Density {
        self.dpi
    }

    /// Width on paper, if it was said.
    pub(crate) fn print_width(&self) -> Option<Length> {
        self.print_width
    }
}

impl ViewArgs {
    /// The two views of a picture of `size`, and its density.
    pub(crate) fn viewing(&self, size: Size) -> Result<(Viewing, Density), Failure> {
        let density = self.surface.density(size)?;
        let viewing = Viewing {
            near_ppd: PixelsPerDegree::at(self.near, density)?,
            far_ppd: PixelsPerDegree::at(self.far, density)?,
        };
        if viewing.near_ppd >= viewing.far_ppd {
            return Err(not_nearer(self.near, self.far));
        }
        Ok((viewing, density))
    }
}
