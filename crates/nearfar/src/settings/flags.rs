//! Flags that take one of a few words.

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

use super::{Word, Worded};

/// A flag that takes one of the words of a setting.
#[must_use]
pub fn word<T: Worded>() -> impl TypedValueParser<Value = T> {
    choice(T::WORDS)
}

/// A flag that takes one of some words.
///
/// # Panics
///
/// Never: no other word passes.
#[must_use]
pub fn choice<T: Clone + Send + Sync>(words: &'static [Word<T>]) -> impl TypedValueParser<Value = T> {
    let values = words.iter().map(|&Word { word, others, help, .. }| {
        let value = PossibleValue::new(word).aliases(others);
        if help.is_empty() { value } else { value.help(help) }
    });
    PossibleValuesParser::new(values).map(|said| Word::find(words, &said).expect("no other word passes").clone())
}
