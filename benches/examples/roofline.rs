//! The limits of this machine, and how close one evaluation of the article's objective comes to them.
//!
//! `cargo run --release -p nearfar-benches --example roofline`
#![expect(clippy::print_stdout, reason = "a report is what this program is for")]

use std::{hint::black_box, time::Instant};

use fearless_simd::{Level, Simd, SimdBase, SimdFloat, dispatch};
use nearfar_descent::{Options, Plan};
use nearfar_image::{Channels, Image, Pair, Size};
use nearfar_kernels::Execution;

/// Arithmetic vector instructions per sample (multiply-adds and whatever competes with them for the same units),
/// counted in the source: four filters of 15 taps, of which those down the columns compute 18 to have groups of 4 rows;
/// two powers of 31; comparing and weighing near and far (9 each), slopes, floors and products (10). The power that is
/// recomputed for the slopes, to keep fewer rows, is not necessary and not counted.
const OPERATIONS: f64 = (2 * 15 + 2 * 18 + 2 * 31 + 2 * 9 + 10) as f64;

/// Bytes per sample that must be transferred from memory: picture, both targets, and the gradient, which is also
/// fetched before it is overwritten.
const BYTES: f64 = (4 + 4 + 4 + 2 * 4) as f64;

/// Shortest time of one of `runs` calls, in seconds.
fn fastest(runs: usize, mut work: impl FnMut()) -> f64 {
    let times = (0..runs).map(|_| {
        let start = Instant::now();
        work();
        start.elapsed().as_secs_f64()
    });
    times.fold(f64::INFINITY, f64::min)
}

/// Runs `work` once on each thread.
fn on_all(execution: &Execution, work: impl Fn() -> f32 + Sync) {
    execution.for_each(vec![(); execution.threads()], |()| {
        black_box(work());
    });
}

const CHAINS: usize = 12;

/// Multiply-adds of whole vectors, in enough chains to keep the units busy.
#[inline(always)]
fn multiply_add<S: Simd>(simd: S, rounds: usize) -> f32 {
    let (factor, term) = (S::f32s::splat(simd, black_box(0.999)), S::f32s::splat(simd, black_box(0.001)));
    let mut sums = [S::f32s::splat(simd, 1.0); CHAINS];
    for _ in 0..rounds {
        for sum in &mut sums {
            *sum = sum.mul_add(factor, term);
        }
    }
    sums.iter().map(|sum| sum.as_slice()[0]).sum()
}

fn lanes(level: Level) -> usize {
    #[inline(always)]
    fn of<S: Simd>(_: S) -> usize {
        S::f32s::LEN
    }
    dispatch!(level, simd => of(simd))
}

#[inline(always)]
fn sum<S: Simd>(simd: S, samples: &[f32]) -> f32 {
    let mut sums = [S::f32s::splat(simd, 0.0); 8];
    for block in samples.chunks_exact(8 * S::f32s::LEN) {
        for (b, sum) in sums.iter_mut().enumerate() {
            *sum += S::f32s::from_slice(simd, &block[b * S::f32s::LEN..][..S::f32s::LEN]);
        }
    }
    sums.iter().map(|sum| sum.as_slice()[0]).sum()
}

fn picture(size: Size, angle: f32) -> Image {
    Image::from_fn(size, Channels::Rgb, |channel, x, y| {
        let along = x as f32 * angle.cos() + y as f32 * angle.sin();
        0.5 + 0.1 * (1..5).map(|k| (along * 0.3 / (k * k) as f32 + channel as f32).sin()).sum::<f32>()
    })
}

fn report(execution: &Execution) {
    let (level, threads) = (execution.level(), execution.threads());
    const ROUNDS: usize = 2_000_000;
    let seconds = fastest(9, || on_all(execution, || dispatch!(level, simd => multiply_add(simd, ROUNDS))));
    let peak = (threads * CHAINS * ROUNDS * lanes(level)) as f64 / seconds;
    let memory = vec![1.0f32; 1 << 25];
    let seconds = fastest(9, || on_all(execution, || dispatch!(level, simd => sum(simd, &memory))));
    let bandwidth = (threads * memory.len() * size_of::<f32>()) as f64 / seconds;
    println!("{execution:?}, {} lanes", lanes(level));
    println!("  multiply-adds {:8.1} G/s    memory {:8.1} GB/s", peak / 1e9, bandwidth / 1e9);
    for side in [512, 2048] {
        let size = Size::new(side, side).expect("not empty");
        let pair = Pair::new(picture(size, 0.3), picture(size, 1.2)).expect("one size");
        let (hybrid, mut gradient) = (picture(size, 0.7), picture(size, 0.0));
        let objective = Plan::new(size, &Options::article()).expect("options").objective(&pair, execution);
        let mut workspace = objective.workspace(execution);
        let seconds = fastest(30, || {
            black_box(objective.evaluate(execution, &hybrid, &mut gradient, &mut workspace));
        });
        let samples = (3 * size.area()) as f64;
        let (compute, transfer) = (samples * OPERATIONS / peak, samples * BYTES / bandwidth);
        println!(
            "  {size}: {:.2} ms, {:.2} ns a sample and thread; arithmetic alone {:.2} ms, memory alone {:.2} ms: {:.0} % of the limit",
            seconds * 1e3,
            seconds * 1e9 * threads as f64 / samples,
            compute * 1e3,
            transfer * 1e3,
            100.0 * compute.max(transfer) / seconds
        );
    }
}

fn main() {
    report(&Execution::single_threaded());
    report(&Execution::parallel());
}
