//! From the contents of picture files to the contents of the hybrid's file, without touching the disk.

use std::{ops::ControlFlow, path::Path};

use nearfar_codec::{EncodeError, SourceInfo};
use nearfar_image::Size;
use nearfar_kernels::Execution;
use nearfar_vision::{Density, Viewing};

use crate::{
    AlignSummary, Event, Hybrid, JobError, Method, Mix, MixError, Note, NoteSummary, OwnLoss, Picture, PlanSummary,
    Provenance, Recipe, Request, Source, Summary, Writing, event::Watch, fit::Aligned, method::Begin,
};

/// The making of one hybrid from files to file: the path that every front end takes.
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
///
/// By default everything is chosen, and the result is an 8-bit PNG that holds its recipe.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Job {
    /// What the hybrid should be.
    pub request: Request,
    /// How the hybrid's file is written.
    pub writing: Writing,
}

/// The pictures of a job.
#[derive(Clone, Debug, PartialEq)]
pub struct Pictures {
    /// The picture to be seen up close.
    pub near: Picture,
    /// The picture to be seen from afar.
    pub far: Picture,
    /// The picture that the optimiser starts from, if it comes from a file.
    pub start: Option<Picture>,
}

impl Pictures {
    /// Reads the near and the far picture in parallel.
    ///
    /// # Errors
    ///
    /// The error of the near picture, or else that of the far one.
    ///
    /// # Panics
    ///
    /// If reading panics.
    pub fn both<E: Send>(
        [near, far]: [&Path; 2],
        read: impl Fn(&Path) -> Result<Picture, E> + Sync,
    ) -> Result<[Picture; 2], E> {
        let (near, far) = std::thread::scope(|scope| {
            let far = scope.spawn(|| read(far));
            (read(near), far.join().expect("reading does not panic"))
        });
        Ok([near?, far?])
    }

    /// Notes on anything odd about the pictures.
    fn notes(&self) -> Vec<Note> {
        let Self { near, far, .. } = self;
        let same = (near.source.sha256 == far.source.sha256).then_some(Note::SamePicture);
        near.notes().chain(far.notes()).chain(same).collect()
    }
}

/// The result of a job, not yet written.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Made {
    /// The hybrid at the size at which it is written.
    pub hybrid: Hybrid,
    /// The method and the pair at the size at which they were mixed, if that is larger than the written size.
    full: Option<Box<(Method, Aligned)>>,
    pub(crate) near_info: SourceInfo,
    near: Source,
    far: Source,
    start: Option<Source>,
    /// Whether a loss of the caller's own, which no recipe holds, went into it.
    has_own: bool,
}

/// What a job would make: the result of a dry run.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Planned {
    /// The pair that would be mixed, and how it was brought into register.
    pub aligned: Aligned,
    /// How it would be mixed, with every option settled.
    pub method: Method,
    /// The views that the hybrid would be made for, in pixels of the pair; `None` if the method's weights define no
    /// crossover.
    pub viewing: Option<Viewing>,
    /// The size at which it would be written.
    pub size: Size,
    /// Notes for the user.
    pub notes: Vec<Note>,
}

impl Made {
    /// The pair that was mixed, and how it was brought into register.
    #[must_use]
    pub fn aligned(&self) -> &Aligned {
        self.full.as_ref().map_or(&self.hybrid.aligned, |full| &full.1)
    }

    /// How it was mixed, in pixels of the pair.
    #[must_use]
    pub fn method(&self) -> &Method {
        self.full.as_ref().map_or(&self.hybrid.method, |full| &full.0)
    }

    /// The summary that programs print of the hybrid as written, for a picture of the given density.
    #[must_use]
    pub fn summary(&self, density: Density) -> Summary<'_> {
        Summary { align: AlignSummary::new(self.aligned()), ..self.hybrid.summary(density) }
    }
}

impl Planned {
    /// The summary that programs print of it.
    #[must_use]
    pub fn summary(&self) -> PlanSummary<'_> {
        PlanSummary {
            dry_run: true,
            width: self.size.width(),
            height: self.size.height(),
            align: AlignSummary::new(&self.aligned),
            method: self.method.name(),
            crossover: self.method.crossover().map(f64::from),
            sigma: self.method.sigma(),
            notes: self.notes.iter().map(NoteSummary::new).collect(),
        }
    }
}

impl Job {
    /// The request for the hybrid at the size at which it is mixed; on the surface, it is as wide as the written one.
    fn wanted(&self) -> Result<Request, MixError> {
        let surface = self.writing.surface(self.request.surface.unwrap_or_default())?;
        Ok(Request { surface: Some(surface), ..self.request.clone() })
    }

    /// Pixels per inch of the surface, counted in the pixels in which the hybrid is mixed.
    ///
    /// # Errors
    ///
    /// [`MixError::Vision`] if the density is out of range.
    pub fn density(&self, mixed: Size) -> Result<Density, MixError> {
        Ok(self.wanted()?.density(mixed)?)
    }

    /// Brings the pictures into register and chooses whatever is not given, but does not mix.
    ///
    /// # Errors
    ///
    /// As [`Self::mix`].
    pub fn plan(
        &self,
        pictures: Pictures,
        execution: &Execution,
        observer: &mut dyn FnMut(&Event<'_>) -> ControlFlow<()>,
    ) -> Result<Planned, JobError> {
        let watch = &mut Watch::new(observer);
        let mut notes = pictures.notes();
        watch.noted(&notes).map_err(MixError::from)?;
        let Pictures { near, far, start } = pictures;
        let request = self.wanted()?;
        request.recipe.method.check_begin(start.is_some(), false)?;
        let aligned = request.fitted_until(near.image, far.image, 1.0, execution, watch)?;
        let size = self.writing.size(aligned.pair.size())?;
        let known = notes.len();
        let (method, viewing) = request.chosen(&aligned, &mut notes)?;
        method.check(start.map(|start| start.image), &aligned.pair, execution)?;
        watch.noted(&notes[known..]).map_err(MixError::from)?;
        Ok(Planned { aligned, method, viewing, size, notes })
    }

    /// Brings the pictures into register, chooses whatever is not given, mixes, and judges the hybrid.
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

    /// As [`Self::mix`], with a loss of the caller's own in addition to the method's.
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
        let notes = pictures.notes();
        let Pictures { near, far, start } = pictures;
        let watch = &mut Watch::new(observer);
        watch.noted(&notes).map_err(MixError::from)?;
        let request = self.wanted()?;
        // Before the work of fitting.
        request.recipe.method.check_begin(start.is_some(), own.is_some())?;
        let aligned = request.fitted(near.image, far.image, execution, watch)?;
        // The hybrid's size is known only now, and it may be too large for the format.
        let size = self.writing.size(aligned.pair.size())?;
        let (start, start_source) = start.map(|start| (start.image, start.source)).unzip();
        let has_own = own.is_some();
        let mut hybrid = request.mixed(aligned, Begin { start, own }, execution, watch)?;
        hybrid.notes.splice(..0, notes);
        let mut full = None;
        if size != hybrid.picture.size() {
            full = Some(Box::new((hybrid.method.clone(), hybrid.aligned.clone())));
            hybrid = hybrid.shrunk(size).map_err(MixError::from)?;
        }
        let (near_info, near, far) = (near.info, near.source, far.source);
        Ok(Made { hybrid, full, near_info, near, far, start: start_source, has_own })
    }

    /// The bytes of the hybrid's file, and notes on anything that the file could not hold.
    ///
    /// # Errors
    ///
    /// [`EncodeError`] if the format cannot hold the picture.
    pub fn encode(&self, made: &Made) -> Result<(Vec<u8>, Vec<Note>), EncodeError> {
        let recipe = self.provenance(made);
        self.writing.encode(&made.hybrid.picture, self.request.surface, &made.near_info, recipe.as_ref())
    }

    /// Everything that the hybrid's bytes depend on. `None` if it is not wanted, or if the hybrid cannot be made again
    /// because the work was interrupted or a loss of the caller's own went into it.
    #[must_use]
    pub fn provenance(&self, made: &Made) -> Option<Provenance> {
        let can_be_redone = !made.hybrid.is_cancelled() && !made.has_own;
        let mix = || Mix::Pair {
            near: made.near.clone(),
            far: made.far.clone(),
            start: made.start.clone(),
            recipe: Recipe { align: self.request.recipe.align.clone(), method: made.method().clone() },
        };
        (self.writing.keeps_recipe && can_be_redone).then(|| self.writing.provenance(mix(), self.request.surface))
    }
}
