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

/// The distance that a hybrid is made for: the expert's sigma in everyday words.
#[derive(Debug, Args)]
pub(crate) struct DistanceArgs {
    /// The distance from which FAR should be seen, such as 3m: the blur is then the eye's from there.
    #[arg(id = "far_distance", long = "far", value_name = "LENGTH")]
    far: Option<Length>,
    /// Pixels per inch of the screen or the print that --far is the distance from.
    #[arg(long, value_name = "DPI", default_value = "96")]
    dpi: Density,
}

impl DistanceArgs {
    /// Sigma of the eye's blur in pixels, if a distance was said.
    pub(crate) fn sigma(&self) -> Result<Option<f64>, VisionError> {
        let sigma = |distance| Ok(PixelsPerDegree::at(distance, self.dpi)?.eye_sigma());
        self.far.map(sigma).transpose()
    }
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
            return Err(Failure::usage(format_args!("--near {} is not nearer than --far {}", self.near, self.far))
                .fix("give --near the shorter distance, as in --near 60cm --far 3m"));
        }
        Ok((viewing, density))
    }
}
