//! How much memory the work takes, and how large pictures may be for it.

use nearfar_image::Size;

/// The work that pictures are read for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Work {
    /// Mixing.
    Mix,
    /// Looking at a picture from afar.
    View,
    /// Judging a hybrid beside its two pictures.
    Judge,
    /// Mixing by several methods, and judging each result.
    Compare,
    /// Mixing several layers: this many.
    Layers(usize),
    /// A row of a batch: mixing two pictures, judging the hybrid, and showing it.
    Row,
}

/// There is not enough memory for some work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "work on pictures of {size} pixels takes about {} MB of memory, and there are {} MB for it",
    needed.div_ceil(1_000_000), there / 1_000_000
)]
pub struct MemoryError {
    /// Size of the larger picture.
    pub size: Size,
    /// Bytes that the work takes, about.
    pub needed: u64,
    /// Bytes that it may take.
    pub there: u64,
}

impl Work {
    /// Bytes taken per pixel of the near picture. At 9 megapixels `mix` took 126, `score` 183 and `report` 204 (maximum
    /// resident set), and less for larger pictures. At 12 megapixels `compare` took 227, `layers` 202 with two pictures,
    /// 280 with three and 325 with four.
    fn bytes_per_pixel(self) -> u64 {
        match self {
            Self::Mix => 130,
            Self::View => 60,
            Self::Judge => 210,
            Self::Compare => 250,
            Self::Layers(count) => 50 + 80 * count.max(2) as u64,
            Self::Row => 250,
        }
    }

    /// The bytes that this work on pictures takes, of which the largest has this size; no more than `memory`.
    ///
    /// # Errors
    ///
    /// [`MemoryError`] if it takes more.
    pub fn check(self, size: Size, memory: u64) -> Result<u64, MemoryError> {
        let needed = self.bytes_per_pixel().saturating_mul(size.area() as u64);
        if needed > memory { Err(MemoryError { size, needed, there: memory }) } else { Ok(needed) }
    }
}

/// Bytes that are set aside for each pixel of a row's hybrid while other rows are made: as [`Work::Row`], with a margin.
#[cfg(feature = "batch")]
pub(crate) const BATCH_BYTES_PER_PIXEL: u64 = 400;

/// How much memory the work may take, in bytes: as given, or else four fifths of what is free now: of the machine's memory, or of
/// the process's address space if that is limited (`ulimit -v`) and less is free there. No limit if the system tells neither.
#[must_use]
pub fn memory_for_work(said: Option<u64>) -> u64 {
    said.unwrap_or_else(free_memory)
}

/// The most pixels that a picture may have for this work with `memory` bytes.
#[must_use]
pub fn most_pixels(memory: u64, work: Work) -> u64 {
    memory / work.bytes_per_pixel()
}

fn free_memory() -> u64 {
    let machine = number("/proc/meminfo", "MemAvailable:").map(kibibytes);
    // Whoever takes more than this gets no error from the system but the end of the process.
    let address_space = number("/proc/self/limits", "Max address space")
        .map(|limit| limit.saturating_sub(number("/proc/self/status", "VmSize:").map_or(0, kibibytes)));
    [machine, address_space].into_iter().flatten().min().map_or(u64::MAX, |free| free / 5 * 4)
}

fn kibibytes(count: u64) -> u64 {
    count.saturating_mul(1024)
}

/// The first number after a name at the start of a line, in a file of the system's.
fn number(file: &str, name: &str) -> Option<u64> {
    let text = std::fs::read_to_string(file).ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix(name))?;
    line.split_whitespace().next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_is_refused_from_the_first_byte_too_many() {
        let size = Size::new(100, 50).unwrap();
        let needed = 5000 * Work::Mix.bytes_per_pixel();
        assert_eq!(Work::Mix.check(size, needed), Ok(needed));
        assert_eq!(Work::Mix.check(size, needed - 1), Err(MemoryError { size, needed, there: needed - 1 }));
        assert_eq!(most_pixels(needed, Work::Mix), 5000);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn system_says_how_much_is_free() {
        assert!(number("/proc/meminfo", "MemAvailable:").is_some() && number("/proc/self/status", "VmSize:").is_some());
        let limits = std::fs::read_to_string("/proc/self/limits").unwrap();
        assert!(limits.lines().any(|line| line.starts_with("Max address space ")), "{limits}");
        assert!(memory_for_work(None) < u64::MAX && memory_for_work(Some(7)) == 7);
    }
}
