//! The subjects and the settings of the comparison.

use std::error::Error;

use nearfar::{
    Method, Strength,
    compare::{Family, Settings},
    descent, far_eye_sigma,
    fit::Aligned,
    fourier,
    image::TransferFunction,
    kernels::Colors,
    vision::{PixelsPerDegree, Viewing},
};

/// Pairs that are shown as pictures: faces, animals, an object, a texture.
pub(crate) const SHOWN: [&str; 5] = ["hopper-collins", "collins-obama", "pearl-cat", "plane-parrots", "gravel-biden"];

/// Names of the methods, in the order of [`families`].
pub(crate) const NAMES: [&str; 5] = ["optimised", "Fourier", "Fourier classic", "article's loss", "classic in light"];
pub(crate) const OPTIMISED: usize = 0;
pub(crate) const FOURIER: usize = 1;
pub(crate) const CLASSIC: usize = 2;
pub(crate) const ARTICLE: usize = 3;
pub(crate) const LIGHT: usize = 4;

/// The methods.
pub(crate) fn families(settings: &Settings) -> [Family; 5] {
    let article = descent::Options {
        near_weight: 0.1,
        detail_weight: 0.0,
        edges: descent::EdgeStop::NOWHERE,
        color_weight: 0.0,
        colors: Colors::Channels,
        sigma: Some(settings.viewing.far_ppd.eye_sigma()),
        ..descent::Options::default()
    };
    let classic = fourier::Options::classic();
    [
        Family::DescentBySigma(descent::Options::default()),
        Family::FourierByCutoff(fourier::Options::default()),
        Family::FourierByCutoff(classic),
        Family::DescentByWeight(article),
        Family::FourierByCutoff(fourier::Options { transfer: TransferFunction::Srgb, ..classic }),
    ]
}

/// The settings of the comparison. The sweep continues until every method shows nearly as much of FAR as it ever does.
pub(crate) fn settings() -> Settings {
    Settings { points: 9, range: [0.35, 5.6], ..Settings::default() }
}

/// The two views of a pair, which is shown so large that the optimiser's default suits the farther view.
pub(crate) fn viewing(aligned: &Aligned) -> Result<Viewing, Box<dyn Error>> {
    let far =
        PixelsPerDegree::from_eye_sigma(far_eye_sigma(Method::default().choose(aligned, Strength::Even).crossover))?;
    let usual = Viewing::default();
    let near = PixelsPerDegree::new(far.get() * usual.near_ppd.get() / usual.far_ppd.get())?;
    Ok(Viewing { near_ppd: near, far_ppd: far })
}
