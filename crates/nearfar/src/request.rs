//! What somebody wants: a recipe, and the everyday words for what it leaves open.

use std::ops::ControlFlow;

use nearfar_descent::DescentError;
use nearfar_image::{Encoded, Image, Size};
use nearfar_kernels::{Crossover, Execution, Focus, Share};
use nearfar_vision::{Density, Length, PixelsPerDegree, Surface, Viewing, VisionError};
use serde::{Deserialize, Serialize};

use crate::{
    Choice, Cutoff, Event, Hybrid, Method, MixError, Note, Perception, Phase, Recipe, Strength,
    choose::finest,
    crossover_seen_by,
    event::{FITTED, MIXED, Watch},
    far_eye_sigma,
    fit::{self, Aligned},
    fourier,
    method::Begin,
    views,
};

/// What somebody wants of a hybrid. The default says nothing: all is chosen.
///
/// ```
/// use nearfar::{Channels, Execution, Image, Request, Size, no_observer};
///
/// let near = Image::from_fn(Size::new(48, 48)?, Channels::Grey, |_, x, y| [0.3, 0.7][(x / 2 + y / 2) % 2]);
/// let far = Image::from_fn(Size::new(48, 48)?, Channels::Grey, |_, x, _| if x < 24 { 0.2 } else { 0.8 });
/// let request = Request { far: Some("3m".parse()?), ..Request::default() };
/// let hybrid = request.mix(near, far, &Execution::parallel(), &mut no_observer)?;
/// for note in &hybrid.notes {
///     println!("{note}");
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Request {
    /// How the pictures are made to fit and mixed; what it says of the crossover and of the share gives way to what is said
    /// here.
    pub recipe: Recipe,
    /// The distance from which the far picture should be seen: the crossover follows from it.
    pub far: Option<Length>,
    /// The distance from which the near picture should be seen; 60 cm if nothing is said.
    pub near: Option<Length>,
    /// What the hybrid is seen on; a screen of 96 dpi if nothing is said.
    pub surface: Option<Surface>,
    /// How much of the far picture comes through beside its shapes.
    pub share: ShareWish,
    /// Cutoffs of the Fourier mixer in everyday units.
    pub cutoffs: Cutoffs,
}

/// How much of both pictures comes through beside their shapes, each part from 0 to 1; what is not said is chosen by what the
/// far picture shows, and by how strong it is to be.
#[cfg_attr(feature = "clap", derive(clap::Args))]
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct ShareWish {
    /// How strongly FAR comes through, where nothing else is said: from where it is seen, how clean NEAR is up close.
    #[cfg_attr(feature = "clap", arg(long, value_parser = crate::settings::flags::word::<Strength>(), value_name = "HOW"))]
    pub strength: Option<Strength>,
    /// How much of NEAR's own colours, from 0 (grey but for FAR's) to 1, as without it.
    #[cfg_attr(feature = "clap", arg(long, value_name = "PART", allow_negative_numbers = true))]
    pub near_color: Option<f64>,
    /// How much of FAR's colours, from 0 (all colours are NEAR's) to 1 (all coarse ones are FAR's), but on a face of NEAR's
    /// never all; without it the more, the more NEAR's would give it away from afar.
    #[cfg_attr(
        feature = "clap",
        arg(long = "far-color", id = "far_color", value_name = "PART", allow_negative_numbers = true)
    )]
    pub color: Option<f64>,
    /// How much of FAR's overall light and dark, from 0 (as bright as NEAR everywhere) to 1.
    #[cfg_attr(
        feature = "clap",
        arg(long = "far-tone", id = "far_tone", value_name = "PART", allow_negative_numbers = true)
    )]
    pub tone: Option<f64>,
    /// How much of FAR's shapes where NEAR is plain and hides nothing, from 0 to 1 (all places alike).
    #[cfg_attr(feature = "clap", arg(long, value_name = "PART", allow_negative_numbers = true))]
    pub plain: Option<f64>,
    /// How much of FAR beside its face, from 0 (the face alone) to 1.
    #[cfg_attr(feature = "clap", arg(long, value_name = "PART", allow_negative_numbers = true))]
    pub beside: Option<f64>,
}

/// Cutoffs of the Fourier mixer, which need the size of the pictures.
#[cfg_attr(feature = "clap", derive(clap::Args))]
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Cutoffs {
    /// Where FAR is cut off (gain 1/2), such as 16cpi (cycles per image), 0.03cpp (cycles per pixel) or 6px (sigma). Without
    /// it FAR's subject decides.
    #[cfg_attr(
        feature = "clap",
        arg(long, value_name = "CUTOFF", allow_hyphen_values = true, conflicts_with = "far_distance")
    )]
    pub low: Option<Cutoff>,
    /// Where NEAR begins, in the same units; without it the same as --low.
    #[cfg_attr(feature = "clap", arg(long, value_name = "CUTOFF", allow_hyphen_values = true))]
    pub high: Option<Cutoff>,
}

/// The near picture is seen from so far away if nothing is said.
const NEAR_CENTIMETRES: f64 = 60.0;
/// The far picture must be seen from at least so many times as far away as the near one, for an eye to tell them apart.
const LEAST_RATIO: f64 = 2.5;
/// Pixels of a shorter side that hold the 11 cycles by which one picture is known, with some left for the other.
const LEAST_SIDE: usize = 64;

impl From<Recipe> for Request {
    fn from(recipe: Recipe) -> Self {
        Self { recipe, ..Self::default() }
    }
}

impl Recipe {
    /// Makes the pictures fit and mixes them: a [`Request`] that says no more than this recipe.
    ///
    /// # Errors
    ///
    /// [`MixError`]: the pictures cannot be made to fit, or an option makes no sense.
    pub fn mix(
        &self,
        near: Image<Encoded>,
        far: Image<Encoded>,
        execution: &Execution,
        observer: &mut dyn FnMut(&Event<'_>) -> ControlFlow<()>,
    ) -> Result<Hybrid, MixError> {
        Request::from(self.clone()).mix(near, far, execution, observer)
    }
}

impl Request {
    /// The request for a hybrid that is there: what its file says of how it was made and, where nothing else is said here, of
    /// what it is seen on; but for how the pictures are made to fit if `keeps_align`.
    #[cfg(feature = "codec")]
    #[must_use]
    pub fn of_hybrid(self, info: &nearfar_codec::SourceInfo, keeps_align: bool) -> Self {
        let made = crate::Provenance::of(info).ok().flatten();
        let recipe = made.as_ref().and_then(|made| made.mix.recipe()).unwrap_or_default();
        let align = if keeps_align { self.recipe.align } else { recipe.align };
        let surface = self.surface.or(made.and_then(|made| made.surface));
        Self { recipe: Recipe { align, ..recipe }, surface, ..self }
    }

    /// Checks what needs no picture.
    ///
    /// # Errors
    ///
    /// [`MixError`] names an option of the recipe's method, or a share, that makes no sense, or weights that leave nothing to
    /// choose a crossover by; [`MixError::NotNearer`] if the near picture should be seen from further away than the far one,
    /// or would be from its usual distance.
    pub fn check(&self) -> Result<(), MixError> {
        self.recipe.method.check_options()?;
        self.share.check_parts()?;
        if let Method::Descent(options) = &self.recipe.method
            && options.sigma.is_none()
        {
            options.check_crossover().map_err(MixError::Descent)?;
        }
        self.far.map_or(Ok(()), |far| self.check_nearer_than(far))
    }

    /// Refuses a distance for the far picture that the near one would be seen from, or from beyond.
    fn check_nearer_than(&self, far: Length) -> Result<(), MixError> {
        let near = self.near_distance();
        if near.centimetres() < far.centimetres() {
            return Ok(());
        }
        Err(MixError::NotNearer { near, near_is_said: self.near.is_some(), far, far_is_said: self.far.is_some() })
    }

    /// Pixels per inch of what a hybrid of `size` is seen on.
    ///
    /// # Errors
    ///
    /// [`VisionError::DensityRange`] if nothing has so many.
    pub fn density(&self, size: Size) -> Result<Density, VisionError> {
        self.surface.unwrap_or_default().density(size)
    }

    /// The distance from which the near picture should be seen, and from which people look at a screen: 60 cm if nothing is
    /// said.
    ///
    /// # Panics
    ///
    /// Never: 60 cm is a length.
    #[must_use]
    pub fn near_distance(&self) -> Length {
        self.near.unwrap_or_else(|| Length::from_centimetres(NEAR_CENTIMETRES).expect("a length"))
    }

    /// Makes the pictures fit, chooses what is not said, mixes, and looks at the hybrid.
    ///
    /// # Errors
    ///
    /// [`MixError`]: the pictures cannot be made to fit, something that was said makes no sense or would have no effect, or
    /// the observer broke before there was a hybrid.
    pub fn mix(
        &self,
        near: Image<Encoded>,
        far: Image<Encoded>,
        execution: &Execution,
        observer: &mut dyn FnMut(&Event<'_>) -> ControlFlow<()>,
    ) -> Result<Hybrid, MixError> {
        let watch = &mut Watch::new(observer);
        let aligned = self.fitted(near, far, execution, watch)?;
        self.mixed(aligned, Begin::default(), execution, watch)
    }

    /// Of two pictures that fit, for whoever mixes them more than once; from a picture of their size that the optimiser
    /// starts from, if there is one.
    ///
    /// # Errors
    ///
    /// As [`Self::mix`], and as [`Method::mix_from`].
    pub fn mix_aligned(
        &self,
        aligned: Aligned,
        start: Option<Image<Encoded>>,
        execution: &Execution,
        observer: &mut dyn FnMut(&Event<'_>) -> ControlFlow<()>,
    ) -> Result<Hybrid, MixError> {
        self.mixed(aligned, Begin { start, own: None }, execution, &mut Watch::new(observer))
    }

    /// Makes the pictures fit, by the recipe, for whoever does more with them than mix once.
    ///
    /// # Errors
    ///
    /// [`MixError`]: the pictures cannot be made to fit, or the observer broke.
    pub fn fit(
        &self,
        near: Image<Encoded>,
        far: Image<Encoded>,
        execution: &Execution,
        observer: &mut dyn FnMut(&Event<'_>) -> ControlFlow<()>,
    ) -> Result<Aligned, MixError> {
        self.check()?;
        Ok(fit::watched(near, far, &self.recipe.align, execution, &mut Watch::new(observer))?)
    }

    pub(crate) fn fitted(
        &self,
        near: Image<Encoded>,
        far: Image<Encoded>,
        execution: &Execution,
        watch: &mut Watch<'_>,
    ) -> Result<Aligned, MixError> {
        self.fitted_until(near, far, FITTED, execution, watch)
    }

    /// Fits the pictures; so much of the work is done then.
    pub(crate) fn fitted_until(
        &self,
        near: Image<Encoded>,
        far: Image<Encoded>,
        share: f64,
        execution: &Execution,
        watch: &mut Watch<'_>,
    ) -> Result<Aligned, MixError> {
        self.check()?;
        Ok(fit::watched(near, far, &self.recipe.align, execution, &mut watch.until(share))?)
    }

    /// Chooses, mixes and looks.
    pub(crate) fn mixed(
        &self,
        aligned: Aligned,
        begin: Begin<'_>,
        execution: &Execution,
        watch: &mut Watch<'_>,
    ) -> Result<Hybrid, MixError> {
        let mut notes = Vec::new();
        let (method, viewing) = self.chosen(&aligned, &mut notes)?;
        // Whoever breaks from here on gets the best hybrid so far.
        let _ = watch.noted(&notes);

        let (picture, report) = method.watched(begin, &aligned.pair, execution, &mut watch.until(MIXED))?;
        let mut hybrid = Hybrid { picture, aligned, method, report, viewing, perception: None, notes };
        if let Some(viewing) = viewing.filter(|_| !hybrid.is_cancelled()) {
            let _ = watch.begin(Phase::Judge, MIXED);
            let perception = Perception::of(&hybrid.picture, &hybrid.aligned, &viewing, execution)?;
            let known = hybrid.notes.len();
            hybrid.notes.extend(self.judged(&perception, &hybrid.aligned, &viewing)?);
            hybrid.perception = Some(perception);
            let _ = watch.noted(&hybrid.notes[known..]);
        }
        Ok(hybrid)
    }

    /// What is mixed of two pictures that fit, and how they came to.
    pub(crate) fn chosen(
        &self,
        aligned: &Aligned,
        notes: &mut Vec<Note>,
    ) -> Result<(Method, Option<Viewing>), MixError> {
        self.check()?;
        if self.recipe.align.method != fit::Method::None {
            notes.push(Note::Fitted(aligned.fitted()));
        }
        notes.extend(aligned.notes.iter().cloned());
        self.settle(aligned, notes)
    }

    /// The method with what was said and, for the rest, what is chosen; and the views that it is for.
    pub(crate) fn settle(
        &self,
        aligned: &Aligned,
        notes: &mut Vec<Note>,
    ) -> Result<(Method, Option<Viewing>), MixError> {
        let size = aligned.pair.size();
        if size.shorter_side() < LEAST_SIDE {
            notes.push(Note::Small { size });
        }
        let density = self.density(size)?;
        self.near.map(|near| PixelsPerDegree::at(near, density)).transpose()?;
        let mut method = self.cutoffs.laid_over(self.recipe.method.clone(), size)?;
        if let Some(distance) = self.far {
            let sigma = PixelsPerDegree::at(distance, density)?.eye_sigma();
            notes.push(Note::EyeBlur { distance, sigma });
            if crossover_seen_by(sigma).is_none() {
                let made_for = PixelsPerDegree::from_eye_sigma(far_eye_sigma(finest()))?.distance(density)?;
                notes.push(Note::FarTooNear { far: distance, made_for });
            }
            method = method.seen_through(sigma);
        }
        let chosen = method.crossover().is_none();
        let shared = method.share().is_none();
        let strength = self.share.strength();
        let mut method = method.settled(aligned, strength);
        self.share.check(method.share(), chosen, shared)?;
        if let Some(share) = method.share() {
            method = method.with_share(self.share.laid_over(share));
        }
        if chosen {
            let Choice { crossover, subject, times, .. } = method.choose(aligned, strength);
            notes.push(Note::Chosen { crossover, sigma: method.sigma(), subject, times, strength });
        }
        let viewing = match method.crossover().map(|crossover| self.viewing(crossover, size)) {
            None | Some(Err(MixError::Vision(_))) => return Ok((method, None)),
            Some(viewing) => viewing?,
        };
        if let Ok(far) = viewing.far_ppd.distance(density)
            && let Some(near) = self.near.filter(|near| near.centimetres() * LEAST_RATIO > far.centimetres())
        {
            let most = Length::from_centimetres(far.centimetres() / LEAST_RATIO)?;
            notes.push(Note::NearTooFar { near, most });
        }
        Ok((method, Some(viewing)))
    }

    /// The views of a hybrid of two pictures that fit.
    ///
    /// # Errors
    ///
    /// As [`Self::mix`]; [`VisionError`] if nobody can see so, or from so far.
    pub fn viewing_of(&self, aligned: &Aligned) -> Result<Viewing, MixError> {
        let size = aligned.pair.size();
        if let Some(far) = self.far {
            self.check_nearer_than(far)?;
            let density = self.density(size)?;
            let [near_ppd, far_ppd] =
                [self.near_distance(), far].map(|distance| PixelsPerDegree::at(distance, density));
            return Ok(Viewing { near_ppd: near_ppd?, far_ppd: far_ppd? });
        }
        let method = &self.recipe.method;
        let crossover = method.crossover().unwrap_or_else(|| method.choose(aligned, self.share.strength()).crossover);
        self.viewing(crossover, size)
    }

    /// The views of a hybrid with a crossover. A near picture whose distance nobody said is seen from nearer than usual if the
    /// far one is seen from there.
    ///
    /// # Errors
    ///
    /// [`MixError::Vision`] if nobody can see so, or from so far; [`MixError::NotNearer`] if the near picture should be seen from
    /// where the far one is.
    pub fn viewing(&self, crossover: Crossover, size: Size) -> Result<Viewing, MixError> {
        let density = self.density(size)?;
        let viewing = views(crossover, Some(PixelsPerDegree::at(self.near_distance(), density)?))?;
        if self.near.is_some() {
            self.check_nearer_than(viewing.far_ppd.distance(density)?)?;
        }
        Ok(viewing)
    }

    /// Where a hybrid changes that is made for two views, and whether it shows in them what it should.
    ///
    /// # Errors
    ///
    /// [`VisionError`] if nothing has so many pixels per inch.
    pub fn judged(
        &self,
        perception: &Perception,
        aligned: &Aligned,
        viewing: &Viewing,
    ) -> Result<Vec<Note>, VisionError> {
        let size = aligned.pair.size();
        let density = self.density(size)?;
        let distance = |ppd: Option<PixelsPerDegree>| ppd.and_then(|ppd| ppd.distance(density).ok());
        let (switch, seen) = (perception.switch, [perception.near, perception.far]);
        let [from_near, made_for] = [viewing.near_ppd, viewing.far_ppd].map(|view| view.distance(density));
        let (from_near, made_for) = (from_near?, made_for?);
        let mut notes = vec![Note::Switch {
            near_ends: distance(switch.near_ends_ppd),
            even: distance(switch.even_ppd),
            far_begins: distance(switch.far_begins_ppd),
            made_for,
            is_clearest: perception.is_clearest(perception.far),
            seen,
            width: Length::from_centimetres(size.width() as f64 / density.pixels_per_centimetre())?,
        }];
        let (help, flips) = (aligned.help(), perception.near > 0.0 && perception.far < 0.0);
        if !perception.shows_near() {
            notes.push(Note::FarShows { p: perception.near, from: from_near, flips, help });
        }
        if !perception.shows_far() {
            notes.push(Note::NearStays { p: perception.far, from: made_for, flips, help });
        }
        Ok(notes)
    }
}

/// The view of a picture from up close if nothing is said.
pub(crate) fn usual_near_view() -> Result<PixelsPerDegree, VisionError> {
    PixelsPerDegree::at(Request::default().near_distance(), Density::default())
}

impl ShareWish {
    /// How strongly the far picture comes through.
    pub(crate) fn strength(self) -> Strength {
        self.strength.unwrap_or_default()
    }

    /// Refuses what would have no effect: `share` is that of the method that came of all else, if it has one; `crosses` says
    /// whether its crossover was chosen, and `shares` whether the share was.
    fn check(self, share: Option<Share>, crosses: bool, shares: bool) -> Result<(), MixError> {
        let parts = Self { strength: self.strength.filter(|_| !crosses), ..self };
        match share {
            None if parts != Self::default() => Err(MixError::NoShare),
            Some(_) if parts.strength.is_some() && !shares => Err(MixError::IdleStrength),
            Some(Share { focus: None, .. }) if self.beside.is_some() => Err(MixError::NothingBeside),
            _ => Ok(()),
        }
    }

    /// Checks that what is said are parts of a whole.
    fn check_parts(self) -> Result<(), DescentError> {
        // Any ellipse will do.
        let focus = Focus { x: 0.0, y: 0.0, half_width: 1.0, half_height: 1.0, inside: 1.0, rest: 1.0 };
        let chosen = Share { focus: Some(focus), ..Share::default() };
        Ok(self.laid_over(chosen).check()?)
    }

    /// What was chosen, with what was said laid over it.
    pub(crate) fn laid_over(self, chosen: Share) -> Share {
        Share {
            near_color: self.near_color.unwrap_or(chosen.near_color),
            color: self.color.unwrap_or(chosen.color),
            tone: self.tone.unwrap_or(chosen.tone),
            plain: self.plain.unwrap_or(chosen.plain),
            near_face: chosen.near_face,
            focus: chosen.focus.map(|focus| Focus { rest: self.beside.unwrap_or(focus.rest), ..focus }),
        }
    }
}

impl Cutoffs {
    /// The method, for pictures of `size`, with these cutoffs.
    fn laid_over(self, method: Method, size: Size) -> Result<Method, MixError> {
        let at = |cutoff: Option<Cutoff>, usual: Option<Crossover>| match cutoff {
            Some(cutoff) => cutoff.crossover(size).map(Some).map_err(MixError::Cutoff),
            None => Ok(usual),
        };
        match method {
            Method::Fourier(options) => Ok(Method::Fourier(fourier::Options {
                crossover: at(self.low, options.crossover)?,
                high: at(self.high, options.high)?,
                ..options
            })),
            other if self == Self::default() => Ok(other),
            other => Err(MixError::NoCutoff { method: other.name() }),
        }
    }
}
