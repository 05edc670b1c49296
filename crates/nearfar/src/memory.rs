//! How much memory work takes, and how large pictures may be for it.

/// Bytes that mixing takes for a pixel of the near picture: 75 were measured at 24 megapixels.
const BYTES_PER_PIXEL: u64 = 80;
/// Bytes that fitting, mixing and scoring take for a pixel of the hybrid, on the safe side: 245 were measured at 24
/// megapixels.
#[cfg(feature = "batch")]
pub(crate) const BATCH_BYTES_PER_PIXEL: u64 = 400;

/// The most pixels of a picture that can be mixed in so many bytes of memory; if nothing is said in four fifths of what is
/// free now, where the system says that.
#[must_use]
pub fn most_pixels(memory: Option<u64>) -> u64 {
    memory.unwrap_or_else(free_memory) / BYTES_PER_PIXEL
}

/// Four fifths of the memory that is free; without limit where nobody says.
fn free_memory() -> u64 {
    let kibibytes = std::fs::read_to_string("/proc/meminfo").ok().and_then(|text| {
        let line = text.lines().find_map(|line| line.strip_prefix("MemAvailable:"))?;
        line.split_whitespace().next()?.parse::<u64>().ok()
    });
    kibibytes.map_or(u64::MAX, |free| free.saturating_mul(1024) / 5 * 4)
}
