//! Distances, sigmas and cutoffs.

use clap::Args;
use nearfar::{
    image::Size,
    vision::{Length, PixelsPerDegree},
};

use super::SurfaceArgs;

/// One of three spellings of how far away a picture is.
#[derive(Debug, Args)]
pub(crate) struct GeometryArgs {
    #[command(flatten)]
    pub(crate) given: Given,
    #[command(flatten)]
    pub(crate) surface: SurfaceArgs,
    /// Width and height of the picture in pixels, as in 512x512.
    #[arg(long, value_name = "WxH", value_parser = size)]
    pub(crate) size: Option<Size>,
    /// Print the result as JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

/// What is known; the rest follows.
#[derive(Clone, Copy, Debug, Args)]
#[group(required = true, multiple = false)]
pub(crate) struct Given {
    /// Distance from the eye to the picture, such as 3m.
    #[arg(long, value_name = "LENGTH")]
    pub(crate) far: Option<Length>,
    /// Blur of the eye, in pixels.
    #[arg(long, value_name = "PX", allow_negative_numbers = true)]
    pub(crate) sigma: Option<f64>,
    /// Pixels in one degree of the visual field.
    #[arg(long, value_name = "PPD", value_parser = ppd, allow_negative_numbers = true)]
    pub(crate) ppd: Option<PixelsPerDegree>,
    /// Cycles across the shorter side of the picture where the blur halves the contrast; needs --size.
    #[arg(long, value_name = "N", requires = "size", allow_negative_numbers = true)]
    pub(crate) cycles: Option<f64>,
}

fn ppd(text: &str) -> Result<PixelsPerDegree, String> {
    let number = text.parse().map_err(|_| "not a number".to_owned())?;
    PixelsPerDegree::new(number).map_err(|error| error.to_string())
}

fn size(text: &str) -> Result<Size, String> {
    let sides = text.split_once(['x', 'X']).and_then(|(w, h)| Some((w.parse().ok()?, h.parse().ok()?)));
    let (width, height) = sides.ok_or("a size is width x height, as in 512x512")?;
    Size::new(width, height).map_err(|error| error.to_string())
}
