//! What is wrong with a text that says how to make a hybrid, and where.

use std::ops::Range;

use serde::{Serialize, de::DeserializeOwned};

use crate::finite::Place;

/// What is wrong with the text of a recipe or of a points file.
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
    /// Reads TOML and refuses numbers that are not finite.
    pub(crate) fn read_toml<T: Serialize + DeserializeOwned>(text: &str) -> Result<T, Self> {
        let data = toml::from_str(text).map_err(|error| Self::at(text, error.span(), error.message().to_owned()))?;
        match Place::find(&data) {
            Some(place) => Err(Self::at(text, place.span(text), place.reason())),
            None => Ok(data),
        }
    }

    /// Reads JSON, whose parser refuses numbers that are not finite by itself.
    pub(crate) fn read_json<T: DeserializeOwned>(text: &str) -> Result<T, Self> {
        serde_json::from_str(text).map_err(|error| Self::from_json(&error))
    }

    /// A mistake at the start of a part of the text.
    pub(crate) fn at(text: &str, span: Option<Range<usize>>, reason: String) -> Self {
        let before = span.and_then(|span| text.get(..span.start)).unwrap_or("");
        let line = before.matches('\n').count() + 1;
        let column = before.chars().rev().take_while(|&c| c != '\n').count() + 1;
        Self { line, column, reason }
    }

    fn from_json(error: &serde_json::Error) -> Self {
        let (line, column) = (error.line(), error.column());
        // The parser's message ends with the place, which is told apart here.
        let message = error.to_string();
        let reason = message.rsplit_once(" at line ").map_or(message.as_str(), |(reason, _)| reason).to_owned();
        Self { line, column, reason }
    }
}
