//! Families of methods with one knob.

use std::f64::consts::PI;

use nearfar_kernels::Crossover;
use serde::{Deserialize, Serialize};

use super::CompareError;
use crate::{
    Method, MixError, descent,
    fourier::{self, FourierError, FrequencyResponse},
};

/// A method whose one knob is the crossover: the spatial frequency at which the hybrid takes equally from both pictures.
///
/// Below it the far picture dominates, above it the near one. For the optimising mixer it is that of the problem with linear
/// transfer curves and no range (docs/mathematics.md, section 5).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Family {
    /// The optimising mixer, by varying the blur's sigma.
    DescentBySigma(descent::Options),
    /// The optimising mixer, by varying the weights of the near picture by a common factor; the blur stays the same.
    DescentByWeight(descent::Options),
    /// The Fourier mixer, by varying both cutoffs by a common factor.
    FourierByCutoff(fourier::Options),
}

impl Family {
    /// The method with a crossover in cycles per pixel.
    ///
    /// # Errors
    ///
    /// [`CompareError`] if the settings have no crossover because one picture outweighs the other at every frequency.
    pub fn at(&self, crossover: f64) -> Result<Method, CompareError> {
        match self {
            Self::DescentBySigma(options) => {
                let sigma = square_at_crossover(options)?.sqrt() / (2.0 * PI * crossover);
                // A number of taps belongs to one sigma.
                Ok(Method::Descent(descent::Options { sigma: Some(sigma), kernel_size: None, ..options.clone() }))
            }
            Self::DescentByWeight(options) => {
                square_at_crossover(options)?;
                let sigma = options.sigma().map_err(MixError::from)?;
                let square = (2.0 * PI * crossover * sigma).powi(2);
                let near = options.near_weight + options.mean_detail_weight() * square;
                let factor = options.far_weight * (-square).exp() / near;
                Ok(Method::Descent(descent::Options {
                    near_weight: factor * options.near_weight,
                    detail_weight: factor * options.detail_weight,
                    sigma: Some(sigma),
                    ..options.clone()
                }))
            }
            Self::FourierByCutoff(options) => {
                let at = |cycles| Crossover::per_pixel(cycles).map_err(|e| MixError::from(FourierError::from(e)));
                let high = match (options.high, options.crossover) {
                    (Some(high), Some(usual)) => {
                        Some(at(crossover * high.cycles_per_pixel() / usual.cycles_per_pixel())?)
                    }
                    (high, _) => high,
                };
                let low = wiener_at(options.low, crossover)?;
                Ok(Method::Fourier(fourier::Options { crossover: Some(at(crossover)?), low, high, ..*options }))
            }
        }
    }
}

/// The crossover `f` of the optimising mixer as `(2 pi sigma f)^2`.
fn square_at_crossover(options: &descent::Options) -> Result<f64, CompareError> {
    let descent::Options { near_weight, detail_weight, far_weight, .. } = *options;
    options.crossover_square().ok_or(CompareError::NoCrossover { near_weight, detail_weight, far_weight })
}

/// A Wiener response with the sigma for which its gain at the crossover is 1/2; any other response is returned unchanged.
fn wiener_at(low: FrequencyResponse, crossover: f64) -> Result<FrequencyResponse, CompareError> {
    match low {
        FrequencyResponse::Wiener { near_weight, far_weight, .. } if far_weight > near_weight => {
            let sigma = (far_weight / near_weight).ln().sqrt() / (2.0 * PI * crossover);
            Ok(FrequencyResponse::Wiener { near_weight, far_weight, sigma })
        }
        FrequencyResponse::Wiener { near_weight, far_weight, .. } => {
            Err(CompareError::NoCrossover { near_weight, detail_weight: 0.0, far_weight })
        }
        low => Ok(low),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn crossover_of_the_article_is_the_closed_form() {
        let square = square_at_crossover(&descent::Options::article()).expect("far outweighs near");
        assert!((square - 10f64.ln()).abs() < 1e-9, "{square}");
    }

    #[test]
    fn crossover_of_details_is_where_both_weights_meet() {
        let options = descent::Options {
            near_weight: 0.05,
            detail_weight: 0.01,
            edges: descent::EdgeStop::NOWHERE,
            ..descent::Options::default()
        };
        let square = square_at_crossover(&options).expect("far outweighs near");
        assert!(((-square).exp() - 0.05 - 0.01 * square).abs() < 1e-9, "{square}");
    }

    #[test]
    fn turning_sigma_and_turning_weights_meet_the_same_crossover() {
        let article = descent::Options::article();
        for family in [Family::DescentBySigma(article.clone()), Family::DescentByWeight(article)] {
            let Method::Descent(options) = family.at(0.07).expect("a crossover") else {
                panic!("descent stays descent");
            };
            let found = square_at_crossover(&options).expect("far outweighs near").sqrt()
                / (2.0 * PI * options.sigma().expect("a sigma"));
            assert!((found - 0.07).abs() < 1e-9, "{found}");
        }
    }

    #[test]
    fn cutoffs_keep_their_ratio() {
        let crossover = |cycles| Some(Crossover::per_pixel(cycles).expect("a crossover"));
        let options = fourier::Options { crossover: crossover(0.1), high: crossover(0.15), ..Default::default() };
        let Method::Fourier(found) = Family::FourierByCutoff(options).at(0.05).expect("a crossover") else {
            panic!("Fourier stays Fourier");
        };
        let cycles = |crossover: Option<Crossover>| crossover.expect("two cutoffs").cycles_per_pixel();
        assert!((cycles(found.crossover) - 0.05).abs() < 1e-12);
        assert!((cycles(found.high) - 0.075).abs() < 1e-12);
    }

    #[test]
    fn wiener_is_one_half_at_its_crossover() {
        let low = FrequencyResponse::Wiener { near_weight: 0.1, far_weight: 1.0, sigma: 1.0 };
        let Ok(FrequencyResponse::Wiener { sigma, .. }) = wiener_at(low, 0.07) else { panic!("Wiener stays Wiener") };
        let power = (-(2.0 * PI * sigma * 0.07f64).powi(2)).exp();
        assert!((power / (0.1 + power) - 0.5).abs() < 1e-12);
    }

    #[test]
    fn settings_without_a_crossover_are_refused() {
        for (near_weight, detail_weight) in [(2.0, 0.0), (0.0, 0.0)] {
            let options = descent::Options { near_weight, detail_weight, ..Default::default() };
            let error = Family::DescentBySigma(options).at(0.1).expect_err("no crossover");
            assert!(matches!(error, CompareError::NoCrossover { .. }), "{error}");
        }
    }
}
