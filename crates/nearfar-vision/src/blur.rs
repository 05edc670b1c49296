//! Gaussian blurs of planes of one size, at a cost that does not grow with their width.

use nearfar_image::{Plane, PlaneMut, Size};
use nearfar_kernels::{Border, Execution, Gaussian, SeparableBlur, WideBlur};

use crate::PixelsPerDegree;

/// A Gaussian blur with a mirrored border.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Blur {
    /// With taps.
    Narrow(SeparableBlur),
    /// On a coarse grid, within 5e-5 of the exact blur of light.
    Wide(WideBlur),
}

/// From this sigma on, in pixels, the grid is faster.
const WIDE: f64 = 4.0;

impl Blur {
    /// The eye's blur of a picture of `size` pixels in a given view.
    pub(crate) fn of_eye(size: Size, ppd: PixelsPerDegree) -> Self {
        Self::of_sigma(size, ppd.eye_sigma())
    }

    /// A blur of `sigma` pixels; narrow ones are truncated at 4 sigma. Sigmas are constants or those of an eye, so they
    /// are valid.
    pub(crate) fn of_sigma(size: Size, sigma: f64) -> Self {
        const VALID: &str = "sigma is above 0 and below a few hundred pixels";
        if sigma >= WIDE {
            return Self::Wide(WideBlur::new(size, sigma, Border::Mirror).expect(VALID));
        }
        Self::Narrow(SeparableBlur::new(size, &Gaussian::new(sigma).expect(VALID).taps(), Border::Mirror))
    }

    /// `target = G source`.
    pub(crate) fn apply(&self, execution: &Execution, source: Plane<'_>, target: PlaneMut<'_>) {
        match self {
            Self::Narrow(blur) => blur.apply(execution, source, target),
            Self::Wide(blur) => blur.apply(execution, source, target),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::field::Field;

    /// The view from afar needs no more taps than the one up close.
    #[test]
    fn wide_blurs_are_close_to_exact_ones() {
        let (execution, size) = (Execution::single_threaded(), Size::new(240, 130).expect("size"));
        let light = Field::from_rows(&execution, size, |y, row| {
            row.iter_mut().enumerate().for_each(|(x, v)| *v = if (x / 19 + y / 13) % 3 == 0 { 0.9 } else { 0.05 });
        });
        for sigma in [WIDE, 6.0, 20.0, 87.0] {
            let wide = Blur::of_sigma(size, sigma);
            assert!(matches!(wide, Blur::Wide(_)));
            let taps = Gaussian::with_truncation(sigma, 6.0).expect("valid").taps();
            let exact = Blur::Narrow(SeparableBlur::new(size, &taps, Border::Mirror));
            let [wide, exact] = [wide, exact].map(|blur| light.blurred(&execution, &blur));
            let errors = wide.plane().samples().iter().zip(exact.plane().samples()).map(|(a, b)| (a - b).abs());
            assert!(errors.fold(0.0, f32::max) < 5e-5, "sigma {sigma}");
        }
    }
}
