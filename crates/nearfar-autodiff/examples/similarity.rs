//! A loss without a hand-derived gradient: structural similarity, up close to the near picture, from afar to the far
//! one (Z. Wang et al., "Image quality assessment: from error visibility to structural similarity", 2004).
//!
//!     cargo run --release --manifest-path crates/nearfar-autodiff/Cargo.toml --example similarity
use std::error::Error;

use nearfar_autodiff::{
    Tensor, TensorLoss, candle,
    ops::{Blur, blur, decode, encode, sum, tensor},
};
use nearfar_codec::{DecodeOptions, EncodeOptions, Format, encode as file_of, read};
use nearfar_descent::{Objective, Parametrization, Solver, StopRule, Term, minimise, no_observer};
use nearfar_image::TransferFunction::Srgb;
use nearfar_kernels::{Border, Execution, Gaussian, SeparableBlur, WideBlur};

/// `1 - SSIM`, summed over all pixels and channels.
fn dissimilarity(a: &Tensor, b: &Tensor, window: &Blur, on: &Execution) -> candle::Result<Tensor> {
    const LIGHT: f64 = 0.01 * 0.01;
    const CONTRAST: f64 = 0.03 * 0.03;
    let mean = |x: &Tensor| blur(x, window, on);
    let (mean_a, mean_b) = (mean(a)?, mean(b)?);
    let product = (&mean_a * &mean_b)?;
    let squares = (mean_a.sqr()? + mean_b.sqr()?)?;
    let covariance = (mean(&(a * b)?)? - &product)?;
    let variances = ((mean(&a.sqr()?)? + mean(&b.sqr()?)?)? - &squares)?;
    let top = (product.affine(2.0, LIGHT)? * covariance.affine(2.0, CONTRAST)?)?;
    let bottom = (squares.affine(1.0, LIGHT)? * variances.affine(1.0, CONTRAST)?)?;
    sum(&(top / bottom)?.affine(-1.0, 1.0)?)
}

fn main() -> Result<(), Box<dyn Error>> {
    let imgs = concat!(env!("CARGO_MANIFEST_DIR"), "/../../imgs/aligned/");
    let picture = |name: &str| read(format!("{imgs}{name}"), &DecodeOptions::default()).map(|file| file.image);
    let (near, far) = (picture("hopper-collins-near.jpg")?, picture("hopper-collins-far.jpg")?);
    let (size, channels, execution) = (near.size(), near.channels(), Execution::parallel());

    let window = SeparableBlur::new(size, &Gaussian::new(1.5)?.taps(), Border::Mirror).into();
    let eye = WideBlur::new(size, 6.0, Border::Mirror)?.into();
    let (start, on) = (near.clone(), execution.clone());
    let (near, far) = (tensor(&near)?, tensor(&far)?);
    let seen = move |codes: &_, on: &_| encode(&blur(&decode(codes, Srgb, on)?, &eye, on)?, Srgb, 1e-6, on);
    let far = seen(&far, &on)?;
    let loss = TensorLoss::new(size, channels, move |codes| {
        let near = dissimilarity(codes, &near, &window, &on)?;
        let far = sum(&(seen(codes, &on)? - &far)?.sqr()?)?;
        near.affine(0.02, 0.0)? + far
    })?;

    let objective = Objective::new(vec![Term::whole("similarity", 1.0, size, channels, loss)]);
    let stop = StopRule { max_iterations: 60, tolerance: 0.0 };
    let mut first = None;
    let outcome =
        minimise(objective, start, Solver::default(), Parametrization::Box, stop, &execution, &mut |progress| {
            first.get_or_insert(progress.losses.total);
            no_observer(progress)
        })?;
    let (first, last) = (first.unwrap_or_default(), outcome.losses.total);
    println!("loss {first:.1} of the near picture, {last:.1} of the hybrid, {} evaluations", outcome.evaluations);
    let out = std::env::temp_dir().join("nearfar-similarity.png");
    std::fs::write(&out, file_of(&outcome.hybrid, &EncodeOptions::new(Format::Png))?)?;
    println!("{}", out.display());
    if last < 0.5 * first { Ok(()) } else { Err("the loss fell by less than half".into()) }
}
