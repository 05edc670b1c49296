//! The optimising mixer's settings.

use nearfar_descent::{EdgeStop, Options, Parametrization, Solver, Start};
use nearfar_image::TransferFunction;
use nearfar_kernels::{Border, Colors};
use serde::{Deserialize, Serialize};

use super::{SettingsError, set};

/// How the optimising mixer works. Anything left out comes from the preset.
#[cfg_attr(feature = "clap", derive(clap::Args), command(next_help_heading = "Mixing"))]
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct DescentSettings {
    /// The settings to start from; the flags below override them in any order.
    #[cfg_attr(feature = "clap", arg(long, value_parser = super::flags::word::<Preset>(), default_value = "best", value_name = "NAME"))]
    pub preset: Preset,
    /// Weight of being equal to NEAR, 0 or above.
    #[cfg_attr(feature = "clap", arg(long, value_name = "W", allow_negative_numbers = true))]
    pub near_weight: Option<f64>,
    /// Weight of having NEAR's details, in units of sigma squared; 0 or above.
    #[cfg_attr(feature = "clap", arg(long, value_name = "W", allow_negative_numbers = true))]
    pub detail_weight: Option<f64>,
    /// Weight of being equal to FAR once both are blurred, 0 or above.
    #[cfg_attr(feature = "clap", arg(long, value_name = "W", allow_negative_numbers = true))]
    pub far_weight: Option<f64>,
    /// Sigma of the far view's blur in pixels, above 0: what distance does to the picture. If left out, FAR's subject
    /// decides.
    #[cfg_attr(
        feature = "clap",
        arg(long, value_name = "PX", allow_negative_numbers = true, conflicts_with = "far_distance")
    )]
    pub sigma: Option<f64>,
    /// Number of taps of the blur, odd; if left out, the Gaussian reaches to 4 sigma.
    #[cfg_attr(feature = "clap", arg(long, value_name = "N"))]
    pub kernel_size: Option<usize>,
    /// What the blur sees outside the picture.
    #[cfg_attr(feature = "clap", arg(long, value_parser = super::flags::word::<Border>(), value_name = "WHAT"))]
    pub border: Option<Border>,
    /// The curve between codes and light.
    #[cfg_attr(feature = "clap", arg(long, value_parser = super::flags::word::<TransferFunction>(), value_name = "CURVE"))]
    pub transfer: Option<TransferFunction>,
    /// How colours are mixed.
    #[cfg_attr(feature = "clap", arg(long, value_parser = super::flags::word::<Colors>(), value_name = "HOW"))]
    pub colors: Option<Colors>,
    /// Weight of having NEAR's and FAR's colours in the given shares, 0 or above.
    #[cfg_attr(feature = "clap", arg(long, value_name = "W", allow_negative_numbers = true))]
    pub color_weight: Option<f64>,
    /// Difference between neighbouring pixels of NEAR, in codes from 0 to 1, above which details may jump; 0 allows no
    /// jumps.
    #[cfg_attr(feature = "clap", arg(long, value_name = "CODES", allow_negative_numbers = true))]
    pub edge_contrast: Option<f64>,
    /// How the loss is minimised.
    #[cfg_attr(feature = "clap", arg(long, value_parser = super::flags::word::<SolverName>(), value_name = "NAME"))]
    pub solver: Option<SolverName>,
    /// Learning rate of gradient descent, momentum or Adam, above 0; if left out, one that suits the weights, or 0.02 for
    /// Adam.
    #[cfg_attr(feature = "clap", arg(long, value_name = "R", allow_negative_numbers = true))]
    pub rate: Option<f64>,
    /// How pixels are kept between 0 and 1.
    #[cfg_attr(feature = "clap", arg(long, value_parser = super::flags::word::<Parametrization>(), value_name = "HOW"))]
    pub range: Option<Parametrization>,
    /// The most iterations at every level of the pyramid, from 1 to 100000.
    #[cfg_attr(feature = "clap", arg(long, value_name = "N", allow_negative_numbers = true))]
    pub steps: Option<usize>,
    /// Stop when an iteration lowers the loss by less than this part, below 1; the largest levels of large pictures stop
    /// sooner, the others later. 0 stops only when nothing is gained any more.
    #[cfg_attr(feature = "clap", arg(long, value_name = "PART", allow_negative_numbers = true))]
    pub tolerance: Option<f64>,
    /// The picture to start from; [`Options::start`].
    #[cfg_attr(feature = "clap", arg(skip))]
    pub start: Option<Start>,
}

/// The settings to start from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Preset {
    /// The best picture that nearfar can make.
    #[default]
    Best,
    /// A quick look.
    Draft,
    /// Everything as in the article.
    Article,
}

/// A solver with its usual parameters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum SolverName {
    /// [`Solver::ProjectedLbfgs`], the default.
    #[default]
    Lbfgs,
    /// [`Solver::GradientDescent`].
    GradientDescent,
    /// [`Solver::Momentum`].
    Momentum,
    /// [`Solver::Adam`].
    Adam,
    /// [`Solver::Fista`].
    Fista,
}

/// The part of its velocity that momentum keeps, and Adam's learning rate: the values of their papers, or close to these.
const MOMENTUM: f64 = 0.9;
const ADAM_RATE: f64 = 0.02;

impl DescentSettings {
    /// The options: the preset with the other settings laid over it.
    ///
    /// # Errors
    ///
    /// [`SettingsError`] if a setting would have no effect.
    pub fn options(&self) -> Result<Options, SettingsError> {
        let mut options = self.preset.options();
        set(&mut options.near_weight, self.near_weight);
        set(&mut options.detail_weight, self.detail_weight);
        set(&mut options.far_weight, self.far_weight);
        options.sigma = self.sigma.or(options.sigma);
        options.kernel_size = self.kernel_size.or(options.kernel_size);
        set(&mut options.border, self.border);
        set(&mut options.transfer, self.transfer);
        set(&mut options.colors, self.colors);
        if self.color_weight.is_some() && options.colors == Colors::Channels {
            return Err(SettingsError::ColorWeight);
        }
        set(&mut options.color_weight, self.color_weight);
        if self.edge_contrast.is_some() && options.detail_weight == 0.0 {
            return Err(SettingsError::EdgeContrast);
        }
        let edges = |contrast| match contrast {
            0.0 => EdgeStop::NOWHERE,
            contrast => EdgeStop { contrast, ..EdgeStop::default() },
        };
        set(&mut options.edges, self.edge_contrast.map(edges));
        set(&mut options.solver, self.solver.map(SolverName::solver));
        if let Some(new) = self.rate {
            match &mut options.solver {
                Solver::GradientDescent { rate } | Solver::Momentum { rate, .. } => *rate = Some(new),
                Solver::Adam { rate } => *rate = new,
                _ => return Err(SettingsError::Rate),
            }
        }
        let is_projecting = matches!(options.solver, Solver::ProjectedLbfgs { .. } | Solver::Fista);
        if is_projecting && self.range == Some(Parametrization::Sigmoid) {
            return Err(SettingsError::Range);
        }
        set(&mut options.parametrization, if is_projecting { Some(Parametrization::Box) } else { self.range });
        set(&mut options.stop.max_iterations, self.steps);
        set(&mut options.stop.tolerance, self.tolerance);
        set(&mut options.start, self.start);
        Ok(options)
    }
}

impl Preset {
    /// The options of the preset.
    #[must_use]
    pub fn options(self) -> Options {
        match self {
            Self::Best => Options::default(),
            Self::Draft => Options::draft(),
            Self::Article => Options::article(),
        }
    }

    /// How samples are rounded to the levels of a file: the article's program truncates.
    #[cfg(feature = "codec")]
    #[must_use]
    pub fn rounding(self) -> nearfar_codec::Rounding {
        match self {
            Self::Best | Self::Draft => nearfar_codec::Rounding::Nearest,
            Self::Article => nearfar_codec::Rounding::Truncate,
        }
    }
}

impl SolverName {
    pub(crate) fn solver(self) -> Solver {
        match self {
            Self::Lbfgs => Solver::default(),
            Self::GradientDescent => Solver::GradientDescent { rate: None },
            Self::Momentum => Solver::Momentum { rate: None, momentum: MOMENTUM },
            Self::Adam => Solver::Adam { rate: ADAM_RATE },
            Self::Fista => Solver::Fista,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sigmoids_go_with_solvers_that_do_not_project() {
        let with =
            |preset, solver, range| DescentSettings { preset, solver, range, ..DescentSettings::default() }.options();
        let sigmoid = Some(Parametrization::Sigmoid);
        assert_eq!(with(Preset::Best, None, sigmoid), Err(SettingsError::Range));
        assert_eq!(with(Preset::Article, Some(SolverName::Fista), sigmoid), Err(SettingsError::Range));
        let kept = |preset, solver, range| with(preset, solver, range).unwrap().parametrization;
        assert_eq!(kept(Preset::Article, None, None), Parametrization::Sigmoid);
        assert_eq!(kept(Preset::Best, Some(SolverName::Adam), sigmoid), Parametrization::Sigmoid);
        // The recipe does not speak of what was not done.
        assert_eq!(kept(Preset::Article, Some(SolverName::Lbfgs), None), Parametrization::Box);
    }

    #[test]
    fn rates_go_with_solvers_that_have_one() {
        let with = |solver| DescentSettings { solver, rate: Some(0.5), ..DescentSettings::default() }.options();
        assert_eq!(with(None), Err(SettingsError::Rate));
        assert_eq!(with(Some(SolverName::Fista)), Err(SettingsError::Rate));
        let solver = with(Some(SolverName::Momentum)).unwrap().solver;
        assert_eq!(solver, Solver::Momentum { rate: Some(0.5), momentum: MOMENTUM });
    }
}
