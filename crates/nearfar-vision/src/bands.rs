//! A picture split into bands of spatial frequency, coarse bands on coarse grids.

use std::borrow::Borrow;

use nearfar_image::Size;
use nearfar_kernels::Execution;

use crate::{
    blur::Blur,
    field::{Field, sum_rows},
};

/// The sigmas of the bands, in pixels: band k is the picture blurred by `SIGMAS[k]` less the picture blurred by
/// `SIGMAS[k + 1]`. The last two are used while 8 sigma is below the shorter side.
const SIGMAS: [f64; 8] = [0.0, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0];
const ALWAYS: usize = 6;

/// A grid is halved once the picture on it is blurred by more than this many of its pixels: by then the coarser grid
/// can hold everything that is left.
const HALVE_ABOVE: f64 = 4.0;

/// The shortest side of a halved grid. Halving counts an odd last row or column twice, and this limit keeps the error
/// small: scores differ from their definition at full resolution by less than 0.0005 for odd sizes and 0.0001 for
/// others (`tests/it/oracle.rs`).
const SHORTEST: usize = 128;

/// Sigma of the window for a band's local statistics, as a multiple of the coarser sigma of the band.
const WINDOW: f64 = 1.5;

/// The grid of local statistics is halved while the window is wider than this many of its pixels. The products under a
/// window are finer than the band, but after averaging pairs, a window of 1.5 pixels or more leaves no aliasing.
const HALVE_WINDOW_ABOVE: f64 = 3.0;

/// Variance in square pixels of the mean of two neighbouring pixels.
const PAIR_VARIANCE: f64 = 0.25;

/// The steps that split pictures of one size into bands.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct BandPlan {
    steps: Vec<Step>,
}

/// How to separate one band from the rest of a picture.
#[derive(Clone, Debug, PartialEq)]
struct Step {
    /// The band's sigmas in pixels of the picture.
    sigmas: [f64; 2],
    window: Window,
    /// From the finer to the coarser of the sigmas.
    blur: Blur,
    /// The blur before the next grid, if that has half the resolution.
    halve: Option<Blur>,
}

/// Local means under a Gaussian window, on a grid as coarse as the window allows.
#[derive(Clone, Debug, PartialEq)]
struct Window {
    halvings: usize,
    blur: Blur,
}

impl Window {
    /// A window of `sigma` pixels of the grid, which has `size`.
    fn new(size: Size, sigma: f64) -> Self {
        let (mut grid, mut variance, mut halvings) = (size, sigma * sigma, 0);
        while let Some(half) = halved(grid)
            && variance > HALVE_WINDOW_ABOVE * HALVE_WINDOW_ABOVE
        {
            grid = half;
            variance = (variance - PAIR_VARIANCE) / 4.0;
            halvings += 1;
        }
        Self { halvings, blur: Blur::of_sigma(grid, variance.sqrt()) }
    }

    fn means(&self, execution: &Execution, values: &Field) -> Field {
        let halve = |coarse: Option<Field>, _| Some(coarse.as_ref().unwrap_or(values).halved(execution));
        let halved = (0..self.halvings).fold(None, halve);
        halved.as_ref().unwrap_or(values).blurred(execution, &self.blur)
    }
}

/// Half of a size, rounded up, if that is large enough.
fn halved(size: Size) -> Option<Size> {
    let half = size.halved();
    (half.shorter_side() >= SHORTEST).then_some(half)
}

impl BandPlan {
    pub(crate) fn new(size: Size) -> Self {
        let count = SIGMAS.iter().filter(|&&sigma| 8.0 * sigma < size.shorter_side() as f64).count().max(ALWAYS);
        let (mut grid, mut pixel) = (size, 1.0);
        let steps = SIGMAS[..count].windows(2).map(|sigmas| {
            let [fine, coarse] = [sigmas[0] / pixel, sigmas[1] / pixel];
            let added = coarse * coarse - fine * fine;
            let mut step = Step {
                sigmas: [sigmas[0], sigmas[1]],
                window: Window::new(grid, WINDOW * coarse),
                blur: Blur::of_sigma(grid, added.sqrt()),
                halve: None,
            };
            if let Some(half) = halved(grid)
                && coarse > HALVE_ABOVE
            {
                step.halve = Some(Blur::of_sigma(grid, (added - PAIR_VARIANCE).sqrt()));
                (grid, pixel) = (half, 2.0 * pixel);
            }
            step
        });
        let mut steps: Vec<_> = steps.collect();
        if let Some(last) = steps.last_mut() {
            last.halve = None;
        }
        Self { steps }
    }

    /// Sigmas of each band in pixels of the picture, fine to coarse.
    pub(crate) fn sigmas(&self) -> impl ExactSizeIterator<Item = [f64; 2]> {
        self.steps.iter().map(|step| step.sigmas)
    }

    /// The bands, fine to coarse, one at a time. The remainder of the coarsest blur is dropped: mean exposure is not a
    /// detail.
    pub(crate) fn split(&self, execution: &Execution, picture: Field) -> impl Iterator<Item = Field> {
        let mut fine = picture;
        self.steps.iter().map(move |step| {
            let coarse = fine.blurred(execution, &step.blur);
            let band = Field::zip(execution, &fine, &coarse, |fine, coarse| fine - coarse);
            fine = match &step.halve {
                Some(blur) => fine.blurred(execution, blur).halved(execution),
                None => coarse,
            };
            band
        })
    }

    /// The bands with their local statistics, one at a time.
    pub(crate) fn profile(&self, execution: &Execution, picture: Field) -> impl Iterator<Item = ProfileBand> {
        let bands = self.split(execution, picture).zip(&self.steps);
        bands.map(|(values, step)| ProfileBand::new(execution, values, &step.window))
    }

    /// How much of each reference's structure a picture has: the mean over bands of [`ProfileBand::agreement`],
    /// weighted by the strength of the reference's bands. 1 for the reference itself.
    ///
    /// Bands weaker than 1e-6 count as that strong, so that a reference without structure weighs all bands alike and
    /// the result is always a number.
    pub(crate) fn similarities<B: Borrow<ProfileBand>>(
        &self,
        execution: &Execution,
        picture: Field,
        mut references: Vec<impl Iterator<Item = B>>,
    ) -> Vec<f64> {
        let mut sums = vec![[0.0, 0.0]; references.len()];
        for (band, step) in self.profile(execution, picture).zip(&self.steps) {
            for ([weighted, weights], reference) in sums.iter_mut().zip(&mut references) {
                let reference = reference.next().expect("a band for each step");
                let weight = reference.borrow().rms.max(1e-6);
                *weighted += weight * band.agreement(execution, reference.borrow(), &step.window);
                *weights += weight;
            }
        }
        sums.into_iter().map(|[weighted, weights]| weighted / weights).collect()
    }
}

/// A band of a picture in one view, with the statistics that comparisons need.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ProfileBand {
    values: Field,
    mean: Field,
    variance: Field,
    rms: f64,
}

/// Keeps flat places from counting: 0.015 squared, so that contrast below about 1.5 L* counts as none (the constant C2
/// of SSIM, Wang et al. 2004, with K2 = 0.015).
const STABILISER: f32 = 2.25e-4;

impl ProfileBand {
    fn new(execution: &Execution, values: Field, window: &Window) -> Self {
        let mean = window.means(execution, &values);
        let variance = Self::mean_product(execution, &values, &values, window).map_rows(execution, |y, row| {
            for (value, &mean) in row.iter_mut().zip(mean.row(y)) {
                *value -= mean * mean;
            }
        });
        let rms = values.rms(execution);
        Self { values, mean, variance, rms }
    }

    fn mean_product(execution: &Execution, a: &Field, b: &Field, window: &Window) -> Field {
        window.means(execution, &Field::zip(execution, a, b, |a, b| a * b))
    }

    /// Mean over the pixels of `(2 cov + C) / (var_a + var_b + C)`, the contrast-structure term of SSIM: 1 where the
    /// bands agree, 0 where they are unrelated, down to -1 where one is the other's negative.
    fn agreement(&self, execution: &Execution, other: &Self, window: &Window) -> f64 {
        let products = Self::mean_product(execution, &self.values, &other.values, window);
        let size = products.size();
        let [sum] = sum_rows(execution, size, |y| {
            let means = self.mean.row(y).iter().zip(other.mean.row(y));
            let variances = self.variance.row(y).iter().zip(other.variance.row(y));
            let pixels = products.row(y).iter().zip(means).zip(variances);
            let ratios = pixels.map(|((&product, (&mean_a, &mean_b)), (&a, &b))| {
                let covariance = product - mean_a * mean_b;
                f64::from((2.0 * covariance + STABILISER) / (a + b + STABILISER))
            });
            [ratios.sum()]
        });
        sum / size.area() as f64
    }
}
