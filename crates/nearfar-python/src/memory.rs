//! Memory that work asks for before it begins: an allocation that fails later would end the interpreter.

use std::sync::{Mutex, PoisonError};

use nearfar::{Encoded, Image, Work, image::check_room, memory_for_work};
use pyo3::PyResult;

use crate::error::failure;

/// What all work of this process was promised.
struct Promised {
    bytes: u64,
    /// What there was before the first of it, or since, if that is more.
    limit: u64,
}

static PROMISED: Mutex<Promised> = Mutex::new(Promised { bytes: 0, limit: 0 });

/// Memory that some work was promised, until it is dropped.
pub(crate) struct Share {
    bytes: u64,
}

impl Share {
    /// Memory for work on these pictures: as much as the program takes if nothing is said, less what other work was promised and
    /// may not have taken yet.
    pub(crate) fn of<'a>(work: Work, pictures: impl IntoIterator<Item = &'a Image<Encoded>>) -> PyResult<Self> {
        let mut promised = PROMISED.lock().unwrap_or_else(PoisonError::into_inner);
        let free = memory_for_work(None);
        promised.limit = if promised.bytes == 0 { free } else { promised.limit.max(free) };
        let there = free.min(promised.limit.saturating_sub(promised.bytes));
        let sizes = pictures.into_iter().map(Image::size);
        let needed = sizes.map(|size| work.check(size, there)).collect::<Result<Vec<_>, _>>().map_err(failure)?;
        let bytes = needed.into_iter().max().unwrap_or_default();
        promised.bytes += bytes;
        Ok(Self { bytes })
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        PROMISED.lock().unwrap_or_else(PoisonError::into_inner).bytes -= self.bytes;
    }
}

/// A copy of a picture, if there is room for it.
pub(crate) fn copy(picture: &Image<Encoded>) -> PyResult<Image<Encoded>> {
    check_room(size_of_val(picture.samples())).map_err(failure)?;
    Ok(picture.clone())
}
