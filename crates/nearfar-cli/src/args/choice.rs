//! Flags that take one of a few words.

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

/// A word (with others that mean the same, behind bars), what it stands for, and what help says of it.
pub(super) type Choice<T> = (&'static str, T, &'static str);

/// Takes one of the words.
pub(super) fn choice<T: Clone + Send + Sync>(choices: &'static [Choice<T>]) -> impl TypedValueParser<Value = T> {
    let words = choices.iter().map(|(words, _, help)| {
        let mut words = words.split('|');
        let value = PossibleValue::new(words.next().unwrap_or_default()).aliases(words);
        if help.is_empty() { value } else { value.help(*help) }
    });
    PossibleValuesParser::new(words).map(|said| {
        let said = choices.iter().find(|(words, ..)| words.split('|').any(|word| word == said));
        said.expect("clap lets no other word pass").1.clone()
    })
}
