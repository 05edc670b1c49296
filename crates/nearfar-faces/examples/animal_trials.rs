//! How often animals' faces are found in altered photographs, how exactly, and how often where there are none.
//!
//!     cargo run --release -p nearfar-faces --example animal_trials [-- trials [picture x y x y]...]
//!
//! Pictures are given with the positions of their eyes; by default the repository's two. The repository's pictures
//! without animals come last, altered equally often.
#![expect(clippy::print_stdout, reason = "the table is the result")]

use std::{
    path::Path,
    time::{Duration, Instant},
};

use nearfar_codec as codec;
use nearfar_faces::AnimalFinder;
use nearfar_image::Point;
use nearfar_kernels::Execution;

#[path = "../tests/it/seen.rs"]
mod seen;
#[path = "../tests/it/variations.rs"]
mod variations;

use variations::{Portrait, Random};

const ANIMALS: [&str; 10] =
    ["imgs/cat.png", "172", "116", "316", "136", "imgs/raccoon.png", "577", "306", "722", "330"];
const OTHERS: [&str; 10] = [
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
];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let trials = arguments.next().map_or(Ok(100_u32), |trials| trials.parse())?;
    let mut pictures: Vec<String> = arguments.collect();
    if pictures.is_empty() {
        pictures = ANIMALS.map(String::from).to_vec();
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let read = |name: &str| codec::read(root.join(name), &codec::DecodeOptions::default());
    let (finder, execution) = (AnimalFinder::new()?, Execution::parallel());
    for (seed, picture) in (1..).zip(pictures.chunks_exact(5)) {
        let numbers: Vec<f64> = picture[1..].iter().map(|number| number.parse()).collect::<Result<_, _>>()?;
        let eyes = [Point::new(numbers[0], numbers[1]), Point::new(numbers[2], numbers[3])];
        let portrait = Portrait { picture: read(&picture[0])?.image, eyes };
        let mut random = Random(seed);
        let mut errors = Vec::new();
        let mut time = Duration::ZERO;
        for _ in 0..trials {
            let varied = portrait.varied(&mut random);
            let start = Instant::now();
            let faces = finder.find(&varied.picture, &execution);
            time += start.elapsed();
            errors.extend(faces.first().map(|face| varied.eye_error(&face.landmarks.eyes)));
        }
        errors.sort_by(f64::total_cmp);
        let percent = |share: usize| errors.get((errors.len() * share / 100).min(errors.len().saturating_sub(1)));
        let show = |share| percent(share).map_or(f64::NAN, |error| 100.0 * error);
        let right = errors.iter().filter(|error| **error < 0.1).count();
        println!(
            "{}: found {} of {trials}, {right} right; eyes off by {:.1} % of their distance (median), {:.1} % (90 of 100); \
             {:.0} ms each",
            picture[0],
            errors.len(),
            show(50),
            show(90),
            1000.0 * time.as_secs_f64() / f64::from(trials)
        );
    }
    for (seed, name) in (100..).zip(OTHERS) {
        // There are no eyes here; pictures are rotated about their centres.
        let picture = read(&format!("imgs/{name}"))?.image;
        let middle = Point::new(0.5 * picture.size().width() as f64, 0.5 * picture.size().height() as f64);
        let scene = Portrait { picture, eyes: [middle; 2] };
        let mut random = Random(seed);
        let seen = (0..trials).filter(|_| !finder.find(&scene.varied(&mut random).picture, &execution).is_empty());
        println!("{name}: something seen in {} of {trials}", seen.count());
    }
    Ok(())
}
