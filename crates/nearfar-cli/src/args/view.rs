//! From where a picture is seen.

use clap::Args;
use nearfar::{
    Request,
    vision::{Density, Length, Surface},
};

/// The distances that a hybrid is made for or judged from.
#[derive(Debug, Args)]
#[command(next_help_heading = "Viewing")]
pub(crate) struct DistanceArgs {
    /// The distance from which FAR should be seen, such as 3m. Without it FAR's subject decides.
    #[arg(id = "far_distance", long = "far", value_name = "LENGTH")]
    pub(crate) far: Option<Length>,
    /// The distance from which NEAR should be seen, such as 60cm or 2ft; 60cm if not given.
    #[arg(id = "near_distance", long = "near", value_name = "LENGTH")]
    pub(crate) near: Option<Length>,
    #[command(flatten)]
    pub(crate) surface: SurfaceArgs,
}

impl DistanceArgs {
    /// A request for a hybrid for these distances.
    pub(crate) fn request(&self) -> Request {
        Request { far: self.far, near: self.near, surface: self.surface.surface(), ..Request::default() }
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
    /// What was said.
    pub(crate) fn surface(&self) -> Surface {
        self.print_width.map_or(Surface::Density(self.dpi), Surface::Width)
    }
}
