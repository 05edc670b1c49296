//! placeholder
#![forbid(unsafe_code)]
mod error;
mod execution;
pub use error::KernelError;
pub use execution::{Execution, InstructionSet};
