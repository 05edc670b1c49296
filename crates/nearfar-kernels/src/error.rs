//! What can be wrong with a filter's settings.

/// What can be wrong with a filter's settings.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum KernelError {
    /// Sigma is not a finite number above zero.
    #[error("sigma is {sigma}; it must be a finite number of pixels above 0")]
    Sigma {
        /// The sigma asked for, in pixels.
        sigma: f64,
    },
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
