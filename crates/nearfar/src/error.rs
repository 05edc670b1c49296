//! What can go wrong between two pictures and a hybrid.

use nearfar_align::AlignError;
use nearfar_descent::DescentError;
use nearfar_fourier::FourierError;
use nearfar_vision::VisionError;

/// Why no hybrid was made.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum MixError {
    /// The pictures cannot be made to fit.
    #[error(transparent)]
    Align(#[from] AlignError),
    /// An option of the optimising mixer makes no sense.
    #[error(transparent)]
    Descent(#[from] DescentError),
    /// An option of the Fourier mixer makes no sense.
    #[error(transparent)]
    Fourier(#[from] FourierError),
    /// A method that starts from no picture was given one.
    #[error("{method} starts from no picture; only descent does")]
    NoStart {
        /// Name of the method.
        method: &'static str,
    },
    /// The hybrid cannot be judged.
    #[error(transparent)]
    Vision(#[from] VisionError),
}

/// Why a text is no recipe.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, column {column}: {reason}")]
pub struct RecipeError {
    /// Line of the first mistake, from 1.
    pub line: usize,
    /// Column of the first mistake, from 1.
    pub column: usize,
    /// What is wrong there, in the parser's words.
    pub reason: String,
}

impl RecipeError {
    pub(crate) fn from_toml(text: &str, error: &toml::de::Error) -> Self {
        let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or("");
        let line = before.matches('\n').count() + 1;
        let column = before.chars().rev().take_while(|&c| c != '\n').count() + 1;
        Self { line, column, reason: error.message().to_owned() }
    }

    pub(crate) fn from_json(error: serde_json::Error) -> Self {
        let (line, column) = (error.line(), error.column());
        // The parser's message ends with the place, which is told apart here.
        let message = error.to_string();
        let reason = message.rsplit_once(" at line ").map_or(message.as_str(), |(reason, _)| reason).to_owned();
        Self { line, column, reason }
    }
}
