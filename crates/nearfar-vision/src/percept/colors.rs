//! Whether colours give the near picture away.

use nearfar_image::{Channels, Encoded, Image, Pair, TransferFunction};
use nearfar_kernels::{Axes, Execution, transfer};

use super::{
    Face,
    grid::{BlurOnto, Grid},
    reference::CELLS_PER_SIGMA,
    view::weights_on,
};
use crate::{
    PixelsPerDegree,
    field::{Field, square, sum_rows},
    light::{decode, lightness, luminance},
};

/// How prominent the near picture's colours are, in a view, beside what is light and dark in the far one: the standard
/// deviation of its opponent colours (Cb and Cr taken together, codes of blurred light) divided by that of the far picture's
/// lightness, on `face`, a face of the far picture, if there is one, else everywhere. 0 for a grey near picture; infinite where
/// the far one is plain.
///
/// A percept sees lightness alone. An eye does not: a red parrot is a red parrot from however far away.
#[must_use]
pub fn color_prominence(pair: &Pair, face: Option<&Face>, view: PixelsPerDegree, execution: &Execution) -> f64 {
    let pixels = Grid::pixels(pair.size());
    let sigma = view.eye_sigma();
    let grid = pixels.at_most(sigma / CELLS_PER_SIGMA);
    let blur = BlurOnto::new(&pixels, &grid, sigma);
    let weights = weights_on(&grid, face, execution);
    let variance = |planes: &[Field]| planes.iter().map(|plane| variance(plane, &weights, execution)).sum::<f64>();

    let colors = variance(&opponent_colors(pair.near(), &blur, execution));
    let far = lightness(execution, blur.apply(execution, &luminance(execution, pair.far())));
    if colors > 0.0 { (colors / variance(&[far])).sqrt() } else { 0.0 }
}

/// Cb and Cr of a picture's blurred light; none of a grey one.
fn opponent_colors(picture: &Image<Encoded>, blur: &BlurOnto, execution: &Execution) -> Vec<Field> {
    if picture.channels() == Channels::Grey {
        return Vec::new();
    }
    let light = decode(execution, picture);
    let codes = light.planes().map(|plane| {
        let plane = Field::from_rows(execution, plane.size(), |y, row| row.copy_from_slice(plane.row(y)));
        blur.apply(execution, &plane).map_rows(execution, |_, row| {
            let light = row.to_vec();
            transfer::encode_row(execution.level(), TransferFunction::Srgb, &light, row);
        })
    });
    let codes: Vec<_> = codes.collect();
    let axis = |weights: &[f32]| {
        Field::from_rows(execution, codes[0].size(), |y, row| {
            for (x, target) in row.iter_mut().enumerate() {
                *target = weights.iter().zip(&codes).map(|(weight, plane)| weight * plane.row(y)[x]).sum();
            }
        })
    };
    Axes::Opponent.weights(Channels::Rgb).into_iter().map(axis).collect()
}

/// Of a plane, under weights whose sum is 1.
fn variance(plane: &Field, weights: &Field, execution: &Execution) -> f64 {
    let weighted = |of: &(dyn Fn(f32) -> f64 + Sync)| {
        let [sum] = sum_rows(execution, plane.size(), |y| {
            [plane.row(y).iter().zip(weights.row(y)).map(|(&value, &weight)| of(value) * f64::from(weight)).sum()]
        });
        sum
    };
    let mean = weighted(&|value| f64::from(value)) as f32;
    weighted(&|value| square(value - mean))
}
