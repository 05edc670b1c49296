//! Fallible allocation.

use crate::ImageError;

/// `length` zeros, or an error where `vec!` would abort the process.
///
/// # Errors
///
/// [`ImageError::OutOfMemory`] if there is no memory for them.
pub fn try_zeroed<T: Copy + Default>(length: usize) -> Result<Vec<T>, ImageError> {
    try_filled(length, T::default())
}

/// `length` copies of a value.
pub(crate) fn try_filled<T: Copy>(length: usize, value: T) -> Result<Vec<T>, ImageError> {
    check_room(length.saturating_mul(size_of::<T>()))?;
    // `vec!` of zeros takes pages that the system fills on first touch: a header that promises more than its file holds
    // costs nothing.
    Ok(vec![value; length])
}

/// Checks that `bytes` more can be allocated, and frees them again. Work that makes many allocations fails here, with
/// an error, instead of aborting the process at the first allocation that does not fit.
///
/// # Errors
///
/// [`ImageError::OutOfMemory`] if there is no room.
pub fn check_room(bytes: usize) -> Result<(), ImageError> {
    Vec::<u8>::new().try_reserve_exact(bytes).map_err(|_| ImageError::OutOfMemory { bytes })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn allocation_that_cannot_fit_is_an_error() {
        let bytes = usize::MAX / 2;
        assert_eq!(check_room(bytes), Err(ImageError::OutOfMemory { bytes }));
        assert_eq!(try_zeroed::<u16>(bytes), Err(ImageError::OutOfMemory { bytes: 2 * bytes }));
        assert_eq!((check_room(1), try_zeroed::<u16>(3)), (Ok(()), Ok(vec![0; 3])));
    }
}
