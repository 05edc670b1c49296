//! Errors of face finders.

/// An error in a face finder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FacesError {
    /// The program was built with something other than the finder's model.
    #[error("the face finder's embedded model is damaged; build the program again from clean sources")]
    Model,
}
