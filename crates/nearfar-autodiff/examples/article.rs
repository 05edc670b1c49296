//! The article's loss in ten lines, without a hand-derived gradient: 200 steps from grey, as in the article.
//!
//!     cargo run --release --manifest-path crates/nearfar-autodiff/Cargo.toml --example article
use std::error::Error;

use nearfar_autodiff::{
    TensorLoss,
    ops::{blur, decode, encode, sum, tensor},
};
use nearfar_codec::{DecodeOptions, EncodeOptions, Format, encode as file_of, read};
use nearfar_descent::{Objective, Parametrization, Solver, StopRule, Term, minimise, no_observer};
use nearfar_image::{Image, Rect, Size, TransferFunction::Power22};
use nearfar_kernels::{Border, Execution, Gaussian, SeparableBlur};

fn main() -> Result<(), Box<dyn Error>> {
    let imgs = concat!(env!("CARGO_MANIFEST_DIR"), "/../../imgs/");
    let size = Size::new(451, 300)?;
    let picture = |name: &str| -> Result<_, Box<dyn Error>> {
        Ok(read(format!("{imgs}{name}"), &DecodeOptions::default())?.image.crop(Rect::whole(size)))
    };
    let (near, far) = (picture("cat.png")?, picture("coffee.png")?);
    let (channels, execution) = (near.channels(), Execution::parallel());

    // The loss.
    let eye = SeparableBlur::new(size, &Gaussian::with_size(3.0, 15)?.taps(), Border::Zero).into();
    let (near, far, on) = (tensor(&near)?, tensor(&far)?, execution.clone());
    let seen =
        move |codes: &_| encode(&blur(&decode(codes, Power22, &on)?, &eye, &on)?, Power22, f32::MIN_POSITIVE, &on);
    let far = seen(&far)?;
    let loss = TensorLoss::new(size, channels, move |codes| {
        let near = sum(&(codes - &near)?.sqr()?)?;
        let far = sum(&(seen(codes)? - &far)?.sqr()?)?;
        near.affine(0.1, 0.0)? + far
    })?;

    let fault = loss.fault();
    let objective = Objective::new(vec![Term::whole("article", 1.0, size, channels, loss)]);
    let (start, stop) = (Image::filled(size, channels, 0.5), StopRule { max_iterations: 200, tolerance: 0.0 });
    let solver = Solver::GradientDescent { rate: Some(0.3) };
    let outcome = minimise(objective, start, solver, Parametrization::Sigmoid, stop, &execution, &mut no_observer)?;
    if let Some(error) = fault.take() {
        return Err(error.into());
    }
    println!("loss {:.6} after {} steps", outcome.losses.total, outcome.iterations);
    let out = std::env::temp_dir().join("nearfar-article.png");
    std::fs::write(&out, file_of(&outcome.hybrid, &EncodeOptions::new(Format::Png))?)?;
    println!("{}", out.display());
    Ok(())
}
