//! The last line of defence against files that break a decoder itself.

use std::{
    cell::Cell,
    panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook},
};

use crate::{
    error::{Damage, DecodeError},
    format::Format,
};

thread_local! {
    /// Whether this thread is inside a decoder.
    static DECODING: Cell<bool> = const { Cell::new(false) };
}

/// Keeps the message of a panic inside a decoder, which ends in a [`DecodeError`], from the terminal. All other panics go
/// to the hook that was there. For programs, once and early: hooks belong to the whole process.
pub fn quiet_panics() {
    let before = take_hook();
    set_hook(Box::new(move |panic| {
        if !DECODING.get() {
            before(panic);
        }
    }));
}

/// Decodes; a panic on the way is an error of the file.
///
/// Decoders of others index and add with what a stranger's file says; some have open reports of panics. One bad picture
/// must not end a batch of a thousand. Nothing that the closure touches outlives a panic, so that none is left half done.
/// Where panics end the process, as in a browser, they do so here too.
pub(crate) fn guarded<T>(format: Format, decode: impl FnOnce() -> Result<T, DecodeError>) -> Result<T, DecodeError> {
    let outer = DECODING.replace(true);
    let result = catch_unwind(AssertUnwindSafe(decode));
    DECODING.set(outer);
    result.unwrap_or(Err(DecodeError::Damaged { format, damage: Damage::BreaksDecoder }))
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};

    use super::*;

    #[test]
    fn panic_of_a_decoder_says_nothing_and_all_others_do() {
        static SAID: AtomicUsize = AtomicUsize::new(0);

        let before = take_hook();
        set_hook(Box::new(|_| _ = SAID.fetch_add(1, SeqCst)));
        quiet_panics();
        let broken = guarded(Format::Jpeg, || -> Result<u8, _> { panic!("on purpose") });
        let quiet = SAID.load(SeqCst);
        let _ = catch_unwind(|| panic!("on purpose"));
        let loud = SAID.load(SeqCst);
        set_hook(before);
        assert_eq!((quiet, loud), (0, 1));

        // The panic is an error, and all else is as it was.
        assert!(matches!(broken, Err(DecodeError::Damaged { format: Format::Jpeg, damage: Damage::BreaksDecoder })));
        assert!(matches!(guarded(Format::Png, || Ok(7)), Ok(7)));
        assert!(matches!(guarded::<u8>(Format::Png, || Err(DecodeError::Empty)), Err(DecodeError::Empty)));
    }
}
