//! A pair as it is seen from one distance, split into bands.

use nearfar_image::Size;
use nearfar_kernels::{Execution, sums};

use super::{
    Face, Percept, PerceptBand,
    frequencies::Frequency,
    grid::{BlurOnto, Grid},
    strength::Strength,
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
    lightness: Fit,
    /// Of a* and b* together; of grey pictures nothing.
    color: Fit,
}

/// What a hybrid's band is fitted by, in some of its planes together.
#[derive(Clone, Debug, PartialEq)]
struct Fit {
    /// Weighted mean products of both pictures' bands: near with near, far with far, near with far.
    products: [f64; 3],
    /// The pictures' bands, weighted and filtered once more: near, far.
    filtered: [Vec<Field>; 2],
}

/// What a picture looks like: its lightness, and if it has colours a* and b* after it.
type Seen = Vec<Field>;

/// A pair while one of its bands is taken.
struct Splitting<'a> {
    frequency: Frequency,
    /// What the first leaves less what the second leaves is the band.
    filters: [BlurOnto; 2],
    pair: &'a [Seen; 2],
    /// How much each cell matters.
    weights: &'a Field,
    execution: &'a Execution,
}

/// What a coarser grid holds is blurred by so many of its cells: what folds at the end of the spectrum is 1/16 of what was
/// there, and far less where it folds into a band.
const BLUR: f64 = 0.75;

impl View {
    /// A pair that is seen on `grid`.
    pub(super) fn new(
        ppd: PixelsPerDegree,
        grid: &Grid,
        pair: [&Seen; 2],
        picture: Size,
        face: Option<&Face>,
        execution: &Execution,
    ) -> Self {
        Self { ppd, levels: levels(grid, pair.map(Clone::clone), picture, face, execution, Band::new) }
    }

    /// What is seen of a hybrid that in this view looks like `seen`.
    pub(super) fn percept(&self, mut seen: Seen, execution: &Execution) -> Percept {
        let mut bands = Vec::new();
        for level in &self.levels {
            if let Some(blur) = &level.blur {
                seen = blurred_by(blur, &seen, execution);
            }
            bands.extend(level.bands.iter().map(|band| band.fit(&seen, execution)));
        }
        bands.reverse();
        Percept::new(self.ppd, bands)
    }
}

/// How strong a pair whose lightness is `pair` on `grid` is in every band, low to high, for the eye of a view.
pub(super) fn strengths(
    grid: &Grid,
    pair: [Field; 2],
    picture: Size,
    face: Option<&Face>,
    view: PixelsPerDegree,
    execution: &Execution,
) -> Vec<Strength> {
    let strength = |splitting: Splitting<'_>| {
        let [near, far, _] = splitting.products(splitting.bands().each_ref().map(Vec::as_slice));
        Strength::new(splitting.frequency, [near, far]).seen_in(view, splitting.frequency)
    };
    let levels = levels(grid, pair.map(|lightness| vec![lightness]), picture, face, execution, strength);
    levels.into_iter().flat_map(|level| level.bands).rev().collect()
}

/// All bands of a pair, high to low: fine grids to coarse.
fn levels<B>(
    grid: &Grid,
    mut pair: [Seen; 2],
    picture: Size,
    face: Option<&Face>,
    execution: &Execution,
    band: impl Fn(Splitting<'_>) -> B,
) -> Vec<Level<B>> {
    let mut levels: Vec<Level<B>> = Vec::new();
    let (mut grid, mut blurred) = (*grid, 0.0);
    let mut weights = weights_on(&grid, face, execution);
    for frequency in Frequency::all(picture, face).rev() {
        // A band's grid has cells that are at most as wide as sigma of its narrower Gaussian.
        let coarser = grid.at_most(frequency.sigmas()[0]);
        if coarser != grid {
            let sigma = BLUR * coarser.spacing();
            let blur = BlurOnto::new(&grid, &coarser, difference(sigma, blurred));
            pair = pair.map(|seen| blurred_by(&blur, &seen, execution));
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

fn blurred_by(blur: &BlurOnto, seen: &Seen, execution: &Execution) -> Seen {
    seen.iter().map(|plane| blur.apply(execution, plane)).collect()
}

/// Sigma of the Gaussian that takes one of sigma `fine` to one of sigma `coarse`.
fn difference(coarse: f64, fine: f64) -> f64 {
    (coarse * coarse - fine * fine).sqrt()
}

impl Splitting<'_> {
    /// The band of a plane.
    fn band(&self, plane: &Field) -> Field {
        let [fine, coarse] = self.filters.each_ref().map(|blur| blur.apply(self.execution, plane));
        Field::zip(self.execution, &fine, &coarse, |fine, coarse| fine - coarse)
    }

    /// The band of both pictures.
    fn bands(&self) -> [Seen; 2] {
        self.pair.each_ref().map(|seen| seen.iter().map(|plane| self.band(plane)).collect())
    }

    /// Weighted mean products of some planes of both pictures' bands: near with near, far with far, near with far.
    fn products(&self, [near, far]: [&[Field]; 2]) -> [f64; 3] {
        sum_rows(self.execution, self.weights.size(), |y| {
            let mut sums = [0.0; 3];
            for (near, far) in near.iter().zip(far) {
                for ((&a, &b), &weight) in near.row(y).iter().zip(far.row(y)).zip(self.weights.row(y)) {
                    let [a, b, weight] = [a, b, weight].map(f64::from);
                    for (sum, product) in sums.iter_mut().zip([a * a, b * b, a * b]) {
                        *sum += weight * product;
                    }
                }
            }
            sums
        })
    }

    /// The fit by some planes of both pictures' bands.
    fn fit(&self, bands: [&[Field]; 2]) -> Fit {
        let weighted = |band: &Field| Field::zip(self.execution, band, self.weights, |band, weight| band * weight);
        let filtered = bands.map(|bands| bands.iter().map(|band| self.band(&weighted(band))).collect());
        Fit { products: self.products(bands), filtered }
    }
}

impl Band {
    fn new(splitting: Splitting<'_>) -> Self {
        let bands = splitting.bands();
        let [lightness, color] =
            [0..1, 1..bands[0].len()].map(|planes| splitting.fit(bands.each_ref().map(|band| &band[planes.clone()])));
        Self { frequency: splitting.frequency, lightness, color }
    }

    /// What is seen of both pictures in this band of a hybrid.
    fn fit(&self, seen: &Seen, execution: &Execution) -> PerceptBand {
        let [near_gain, far_gain] = self.lightness.gains(&seen[..1], execution);
        let [near_color, far_color] = self.color.strengths(&seen[1..], execution);
        let [near, far, _] = self.lightness.products;
        let Strength { cycles, weight, rms: [near_rms, far_rms] } = Strength::new(self.frequency, [near, far]);
        let cycles_per_pixel = self.frequency.cycles_per_pixel;
        PerceptBand { cycles, cycles_per_pixel, weight, near_gain, far_gain, near_rms, far_rms, near_color, far_color }
    }
}

impl Fit {
    /// The least-squares fit of planes of a hybrid by those of its pictures. A hybrid without colours has no planes of them.
    fn gains(&self, seen: &[Field], execution: &Execution) -> [f64; 2] {
        let product = |filtered: &Vec<Field>| {
            let planes = seen.iter().zip(filtered);
            let sum = |(seen, filtered): (&Field, &Field)| {
                sums::sum(execution, [seen.plane().samples(), filtered.plane().samples()], |[a, b]| a * b)
            };
            planes.map(sum).sum()
        };
        least_squares(self.products, self.filtered.each_ref().map(product))
    }

    /// What is seen of both pictures: root mean squares of their parts.
    fn strengths(&self, seen: &[Field], execution: &Execution) -> [f64; 2] {
        let ([near_gain, far_gain], [near, far, _]) = (self.gains(seen, execution), self.products);
        [near_gain.abs() * near.sqrt(), far_gain.abs() * far.sqrt()]
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
fn weights_on(grid: &Grid, face: Option<&Face>, execution: &Execution) -> Field {
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
