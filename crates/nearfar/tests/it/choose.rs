use nearfar::{
    Channels, Encoded, Execution, Image, Method, Recipe, Size, Subject,
    align::{self, Landmarks, Options, Point},
    choose,
    codec::{self, DecodeOptions},
    descent::PICTURE_CYCLES,
    fourier, no_observer,
};

use super::noise;

/// What is chosen for a picture of 400x300 pixels, with a face whose eyes are so far apart or without one.
fn sigma_for(eyes: Option<f64>) -> (f64, Subject) {
    let face = eyes.map(|distance| Landmarks {
        eyes: [Point::new(200.0 - 0.5 * distance, 100.0), Point::new(200.0 + 0.5 * distance, 100.0)],
        mouth: Point::new(200.0, 100.0 + distance),
        confidence: 1.0,
        animal: false,
    });
    let picture = noise(Size::new(400, 300).unwrap(), Channels::Grey, (0.2, 0.8), 5);
    let options = Options { method: align::Method::Faces, near_face: face, far_face: face, ..Options::default() };
    let options = if face.is_some() { options } else { Options { method: align::Method::None, ..options } };
    let aligned = align::align(picture.clone(), picture.clone(), &options, &Execution::single_threaded()).unwrap();
    let choice = choose(&aligned, &Execution::single_threaded());
    let settled = Method::default().settled(&aligned, &Execution::single_threaded());
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

/// A picture of a pair that was aligned beforehand.
fn sample(name: &str) -> Image<Encoded> {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../imgs/aligned").join(name);
    codec::read(path, &DecodeOptions::default()).unwrap().image
}

#[test]
fn one_rule_for_pairs_that_fit_already_and_for_pairs_that_are_made_to() {
    let execution = Execution::parallel();
    let (near, far) = (sample("hopper-collins-near.jpg"), sample("hopper-collins-far.jpg"));
    let choose_by = |method| {
        let options = Options { method, ..Options::default() };
        choose(&align::align(near.clone(), far.clone(), &options, &execution).unwrap(), &execution)
    };
    // The face is looked for even where nothing needs aligning.
    let (as_is, found) = (choose_by(align::Method::None), choose_by(align::Method::Faces));
    assert!(matches!(as_is.subject, Subject::Face { .. }), "{as_is:?}");
    assert!((as_is.crossover / found.crossover - 1.0).abs() < 0.1, "{as_is:?} {found:?}");
}

#[test]
fn recipes_choose_as_commands_do() {
    let execution = Execution::parallel();
    let (near, far) = (sample("cat-raccoon-near.jpg"), sample("cat-raccoon-far.jpg"));
    let recipe = Recipe::from_toml("[align]\nmethod = \"none\"\n[method.descent.stop]\nmax-steps = 3").unwrap();
    let made = recipe.mix(near, far, &execution, &mut no_observer).unwrap();
    let choice = choose(&made.aligned, &execution);
    let (picture, _) =
        recipe.method.crossing_at(choice.crossover).mix(&made.aligned.pair, &execution, &mut no_observer).unwrap();
    assert_eq!(made.picture, picture);
}

#[test]
fn both_mixers_cross_at_the_same_frequency() {
    let picture = noise(Size::new(400, 300).unwrap(), Channels::Grey, (0.2, 0.8), 5);
    let options = Options { method: align::Method::None, ..Options::default() };
    let aligned = align::align(picture.clone(), picture.clone(), &options, &Execution::single_threaded()).unwrap();
    let choice = choose(&aligned, &Execution::single_threaded());
    let (settled, why) = Method::Fourier(fourier::Options::default()).settled(&aligned, &Execution::single_threaded());
    assert_eq!(why, Some(choice));
    let Method::Fourier(options) = settled else { panic!("Fourier stays Fourier") };
    let crossover = options.crossover.unwrap().cycles_per_pixel();
    assert!((crossover - choice.crossover).abs() < 1e-9);
    assert!((choice.crossover * 300.0 / PICTURE_CYCLES - 1.0).abs() < 0.01, "{choice:?}");
}
