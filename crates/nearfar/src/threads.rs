//! How many threads work is given to.

use nearfar_kernels::{Execution, KernelError};

/// So many threads, but no more than this machine runs at once; all of these if nothing is said. Results are bit-equal for any
/// number, and threads that wait for each other's cores make every step of a mix slower.
///
/// # Errors
///
/// [`KernelError::Threads`] of none, [`KernelError::ThreadsRefused`] if the operating system gives none.
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
