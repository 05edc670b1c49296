//! What is compared on what.

use std::{error::Error, path::Path};

use nearfar::{
    Execution, Method,
    codec::{self, DecodeOptions},
    compare::{Family, Settings},
    descent, far_eye_sigma,
    fit::{self, Aligned, fit},
    fourier,
    image::TransferFunction,
    kernels::Colors,
    vision::{PixelsPerDegree, Viewing},
};

/// Two pictures of imgs/.
pub(crate) struct Source {
    pub(crate) name: &'static str,
    near: &'static str,
    far: &'static str,
    /// Whether the defaults were chosen by looking at these two.
    pub(crate) tuned: bool,
}

const fn tuned(name: &'static str, near: &'static str, far: &'static str) -> Source {
    Source { name, near, far, tuned: true }
}

const fn fresh(name: &'static str, near: &'static str, far: &'static str) -> Source {
    Source { name, near, far, tuned: false }
}

/// The pairs: those that the defaults were chosen on, then those that nobody looked at before.
pub(crate) const PAIRS: [Source; 32] = [
    tuned("hopper-collins", "aligned/hopper-collins-near.jpg", "aligned/hopper-collins-far.jpg"),
    tuned("collins-hopper", "aligned/collins-hopper-near.jpg", "aligned/collins-hopper-far.jpg"),
    tuned("cat-raccoon", "aligned/cat-raccoon-near.jpg", "aligned/cat-raccoon-far.jpg"),
    tuned("raccoon-cat", "aligned/raccoon-cat-near.jpg", "aligned/raccoon-cat-far.jpg"),
    tuned("cat-collins", "aligned/cat-collins-near.jpg", "aligned/cat-collins-far.jpg"),
    tuned("brick-hopper", "aligned/brick-hopper-near.jpg", "aligned/brick-hopper-far.jpg"),
    tuned("alps-sheep", "aligned/alps-sheep-near.jpg", "aligned/alps-sheep-far.jpg"),
    tuned("obama-biden", "pairs/obama.jpg", "pairs/biden.jpg"),
    tuned("woman-pearl", "pairs/woman.jpg", "pairs/pearl.jpg"),
    tuned("bikes-plane", "pairs/bikes.jpg", "pairs/plane.jpg"),
    tuned("lighthouse-cape", "pairs/lighthouse.jpg", "pairs/cape.jpg"),
    fresh("collins-obama", "collins.png", "pairs/obama.jpg"),
    fresh("obama-collins", "pairs/obama.jpg", "collins.png"),
    fresh("biden-hopper", "pairs/biden.jpg", "hopper.jpg"),
    fresh("pearl-biden", "pairs/pearl.jpg", "pairs/biden.jpg"),
    fresh("obama-pearl", "pairs/obama.jpg", "pairs/pearl.jpg"),
    fresh("woman-hopper", "pairs/woman.jpg", "hopper.jpg"),
    fresh("hopper-woman", "hopper.jpg", "pairs/woman.jpg"),
    fresh("girl-biden", "pairs/girl.jpg", "pairs/biden.jpg"),
    fresh("pearl-cat", "pairs/pearl.jpg", "cat.png"),
    fresh("cat-pearl", "cat.png", "pairs/pearl.jpg"),
    fresh("parrots-cape", "pairs/parrots.jpg", "pairs/cape.jpg"),
    fresh("plane-parrots", "pairs/plane.jpg", "pairs/parrots.jpg"),
    fresh("cape-bikes", "pairs/cape.jpg", "pairs/bikes.jpg"),
    fresh("parrots-plane", "pairs/parrots.jpg", "pairs/plane.jpg"),
    fresh("girl-parrots", "pairs/girl.jpg", "pairs/parrots.jpg"),
    fresh("coffee-cat", "coffee.png", "cat.png"),
    fresh("coffee-plane", "coffee.png", "pairs/plane.jpg"),
    fresh("lighthouse-rocket", "pairs/lighthouse.jpg", "rocket.jpg"),
    fresh("gravel-biden", "gravel.png", "pairs/biden.jpg"),
    fresh("grass-pearl", "grass.png", "pairs/pearl.jpg"),
    fresh("bikes-camera", "pairs/bikes.jpg", "camera.png"),
];

/// Pairs that are shown as pictures: faces, animals, a thing, a texture.
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

/// How the methods are compared. The sweep goes on to where every method shows nearly all of FAR that it ever does.
pub(crate) fn settings() -> Settings {
    Settings { points: 9, range: [0.35, 5.6], ..Settings::default() }
}

/// Reads two pictures and makes them fit, as any command does.
pub(crate) fn read(root: &Path, source: &Source, execution: &Execution) -> Result<Aligned, Box<dyn Error>> {
    let picture = |name| -> Result<_, Box<dyn Error>> {
        Ok(codec::read(root.join("imgs").join(name), &DecodeOptions::default())?.image)
    };
    Ok(fit(picture(source.near)?, picture(source.far)?, &fit::Options::default(), execution)?)
}

/// The two views of a pair, which is shown so large that the optimiser's default is made for the farther one.
pub(crate) fn viewing(aligned: &Aligned) -> Result<Viewing, Box<dyn Error>> {
    let far = PixelsPerDegree::from_eye_sigma(far_eye_sigma(Method::default().choose(aligned).crossover))?;
    let usual = Viewing::default();
    let near = PixelsPerDegree::new(far.get() * usual.near_ppd.get() / usual.far_ppd.get())?;
    Ok(Viewing { near_ppd: near, far_ppd: far })
}
