//! How much memory the work takes, and how large pictures may be for it.

/// The work that pictures are read for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Work {
    /// Mixing.
    Mix,
    /// Judging a hybrid beside its two pictures.
    Judge,
    /// Mixing by several methods, and judging each result.
    Compare,
    /// Mixing several layers: this many.
    Layers(usize),
}

impl Work {
    /// Bytes taken per pixel of the near picture. At 9 megapixels `mix` took 117, `score` 183 and `report` 204 (maximum
    /// resident set), and less for larger pictures. At 12 megapixels `compare` took 227, `layers` 146 with two pictures and
    /// 240 with three.
    fn bytes_per_pixel(self) -> u64 {
        match self {
            Self::Mix => 120,
            Self::Judge => 210,
            Self::Compare => 250,
            Self::Layers(count) => 60 + 100 * count.max(2) as u64 - 100,
        }
    }
}

/// Bytes that fitting, mixing and scoring take per pixel of the hybrid, with a margin: 245 were measured at 24 megapixels.
#[cfg(feature = "batch")]
pub(crate) const BATCH_BYTES_PER_PIXEL: u64 = 400;

/// How much memory the work may take, in bytes: as given, or else four fifths of what is free now, if the system tells.
#[must_use]
pub fn memory_for_work(said: Option<u64>) -> u64 {
    said.unwrap_or_else(free_memory)
}

/// The most pixels that a picture may have for this work with `memory` bytes.
#[must_use]
pub fn most_pixels(memory: u64, work: Work) -> u64 {
    memory / work.bytes_per_pixel()
}

/// Four fifths of the free memory; no limit if the system does not tell.
fn free_memory() -> u64 {
    let kibibytes = std::fs::read_to_string("/proc/meminfo").ok().and_then(|text| {
        let line = text.lines().find_map(|line| line.strip_prefix("MemAvailable:"))?;
        line.split_whitespace().next()?.parse::<u64>().ok()
    });
    kibibytes.map_or(u64::MAX, |free| free.saturating_mul(1024) / 5 * 4)
}
