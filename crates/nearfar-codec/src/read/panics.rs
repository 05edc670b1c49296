//! The last line of defence against files that break a decoder itself.

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::{
    error::{Damage, DecodeError},
    format::Format,
};

/// Decodes; a panic on the way is an error of the file.
///
/// Decoders of others index and add with what a stranger's file says; some have open reports of panics. One bad picture
/// must not end a batch of a thousand. Nothing that the closure touches outlives a panic, so that none is left half done.
pub(crate) fn guarded<T>(format: Format, decode: impl FnOnce() -> Result<T, DecodeError>) -> Result<T, DecodeError> {
    catch_unwind(AssertUnwindSafe(decode))
        .unwrap_or_else(|_| Err(DecodeError::Damaged { format, damage: Damage::BreaksDecoder }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn panic_is_an_error_and_all_else_is_as_it_was() {
        let broken = guarded(Format::Jpeg, || -> Result<u8, _> { panic!("on purpose") });
        assert!(matches!(broken, Err(DecodeError::Damaged { format: Format::Jpeg, .. })));
        assert!(matches!(guarded(Format::Png, || Ok(7)), Ok(7)));
        assert!(matches!(guarded::<u8>(Format::Png, || Err(DecodeError::Empty)), Err(DecodeError::Empty)));
    }
}
