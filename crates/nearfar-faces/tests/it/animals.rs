//! The animal finder, on real photographs.

use std::sync::LazyLock;

use nearfar_faces::{AnimalFinder, Face};
use nearfar_image::{Channels, Encoded, Image, Point};
use nearfar_kernels::Execution;

use crate::{
    sample, size,
    variations::{Portrait, Random},
};

static FINDER: LazyLock<AnimalFinder> = LazyLock::new(|| AnimalFinder::new().expect("the embedded cascade is whole"));

/// Two animals, with the positions of their eyes from `imgs/README.md`.
fn animals() -> [Portrait; 2] {
    let portrait =
        |name, [a, b, c, d]: [f64; 4]| Portrait { picture: sample(name), eyes: [Point::new(a, b), Point::new(c, d)] };
    [portrait("cat.png", [172.0, 116.0, 316.0, 136.0]), portrait("raccoon.png", [577.0, 306.0, 722.0, 330.0])]
}

fn execution() -> Execution {
    Execution::with_threads(2).expect("two threads")
}

fn find(picture: &Image<Encoded>) -> Vec<Face> {
    FINDER.find(picture, &execution())
}

#[test]
fn animals_have_their_eyes_within_7_pixels() {
    for portrait in animals() {
        let faces = find(&portrait.picture);
        let [face] = faces.as_slice() else { panic!("one face, not {faces:?}") };
        let pixels = portrait.eye_error(&face.landmarks.eyes) * portrait.eyes[0].distance(portrait.eyes[1]);
        assert!(pixels < 7.0, "{pixels} px: {face:?}");
        assert!(face.landmarks.animal && face.landmarks.confidence > 0.5, "{face:?}");
        for point in portrait.eyes {
            assert!((face.bounds.top_left.x..face.bounds.bottom_right.x).contains(&point.x));
            assert!((face.bounds.top_left.y..face.bounds.bottom_right.y).contains(&point.y));
        }
    }
}

#[test]
fn animals_are_found_in_most_variations_with_correct_eyes_in_nearly_all() {
    // The example `animal_trials` does this a hundred times.
    const TRIALS: usize = 10;
    let mut random = Random(1);
    let [cat, raccoon] = animals();
    // At half its size, the raccoon is as large as the cat and as quickly searched.
    for portrait in [cat, raccoon.moved(0.5, 0.0, [0.0; 4])] {
        let mut errors = Vec::new();
        for _ in 0..TRIALS {
            let varied = portrait.varied(&mut random);
            errors.extend(find(&varied.picture).first().map(|face| varied.eye_error(&face.landmarks.eyes)));
        }
        let right = errors.iter().filter(|error| **error < 0.1).count();
        assert!(2 * errors.len() >= TRIALS, "{} of {TRIALS} found", errors.len());
        assert!(right + 1 >= errors.len(), "{right} of {} right: {errors:?}", errors.len());
    }
}

#[test]
fn animals_are_not_found_where_there_are_none() {
    for name in [
        "brick.png",
        "grass.png",
        "gravel.png",
        "coffee.png",
        "camera.png",
        "rocket.jpg",
        "hubble.jpg",
        "retina.jpg",
        "alps.jpg",
        "sheep.jpg",
        "hopper.jpg",
        "collins.png",
    ] {
        let faces = find(&sample(name));
        assert!(faces.is_empty(), "{name}: {faces:?}");
    }
}

#[test]
fn animals_are_not_found_in_degenerate_pictures() {
    for (width, height) in [(1, 1), (1, 300), (700, 1), (2, 3), (33, 1), (40, 40)] {
        for value in [0.5, f32::NAN, f32::INFINITY, -1e30] {
            let faces = find(&Image::filled(size(width, height), Channels::Grey, value));
            assert!(faces.is_empty(), "{width}x{height} of {value}: {faces:?}");
        }
    }
}

#[test]
fn animals_are_bit_equal_for_any_number_of_threads() {
    let [cat, _] = animals();
    let small = cat.moved(0.5, 0.0, [0.0; 4]).picture;
    let one = FINDER.find(&small, &Execution::single_threaded());
    assert_eq!(one.len(), 1);
    for threads in [2, 3, 7] {
        let execution = Execution::with_threads(threads).expect("a few threads");
        assert_eq!(FINDER.find(&small, &execution), one, "{threads} threads");
    }
}
