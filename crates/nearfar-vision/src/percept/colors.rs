//! Whether colours give the near picture away.

use nearfar_image::Pair;
use nearfar_kernels::{Axes, Execution};

use super::{
    Face,
    grid::{BlurOnto, Grid},
    reference::CELLS_PER_SIGMA,
    view::weights_on,
};
use crate::{
    PixelsPerDegree,
    field::{Field, square, sum_rows},
    light::{lightness, luminance},
};

/// How prominent the near picture's colours are, in a view, beside what is light and dark in the far one: the standard
/// deviation of its opponent colours (Cb and Cr taken together, blurred as codes) divided by that of the far picture's
/// lightness, on `face`, a face of the far picture, if there is one, else everywhere. 0 for a grey near picture; beyond
/// all bounds where the far one is plain.
///
/// A percept sees lightness alone. An eye does not: a red parrot is a red parrot from however far away.
#[must_use]
pub fn color_prominence(pair: &Pair, face: Option<&Face>, view: PixelsPerDegree, execution: &Execution) -> f64 {
    let pixels = Grid::pixels(pair.size());
    let sigma = view.eye_sigma();
    let grid = pixels.at_most(sigma / CELLS_PER_SIGMA);
    let blur = BlurOnto::new(&pixels, &grid, sigma);
    let weights = weights_on(&grid, face, execution);

    let mut colors = 0.0;
    for plane in Axes::Opponent.planes(pair.near(), execution) {
        let plane = Field::of_samples(plane.size(), plane.into_samples());
        colors += variance(&blur.apply(execution, &plane), &weights, execution);
    }
    let far = lightness(execution, blur.apply(execution, &luminance(execution, pair.far())));
    if colors > 0.0 { (colors / variance(&far, &weights, execution)).sqrt() } else { 0.0 }
}

/// Of a plane, under weights.
fn variance(plane: &Field, weights: &Field, execution: &Execution) -> f64 {
    let [all, values, squares] = sum_rows(execution, plane.size(), |y| {
        let mut sums = [0.0; 3];
        for (&value, &weight) in plane.row(y).iter().zip(weights.row(y)) {
            let weight = f64::from(weight);
            sums[0] += weight;
            sums[1] += f64::from(value) * weight;
            sums[2] += square(value) * weight;
        }
        sums
    });
    let mean = values / all;
    (squares / all - mean * mean).max(0.0)
}
