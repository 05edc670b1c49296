//! A pair as seen from one distance, split into bands.

use std::ops::Range;

use nearfar_image::Size;
use nearfar_kernels::{Execution, sums};

use super::{
    Face, Percept, PerceptBand,
    frequencies::Frequency,
    grid::{BlurOnto, Grid},
};
use crate::{
    PixelsPerDegree,
    field::{Field, sum_rows},
};

/// One view of a pair, against which hybrids are fitted.
///
/// Fitting a band of a hybrid takes its inner products with that band of both pictures. They are linear in the hybrid,
/// so the band's filter is applied to the pictures once more instead: `<D h, w a> = <h, D (w a)>`, and a hybrid is
/// never split into bands.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct View {
    ppd: PixelsPerDegree,
    lightness: Spectrum,
    /// For a* and b* together; none for grey pictures.
    color: Option<Spectrum>,
}

/// All bands of some planes of a pair.
#[derive(Clone, Debug, PartialEq)]
struct Spectrum {
    /// High to low: fine grids to coarse.
    levels: Vec<Level>,
}

/// Bands on one grid.
#[derive(Clone, Debug, PartialEq)]
struct Level {
    /// Blur from the level before, or from the view; `None` on the grid of the view itself.
    blur: Option<BlurOnto>,
    bands: Vec<Band>,
}

/// The data for fitting a hybrid's band, jointly over some of its planes.
#[derive(Clone, Debug, PartialEq)]
struct Band {
    frequency: Frequency,
    /// Weighted mean products of both pictures' bands: near with near, far with far, near with far.
    products: [f64; 3],
    /// The pictures' bands, weighted and filtered once more: near, far.
    filtered: [Vec<Field>; 2],
}

/// The fit of a hybrid in one band.
struct Fit {
    gains: [f64; 2],
    /// Root mean squares of the two pictures themselves.
    rms: [f64; 2],
}

/// A pair while one of its bands is extracted.
struct Splitter<'a> {
    frequency: Frequency,
    /// The band is the output of the first less the output of the second.
    filters: [BlurOnto; 2],
    /// The weight of each cell.
    weights: &'a Field,
    execution: &'a Execution,
}

/// Sigma, in coarser cells, of the blur before moving to a coarser grid: aliasing at the end of its spectrum is 1/16 of
/// what was there, and far less where it falls into a band.
const BLUR: f64 = 0.75;

/// The highest band in which colours count, in cycles across a face: the eye resolves colours half as finely as
/// lightness, and the highest bands are on the finest grids, where two more planes cost most.
const MAX_COLOR_CYCLES: f64 = 23.0;

impl View {
    /// A pair as seen on `grid`: lightness and, if the pictures have colours, a* and b* after it.
    pub(super) fn new(
        ppd: PixelsPerDegree,
        grid: &Grid,
        [near, far]: [&Vec<Field>; 2],
        picture: Size,
        face: Option<&Face>,
        execution: &Execution,
    ) -> Self {
        let spectrum = |planes: Range<usize>, most_cycles: f64| {
            let pair = [&near[planes.clone()], &far[planes]].map(<[Field]>::to_vec);
            let bands = Frequency::all(picture, face).filter(|band| band.cycles <= most_cycles);
            Spectrum::new(grid, pair, bands.rev(), face, execution)
        };
        let lightness = spectrum(0..1, f64::INFINITY);
        Self { ppd, lightness, color: (near.len() > 1).then(|| spectrum(1..near.len(), MAX_COLOR_CYCLES)) }
    }

    /// The percept of a hybrid that looks like `seen` in this view.
    pub(super) fn percept(&self, mut seen: Vec<Field>, execution: &Execution) -> Percept {
        let colors = seen.split_off(1);
        let lightness = self.lightness.fits(seen, execution);
        // A grey hybrid has no colour planes.
        let spectrum = self.color.as_ref().filter(|_| !colors.is_empty());
        let colors = spectrum.map_or_else(Vec::new, |spectrum| spectrum.fits(colors, execution));
        let mut colors = colors.into_iter().map(|(_, fit)| fit.strengths());
        let bands = lightness.into_iter().map(|(frequency, fit)| {
            let Frequency { cycles, cycles_per_pixel } = frequency;
            let weight = frequency.weight();
            let Fit { gains: [near_gain, far_gain], rms: [near_rms, far_rms] } = fit;
            let [near_color, far_color] = colors.next().unwrap_or_default();
            PerceptBand {
                cycles,
                cycles_per_pixel,
                weight,
                near_gain,
                far_gain,
                near_rms,
                far_rms,
                near_color,
                far_color,
            }
        });
        Percept::new(self.ppd, bands.collect())
    }
}

impl Spectrum {
    /// For planes of both pictures on `grid`; bands from high to low.
    fn new(
        grid: &Grid,
        mut pair: [Vec<Field>; 2],
        bands: impl Iterator<Item = Frequency>,
        face: Option<&Face>,
        execution: &Execution,
    ) -> Self {
        let mut levels: Vec<Level> = Vec::new();
        let (mut grid, mut blurred) = (*grid, 0.0);
        let mut weights = weights_on(&grid, face, execution);
        for frequency in bands {
            // Cells of a band's grid are at most as wide as the sigma of its narrower Gaussian.
            let coarser = grid.at_most(frequency.sigmas()[0]);
            if coarser != grid {
                let sigma = BLUR * coarser.spacing();
                let blur = BlurOnto::new(&grid, &coarser, difference(sigma, blurred));
                pair = pair.map(|planes| blurred_by(&blur, &planes, execution));
                (grid, blurred, weights) = (coarser, sigma, weights_on(&coarser, face, execution));
                levels.push(Level { blur: Some(blur), bands: Vec::new() });
            } else if levels.is_empty() {
                levels.push(Level { blur: None, bands: Vec::new() });
            }
            let filters = frequency.sigmas().map(|sigma| BlurOnto::new(&grid, &grid, difference(sigma, blurred)));
            let band = Splitter { frequency, filters, weights: &weights, execution }.band(&pair);
            levels.last_mut().expect("there is a level").bands.push(band);
        }
        Self { levels }
    }

    /// The fits of a hybrid in these planes, low to high.
    fn fits(&self, mut seen: Vec<Field>, execution: &Execution) -> Vec<(Frequency, Fit)> {
        let mut fits = Vec::new();
        for level in &self.levels {
            if let Some(blur) = &level.blur {
                seen = blurred_by(blur, &seen, execution);
            }
            fits.extend(level.bands.iter().map(|band| (band.frequency, band.fit(&seen, execution))));
        }
        fits.reverse();
        fits
    }
}

fn blurred_by(blur: &BlurOnto, planes: &[Field], execution: &Execution) -> Vec<Field> {
    planes.iter().map(|plane| blur.apply(execution, plane)).collect()
}

/// Sigma of the Gaussian that turns one of sigma `fine` into one of sigma `coarse`.
fn difference(coarse: f64, fine: f64) -> f64 {
    (coarse * coarse - fine * fine).sqrt()
}

impl Splitter<'_> {
    fn band(self, pair: &[Vec<Field>; 2]) -> Band {
        let bands = pair.each_ref().map(|planes| planes.iter().map(|plane| self.filtered(plane)).collect::<Vec<_>>());
        let weighted = |band: &Field| Field::zip(self.execution, band, self.weights, |band, weight| band * weight);
        let filtered = bands.each_ref().map(|bands| bands.iter().map(|band| self.filtered(&weighted(band))).collect());
        Band { frequency: self.frequency, products: self.products(&bands), filtered }
    }

    /// The band of a plane.
    fn filtered(&self, plane: &Field) -> Field {
        let [fine, coarse] = self.filters.each_ref().map(|blur| blur.apply(self.execution, plane));
        Field::zip(self.execution, &fine, &coarse, |fine, coarse| fine - coarse)
    }

    /// Weighted mean products of both pictures' bands: near with near, far with far, near with far.
    fn products(&self, [near, far]: &[Vec<Field>; 2]) -> [f64; 3] {
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
}

impl Band {
    /// The least-squares fit of planes of a hybrid by those of its two pictures.
    fn fit(&self, seen: &[Field], execution: &Execution) -> Fit {
        let product = |filtered: &Vec<Field>| {
            let planes = seen.iter().zip(filtered);
            let sum = |(seen, filtered): (&Field, &Field)| {
                sums::sum(execution, [seen.plane().samples(), filtered.plane().samples()], |[a, b]| a * b)
            };
            planes.map(sum).sum()
        };
        let [near, far, _] = self.products;
        Fit {
            gains: least_squares(self.products, self.filtered.each_ref().map(product)),
            rms: [near.sqrt(), far.sqrt()],
        }
    }
}

impl Fit {
    /// Root mean squares of the two pictures' parts.
    fn strengths(&self) -> [f64; 2] {
        std::array::from_fn(|i| self.gains[i].abs() * self.rms[i])
    }
}

/// Energies below this are rounding noise.
const NOTHING: f64 = 1e-13;

/// Solves `h = x a + y b` from the mean products `[aa, bb, ab]` and `[ha, hb]`. A small ridge shares the gain between
/// similar pictures and keeps gains low in bands in which hardly anything is seen; a picture that is empty in the band
/// gets 0.
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

/// The weights of the cells, with a sum of 1.
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
