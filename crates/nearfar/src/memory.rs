//! How much memory work takes, and how large pictures may be for it.

/// What pictures are read for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Work {
    /// To be mixed.
    Mix,
    /// To be looked at beside a hybrid of them, too.
    Judge,
    /// To be mixed by several methods and judged each time.
    Compare,
    /// To be mixed with others, so many in all.
    Layers(usize),
}

impl Work {
    /// Bytes that it takes for a pixel of the near picture: of 9 megapixels `mix` took 117, `score` 183 and `report` 204
    /// (maximum resident set); of larger ones less. Of 12 megapixels `compare` took 227, `layers`
    /// 146 with two pictures and 240 with three.
    fn bytes_per_pixel(self) -> u64 {
        match self {
            Self::Mix => 120,
            Self::Judge => 210,
            Self::Compare => 250,
            Self::Layers(count) => 60 + 100 * count.max(2) as u64 - 100,
        }
    }
}

/// Bytes that fitting, mixing and scoring take for a pixel of the hybrid, on the safe side: 245 were measured at 24
/// megapixels.
#[cfg(feature = "batch")]
pub(crate) const BATCH_BYTES_PER_PIXEL: u64 = 400;

/// How much memory work may take, in bytes: what was said, or else four fifths of what is free now, where the system says that.
#[must_use]
pub fn memory_for_work(said: Option<u64>) -> u64 {
    said.unwrap_or_else(free_memory)
}

/// The most pixels of a picture that can be worked at in so many bytes of memory.
#[must_use]
pub fn most_pixels(memory: u64, work: Work) -> u64 {
    memory / work.bytes_per_pixel()
}

/// Four fifths of the memory that is free; without limit where nobody says.
fn free_memory() -> u64 {
    let kibibytes = std::fs::read_to_string("/proc/meminfo").ok().and_then(|text| {
        let line = text.lines().find_map(|line| line.strip_prefix("MemAvailable:"))?;
        line.split_whitespace().next()?.parse::<u64>().ok()
    });
    kibibytes.map_or(u64::MAX, |free| free.saturating_mul(1024) / 5 * 4)
}
