//! The face finder for people, on real photographs.

use std::sync::LazyLock;

use nearfar_faces::{Face, FaceFinder};
use nearfar_image::{Channels, Encoded, Image, Point};
use nearfar_kernels::{Execution, InstructionSet};

use crate::{seen::Seen, size};

static FINDER: LazyLock<FaceFinder> = LazyLock::new(|| FaceFinder::new().expect("the embedded model is whole"));

/// A sample picture of the repository, in colour.
fn sample(name: &str) -> Image<Encoded> {
    crate::sample(name).into_rgb()
}

/// Two people, with the positions of their eyes and mouths from `imgs/README.md`.
fn people() -> [(Image<Encoded>, [Point; 3]); 2] {
    let collins = [Point::new(203.0, 101.0), Point::new(248.0, 103.0), Point::new(224.0, 145.0)];
    let hopper = [Point::new(220.0, 188.0), Point::new(305.0, 186.0), Point::new(270.0, 280.0)];
    [(sample("collins.png"), collins), (sample("hopper.jpg"), hopper)]
}

fn find(picture: &Image<Encoded>) -> Vec<Face> {
    FINDER.find(picture, &Execution::with_threads(2).expect("two threads"))
}

/// The larger of the two eyes' distances from their expected positions.
fn eye_error(face: &Face, expected: &[Point]) -> f64 {
    let distance = |k: usize| face.landmarks.eyes[k].distance(expected[k]);
    distance(0).max(distance(1))
}

#[test]
fn faces_of_people_have_their_eyes_within_4_pixels() {
    let sets = || InstructionSet::ALL.into_iter().filter_map(|set| Execution::parallel().with_instructions(set).ok());
    let each = people().into_iter().flat_map(|person| sets().map(move |set| (person.clone(), set)));
    for ((picture, expected), execution) in each {
        let faces = FINDER.find(&picture, &execution);
        let [face] = faces.as_slice() else { panic!("one face, not {faces:?}") };
        assert!(eye_error(face, &expected) < 4.0, "{face:?}");
        assert!(face.landmarks.mouth.distance(expected[2]) < 8.0, "{face:?}");
        assert!(face.landmarks.confidence > 0.9, "{face:?}");
        for point in expected {
            assert!((face.bounds.top_left.x..face.bounds.bottom_right.x).contains(&point.x));
            assert!((face.bounds.top_left.y..face.bounds.bottom_right.y).contains(&point.y));
        }
    }
}

/// A picture scaled by `zoom` and rotated clockwise by `degrees` about the face, and the new positions of the points.
fn altered(picture: &Image<Encoded>, points: [Point; 3], zoom: f64, degrees: f64) -> (Image<Encoded>, [Point; 3]) {
    let scaled = |v: f64| (v + 0.5) * zoom - 0.5;
    let middle = points[0].midpoint(points[1]);
    let onto = Point::new(scaled(middle.x), scaled(middle.y));
    let seen = Seen { onto, from: middle, scale: 1.0 / zoom, radians: -degrees.to_radians() };
    let length = |v: usize| (v as f64 * zoom).round() as usize;
    let size = size(length(picture.size().width()), length(picture.size().height()));
    (seen.picture(picture, size), points.map(|point| seen.back(point)))
}

#[test]
fn faces_are_found_in_altered_pictures() {
    for (picture, points) in people() {
        let distance = points[0].distance(points[1]);
        for (zoom, degrees) in [(0.25, 0.0), (0.6, -15.0), (1.0, 15.0), (1.0, -30.0), (1.7, 0.0)] {
            let (altered, expected) = altered(&picture, points, zoom, degrees);
            let faces = find(&altered);
            let face = faces.first().unwrap_or_else(|| panic!("no face at {zoom} and {degrees} degrees"));
            // Six hundredths of the distance between the eyes, and a quarter of a pixel.
            let error = eye_error(face, &expected);
            assert!(error < 0.06 * zoom * distance + 0.25, "{error} at {zoom} and {degrees} degrees: {face:?}");
        }
    }
}

#[test]
fn faces_are_found_in_noise() {
    let mut state = 1_u32;
    let mut noise = move || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) as f32 / (1 << 24) as f32 - 0.5
    };
    for (mut picture, expected) in people() {
        for v in picture.samples_mut() {
            *v = (*v + 0.25 * noise()).clamp(0.0, 1.0);
        }
        let faces = find(&picture);
        let face = faces.first().expect("a face");
        let error = eye_error(face, &expected);
        assert!(error < 0.08 * expected[0].distance(expected[1]), "{error}: {face:?}");
    }
}

#[test]
fn faces_on_their_side_and_upside_down_are_found() {
    let [(picture, points), _] = people();
    let (width, height) = (picture.size().width(), picture.size().height());
    let (right, bottom) = (width as f64 - 1.0, height as f64 - 1.0);
    let samples = |c: usize, x: usize, y: usize| picture.plane(c).row(y)[x];
    let anticlockwise = Image::from_fn(size(height, width), Channels::Rgb, |c, x, y| samples(c, width - 1 - y, x));
    let half = Image::from_fn(picture.size(), Channels::Rgb, |c, x, y| samples(c, width - 1 - x, height - 1 - y));
    let clockwise = Image::from_fn(size(height, width), Channels::Rgb, |c, x, y| samples(c, y, height - 1 - x));
    for (turned, expected) in [
        (anticlockwise, points.map(|p| Point::new(p.y, right - p.x))),
        (half, points.map(|p| Point::new(right - p.x, bottom - p.y))),
        (clockwise, points.map(|p| Point::new(bottom - p.y, p.x))),
    ] {
        let faces = find(&turned);
        let face = faces.first().expect("a face");
        assert!(eye_error(face, &expected) < 4.0, "{face:?}");
        assert!(face.landmarks.mouth.distance(expected[2]) < 8.0, "{face:?}");
    }
}

#[test]
fn faces_of_several_people_come_largest_first() {
    let [(collins, _), (hopper, _)] = people();
    let (left, right) = (collins.size(), hopper.size());
    let both = size(left.width() + right.width(), left.height().max(right.height()));
    let picture = Image::from_fn(both, Channels::Rgb, |c, x, y| {
        let (source, x) = if x < left.width() { (&collins, x) } else { (&hopper, x - left.width()) };
        if y < source.size().height() { source.plane(c).row(y)[x] } else { 0.0 }
    });
    let faces = find(&picture);
    assert_eq!(faces.len(), 2, "{faces:?}");
    assert!(faces[0].bounds.area() > faces[1].bounds.area());
    assert!(faces[0].landmarks.mouth.x > left.width() as f64, "Hopper is the larger: {faces:?}");
}

#[test]
fn faces_are_not_found_in_textures_and_objects() {
    for name in ["brick.png", "grass.png", "gravel.png", "coffee.png", "cat.png"] {
        let faces = find(&sample(name));
        assert!(faces.is_empty(), "{name}: {faces:?}");
    }
}

#[test]
fn faces_are_not_found_in_degenerate_pictures() {
    for (width, height) in [(1, 1), (1, 300), (700, 1), (2, 3), (33, 1)] {
        for value in [0.5, f32::NAN, f32::INFINITY, -1e30] {
            let faces = find(&Image::filled(size(width, height), Channels::Grey, value));
            assert!(faces.is_empty(), "{width}x{height} of {value}: {faces:?}");
        }
    }
}

#[test]
fn faces_are_bit_equal_for_any_number_of_threads() {
    let [_, (picture, points)] = people();
    let (small, _) = altered(&picture, points, 0.4, 0.0);
    let one = FINDER.find(&small, &Execution::single_threaded());
    assert_eq!(one.len(), 1);
    for threads in [1, 2, 3, 7] {
        let execution = Execution::with_threads(threads).expect("a few threads");
        assert_eq!(FINDER.find(&small, &execution), one, "{threads} threads");
    }
}

#[test]
fn grey_pictures_give_the_faces_of_equal_channels() {
    let [_, (picture, points)] = people();
    let (small, _) = altered(&picture, points, 0.4, 0.0);
    let grey = Image::from_fn(small.size(), Channels::Grey, |_, x, y| small.plane(1).row(y)[x]);
    let faces = find(&grey);
    assert_eq!(faces.len(), 1);
    assert_eq!(faces, find(&grey.into_rgb()));
}

#[test]
fn large_faces_are_found_exactly_and_none_where_there_are_none() {
    let execution = Execution::parallel();
    for (picture, expected) in people() {
        let faces = FINDER.find_large(&picture, &execution);
        let [face] = faces.as_slice() else { panic!("one face, not {faces:?}") };
        assert!(eye_error(face, &expected) < 4.0 && face.landmarks.confidence > 0.9, "{face:?}");
    }
    for name in
        ["brick.png", "gravel.png", "coffee.png", "hubble.jpg", "rocket.jpg", "alps.jpg", "cat.png", "sheep.jpg"]
    {
        assert!(FINDER.find_large(&sample(name), &execution).is_empty(), "{name}");
    }
}
