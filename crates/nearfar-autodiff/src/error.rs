//! Why a closure is no loss.

/// Why a closure is no loss.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum AutodiffError {
    /// The tensors' library says no: shapes that do not go together, an operation without a gradient.
    #[error("the loss cannot be computed: {0}")]
    Tensor(#[from] candle_core::Error),
    /// A loss is one number.
    #[error("the loss has {elements} elements; it must be one number: sum it up")]
    NotScalar {
        /// How many it has.
        elements: usize,
    },
    /// The loss is not a finite number.
    #[error("the loss of a picture is {value}, not a finite number")]
    NotFinite {
        /// What it is.
        value: f64,
    },
    /// The loss has no slope somewhere: a root or a power at 0, or a quotient by it.
    #[error("the loss has the slope {slope} by sample {sample} of a picture, not a finite number; round its kink off")]
    GradientNotFinite {
        /// The first such sample, counted channel by channel and row by row.
        sample: usize,
        /// What its slope is.
        slope: f32,
    },
    /// The loss does not depend on the picture by any operation that has a gradient.
    #[error("the loss has no gradient: it does not depend on the picture")]
    NoGradient,
}
