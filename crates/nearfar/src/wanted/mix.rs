//! A hybrid by an objective that somebody wrote.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::ControlFlow,
};

use nearfar_descent::{
    DescentError, DetailsAfar, FarBlur, LIGHT_FLOOR, Losses, Objective, Outcome, Parametrization, Passband, Run, Rung,
    Solver, StopReason, Term as Asked, Unlike, halved, is_worth_halving,
};
use nearfar_image::{Channels, Encoded, Image, Pair, Size, TransferFunction};
use nearfar_kernels::{Axes, Border, Crossover, Execution, Focus, Gaussian, Share, sums::update};
use nearfar_vision::{PixelsPerDegree, Surface};
use serde::Serialize;

use super::{Eye, Mask, Start, Term, Wanted, What, Which, busyness, words};
use crate::{
    Cutoff, Event, Method, MixError, Note, Strength,
    event::{FITTED, Watch},
    fit::{self, Aligned},
    optimise::optimise,
};

/// Grey pictures of NEAR's size, by the names that terms call them by.
pub type Masks = BTreeMap<String, Image<Encoded>>;

/// What came of it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct WantedMix {
    /// The hybrid, every sample in `[0, 1]`.
    pub picture: Image<Encoded>,
    /// Its losses.
    pub losses: Losses,
    /// Evaluations of loss and gradient, at all sizes.
    pub evaluations: usize,
    /// Why it ended.
    pub stop_reason: StopReason,
}

/// What a program prints of it.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct WantedSummary<'a> {
    /// In pixels.
    pub width: usize,
    /// In pixels.
    pub height: usize,
    /// Losses of the hybrid.
    pub losses: &'a Losses,
    /// Evaluations of loss and gradient, at all sizes.
    pub evaluations: usize,
    /// Why it ended.
    pub stop_reason: StopReason,
    /// Wall-clock seconds of fitting and mixing.
    pub seconds: f64,
}

impl WantedMix {
    /// Whether somebody stopped it half way: it is the best so far.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.stop_reason == StopReason::Cancelled
    }

    /// What a program prints of it.
    #[must_use]
    pub fn summary(&self, seconds: f64) -> WantedSummary<'_> {
        let Self { losses, evaluations, stop_reason, .. } = self;
        let size = self.picture.size();
        WantedSummary {
            width: size.width(),
            height: size.height(),
            losses,
            evaluations: *evaluations,
            stop_reason: *stop_reason,
            seconds,
        }
    }
}

/// Why there is no hybrid.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum WantedError {
    /// What is wrong has a place in the text that says what is asked.
    #[error("line {line}, column {column}: {error}")]
    Placed {
        /// Its line, from 1.
        line: usize,
        /// Its column, from 1.
        column: usize,
        /// What is wrong there.
        error: Box<Self>,
    },
    /// A term's mask was not handed over.
    #[error("{term}: the mask {name} is missing")]
    NoMask {
        /// Name of the term.
        term: String,
        /// Its name.
        name: String,
    },
    /// A mask has not the size of the near picture, or of what is kept of it.
    #[error("{term}: the mask {name} is {found} pixels and NEAR is {wanted}")]
    MaskSize {
        /// Name of the term.
        term: String,
        /// Its name.
        name: String,
        /// Its size.
        found: Size,
        /// The size that is wanted.
        wanted: Size,
    },
    /// A mask is no grey picture: its channels differ.
    #[error("{term}: the mask {name} has colours; a mask is grey: black where nothing counts, white where all does")]
    MaskColors {
        /// Name of the term.
        term: String,
        /// Its name.
        name: String,
    },
    /// A mask for terms that have none, and all have one.
    #[error("{name} has no effect: every term that it would be for has a mask of its own, or there is none")]
    IdleMask {
        /// Its name.
        name: String,
    },
    /// A mask of FAR's face, which has none.
    #[error("{term}: a mask of FAR's face has no effect: no face was found in FAR")]
    NoFace {
        /// Name of the term.
        term: String,
    },
    /// A band of frequencies is empty, or begins beyond what the pixels of this picture hold.
    #[error("{name}: a picture of {size} pixels has no frequencies {band}")]
    NoBand {
        /// Name of the term.
        name: String,
        /// The band, in words.
        band: String,
        /// The picture's size.
        size: Size,
    },
    /// The crossover lies beyond what the pixels of these pictures hold.
    #[error(
        "`crossover` is out of reach: it is {cutoff}, and a picture of {size} pixels holds at most {}cpi",
        HIGHEST * size.shorter_side() as f64
    )]
    Crossover {
        /// What was said.
        cutoff: Cutoff,
        /// The picture's size.
        size: Size,
    },
    /// A number of a term is impossible for these pictures.
    #[error("{name}: {error}")]
    Term {
        /// Name of the term.
        name: String,
        /// What is wrong.
        error: MixError,
    },
    /// A term or a picture makes no sense.
    #[error("{0}")]
    Mix(#[from] MixError),
}

impl WantedError {
    /// Where a recipe says what is wrong: the name of the term, if it is one's, and keys one of which it is.
    pub(super) fn place(&self) -> (Option<&str>, &'static [&'static str]) {
        match self {
            Self::NoMask { term, .. }
            | Self::MaskSize { term, .. }
            | Self::MaskColors { term, .. }
            | Self::NoFace { term } => (Some(term), &["mask"]),
            Self::NoBand { name, .. } => (Some(name), &["from", "to"]),
            Self::Term { name, .. } => (Some(name), &["sigma", "at", "window"]),
            Self::Crossover { .. } => (None, &["crossover"]),
            Self::Placed { .. } | Self::IdleMask { .. } | Self::Mix(_) => (None, &[]),
        }
    }
}

/// What pixels hold, in cycles per pixel.
const HIGHEST: f64 = 0.5;

/// Bands weaker than this, in codes, are like nothing.
const LEAST_CONTRAST: f64 = 0.015;

impl Wanted {
    /// The same with these masks, by their files' names, for all terms of the near picture and of the far one that have none.
    #[must_use]
    pub fn masked(mut self, near: Option<String>, far: Option<String>) -> Self {
        for term in &mut self.terms {
            let Some(of) = term.what.of() else { continue };
            let file = if of == Which::Near { &near } else { &far };
            term.mask = term.mask.take().or_else(|| file.clone().map(Mask::File));
        }
        self
    }

    /// The names of all mask files, each once.
    #[must_use]
    pub fn mask_files(&self) -> Vec<&str> {
        let mut files: Vec<_> = self.masked_terms().map(|(_, name)| name).collect();
        let mut known = BTreeSet::new();
        files.retain(|name| known.insert(*name));
        files
    }

    /// The terms that have mask files, and these.
    pub(super) fn masked_terms(&self) -> impl Iterator<Item = (&Term, &str)> {
        self.terms.iter().filter_map(|term| match &term.mask {
            Some(Mask::File(name)) => Some((term, name.as_str())),
            _ => None,
        })
    }

    /// Mixes two pictures that fit. `masks` holds the files that terms name; `surface` says what distances mean.
    ///
    /// # Errors
    ///
    /// [`WantedError`]: a mask that is missing or does not fit, a number that these pictures make impossible.
    pub fn mix(
        &self,
        aligned: &Aligned,
        masks: &Masks,
        surface: Surface,
        execution: &Execution,
        observer: &mut dyn FnMut(&Event<'_>) -> ControlFlow<()>,
    ) -> Result<WantedMix, WantedError> {
        self.watched(aligned, masks, surface, execution, &mut Watch::new(observer))
    }

    /// Makes two pictures fit and mixes them. How they came to fit is told to the observer.
    ///
    /// # Errors
    ///
    /// As [`Self::mix`]; also if the pictures cannot be made to fit, or the observer broke before they did.
    pub fn mix_pictures(
        &self,
        [near, far]: [Image<Encoded>; 2],
        fit: &fit::Options,
        masks: &Masks,
        surface: Surface,
        execution: &Execution,
        observer: &mut dyn FnMut(&Event<'_>) -> ControlFlow<()>,
    ) -> Result<(WantedMix, Aligned), WantedError> {
        let watch = &mut Watch::new(observer);
        let aligned = self.fitted([near, far], fit, execution, watch)?;
        let mixed = self.watched(&aligned, masks, surface, execution, &mut watch.until(1.0))?;
        Ok((mixed, aligned))
    }

    pub(super) fn fitted(
        &self,
        [near, far]: [Image<Encoded>; 2],
        fit: &fit::Options,
        execution: &Execution,
        watch: &mut Watch<'_>,
    ) -> Result<Aligned, WantedError> {
        let aligned = fit::watched(near, far, fit, execution, &mut watch.until(FITTED)).map_err(MixError::from)?;
        let fitted = Note::Fitted(aligned.fitted());
        watch.noted(std::iter::once(&fitted).chain(&aligned.notes)).map_err(MixError::from)?;
        Ok(aligned)
    }

    fn watched(
        &self,
        aligned: &Aligned,
        masks: &Masks,
        surface: Surface,
        execution: &Execution,
        watch: &mut Watch<'_>,
    ) -> Result<WantedMix, WantedError> {
        self.level(aligned, masks, surface, execution)?.mix(execution, watch)
    }

    /// What is minimised at the full size, checked.
    pub(super) fn level(
        &self,
        aligned: &Aligned,
        masks: &Masks,
        surface: Surface,
        execution: &Execution,
    ) -> Result<Level<'_>, WantedError> {
        let pair = &aligned.pair;
        let choice = Method::default().choose(aligned, Strength::Even);
        let crossover = match self.crossover {
            Some(cutoff) => {
                let error = |_| WantedError::Crossover { cutoff, size: pair.size() };
                cutoff.crossover(pair.size()).map_err(error)?
            }
            None => choice.crossover,
        };
        let masks = self.terms.iter().map(|term| mask(term, aligned, masks, execution));
        let level = Level {
            wanted: self,
            pair: pair.clone(),
            masks: masks.collect::<Result<_, _>>()?,
            full: pair.size(),
            surface,
            crossover,
            share: choice.share,
            scale: 1.0,
        };
        if let Some((term, from, to)) = level.band_that_is_none() {
            let (name, band) = (term.name.clone(), words::band(from, to));
            return Err(WantedError::NoBand { name, band, size: pair.size() });
        }
        if let Some((term, error)) = level.blur_that_is_none() {
            return Err(WantedError::Term { name: term.name.clone(), error });
        }
        Ok(level)
    }
}

/// What each pixel of the pair weighs for a term.
fn mask(
    term: &Term,
    aligned: &Aligned,
    files: &Masks,
    execution: &Execution,
) -> Result<Option<Image<Encoded>>, WantedError> {
    let size = aligned.pair.size();
    let named = || term.name.clone();
    let no_face = || WantedError::NoFace { term: named() };
    Ok(match &term.mask {
        None => None,
        Some(Mask::Busy) => Some(busyness(aligned.pair.near(), execution)),
        Some(Mask::Calm) => {
            let mut calm = busyness(aligned.pair.near(), execution);
            update(execution, calm.samples_mut(), [], |v, []| 1.0 - v);
            Some(calm)
        }
        Some(Mask::Face) => {
            let focus = Method::default().choose(aligned, Strength::Even).share.focus.ok_or_else(no_face)?;
            let head = Focus { rest: 0.0, ..focus };
            Some(Image::from_fn(size, Channels::Grey, |_, x, y| head.part(x, y)))
        }
        Some(Mask::File(name)) => {
            let mask = files.get(name).ok_or_else(|| WantedError::NoMask { term: named(), name: name.clone() })?;
            let Some(mask) = grey(mask) else {
                return Err(WantedError::MaskColors { term: named(), name: name.clone() });
            };
            let frame = aligned.frame;
            if mask.size() == size {
                Some(mask)
            } else if mask.size().width() >= frame.x + size.width() && mask.size().height() >= frame.y + size.height() {
                Some(mask.crop(frame))
            } else {
                return Err(WantedError::MaskSize {
                    term: named(),
                    name: name.clone(),
                    found: mask.size(),
                    wanted: size,
                });
            }
        }
    })
}

/// A mask as it was saved, grey or in three channels alike, as one channel; none if it has colours.
pub(super) fn grey(mask: &Image<Encoded>) -> Option<Image<Encoded>> {
    let mut planes = mask.planes();
    let first = planes.next()?.samples();
    let alike = |plane: &[f32]| first.iter().zip(plane).all(|(a, b)| (a - b).abs() < SAME_GREY);
    planes.all(|plane| alike(plane.samples())).then(|| {
        let width = mask.size().width();
        Image::from_fn(mask.size(), Channels::Grey, |_, x, y| first[y * width + x])
    })
}

/// Half an 8-bit step, in codes: by so little the channels of a grey picture may differ after its colours were developed.
const SAME_GREY: f32 = 0.5 / 255.0;

/// The objective at one size.
pub(super) struct Level<'a> {
    wanted: &'a Wanted,
    pair: Pair,
    /// For each term.
    masks: Vec<Option<Image<Encoded>>>,
    /// The full size, in whose pixels all is said.
    full: Size,
    surface: Surface,
    /// Where the start's pictures change places, in cycles per pixel of the full size.
    pub(super) crossover: Crossover,
    share: Share,
    /// By what the full size is larger, along a side.
    scale: f64,
}

impl<'a> Rung<'a> for Level<'a> {
    type Error = MixError;

    fn near(&self) -> &Image<Encoded> {
        self.pair.near()
    }

    fn halved(&self, execution: &Execution) -> Option<Self> {
        let sigma = self.crossover.sigma() / self.scale;
        if self.wanted.start != Start::Pyramid || !is_worth_halving(self.pair.size(), sigma) {
            return None;
        }
        let half = |picture| halved(picture, TransferFunction::Srgb, execution);
        let pair = Pair::new(half(self.pair.near()), half(self.pair.far())).expect("both have half of one size");
        let masks =
            self.masks.iter().map(|mask| mask.as_ref().map(|mask| halved(mask, TransferFunction::Identity, execution)));
        let (masks, share) = (masks.collect(), self.share.enlarged(0.5));
        let half = Self { pair, masks, share, scale: 2.0 * self.scale, ..*self };
        // At a size that holds the frequencies of no term nothing is asked.
        self.wanted.terms.iter().any(|term| half.holds(term)).then_some(half)
    }

    fn start(&self, execution: &Execution) -> Result<Image<Encoded>, MixError> {
        let start = match self.wanted.start {
            Start::Near => self.pair.near().clone(),
            Start::Far => self.pair.far().clone(),
            Start::Grey => Image::filled(self.pair.size(), self.pair.channels(), 0.5),
            Start::Pyramid | Start::Blend => {
                let (crossover, share) = (Some(self.crossover()), Some(self.share));
                let options = nearfar_fourier::Options { crossover, share, ..nearfar_fourier::Options::default() };
                nearfar_fourier::mix(&self.pair, &options, execution)?.hybrid
            }
        };
        Ok(start)
    }

    fn objective(&self, execution: &Execution) -> Result<Objective<'a>, MixError> {
        let terms = self.wanted.terms.iter().zip(&self.masks);
        let terms = terms.map(|(term, mask)| Ok(self.term(term, execution)?.map(|term| term.masked(mask.clone()))));
        let terms: Vec<_> = terms.collect::<Result<Vec<_>, MixError>>()?.into_iter().flatten().collect();
        if terms.is_empty() {
            return Err(DescentError::NoWeight.into());
        }
        Ok(Objective::new(terms))
    }

    fn solver(&self) -> (Solver, Parametrization) {
        (self.wanted.solver.solver(), Parametrization::default())
    }

    /// That of the widest eye: what it sees says most of what a coarser size has found.
    fn far_sigma(&self) -> f64 {
        let sigmas = self.wanted.terms.iter().filter_map(|term| match term.what {
            What::Afar { eye, .. } | What::DetailsAfar { eye, .. } => self.sigma(eye).ok(),
            _ => None,
        });
        sigmas.fold(0.0, f64::max)
    }
}

impl<'a> Level<'a> {
    /// From the coarsest size to this one.
    pub(super) fn mix(self, execution: &Execution, watch: &mut Watch<'_>) -> Result<WantedMix, WantedError> {
        let stop = self.wanted.stop;
        let outcome = optimise(Run::new(self, stop, execution)?, watch)?;
        let Outcome { hybrid, losses, evaluations, stop_reason, .. } = outcome;
        Ok(WantedMix { picture: hybrid, losses, evaluations, stop_reason })
    }

    fn crossover(&self) -> Crossover {
        let cycles = (self.crossover.cycles_per_pixel() * self.scale).min(0.5);
        Crossover::per_pixel(cycles).expect("above 0 and at most half a cycle per pixel")
    }

    /// Whether this size has the frequencies that a term asks for.
    fn holds(&self, term: &Term) -> bool {
        match term.what {
            What::Band { from, to, .. } | What::Unlike { from, to, .. } => self.band(from, to).is_some(),
            _ => true,
        }
    }

    /// The first term that asks for frequencies that there are none of, and these.
    fn band_that_is_none(&self) -> Option<(&Term, Option<Cutoff>, Option<Cutoff>)> {
        let cycles = |end: Cutoff| end.cycles_per_pixel(self.full);
        self.wanted.terms.iter().find_map(|term| match term.what {
            What::Band { from, to, .. } | What::Unlike { from, to, .. } => {
                let (low, high) = (from.map_or(0.0, cycles), to.map_or(HIGHEST, cycles).min(HIGHEST));
                (low >= high).then_some((term, from, to))
            }
            _ => None,
        })
    }

    /// The first term whose blur cannot be, and why.
    fn blur_that_is_none(&self) -> Option<(&Term, MixError)> {
        self.wanted.terms.iter().find_map(|term| {
            let eye = match term.what {
                What::Afar { eye, .. } | What::DetailsAfar { eye, .. } => eye,
                What::Unlike { window, .. } => Eye::Blur(window),
                _ => return None,
            };
            let gaussian = self.sigma(eye).and_then(|sigma| Ok(Gaussian::new(sigma).map_err(DescentError::from)?));
            gaussian.err().map(|error| (term, error))
        })
    }

    /// A cutoff in cycles per pixel of this size; none where its pixels do not hold it.
    fn cutoff(&self, cutoff: Cutoff) -> Option<Crossover> {
        Crossover::per_pixel(cutoff.cycles_per_pixel(self.full) * self.scale).ok()
    }

    /// The eye's blur in pixels of this size.
    fn sigma(&self, eye: Eye) -> Result<f64, MixError> {
        let sigma = match eye {
            Eye::Blur(Cutoff::Sigma(sigma)) => sigma,
            Eye::Blur(cutoff) => cutoff.crossover(self.full).map_err(MixError::Cutoff)?.sigma(),
            Eye::Distance(distance) => PixelsPerDegree::at(distance, self.surface.density(self.full)?)?.eye_sigma(),
        };
        Ok(sigma / self.scale)
    }

    /// What is compared with, along some colours.
    fn target(&self, which: Which, execution: &Execution) -> Image<Encoded> {
        match which {
            Which::Near => self.pair.near().clone(),
            Which::Far => self.pair.far().clone(),
            Which::FarShare => {
                let crossover = self.crossover();
                let tones = self.share.far_tones(&self.pair, crossover, TransferFunction::Srgb, execution);
                match <[_; 2]>::try_from(self.share.opponent_colors(&self.pair, crossover, execution)) {
                    Ok([blue, red]) => nearfar_kernels::axes::rgb_of(&tones, [&blue, &red], execution),
                    Err(_) => tones,
                }
            }
        }
    }

    /// One term at this size; none where its band lies beyond what pixels hold.
    fn term(&self, term: &Term, execution: &Execution) -> Result<Option<Asked<'a>>, MixError> {
        let Term { name, weight, what, axes, .. } = term;
        let (name, axes) = (name.clone(), *axes);
        let shape = (self.pair.size(), self.pair.channels());
        // Sums of squared differences are the same at every size, lengths half as large, all else a quarter.
        let (details, lengths) = (weight / self.scale.powi(2), weight / self.scale);
        let seen = |sigma, edges| DetailsAfar {
            sigma,
            transfer: TransferFunction::Srgb,
            axes,
            light_floor: LIGHT_FLOOR,
            edges,
        };
        Ok(Some(match *what {
            What::Pixels { of } => Asked::pixels(name, *weight, self.target(of, execution), axes, execution),
            What::Details { of, edges } => {
                Asked::details(name, details, self.target(of, execution), axes, edges, execution)
            }
            What::Afar { of, eye } => {
                let gaussian = Gaussian::new(self.sigma(eye)?).map_err(DescentError::from)?;
                let blur = FarBlur::new(shape.0, &gaussian, Border::Mirror);
                let eye =
                    nearfar_descent::Eye { blur, transfer: TransferFunction::Srgb, axes, light_floor: LIGHT_FLOOR };
                // Tones alone: the luminance of a share is no sum of its channels' light.
                let far = match (of, axes) {
                    (Which::FarShare, Axes::Luma) => {
                        self.share.far_tones(&self.pair, self.crossover(), TransferFunction::Srgb, execution)
                    }
                    _ => self.target(of, execution),
                };
                Asked::afar(name, *weight, shape.1, &far, eye, execution)
            }
            What::DetailsAfar { of, eye, edges } => {
                let seen = seen(self.sigma(eye)?, edges);
                Asked::details_afar(name, details, shape.1, &self.target(of, execution), seen, execution)?
            }
            What::Band { of, from, to } => {
                let Some(band) = self.band(from, to) else { return Ok(None) };
                Asked::band(name, *weight, self.target(of, execution), axes, band)?
            }
            What::Variation { softness } => Asked::variation(name, lengths, shape, axes, softness * self.scale)?,
            What::Range { low, high } => Asked::range(name, *weight, shape, axes, [low, high])?,
            What::Contrast { contrast } => Asked::contrast(name, *weight, shape, axes, contrast)?,
            What::Unlike { of, from, to, window } => {
                let Some(band) = self.band(from, to) else { return Ok(None) };
                let window = self.sigma(Eye::Blur(window))?;
                let like = Unlike { band, window, least_contrast: LEAST_CONTRAST };
                Asked::unlike(name, *weight, &self.target(of, execution), axes, like, execution)?
            }
        }))
    }

    /// A band; none if it begins beyond what these pixels hold.
    fn band(&self, from: Option<Cutoff>, to: Option<Cutoff>) -> Option<Passband> {
        let begin = from.map(|from| self.cutoff(from));
        let end = to.and_then(|to| self.cutoff(to));
        (begin != Some(None)).then(|| Passband { from: begin.flatten(), to: end })
    }
}
