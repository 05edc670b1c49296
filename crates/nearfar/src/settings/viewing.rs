//! The distances from which a picture is seen, and its surface.

use nearfar_image::Size;
#[cfg(doc)]
use nearfar_vision::VisionError;
use nearfar_vision::{Density, Length, PixelsPerDegree, Surface};

use crate::Request;

/// The distances for which a hybrid is made or judged.
#[cfg_attr(feature = "clap", derive(clap::Args), command(next_help_heading = "Viewing"))]
#[derive(Clone, Copy, Debug)]
pub struct DistanceSettings {
    /// The distance from which FAR should be seen, such as 3m. If left out, FAR's subject decides.
    #[cfg_attr(feature = "clap", arg(id = "far_distance", long = "far", value_name = "LENGTH"))]
    pub far: Option<Length>,
    /// The distance from which NEAR should be seen, such as 60cm or 2ft; 60cm if left out.
    #[cfg_attr(feature = "clap", arg(id = "near_distance", long = "near", value_name = "LENGTH"))]
    pub near: Option<Length>,
    /// The surface.
    #[cfg_attr(feature = "clap", command(flatten))]
    pub surface: SurfaceSettings,
}

impl DistanceSettings {
    /// A request for a hybrid for these distances.
    #[must_use]
    pub fn request(&self) -> Request {
        Request { far: self.far, near: self.near, surface: self.surface.said(), ..Request::default() }
    }
}

/// The surface on which a picture is seen.
#[cfg_attr(feature = "clap", derive(clap::Args))]
#[derive(Clone, Copy, Debug)]
pub struct SurfaceSettings {
    /// Pixels per inch of the screen or print, above 0 and at most 100000; 96 if left out.
    #[cfg_attr(feature = "clap", arg(long, value_name = "DPI"))]
    pub dpi: Option<Density>,
    /// Width of the picture on the screen or on paper, such as 60cm, instead of --dpi.
    #[cfg_attr(feature = "clap", arg(long, value_name = "LENGTH", conflicts_with = "dpi"))]
    pub print_width: Option<Length>,
}

impl SurfaceSettings {
    /// The given surface, or else the default one.
    #[must_use]
    pub fn surface(&self) -> Surface {
        self.said().unwrap_or_default()
    }

    /// The given surface, if any.
    #[must_use]
    pub fn said(&self) -> Option<Surface> {
        self.print_width.map(Surface::Width).or(self.dpi.map(Surface::Density))
    }
}

/// Pixels per degree from a text that is a number.
///
/// # Errors
///
/// [`ParseFloatError`](std::num::ParseFloatError) if it is not a number, [`VisionError`] if it is out of range.
pub fn pixels_per_degree(text: &str) -> Result<PixelsPerDegree, Box<dyn std::error::Error + Send + Sync>> {
    Ok(PixelsPerDegree::new(text.parse()?)?)
}

/// A size from a text such as `512x512`.
///
/// # Errors
///
/// A sentence that describes a valid size.
pub fn size(text: &str) -> Result<Size, String> {
    let sides = text.split_once(['x', 'X']).and_then(|(w, h)| Some((w.parse().ok()?, h.parse().ok()?)));
    let (width, height) = sides.ok_or("a size is width x height, as in 512x512")?;
    Size::new(width, height).map_err(|error| error.to_string())
}
