//! Why a closure is not a usable loss.

/// Why a closure is not a usable loss.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum AutodiffError {
    /// An error of the tensor library: incompatible shapes, or an operation without a gradient.
    #[error("the loss cannot be computed: {0}")]
    Tensor(#[from] candle_core::Error),
    /// The loss is not a single number.
    #[error("the loss has {elements} elements; it must be one number: sum it up")]
    NotScalar {
        /// Number of its elements.
        elements: usize,
    },
    /// The loss is not a finite number.
    #[error("the loss of a picture is {value}, not a finite number")]
    NotFinite {
        /// The value.
        value: f64,
    },
    /// The gradient is not finite: a root or a power at 0, or a division by it.
    #[error(
        "the slope of the loss at sample {sample} of a picture is {slope}, not a finite number; smooth the loss there"
    )]
    GradientNotFinite {
        /// The first such sample, counted channel by channel and row by row.
        sample: usize,
        /// The derivative there.
        slope: f32,
    },
    /// The loss does not depend on the picture through operations that have a gradient.
    #[error("the loss has no gradient: it does not depend on the picture")]
    NoGradient,
}
