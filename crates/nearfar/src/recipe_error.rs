//! What is wrong with a text that says how to make a hybrid, and where.

use std::ops::Range;

use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, error::Category};

use crate::{
    finite::not_finite,
    parser_words::{in_words, toml_in_words},
    surplus::surplus,
    text_place::Place,
};

/// What is wrong with the text of a recipe or of a points file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, column {column}: {reason}")]
pub struct RecipeError {
    /// Line of the first mistake, from 1.
    pub line: usize,
    /// Column of the first mistake, from 1.
    pub column: usize,
    /// What is wrong there.
    pub reason: String,
}

impl RecipeError {
    /// Reads TOML and refuses numbers that are not finite, and lists of which the parser would leave out the end.
    pub(crate) fn read_toml<T: Serialize + DeserializeOwned>(text: &str) -> Result<T, Self> {
        let data: T = toml::from_str(text).map_err(|error| {
            let place = error.span().and_then(|span| Place::at(text, span.start));
            Self::at(text, error.span(), toml_in_words(text, place.as_ref(), &error))
        })?;
        if let Some((place, [said, most])) = surplus(text, &data) {
            let reason = format!("{place} is a list of {said}; it must be a list of {most}");
            return Err(Self::at(text, place.span(text), reason));
        }
        match not_finite(&data) {
            Some(place) => Err(Self::at(text, place.span(text), format!("{place} is not a finite number"))),
            None => Ok(data),
        }
    }

    /// Reads JSON, whose parser refuses numbers that are not finite by itself.
    pub(crate) fn read_json<T: DeserializeOwned>(text: &str) -> Result<T, Self> {
        serde_json::from_str(text).map_err(|error| {
            // A value of another kind than a word is a mistake of syntax to the parser of texts, and none to that of data.
            let is_syntax = error.classify() == Category::Syntax;
            let data = is_syntax.then(|| serde_json::from_str::<Value>(text).ok()).flatten();
            let kind = data.and_then(|data| serde_json::from_value::<T>(data).err());
            Self::from_json(text, &error, kind.as_ref())
        })
    }

    /// A mistake at the start of a part of the text.
    pub(crate) fn at(text: &str, span: Option<Range<usize>>, reason: String) -> Self {
        let before = span.and_then(|span| text.get(..span.start)).unwrap_or("");
        let line = before.matches('\n').count() + 1;
        let column = before.chars().rev().take_while(|&c| c != '\n').count() + 1;
        Self { line, column, reason }
    }

    fn from_json(text: &str, error: &serde_json::Error, kind: Option<&serde_json::Error>) -> Self {
        let (line, column) = (error.line(), error.column());
        let place = Place::of_mistake_in_json(text, [line, column], kind.is_some());
        let message = kind.unwrap_or(error).to_string();
        // Its message ends with the place, which is told apart here.
        let reason = message.rsplit_once(" at line ").map_or(message.as_str(), |(reason, _)| reason);
        Self { line, column, reason: in_words(place.as_ref(), reason) }
    }
}

/// What options say that a front end wrote as JSON, which nobody saw as a text.
///
/// # Errors
///
/// A sentence that says which of them is wrong, and what it must be.
pub fn read_options<T: DeserializeOwned>(json: &str) -> Result<T, String> {
    RecipeError::read_json(json).map_err(|error| error.reason)
}
