//! Parsers of flags that take one of a few words, or a positive whole number.

use std::error::Error;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

use super::{Word, Worded};

/// A parser of the words of a setting.
#[must_use]
pub fn word<T: Worded>() -> impl TypedValueParser<Value = T> {
    choice(T::WORDS)
}

/// A parser of the given words.
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

/// A parser of whole numbers from 1 to `most`. Without `most` the limit is that of the type, and errors do not mention it.
pub fn count<T: TryFrom<u64>>(
    most: Option<u64>,
) -> impl Fn(&str) -> Result<T, Box<dyn Error + Send + Sync>> + Clone + Send + Sync {
    move |text| {
        let number: u64 = text.parse()?;
        let fits = number >= 1 && most.is_none_or(|most| number <= most);
        T::try_from(number).ok().filter(|_| fits).ok_or_else(|| match (number, most) {
            (0, None) => "it must be a whole number, 1 or more".into(),
            (_, None) => "a number that large makes no sense".into(),
            (_, Some(most)) => format!("it must be a whole number from 1 to {most}").into(),
        })
    }
}
