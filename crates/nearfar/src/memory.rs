//! How much memory the work takes, and how large pictures may be for it.

use std::path::Path;

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

/// How much memory the work may take, in bytes: as given, or else four fifths of what is free now: of the machine's memory, or, if
/// less is free there, of the process's control group (a container's, a job's), or of its address space if that is limited
/// (`ulimit -v`). No limit if the system tells none of these.
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
    let groups = std::fs::read_to_string("/proc/self/cgroup").unwrap_or_default();
    let group = free_in_groups(&groups, Path::new("/sys/fs/cgroup"));
    [machine, address_space, group].into_iter().flatten().min().map_or(u64::MAX, |free| free / 5 * 4)
}

/// What is free in the tightest of the control groups of version 1 or 2 that a process is in, by the text that says in which, and
/// the folder of all: whoever takes more is ended by the system. Pages of files that nobody has used lately are free, too.
fn free_in_groups(groups: &str, root: &Path) -> Option<u64> {
    let free_in = |group: &Path, [limit, usage, cached]: [&str; 3]| {
        let read = |name: &str| std::fs::read_to_string(group.join(name)).ok()?.trim().parse().ok();
        let (limit, usage): (u64, u64) = (read(limit)?, read(usage)?);
        let cached = number(group.join("memory.stat"), &format!("{cached} ")).unwrap_or_default();
        Some(limit.saturating_sub(usage.saturating_sub(cached)))
    };
    let free = groups.lines().filter_map(|line| {
        let (controllers, path) = line.split_once(':')?.1.split_once(':')?;
        let (root, names) = match controllers {
            "" => (root.to_owned(), ["memory.max", "memory.current", "inactive_file"]),
            _ if controllers.split(',').any(|name| name == "memory") => {
                let names = ["memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file"];
                (root.join("memory"), names)
            }
            _ => return None,
        };
        // Where a container sees only its own group, that is the root.
        let path = Path::new(path.trim_start_matches('/'));
        path.ancestors().filter_map(|group| free_in(&root.join(group), names)).min()
    });
    free.min()
}

fn kibibytes(count: u64) -> u64 {
    count.saturating_mul(1024)
}

/// The first number after a name at the start of a line, in a file of the system's.
fn number(file: impl AsRef<Path>, name: &str) -> Option<u64> {
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

    #[test]
    fn tightest_control_group_counts() {
        let root = tempfile::tempdir().unwrap();
        let write = |path: &str, text: &str| {
            let path = root.path().join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        };
        let free = |groups: &str| free_in_groups(groups, root.path());
        assert_eq!(free("0::/job/step\n"), None);
        // Version 2: a step without a limit in a job with one.
        write("job/step/memory.max", "max\n");
        write("job/step/memory.current", "100\n");
        write("job/memory.max", "1000\n");
        write("job/memory.current", "700\n");
        assert_eq!(free("0::/job/step\n"), Some(300));
        write("job/memory.stat", "anon 500\ninactive_file_pages 9\ninactive_file 150\n");
        assert_eq!(free("0::/job/step\n"), Some(450));
        // Version 1, in a container that does not see the path of its group: that is the root.
        write("memory/memory.limit_in_bytes", "2000\n");
        write("memory/memory.usage_in_bytes", "2500\n");
        write("memory/memory.stat", "inactive_file 1\ntotal_inactive_file 600\n");
        assert_eq!(free("7:cpu,memory:/docker/abc\n3:cpuset:/\n"), Some(100));
        assert_eq!(free("4:pids:/\nnonsense\n"), None);
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
