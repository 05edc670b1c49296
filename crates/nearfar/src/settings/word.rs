//! Settings that take one of a few words.

/// A word for a value of a setting.
#[derive(Clone, Copy, Debug)]
pub struct Word<T> {
    /// The word, spelled as in recipes.
    pub word: &'static str,
    /// Synonyms.
    pub others: &'static [&'static str],
    /// Its value.
    pub value: T,
    /// Its help; empty if the word says it all.
    pub help: &'static str,
}

/// A setting that takes one of a few words.
pub trait Worded: Sized + Clone + Send + Sync + 'static {
    /// The words, in the order of the help.
    const WORDS: &'static [Word<Self>];

    /// The value of a word.
    #[must_use]
    fn of_word(said: &str) -> Option<Self> {
        Word::find(Self::WORDS, said).cloned()
    }

    /// The word of the value.
    ///
    /// # Panics
    ///
    /// Never: every value that can be given has a word.
    #[must_use]
    fn word(&self) -> &'static str
    where
        Self: PartialEq,
    {
        Self::WORDS.iter().find(|word| word.value == *self).expect("every value has a word").word
    }
}

impl<T> Word<T> {
    /// The value of a word, among `words`.
    pub(super) fn find<'a>(words: &'a [Self], said: &str) -> Option<&'a T> {
        words.iter().find(|Word { word, others, .. }| *word == said || others.contains(&said)).map(|word| &word.value)
    }
}
