//! What can be wrong with the settings of a Fourier hybrid.

/// What can be wrong with the settings of a Fourier hybrid.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum FourierError {
    /// A cutoff is not a finite number above zero.
    #[error("the cutoff is {value} {unit}; it must be a finite number above 0")]
    Cutoff {
        /// The value asked for.
        value: f64,
        /// Its unit.
        unit: &'static str,
    },
    /// A Butterworth response of order zero lets half of everything through.
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
    /// The gain of the near picture is not a finite number of zero or more.
    #[error("the near gain is {gain}; it must be a finite number, 0 or more")]
    NearGain {
        /// The gain asked for.
        gain: f64,
    },
}
