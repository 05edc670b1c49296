//! Distances: from where the pictures of a hybrid are to be seen, and what is seen from there.

use nearfar_image::Size;
use nearfar_kernels::Crossover;
use nearfar_vision::{Density, Length, PixelsPerDegree, Viewing, VisionError};

use super::Request;
use crate::{Help, MixError, Note, Perception, fit::Aligned, views};

/// The distance from which the near picture is seen by default.
const NEAR_CENTIMETRES: f64 = 60.0;

impl Request {
    /// Pixels per inch of what a hybrid of `size` is seen on.
    ///
    /// # Errors
    ///
    /// [`VisionError::DensityRange`] if nothing has so many.
    pub fn density(&self, size: Size) -> Result<Density, VisionError> {
        self.surface.unwrap_or_default().density(size)
    }

    /// The distance from which the near picture should be seen; by default that from which people look at a screen, 60 cm.
    ///
    /// # Panics
    ///
    /// Never: 60 cm is a length.
    #[must_use]
    pub fn near_distance(&self) -> Length {
        self.near.unwrap_or_else(|| Length::from_centimetres(NEAR_CENTIMETRES).expect("a length"))
    }

    /// Refuses a distance for the far picture that is not beyond that of the near one.
    pub(super) fn check_nearer_than(&self, far: Length) -> Result<(), MixError> {
        let near = self.near_distance();
        if near.centimetres() < far.centimetres() {
            return Ok(());
        }
        Err(MixError::NotNearer { near, near_is_said: self.near.is_some(), far, far_is_said: self.far.is_some() })
    }

    /// The views of a hybrid of two pictures that fit.
    ///
    /// # Errors
    ///
    /// As [`Self::mix`]; [`VisionError`] if no eye resolves that finely, or the distance is out of range.
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

    /// The views of a hybrid with this crossover. If no distance was given for the near picture, it is seen from nearer than usual
    /// where the far one is seen from the usual distance.
    ///
    /// # Errors
    ///
    /// [`MixError::Vision`] if no eye resolves that finely, or the distance is out of range; [`MixError::NotNearer`] if the near picture should be seen from
    /// where the far one is.
    pub fn viewing(&self, crossover: Crossover, size: Size) -> Result<Viewing, MixError> {
        let density = self.density(size)?;
        let viewing = views(crossover, Some(PixelsPerDegree::at(self.near_distance(), density)?))?;
        if self.near.is_some() {
            self.check_nearer_than(viewing.far_ppd.distance(density)?)?;
        }
        Ok(viewing)
    }

    /// Notes on where a hybrid made for two views changes, and on whether it shows in each what it should; none of one picture
    /// with itself, which has nothing to change into.
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
        if aligned.pair.near() == aligned.pair.far() {
            return Ok(Vec::new());
        }
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
        let flips = perception.near > 0.0 && perception.far < 0.0;
        let help = if self.gives_crossover(size) { Help::ChosenCrossover } else { aligned.help() };
        if !perception.shows_near() {
            notes.push(Note::FarShows { p: perception.near, from: from_near, flips, help });
        }
        if !perception.shows_far() {
            notes.push(Note::NearStays { p: perception.far, from: made_for, flips, help });
        }
        Ok(notes)
    }
}

impl Request {
    /// Whether it says the crossover of pictures of this size, or what the crossover follows from.
    fn gives_crossover(&self, size: Size) -> bool {
        let method = self.cutoffs.laid_over(self.recipe.method.clone(), size);
        self.far.is_some() || method.is_ok_and(|method| method.crossover().is_some())
    }
}

/// The default view from up close.
pub(crate) fn usual_near_view() -> Result<PixelsPerDegree, VisionError> {
    PixelsPerDegree::at(Request::default().near_distance(), Density::default())
}
