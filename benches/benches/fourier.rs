//! The Fourier mixer, and its filter alone.

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use nearfar_fourier::{Border, FrequencyResponse, LowPass, NearGain, Options, OutOfRange, Plan, Workspace};
use nearfar_image::{Channels, Image, Pair, Size, TransferFunction};
use nearfar_kernels::{Colors, Crossover, Execution};

const SIDES: [usize; 5] = [256, 512, 1024, 2048, 4096];

/// Shapes and detail without a file: identical on every machine.
fn picture(side: usize, seed: usize) -> Image {
    let size = Size::new(side, side).expect("sides are small");
    Image::from_fn(size, Channels::Rgb, move |c, x, y| {
        let detail = ((x * 7 + y * 13 + c * 5 + seed) % 97) as f32 / 97.0;
        let shape = ((x + seed) as f32 / 40.0).sin() * (y as f32 / 55.0).cos();
        0.5 + 0.2 * (detail - 0.5) + 0.2 * shape
    })
}

/// 24 cycles across a picture's shorter side.
fn crossover(side: usize) -> Crossover {
    Crossover::across(24.0, side as f64).expect("pictures are large enough")
}

fn low_pass(c: &mut Criterion) {
    let mut group = c.benchmark_group("low-pass");
    let execution = Execution::parallel();
    for side in SIDES {
        let (picture, mut blurred) = (picture(side, 1), picture(side, 1));
        let curve = FrequencyResponse::Gaussian.curve(crossover(side)).expect("a Gaussian has no numbers of its own");
        let mut workspace = Workspace::new();
        group.throughput(Throughput::Elements(picture.size().area() as u64));
        for (name, border) in [("mirror", Border::Mirror), ("periodic", Border::Periodic)] {
            let low_pass = LowPass::new(picture.size(), &curve, border);
            group.bench_function(BenchmarkId::new(name, side), |b| {
                b.iter(|| low_pass.apply(&execution, picture.plane(0), blurred.plane_mut(0), &mut workspace));
            });
        }
    }
}

fn mix(c: &mut Criterion) {
    let mut group = c.benchmark_group("fourier-mix");
    group.sample_size(30);
    let execution = Execution::parallel();
    for side in SIDES {
        let pair = Pair::new(picture(side, 1), picture(side, 50)).expect("both have one shape");
        group.throughput(Throughput::Elements(pair.size().area() as u64));
        let default = Options { crossover: Some(crossover(side)), ..Options::default() };
        let variants = [
            ("default", default),
            ("periodic", Options { border: Border::Periodic, ..default }),
            ("light", Options { transfer: TransferFunction::Srgb, ..default }),
            (
                "two-cutoffs",
                Options { high: Crossover::per_pixel(crossover(side).cycles_per_pixel() / 0.8).ok(), ..default },
            ),
            ("local-gain", Options { out_of_range: OutOfRange::LocalGain, ..default }),
            ("luma", Options { colors: Colors::Luma, ..default }),
            ("matched", Options { near_gain: NearGain::Matched { strength: 1.3, most: 1.8 }, ..default }),
        ];
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

criterion_group!(benches, low_pass, mix);
criterion_main!(benches);
