//! Memory that may not be had.

use crate::ImageError;

/// So many zeros, or an error where `vec!` would end the process.
///
/// # Errors
///
/// [`ImageError::OutOfMemory`] if there is no memory for them.
pub fn try_zeroed<T: Copy + Default>(length: usize) -> Result<Vec<T>, ImageError> {
    try_filled(length, T::default())
}

/// So many copies of a value.
pub(crate) fn try_filled<T: Copy>(length: usize, value: T) -> Result<Vec<T>, ImageError> {
    check_room(length.saturating_mul(size_of::<T>()))?;
    // `vec!` of zeros takes memory that the system fills when it is first touched: a header that promises more than its file
    // holds costs nothing.
    Ok(vec![value; length])
}

/// Finds out whether there is room for so many bytes more. They are given back: work that takes many pieces of memory fails
/// here, with an error, instead of at the first piece that is too many, which ends the process.
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
    fn what_cannot_be_had_is_an_error() {
        let bytes = usize::MAX / 2;
        assert_eq!(check_room(bytes), Err(ImageError::OutOfMemory { bytes }));
        assert_eq!(try_zeroed::<u16>(bytes), Err(ImageError::OutOfMemory { bytes: 2 * bytes }));
        assert_eq!((check_room(1), try_zeroed::<u16>(3)), (Ok(()), Ok(vec![0; 3])));
    }
}
