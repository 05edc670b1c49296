use std::ops::ControlFlow;

use nearfar::{
    Channels, Event, EventKind, Execution, Image, Size,
    compare::{CompareError, Family, Settings, compare},
    descent,
    fit::{self, fit},
    fourier, no_observer,
};

use super::noise;

fn aligned() -> fit::Aligned {
    let size = Size::new(96, 96).unwrap();
    let near = noise(size, Channels::Grey, (0.2, 0.8), 1);
    let far = Image::from_fn(size, Channels::Grey, |_, x, y| if (x / 24 + y / 24) % 2 == 0 { 0.3 } else { 0.7 });
    let options = fit::Options { method: fit::Method::None, ..fit::Options::default() };
    fit(near, far, &options, &Execution::single_threaded()).unwrap()
}

#[test]
fn methods_are_matched_by_what_is_seen_from_afar() {
    let families =
        [Family::DescentBySigma(descent::Options::default()), Family::FourierByCutoff(fourier::Options::default())];
    let settings = Settings { points: 4, p_far: -0.4, ..Settings::default() };
    let mut told = Vec::new();
    let mut observer = |event: &Event<'_>| {
        if let EventKind::Made { done, most } = event.what {
            told.push((done, most));
        }
        ControlFlow::Continue(())
    };
    let found = compare(&aligned(), &families, &settings, &Execution::single_threaded(), &mut observer).unwrap();
    for (matched, sweep) in found.matched.iter().zip(&found.sweeps) {
        let made = matched.as_ref().expect("the sweep reaches it");
        assert!((made.sample.look.p_far + 0.4).abs() < 0.01, "{}", made.sample.look.p_far);
        let crossovers: Vec<_> = sweep.samples.iter().map(|sample| sample.crossover).collect();
        assert!(crossovers.is_sorted() && crossovers.len() == 4);
    }
    assert_eq!(found.chosen.len(), 2);
    assert!(told.iter().enumerate().all(|(i, &(done, most))| done == i + 1 && done <= most));
}

#[test]
fn sweeps_of_one_point_are_refused() {
    let settings = Settings { points: 1, ..Settings::default() };
    let error = compare(&aligned(), &[], &settings, &Execution::single_threaded(), &mut no_observer).unwrap_err();
    assert!(matches!(error, CompareError::Sweep { points: 1, .. }));
}
