//! A share and cutoffs in everyday words.

use nearfar_descent::DescentError;
use nearfar_image::Size;
use nearfar_kernels::{Crossover, Focus, Share};
use serde::{Deserialize, Serialize};

use crate::{Cutoff, Method, MixError, Strength, fourier};

/// How much of both pictures comes through beside their shapes, each part from 0 to 1; what is not said is chosen by what the
/// far picture shows, and by how strong it is to be.
#[cfg_attr(feature = "clap", derive(clap::Args))]
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct ShareOptions {
    /// How strongly FAR comes through, where nothing else is said: from where it is seen, how clean NEAR is up close.
    #[cfg_attr(feature = "clap", arg(long, value_parser = crate::settings::flags::word::<Strength>(), value_name = "HOW"))]
    pub strength: Option<Strength>,
    /// How much of NEAR's own colours, from 0 (grey but for FAR's) to 1, as without it.
    #[cfg_attr(feature = "clap", arg(long, value_name = "PART", allow_negative_numbers = true))]
    pub near_color: Option<f64>,
    /// How much of FAR's colours, from 0 (all colours are NEAR's) to 1 (all coarse ones are FAR's), but on a face of NEAR's
    /// never all; without it the more, the more NEAR's would give it away from afar.
    #[cfg_attr(
        feature = "clap",
        arg(long = "far-color", id = "far_color", value_name = "PART", allow_negative_numbers = true)
    )]
    pub color: Option<f64>,
    /// How much of FAR's overall light and dark, from 0 (as bright as NEAR everywhere) to 1.
    #[cfg_attr(
        feature = "clap",
        arg(long = "far-tone", id = "far_tone", value_name = "PART", allow_negative_numbers = true)
    )]
    pub tone: Option<f64>,
    /// How much of FAR's shapes where NEAR is plain and hides nothing, from 0 to 1 (all places alike).
    #[cfg_attr(feature = "clap", arg(long, value_name = "PART", allow_negative_numbers = true))]
    pub plain: Option<f64>,
    /// How far NEAR's details follow the tone that FAR gives them, from 0 (they keep their codes) to 1, as without it (they
    /// are lit by it).
    #[cfg_attr(feature = "clap", arg(long, value_name = "PART", allow_negative_numbers = true))]
    pub relight: Option<f64>,
    /// How much of FAR beside its face, from 0 (the face alone) to 1; without it as much as FAR needs to be named from afar.
    #[cfg_attr(feature = "clap", arg(long, value_name = "PART", allow_negative_numbers = true))]
    pub beside: Option<f64>,
}

/// Cutoffs of the Fourier mixer, which need the size of the pictures.
#[cfg_attr(feature = "clap", derive(clap::Args))]
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Cutoffs {
    /// Where FAR is cut off (gain 1/2), such as 16cpi (cycles per image), 0.03cpp (cycles per pixel) or 6px (sigma). Without
    /// it FAR's subject decides.
    #[cfg_attr(
        feature = "clap",
        arg(long, value_name = "CUTOFF", allow_hyphen_values = true, conflicts_with = "far_distance")
    )]
    pub low: Option<Cutoff>,
    /// Where NEAR begins, in the same units; without it the same as --low.
    #[cfg_attr(feature = "clap", arg(long, value_name = "CUTOFF", allow_hyphen_values = true))]
    pub high: Option<Cutoff>,
}

impl ShareOptions {
    /// How strongly the far picture comes through.
    pub(crate) fn strength(self) -> Strength {
        self.strength.unwrap_or_default()
    }

    /// Refuses anything that would have no effect: `share` is that of the method that came of all else, if it has one; `crosses` says
    /// whether its crossover was chosen, and `shares` whether the share was.
    pub(super) fn check(self, share: Option<Share>, crosses: bool, shares: bool) -> Result<(), MixError> {
        let parts = Self { strength: self.strength.filter(|_| !crosses), ..self };
        match share {
            None if parts != Self::default() => Err(MixError::NoShare),
            Some(_) if parts.strength.is_some() && !shares => Err(MixError::IdleStrength),
            Some(Share { focus: None, .. }) if self.beside.is_some() => Err(MixError::NothingBeside),
            _ => Ok(()),
        }
    }

    /// Checks that every part given lies between 0 and 1.
    pub(super) fn check_parts(self) -> Result<(), DescentError> {
        // Any ellipse will do.
        let focus = Focus { x: 0.0, y: 0.0, half_width: 1.0, half_height: 1.0, inside: 1.0, rest: 1.0 };
        let chosen = Share { focus: Some(focus), ..Share::default() };
        Ok(self.laid_over(chosen).check()?)
    }

    /// The chosen share, overridden by every part that was given.
    pub(crate) fn laid_over(self, chosen: Share) -> Share {
        Share {
            near_color: self.near_color.unwrap_or(chosen.near_color),
            color: self.color.unwrap_or(chosen.color),
            tone: self.tone.unwrap_or(chosen.tone),
            plain: self.plain.unwrap_or(chosen.plain),
            relight: self.relight.unwrap_or(chosen.relight),
            near_face: chosen.near_face,
            face_green: chosen.face_green,
            focus: chosen.focus.map(|focus| Focus { rest: self.beside.unwrap_or(focus.rest), ..focus }),
        }
    }
}

impl Cutoffs {
    /// The method, for pictures of `size`, with these cutoffs.
    pub(super) fn laid_over(self, method: Method, size: Size) -> Result<Method, MixError> {
        let at = |cutoff: Option<Cutoff>, usual: Option<Crossover>| match cutoff {
            Some(cutoff) => cutoff.crossover(size).map(Some).map_err(MixError::Cutoff),
            None => Ok(usual),
        };
        match method {
            Method::Fourier(options) => Ok(Method::Fourier(fourier::Options {
                crossover: at(self.low, options.crossover)?,
                high: at(self.high, options.high)?,
                ..options
            })),
            other if self == Self::default() => Ok(other),
            other => Err(MixError::NoCutoff { method: other.name() }),
        }
    }
}
