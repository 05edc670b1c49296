//! Values that no option takes: what the library says of them instead of the parser.

use std::error::Error;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use nearfar::Failure;

/// A value that cannot be read: which option, why, and how to mend it. `None` for every other mistake in a command line, of
/// which the parser knows best what to say.
pub(crate) fn refused_value(error: &clap::Error) -> Option<Failure> {
    let text = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => Some(text.as_str()),
        _ => None,
    };
    let reason = error.source().filter(|_| error.kind() == ErrorKind::ValueValidation)?;
    // The parser knows an option as `--far <LENGTH>`.
    let option = text(ContextKind::InvalidArg)?.split(' ').next()?;
    Some(Failure::of_value(reason).about(format_args!("{option} '{}'", text(ContextKind::InvalidValue)?)))
}
