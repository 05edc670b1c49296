//! Observers of judging and showing hybrids hear many events, and can stop the work at each.

use std::{fmt::Debug, ops::ControlFlow};

use nearfar::{
    Event, Execution, JobError, MixError, Phase, Recipe, Request,
    compare::{CompareError, Family, Settings, compare},
    fit, look,
    report::ReportPage,
};

use crate::sample;

type Observer<'a> = dyn FnMut(&Event<'_>) -> ControlFlow<()> + 'a;

/// Breaks at every event in turn: after that there are no more events and no result, and shares never decrease.
fn is_stopped_anywhere<T, E: Debug>(
    fewest: usize,
    is_cancelled: impl Fn(&E) -> bool,
    mut work: impl FnMut(&mut Observer<'_>) -> Result<T, E>,
) {
    let mut break_at = |place: usize| {
        let (mut told, mut judging, mut last) = (0, 0, 0.0);
        let done = work(&mut |event| {
            assert!(event.share >= last, "{event:?} after {last}");
            last = event.share;
            told += 1;
            judging += usize::from(event.phase == Phase::Judge);
            if told > place { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        (done, told, judging)
    };
    let (done, events, judging) = break_at(usize::MAX);
    assert!(done.is_ok() && judging >= fewest, "told {judging} times");
    for place in 0..events {
        let (done, told, _) = break_at(place);
        let error = done.map(drop).expect_err("stopped");
        assert!(is_cancelled(&error) && told == place + 1, "{error:?} at {place} after {told}");
    }
}

fn request() -> Request {
    Request::from(Recipe {
        align: fit::Options { method: fit::Method::CenterFit, ..fit::Options::default() },
        ..Recipe::default()
    })
}

#[test]
fn judging_and_showing_stop_at_every_event() {
    let [near, far] = ["aligned/hopper-collins-near.jpg", "aligned/hopper-collins-far.jpg"].map(|name| {
        let picture = sample(name);
        nearfar::vision::shrink(&picture, picture.size().with_shorter_side(64)).unwrap()
    });
    let (execution, request, hybrid) = (Execution::single_threaded(), request(), near.clone());
    let study = |observer: &mut Observer<'_>| {
        look::Study::new(&hybrid, near.clone(), far.clone(), &request, &execution, observer)
    };
    let mix = |error: &MixError| *error == MixError::Cancelled;
    let job = |error: &JobError| matches!(error, JobError::Mix(MixError::Cancelled));
    is_stopped_anywhere(1, mix, study);
    let study = study(&mut nearfar::no_observer).unwrap();
    // The near view, the far one, and at least four others of the sweep.
    is_stopped_anywhere(6, mix, |observer| study.scores(&hybrid, &execution, observer));
    let scene = look::Scene {
        hybrid: &hybrid,
        density: study.density,
        seat: study.seat,
        known: look::Known::Perception(&study.perception),
    };
    let stations = scene.stations();
    is_stopped_anywhere(stations.len(), mix, |observer| scene.strip(&stations, observer));
    is_stopped_anywhere(stations.len(), mix, |observer| scene.simulation(&stations, &execution, observer));
    is_stopped_anywhere(20, mix, |observer| scene.walk(&stations, &execution, observer));
    is_stopped_anywhere(20, mix, |observer| scene.simulated_walk(&stations, &execution, observer));
    let page = ReportPage {
        title: "hybrid",
        hybrid: &hybrid,
        study: &study,
        scores: &study.scores(&hybrid, &execution, &mut nearfar::no_observer).unwrap(),
        method: &study.method,
        provenance: None,
        trace: &[],
        seconds: &[],
        notes: &[],
    };
    is_stopped_anywhere(20, job, |observer| page.to_html(&execution, observer));
}

#[test]
fn comparing_stops_while_it_mixes_and_while_it_judges() {
    let (near, far) = (sample("aligned/cat-collins-near.jpg"), sample("aligned/cat-collins-far.jpg"));
    let execution = Execution::single_threaded();
    let small = |picture| nearfar::vision::shrink(&picture, picture.size().with_shorter_side(24)).unwrap();
    let aligned = fit::fit(small(near), small(far), &request().recipe.align, &execution).unwrap();
    let settings = Settings { points: 2, p_far: -1.0, ..Settings::default() };
    let families = [Family::FourierByCutoff(nearfar::fourier::Options::default())];
    let cancelled = |error: &CompareError| *error == CompareError::Mix(MixError::Cancelled);
    is_stopped_anywhere(3, cancelled, |observer| compare(&aligned, &families, &settings, &execution, observer));
}
