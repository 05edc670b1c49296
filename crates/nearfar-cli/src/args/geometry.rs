//! Arguments of `nearfar geometry`.

use clap::Args;
use nearfar::{
    image::Size,
    settings::{pixels_per_degree, size},
    vision::{Length, PixelsPerDegree},
};

use super::SurfaceSettings;

/// A viewing distance, given in one of several ways.
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

/// The given quantity; the others follow.
#[derive(Clone, Copy, Debug, Args)]
#[group(required = true, multiple = false)]
pub(crate) struct Given {
    /// Distance from the eye to the picture, such as 3m.
    #[arg(long, value_name = "LENGTH")]
    pub(crate) far: Option<Length>,
    /// Sigma of the eye's blur, in pixels, from 0.00016 to 308.
    #[arg(long, value_name = "PX", allow_negative_numbers = true)]
    pub(crate) sigma: Option<f64>,
    /// Pixels per degree of the visual field, from 0.01 to 20000.
    #[arg(long, value_name = "PPD", value_parser = pixels_per_degree, allow_negative_numbers = true)]
    pub(crate) ppd: Option<PixelsPerDegree>,
    /// Cutoff in cycles along the picture's shorter side, where the eye's blur halves the contrast; needs --size.
    #[arg(long, value_name = "N", requires = "size", allow_negative_numbers = true)]
    pub(crate) cycles: Option<f64>,
}
