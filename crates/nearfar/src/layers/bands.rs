//! Layers as bands of frequencies.

use std::borrow::Borrow;

use nearfar_fourier::{self as fourier, FourierError};
use nearfar_image::{Encoded, Image, Pair, TransferFunction};
use nearfar_kernels::{Crossover, Execution, Share};

/// A sum of bands, one per layer: the farthest layer below the last crossover, each nearer one between its two. It is built
/// from hybrids of two, the farther picture of which is itself such a hybrid; `shares` holds one share for each.
pub(super) fn bands<P: Borrow<Image<Encoded>>>(
    layers: &[P],
    crossovers: &[Crossover],
    shares: &[Share],
    execution: &Execution,
) -> Result<Image<Encoded>, FourierError> {
    let mut hybrid = layers[layers.len() - 1].borrow().clone();
    for ((near, &crossover), &share) in layers.iter().zip(crossovers).zip(shares).rev() {
        let pair = Pair::new(near.borrow().clone(), hybrid).expect("all layers have one size and finite samples");
        let options =
            fourier::Options { crossover: Some(crossover), share: Some(share), ..fourier::Options::default() };
        hybrid = fourier::mix(&pair, &options, execution)?.hybrid;
    }
    Ok(hybrid)
}

/// The layers in the light of the hybrids behind them, by `relight` of the way; the farthest as it is.
pub(super) fn lit(
    layers: &[&Image<Encoded>],
    crossovers: &[Crossover],
    relight: f64,
    execution: &Execution,
) -> Result<Vec<Image<Encoded>>, FourierError> {
    let share = Share { relight, ..Share::default() };
    share.check()?;
    let mut behind = layers[layers.len() - 1].clone();
    let mut lit = vec![behind.clone()];
    for (&near, &crossover) in layers.iter().zip(crossovers).rev() {
        let pair = Pair::new(near.clone(), behind).expect("all layers have one size and finite samples");
        let pair = share.relit(&pair, crossover, TransferFunction::Srgb, execution);
        let options = fourier::Options { crossover: Some(crossover), ..fourier::Options::default() };
        behind = fourier::mix(&pair, &options, execution)?.hybrid;
        lit.push(pair.near().clone());
    }
    lit.reverse();
    Ok(lit)
}
