//! The optimising mixer: one evaluation of loss and gradient, and the article's 200 steps.

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use nearfar_descent::{Options, Plan, mix, no_observer};
use nearfar_image::{Channels, Image, Pair, Size};
use nearfar_kernels::Execution;

/// Gratings of every scale: the content does not affect the time.
fn picture(size: Size, angle: f32) -> Image {
    Image::from_fn(size, Channels::Rgb, |channel, x, y| {
        let along = x as f32 * angle.cos() + y as f32 * angle.sin();
        0.5 + 0.1 * (1..5).map(|k| (along * 0.3 / (k * k) as f32 + channel as f32).sin()).sum::<f32>()
    })
}

fn pair(side: usize) -> Pair {
    let size = Size::new(side, side).expect("not empty");
    Pair::new(picture(size, 0.3), picture(size, 1.2)).expect("one size")
}

fn executions() -> [(&'static str, Execution); 2] {
    [("1 thread", Execution::single_threaded()), ("all threads", Execution::parallel())]
}

fn evaluation(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("evaluation");
    group.sample_size(10);
    let article = Options::article();
    let wide = |sigma: f64| Options { sigma: Some(sigma), kernel_size: None, ..article.clone() };
    let cases = [("15 taps", article.clone()), ("sigma 12", wide(12.0)), ("sigma 48", wide(48.0))];
    for (threads, execution) in executions() {
        for side in [256, 512, 1024, 2048, 4096] {
            let pair = pair(side);
            let picture = picture(pair.size(), 0.7);
            let mut gradient = picture.clone();
            group.throughput(Throughput::Elements(pair.size().area() as u64));
            for (name, options) in &cases {
                let plan = Plan::new(pair.size(), options).expect("options");
                let objective = plan.objective(&pair, &execution);
                let mut workspace = objective.workspace(&execution);
                group.bench_function(BenchmarkId::new(format!("{name}, {threads}"), pair.size()), |b| {
                    b.iter(|| objective.evaluate(&execution, black_box(&picture), &mut gradient, &mut workspace));
                });
            }
        }
    }
    group.finish();
}

fn article(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("article, 200 steps");
    group.sample_size(10);
    for (threads, execution) in executions() {
        for side in [256, 512, 1024] {
            let pair = pair(side);
            group.throughput(Throughput::Elements(pair.size().area() as u64));
            group.bench_function(BenchmarkId::new(threads, pair.size()), |b| {
                b.iter(|| mix(black_box(&pair), &Options::article(), &execution, &mut no_observer).expect("options"));
            });
        }
    }
    group.finish();
}

criterion_group!(benches, evaluation, article);
criterion_main!(benches);
