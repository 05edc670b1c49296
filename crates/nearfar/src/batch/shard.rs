//! A part of a batch, for one of several runs.

use std::str::FromStr;

/// Every nth row, as a part of the work. Written as `2/4`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shard {
    /// Number of the part, from 1.
    part: usize,
    parts: usize,
}

/// The text is not a valid part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a part is written i/n, with i from 1 to n, such as 2/4")]
pub struct ShardError;

impl Shard {
    /// Whether the row at `index`, counted from 0, is in this part.
    #[must_use]
    pub fn holds(self, index: usize) -> bool {
        index % self.parts == self.part - 1
    }

    /// Name of the file for this part's results.
    #[must_use]
    pub fn results(self) -> String {
        match self.parts {
            1 => "results.jsonl".to_owned(),
            parts => format!("results-{}-of-{parts}.jsonl", self.part),
        }
    }
}

impl Shard {
    /// Whether a file of results is that of a part of the same division, which has no row in common with this one.
    pub(super) fn is_beside(self, results: &str) -> bool {
        self.parts > 1 && results.ends_with(&format!("-of-{}.jsonl", self.parts))
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
