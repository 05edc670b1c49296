//! Scoring alone: one hybrid of a pair, and another one of a prepared pair; likewise its percept, in a near and a far
//! view, on one thread.

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use nearfar_image::{Channels, Image, Pair, Size};
use nearfar_kernels::Execution;
use nearfar_vision::{PerceptReference, PixelsPerDegree, Scorer, Viewing, percept_views};

/// Gratings of every scale: the content does not affect the time.
fn picture(size: Size, angle: f32) -> Image {
    Image::from_fn(size, Channels::Rgb, |channel, x, y| {
        let along = x as f32 * angle.cos() + y as f32 * angle.sin();
        0.5 + 0.1 * (1..5).map(|k| (along * 0.3 / (k * k) as f32 + channel as f32).sin()).sum::<f32>()
    })
}

fn scores(criterion: &mut Criterion) {
    let execution = Execution::parallel();
    let mut group = criterion.benchmark_group("scores");
    group.sample_size(10);
    for side in [256, 512, 1024] {
        let size = Size::new(side, side).expect("not empty");
        let pair = Pair::new(picture(size, 0.3), picture(size, 1.2)).expect("one size");
        let hybrid = picture(size, 0.7);
        let scorer = Scorer::new(size, &Viewing::default());
        group.throughput(Throughput::Elements(size.area() as u64));
        group.bench_function(BenchmarkId::new("one hybrid", size), |b| {
            b.iter(|| scorer.score(black_box(&hybrid), &pair, &execution));
        });
        let reference = scorer.reference(&pair, &execution);
        group.bench_function(BenchmarkId::new("one more of the pair", size), |b| {
            b.iter(|| scorer.score_against(black_box(&hybrid), &reference, &execution));
        });
    }
    group.finish();
}

fn percepts(criterion: &mut Criterion) {
    let execution = Execution::single_threaded();
    let mut group = criterion.benchmark_group("percept");
    group.sample_size(10);
    for side in [256, 512, 1024] {
        let size = Size::new(side, side).expect("not empty");
        let pair = Pair::new(picture(size, 0.3), picture(size, 1.2)).expect("one size");
        let hybrid = picture(size, 0.7);
        group.throughput(Throughput::Elements(size.area() as u64));
        let view = |ppd: f64| vec![PixelsPerDegree::new(ppd).expect("in range")];
        for (name, views) in [("near", view(39.6)), ("far", view(194.0)), ("curve", percept_views(size, None))] {
            group.bench_function(BenchmarkId::new(format!("prepare, {name}"), size), |b| {
                b.iter(|| PerceptReference::new(black_box(&pair), None, &views, &execution));
            });
            let reference = PerceptReference::new(&pair, None, &views, &execution);
            group.bench_function(BenchmarkId::new(format!("one more of the pair, {name}"), size), |b| {
                b.iter(|| reference.percepts(black_box(&hybrid), &execution));
            });
        }
    }
    group.finish();
}

criterion_group!(benches, scores, percepts);
criterion_main!(benches);
