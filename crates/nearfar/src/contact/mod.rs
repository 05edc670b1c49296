//! Contact sheets: hybrids of one pair over the crossover and another knob, with the best flip marked.

mod draw;

use std::ops::ControlFlow;

use nearfar_image::{Encoded, Image, Pair};
use nearfar_kernels::{Crossover, Execution};
use nearfar_vision::{Percept, shrink};
use serde::Serialize;

use crate::{
    Event, Method, MixError, Perception, Phase, Request, ShareOptions,
    event::{EventKind, Watch},
    fit::{self, Aligned, fit},
    settings::Worded,
};

/// A setting that varies from row to row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Knob {
    /// The optimiser's weight of being equal to the near picture.
    NearWeight,
    /// The optimiser's weight of having the near picture's details.
    DetailWeight,
    /// The optimiser's weight of being equal to the far picture from afar.
    FarWeight,
    /// How much of the near picture's own colours is kept.
    NearColor,
    /// How much of the far picture's colours comes through.
    FarColor,
    /// How much of the far picture's overall tone comes through.
    FarTone,
    /// How much of the far picture's shapes comes through where the near picture is plain.
    Plain,
    /// How far the near picture's details follow the far picture's light.
    Relight,
    /// How much of the surroundings of the far picture's face comes through.
    Beside,
}

/// A hybrid on the sheet.
#[derive(Clone, Debug, Serialize)]
pub struct Cell {
    /// The crossover, in cycles along the shorter side.
    pub cycles: f64,
    /// The knob's value.
    pub value: f64,
    /// Percept up close: +1 for only the near picture.
    pub near: f64,
    /// Percept from afar: -1 for only the far picture.
    pub far: f64,
    /// How well it flips: the smaller of `near` and `-far`.
    pub margin: f64,
    /// The switch, in widths of the picture.
    pub switch_picture_widths: Option<f64>,
    /// Percepts from near to far.
    #[serde(skip)]
    pub curve: Vec<Percept>,
    /// The distance for which it is made, in widths of the picture.
    #[serde(skip)]
    pub afar_picture_widths: f64,
    #[serde(skip)]
    pub(crate) picture: Image<Encoded>,
}

/// Hybrids of one pair, with a row for each value of a knob and a column for each crossover.
#[derive(Clone, Debug, Serialize)]
pub struct ContactSheet {
    /// The knob, which varies from row to row.
    pub knob: Knob,
    /// The hybrids, row by row.
    pub rows: Vec<Vec<Cell>>,
}

/// The rows and columns of a sheet.
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
    /// The knob's values are not valid, or are more than a sheet can hold.
    #[error("the values of the knob are not valid: there may be {MOST_ROWS} at most, each 0 or above")]
    Values,
    /// No column, or more than a sheet can hold.
    #[error("a sheet cannot have {columns} crossovers; it has 1 to {MOST_COLUMNS}")]
    Columns {
        /// The number given.
        columns: usize,
    },
    /// A hybrid cannot be made, or the observer stopped the work.
    #[error(transparent)]
    Mix(#[from] MixError),
}

/// Most rows and columns of a sheet.
const MOST_ROWS: usize = 12;
const MOST_COLUMNS: usize = 9;

/// Shorter side of the sheet's hybrids, in pixels.
const SIDE: usize = 256;

/// Share of the work that is done when fitting ends, as measured for two photographs of half a megapixel.
const FITTED: f64 = 0.1;

/// Range of the crossovers in octaves, half of it on either side of the method's crossover or of the one chosen for it.
const OCTAVES: f64 = 2.0;

impl Knob {
    /// Its name, as in flags and keywords.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.word()
    }

    /// Values worth a look for a method: for a weight, a quarter of the method's own, the weight itself and four times as
    /// much; for a share none, some, more and all.
    #[must_use]
    pub fn values(self, method: &Method) -> Vec<f64> {
        let own = match (self, method) {
            (Self::NearWeight, Method::Descent(options)) => options.near_weight,
            (Self::DetailWeight, Method::Descent(options)) => options.detail_weight,
            (Self::FarWeight, Method::Descent(options)) => options.far_weight,
            _ => return vec![0.0, 0.3, 0.6, 1.0],
        };
        // A weight of 0 gives no scale.
        let own = if own > 0.0 { own } else { 0.2 };
        [0.25, 1.0, 4.0].map(|factor| factor * own).to_vec()
    }

    fn turned(self, request: &Request, value: f64) -> Result<Request, MixError> {
        let mut request = request.clone();
        let share = request.share;
        request.share = match self {
            Self::NearColor => ShareOptions { near_color: Some(value), ..share },
            Self::FarColor => ShareOptions { color: Some(value), ..share },
            Self::FarTone => ShareOptions { tone: Some(value), ..share },
            Self::Plain => ShareOptions { plain: Some(value), ..share },
            Self::Relight => ShareOptions { relight: Some(value), ..share },
            Self::Beside => ShareOptions { beside: Some(value), ..share },
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
    /// A knob with the given values, or if there are none with those worth a look for the method, and `columns` crossovers.
    ///
    /// # Errors
    ///
    /// [`SheetError::Values`] or [`SheetError::Columns`] if these are not valid.
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
    /// Brings the pictures into register, and mixes them as requested with each value of the knob and with each of the
    /// crossovers, which span two octaves. The pictures are shrunk first: what is seen does not depend on their size.
    ///
    /// # Errors
    ///
    /// [`SheetError::Mix`] as [`Request::mix`]: the knob cannot have a value, the pictures cannot be brought into register,
    /// or the observer stopped the work.
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
                watch.tell(EventKind::Made { done: rows.len() * columns + column + 1, most })?;
            }
            rows.push(row);
        }
        Ok(Self { knob, rows })
    }

    /// Row and column of the hybrid that flips best.
    #[must_use]
    pub fn best(&self) -> Option<(usize, usize)> {
        let places = (0..self.rows.len()).flat_map(|y| (0..self.rows[y].len()).map(move |x| (y, x)));
        places.max_by(|&(ay, ax), &(by, bx)| self.rows[ay][ax].margin.total_cmp(&self.rows[by][bx].margin))
    }
}
