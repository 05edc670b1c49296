//! What a viewing distance means in pixels.

use nearfar_image::Size;
use nearfar_vision::{
    Density, Length, PixelsPerDegree, Surface, VisionError, cycles_per_image, sigma_of_cycles_per_image,
};
use serde::Serialize;

use crate::Failure;

/// A viewing distance, given in one of four ways.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum View {
    /// The distance from the eye to the picture.
    Distance(Length),
    /// The sigma of the eye's blur, in pixels.
    Sigma(f64),
    /// Pixels per degree of the visual field.
    PixelsPerDegree(PixelsPerDegree),
    /// The cutoff, in cycles along the shorter side of a picture of this size: the eye's blur halves the contrast there.
    CyclesPerImage(f64, Size),
}

/// Everything that follows from one distance.
#[derive(Clone, Copy, Debug, Serialize)]
#[non_exhaustive]
pub struct Geometry {
    /// The distance from the eye to the picture.
    #[serde(skip)]
    pub distance: Length,
    /// The same distance in centimetres.
    pub centimetres: f64,
    /// Pixels per inch of the screen or print.
    pub pixels_per_inch: f64,
    /// Pixels per degree of the visual field.
    pub pixels_per_degree: f64,
    /// Sigma of the eye's blur, in pixels.
    pub sigma_pixels: f64,
    /// The frequency at which the eye's blur halves the contrast.
    pub cycles_per_pixel: f64,
    /// The same frequency along the shorter side, if the size is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cycles_per_image: Option<f64>,
    /// Width of the picture in degrees of the visual field, if the size is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub degrees_wide: Option<f64>,
}

impl Geometry {
    /// Pixels per inch of a picture on a surface. `size` is the picture's size in pixels, if known.
    ///
    /// # Errors
    ///
    /// [`Failure`] if the surface gives the picture's width, but the size in pixels is unknown.
    pub fn density(surface: Surface, size: Option<Size>) -> Result<Density, Failure> {
        match (surface, size) {
            (Surface::Density(density), _) => Ok(density),
            (surface, Some(size)) => Ok(surface.density(size)?),
            _ => Err(Failure::usage("--print-width alone does not say how many pixels there are")
                .fix("give the picture's size in pixels, as in --size 2400x1600")),
        }
    }

    /// The geometry of a view of a picture with the given density. `size` is the picture's size, if known.
    ///
    /// # Errors
    ///
    /// [`VisionError`] if the view is out of range for an eye, or the distance is.
    pub fn new(view: View, density: Density, size: Option<Size>) -> Result<Self, VisionError> {
        let ppd = match view {
            View::Distance(distance) => PixelsPerDegree::at(distance, density)?,
            View::Sigma(sigma) => PixelsPerDegree::from_eye_sigma(sigma)?,
            View::PixelsPerDegree(ppd) => ppd,
            View::CyclesPerImage(cycles, size) => of_cycles(cycles, size.shorter_side())?,
        };
        let (sigma, distance) = (ppd.eye_sigma(), ppd.distance(density)?);
        Ok(Self {
            distance,
            centimetres: distance.centimetres(),
            pixels_per_inch: density.pixels_per_inch(),
            pixels_per_degree: ppd.get(),
            sigma_pixels: sigma,
            cycles_per_pixel: cycles_per_image(sigma, 1),
            cycles_per_image: size.map(|size| cycles_per_image(sigma, size.shorter_side())),
            degrees_wide: size.map(|size| size.width() as f64 / ppd.get()),
        })
    }
}

/// The view whose cutoff lies at `cycles` along `side` pixels.
fn of_cycles(cycles: f64, side: usize) -> Result<PixelsPerDegree, VisionError> {
    PixelsPerDegree::from_eye_sigma(sigma_of_cycles_per_image(cycles, side)).map_err(|error| match error {
        VisionError::EyeSigma { min, max, .. } => {
            VisionError::Cycles { cycles, min: cycles_per_image(max, side), max: cycles_per_image(min, side) }
        }
        other => other,
    })
}
