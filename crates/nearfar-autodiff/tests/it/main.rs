//! Closures over tensors against losses with hand-derived gradients.

use std::{ops::ControlFlow, path::Path};

use nearfar_autodiff::{
    AutodiffError, Tensor, TensorLoss, candle,
    ops::{Blur, blur, decode, encode, sigmoid, sum, tensor},
};
use nearfar_codec::{DecodeOptions, read};
use nearfar_descent::{Objective, Options, Parametrization, Plan, Solver, StopRule, Term, check_gradient, minimise};
use nearfar_image::{Channels, Encoded, Image, Pair, Rect, Size, TransferFunction};
use nearfar_kernels::{Border, Execution, Gaussian, SeparableBlur, WideBlur};
use serde_json::Value;

fn noise(size: Size, channels: Channels, seed: u64) -> Image<Encoded> {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    Image::from_fn(size, channels, |_, _, _| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        0.02 + 0.96 * (state >> 40) as f32 / (1u64 << 24) as f32
    })
}

/// The article's loss of a pair.
fn article(
    pair: &Pair,
    on: &Execution,
) -> TensorLoss<impl Fn(&Tensor) -> candle::Result<Tensor> + Send + Sync + use<>> {
    let power = TransferFunction::Power22;
    let eye = SeparableBlur::new(pair.size(), &Gaussian::with_size(3.0, 15).unwrap().taps(), Border::Zero).into();
    let (near, far, on) = (tensor(pair.near()).unwrap(), tensor(pair.far()).unwrap(), on.clone());
    let seen = move |codes: &_| encode(&blur(&decode(codes, power, &on)?, &eye, &on)?, power, f32::MIN_POSITIVE, &on);
    let far = seen(&far).unwrap();
    TensorLoss::new(pair.size(), pair.channels(), move |codes| {
        let near = sum(&(codes - &near)?.sqr()?)?;
        let far = sum(&(seen(codes)? - &far)?.sqr()?)?;
        near.affine(0.1, 0.0)? + far
    })
    .unwrap()
}

fn evaluate(objective: &Objective<'_>, picture: &Image<Encoded>, on: &Execution) -> (f64, Image<Encoded>) {
    let mut gradient = Image::filled(picture.size(), picture.channels(), f32::NAN);
    let losses = objective.evaluate(on, picture, &mut gradient, &mut objective.workspace(on));
    (losses.total, gradient)
}

/// Value within 1e-5, gradient within 1e-4 of its norm.
#[test]
fn gradient_of_the_article_matches_the_hand_derived_one() {
    for (width, height) in [(1, 1), (1, 19), (23, 1), (40, 31)] {
        for channels in [Channels::Grey, Channels::Rgb] {
            let size = Size::new(width, height).unwrap();
            let pair = Pair::new(noise(size, channels, 1), noise(size, channels, 2)).unwrap();
            let (picture, on) = (noise(size, channels, 3), Execution::with_threads(2).unwrap());
            let plan = Plan::new(size, &Options::article()).unwrap();
            let (value, expected) = evaluate(&plan.objective(&pair, &on), &picture, &on);
            let term = Term::whole("article", 1.0, size, channels, article(&pair, &on));
            let (found, gradient) = evaluate(&Objective::new(vec![term]), &picture, &on);
            assert!((found - value).abs() < 1e-5 * value, "{size}: {found}, not {value}");
            let length = |it: &mut dyn Iterator<Item = f64>| it.map(|v| v * v).sum::<f64>().sqrt();
            let both =
                || gradient.samples().iter().zip(expected.samples()).map(|(a, b)| (f64::from(*a), f64::from(*b)));
            let error = length(&mut both().map(|(a, b)| a - b)) / length(&mut both().map(|(_, b)| b));
            assert!(error < 1e-4, "{size}: {error}");
        }
    }
}

#[test]
fn losses_match_the_article() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let values = std::fs::read_to_string(root.join("crates/nearfar-descent/tests/data/values.jsonl")).unwrap();
    let lines: Vec<Value> = values.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let lines: Vec<_> = lines.iter().filter(|line| line["case"] == "cat_coffee_w0.1").collect();
    let size = Size::new(451, 300).unwrap();
    let picture = |key: &str| {
        let path = root.join("imgs").join(lines[0][key].as_str().unwrap());
        read(path, &DecodeOptions::default()).unwrap().image.crop(Rect::whole(size))
    };
    let pair = Pair::new(picture("near_picture"), picture("far_picture")).unwrap();
    let on = Execution::parallel();
    let objective = Objective::new(vec![Term::whole("article", 1.0, size, pair.channels(), article(&pair, &on))]);
    let (start, stop) = (Image::filled(size, pair.channels(), 0.5), StopRule { max_iterations: 200, tolerance: 0.0 });
    let mut totals = Vec::new();
    let solver = Solver::GradientDescent { rate: Some(0.3) };
    minimise(objective, start, solver, Parametrization::Sigmoid, stop, &on, &mut |progress| {
        totals.push(progress.losses.total);
        ControlFlow::Continue(())
    })
    .unwrap();
    assert_eq!((totals.len(), lines.len()), (200, 4));
    for line in lines {
        let (found, expected) = (totals[line["step"].as_u64().unwrap() as usize], line["total"].as_f64().unwrap());
        assert!((found - expected).abs() < 1e-4 * expected, "step {}: {found}, not {expected}", line["step"]);
    }
}

#[test]
fn gradients_of_all_operations_match_their_losses() {
    let (size, on) = (Size::new(21, 13).unwrap(), Execution::single_threaded());
    let picture = noise(size, Channels::Rgb, 5);
    let error = |loss: &(dyn Fn(&Tensor) -> candle::Result<Tensor> + Send + Sync)| {
        let loss = TensorLoss::new(size, Channels::Rgb, loss).unwrap();
        check_gradient(Term::whole("loss", 1.0, size, Channels::Rgb, loss), &picture).error
    };
    let quartic = |x: &Tensor| sum(&x.sqr()?.sqr()?);
    for transfer in [TransferFunction::Identity, TransferFunction::Power22, TransferFunction::Srgb] {
        assert!(error(&|x| quartic(&decode(x, transfer, &on)?)) < 1e-3);
        assert!(error(&|x| quartic(&encode(x, transfer, 0.005, &on)?)) < 1e-3);
    }
    assert!(error(&|x| quartic(&sigmoid(&x.affine(4.0, -2.0)?, &on)?)) < 1e-3);
    let taps = Gaussian::new(1.5).unwrap().taps();
    let blurs: [Blur; 3] = [
        SeparableBlur::new(size, &taps, Border::Zero).into(),
        SeparableBlur::new(size, &taps, Border::Mirror).into(),
        WideBlur::new(size, 3.0, Border::Mirror).unwrap().into(),
    ];
    for one in &blurs {
        assert!(error(&|x| quartic(&blur(x, one, &on)?)) < 1e-3);
        // Transposed: not contiguous, and back.
        assert!(error(&|x| quartic(&blur(&x.transpose(1, 2)?.contiguous()?.transpose(1, 2)?, one, &on)?)) < 1e-3);
    }
}

/// A solver never receives a slope that is not finite, and the caller learns why a loss failed.
#[test]
fn losses_that_fail_later_report_why() {
    let (size, on) = (Size::new(6, 4).unwrap(), Execution::single_threaded());
    let filled = |code| Image::filled(size, Channels::Grey, code);
    let failing = |loss: &(dyn Fn(&Tensor) -> candle::Result<Tensor> + Send + Sync)| {
        let loss = TensorLoss::new(size, Channels::Grey, loss).unwrap();
        let fault = loss.fault();
        let objective = Objective::new(vec![Term::whole("loss", 1.0, size, Channels::Grey, loss)]);
        assert!(evaluate(&objective, &filled(0.5), &on).0.is_finite() && fault.take().is_none());
        let (value, gradient) = evaluate(&objective, &filled(0.0), &on);
        assert!(value.is_infinite() && gradient.samples().iter().all(|slope| *slope == 0.0));
        let error = fault.take().unwrap();
        assert!(fault.take().is_none());
        error
    };
    // The root of 0 has no slope, its logarithm no value.
    assert!(matches!(failing(&|x| sum(&x.sqrt()?)), AutodiffError::GradientNotFinite { sample: 0, .. }));
    assert!(matches!(failing(&|x| sum(&x.log()?)), AutodiffError::NotFinite { .. }));
    let picky = |x: &Tensor| {
        if x.min_all()?.to_scalar::<f32>()? == 0.0 { candle::bail!("too dark for me") } else { sum(x) }
    };
    assert!(failing(&picky).to_string().contains("too dark for me"));
}

#[test]
fn closures_that_are_not_losses_are_refused() {
    let size = Size::new(6, 4).unwrap();
    let told = |loss: &(dyn Fn(&Tensor) -> candle::Result<Tensor> + Send + Sync)| {
        TensorLoss::new(size, Channels::Rgb, loss).unwrap_err()
    };
    assert!(matches!(told(&|x| x.sqr()), AutodiffError::NotScalar { elements: 72 }));
    let error = told(&|x| sum(&x.affine(1.0, -2.0)?.log()?));
    assert!(matches!(error, AutodiffError::NotFinite { .. }), "{error}");
    let error = told(&|x| sum(&x.affine(1.0, -0.5)?.sqrt()?));
    assert!(matches!(error, AutodiffError::GradientNotFinite { .. }), "{error}");
    assert!(matches!(told(&|x| sum(&x.detach())), AutodiffError::NoGradient));
    assert!(matches!(told(&|x| sum(&x.reshape((5, 5))?)), AutodiffError::Tensor(_)));
    let other = SeparableBlur::new(Size::new(4, 6).unwrap(), &Gaussian::new(1.0).unwrap().taps(), Border::Zero);
    let error = told(&|x| sum(&blur(x, &other.clone().into(), &Execution::single_threaded())?));
    assert!(error.to_string().contains("4x6"), "{error}");
}
