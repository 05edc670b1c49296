//! Hybrids that are written smaller than they were mixed: everything known of them, converted to pixels of the smaller
//! picture.

use nearfar_fourier::{self as fourier, FrequencyResponse};
use nearfar_image::Size;
use nearfar_kernels::Crossover;
#[cfg(feature = "codec")]
use nearfar_vision::Surface;
use nearfar_vision::{Percept, PerceptSwitch, PixelsPerDegree, Viewing, VisionError, shrink};

use crate::{Hybrid, Method, Perception, descent, fit::Aligned};

/// The size of a copy `width` pixels wide; `None` if that is not smaller.
pub(crate) fn size_of_width(size: Size, width: usize) -> Option<Size> {
    (width < size.width()).then(|| size.scaled(width.max(1) as f64 / size.width() as f64))
}

/// Whether a picture is a smaller copy of one of another size, up to rounding to whole pixels.
pub(crate) fn is_copy(copy: Size, of: Size) -> bool {
    size_of_width(of, copy.width()) == Some(copy)
}

/// The surface of a picture that is written `width` pixels wide: whatever the size at which it is mixed, its width on the
/// surface is that of the written picture.
#[cfg(feature = "codec")]
pub(crate) fn surface_of_width(surface: Surface, width: usize) -> Result<Surface, VisionError> {
    Ok(match surface {
        Surface::Density(density) => {
            let centimetres = width as f64 / density.pixels_per_centimetre();
            Surface::Width(nearfar_vision::Length::from_centimetres(centimetres)?)
        }
        other => other,
    })
}

/// The view of the smaller picture from the same distance.
fn view(ppd: PixelsPerDegree, factor: f64) -> Result<PixelsPerDegree, VisionError> {
    PixelsPerDegree::new(factor * ppd.get())
}

impl Hybrid {
    /// The hybrid at a smaller size, shrunk in light.
    ///
    /// # Errors
    ///
    /// [`VisionError::NotSmaller`] if either side would grow.
    pub fn shrunk(self, to: Size) -> Result<Self, VisionError> {
        let factor = to.width() as f64 / self.picture.size().width() as f64;
        let aligned = self.aligned.shrunk(to)?;
        let viewing = self.viewing.map(|viewing| {
            Ok::<_, VisionError>(Viewing {
                near_ppd: view(viewing.near_ppd, factor)?,
                far_ppd: view(viewing.far_ppd, factor)?,
            })
        });
        Ok(Self {
            picture: shrink(&self.picture, to)?,
            method: self.method.shrunk(factor),
            viewing: viewing.transpose()?,
            perception: self.perception.map(|perception| perception.shrunk(&aligned, factor)),
            aligned,
            ..self
        })
    }
}

impl Perception {
    /// The perception of a copy `factor` times as large: from each distance the same is seen.
    fn shrunk(self, aligned: &Aligned, factor: f64) -> Self {
        let copied = |seen: &Percept| {
            let mut copied = seen.clone();
            copied.ppd = view(seen.ppd, factor).ok()?;
            Some(copied)
        };
        let curve: Vec<_> = self.curve.iter().filter_map(copied).collect();
        Self { face: aligned.subject().face(), switch: PerceptSwitch::of(&curve), curve, ..self }
    }
}

impl Method {
    /// The equivalent method, in pixels of a copy `factor` times as large.
    #[must_use]
    pub fn shrunk(self, factor: f64) -> Self {
        let at = |crossover: Option<Crossover>| {
            crossover.and_then(|crossover| Crossover::per_pixel((crossover.cycles_per_pixel() / factor).min(0.5)).ok())
        };
        match self {
            Self::Descent(options) => Self::Descent(descent::Options {
                crossover: at(options.crossover),
                sigma: options.sigma.map(|sigma| factor * sigma),
                share: options.share.map(|share| share.scaled(factor)),
                ..options
            }),
            Self::Fourier(options) => {
                let low = match options.low {
                    FrequencyResponse::Wiener { near_weight, far_weight, sigma } => {
                        FrequencyResponse::Wiener { near_weight, far_weight, sigma: factor * sigma }
                    }
                    other => other,
                };
                Self::Fourier(fourier::Options {
                    low,
                    crossover: at(options.crossover),
                    high: at(options.high),
                    share: options.share.map(|share| share.scaled(factor)),
                    ..options
                })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_have_the_proportions_of_the_picture() {
        let size = |width, height| Size::new(width, height).unwrap();
        assert_eq!(size_of_width(size(300, 200), 100), Some(size(100, 67)));
        assert_eq!(size_of_width(size(300, 200), 300), None);
        assert!(is_copy(size(100, 67), size(300, 200)) && !is_copy(size(100, 66), size(300, 200)));
        assert!(!is_copy(size(300, 200), size(300, 200)));
    }

    #[cfg(feature = "codec")]
    #[test]
    fn a_copy_on_a_screen_is_as_wide_as_it_is_written() {
        let density = nearfar_vision::Density::default();
        let surface = surface_of_width(Surface::Density(density), 96).unwrap();
        let found = surface.density(Size::new(960, 100).unwrap()).unwrap();
        assert!((found.pixels_per_inch() - 10.0 * density.pixels_per_inch()).abs() < 1e-6);
    }
}
