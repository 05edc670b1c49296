//! A pair as it is seen from one distance, split into bands.

use nearfar_image::Size;
use nearfar_kernels::{Execution, sums};

use super::{
    Face, Percept, PerceptBand,
    frequencies::Frequency,
    grid::{BlurOnto, Grid},
    strengths::Strength,
};
use crate::{
    PixelsPerDegree,
    field::{Field, sum_rows},
};

/// What a view of a pair is held against.
///
/// Fitting a band of a hybrid takes its inner products with that band of both pictures. They are linear in the hybrid, so
/// the band's filter is applied to the pictures once more instead: `<D h, w a> = <h, D (w a)>`, and a hybrid is never split
/// into bands.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct View {
    ppd: PixelsPerDegree,
    levels: Vec<Level<Band>>,
}

/// Bands on one grid.
#[derive(Clone, Debug, PartialEq)]
struct Level<B> {
    /// From the level before, or from the view; `None` for the grid of the view itself.
    blur: Option<BlurOnto>,
    bands: Vec<B>,
}

#[derive(Clone, Debug, PartialEq)]
struct Band {
    frequency: Frequency,
    /// Weighted mean products of both pictures' bands: near with near, far with far, near with far.
    products: [f64; 3],
    /// The pictures' bands, weighted and filtered once more: near, far.
    filtered: [Field; 2],
}

/// A pair while one of its bands is taken.
struct Splitting<'a> {
    frequency: Frequency,
    /// What the first leaves less what the second leaves is the band.
    filters: [BlurOnto; 2],
    pair: &'a [Field; 2],
    /// How much each cell matters.
    weights: &'a Field,
    execution: &'a Execution,
}

/// What a coarser grid holds is blurred by so many of its cells: what folds at the end of the spectrum is 1/16 of what was
/// there, and far less where it folds into a band.
const BLUR: f64 = 0.75;

impl View {
    /// A pair whose lightness is seen on `grid`.
    pub(super) fn new(
        ppd: PixelsPerDegree,
        grid: &Grid,
        pair: [&Field; 2],
        picture: Size,
        face: Option<&Face>,
        execution: &Execution,
    ) -> Self {
        Self { ppd, levels: levels(grid, pair, picture, face, execution, Band::new) }
    }

    /// What is seen of a hybrid whose lightness in this view is `seen`.
    pub(super) fn percept(&self, mut seen: Field, execution: &Execution) -> Percept {
        let mut bands = Vec::new();
        for level in &self.levels {
            if let Some(blur) = &level.blur {
                seen = blur.apply(execution, &seen);
            }
            bands.extend(level.bands.iter().map(|band| band.fit(&seen, execution)));
        }
        bands.reverse();
        Percept::new(self.ppd, bands)
    }
}

/// How strong a pair whose lightness is given on `grid` is in every band, low to high, for the eye of a view.
pub(super) fn strengths(
    grid: &Grid,
    pair: [&Field; 2],
    picture: Size,
    face: Option<&Face>,
    view: PixelsPerDegree,
    execution: &Execution,
) -> Vec<Strength> {
    let strength = |splitting: Splitting<'_>| {
        let [near, far, _] = splitting.products(&splitting.bands());
        Strength::new(splitting.frequency, [near, far]).seen_in(view, splitting.frequency)
    };
    let levels = levels(grid, pair, picture, face, execution, strength);
    levels.into_iter().flat_map(|level| level.bands).rev().collect()
}

/// All bands of a pair, high to low: fine grids to coarse.
fn levels<B>(
    grid: &Grid,
    pair: [&Field; 2],
    picture: Size,
    face: Option<&Face>,
    execution: &Execution,
    band: impl Fn(Splitting<'_>) -> B,
) -> Vec<Level<B>> {
    let mut levels: Vec<Level<B>> = Vec::new();
    let (mut grid, mut blurred, mut pair) = (*grid, 0.0, pair.map(Clone::clone));
    let mut weights = weights_on(&grid, face, execution);
    for frequency in Frequency::all(picture, face).rev() {
        // A band's grid has cells that are at most as wide as sigma of its narrower Gaussian.
        let coarser = grid.at_most(frequency.sigmas()[0]);
        if coarser != grid {
            let sigma = BLUR * coarser.spacing();
            let blur = BlurOnto::new(&grid, &coarser, difference(sigma, blurred));
            pair = pair.map(|picture| blur.apply(execution, &picture));
            (grid, blurred, weights) = (coarser, sigma, weights_on(&coarser, face, execution));
            levels.push(Level { blur: Some(blur), bands: Vec::new() });
        } else if levels.is_empty() {
            levels.push(Level { blur: None, bands: Vec::new() });
        }
        let filters = frequency.sigmas().map(|sigma| BlurOnto::new(&grid, &grid, difference(sigma, blurred)));
        let band = band(Splitting { frequency, filters, pair: &pair, weights: &weights, execution });
        levels.last_mut().expect("there is a level").bands.push(band);
    }
    levels
}

/// Sigma of the Gaussian that takes one of sigma `fine` to one of sigma `coarse`.
fn difference(coarse: f64, fine: f64) -> f64 {
    (coarse * coarse - fine * fine).sqrt()
}

impl Splitting<'_> {
    /// The band of a picture.
    fn band(&self, picture: &Field) -> Field {
        let [fine, coarse] = self.filters.each_ref().map(|blur| blur.apply(self.execution, picture));
        Field::zip(self.execution, &fine, &coarse, |fine, coarse| fine - coarse)
    }

    /// The band of both pictures.
    fn bands(&self) -> [Field; 2] {
        self.pair.each_ref().map(|picture| self.band(picture))
    }

    /// Weighted mean products of both pictures' bands: near with near, far with far, near with far.
    fn products(&self, [near, far]: &[Field; 2]) -> [f64; 3] {
        sum_rows(self.execution, self.weights.size(), |y| {
            let mut sums = [0.0; 3];
            for ((&a, &b), &weight) in near.row(y).iter().zip(far.row(y)).zip(self.weights.row(y)) {
                let [a, b, weight] = [a, b, weight].map(f64::from);
                for (sum, product) in sums.iter_mut().zip([a * a, b * b, a * b]) {
                    *sum += weight * product;
                }
            }
            sums
        })
    }
}

impl Band {
    fn new(splitting: Splitting<'_>) -> Self {
        let bands = splitting.bands();
        let products = splitting.products(&bands);
        let weighted =
            |band: &Field| Field::zip(splitting.execution, band, splitting.weights, |band, weight| band * weight);
        let filtered = bands.map(|band| splitting.band(&weighted(&band)));
        Self { frequency: splitting.frequency, products, filtered }
    }

    /// The least-squares fit of the band of a hybrid by those of its pictures.
    fn fit(&self, seen: &Field, execution: &Execution) -> PerceptBand {
        let product = |filtered: &Field| {
            sums::sum(execution, [seen.plane().samples(), filtered.plane().samples()], |[a, b]| a * b)
        };
        let [near, far, _] = self.products;
        let [near_gain, far_gain] = least_squares(self.products, self.filtered.each_ref().map(product));
        let Strength { cycles, weight, rms: [near_rms, far_rms] } = Strength::new(self.frequency, [near, far]);
        let cycles_per_pixel = self.frequency.cycles_per_pixel;
        PerceptBand { cycles, cycles_per_pixel, weight, near_gain, far_gain, near_rms, far_rms }
    }
}

/// Energies below this are rounding noise.
const NOTHING: f64 = 1e-13;

/// Solves `h = x a + y b` from the mean products `[aa, bb, ab]` and `[ha, hb]`. A small ridge shares the gain between pictures
/// that are alike and gives little to bands in which hardly anything is seen; a picture with nothing in the band gets 0.
fn least_squares([aa, bb, ab]: [f64; 3], [ha, hb]: [f64; 2]) -> [f64; 2] {
    match (aa > NOTHING, bb > NOTHING) {
        (false, false) => [0.0, 0.0],
        (true, false) => [ha / aa, 0.0],
        (false, true) => [0.0, hb / bb],
        (true, true) => {
            let determinant = aa * bb * (1.0 + 1e-6) - ab * ab + 1e-12;
            [(ha * bb - hb * ab) / determinant, (hb * aa - ha * ab) / determinant]
        }
    }
}

/// How much each cell matters; the sum is 1.
pub(super) fn weights_on(grid: &Grid, face: Option<&Face>, execution: &Execution) -> Field {
    let size = grid.size();
    let weights = Field::from_rows(execution, size, |y, row| {
        for (x, weight) in row.iter_mut().enumerate() {
            *weight = face.map_or(1.0, |face| face.weight(grid, [x, y]));
        }
    });
    let [sum] = sum_rows(execution, size, |y| [weights.row(y).iter().map(|&weight| f64::from(weight)).sum()]);
    let scale = sum.recip() as f32;
    weights.map_rows(execution, |_, row| row.iter_mut().for_each(|weight| *weight *= scale))
}
