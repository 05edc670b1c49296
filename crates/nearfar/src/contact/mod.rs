//! A contact sheet: hybrids of one pair over the crossover and another knob, the one that flips best marked.

mod draw;

use std::ops::ControlFlow;

use nearfar_image::{Encoded, Image, Pair};
use nearfar_kernels::{Crossover, Execution};
use nearfar_vision::{Percept, shrink};
use serde::Serialize;

use crate::{
    Event, Method, MixError, Perception, Phase, Request, ShareWish,
    event::{Watch, What},
    fit::{self, Aligned, fit},
    settings::Worded,
};

/// What is turned from row to row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Knob {
    /// The optimiser's weight of being like the near picture.
    NearWeight,
    /// Its weight of having the near picture's details.
    DetailWeight,
    /// Its weight of being like the far picture from afar.
    FarWeight,
    /// How much of the near picture's own colours is kept.
    NearColor,
    /// How much of the far picture's colours comes through.
    FarColor,
    /// How much of its overall light and dark.
    FarTone,
    /// How much of its shapes where the near picture is plain.
    Plain,
    /// How much of what lies beside its face.
    Beside,
}

/// A hybrid of the sheet.
#[derive(Clone, Debug, Serialize)]
pub struct Cell {
    /// Where the pictures change places, in cycles across the shorter side.
    pub cycles: f64,
    /// What the knob stands at.
    pub value: f64,
    /// What is seen up close: +1 only the near picture.
    pub near: f64,
    /// What is seen from afar: -1 only the far picture.
    pub far: f64,
    /// How well it flips: the smaller of `near` and `-far`.
    pub margin: f64,
    /// From where both are seen alike, in widths of the picture.
    pub switch_picture_widths: Option<f64>,
    /// What is seen of it from near to far.
    #[serde(skip)]
    pub curve: Vec<Percept>,
    /// The distance that it is made for, in widths of the picture.
    #[serde(skip)]
    pub afar_picture_widths: f64,
    #[serde(skip)]
    pub(crate) picture: Image<Encoded>,
}

/// Hybrids of one pair, a row for each value of a knob, a column for each crossover.
#[derive(Clone, Debug, Serialize)]
pub struct ContactSheet {
    /// What is turned from row to row.
    pub knob: Knob,
    /// The hybrids, row after row.
    pub rows: Vec<Vec<Cell>>,
}

/// What is turned on a sheet.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Turns {
    knob: Knob,
    values: Vec<f64>,
    columns: usize,
}

/// Why there is no sheet.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum SheetError {
    /// Values of the knob that make no sense, or more than a sheet holds.
    #[error("the values of the knob make no sense: they are at most {MOST_ROWS} numbers from 0 up")]
    Values,
    /// No crossover at all, or more than a sheet holds.
    #[error("{columns} crossovers make no sheet; it has 1 to {MOST_COLUMNS}")]
    Columns {
        /// How many were asked for.
        columns: usize,
    },
    /// A hybrid of it cannot be made, or the observer broke.
    #[error(transparent)]
    Mix(#[from] MixError),
}

/// More rows or columns are no sheet any more.
const MOST_ROWS: usize = 12;
const MOST_COLUMNS: usize = 9;

/// The shorter side of the hybrids of a sheet, in pixels.
const SIDE: usize = 256;

/// Share of the work at which fitting ends, as it is for two photographs of half a megapixel.
const FITTED: f64 = 0.1;

/// The crossover is turned over so many octaves, half to either side of what the method says or what is chosen for it.
const OCTAVES: f64 = 2.0;

impl Knob {
    /// Its name, as flags and keywords have it.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.word()
    }

    /// Values worth a look, for a method: a quarter of its own weight, the weight and four times as much; or of a share
    /// none, some, more and all.
    #[must_use]
    pub fn values(self, method: &Method) -> Vec<f64> {
        let own = match (self, method) {
            (Self::NearWeight, Method::Descent(options)) => options.near_weight,
            (Self::DetailWeight, Method::Descent(options)) => options.detail_weight,
            (Self::FarWeight, Method::Descent(options)) => options.far_weight,
            _ => return vec![0.0, 0.3, 0.6, 1.0],
        };
        // A weight that is 0 says nothing of what is much of it.
        let own = if own > 0.0 { own } else { 0.2 };
        [0.25, 1.0, 4.0].map(|factor| factor * own).to_vec()
    }

    fn turned(self, request: &Request, value: f64) -> Result<Request, MixError> {
        let mut request = request.clone();
        let share = request.share;
        request.share = match self {
            Self::NearColor => ShareWish { near_color: Some(value), ..share },
            Self::FarColor => ShareWish { color: Some(value), ..share },
            Self::FarTone => ShareWish { tone: Some(value), ..share },
            Self::Plain => ShareWish { plain: Some(value), ..share },
            Self::Beside => ShareWish { beside: Some(value), ..share },
            _ => share,
        };
        if let Method::Descent(options) = &mut request.recipe.method {
            match self {
                Self::NearWeight => options.near_weight = value,
                Self::DetailWeight => options.detail_weight = value,
                Self::FarWeight => options.far_weight = value,
                _ => {}
            }
        }
        Ok(request)
    }
}

impl Turns {
    /// A knob at some values, or at those that are worth a look for the method if there are none, and `columns` crossovers.
    ///
    /// # Errors
    ///
    /// [`SheetError::Values`] or [`SheetError::Columns`].
    pub fn new(knob: Knob, values: Vec<f64>, columns: usize, method: &Method) -> Result<Self, SheetError> {
        let values = if values.is_empty() { knob.values(method) } else { values };
        if values.len() > MOST_ROWS || !values.iter().all(|value| value.is_finite() && *value >= 0.0) {
            return Err(SheetError::Values);
        }
        if !(1..=MOST_COLUMNS).contains(&columns) {
            return Err(SheetError::Columns { columns });
        }
        Ok(Self { knob, values, columns })
    }
}

impl ContactSheet {
    /// Makes the pictures fit and mixes them as the request says at so many crossovers, two octaves in all, with the knob at
    /// each of its values. Pictures are made small for that: what is seen does not depend on their size.
    ///
    /// # Errors
    ///
    /// [`SheetError::Mix`] as [`Request::mix`]: a value that the knob cannot have, pictures that cannot be made to fit; or the
    /// observer broke.
    pub fn new(
        [near, far]: [Image<Encoded>; 2],
        request: &Request,
        turns: &Turns,
        execution: &Execution,
        observer: &mut dyn FnMut(&Event<'_>) -> ControlFlow<()>,
    ) -> Result<(Self, Aligned), SheetError> {
        let watch = &mut Watch::new(observer);
        let aligned = request.fitted_until(near, far, FITTED, execution, watch)?;
        let sheet = Self::of_aligned(&aligned, request, turns, execution, &mut watch.until(1.0))?;
        Ok((sheet, aligned))
    }

    fn of_aligned(
        aligned: &Aligned,
        request: &Request,
        turns: &Turns,
        execution: &Execution,
        watch: &mut Watch<'_>,
    ) -> Result<Self, MixError> {
        let Turns { knob, ref values, columns } = *turns;
        let (near, far) = (aligned.pair.near(), aligned.pair.far());
        let size = near.size().with_shorter_side(SIDE);
        let pair = Pair::new(shrink(near, size)?, shrink(far, size)?).map_err(nearfar_vision::VisionError::from)?;
        let as_they_are = fit::Options { method: fit::Method::None, ..fit::Options::default() };
        let small = fit(pair.near().clone(), pair.far().clone(), &as_they_are, execution)?;
        let strength = request.share.strength();
        let method = request.recipe.method.clone().settled(aligned, strength);
        let enlarged = near.size().shorter_side() as f64 / size.shorter_side() as f64;
        let crossover = method.crossover().unwrap_or_else(|| method.choose(aligned, strength).crossover);
        let middle = enlarged * crossover.cycles_per_pixel();
        let crossover = |column: usize| {
            let part = if columns > 1 { column as f64 / (columns - 1) as f64 - 0.5 } else { 0.0 };
            let finest = Crossover::per_pixel(0.5).expect("what pixels hold");
            Crossover::per_pixel(middle * (OCTAVES * part).exp2()).unwrap_or(finest)
        };
        let most = values.len() * columns;
        let mut rows = Vec::new();
        for &value in values {
            let mut row = Vec::new();
            for column in 0..columns {
                watch.begin(Phase::Mix, (rows.len() * columns + column) as f64 / most as f64)?;
                let mut request = knob.turned(request, value)?;
                request.recipe.align = as_they_are.clone();
                request.recipe.method = request.recipe.method.crossing_at(crossover(column));
                let hybrid = request.mix_aligned(small.clone(), None, execution, &mut crate::no_observer)?;
                let viewing = hybrid.viewing.map_or_else(|| request.viewing_of(&small), Ok)?;
                let seen = match hybrid.perception {
                    Some(perception) => perception,
                    None => Perception::of(&hybrid.picture, &small, &viewing, execution)?,
                };
                row.push(Cell {
                    cycles: crossover(column).cycles_per_pixel() * size.shorter_side() as f64,
                    value,
                    near: seen.near,
                    far: seen.far,
                    margin: seen.near.min(-seen.far),
                    switch_picture_widths: seen.switch.even_ppd.map(|ppd| ppd.picture_widths(size.width())),
                    picture: hybrid.picture,
                    curve: seen.curve,
                    afar_picture_widths: viewing.far_ppd.picture_widths(size.width()),
                });
                watch.tell(What::Made { done: rows.len() * columns + column + 1, most })?;
            }
            rows.push(row);
        }
        Ok(Self { knob, rows })
    }

    /// The hybrid that flips best: its row and column.
    #[must_use]
    pub fn best(&self) -> Option<(usize, usize)> {
        let places = (0..self.rows.len()).flat_map(|y| (0..self.rows[y].len()).map(move |x| (y, x)));
        places.max_by(|&(ay, ax), &(by, bx)| self.rows[ay][ax].margin.total_cmp(&self.rows[by][bx].margin))
    }
}
