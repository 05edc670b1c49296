use nearfar::{
    Channels, Execution, Method, Recipe, Size, Subject, choose,
    descent::PICTURE_CYCLES,
    fit::{self, Options, fit},
    fourier::{self, Cutoff, FrequencyResponse},
    image::{Landmarks, Point},
    no_observer,
    vision::Viewing,
};

use super::{noise, sample};

/// What is chosen for a picture of 400x300 pixels, with a face whose eyes are so far apart or without one.
fn sigma_for(eyes: Option<f64>) -> (f64, Subject) {
    let face = eyes.map(|distance| Landmarks {
        eyes: [Point::new(200.0 - 0.5 * distance, 100.0), Point::new(200.0 + 0.5 * distance, 100.0)],
        mouth: Point::new(200.0, 100.0 + distance),
        confidence: 1.0,
        animal: false,
    });
    let picture = noise(Size::new(400, 300).unwrap(), Channels::Grey, (0.2, 0.8), 5);
    let options = Options { method: fit::Method::Faces, near_face: face, far_face: face, ..Options::default() };
    let options = if face.is_some() { options } else { Options { method: fit::Method::None, ..options } };
    let aligned = fit(picture.clone(), picture.clone(), &options, &Execution::single_threaded()).unwrap();
    let choice = choose(&aligned);
    let settled = Method::default().settled(&aligned);
    let method = Method::default().crossing_at(choice.crossover);
    let Method::Descent(options) = method.clone() else { panic!("the default optimises") };
    let sigma = options.sigma.unwrap();
    assert!((options.crossover(picture.size()).unwrap() / choice.crossover - 1.0).abs() < 1e-3);
    assert_eq!(settled, (method, Some(choice)));
    (sigma, choice.subject)
}

#[test]
fn sigma_grows_with_the_face_within_bounds() {
    let (whole, subject) = sigma_for(None);
    assert_eq!(subject, Subject::Picture { side: 300 });
    let (usual, subject) = sigma_for(Some(60.0));
    assert!(matches!(subject, Subject::Face { width } if (width - 132.0).abs() < 1e-6), "{subject:?}");
    assert!((sigma_for(Some(90.0)).0 / usual - 1.5).abs() < 0.01);
    // However small the face, the near picture keeps half of what a picture without one leaves it.
    assert!((sigma_for(Some(2.0)).0 / whole - 0.5).abs() < 0.01);
}

#[test]
fn one_rule_for_pairs_that_fit_already_and_for_pairs_that_are_made_to() {
    let execution = Execution::parallel();
    let (near, far) = (sample("aligned/hopper-collins-near.jpg"), sample("aligned/hopper-collins-far.jpg"));
    let choose_by = |method| {
        let options = Options { method, ..Options::default() };
        choose(&fit(near.clone(), far.clone(), &options, &execution).unwrap())
    };
    // The face is looked for even where nothing needs aligning.
    let (as_is, found) = (choose_by(fit::Method::None), choose_by(fit::Method::Faces));
    assert!(matches!(as_is.subject, Subject::Face { .. }), "{as_is:?}");
    assert!((as_is.crossover / found.crossover - 1.0).abs() < 0.1, "{as_is:?} {found:?}");
}

/// The middle of the face and its width were measured by hand.
#[test]
fn hybrid_is_looked_at_where_the_far_picture_has_its_face() {
    let execution = Execution::parallel();
    let (near, far) = (sample("hopper-collins-near.jpg"), sample("hopper-collins-far.jpg"));
    let options = Options { method: align::Method::None, ..Options::default() };
    let aligned = align::align(near, far, &options, &execution).unwrap();
    let perceived = Perception::of(aligned.pair.far(), &aligned, &Viewing::default(), &execution).unwrap();
    let face = perceived.face.expect("a face");
    let [x, y] = face.center();
    assert!((x - 256.0).abs() < 20.0 && (y - 230.0).abs() < 20.0 && (face.width() - 193.0).abs() < 20.0, "{face:?}");
    assert!(perceived.near < -0.99 && perceived.far < -0.99 && perceived.switch.even_ppd.is_none(), "{perceived:?}");
}

#[test]
fn recipes_choose_as_commands_do() {
    let execution = Execution::parallel();
    let (near, far) = (sample("aligned/cat-raccoon-near.jpg"), sample("aligned/cat-raccoon-far.jpg"));
    let recipe = Recipe::from_toml("[align]\nmethod = \"none\"\n[method.descent.stop]\nmax-steps = 3").unwrap();
    let made = recipe.mix(near, far, &execution, &mut no_observer).unwrap();
    let choice = choose(&made.aligned);
    let (picture, _) =
        recipe.method.crossing_at(choice.crossover).mix(&made.aligned.pair, &execution, &mut no_observer).unwrap();
    assert_eq!(made.picture, picture);
}

#[test]
fn both_mixers_cross_at_the_same_frequency() {
    let FrequencyResponse::Gaussian { cutoff } = fourier::Options::default().low else { panic!("another response") };
    assert_eq!(cutoff, Cutoff::CyclesPerPicture(PICTURE_CYCLES));
    let picture = noise(Size::new(400, 300).unwrap(), Channels::Grey, (0.2, 0.8), 5);
    let options = Options { method: fit::Method::None, ..Options::default() };
    let aligned = fit(picture.clone(), picture.clone(), &options, &Execution::single_threaded()).unwrap();
    let choice = choose(&aligned);
    let Method::Fourier(options) = Method::Fourier(fourier::Options::default()).crossing_at(choice.crossover) else {
        panic!()
    };
    let size = aligned.pair.size();
    let low = options.low.curve(size).unwrap();
    assert!((low.at(choice.crossover) - 0.5).abs() < 1e-9);
    assert!((choice.crossover * 300.0 / PICTURE_CYCLES - 1.0).abs() < 0.01, "{choice:?}");
}
