//! Losses of the caller's own, beside the method's.

use nearfar::{
    Channels, Encoded, Execution, Image, Job, JobError, Made, Method, MixError, OwnLoss, Pair, Picture, Pictures,
    Recipe, Report, Request, Size,
    descent::{DescentError, Losses, Options, WholeLoss},
    fourier, no_observer,
};

const SIDE: usize = 160;

/// Half the squared distance to one code everywhere.
#[derive(Debug)]
struct Flat(f32);

impl WholeLoss for Flat {
    fn value_and_gradient(&self, picture: &Image<Encoded>, gradient: &mut Image<Encoded>) -> f64 {
        assert_eq!((picture.size().width(), picture.channels()), (SIDE, Channels::Rgb), "no coarser size sees it");
        for (to, &from) in gradient.samples_mut().iter_mut().zip(picture.samples()) {
            *to = from - self.0;
        }
        0.5 * picture.samples().iter().map(|&v| f64::from(v - self.0).powi(2)).sum::<f64>()
    }
}

fn pair() -> Pair {
    let size = Size::new(SIDE, SIDE).unwrap();
    let picture = |step: usize| {
        Image::from_fn(size, Channels::Rgb, move |c, x, y| {
            0.3 + 0.1 * c as f32 + 0.2 * ((x / step + y / step) % 2) as f32
        })
    };
    Pair::new(picture(2), picture(40)).unwrap()
}

fn pictures(start: Option<Image<Encoded>>) -> Pictures {
    let picture = |name: &str, image: &Image<Encoded>| Picture::of_samples(name, image.clone(), name.as_bytes());
    let pair = pair();
    let start = start.map(|start| picture("start", &start));
    Pictures { near: picture("near", pair.near()), far: picture("far", pair.far()), start }
}

fn job(method: Method) -> Job {
    Job { request: Request::from(Recipe { method, ..Recipe::default() }), ..Job::default() }
}

fn descent() -> Method {
    Method::Descent(Options { sigma: Some(4.0), ..Options::default() })
}

fn made(weight: f64, start: Option<Image<Encoded>>) -> Made {
    let own = OwnLoss { weight, loss: &Flat(0.25) };
    job(descent()).mix_with(pictures(start), Some(own), &Execution::single_threaded(), &mut no_observer).unwrap()
}

fn losses(made: &Made) -> &Losses {
    let Report::Descent { losses, .. } = &made.hybrid.report else { panic!("a report of descent") };
    losses
}

#[test]
fn own_loss_of_no_weight_changes_nothing_and_is_reported() {
    let plain = job(descent()).mix(pictures(None), &Execution::single_threaded(), &mut no_observer).unwrap();
    let made = made(0.0, None);
    let (picture, plain) = (&made.hybrid.picture, &plain.hybrid.picture);
    let far = picture.samples().iter().zip(plain.samples()).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
    assert!(far < 1e-6, "{far}");
    let distance = 0.5 * picture.samples().iter().map(|&v| f64::from(v - 0.25).powi(2)).sum::<f64>();
    assert_eq!(losses(&made).value("own"), Some(distance));
}

#[test]
fn own_loss_is_lowered_the_more_it_weighs() {
    let found: Vec<f64> = [0.0, 1.0, 1e4].map(|weight| losses(&made(weight, None)).value("own").unwrap()).into();
    assert!(found[1] < 0.9 * found[0] && found[2] < 0.1 * found[1], "{found:?}");
    let picture = made(1e6, None).hybrid.picture;
    assert!(picture.samples().iter().all(|v| (v - 0.25).abs() < 0.01));
}

#[test]
fn own_loss_goes_with_a_start() {
    let first = made(1.0, None);
    let again = made(1.0, Some(first.hybrid.picture.clone()));
    assert!(losses(&again).total <= losses(&first).total);
    let (first, again) = (&first.hybrid.picture, &again.hybrid.picture);
    assert!(again.samples().iter().zip(first.samples()).all(|(a, b)| (a - b).abs() < 0.05));
}

#[test]
fn own_loss_leaves_no_recipe_in_the_file() {
    let (with, without) = (made(1.0, None), job(descent()));
    assert!(without.provenance(&with).is_none());
    let plain = without.mix(pictures(None), &Execution::single_threaded(), &mut no_observer).unwrap();
    assert!(without.provenance(&plain).is_some());
}

#[test]
fn own_loss_is_refused_without_an_objective_and_with_invalid_weights() {
    let refused = |method, weight| {
        let own = OwnLoss { weight, loss: &Flat(0.25) };
        let made = job(method).mix_with(pictures(None), Some(own), &Execution::single_threaded(), &mut no_observer);
        let Err(JobError::Mix(error)) = made else { panic!("no error") };
        error
    };
    let fourier = Method::Fourier(fourier::Options::default());
    assert_eq!(refused(fourier, 1.0), MixError::NoLoss { method: "fourier" });
    for weight in [-1.0, f64::NAN, f64::INFINITY] {
        assert!(matches!(refused(descent(), weight), MixError::Descent(DescentError::Weight { .. })), "{weight}");
    }
}
