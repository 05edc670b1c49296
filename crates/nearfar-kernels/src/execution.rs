//! Threads and vector instructions.

use std::fmt;

use fearless_simd::Level;

use crate::KernelError;

/// A family of vector instructions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum InstructionSet {
    /// What every processor of the target has; the reference for the others.
    Baseline,
    /// AVX2 with fused multiply-add, 8 lanes of `f32`.
    Avx2,
    /// AVX-512 as of Ice Lake, 16 lanes of `f32`.
    Avx512,
}

impl InstructionSet {
    /// All instruction sets, the baseline first. A processor may lack some: see [`Execution::with_instructions`].
    pub const ALL: [Self; 3] = [Self::Baseline, Self::Avx2, Self::Avx512];

    /// Name in the processor vendor's spelling.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Baseline => "baseline",
            Self::Avx2 => "AVX2",
            Self::Avx512 => "AVX-512",
        }
    }
}

/// Which instructions and how many threads to use: an argument of every heavy call, never a global.
///
/// Results are bit-equal for any number of threads; between instruction sets they differ by rounding.
#[derive(Clone)]
pub struct Execution {
    level: Level,
    #[cfg(feature = "threads")]
    pool: Option<std::sync::Arc<rayon::ThreadPool>>,
}

/// More threads than any machine can use well; a guard against typos.
const MAX_THREADS: usize = if cfg!(feature = "threads") { 1024 } else { 1 };

impl Execution {
    /// One thread and the best instructions of this processor.
    #[must_use]
    pub fn single_threaded() -> Self {
        Self {
            level: Level::new(),
            #[cfg(feature = "threads")]
            pool: None,
        }
    }

    /// All cores of this machine and its best instructions; one thread in a build without threads, or if the operating
    /// system refuses to start more.
    #[must_use]
    pub fn parallel() -> Self {
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        Self::with_threads(threads.min(MAX_THREADS)).unwrap_or_else(|_| Self::single_threaded())
    }

    /// A given number of threads and the best instructions of this processor.
    ///
    /// # Errors
    ///
    /// [`KernelError::Threads`] if the number is out of range, [`KernelError::ThreadsRefused`] if the operating system
    /// refuses to start them.
    pub fn with_threads(threads: usize) -> Result<Self, KernelError> {
        if threads == 0 || threads > MAX_THREADS {
            return Err(KernelError::Threads { threads, max: MAX_THREADS });
        }
        let mut execution = Self::single_threaded();
        if threads > 1 {
            execution.start_pool(threads)?;
        }
        Ok(execution)
    }

    #[cfg(feature = "threads")]
    fn start_pool(&mut self, threads: usize) -> Result<(), KernelError> {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .thread_name(|i| format!("nearfar-{i}"))
            .build()
            .map_err(|_| KernelError::ThreadsRefused { threads })?;
        self.pool = Some(std::sync::Arc::new(pool));
        Ok(())
    }

    #[cfg(not(feature = "threads"))]
    fn start_pool(&mut self, threads: usize) -> Result<(), KernelError> {
        Err(KernelError::Threads { threads, max: MAX_THREADS })
    }

    /// The same threads with given instructions.
    ///
    /// # Errors
    ///
    /// [`KernelError::InstructionSet`] if this processor lacks them.
    pub fn with_instructions(mut self, set: InstructionSet) -> Result<Self, KernelError> {
        self.level = level_of(set).ok_or(KernelError::InstructionSet { set: set.name() })?;
        Ok(self)
    }

    /// The same instructions on the calling thread alone, for work on items that are already spread over all threads.
    #[must_use]
    pub fn on_one_thread(&self) -> Self {
        let mut one = Self::single_threaded();
        one.level = self.level;
        one
    }

    /// Number of threads.
    #[must_use]
    pub fn threads(&self) -> usize {
        #[cfg(feature = "threads")]
        if let Some(pool) = &self.pool {
            return pool.current_num_threads();
        }
        1
    }

    /// The vector instructions in use, for the vector code of dependent crates.
    #[doc(hidden)]
    #[must_use]
    pub fn level(&self) -> Level {
        self.level
    }

    /// Rows per strip, so that `height` rows make a few strips per thread: few, since the strips of a blur overlap in
    /// what they read, but more than one, since other programs take their share of the cores.
    #[must_use]
    pub fn rows_per_strip(&self, height: usize) -> usize {
        const STRIPS_PER_THREAD: usize = 2;
        match self.threads() {
            1 => height,
            threads => height.div_ceil(threads * STRIPS_PER_THREAD),
        }
    }

    /// Runs `work` on every item, on any thread and in any order; returns when all are done.
    ///
    /// Items carry the memory that is written (strips of rows, partial sums), so the result cannot depend on the
    /// schedule.
    pub fn for_each<T: Send>(&self, items: Vec<T>, work: impl Fn(T) + Sync) {
        #[cfg(feature = "threads")]
        if let Some(pool) = &self.pool
            && items.len() > 1
        {
            pool.scope(|scope| {
                let work = &work;
                for item in items {
                    scope.spawn(move |_| work(item));
                }
            });
            return;
        }
        items.into_iter().for_each(work);
    }

    /// Runs `work` on every item, on any thread; returns the results in the order of the items.
    pub fn map<T: Send, R: Send>(&self, items: Vec<T>, work: impl Fn(T) -> R + Sync) -> Vec<R> {
        let mut results: Vec<Option<R>> = items.iter().map(|_| None).collect();
        let items = items.into_iter().zip(&mut results).collect();
        self.for_each(items, |(item, result)| *result = Some(work(item)));
        results.into_iter().map(|result| result.expect("every item was worked on")).collect()
    }
}

fn level_of(set: InstructionSet) -> Option<Level> {
    match set {
        InstructionSet::Baseline => Some(Level::baseline()),
        #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
        InstructionSet::Avx2 => Level::new().as_avx2().map(Level::Avx2),
        #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
        InstructionSet::Avx512 => Level::new().as_avx512().map(Level::Avx512),
        #[cfg(not(any(target_arch = "x86", target_arch = "x86_64")))]
        InstructionSet::Avx2 | InstructionSet::Avx512 => None,
    }
}

impl Default for Execution {
    fn default() -> Self {
        Self::parallel()
    }
}

impl fmt::Debug for Execution {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Execution").field("level", &self.level).field("threads", &self.threads()).finish()
    }
}
