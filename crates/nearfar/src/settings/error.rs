//! Errors about settings without effect.

/// A setting that would have no effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SettingsError {
    /// A colour weight, although colours are not mixed separately.
    #[error("a weight of colours has no effect where channels are mixed alike")]
    ColorWeight,
    /// A learning rate for a solver that takes none.
    #[error("this solver finds its own steps; a rate goes with gradient-descent, momentum and adam")]
    Rate,
    /// A way to keep pixels in range for a solver that has its own.
    #[error("this solver keeps pixels in range by itself; sigmoid goes with gradient-descent, momentum and adam")]
    Range,
    /// An order for a response other than Butterworth's.
    #[error("an order has no effect with this response; it goes with butterworth")]
    Order,
    /// Weights for a response other than Wiener's.
    #[error("weights have no effect with this response; they go with wiener")]
    Weights,
    /// A sigma for a response other than Wiener's.
    #[error("sigma has no effect with this response; it goes with wiener")]
    Sigma,
    /// Cutoffs for the Wiener response, which has weights and a sigma instead.
    #[error("cutoffs have no effect with the wiener response; give weights and sigma")]
    WienerCutoffs,
    /// Points for a method of fitting that takes none.
    #[error("points have no effect with this way to fit the pictures")]
    Points,
    /// A rule for the edges of a far picture that covers the near one by the way they are fitted.
    #[error("edges have no effect with this way to fit the pictures: FAR covers NEAR")]
    Edges,
    /// A contrast of edges where details have no weight.
    #[error("a contrast of edges has no effect where details have no weight")]
    EdgeContrast,
}
