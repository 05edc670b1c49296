//! Hybrids that are written smaller than they were mixed.

use std::fs;

use super::{Folder, far, near, repository};

/// A folder with pictures that have details to lose.
fn folder() -> Folder {
    let folder = Folder::empty();
    near(240, 180).save(folder.path("near.png")).unwrap();
    far(240, 180).save(folder.path("far.png")).unwrap();
    folder
}

const MIX: [&str; 5] = ["mix", "near.png", "far.png", "--preset", "draft"];

#[test]
fn hybrid_is_mixed_at_full_size_and_shrunk_in_light() {
    let folder = folder();
    folder.run(&[&MIX[..], &["-o", "full.png"]].concat()).succeeds();
    let json = folder.run(&[&MIX[..], &["-o", "small.png", "--width", "80", "--json"]].concat()).succeeds().json();
    assert_eq!((&json["width"], &json["height"]), (&80.into(), &60.into()));
    assert_eq!(json["align"]["crop"], serde_json::json!([0, 0, 240, 180]));
    let (full, small) = (folder.rgb("full.png"), folder.rgb("small.png"));
    assert_eq!(small.dimensions(), (80, 60));
    let light = |code: u8| {
        let code = f64::from(code) / 255.0;
        if code <= 0.04045 { code / 12.92 } else { ((code + 0.055) / 1.055).powf(2.4) }
    };
    for (x, y) in [(0, 0), (40, 30), (79, 59), (17, 44)] {
        for channel in 0..3 {
            let area = (0..9).map(|i| light(full.get_pixel(3 * x + i % 3, 3 * y + i / 3).0[channel]));
            let mean = area.sum::<f64>() / 9.0;
            let found = light(small.get_pixel(x, y).0[channel]);
            assert!((found - mean).abs() < 0.006, "{x} {y}: {found}, not {mean}");
        }
    }
}

#[test]
fn redo_makes_the_same_bytes_at_the_same_width() {
    let folder = folder();
    for out in ["small.png", "small.webp"] {
        folder.run(&[&MIX[..], &["-o", out, "--width", "100"]].concat()).succeeds();
        folder.run(&["redo", out, "-o", &format!("again-{out}")]).succeeds();
        assert_eq!(
            fs::read(folder.path(out)).unwrap(),
            fs::read(folder.path(&format!("again-{out}"))).unwrap(),
            "{out}"
        );
    }
}

#[test]
fn distances_are_those_of_the_written_picture() {
    // A hybrid of these two flips along the way, which one of bold stripes does not.
    let folder = Folder::empty();
    for name in ["near", "far"] {
        fs::copy(repository(&format!("imgs/aligned/cat-collins-{name}.jpg")), folder.path(&format!("{name}.jpg")))
            .unwrap();
    }
    const MIX: [&str; 3] = ["fourier", "near.jpg", "far.jpg"];
    let third = (folder.rgb("near.jpg").width() / 3).to_string();
    let small = ["-o", "small.png", "--width", &third, "--strip", "strip.png", "--report", "report.html", "--json"];
    let made = folder.run(&[&MIX[..], &small].concat()).succeeds().json();
    let seen = folder.run(&["view", "small.png", "-o", "seen.png", "--json"]).succeeds().json();
    let score = folder.run(&["score", "small.png", "near.jpg", "far.jpg", "--json"]).succeeds().json();
    folder.run(&["report", "small.png", "-o", "again.html"]).succeeds();
    let switch = |json: &serde_json::Value| json["switch_centimetres"].as_f64().unwrap();
    let (made, seen, scored) = (switch(&made["percept"]), switch(&seen), switch(&score["percept"]));
    // The curve is measured anew on the smaller picture, at discrete views.
    assert!((seen / made - 1.0).abs() < 0.15 && (scored / seen - 1.0).abs() < 1e-6, "{made} {seen} {scored}");
    let full = folder.run(&[&MIX[..], &["-o", "full.png", "--json"]].concat()).succeeds().json();
    let full = switch(&full["percept"]);
    assert!((full / made - 3.0).abs() < 0.1, "three times as large is seen so from three times as far: {full} {made}");
}

#[test]
fn nothing_is_enlarged() {
    let folder = folder();
    folder.run(&[&MIX[..], &["-o", "out.png", "--width", "241"]].concat()).fails(&["240 pixels wide", "--width"]);
    assert_eq!(folder.files(), ["far.png", "near.png"]);
    // A width equal to the hybrid's own is the same as none.
    folder.run(&[&MIX[..], &["-o", "same.png", "--width", "240"]].concat()).succeeds();
    folder.run(&[&MIX[..], &["-o", "plain.png"]].concat()).succeeds();
    assert_eq!(folder.rgb("same.png"), folder.rgb("plain.png"));
}
