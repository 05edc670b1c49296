//! Flags that take one of a few words.

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use nearfar::settings::{Word, Worded};

/// Takes one of the words of a setting.
pub(super) fn word<T: Worded>() -> impl TypedValueParser<Value = T> {
    choice(T::WORDS)
}

/// Takes one of the words.
pub(super) fn choice<T: Clone + Send + Sync>(words: &'static [Word<T>]) -> impl TypedValueParser<Value = T> {
    let values = words.iter().map(|&Word { word, others, help, .. }| {
        let value = PossibleValue::new(word).aliases(others);
        if help.is_empty() { value } else { value.help(help) }
    });
    PossibleValuesParser::new(values).map(|said| {
        let said = words.iter().find(|Word { word, others, .. }| *word == said || others.contains(&said.as_str()));
        said.expect("clap lets no other word pass").value.clone()
    })
}
