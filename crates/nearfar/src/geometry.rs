//! What a distance means in pixels.

use nearfar_image::Size;
use nearfar_vision::{
    Density, Length, PixelsPerDegree, Surface, VisionError, cycles_per_image, sigma_of_cycles_per_image,
};
use serde::Serialize;

use crate::Failure;

/// How far away a picture is, said in one of four ways.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum View {
    /// From the eye to the picture.
    Distance(Length),
    /// The blur of the eye, in pixels.
    Sigma(f64),
    /// Pixels in one degree of the visual field.
    PixelsPerDegree(PixelsPerDegree),
    /// Cycles across the shorter side of a picture of this size where the eye's blur halves the contrast.
    CyclesPerImage(f64, Size),
}

/// All that follows from one distance.
#[derive(Clone, Copy, Debug, Serialize)]
#[non_exhaustive]
pub struct Geometry {
    /// From the eye to the picture.
    #[serde(skip)]
    pub distance: Length,
    /// The same.
    pub centimetres: f64,
    /// Of the screen or the print.
    pub pixels_per_inch: f64,
    /// Of the visual field.
    pub pixels_per_degree: f64,
    /// Of the eye's blur.
    pub sigma_pixels: f64,
    /// Where the blur halves the contrast.
    pub cycles_per_pixel: f64,
    /// The same across the shorter side, if the size is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cycles_per_image: Option<f64>,
    /// Degrees of the visual field that the picture's width takes, if the size is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub degrees_wide: Option<f64>,
}

impl Geometry {
    /// Pixels per inch of a picture on a surface, whose size in pixels may be known.
    ///
    /// # Errors
    ///
    /// [`Failure`] if the surface says how wide the picture is and nothing how many pixels that is.
    pub fn density(surface: Surface, size: Option<Size>) -> Result<Density, Failure> {
        match (surface, size) {
            (Surface::Density(density), _) => Ok(density),
            (surface, Some(size)) => Ok(surface.density(size)?),
            _ => Err(Failure::usage("--print-width alone says nothing of pixels")
                .fix("say how many pixels the picture has, as in --size 2400x1600")),
        }
    }

    /// What a view of something with so many pixels per inch means, for a picture whose size may be known.
    ///
    /// # Errors
    ///
    /// [`VisionError`] if nobody can see so, or from so far.
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

/// The view whose cutoff is at so many cycles across `side` pixels.
fn of_cycles(cycles: f64, side: usize) -> Result<PixelsPerDegree, VisionError> {
    PixelsPerDegree::from_eye_sigma(sigma_of_cycles_per_image(cycles, side)).map_err(|error| match error {
        VisionError::EyeSigma { min, max, .. } => {
            VisionError::Cycles { cycles, min: cycles_per_image(max, side), max: cycles_per_image(min, side) }
        }
        other => other,
    })
}
