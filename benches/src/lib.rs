//! Shared inputs of the benchmarks and of the programs that write documents.

use std::{error::Error, path::Path};

use nearfar::{
    Execution,
    codec::{self, DecodeOptions},
    fit::{self, Aligned, fit},
};

/// Two pictures of imgs/.
#[derive(Clone, Copy, Debug)]
pub struct Source {
    /// Name of the pair in documents.
    pub name: &'static str,
    near: &'static str,
    far: &'static str,
    /// Whether the defaults were chosen by looking at this pair.
    pub tuned: bool,
}

const fn tuned(name: &'static str, near: &'static str, far: &'static str) -> Source {
    Source { name, near, far, tuned: true }
}

const fn fresh(name: &'static str, near: &'static str, far: &'static str) -> Source {
    Source { name, near, far, tuned: false }
}

/// The pairs: first those on which the defaults were chosen, then held-out ones.
pub const PAIRS: [Source; 32] = [
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

/// Reads two pictures and aligns them, as any command does; `root` is the repository.
///
/// # Errors
///
/// Those of decoding and alignment.
pub fn read(root: &Path, source: &Source, execution: &Execution) -> Result<Aligned, Box<dyn Error>> {
    let picture = |name| -> Result<_, Box<dyn Error>> {
        Ok(codec::read(root.join("imgs").join(name), &DecodeOptions::default())?.image)
    };
    Ok(fit(picture(source.near)?, picture(source.far)?, &fit::Options::default(), execution)?)
}
