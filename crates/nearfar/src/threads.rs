//! The number of threads for the work.

use nearfar_kernels::{Execution, KernelError};

/// The given number of threads, but no more than this machine runs at once; without a number, all of these. Results are
/// bit-identical for any number, and threads that compete for cores make every step slower.
///
/// # Errors
///
/// [`KernelError::Threads`] if the number is 0, [`KernelError::ThreadsRefused`] if the operating system starts none.
pub fn execution_on(threads: Option<usize>) -> Result<Execution, KernelError> {
    let useful = std::thread::available_parallelism().map_or(1, usize::from);
    threads.map_or_else(|| Ok(Execution::parallel()), |threads| Execution::with_threads(threads.min(useful)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_threads_than_help_are_not_started() {
        let most = Execution::parallel().threads();
        for said in [most + 1, 1000, usize::MAX] {
            assert_eq!(execution_on(Some(said)).unwrap().threads(), most, "{said}");
        }
        assert_eq!(execution_on(Some(1)).unwrap().threads(), 1);
        assert_eq!(execution_on(None).unwrap().threads(), most);
        assert!(matches!(execution_on(Some(0)), Err(KernelError::Threads { threads: 0, .. })));
    }
}
