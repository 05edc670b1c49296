//! The Fourier mixer's settings.

use nearfar_fourier::{Border, FrequencyResponse, NearGain, Options, OutOfRange};
use nearfar_image::TransferFunction;
use nearfar_kernels::Colors;
use serde::{Deserialize, Serialize};

use super::{SettingsError, set};
use crate::Cutoffs;

/// How the Fourier mixer works. Anything left out has its default.
#[cfg_attr(feature = "clap", derive(clap::Args), command(next_help_heading = "Mixing"))]
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct FourierSettings {
    /// The classical mix: every channel separately, details unchanged. The flags below override it.
    #[cfg_attr(feature = "clap", arg(long))]
    pub classic: bool,
    /// Shape of the filters.
    #[cfg_attr(feature = "clap", arg(long, value_parser = super::flags::word::<ResponseName>(), default_value = "gaussian", value_name = "SHAPE"))]
    pub response: ResponseName,
    /// Order of the Butterworth response, 1 or more; 2 if left out.
    #[cfg_attr(feature = "clap", arg(long, value_name = "N"))]
    pub order: Option<u32>,
    /// Near and far weight of the Wiener response; 0.1 and 1 if left out.
    #[cfg_attr(feature = "clap", arg(skip))]
    pub weights: Option<[f64; 2]>,
    /// Sigma of the `wiener` response in pixels, above 0; 3 if left out.
    #[cfg_attr(
        feature = "clap",
        arg(long, value_name = "PX", allow_negative_numbers = true, conflicts_with = "far_distance")
    )]
    pub sigma: Option<f64>,
    /// Where the bands end, in everyday units; the request takes these.
    #[cfg_attr(feature = "clap", command(flatten))]
    pub cutoffs: Cutoffs,
    /// How colours are mixed.
    #[cfg_attr(feature = "clap", arg(long, value_parser = super::flags::word::<Colors>(), value_name = "HOW"))]
    pub colors: Option<Colors>,
    /// Factor on NEAR's details, from 0 to 1000, the same everywhere; if left out, details are strengthened where they would
    /// drown.
    #[cfg_attr(feature = "clap", arg(long, value_name = "G", allow_negative_numbers = true))]
    pub near_gain: Option<f64>,
    /// The curve between codes and light.
    #[cfg_attr(feature = "clap", arg(long, value_parser = super::flags::word::<TransferFunction>(), value_name = "CURVE"))]
    pub transfer: Option<TransferFunction>,
    /// What the filters see outside the picture.
    #[cfg_attr(feature = "clap", arg(long, value_parser = super::flags::word::<Border>(), value_name = "WHAT"))]
    pub border: Option<Border>,
    /// What to do where the sum exceeds the range from 0 to 1.
    #[cfg_attr(feature = "clap", arg(long, value_parser = super::flags::word::<OutOfRange>(), value_name = "HOW"))]
    pub out_of_range: Option<OutOfRange>,
}

/// Shape of the filters; see [`FrequencyResponse`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum ResponseName {
    /// The blur of an eye.
    #[default]
    Gaussian,
    /// Steeper the higher its order.
    Butterworth,
    /// A hard step.
    Ideal,
    /// The optimising mixer's optimum in closed form.
    Wiener,
}

/// The default order of the Butterworth response: the lowest that rings, and the one that textbooks show.
const ORDER: u32 = 2;
/// The default parameters of the Wiener response: the article's weights and sigma.
const WEIGHTS: [f64; 2] = [0.1, 1.0];
const SIGMA: f64 = 3.0;

impl FourierSettings {
    /// The options, apart from the cutoffs: the defaults with the settings laid over them.
    ///
    /// # Errors
    ///
    /// [`SettingsError`] if a setting would have no effect.
    pub fn options(&self) -> Result<Options, SettingsError> {
        self.check()?;
        let low = match self.response {
            ResponseName::Gaussian => FrequencyResponse::Gaussian,
            ResponseName::Butterworth => FrequencyResponse::Butterworth { order: self.order.unwrap_or(ORDER) },
            ResponseName::Ideal => FrequencyResponse::Ideal,
            ResponseName::Wiener => {
                let [near_weight, far_weight] = self.weights.unwrap_or(WEIGHTS);
                FrequencyResponse::Wiener { near_weight, far_weight, sigma: self.sigma.unwrap_or(SIGMA) }
            }
        };
        let usual = if self.classic { Options::classic() } else { Options::default() };
        let mut options = Options { low, ..usual };
        set(&mut options.colors, self.colors);
        set(&mut options.near_gain, self.near_gain.map(NearGain::Uniform));
        set(&mut options.transfer, self.transfer);
        set(&mut options.border, self.border);
        set(&mut options.out_of_range, self.out_of_range);
        Ok(options)
    }

    fn check(&self) -> Result<(), SettingsError> {
        let is_wiener = self.response == ResponseName::Wiener;
        if self.order.is_some() && self.response != ResponseName::Butterworth {
            return Err(SettingsError::Order);
        }
        if self.weights.is_some() && !is_wiener {
            return Err(SettingsError::Weights);
        }
        if self.sigma.is_some() && !is_wiener {
            return Err(SettingsError::Sigma);
        }
        if is_wiener && self.cutoffs != Cutoffs::default() {
            return Err(SettingsError::WienerCutoffs);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Cutoff;

    #[test]
    fn settings_without_effect_are_refused() {
        let wiener = FourierSettings { response: ResponseName::Wiener, ..FourierSettings::default() };
        let cutoffs = Cutoffs { low: None, high: Some(Cutoff::Sigma(3.0)) };
        assert_eq!(FourierSettings { cutoffs, ..wiener }.options(), Err(SettingsError::WienerCutoffs));
        let plain = FourierSettings::default();
        assert_eq!(FourierSettings { order: Some(3), ..plain }.options(), Err(SettingsError::Order));
        assert_eq!(FourierSettings { weights: Some([1.0; 2]), ..plain }.options(), Err(SettingsError::Weights));
        assert_eq!(FourierSettings { sigma: Some(2.0), ..plain }.options(), Err(SettingsError::Sigma));
        assert!(FourierSettings { sigma: Some(2.0), ..wiener }.options().is_ok());
    }
}
