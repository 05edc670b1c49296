use nearfar::{
    Channels, Execution, Size, Subject,
    align::{self, Landmarks, Method, Options, Point},
    choose,
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
    let options = Options { method: Method::Faces, near_face: face, far_face: face, ..Options::default() };
    let options = if face.is_some() { options } else { Options { method: Method::None, ..options } };
    let aligned = align::align(&picture, &picture, &options, &Execution::single_threaded()).unwrap();
    let choice = choose(&aligned, None);
    assert_eq!(choice.options.sigma, Some(choice.sigma));
    (choice.sigma, choice.subject)
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
