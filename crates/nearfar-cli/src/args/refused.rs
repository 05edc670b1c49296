//! Values that no option takes: what the library says of them instead of the parser.

use std::{
    error::Error,
    num::{IntErrorKind, ParseFloatError, ParseIntError},
};

use clap::error::{ContextKind, ContextValue, ErrorKind};
use nearfar::{CutoffError, Failure, vision::VisionError};

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
    Some(failure(reason).about(format_args!("{option} '{}'", text(ContextKind::InvalidValue)?)))
}

fn failure(reason: &(dyn Error + 'static)) -> Failure {
    if let Some(error) = reason.downcast_ref::<VisionError>() {
        error.clone().into()
    } else if let Some(error) = reason.downcast_ref::<CutoffError>() {
        error.clone().into()
    } else if reason.is::<ParseFloatError>() {
        Failure::usage("not a number").fix("give it a number, such as 2.5")
    } else if let Some(error) = reason.downcast_ref::<ParseIntError>() {
        match error.kind() {
            IntErrorKind::PosOverflow | IntErrorKind::NegOverflow => {
                Failure::usage("a number that large makes no sense").fix("give it a smaller one")
            }
            _ => Failure::usage("not a whole number, 0 or above").fix("give it a whole number, such as 8"),
        }
    } else {
        Failure::usage(reason).fix("give it another value, or leave it out; --help says what it takes")
    }
}
