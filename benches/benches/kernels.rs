//! Blurs and transfer functions alone, on one thread and on all threads.

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use nearfar_image::{Channels, Image, Linear, Size, TransferFunction};
use nearfar_kernels::{Border, Execution, Gaussian, SeparableBlur, WideBlur, transfer};

/// A grating: the content does not affect the time.
fn plane(size: Size) -> Image<Linear> {
    Image::from_fn(size, Channels::Grey, |_, x, y| 0.5 + 0.4 * ((x * 3 + y * 5) as f32 * 0.1).sin())
}

fn blurs(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("blur");
    group.sample_size(10);
    for (name, execution) in [("1 thread", Execution::single_threaded()), ("all threads", Execution::parallel())] {
        for side in [256, 512, 1024, 2048, 4096] {
            let size = Size::new(side, side).expect("not empty");
            let (source, mut target) = (plane(size), plane(size));
            group.throughput(Throughput::Elements(size.area() as u64));
            let article = Gaussian::with_size(3.0, 15).expect("the article's kernel").taps();
            let blur = SeparableBlur::new(size, &article, Border::Zero);
            group.bench_function(BenchmarkId::new(format!("15 taps, {name}"), size), |b| {
                b.iter(|| blur.apply(&execution, black_box(source.plane(0)), target.plane_mut(0)));
            });
            for sigma in [3.0, 6.0, 12.0, 48.0] {
                let taps = Gaussian::new(sigma).expect("a width").taps();
                let blur = SeparableBlur::new(size, &taps, Border::Mirror);
                group.bench_function(BenchmarkId::new(format!("sigma {sigma}, {name}"), size), |b| {
                    b.iter(|| blur.apply(&execution, black_box(source.plane(0)), target.plane_mut(0)));
                });
                let blur = WideBlur::new(size, sigma, Border::Mirror).expect("a width");
                group.bench_function(BenchmarkId::new(format!("wide, sigma {sigma}, {name}"), size), |b| {
                    b.iter(|| blur.apply(&execution, black_box(source.plane(0)), target.plane_mut(0)));
                });
            }
        }
    }
    group.finish();
}

fn curves(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("curve");
    let level = Execution::single_threaded().level();
    let codes = plane(Size::new(4096, 1).expect("not empty")).into_samples();
    let mut light = codes.clone();
    group.throughput(Throughput::Elements(codes.len() as u64));
    for curve in [TransferFunction::Power22, TransferFunction::Srgb] {
        group.bench_function(format!("decode {curve:?}"), |b| {
            b.iter(|| transfer::decode_row(level, curve, black_box(&codes), &mut light));
        });
        group.bench_function(format!("encode {curve:?}"), |b| {
            b.iter(|| transfer::encode_row(level, curve, black_box(&codes), &mut light));
        });
    }
    group.finish();
}

criterion_group!(benches, blurs, curves);
criterion_main!(benches);
