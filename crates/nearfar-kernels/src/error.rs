//! What can be wrong with a filter's settings.

/// What can be wrong with a filter's settings.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum KernelError {
    /// Sigma is not the width of a blur.
    #[error("sigma is {sigma:?}; it must be a number of pixels from {min:?} to {max}")]
    Sigma {
        /// The sigma asked for, in pixels.
        sigma: f64,
        /// The narrowest allowed, in pixels.
        min: f64,
        /// The widest allowed, in pixels.
        max: f64,
    },
    /// A crossover lies outside what pixels can hold.
    #[error("the crossover is {cycles} cycles per pixel; it must be above 0 and at most 0.5")]
    Crossover {
        /// The crossover asked for, in cycles per pixel.
        cycles: f64,
    },
    /// A share is not a part of the whole.
    #[error("the {name} is {value}; it must be a number from 0 to 1")]
    Share {
        /// Which share.
        name: &'static str,
        /// Its value.
        value: f64,
    },
    /// The place of a part of a share is no ellipse.
    #[error(
        "the focus or the near face is not an ellipse: its middle must be finite and its half axes finite and above 0"
    )]
    Focus,
    /// The truncation is not a finite number above zero.
    #[error("the truncation is {truncation} sigma; it must be a finite number above 0")]
    Truncation {
        /// The truncation asked for, in sigmas.
        truncation: f64,
    },
    /// A kernel has no middle, or is absurdly long.
    #[error("the kernel size is {size}; it must be an odd number of pixels from 1 to {max}")]
    KernelSize {
        /// The number of taps asked for.
        size: usize,
        /// The longest kernel allowed.
        max: usize,
    },
    /// More threads than this program allows, or threads in a build without them.
    #[error("{threads} threads were asked for; this build can use 1 to {max}")]
    Threads {
        /// The number asked for.
        threads: usize,
        /// The most that can be had.
        max: usize,
    },
    /// The operating system gave no threads.
    #[error("the operating system refused to start {threads} threads")]
    ThreadsRefused {
        /// The number asked for.
        threads: usize,
    },
    /// This processor lacks the instruction set.
    #[error("this processor cannot run the {set} instructions")]
    InstructionSet {
        /// Name of the instruction set asked for.
        set: &'static str,
    },
}
