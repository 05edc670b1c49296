//! Accuracy of matching by content: pictures are turned, scaled and shifted by known amounts, and the maps found are
//! compared with the true ones. `cargo run --release -p nearfar-align --example content_trials [TRIALS [SEED]]`
#![expect(clippy::print_stdout, reason = "the table is the result")]

use std::time::Instant;

use nearfar_align::match_content;
use nearfar_codec as codec;
use nearfar_kernels::Execution;

#[path = "../tests/it/trials.rs"]
mod trials;

use trials::{Random, corner_error, moved};

const PICTURES: [&str; 14] = [
    "hopper.jpg",
    "collins.png",
    "cat.png",
    "raccoon.png",
    "coffee.png",
    "camera.png",
    "rocket.jpg",
    "retina.jpg",
    "hubble.jpg",
    "brick.png",
    "grass.png",
    "gravel.png",
    "alps.jpg",
    "sheep.jpg",
];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let trials: usize = std::env::args().nth(1).map_or(Ok(100), |n| n.parse())?;
    let seed: u64 = std::env::args().nth(2).map_or(Ok(5), |n| n.parse())?;
    let execution = Execution::parallel();
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../imgs");
    let read = |name: &&str| codec::read(format!("{folder}/{name}"), &codec::DecodeOptions::default());
    let pictures = PICTURES.iter().map(|name| Ok(read(name)?.image)).collect::<Result<Vec<_>, codec::DecodeError>>()?;
    let mut random = Random(seed);
    let (mut good, mut lies) = (0, 0);
    println!("picture        degrees  scale   shift       error/px  confidence  ms");
    for trial in 0..trials {
        let near = &pictures[trial % pictures.len()];
        let degrees = random.between(-30.0, 30.0);
        let scale = random.between(0.6, 1.6);
        let shift = [random.between(-0.2, 0.2), random.between(-0.2, 0.2)];
        let (far, truth) = moved(near, degrees, scale, shift, &execution);
        let start = Instant::now();
        let found = match_content(near, &far, &execution);
        let time = start.elapsed().as_secs_f64() * 1e3;
        let error = corner_error(near, &found.map, &truth);
        good += usize::from(error <= 2.0);
        lies += usize::from(error > 2.0 && found.is_sure());
        println!(
            "{:<13} {degrees:>8.1} {scale:>6.2} {:>6.2} {:>5.2} {error:>11.2} {:>11.2} {time:>5.0}{}",
            PICTURES[trial % pictures.len()],
            shift[0],
            shift[1],
            found.confidence,
            if error <= 2.0 {
                ""
            } else if found.is_sure() {
                "  WRONG AND SURE"
            } else {
                "  wrong, not sure"
            },
        );
    }
    println!("{good} of {trials} within 2 px at the corners, {lies} wrong and sure\n\ndifferent subjects: confidence");
    for (i, near) in pictures.iter().enumerate() {
        for (j, far) in pictures.iter().enumerate().filter(|&(j, _)| j != i) {
            let found = match_content(near, far, &execution);
            println!(
                "{:<13} {:<13} {:.2}{}",
                PICTURES[i],
                PICTURES[j],
                found.confidence,
                if found.is_sure() { "  SURE" } else { "" }
            );
        }
    }
    Ok(())
}
