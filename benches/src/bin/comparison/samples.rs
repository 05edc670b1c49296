//! What is compared on what.

use std::{error::Error, path::Path};

use nearfar::{
    Pair,
    codec::{self, DecodeOptions},
    compare::{Family, Settings},
    descent, fourier,
    image::TransferFunction,
};

/// The pairs of imgs/aligned, as its README describes them.
pub(crate) const PAIRS: [&str; 7] =
    ["hopper-collins", "cat-collins", "brick-hopper", "collins-hopper", "raccoon-cat", "cat-raccoon", "alps-sheep"];

/// Pairs of [`PAIRS`], from the first on, that are shown as pictures.
pub(crate) const SHOWN: usize = 3;

/// Names of the methods, in the order of [`families`].
pub(crate) const NAMES: [&str; 4] = ["optimised", "article's loss", "Fourier", "Fourier in light"];
pub(crate) const OPTIMISED: usize = 0;
pub(crate) const ARTICLE: usize = 1;
pub(crate) const FOURIER: usize = 2;
pub(crate) const LIGHT: usize = 3;

/// The methods.
pub(crate) fn families(settings: &Settings) -> [Family; 4] {
    let article = descent::Options {
        near_weight: 0.1,
        detail_weight: 0.0,
        sigma: Some(settings.viewing.far_ppd.eye_sigma()),
        ..descent::Options::default()
    };
    let fourier = fourier::Options::default();
    [
        Family::DescentBySigma(descent::Options::default()),
        Family::DescentByWeight(article),
        Family::FourierByCutoff(fourier),
        Family::FourierByCutoff(fourier::Options { transfer: TransferFunction::Srgb, ..fourier }),
    ]
}

/// Reads a pair of imgs/aligned.
pub(crate) fn read(root: &Path, name: &str) -> Result<Pair, Box<dyn Error>> {
    let picture = |role| {
        let path = root.join(format!("imgs/aligned/{name}-{role}.jpg"));
        codec::read(path, &DecodeOptions::default()).map(|decoded| decoded.image)
    };
    Ok(Pair::new(picture("near")?, picture("far")?)?)
}
