//! Memory that mixing works in.

/// Memory that filters and mixes work in; grows to what is needed and can be used again for any plan.
///
/// What it holds between calls is of no use to anybody.
#[derive(Clone, Debug, Default)]
pub struct Workspace {
    /// Spectra of what goes through one filter, and of what goes through another.
    pub(crate) spectra: [Vec<f32>; 2],
}

impl Workspace {
    /// An empty workspace.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }
}
