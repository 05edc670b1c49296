use std::fs;

use super::{Folder, far, repository};

#[test]
fn sizes_that_differ_are_named() {
    let folder = Folder::new();
    far(30, 60).save(folder.path("tall.png")).unwrap();
    for command in ["descent", "fourier"] {
        let run = folder.run(&[command, "near.png", "tall.png", "-o", "out.png", "--align", "none"]);
        run.fails(&["48x40", "30x60", "--align"]);
    }
    assert_eq!(folder.files(), ["far.png", "near.png", "tall.png"]);
}

#[test]
fn center_keeps_the_near_frame_and_crop_the_common_size() {
    let folder = Folder::new();
    far(30, 60).save(folder.path("tall.png")).unwrap();
    for (how, size) in [("center", (48, 40)), ("crop", (30, 40)), ("auto", (48, 40))] {
        let out = format!("{how}.png");
        folder.run(&["fourier", "near.png", "tall.png", "-o", &out, "--align", how]).succeeds();
        assert_eq!(folder.rgb(&out).dimensions(), size, "{how}");
    }
}

#[test]
fn points_align_and_can_be_saved_edited_and_read_again() {
    let folder = Folder::new();
    far(96, 80).save(folder.path("large.png")).unwrap();
    let pair = ["fourier", "near.png", "large.png"];
    let points = ["--points", "near=10,10", "far=20.5,20.5", "near=40,30", "far=80.5,60.5"];
    let run = |rest: &[&str]| folder.run(&[&pair, rest].concat());
    let first = run(&[&["-o", "a.png", "--save-points", "points.toml"], &points[..]].concat()).succeeds();
    assert!(first.stderr.contains("aligned by the points"), "{}", first.stderr);
    assert!(fs::read_to_string(folder.path("points.toml")).unwrap().contains("[[points]]"));
    run(&["-o", "b.png", "--points-file", "points.toml", "--save-points", "points.json"]).succeeds();
    run(&["-o", "c.png", "--points-file", "points.json"]).succeeds();
    let bytes = |name: &str| fs::read(folder.path(name)).unwrap();
    assert_eq!((bytes("a.png"), bytes("a.png")), (bytes("b.png"), bytes("c.png")));
}

#[test]
fn points_of_other_methods_say_the_same() {
    let folder = Folder::new();
    far(96, 80).save(folder.path("large.png")).unwrap();
    let pair = ["fourier", "near.png", "large.png"];
    let run = |rest: &[&str]| folder.run(&[&pair, rest].concat()).succeeds();
    run(&["-o", "center.png", "--align", "center", "--save-points", "points.toml"]);
    run(&["-o", "points.png", "--points-file", "points.toml"]);
    let (center, points) = (folder.rgb("center.png"), folder.rgb("points.png"));
    let worst = center.iter().zip(points.iter()).map(|(a, b)| a.abs_diff(*b)).max();
    assert!(worst <= Some(1), "{worst:?}");
}

#[test]
fn mistakes_in_points_are_placed() {
    let folder = Folder::new();
    fs::write(folder.path("bad.toml"), "[[points]]\nnear = [1, 2]\nfar = [3, oops]\n").unwrap();
    fs::write(folder.path("points.txt"), "").unwrap();
    let before = folder.files();
    let cases: [(&[&str], &str); 9] = [
        (&["--points", "near=1,2"], "pair 1"),
        (&["--points", "near=1,2", "far=3,4", "near=5,6", "far=x,7"], "pair 2"),
        (&["--points", "near=1,2", "far=3,4"], "2 pairs"),
        (&["--points", "near=1,2", "far=3,4", "near=1,2", "far=3,4"], "coincide"),
        (&["--points", "near=1,2", "far=nan,4"], "pair 1"),
        (&["--points-file", "bad.toml"], "line 3"),
        (&["--points-file", "nowhere.toml"], "nowhere.toml"),
        (&["--points-file", "points.txt"], ".toml or .json"),
        (&["--align", "faces"], "no face"),
    ];
    for (flags, word) in cases {
        let arguments = [&["descent", "near.png", "far.png", "-o", "out.png"], flags].concat();
        folder.run(&arguments).fails(&[word]);
        assert_eq!(folder.files(), before, "{flags:?}");
    }
}

/// Eye points of Hopper and Collins, located by hand.
const EYES: [[f64; 4]; 2] = [[220.0, 188.0, 203.0, 101.0], [305.0, 186.0, 248.0, 103.0]];

#[test]
fn faces_are_found_and_their_points_saved() {
    let folder = Folder::empty();
    let [hopper, collins] = ["hopper.jpg", "collins.png"].map(|name| repository("imgs").join(name));
    let pair = [hopper.to_str().unwrap(), collins.to_str().unwrap()];
    let flags = ["-o", "out.png", "--align", "auto", "--save-points", "points.json"];
    let run = folder.run(&[&["fourier"], &pair[..], &flags].concat()).succeeds();
    assert!(run.stderr.contains("aligned by the faces, confidence 0."), "{}", run.stderr);
    let saved: serde_json::Value = serde_json::from_slice(&fs::read(folder.path("points.json")).unwrap()).unwrap();
    for (pair, eye) in saved["points"].as_array().unwrap().iter().zip(EYES) {
        for ((side, axis), expected) in [("near", 0), ("near", 1), ("far", 0), ("far", 1)].into_iter().zip(eye) {
            let found = pair[side][axis].as_f64().unwrap();
            assert!((found - expected).abs() < 4.0, "{side} {axis}: {found}, not {expected}");
        }
    }
}
