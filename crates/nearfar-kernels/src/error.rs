//! Errors in the settings of filters.

/// An error in the settings of a filter.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum KernelError {
    /// Sigma is out of range.
    #[error("sigma is {sigma:?}; it must be a number of pixels from {min:?} to {max}")]
    Sigma {
        /// The sigma asked for, in pixels.
        sigma: f64,
        /// The narrowest allowed, in pixels.
        min: f64,
        /// The widest allowed, in pixels.
        max: f64,
    },
    /// A crossover is not a frequency that pixels can hold.
    #[error("the crossover is {cycles} cycles per pixel; it must be above 0 and at most 0.5")]
    Crossover {
        /// The crossover asked for, in cycles per pixel.
        cycles: f64,
    },
    /// A share is not a number from 0 to 1.
    #[error("the {name} is {value}; it must be a number from 0 to 1")]
    Share {
        /// Which share.
        name: &'static str,
        /// Its value.
        value: f64,
    },
    /// A focus is not an ellipse.
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
    /// A kernel size is even, or too large.
    #[error("the kernel size is {size}; it must be an odd number of pixels from 1 to {max}")]
    KernelSize {
        /// The number of taps asked for.
        size: usize,
        /// The longest kernel allowed.
        max: usize,
    },
    /// No threads, more than this build allows, or several in a build without threads.
    #[error("{threads} threads were asked for; this build can use 1 to {max}")]
    Threads {
        /// The number asked for.
        threads: usize,
        /// The most that this build can use.
        max: usize,
    },
    /// The operating system refused to start the threads.
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
