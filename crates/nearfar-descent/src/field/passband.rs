//! A band of frequencies: the difference of two Gaussian blurs.

use nearfar_image::{Encoded, Image, Size};
use nearfar_kernels::{Border, Crossover, Execution, Gaussian, KernelError, SeparableBlur, WideBlur, sums::update};

use crate::DescentError;

/// A band of frequencies between two ends, each the frequency at which a Gaussian blur has gain 1/2.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(default, deny_unknown_fields, rename_all = "kebab-case")
)]
#[derive(Default)]
pub struct Passband {
    /// Lower end; `None` includes everything coarse, the mean too.
    pub from: Option<Crossover>,
    /// Upper end; `None` includes everything fine.
    pub to: Option<Crossover>,
}

impl Passband {
    /// Checks that the band is not empty.
    ///
    /// # Errors
    ///
    /// [`DescentError::Passband`] if it is.
    pub fn check(self) -> Result<(), DescentError> {
        match self {
            Self { from: Some(from), to: Some(to) } if from >= to => {
                Err(DescentError::Passband { from: from.cycles_per_pixel(), to: to.cycles_per_pixel() })
            }
            _ => Ok(()),
        }
    }
}

/// From this sigma on, in pixels, blurs are computed on a coarse grid, at a cost that does not grow with sigma.
const MIN_WIDE: f64 = 4.0;

/// A Gaussian blur with mirrored borders, its own adjoint.
#[derive(Clone, Debug)]
pub(super) enum Blur {
    Narrow(SeparableBlur),
    Wide(WideBlur),
}

impl Blur {
    pub(super) fn new(size: Size, sigma: f64) -> Result<Self, KernelError> {
        if sigma < MIN_WIDE {
            return Ok(Self::Narrow(SeparableBlur::new(size, &Gaussian::new(sigma)?.taps(), Border::Mirror)));
        }
        // Any wider blur gives the mean.
        let most = 4.0 * size.longer_side() as f64;
        Ok(Self::Wide(WideBlur::new(size, sigma.min(most.max(MIN_WIDE)), Border::Mirror)?))
    }

    pub(super) fn apply(&self, plane: &Image<Encoded>, execution: &Execution) -> Image<Encoded> {
        let mut blurred = Image::filled(plane.size(), plane.channels(), 0.0);
        match self {
            Self::Narrow(blur) => blur.apply(execution, plane.plane(0), blurred.plane_mut(0)),
            Self::Wide(blur) => blur.apply(execution, plane.plane(0), blurred.plane_mut(0)),
        }
        blurred
    }
}

/// A [`Passband`] as a filter for planes of one size; its own adjoint.
#[derive(Clone, Debug)]
pub(super) struct BandFilter {
    coarse: Option<Blur>,
    fine: Option<Blur>,
}

impl BandFilter {
    pub(super) fn new(size: Size, band: Passband) -> Result<Self, DescentError> {
        band.check()?;
        let blur = |crossover: Option<Crossover>| crossover.map(|end| Blur::new(size, end.sigma())).transpose();
        Ok(Self { coarse: blur(band.from)?, fine: blur(band.to)? })
    }

    /// The band of a grey picture.
    pub(super) fn apply(&self, plane: &Image<Encoded>, execution: &Execution) -> Image<Encoded> {
        let mut held = match &self.fine {
            Some(blur) => blur.apply(plane, execution),
            None => plane.clone(),
        };
        if let Some(blur) = &self.coarse {
            let coarse = blur.apply(plane, execution);
            update(execution, held.samples_mut(), [coarse.samples()], |held, [coarse]| held - coarse);
        }
        held
    }
}

#[cfg(test)]
mod tests {
    use nearfar_image::Channels;

    use super::*;

    #[test]
    fn band_filter_is_its_own_adjoint() {
        let execution = Execution::with_threads(2).unwrap();
        let end = |cycles| Some(Crossover::per_pixel(cycles).unwrap());
        for (width, height) in [(1, 1), (1, 40), (37, 1), (5, 4), (61, 47)] {
            let size = Size::new(width, height).unwrap();
            let noise = |seed: f32| {
                Image::from_fn(size, Channels::Grey, |_, x, y| (x as f32 * seed + y as f32 * seed * 1.7).sin())
            };
            for (from, to) in [(None, end(0.1)), (end(0.02), None), (end(0.02), end(0.1)), (end(0.001), end(0.3))] {
                let filter = BandFilter::new(size, Passband { from, to }).unwrap();
                let (a, b) = (noise(0.7), noise(1.3));
                let dot = |a: &Image<Encoded>, b: &Image<Encoded>| -> f64 {
                    a.samples().iter().zip(b.samples()).map(|(&a, &b)| f64::from(a) * f64::from(b)).sum()
                };
                let (forth, back) = (dot(&filter.apply(&a, &execution), &b), dot(&a, &filter.apply(&b, &execution)));
                assert!((forth - back).abs() < 2e-6 * size.area() as f64, "{width}x{height}: {forth}, not {back}");
            }
        }
    }

    #[test]
    fn band_passes_frequencies_between_its_ends() {
        let size = Size::new(200, 8).unwrap();
        let band = Passband { from: Crossover::per_pixel(0.02).ok(), to: Crossover::per_pixel(0.1).ok() };
        let filter = BandFilter::new(size, band).unwrap();
        for (cycles, gain) in [(0.1f64, 0.5), (0.02, 0.47), (0.3, 0.0), (0.05, 0.83)] {
            let wave = Image::from_fn(size, Channels::Grey, |_, x, _| {
                ((x as f64 + 0.5) * cycles * std::f64::consts::TAU).cos() as f32
            });
            let held = filter.apply(&wave, &Execution::single_threaded());
            let middle =
                |image: &Image<Encoded>| image.plane(0).row(4)[80..120].iter().fold(0.0f32, |m, v| m.max(v.abs()));
            let found = middle(&held) / middle(&wave);
            assert!((found - gain).abs() < 0.02, "{cycles} cycles per pixel keep {found}, not {gain}");
        }
        assert!(Passband { from: band.to, to: band.from }.check().is_err());
    }
}
