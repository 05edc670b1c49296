//! The last line of defence against files that make a decoder panic.

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

/// Suppresses the terminal message of a panic inside a decoder, which ends in a [`DecodeError`]. All other panics go to
/// the previous hook. For programs, to be called once and early: hooks are global to the process.
pub fn quiet_panics() {
    let before = take_hook();
    set_hook(Box::new(move |panic| {
        if !DECODING.get() {
            before(panic);
        }
    }));
}

/// Runs a decoder; a panic becomes an error of the file.
///
/// Third-party decoders do arithmetic and indexing with untrusted numbers; some have open reports of panics. One bad
/// picture must not end a batch of a thousand. Nothing that the closure touches outlives a panic, so nothing is left
/// half done. Where panics abort the process, as in a browser, they do so here too.
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
    fn decoder_panics_are_silent_and_all_others_are_not() {
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

        // The panic is an error, and everything else is as before.
        assert!(matches!(broken, Err(DecodeError::Damaged { format: Format::Jpeg, damage: Damage::BreaksDecoder })));
        assert!(matches!(guarded(Format::Png, || Ok(7)), Ok(7)));
        assert!(matches!(guarded::<u8>(Format::Png, || Err(DecodeError::Empty)), Err(DecodeError::Empty)));
    }
}
