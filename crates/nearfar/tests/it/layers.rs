//! Hybrids of layers.

use std::ops::ControlFlow;

use nearfar::{
    Channels, Encoded, EventKind, Execution, Image, Pair, Size, fit,
    layers::{Fitted, Joint, Layer, LayersError, LayersStudy, Method, Mixed, Plan, Seen, Source, seen, text::Text},
    no_observer,
    vision::{Density, PixelsPerDegree, Surface, percepts},
};

/// Rings `apart` pixels apart, around a centre that differs between pictures.
fn rings(size: Size, apart: f32, seed: f32) -> Image<Encoded> {
    Image::from_fn(size, Channels::Rgb, |c, x, y| {
        let (dx, dy) = (x as f32 - 40.0 - 30.0 * seed, y as f32 - 60.0 + 20.0 * seed);
        0.5 + 0.25 * (dx.hypot(dy) / apart * std::f32::consts::TAU).sin() + 0.05 * c as f32 * seed
    })
}

fn source(distance: &str, picture: Image<Encoded>) -> Source {
    Source { distance: distance.parse().unwrap(), layer: Layer::Picture(picture) }
}

fn text(distance: &str, words: &str) -> Source {
    Source { distance: distance.parse().unwrap(), layer: Layer::Text(Text { words: words.to_owned(), font: None }) }
}

fn fitted(sources: Vec<Source>) -> Result<Fitted, LayersError> {
    let options = fit::Options { method: fit::Method::CenterFit, ..fit::Options::default() };
    Fitted::new(sources, &options, &Execution::parallel(), &mut no_observer)
}

fn plan(fitted: &Fitted) -> Plan {
    let view = |distance| PixelsPerDegree::at(distance, Density::default()).unwrap();
    Plan::new(fitted, fitted.layers().map(|(_, distance)| view(distance)).collect())
}

/// Every layer is what an eye sees from its distance, by either method; any number of threads gives the same result.
#[test]
fn layers_are_seen_from_their_distances() {
    let size = Size::new(180, 140).unwrap();
    // Given in arbitrary order.
    let sources = || {
        vec![
            source("2m", rings(size, 14.0, 1.0)),
            source("40cm", rings(size, 3.5, 0.0)),
            source("8m", rings(size, 60.0, 2.0)),
        ]
    };
    let fitted = fitted(sources()).unwrap();
    assert_eq!(fitted.size(), size);
    let plan = plan(&fitted);
    assert!(plan.crossovers()[0] > plan.crossovers()[1]);
    let execution = Execution::parallel();
    for method in [Method::default(), Method::Fourier] {
        let mixed = plan.mix(&fitted, &method, &execution, &mut no_observer).unwrap();
        assert!(mixed.picture.samples().iter().all(|v| (0.0..=1.0).contains(v)));
        let found = seen(&mixed.picture, &fitted, &plan, &execution).unwrap();
        let distances: Vec<_> = found.iter().map(|seen| seen.distance.centimetres().round()).collect();
        assert_eq!(distances, [40.0, 200.0, 800.0]);
        for seen in &found {
            assert_eq!(seen.against.len(), 2);
            assert!(seen.least() > 0.2, "{method:?}: {found:?}");
        }
        let single = plan.mix(&fitted, &method, &Execution::with_threads(3).unwrap(), &mut no_observer).unwrap();
        assert!(single.picture == mixed.picture, "{method:?}");
    }
}

/// A faint picture between two strong ones is seen all the same. The strengths that were found give the same picture when
/// they are given at once, and stopping the search still gives a picture.
#[test]
fn layers_are_balanced() {
    let size = Size::new(180, 140).unwrap();
    let mut faint = rings(size, 14.0, 1.0);
    faint.samples_mut().iter_mut().for_each(|v| *v = 0.5 + 0.3 * (*v - 0.5));
    let sources =
        vec![source("40cm", rings(size, 3.5, 0.0)), source("2m", faint), source("8m", rings(size, 60.0, 2.0))];
    let fitted = fitted(sources).unwrap();
    let (plan, execution) = (plan(&fitted), Execution::parallel());
    let mix = |strengths: Option<Vec<f64>>| {
        let method = Method::Joint(Joint { strengths, ..Joint::default() });
        plan.mix(&fitted, &method, &execution, &mut no_observer)
    };
    let weakest = |mixed: &Mixed| {
        let found = seen(&mixed.picture, &fitted, &plan, &execution).unwrap();
        found.iter().map(Seen::least).fold(f64::INFINITY, f64::min)
    };
    let (plain, balanced) = (mix(Some(vec![1.0; 2])).unwrap(), mix(None).unwrap());
    let (before, after) = (weakest(&plain), weakest(&balanced));
    assert!(after > before + 0.1, "{before} {after}");
    assert!(balanced.strengths[1] > 1.2, "{:?}", balanced.strengths);
    assert!(mix(Some(balanced.strengths.clone())).unwrap().picture == balanced.picture);
    for strengths in [vec![1.0], vec![1.0, 0.0], vec![1.0, f64::NAN]] {
        assert!(matches!(mix(Some(strengths)).unwrap_err(), LayersError::Strengths { wanted: 2, .. }));
    }
    let mut told = 0;
    let stopped = plan.mix(&fitted, &Method::default(), &execution, &mut |event| {
        told += usize::from(matches!(event.what, EventKind::Evaluated { .. }));
        if told == 3 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    assert!(stopped.unwrap().is_cancelled() && told == 3);
}

/// Details of the nearer layers get weaker in the dark of a farther one, and stronger in its light.
#[test]
fn layers_are_lit_by_those_behind_them() {
    let size = Size::new(160, 120).unwrap();
    let half = Image::from_fn(size, Channels::Rgb, |_, x, _| if x < 80 { 0.15 } else { 0.75 });
    let fitted = fitted(vec![source("40cm", rings(size, 3.5, 0.0)), source("8m", half)]).unwrap();
    let (plan, execution) = (plan(&fitted), Execution::parallel());
    // Mean steps from pixel to pixel, in the dark and in the light.
    let details = |relight: f64| {
        let method = Method::Joint(Joint { relight, strengths: Some(vec![1.0]), ..Joint::default() });
        let mixed = plan.mix(&fitted, &method, &execution, &mut no_observer).unwrap().picture;
        [10..60, 100..150].map(|columns| {
            let rows = (20..100).map(|y| mixed.plane(0).row(y)[columns.clone()].to_vec());
            rows.map(|row| row.windows(2).map(|step| (step[1] - step[0]).abs()).sum::<f32>()).sum::<f32>()
        })
    };
    let ([dark, light], [lit_dark, lit_light]) = (details(0.0), details(1.0));
    assert!(lit_dark < 0.8 * dark && lit_light > 1.1 * light, "{dark} {light}, lit {lit_dark} {lit_light}");
    // Recipes that predate it leave details as they are.
    let mut old = toml::Table::try_from(Joint::default()).unwrap();
    old.remove("relight");
    let old: Joint = old.try_into().unwrap();
    assert_eq!(old, Joint { relight: 0.0, ..Joint::default() });
}

/// The coarsest colours are those of the farthest picture, whatever lies in front of it; texts have no colours to give.
#[test]
fn layers_have_colors_of_their_own() {
    let size = Size::new(120, 90).unwrap();
    let tinted = |apart: f32, tint: [f32; 3]| {
        let mut picture = rings(size, apart, 0.0);
        for (plane, tint) in picture.samples_mut().chunks_mut(size.area()).zip(tint) {
            plane.iter_mut().for_each(|v| *v += tint);
        }
        picture
    };
    let (red, green, blue) = ([0.15, -0.05, -0.1], [-0.12, 0.06, -0.1], [-0.1, -0.05, 0.15]);
    let hue = |sources: Vec<Source>, method: &Method| {
        let fitted = fitted(sources).unwrap();
        let execution = Execution::parallel();
        let mixed = plan(&fitted).mix(&fitted, method, &execution, &mut no_observer).unwrap();
        let planes = mixed.picture.samples().chunks(size.area());
        let means: Vec<_> = planes.map(|plane| plane.iter().sum::<f32>() / size.area() as f32).collect();
        let grey = means.iter().sum::<f32>() / 3.0;
        means.into_iter().map(|mean| mean - grey).collect::<Vec<_>>()
    };
    let near = || source("40cm", tinted(3.0, red));
    // A layer that is this much stronger keeps its own.
    let strong = Method::Joint(Joint { strengths: Some(vec![100.0]), ..Joint::default() });
    let kept = hue(vec![near(), source("4m", tinted(20.0, blue))], &strong);
    assert!(kept[0] > 0.1 && kept[2] < 0.0, "{kept:?}");
    for method in [Method::Joint(Joint { strengths: Some(vec![1.0; 2]), ..Joint::default() }), Method::Fourier] {
        let cases = [
            (vec![near(), source("2m", tinted(14.0, green)), source("8m", tinted(60.0, blue))], blue),
            (vec![near(), source("2m", tinted(14.0, green)), text("8m", "HI")], green),
            (vec![near(), text("2m", "HI"), source("8m", tinted(60.0, blue))], blue),
            (vec![near(), text("2m", "HI"), text("8m", "HO")], red),
        ];
        for (i, (sources, tint)) in cases.into_iter().enumerate() {
            let found = hue(sources, &method);
            // Vivid colours are subdued.
            let along = found.iter().zip(tint).map(|(found, tint)| found * tint).sum::<f32>();
            let part = along / tint.map(|tint| tint * tint).iter().sum::<f32>();
            assert!((0.4..1.1).contains(&part), "case {i}, {method:?}: {part} of {tint:?}, {found:?}");
        }
    }
}

/// At the layers' own distances the curves of a study equal the percepts there; of two layers, one gains what the other
/// loses.
#[test]
fn curves_pass_through_what_is_seen() {
    let size = Size::new(150, 120).unwrap();
    let pictures = [("40cm", 3.0, 0.0), ("8m", 40.0, 0.5), ("2m", 11.0, 1.0)];
    let sources = |count: usize| {
        pictures[..count].iter().map(|(at, apart, seed)| source(at, rings(size, *apart, *seed))).collect::<Vec<_>>()
    };
    let execution = Execution::parallel();
    for count in [2, 3] {
        let fitted = fitted(sources(count)).unwrap();
        let hybrid = plan(&fitted).mix(&fitted, &Method::Fourier, &execution, &mut no_observer).unwrap().picture;
        let study = LayersStudy::new(&hybrid, &fitted, Surface::default(), &execution).unwrap();
        assert_eq!(study.seen, seen(&hybrid, &fitted, &plan(&fitted), &execution).unwrap());
        let curves = &study.curves;
        assert!(curves.views.windows(2).all(|views| views[0].get() < views[1].get()));
        assert_eq!((curves.layers.len(), curves.switches.len()), (count, count - 1));
        for ((seen, view), curve) in study.seen.iter().zip(&study.views).zip(&curves.layers) {
            let here = curves.views.iter().position(|other| other == view).unwrap();
            // Light that is blurred together with more views differs in its last digits.
            assert!((curve[here] - seen.least()).abs() < 1e-4, "{} is not {}", curve[here], seen.least());
        }
        if let [nearest, farthest] = &curves.layers[..] {
            assert!(
                nearest.iter().zip(farthest).all(|(p, q)| (p + q).abs() < 1e-12)
                    && nearest[0] > *nearest.last().unwrap()
            );
        }
        let half = nearfar::vision::shrink(&hybrid, size.scaled(0.5)).unwrap();
        let smaller = LayersStudy::new(&half, &fitted, Surface::default(), &execution).unwrap();
        assert_eq!(smaller.crossovers.len(), count - 1);
        let other = Image::filled(Size::new(150, 119).unwrap(), Channels::Rgb, 0.5);
        assert!(LayersStudy::new(&other, &fitted, Surface::default(), &execution).is_err());
    }
}

#[test]
fn two_layers_are_a_hybrid_of_two() {
    let size = Size::new(120, 90).unwrap();
    let fitted = fitted(vec![source("30cm", rings(size, 4.0, 0.0)), source("3m", rings(size, 40.0, 1.0))]).unwrap();
    let plan = plan(&fitted);
    let mixed = plan.mix(&fitted, &Method::default(), &Execution::parallel(), &mut no_observer).unwrap();
    let (losses, _, _) = mixed.descent.unwrap();
    let names: Vec<_> = losses.terms.iter().map(|term| &*term.name).collect();
    assert_eq!(names, ["detail", "color", "far"]);
}

/// Two pictures that share no band are equally visible, too, each from its distance, whichever is the stronger one.
#[test]
fn two_layers_are_balanced() {
    let size = Size::new(180, 140).unwrap();
    for faint in [0, 1] {
        // Grey, because strengths apply only to luma, and the colours of one of them would count in its favour.
        let grey = |picture: Image<Encoded>| Image::from_fn(size, Channels::Rgb, |_, x, y| picture.plane(0).row(y)[x]);
        let mut pictures = [rings(size, 3.5, 0.0), rings(size, 20.0, 1.0)].map(grey);
        pictures[faint].samples_mut().iter_mut().for_each(|v| *v = 0.5 + 0.2 * (*v - 0.5));
        let [near, far] = pictures;
        let fitted = fitted(vec![source("40cm", near), source("2m", far)]).unwrap();
        let (plan, execution) = (plan(&fitted), Execution::parallel());
        let least = |strengths: Option<Vec<f64>>| {
            let method = Method::Joint(Joint { strengths, ..Joint::default() });
            let mixed = plan.mix(&fitted, &method, &execution, &mut no_observer).unwrap();
            let seen = seen(&mixed.picture, &fitted, &plan, &execution).unwrap();
            [seen[0].least(), seen[1].least()]
        };
        let ([a, b], [near, far]) = (least(Some(vec![1.0])), least(None));
        assert!(near.min(far) > 0.4 && (near - far).abs() < 0.2, "{faint}: {near} {far}");
        assert!((near - far).abs() < (a - b).abs(), "{faint}: {a} {b}, balanced {near} {far}");
    }
}

/// Each layer's margin over the other is the percept of the two, shifted in favour of the nearer one, whose outlines count.
#[test]
fn outlines_count_for_the_nearer_layer() {
    let size = Size::new(180, 140).unwrap();
    let pictures = || (rings(size, 3.5, 0.0), rings(size, 20.0, 1.0));
    let (near, far) = pictures();
    let pair = Pair::new(near.clone(), far.clone()).unwrap();
    let fitted = fitted(vec![source("40cm", near), source("2m", far)]).unwrap();
    let (plan, execution) = (plan(&fitted), Execution::parallel());
    let (near, far) = pictures();
    let both = Image::from_fn(size, Channels::Rgb, |c, x, y| 0.5 * (near.plane(c).row(y)[x] + far.plane(c).row(y)[x]));
    let p: Vec<_> =
        percepts(&both, &pair, None, plan.views(), &execution).unwrap().iter().map(|found| found.p).collect();
    let seen = seen(&both, &fitted, &plan, &execution).unwrap();
    let shifts = [seen[0].against[0] - p[0], p[1] + seen[1].against[0]];
    assert!(shifts[0] > 0.005 && shifts[1] < -0.005, "{shifts:?}");
}

/// The frame and the numbers are those of the nearest picture, whatever the order in which they are given.
#[test]
fn order_of_layers_is_that_of_their_distances() {
    let pictures = [("8m", 40, 60), ("40cm", 90, 60), ("2m", 70, 80)];
    let given = |order: [usize; 3]| {
        let sources = order.map(|i| {
            let (at, width, height) = pictures[i];
            source(at, rings(Size::new(width, height).unwrap(), 5.0 + i as f32, 1.0))
        });
        fitted(sources.to_vec()).unwrap()
    };
    let (sorted, other) = (given([1, 2, 0]), given([0, 1, 2]));
    assert_eq!(sorted.size(), Size::new(90, 60).unwrap());
    assert!(sorted.layers().zip(other.layers()).all(|(a, b)| a.0 == b.0 && a.1 == b.1));
    for fitted in [sorted, other] {
        assert_eq!(fitted.aligned.iter().map(|(number, _)| *number).collect::<Vec<_>>(), [2, 3]);
        assert!(fitted.notes[0].to_string().starts_with("picture 2: "), "{:?}", fitted.notes);
    }
    // A text in front takes the frame of the nearest picture.
    let size = Size::new(90, 60).unwrap();
    let fitted = fitted(vec![source("9m", rings(size, 4.0, 0.0)), text("40cm", "A")]).unwrap();
    assert_eq!((fitted.size(), fitted.aligned.len()), (size, 0));
}

#[test]
fn layers_of_all_sizes_and_colours_fit_the_nearest() {
    let grey = Image::from_fn(Size::new(50, 80).unwrap(), Channels::Grey, |_, x, y| ((x + y) % 7) as f32 / 7.0);
    let first = rings(Size::new(90, 60).unwrap(), 4.0, 0.0);
    let fitted = fitted(vec![source("40cm", first), source("2m", grey), text("9m", "OK")]).unwrap();
    assert_eq!(fitted.size(), Size::new(90, 60).unwrap());
    assert!(fitted.layers().all(|(picture, _)| picture.channels() == Channels::Rgb));
    assert_eq!(fitted.aligned.len(), 1);
    assert_eq!(fitted.aligned[0].0, 2);
}

#[test]
fn tiny_layers_are_mixed() {
    for (width, height) in [(1, 1), (1, 9), (7, 1), (5, 4)] {
        let size = Size::new(width, height).unwrap();
        let sources = vec![source("40cm", rings(size, 2.0, 0.0)), source("2m", rings(size, 3.0, 1.0)), text("8m", "I")];
        let fitted = fitted(sources).unwrap();
        let mixed = plan(&fitted).mix(&fitted, &Method::default(), &Execution::parallel(), &mut no_observer).unwrap();
        assert_eq!(mixed.picture.size(), size);
    }
}

#[test]
fn cancelled_mix_gives_the_best_so_far() {
    let size = Size::new(300, 220).unwrap();
    let sources = vec![source("40cm", rings(size, 4.0, 0.0)), source("9m", rings(size, 90.0, 1.0))];
    let fitted = fitted(sources).unwrap();
    let plan = plan(&fitted);
    for stop_after in [1, 9] {
        let mut seen = 0;
        let mut last = 0.0;
        let mixed = plan.mix(&fitted, &Method::default(), &Execution::parallel(), &mut |event| {
            assert!(event.share >= last && event.share <= 1.0);
            last = event.share;
            if let EventKind::Evaluated { preview, .. } = event.what {
                seen += 1;
                assert_eq!(preview().size(), size);
            }
            if seen == stop_after { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        let mixed = mixed.unwrap();
        assert!(mixed.is_cancelled());
        assert_eq!(mixed.picture.size(), size);
    }
}

#[test]
fn invalid_layers_are_refused() {
    let picture = || rings(Size::new(30, 20).unwrap(), 4.0, 0.0);
    assert_eq!(fitted(vec![source("1m", picture())]).unwrap_err(), LayersError::TooFew { count: 1 });
    let close = fitted(vec![source("1m", picture()), source("1.9m", picture())]).unwrap_err();
    assert!(matches!(close, LayersError::TooClose { .. }), "{close}");
    assert_eq!(fitted(vec![text("1m", "A"), text("9m", "B")]).unwrap_err(), LayersError::OnlyTexts);
    assert!(matches!(fitted(vec![source("1m", picture()), text("9m", "")]).unwrap_err(), LayersError::Text(_)));
    let given = fitted(vec![source("1m", picture()), source("9m", picture())]).unwrap();
    let bad = Joint { detail_weight: 0.0, ..Joint::default() };
    let mixed = plan(&given).mix(&given, &Method::Joint(bad), &Execution::parallel(), &mut no_observer);
    assert!(matches!(mixed.unwrap_err(), LayersError::Mix(_)));
    for relight in [-0.1, 1.5, f64::NAN] {
        let bad = Joint { relight, ..Joint::default() };
        let mixed = plan(&given).mix(&given, &Method::Joint(bad), &Execution::parallel(), &mut no_observer);
        assert!(matches!(mixed.unwrap_err(), LayersError::Mix(_)), "{relight}");
    }
    let bad = Joint { yield_ratio: 1.5, ..Joint::default() };
    let mixed = plan(&given).mix(&given, &Method::Joint(bad), &Execution::parallel(), &mut no_observer);
    assert!(matches!(mixed.unwrap_err(), LayersError::Yield { .. }));
}
