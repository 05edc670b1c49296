//! Distances, sigmas and cutoffs.

use clap::Args;
use nearfar::{
    image::Size,
    settings::{pixels_per_degree, size},
    vision::{Length, PixelsPerDegree},
};

use super::SurfaceSettings;

/// One of three spellings of how far away a picture is.
#[derive(Debug, Args)]
pub(crate) struct GeometryArgs {
    #[command(flatten)]
    pub(crate) given: Given,
    #[command(flatten)]
    pub(crate) surface: SurfaceSettings,
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
    /// Blur of the eye, in pixels, from 0.00016 to 308.
    #[arg(long, value_name = "PX", allow_negative_numbers = true)]
    pub(crate) sigma: Option<f64>,
    /// Pixels in one degree of the visual field, from 0.01 to 20000.
    #[arg(long, value_name = "PPD", value_parser = pixels_per_degree, allow_negative_numbers = true)]
    pub(crate) ppd: Option<PixelsPerDegree>,
    /// Cycles across the shorter side of the picture where the blur halves the contrast; needs --size.
    #[arg(long, value_name = "N", requires = "size", allow_negative_numbers = true)]
    pub(crate) cycles: Option<f64>,
}
