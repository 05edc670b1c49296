//! The Fourier mixer, and the transform alone.

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use nearfar_fourier::{Complex32, FrequencyResponse, Options, OutOfRange, Plan, RealFft2, Workspace};
use nearfar_image::{Channels, Image, Pair, Size, TransferFunction};
use nearfar_kernels::Execution;

const SIDES: [usize; 4] = [256, 512, 1024, 2048];

/// Shapes and detail without a file: the same on every machine.
fn picture(side: usize, seed: usize) -> Image {
    let size = Size::new(side, side).expect("sides are small");
    Image::from_fn(size, Channels::Rgb, move |c, x, y| {
        let detail = ((x * 7 + y * 13 + c * 5 + seed) % 97) as f32 / 97.0;
        let shape = ((x + seed) as f32 / 40.0).sin() * (y as f32 / 55.0).cos();
        0.5 + 0.2 * (detail - 0.5) + 0.2 * shape
    })
}

fn fft(c: &mut Criterion) {
    let mut group = c.benchmark_group("fft");
    let execution = Execution::parallel();
    for side in SIDES {
        let mut picture = picture(side, 1);
        let fft = RealFft2::new(picture.size());
        let mut spectrum = vec![Complex32::default(); fft.spectrum_len()];
        let mut workspace = Workspace::new();
        group.throughput(Throughput::Elements(picture.size().area() as u64));
        group.bench_function(BenchmarkId::new("forward", side), |b| {
            b.iter(|| fft.forward(&execution, picture.plane(0), &mut spectrum, &mut workspace));
        });
        group.bench_function(BenchmarkId::new("inverse", side), |b| {
            b.iter(|| fft.inverse(&execution, &spectrum, picture.plane_mut(0), &mut workspace));
        });
    }
}

fn mix(c: &mut Criterion) {
    let mut group = c.benchmark_group("fourier-mix");
    group.sample_size(30);
    let execution = Execution::parallel();
    let default = Options::default();
    let high = Some(FrequencyResponse::Gaussian { cutoff: nearfar_fourier::Cutoff::CyclesPerPicture(30.0) });
    let variants = [
        ("default", default),
        ("light", Options { transfer: TransferFunction::Srgb, ..default }),
        ("two-cutoffs", Options { high, ..default }),
        ("local-gain", Options { out_of_range: OutOfRange::LocalGain, ..default }),
    ];
    for side in SIDES {
        let pair = Pair::new(picture(side, 1), picture(side, 50)).expect("both have one shape");
        group.throughput(Throughput::Elements(pair.size().area() as u64));
        for (name, options) in variants {
            let plan = Plan::new(pair.size(), &options).expect("the options are valid");
            let mut workspace = Workspace::new();
            group.bench_function(BenchmarkId::new(name, side), |b| {
                b.iter(|| plan.mix(&pair, &execution, &mut workspace));
            });
        }
        group.bench_function(BenchmarkId::new("default-with-plan", side), |b| {
            b.iter(|| nearfar_fourier::mix(&pair, &default, &execution).expect("the options are valid"));
        });
    }
}

criterion_group!(benches, fft, mix);
criterion_main!(benches);
