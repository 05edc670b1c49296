//! The faces in the two pictures.

use nearfar_image::{Encoded, Image, Landmarks};
use nearfar_kernels::Execution;

use super::{FitError, Options};
use crate::Note;
#[cfg(feature = "faces")]
use crate::Phase;
use crate::event::Watch;

/// Share of the work of fitting that is done after the search for people.
#[cfg(feature = "faces")]
const PEOPLE: f64 = 0.2;

/// A face of at least this size relative to the largest one belongs to somebody in the same group; smaller ones are
/// passers-by.
#[cfg(feature = "faces")]
const TOGETHER: f64 = 0.6;

/// The face of a picture, and whether it was searched for.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Sought {
    /// The given face, or else the largest one found, people before animals.
    pub(super) face: Option<Landmarks>,
    /// Number of faces found.
    pub(super) count: usize,
    /// Whether the picture shows several people together, so that no single face is its subject.
    pub(super) is_group: bool,
    /// Whether a face was given or searched for.
    pub(super) searched: bool,
}

/// The faces of the two pictures.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Faces {
    pub(super) near: Sought,
    pub(super) far: Sought,
}

impl Sought {
    /// A given face, if any.
    fn given(face: Option<Landmarks>) -> Self {
        Self { face, count: usize::from(face.is_some()), is_group: false, searched: face.is_some() }
    }

    #[cfg(feature = "faces")]
    fn found(faces: &[nearfar_faces::Face]) -> Self {
        let extents = || faces.iter().map(|face| face.landmarks.extent());
        let largest = extents().next().unwrap_or_default();
        Self {
            face: faces.first().map(|face| face.landmarks),
            count: faces.len(),
            is_group: extents().skip(1).any(|extent| extent >= TOGETHER * largest),
            searched: true,
        }
    }
}

/// How thoroughly faces are searched for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Effort {
    /// Not at all: nothing depends on them.
    Nothing,
    /// Large, upright faces of people in both pictures: choices depend on them even if the map does not.
    Glance,
    /// The same, and then animals where that can lead to two faces.
    Usual,
    /// Also small faces and faces that are turned sideways or upside down: faces were explicitly asked for.
    Thorough,
}

impl Faces {
    /// A note on how many faces were found, if there was a choice.
    pub(super) fn note(&self, far_is_group: bool) -> Option<Note> {
        let (near, far) = (self.near.count, self.far.count);
        (near > 1 || far > 1).then_some(Note::Faces { near, far, far_is_group })
    }

    /// The error for missing faces.
    pub(super) fn missing(&self) -> FitError {
        FitError::NoFace { near: self.near.face.is_some(), far: self.far.face.is_some() }
    }

    /// The given faces, and those found in pictures without a given one.
    #[cfg(feature = "faces")]
    pub(super) fn find(
        near: &Image<Encoded>,
        far: &Image<Encoded>,
        options: &Options,
        effort: Effort,
        execution: &Execution,
        watch: &mut Watch<'_>,
    ) -> Result<Self, FitError> {
        watch.begin(Phase::Faces, 0.0)?;
        let mut faces = Self { near: Sought::given(options.near_face), far: Sought::given(options.far_face) };
        if effort == Effort::Nothing {
            return Ok(faces);
        }
        let people = nearfar_faces::FaceFinder::new()?;
        let mut open = vec![(far, &mut faces.far), (near, &mut faces.near)];
        open.retain(|(_, sought)| !sought.searched);
        execution.for_each(open, |(picture, sought)| {
            let found = match effort {
                Effort::Thorough => people.find(picture, execution),
                _ => people.find_large(picture, execution),
            };
            *sought = Sought::found(&found);
        });
        if effort == Effort::Glance {
            return Ok(faces);
        }
        // The finder of people is more reliable, and people must not be taken for animals. Nothing depends on a face in the
        // near picture alone: usually, if the far picture has none, the near one is not searched further.
        let animals = nearfar_faces::AnimalFinder::new()?;
        for (picture, sought) in [(far, &mut faces.far), (near, &mut faces.near)] {
            if sought.face.is_none() {
                watch.begin(Phase::Faces, PEOPLE)?;
                *sought = Sought::found(&animals.find(picture, execution));
            }
            if sought.face.is_none() && effort == Effort::Usual {
                break;
            }
        }
        Ok(faces)
    }

    /// The given faces: this build cannot find any.
    #[cfg(not(feature = "faces"))]
    pub(super) fn find(
        _near: &Image<Encoded>,
        _far: &Image<Encoded>,
        options: &Options,
        _effort: Effort,
        _execution: &Execution,
        _watch: &mut Watch<'_>,
    ) -> Result<Self, FitError> {
        Ok(Self { near: Sought::given(options.near_face), far: Sought::given(options.far_face) })
    }
}
