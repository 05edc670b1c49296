//! Memory that may not be had.

use crate::ImageError;

/// `length` copies of a value, or an error where `vec!` would end the process.
pub(crate) fn filled<T: Copy>(length: usize, value: T) -> Result<Vec<T>, ImageError> {
    let bytes = length.saturating_mul(size_of::<T>());
    Vec::<T>::new().try_reserve_exact(length).map_err(|_| ImageError::OutOfMemory { bytes })?;
    // Zeros made this way take memory only once they are written over.
    Ok(vec![value; length])
}
