//! Settings that would have no effect.

/// A setting that would have no effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SettingsError {
    /// A weight of colours where there are none apart.
    #[error("a weight of colours has no effect where channels are mixed alike")]
    ColorWeight,
    /// A learning rate for a solver that needs none.
    #[error("this solver finds its own steps; a rate goes with gradient-descent, momentum and adam")]
    Rate,
    /// An order for another response than Butterworth's.
    #[error("an order has no effect with this response; it goes with butterworth")]
    Order,
    /// Weights for another response than Wiener's.
    #[error("weights have no effect with this response; they go with wiener")]
    Weights,
    /// A sigma for another response than Wiener's.
    #[error("sigma has no effect with this response; it goes with wiener")]
    Sigma,
    /// Cutoffs for the Wiener response, which has weights and a sigma instead.
    #[error("cutoffs have no effect with the wiener response; give weights and sigma")]
    WienerCutoffs,
    /// Points for a way to fit that needs none.
    #[error("points have no effect with this way to fit the pictures")]
    Points,
    /// A rule for the edges of a far picture that is not laid onto the near one.
    #[error("edges have no effect where FAR is not laid onto NEAR")]
    Edges,
}
