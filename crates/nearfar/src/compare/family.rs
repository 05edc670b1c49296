//! Methods with one knob.

use std::f64::consts::PI;

use nearfar_image::Size;
use serde::{Deserialize, Serialize};

use super::CompareError;
use crate::{
    Method, descent,
    fourier::{self, Cutoff, FrequencyResponse},
};

/// A method with one knob: the crossover, the spatial frequency at which the hybrid takes from either picture alike.
///
/// Below it the hybrid is the far picture's, above it the near one's. For the optimising mixer it is that of the
/// problem with straight colour curves and no range (docs/mathematics.md, section 5).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Family {
    /// The optimising mixer; the width of the blur is turned.
    DescentBySigma(descent::Options),
    /// The optimising mixer; the weights of the near picture are turned, all by one factor, and the blur stays.
    DescentByWeight(descent::Options),
    /// The Fourier mixer; the cutoffs are turned, both by one factor.
    FourierByCutoff(fourier::Options),
}

impl Family {
    /// The method at a crossover in cycles per pixel, for pictures of `size`.
    ///
    /// # Errors
    ///
    /// [`CompareError`] if the settings have no crossover: one picture outweighs the other at every frequency.
    pub fn at(&self, crossover: f64, size: Size) -> Result<Method, CompareError> {
        match self {
            Self::DescentBySigma(options) => {
                let sigma = square_at_crossover(options)?.sqrt() / (2.0 * PI * crossover);
                // A number of taps belongs to one sigma.
                Ok(Method::Descent(descent::Options { sigma: Some(sigma), kernel_size: None, ..options.clone() }))
            }
            Self::DescentByWeight(options) => {
                square_at_crossover(options)?;
                let sigma = options.sigma_for(size);
                let square = (2.0 * PI * crossover * sigma).powi(2);
                let near = options.near_weight + options.detail_weight * square;
                let factor = options.far_weight * (-square).exp() / near;
                Ok(Method::Descent(descent::Options {
                    near_weight: factor * options.near_weight,
                    detail_weight: factor * options.detail_weight,
                    sigma: Some(sigma),
                    ..options.clone()
                }))
            }
            Self::FourierByCutoff(options) => {
                let factor = crossover / half_response(options.low, size)?;
                Ok(Method::Fourier(fourier::Options {
                    low: stretched(options.low, factor, size)?,
                    high: options.high.map(|high| stretched(high, factor, size)).transpose()?,
                    ..*options
                }))
            }
        }
    }
}

/// The crossover of the optimising mixer as `(2 pi sigma f)^2`.
fn square_at_crossover(options: &descent::Options) -> Result<f64, CompareError> {
    let descent::Options { near_weight, detail_weight, far_weight, .. } = *options;
    options.crossover_square().ok_or(CompareError::NoCrossover { near_weight, detail_weight, far_weight })
}

/// Where a response is 1/2, in cycles per pixel.
fn half_response(response: FrequencyResponse, size: Size) -> Result<f64, CompareError> {
    match response {
        FrequencyResponse::Gaussian { cutoff }
        | FrequencyResponse::Butterworth { cutoff, .. }
        | FrequencyResponse::Ideal { cutoff } => Ok(cutoff.cycles_per_pixel(size).map_err(crate::MixError::from)?),
        FrequencyResponse::Wiener { near_weight, far_weight, sigma } if far_weight > near_weight => {
            Ok((far_weight / near_weight).ln().sqrt() / (2.0 * PI * sigma))
        }
        FrequencyResponse::Wiener { near_weight, far_weight, .. } => {
            Err(CompareError::NoCrossover { near_weight, detail_weight: 0.0, far_weight })
        }
    }
}

/// The response with every frequency `factor` times as high.
fn stretched(response: FrequencyResponse, factor: f64, size: Size) -> Result<FrequencyResponse, CompareError> {
    let cutoff = Cutoff::CyclesPerPixel(factor * half_response(response, size)?);
    Ok(match response {
        FrequencyResponse::Gaussian { .. } => FrequencyResponse::Gaussian { cutoff },
        FrequencyResponse::Butterworth { order, .. } => FrequencyResponse::Butterworth { cutoff, order },
        FrequencyResponse::Ideal { .. } => FrequencyResponse::Ideal { cutoff },
        FrequencyResponse::Wiener { near_weight, far_weight, sigma } => {
            FrequencyResponse::Wiener { near_weight, far_weight, sigma: sigma / factor }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn size() -> Size {
        Size::new(200, 100).expect("a size")
    }

    #[test]
    fn crossover_of_the_article_is_the_closed_form() {
        let square = square_at_crossover(&descent::Options::article()).expect("far outweighs near");
        assert!((square - 10f64.ln()).abs() < 1e-9, "{square}");
    }

    #[test]
    fn crossover_of_details_is_where_both_weights_meet() {
        let options = descent::Options { near_weight: 0.05, detail_weight: 0.01, ..descent::Options::default() };
        let square = square_at_crossover(&options).expect("far outweighs near");
        assert!(((-square).exp() - 0.05 - 0.01 * square).abs() < 1e-9, "{square}");
    }

    #[test]
    fn turning_sigma_and_turning_weights_meet_the_same_crossover() {
        let article = descent::Options::article();
        for family in [Family::DescentBySigma(article.clone()), Family::DescentByWeight(article)] {
            let Method::Descent(options) = family.at(0.07, size()).expect("a crossover") else {
                panic!("descent stays descent");
            };
            let found = square_at_crossover(&options).expect("far outweighs near").sqrt()
                / (2.0 * PI * options.sigma_for(size()));
            assert!((found - 0.07).abs() < 1e-9, "{found}");
        }
    }

    #[test]
    fn cutoffs_keep_their_ratio() {
        let response = |cycles| FrequencyResponse::Gaussian { cutoff: Cutoff::CyclesPerPicture(cycles) };
        let options = fourier::Options { low: response(10.0), high: Some(response(15.0)), ..Default::default() };
        let Method::Fourier(found) = Family::FourierByCutoff(options).at(0.05, size()).expect("a crossover") else {
            panic!("Fourier stays Fourier");
        };
        let half = |response| half_response(response, size()).expect("a cutoff");
        assert!((half(found.low) - 0.05).abs() < 1e-12);
        assert!((half(found.high.expect("two cutoffs")) - 0.075).abs() < 1e-12);
    }

    #[test]
    fn settings_without_a_crossover_are_refused() {
        for (near_weight, detail_weight) in [(2.0, 0.0), (0.0, 0.0)] {
            let options = descent::Options { near_weight, detail_weight, ..Default::default() };
            let error = Family::DescentBySigma(options).at(0.1, size()).expect_err("no crossover");
            assert!(matches!(error, CompareError::NoCrossover { .. }), "{error}");
        }
    }
}
