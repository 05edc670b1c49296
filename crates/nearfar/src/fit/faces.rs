//! Which faces are in the pictures.

use nearfar_image::{Encoded, Image, Landmarks};
use nearfar_kernels::Execution;

use super::{FitError, Options};
use crate::Note;
#[cfg(feature = "faces")]
use crate::Phase;
use crate::event::Watch;

/// Share of the work of fitting after which people have been looked for.
#[cfg(feature = "faces")]
const PEOPLE: f64 = 0.2;

/// A face at least so large, beside the largest, is of somebody who is there with it; smaller ones are of passers-by.
#[cfg(feature = "faces")]
const TOGETHER: f64 = 0.6;

/// The face of a picture, and whether anybody looked for it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Sought {
    /// The one given, else the largest found, a person's before an animal's.
    pub(super) face: Option<Landmarks>,
    /// How many there are.
    pub(super) count: usize,
    /// Whether several people are there together, so that no single face is what the picture is about.
    pub(super) is_group: bool,
    /// Whether it was given or looked for.
    pub(super) searched: bool,
}

/// The faces of both pictures.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Faces {
    pub(super) near: Sought,
    pub(super) far: Sought,
}

impl Sought {
    /// A face that was given, if it was.
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

/// How hard faces are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Effort {
    /// People's, large and upright, in both: what is chosen by them even where the map rests on no face.
    Glance,
    /// The same, then animals', where two faces can come of it.
    Usual,
    /// Also small ones and those on their side or head: faces were asked for by name.
    Thorough,
}

impl Faces {
    /// Says how many were found where there was a choice.
    pub(super) fn note(&self, far_is_group: bool) -> Option<Note> {
        let (near, far) = (self.near.count, self.far.count);
        (near > 1 || far > 1).then_some(Note::Faces { near, far, far_is_group })
    }

    /// What to say where a face is missing.
    pub(super) fn missing(&self) -> FitError {
        FitError::NoFace { near: self.near.face.is_some(), far: self.far.face.is_some() }
    }

    /// The faces given, and those found in pictures where none is.
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
        let people = nearfar_faces::FaceFinder::new()?;
        let mut open = vec![(far, &mut faces.far), (near, &mut faces.near)];
        open.retain(|(_, sought)| !sought.searched);
        execution.for_each(open, |(picture, sought)| {
            let found = match effort {
                Effort::Thorough => people.find(picture, execution),
                Effort::Glance | Effort::Usual => people.find_large(picture, execution),
            };
            *sought = Sought::found(&found);
        });
        if effort == Effort::Glance {
            return Ok(faces);
        }
        // The finder of people is the surer one, and people are not to be taken for animals. Nothing rests on a face of the
        // near picture alone: usually, where the far one has none, the near one is not searched any further.
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

    /// The faces given: this build cannot find any.
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
