//! Objectives in TOML.

use std::ops::ControlFlow;

use nearfar::{
    Execution, Method, Strength,
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

/// The default, written out as in `docs/objectives/hybrid.toml`, makes what the default makes.
#[test]
fn the_default_can_be_written_out() {
    let [near, far] = ["aligned/hopper-collins-near.jpg", "aligned/hopper-collins-far.jpg"].map(|name| {
        let picture = sample(name);
        shrink(&picture, picture.size().with_shorter_side(256)).unwrap()
    });
    let execution = Execution::parallel();
    let align = fit::Options { method: fit::Method::None, ..fit::Options::default() };
    let aligned = fit(near.clone(), far.clone(), &align, &execution).unwrap();
    let Method::Descent(options) = Method::default().settled(&aligned, Strength::Even) else { panic!() };
    let (crossover, sigma) = (options.crossover.unwrap().cycles_per_pixel(), options.sigma().unwrap());
    let by_default = nearfar::descent::mix(&aligned.pair, &options, &execution, &mut |_| ControlFlow::Continue(()));
    let by_default = by_default.unwrap().hybrid;
    let difference = |of: &str| {
        let objective = format!(
            "crossover = \"{crossover}cpp\"\n\
             [[term]]\nkind = \"details\"\nof = \"{of}\"\nweight = {}\nchannels = \"luma\"\nedges = true\n\
             [[term]]\nkind = \"pixels\"\nof = \"far-share\"\nweight = 2.0\nchannels = \"opponent\"\n\
             [[term]]\nkind = \"afar\"\nof = \"far-share\"\nweight = 1.0\nchannels = \"luma\"\nsigma = \"{sigma}px\"\n",
            0.5 * sigma * sigma
        );
        let wanted = Wanted::from_toml(&objective).unwrap();
        let made = wanted.mix(&aligned, &Masks::new(), Surface::default(), &execution, &mut no_observer).unwrap();
        let pairs = made.picture.samples().iter().zip(by_default.samples());
        pairs.map(|(a, b)| f64::from((a - b).abs())).sum::<f64>() / by_default.samples().len() as f64
    };
    let (lit, as_it_is) = (difference("near-lit"), difference("near"));
    // Both end within the tolerance of their solver.
    assert!(lit < 1.0 / 255.0 && as_it_is > 3.0 * lit, "{lit} and {as_it_is}");
}
