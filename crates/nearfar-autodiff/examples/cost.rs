//! The cost of generality: the article's loss at 512x512, as terms with hand-derived gradients, as one closure, and as
//! a closure with candle's own convolutions.
//!
//!     cargo run --release --manifest-path crates/nearfar-autodiff/Cargo.toml --example cost
use std::{error::Error, time::Instant};

use nearfar_autodiff::{
    Tensor, TensorLoss, candle,
    ops::{blur, decode, encode, sum, tensor},
};
use nearfar_descent::{Objective, Options, Plan, Term};
use nearfar_image::{Channels, Image, Pair, Size, TransferFunction::Power22};
use nearfar_kernels::{Border, Execution, Gaussian, SeparableBlur};

/// The fastest of several evaluations, in milliseconds.
fn fastest(objective: &Objective<'_>, picture: &Image, on: &Execution) -> f64 {
    let mut gradient = picture.clone();
    let mut workspace = objective.workspace(on);
    let mut once = || {
        let started = Instant::now();
        objective.evaluate(on, picture, &mut gradient, &mut workspace);
        1e3 * started.elapsed().as_secs_f64()
    };
    (0..12).map(|_| once()).fold(f64::INFINITY, f64::min)
}

fn main() -> Result<(), Box<dyn Error>> {
    let (size, channels, on) = (Size::new(512, 512)?, Channels::Rgb, Execution::single_threaded());
    let wave = |pace: f32| {
        Image::from_fn(size, channels, move |c, x, y| {
            0.5 + 0.4 * ((x + c) as f32 * pace).sin() * (y as f32 * 0.02).cos()
        })
    };
    let (pair, picture) = (Pair::new(wave(0.3), wave(0.03))?, wave(0.1));
    let plan = Plan::new(size, &Options::article())?;
    let by_hand = fastest(&plan.objective(&pair, &on), &picture, &on);

    let taps = Gaussian::with_size(3.0, 15)?.taps();
    let (near, far) = (tensor(pair.near())?, tensor(pair.far())?);
    let eye = SeparableBlur::new(size, &taps, Border::Zero).into();
    let execution = on.clone();
    let kernels = move |light: &Tensor| blur(light, &eye, &execution);
    let taps = Tensor::new(taps.weights(), &candle::Device::Cpu)?;
    let (down, right) = (taps.reshape((1, 1, 15, 1))?, taps.reshape((1, 1, 1, 15))?);
    // Channels as a batch, so that each is filtered separately.
    let convolutions = move |light: &Tensor| {
        let padded = light.unsqueeze(1)?.pad_with_zeros(2, 7, 7)?.pad_with_zeros(3, 7, 7)?;
        padded.conv2d(&down, 0, 1, 1, 1)?.conv2d(&right, 0, 1, 1, 1)?.squeeze(1)
    };
    println!("the article's loss and gradient at 512x512 on one core, the fastest of 12");
    println!("  by hand                 {by_hand:7.1} ms");
    let (kernels, convolutions): (Blurring, Blurring) = (Box::new(kernels), Box::new(convolutions));
    for (name, blurred) in [("nearfar's kernels", kernels), ("candle's convolutions", convolutions)] {
        let (near, far, on_ops) = (near.clone(), far.clone(), on.clone());
        let seen = move |codes: &Tensor| {
            encode(&blurred(&decode(codes, Power22, &on_ops)?)?, Power22, f32::MIN_POSITIVE, &on_ops)
        };
        let far = seen(&far)?;
        let loss = TensorLoss::new(size, channels, move |codes| {
            let near = sum(&(codes - &near)?.sqr()?)?;
            near.affine(0.1, 0.0)? + sum(&(seen(codes)? - &far)?.sqr()?)?
        })?;
        let time = fastest(&Objective::new(vec![Term::whole("article", 1.0, size, channels, loss)]), &picture, &on);
        println!("  {name:<23} {time:7.1} ms, {:.1} times", time / by_hand);
    }
    Ok(())
}

type Blurring = Box<dyn Fn(&Tensor) -> candle::Result<Tensor> + Send + Sync>;
