//! Memory that may not be had.

use crate::ImageError;

/// `length` copies of a value, or an error where `vec!` would end the process.
pub(crate) fn filled<T: Copy>(length: usize, value: T) -> Result<Vec<T>, ImageError> {
    let mut samples = Vec::new();
    let bytes = length.saturating_mul(size_of::<T>());
    samples.try_reserve_exact(length).map_err(|_| ImageError::OutOfMemory { bytes })?;
    samples.resize(length, value);
    Ok(samples)
}
