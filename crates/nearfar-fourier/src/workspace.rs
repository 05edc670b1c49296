//! Memory for mixing.

/// Memory for filters and mixes; it grows as needed and can be reused for any plan.
///
/// Its contents between calls are meaningless.
#[derive(Clone, Debug, Default)]
pub struct Workspace {
    /// Spectra of the planes in one filter, and in another.
    pub(crate) spectra: [Vec<f32>; 2],
}

impl Workspace {
    /// An empty workspace.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }
}
