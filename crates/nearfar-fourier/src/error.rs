//! Errors in the settings of a Fourier hybrid.

use nearfar_kernels::KernelError;

/// An error in the settings of a Fourier hybrid.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum FourierError {
    /// No crossover was given.
    #[error("no crossover was chosen")]
    NoCrossover,
    /// The blur of a Wiener response is invalid.
    #[error(transparent)]
    Sigma(KernelError),
    /// The order of a Butterworth response is zero, which would halve every frequency.
    #[error("the Butterworth order is {order}; it must be at least 1")]
    Order {
        /// The order asked for.
        order: u32,
    },
    /// The weights of a Wiener response are not finite numbers above zero.
    #[error("the weights are {near_weight} near and {far_weight} far; both must be finite numbers above 0")]
    Weights {
        /// Weight of the near picture.
        near_weight: f64,
        /// Weight of the far picture.
        far_weight: f64,
    },
    /// The gain of the near picture is negative, or so large that only noise would be visible.
    #[error("the near gain is {gain}; it must be a number from 0 to {max}")]
    NearGain {
        /// The gain asked for.
        gain: f64,
        /// The most.
        max: f64,
    },
    /// The limits of the gain that matches the near picture's details to the far picture are invalid.
    #[error(
        "the near gain has strength {strength} and is at most {most}; the first must be from 0, the second from 1 to {max}"
    )]
    MatchedGain {
        /// The strength asked for.
        strength: f64,
        /// The greatest gain asked for.
        most: f64,
        /// The most that either may be.
        max: f64,
    },
    /// The share of the far picture is invalid.
    #[error(transparent)]
    Share(#[from] KernelError),
}
