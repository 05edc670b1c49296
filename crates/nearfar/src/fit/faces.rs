//! Which faces are in the pictures.

use nearfar_image::{Encoded, Image, Landmarks};
use nearfar_kernels::Execution;

use super::{FitError, Options};

/// The face of a picture, and whether anybody looked for it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Sought {
    /// The one given, else the largest found, a person's before an animal's.
    pub(super) face: Option<Landmarks>,
    /// How many there are.
    pub(super) count: usize,
    /// Whether it was given or looked for.
    pub(super) searched: bool,
}

impl Sought {
    /// A face that was given, if it was.
    fn given(face: Option<Landmarks>) -> Self {
        Self { face, count: usize::from(face.is_some()), searched: face.is_some() }
    }
}

/// The faces of both pictures.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Faces {
    pub(super) near: Sought,
    pub(super) far: Sought,
}

impl Faces {
    fn given(options: &Options) -> Self {
        Self { near: Sought::given(options.near_face), far: Sought::given(options.far_face) }
    }

    /// The faces given, and those found in pictures where none is.
    #[cfg(feature = "faces")]
    pub(super) fn find(
        near: &Image<Encoded>,
        far: &Image<Encoded>,
        options: &Options,
        execution: &Execution,
    ) -> Result<Self, FitError> {
        let mut faces = Self::given(options);
        let people = nearfar_faces::FaceFinder::new()?;
        let animals = nearfar_faces::AnimalFinder::new()?;
        for (picture, sought) in [(near, &mut faces.near), (far, &mut faces.far)] {
            if !sought.searched {
                // The finder of people is the surer one, and people are not to be taken for animals.
                let mut found = people.find(picture, execution);
                if found.is_empty() {
                    found = animals.find(picture, execution);
                }
                *sought = Sought { face: found.first().map(|face| face.landmarks), count: found.len(), searched: true };
            }
        }
        Ok(faces)
    }

    /// The faces given, and a person's in the far picture if a glance shows one: what a map that rests on no face needs.
    #[cfg(feature = "faces")]
    pub(super) fn glance(far: &Image<Encoded>, options: &Options, execution: &Execution) -> Result<Self, FitError> {
        let mut faces = Self::given(options);
        if !faces.far.searched {
            let found = nearfar_faces::FaceFinder::new()?.glance(far, execution);
            faces.far =
                Sought { face: found.map(|face| face.landmarks), count: usize::from(found.is_some()), searched: true };
        }
        Ok(faces)
    }

    /// The faces given: this build cannot find any.
    #[cfg(not(feature = "faces"))]
    pub(super) fn find(
        _near: &Image<Encoded>,
        _far: &Image<Encoded>,
        options: &Options,
        _execution: &Execution,
    ) -> Result<Self, FitError> {
        Ok(Self::given(options))
    }

    /// The faces given: this build cannot find any.
    #[cfg(not(feature = "faces"))]
    pub(super) fn glance(_far: &Image<Encoded>, options: &Options, _execution: &Execution) -> Result<Self, FitError> {
        Ok(Self::given(options))
    }
}
