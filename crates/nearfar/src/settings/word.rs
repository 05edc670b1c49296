//! Settings that take one of a few words.

/// A word that a setting takes.
#[derive(Clone, Copy, Debug)]
pub struct Word<T> {
    /// The word, as recipes spell it too.
    pub word: &'static str,
    /// Other words for the same.
    pub others: &'static [&'static str],
    /// What it stands for.
    pub value: T,
    /// What help says of it; empty where the word says all.
    pub help: &'static str,
}

/// A setting that takes one of a few words.
pub trait Worded: Sized + Clone + Send + Sync + 'static {
    /// The words, in the order that help lists them.
    const WORDS: &'static [Word<Self>];

    /// What a word stands for.
    #[must_use]
    fn of_word(said: &str) -> Option<Self> {
        Word::find(Self::WORDS, said).cloned()
    }

    /// The word that stands for it.
    ///
    /// # Panics
    ///
    /// Never: every value that can be said has a word.
    #[must_use]
    fn word(&self) -> &'static str
    where
        Self: PartialEq,
    {
        Self::WORDS.iter().find(|word| word.value == *self).expect("every value has a word").word
    }
}

impl<T> Word<T> {
    /// What a word stands for, of some.
    pub(super) fn find<'a>(words: &'a [Self], said: &str) -> Option<&'a T> {
        words.iter().find(|Word { word, others, .. }| *word == said || others.contains(&said)).map(|word| &word.value)
    }
}
