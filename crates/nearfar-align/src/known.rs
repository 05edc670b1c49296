//! Which faces are in the pictures.

use nearfar_image::{Encoded, Image};
use nearfar_kernels::Execution;

use crate::{AlignError, Landmarks, Options};

/// The face of each picture: the one given, else the largest found, a person's before an animal's.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct KnownFaces {
    pub(crate) near: Option<Landmarks>,
    pub(crate) far: Option<Landmarks>,
    /// How many there are in each.
    pub(crate) counts: [usize; 2],
}

impl KnownFaces {
    /// The faces given.
    pub(crate) fn given(options: &Options) -> Self {
        let (near, far) = (options.near_face, options.far_face);
        Self { near, far, counts: [near, far].map(|face| usize::from(face.is_some())) }
    }

    /// The faces given, and those found in pictures where none is.
    #[cfg(feature = "faces")]
    pub(crate) fn find(
        near: &Image<Encoded>,
        far: &Image<Encoded>,
        options: &Options,
        execution: &Execution,
    ) -> Result<Self, AlignError> {
        let mut known = Self::given(options);
        let people = crate::FaceFinder::new()?;
        let animals = crate::AnimalFinder::new()?;
        let [first, second] = &mut known.counts;
        for (picture, face, count) in [(near, &mut known.near, first), (far, &mut known.far, second)] {
            if face.is_none() {
                // The finder of people is the surer one, and people are not to be taken for animals.
                let mut found = people.find(picture, execution);
                if found.is_empty() {
                    found = animals.find(picture, execution);
                }
                *count = found.len();
                *face = found.first().map(|face| face.landmarks);
            }
        }
        Ok(known)
    }

    /// The faces given: this build cannot find any.
    #[cfg(not(feature = "faces"))]
    pub(crate) fn find(
        _near: &Image<Encoded>,
        _far: &Image<Encoded>,
        options: &Options,
        _execution: &Execution,
    ) -> Result<Self, AlignError> {
        Ok(Self::given(options))
    }
}
