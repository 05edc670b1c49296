//! The article's run, step for step.

use std::{collections::BTreeMap, ops::ControlFlow};

use nearfar_descent::{Losses, Options, StopReason, mix};
use nearfar_image::{Encoded, Image, Pair, Size};
use nearfar_kernels::Execution;
use serde_json::Value;

use super::{read, repository};

fn article_with(arguments: &str) -> Options {
    let mut options = Options::article();
    let mut words = arguments.split_whitespace();
    while let (Some(flag), Some(value)) = (words.next(), words.next()) {
        match flag {
            "--near-weight" => options.near_weight = value.parse().unwrap(),
            "--sigma" => options.sigma = Some(value.parse().unwrap()),
            "--size" => options.kernel_size = Some(value.parse().unwrap()),
            "--steps" => options.stop.max_iterations = value.parse().unwrap(),
            _ => panic!("the reference has an argument {flag} that this test does not know"),
        }
    }
    options
}

fn run(pair: &Pair, options: &Options) -> (Image<Encoded>, Vec<Losses>) {
    let mut trace = Vec::new();
    let outcome = mix(pair, options, &Execution::parallel(), &mut |progress| {
        trace.push(progress.losses.clone());
        assert_eq!(progress.iterations, trace.len());
        ControlFlow::Continue(())
    })
    .unwrap();
    assert_eq!(outcome.stop_reason, StopReason::MaxIterations);
    assert_eq!(outcome.losses, *trace.last().unwrap());
    (outcome.hybrid, trace)
}

#[test]
fn losses_match_the_article() {
    let mut cases = BTreeMap::<String, Vec<Value>>::new();
    for line in include_str!("../data/values.jsonl").lines() {
        let value: Value = serde_json::from_str(line).unwrap();
        cases.entry(value["case"].as_str().unwrap().to_owned()).or_default().push(value);
    }
    assert_eq!(cases.len(), 5);
    for (name, lines) in cases {
        let text = |key: &str| lines[0][key].as_str().unwrap();
        let (width, height) = text("crop").split_once(',').unwrap();
        let size = Size::new(width.parse().unwrap(), height.parse().unwrap()).unwrap();
        let picture = |key: &str| read(&repository("imgs").join(text(key)), Some(size));
        let pair = Pair::new(picture("near_picture"), picture("far_picture")).unwrap();
        let (_, trace) = run(&pair, &article_with(text("args")));
        for line in &lines {
            let losses = &trace[line["step"].as_u64().unwrap() as usize];
            let of = |name| losses.value(name).unwrap();
            for (key, found) in [("near", of("near")), ("far", of("far")), ("total", losses.total)] {
                let expected = line[key].as_f64().unwrap();
                let error = (found - expected).abs() / expected;
                assert!(error < 1e-5, "{name} step {}: {key} is {found}, not {expected}", line["step"]);
            }
        }
    }
}

#[test]
fn picture_matches_the_article_everywhere() {
    let data = |name: &str| repository("crates/nearfar-descent/tests/data").join(name);
    let pair = Pair::new(read(&data("small-near.png"), None), read(&data("small-far.png"), None)).unwrap();
    let (hybrid, _) = run(&pair, &Options::article());
    let bytes = std::fs::read(data("small-after-200.f32")).unwrap();
    let expected: Vec<f32> = bytes.chunks_exact(4).map(|b| f32::from_le_bytes(b.try_into().unwrap())).collect();
    assert_same(&hybrid, &expected);

    let size = Size::new(451, 300).unwrap();
    let picture = |name: &str| read(&repository("imgs").join(name), Some(size));
    let pair = Pair::new(picture("cat.png"), picture("coffee.png")).unwrap();
    let (hybrid, _) = run(&pair, &Options::article());
    assert_same(&hybrid, read(&data("cat-coffee-after-200.png"), None).samples());
}

fn assert_same(found: &Image<Encoded>, expected: &[f32]) {
    assert_eq!(found.samples().len(), expected.len());
    let differences = found.samples().iter().zip(expected).map(|(a, b)| (a - b).abs());
    let worst = differences.fold(0.0f32, f32::max);
    assert!(worst < 1e-4, "a sample differs by {worst}");
}
