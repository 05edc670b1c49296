//! End to end with both methods: from the bytes of two files to the bytes of a third.

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use nearfar::{
    Channels, Encoded, Execution, Image, Method, Pair, Size,
    codec::{self, DecodeOptions, EncodeOptions, Format},
    kernels::Crossover,
    no_observer,
};

/// The bytes of a PNG with coarse shapes and fine texture, identical in every run.
fn file(side: usize, seed: u32) -> Vec<u8> {
    let size = Size::new(side, side).expect("a side is above 0");
    let picture: Image<Encoded> = Image::from_fn(size, Channels::Rgb, |c, x, y| {
        let (x, y) = (x as f32 / side as f32, y as f32 / side as f32);
        let phase = (seed + c as u32) as f32;
        let coarse = (7.0 * x + phase).sin() * (5.0 * y - phase).cos();
        let fine = (290.0 * x + phase).sin() * (310.0 * y).cos();
        0.5 + 0.3 * coarse + 0.15 * fine
    });
    codec::encode(&picture, &EncodeOptions::new(Format::Png)).expect("a picture in memory can be encoded")
}

fn end_to_end(criterion: &mut Criterion) {
    let execution = Execution::parallel();
    let mut group = criterion.benchmark_group("end_to_end");
    group.sample_size(10);
    for side in [256, 512, 1024, 2048, 4096] {
        group.throughput(Throughput::Elements((side * side) as u64));
        let (near, far) = (file(side, 1), file(side, 2));
        let crossover = Crossover::across(10.8, side as f64).expect("fewer cycles than pixels");
        for method in [Method::Descent(Default::default()), Method::Fourier(Default::default())] {
            let method = method.crossing_at(crossover);
            group.bench_with_input(BenchmarkId::new(method.name(), side), &side, |bencher, _| {
                bencher.iter(|| {
                    let read = |bytes: &[u8]| {
                        codec::decode(bytes, &DecodeOptions::default()).expect("it was just encoded").image
                    };
                    let pair = Pair::new(read(&near), read(&far)).expect("both have one size");
                    let (hybrid, _) = method.mix(&pair, &execution, &mut no_observer).expect("the defaults are valid");
                    codec::encode(&hybrid, &EncodeOptions::new(Format::Png)).expect("the hybrid can be encoded")
                });
            });
        }
    }
    group.finish();
}

criterion_group!(benches, end_to_end);
criterion_main!(benches);
