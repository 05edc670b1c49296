//! What can go wrong between two pictures and a hybrid.

use nearfar_descent::DescentError;
use nearfar_fourier::FourierError;
use nearfar_kernels::KernelError;
use nearfar_vision::{Length, VisionError};

use crate::{event::Stopped, fit::FitError};

/// Why no hybrid was made.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum MixError {
    /// The pictures cannot be made to fit.
    #[error(transparent)]
    Fit(FitError),
    /// An option of the optimising mixer makes no sense.
    #[error(transparent)]
    Descent(#[from] DescentError),
    /// An option of the Fourier mixer makes no sense.
    #[error(transparent)]
    Fourier(#[from] FourierError),
    /// A method that starts from no picture was given one.
    #[error("{method} starts from no picture; only descent does")]
    NoStart {
        /// Name of the method.
        method: &'static str,
    },
    /// The near picture would be seen from further away than the far one.
    #[error("the near picture would be seen from {near:.1}, which is not nearer than {far:.1}")]
    NotNearer {
        /// Where the near picture would be seen from.
        near: Length,
        /// Whether somebody said so; else it is the usual distance.
        near_is_said: bool,
        /// Where the far picture would be seen from.
        far: Length,
        /// Whether somebody said so; else it follows from how the hybrid is mixed.
        far_is_said: bool,
    },
    /// A strength was asked for where nothing is left to choose by it.
    #[error("a strength has no effect where crossover and share are said")]
    IdleStrength,
    /// A share of the far picture was asked for that would have no effect.
    #[error("a share of FAR's colours, tone and surroundings has no effect where channels are mixed alike")]
    NoShare,
    /// A share of what lies beside the far picture's face, which has none.
    #[error("a share of what lies beside FAR's face has no effect: no face was found in FAR")]
    NothingBeside,
    /// A cutoff that these pixels cannot hold.
    #[error("a cutoff is out of reach: {0}")]
    Cutoff(KernelError),
    /// A cutoff for a method that has none.
    #[error("{method} has no cutoffs; only fourier does")]
    NoCutoff {
        /// Name of the method.
        method: &'static str,
    },
    /// The observer broke before there was a hybrid.
    #[error("interrupted before there was a hybrid")]
    Cancelled,
    /// A method that minimises nothing was given a loss.
    #[error("{method} minimises nothing; only descent takes losses")]
    NoLoss {
        /// Name of the method.
        method: &'static str,
    },
    /// The hybrid cannot be judged, or a distance makes no sense.
    #[error(transparent)]
    Vision(#[from] VisionError),
}

impl From<FitError> for MixError {
    fn from(error: FitError) -> Self {
        match error {
            FitError::Cancelled => Self::Cancelled,
            other => Self::Fit(other),
        }
    }
}

impl From<Stopped> for MixError {
    fn from(_: Stopped) -> Self {
        Self::Cancelled
    }
}
