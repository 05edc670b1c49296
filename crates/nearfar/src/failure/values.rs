//! Values that an option does not accept.

use std::{
    error::Error,
    num::{IntErrorKind, ParseFloatError, ParseIntError},
};

use nearfar_vision::VisionError;

use super::Failure;
use crate::CutoffError;

impl Failure {
    /// Why a value is not valid, from its parser's error, and what to give instead.
    #[must_use]
    pub fn of_value(reason: &(dyn Error + 'static)) -> Self {
        if let Some(error) = reason.downcast_ref::<VisionError>() {
            error.clone().into()
        } else if let Some(error) = reason.downcast_ref::<CutoffError>() {
            error.clone().into()
        } else if reason.is::<ParseFloatError>() {
            Self::usage("not a number").fix("give it a number, such as 2.5")
        } else if let Some(error) = reason.downcast_ref::<ParseIntError>() {
            match error.kind() {
                IntErrorKind::PosOverflow | IntErrorKind::NegOverflow => {
                    Self::usage("a number that large makes no sense").fix("give it a smaller one")
                }
                _ => Self::usage("not a whole number, 0 or above").fix("give it a whole number, such as 8"),
            }
        } else {
            Self::usage(reason).fix("give it another value, or leave it out; --help says what it takes")
        }
    }
}
