//! Part of a batch, for one of several runs.

use std::str::FromStr;

/// Part of the work: every nth row. Written `2/4`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shard {
    /// From 1.
    part: usize,
    parts: usize,
}

/// A text that names no part of a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a part is written i/n, with i from 1 to n, such as 2/4")]
pub struct ShardError;

impl Shard {
    /// Whether the row at `index`, from 0, is in this part.
    #[must_use]
    pub fn holds(self, index: usize) -> bool {
        index % self.parts == self.part - 1
    }

    /// The name of the file of this part's results.
    #[must_use]
    pub fn results(self) -> String {
        match self.parts {
            1 => "results.jsonl".to_owned(),
            parts => format!("results-{}-of-{parts}.jsonl", self.part),
        }
    }
}

impl FromStr for Shard {
    type Err = ShardError;

    fn from_str(text: &str) -> Result<Self, ShardError> {
        let numbers = text.split_once('/').and_then(|(part, parts)| Some((part.parse().ok()?, parts.parse().ok()?)));
        match numbers {
            Some((part, parts)) if (1..=parts).contains(&part) => Ok(Self { part, parts }),
            _ => Err(ShardError),
        }
    }
}
