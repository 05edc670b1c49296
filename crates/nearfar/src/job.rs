//! From the pictures' files to the hybrid's file, but for the disk.

use std::ops::ControlFlow;

use nearfar_codec::{EncodeError, EncodeOptions, Format, SourceInfo, encode};
use nearfar_image::{Encoded, Image};
use nearfar_kernels::Execution;

use crate::{
    Event, Hybrid, JobError, Metadata, MixError, Note, OwnLoss, Picture, Provenance, Recipe, Request, Source,
    event::Watch, method::Begin,
};

/// One hybrid from files to file: the one way of every front end.
///
/// ```no_run
/// use nearfar::{Execution, Job, Picture, Pictures, codec::{Contents, DecodeOptions}, no_observer};
///
/// let open = |name: &str| -> Result<_, Box<dyn std::error::Error>> {
///     let options = DecodeOptions::default();
///     Ok(Picture::decode(name, &Contents::from_file(name, options.max_bytes)?, &options)?)
/// };
/// let pictures = Pictures { near: open("near.jpg")?, far: open("far.jpg")?, start: None };
/// let job = Job::default();
/// let made = job.mix(pictures, &Execution::parallel(), &mut no_observer)?;
/// let (png, _) = job.encode(&made)?;
/// std::fs::write("hybrid.png", png)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Job {
    /// What is wanted.
    pub request: Request,
    /// What showed through transparent places when the pictures were read: red, green and blue codes in `[0, 1]`.
    pub background: [f32; 3],
    /// How the hybrid's file is written.
    pub encoding: EncodeOptions,
    /// What the file says beside the picture.
    pub metadata: Metadata,
    /// Whether the file holds the recipe, so that the hybrid can be made again.
    pub keeps_recipe: bool,
}

impl Default for Job {
    /// A PNG of 8 bits with its recipe; all is chosen.
    fn default() -> Self {
        Self {
            request: Request::default(),
            background: nearfar_codec::DecodeOptions::default().background,
            encoding: EncodeOptions::new(Format::Png),
            metadata: Metadata::default(),
            keeps_recipe: true,
        }
    }
}

/// The pictures of a job.
#[derive(Clone, Debug, PartialEq)]
pub struct Pictures {
    /// The picture to be seen up close.
    pub near: Picture,
    /// The picture to be seen from afar.
    pub far: Picture,
    /// The picture that the optimiser starts from, if that is a file.
    pub start: Option<Picture>,
}

/// What a job made, before it is written.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Made {
    /// The hybrid.
    pub hybrid: Hybrid,
    pub(crate) near_info: SourceInfo,
    near: Source,
    far: Source,
    start: Option<Source>,
    /// Whether a loss of one's own, which no recipe holds, went into it.
    has_own: bool,
}

impl Job {
    /// Makes the pictures fit, chooses what was not said, mixes, and looks at the hybrid.
    ///
    /// # Errors
    ///
    /// [`JobError::Mix`] as [`Request::mix`]; [`JobError::Encode`], before any mixing, if the format cannot hold the picture.
    pub fn mix(
        &self,
        pictures: Pictures,
        execution: &Execution,
        observer: &mut dyn FnMut(&Event<'_>) -> ControlFlow<()>,
    ) -> Result<Made, JobError> {
        self.mix_with(pictures, None, execution, observer)
    }

    /// The same, with a loss of one's own beside the method's.
    ///
    /// # Errors
    ///
    /// As [`Self::mix`]; [`MixError::NoLoss`] if the method minimises nothing.
    pub fn mix_with(
        &self,
        pictures: Pictures,
        own: Option<OwnLoss<'_>>,
        execution: &Execution,
        observer: &mut dyn FnMut(&Event<'_>) -> ControlFlow<()>,
    ) -> Result<Made, JobError> {
        let Pictures { near, far, start } = pictures;
        let mut notes: Vec<_> = near.notes().chain(far.notes()).collect();
        if near.source.sha256 == far.source.sha256 {
            notes.push(Note::SamePicture);
        }
        let watch = &mut Watch::new(observer);
        watch.noted(&notes).map_err(MixError::from)?;
        let aligned = self.request.fitted(near.image, far.image, execution, watch)?;
        // The hybrid's size is known now, and it may be too large for its format.
        self.encoding.check(aligned.pair.size())?;
        let (start, start_source) = start.map(|start| (start.image, start.source)).unzip();
        let has_own = own.is_some();
        let mut hybrid = self.request.mixed(aligned, Begin { start, own }, execution, watch)?;
        hybrid.notes.splice(..0, notes);
        let (near_info, near, far) = (near.info, near.source, far.source);
        Ok(Made { hybrid, near_info, near, far, start: start_source, has_own })
    }

    /// The bytes of the hybrid's file, and what could not be put there.
    ///
    /// # Errors
    ///
    /// [`EncodeError`] if the format cannot hold the picture.
    pub fn encode(&self, made: &Made) -> Result<(Vec<u8>, Vec<Note>), EncodeError> {
        let recipe = self.provenance(made);
        write(made.hybrid.picture.clone(), &self.encoding, &self.metadata, &made.near_info, recipe.as_ref())
    }

    /// All that the hybrid's bytes depend on. None if it is not wanted, or for a hybrid that cannot be made again because it
    /// was interrupted or has a loss of one's own.
    #[must_use]
    pub fn provenance(&self, made: &Made) -> Option<Provenance> {
        let EncodeOptions { format, depth, rounding, quality, .. } = self.encoding;
        let recipe = || Provenance {
            version: Provenance::VERSION.to_owned(),
            near: made.near.clone(),
            far: made.far.clone(),
            start: made.start.clone(),
            background: self.background,
            depth,
            rounding,
            format,
            quality,
            metadata: self.metadata,
            recipe: Recipe { align: self.request.recipe.align.clone(), method: made.hybrid.method.clone() },
        };
        (self.keeps_recipe && !made.hybrid.is_cancelled() && !made.has_own).then(recipe)
    }
}

/// A file's bytes, and what could not be put there.
pub(crate) fn write(
    picture: Image<Encoded>,
    encoding: &EncodeOptions,
    metadata: &Metadata,
    near: &SourceInfo,
    recipe: Option<&Provenance>,
) -> Result<(Vec<u8>, Vec<Note>), EncodeError> {
    let mut encoding = encoding.clone();
    let (picture, missing) = metadata.prepare(picture, near, &mut encoding);
    let mut notes: Vec<_> = missing.into_iter().map(|what| Note::NotKept { what }).collect();
    let stored = recipe.is_none_or(|recipe| recipe.store(&mut encoding));
    if !stored && encoding.format.can_hold_metadata() {
        notes.push(Note::RecipeTooLong { format: encoding.format });
    }
    Ok((encode(&picture, &encoding)?, notes))
}
