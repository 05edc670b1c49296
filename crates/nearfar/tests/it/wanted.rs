//! Objectives in TOML.

use nearfar::{
    Execution,
    fit::{self, fit},
    no_observer,
    vision::{Surface, shrink},
    wanted::{Masks, Wanted},
};

use crate::sample;

/// If the widest blur is large, levels that start from a coarser one end sooner, as they do in a mix.
#[test]
fn wide_blurs_are_not_refined_for_what_nobody_sees() {
    let [near, far] = ["aligned/hopper-collins-near.jpg", "aligned/hopper-collins-far.jpg"].map(|name| {
        let picture = sample(name);
        shrink(&picture, picture.size().with_shorter_side(256)).unwrap()
    });
    let execution = Execution::parallel();
    let align = fit::Options { method: fit::Method::None, ..fit::Options::default() };
    let aligned = fit(near, far, &align, &execution).unwrap();
    let objective = "crossover = \"11cpi\"\n\
                     [[term]]\nkind = \"details\"\nof = \"near\"\nweight = 1500.0\nchannels = \"luma\"\nedges = true\n\
                     [[term]]\nkind = \"afar\"\nof = \"far\"\nweight = 1.0\nchannels = \"luma\"\nsigma = \"55px\"\n";
    let wanted = Wanted::from_toml(objective).unwrap();
    let made = wanted.mix(&aligned, &Masks::new(), Surface::default(), &execution, &mut no_observer).unwrap();
    // If every level is refined to the tolerance of a narrow blur, it takes 1263.
    assert!(made.evaluations < 1150, "{}", made.evaluations);
}
