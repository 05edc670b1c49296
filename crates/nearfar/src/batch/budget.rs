//! A limit on memory that several workers share.

use std::sync::{Condvar, Mutex, PoisonError};

/// The bytes that may be in use at the same time.
#[derive(Debug)]
pub(super) struct Budget {
    limit: u64,
    used: Mutex<u64>,
    freed: Condvar,
}

/// A share of the budget, which is returned when dropped.
pub(super) struct Share<'a> {
    budget: &'a Budget,
    bytes: u64,
}

impl Budget {
    pub(super) fn new(limit: u64) -> Self {
        Self { limit, used: Mutex::new(0), freed: Condvar::new() }
    }

    /// Waits until this many bytes are free. Work larger than the whole budget gets all of it, and runs alone.
    pub(super) fn take(&self, bytes: u64) -> Share<'_> {
        let bytes = bytes.min(self.limit);
        let used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        let mut used =
            self.freed.wait_while(used, |used| *used + bytes > self.limit).unwrap_or_else(PoisonError::into_inner);
        *used += bytes;
        Share { budget: self, bytes }
    }
}

impl Drop for Share<'_> {
    fn drop(&mut self) {
        *self.budget.used.lock().unwrap_or_else(PoisonError::into_inner) -= self.bytes;
        self.budget.freed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_never_exceed_the_limit() {
        let budget = Budget::new(10);
        let most = Mutex::new(0);
        std::thread::scope(|scope| {
            for bytes in [3, 4, 5, 6, 7, 100] {
                let (budget, most) = (&budget, &most);
                scope.spawn(move || {
                    let _share = budget.take(bytes);
                    let used = *budget.used.lock().unwrap();
                    let mut most = most.lock().unwrap();
                    *most = used.max(*most);
                });
            }
        });
        assert!(*most.lock().unwrap() <= 10);
        assert_eq!(*budget.used.lock().unwrap(), 0);
    }
}
