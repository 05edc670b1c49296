//! Knobs that are turned, and the copies that answer them quickly.

use nearfar::{
    Execution, Fidelity, Knobs, Method, MixError, Mixer, Request, ShareOptions, Size, Strength,
    align::PointPair,
    descent::DescentError,
    fit::{self, Aligned, fit},
    image::Point,
    kernels::KernelError,
    no_observer,
};

use super::sample;

fn two_faces() -> Aligned {
    let (near, far) = (sample("aligned/hopper-collins-near.jpg"), sample("aligned/hopper-collins-far.jpg"));
    fit(near, far, &fit::Options::default(), &Execution::single_threaded()).unwrap()
}

#[test]
fn default_knobs_are_the_default_method() {
    let aligned = two_faces();
    let (method, choice) = Knobs::default().method(&aligned, Fidelity::Full);
    assert_eq!(method, Method::default().settled(&aligned, Strength::Even));
    assert_eq!(choice, method.choose(&aligned, Strength::Even));
}

#[test]
fn more_than_all_of_a_picture_is_refused_without_one() {
    for share in [
        ShareOptions { near_color: Some(-0.1), ..ShareOptions::default() },
        ShareOptions { plain: Some(f64::NAN), ..ShareOptions::default() },
        ShareOptions { beside: Some(1.5), ..ShareOptions::default() },
    ] {
        let checked = Request { share, ..Request::default() }.check();
        let is_refused = matches!(checked, Err(MixError::Descent(DescentError::Kernel(KernelError::Share { .. }))));
        assert!(is_refused, "{checked:?}");
    }
}

#[test]
fn octaves_raise_the_crossover_of_every_mixer() {
    let aligned = two_faces();
    for mixer in [Mixer::Descent, Mixer::Fourier, Mixer::Article] {
        let crossover = |octaves| {
            let (method, _) = Knobs { mixer, octaves, ..Knobs::default() }.method(&aligned, Fidelity::Full);
            method.crossover().unwrap().cycles_per_pixel()
        };
        let ratio = crossover(0.5) / crossover(-0.5);
        assert!((ratio - 2.0).abs() < 1e-9, "{mixer:?}: {ratio}");
        // Pixels hold no higher frequency.
        assert!(crossover(40.0) <= 0.5 && crossover(-2000.0) > 0.0, "{mixer:?}");
    }
}

#[test]
fn wished_shares_override_chosen_ones() {
    let aligned = two_faces();
    let share = ShareOptions { color: Some(0.9), beside: Some(0.1), ..ShareOptions::default() };
    let (method, choice) = Knobs { share, ..Knobs::default() }.method(&aligned, Fidelity::Preview);
    let found = method.share().unwrap();
    assert_eq!((found.color, found.tone), (0.9, choice.share.tone));
    assert!((found.focus.unwrap().rest - 0.1).abs() < 1e-12);
}

#[test]
fn detail_weight_leaves_the_crossover() {
    let aligned = two_faces();
    let crossover = |detail_weight| {
        let (method, _) = Knobs { detail_weight, ..Knobs::default() }.method(&aligned, Fidelity::Full);
        method.crossover().unwrap().cycles_per_pixel()
    };
    assert!((crossover(Some(6.0)) / crossover(None) - 1.0).abs() < 1e-9);
}

#[test]
fn smaller_copy_of_a_pair_is_chosen_for_as_the_pair_is() {
    let aligned = two_faces();
    let from = aligned.pair.size();
    let to = Size::new(from.width() / 2, from.height() / 2).unwrap();
    let copy = aligned.shrunk(to).unwrap();
    assert_eq!(copy.pair.size(), to);
    let cycles = |aligned: &Aligned, side: usize| {
        let (_, choice) = Knobs::default().method(aligned, Fidelity::Full);
        choice.crossover.cycles_per_pixel() * side as f64
    };
    let (whole, half) = (cycles(&aligned, from.height()), cycles(&copy, to.height()));
    assert!((whole / half - 1.0).abs() < 0.01, "{whole} and {half} cycles");
    assert!(aligned.shrunk(Size::new(from.width() + 1, 1).unwrap()).is_err());
}

#[test]
fn points_of_copies_make_the_same_fit() {
    let execution = Execution::single_threaded();
    let (near, far) = (sample("hopper.jpg"), sample("collins.png"));
    let at = Point::new;
    let points = vec![
        PointPair { near: at(220.0, 188.0), far: at(203.0, 101.0) },
        PointPair { near: at(305.0, 186.0), far: at(248.0, 103.0) },
    ];
    let options = fit::Options { points, ..fit::Options::default() };
    let whole = fit(near.clone(), far.clone(), &options, &execution).unwrap();
    let half = |picture: &nearfar::Image| {
        let size = picture.size();
        let to = Size::new(size.width() / 2, size.height() / 2).unwrap();
        ([size, to], nearfar::vision::shrink(picture, to).unwrap())
    };
    let ((near_sizes, near), (far_sizes, far)) = (half(&near), half(&far));
    let copies = fit(near, far, &options.for_copies(near_sizes, far_sizes), &execution).unwrap();
    let middle = |aligned: &Aligned, scale: f64| {
        let p = aligned.transform.apply(at(scale * (250.0 + 0.5) - 0.5, scale * (200.0 + 0.5) - 0.5));
        [(p.x + 0.5) / scale, (p.y + 0.5) / scale]
    };
    for (a, b) in middle(&whole, 1.0).into_iter().zip(middle(&copies, 0.5)) {
        assert!((a - b).abs() < 1e-6, "{a} and {b}");
    }
    let ratio = whole.frame.size.width() as f64 / copies.frame.size.width() as f64;
    assert!((ratio - 2.0).abs() < 0.1, "{ratio}");
}

#[test]
fn a_preview_is_a_picture_like_the_whole() {
    let aligned = two_faces().shrunk(Size::new(128, 146).unwrap()).unwrap();
    let execution = Execution::single_threaded();
    for mixer in [Mixer::Descent, Mixer::Fourier, Mixer::Article] {
        let made = [Fidelity::Preview, Fidelity::Full].map(|fidelity| {
            let (method, _) = Knobs { mixer, ..Knobs::default() }.method(&aligned, fidelity);
            method.mix(&aligned.pair, &execution, &mut no_observer).unwrap().0
        });
        let [preview, full] = made.each_ref().map(|picture| picture.samples());
        let mean = preview.iter().zip(full).map(|(a, b)| (a - b).abs()).sum::<f32>() / full.len() as f32;
        assert!(mean < 0.05, "{mixer:?}: {mean}");
    }
}
