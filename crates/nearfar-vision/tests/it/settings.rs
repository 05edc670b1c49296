//! Settings and scores as text.

use nearfar_image::Channels;
use nearfar_kernels::Execution;
use nearfar_vision::{Density, Length, Percept, PerceptSwitch, Scores, Viewing, percepts, score};

use crate::pictures::{pair_of_scenes, size};

#[test]
fn settings_are_plain_text_and_checked() {
    let viewing: Viewing = serde_json::from_str(r#"{"far_ppd": 300}"#).expect("valid");
    assert_eq!(viewing.near_ppd, Viewing::default().near_ppd);
    assert!((viewing.far_ppd.get() - 300.0).abs() < 1e-12);
    assert!(serde_json::from_str::<Viewing>(r#"{"far_ppd": -1}"#).is_err());
    assert!(serde_json::from_str::<Viewing>(r#"{"far": 300}"#).is_err());
    assert_eq!(serde_json::to_string(&"3m".parse::<Length>().expect("length")).expect("text"), r#""3m""#);
    assert!(serde_json::from_str::<Length>(r#""3""#).is_err());
    assert!(serde_json::from_str::<Density>("0").is_err());
}

#[test]
fn scores_survive_json() {
    let pair = pair_of_scenes(size(20, 20), Channels::Grey);
    let scores = score(pair.near(), &pair, &Viewing::default(), &Execution::single_threaded()).expect("one size");
    let text = serde_json::to_string(&scores).expect("text");
    let back: Scores = serde_json::from_str(&text).expect("the same shape");
    assert!((back.near_leakage - scores.near_leakage).abs() < 1e-12 && back.bands.len() == scores.bands.len());
    assert_eq!(back.viewing, scores.viewing);
}

#[test]
fn percepts_survive_json() {
    let pair = pair_of_scenes(size(20, 20), Channels::Grey);
    let views = [Viewing::default().near_ppd, Viewing::default().far_ppd];
    let found = percepts(pair.near(), &pair, None, &views, &Execution::single_threaded()).expect("one size");
    let back: Vec<Percept> =
        serde_json::from_str(&serde_json::to_string(&found).expect("text")).expect("the same shape");
    assert!((back[1].p - found[1].p).abs() < 1e-12 && back[1].bands.len() == 11);
    let switch = PerceptSwitch::of(&found);
    let back: PerceptSwitch =
        serde_json::from_str(&serde_json::to_string(&switch).expect("text")).expect("the same shape");
    assert_eq!(back, switch);
}
