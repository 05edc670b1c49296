//! Pictures and texts for several distances.

use super::Folder;

#[test]
fn layers_mix_pictures_and_texts() {
    let folder = Folder::new();
    let run = folder.run(&[
        "layers",
        "--at",
        "40cm=near.png",
        "--at",
        "2m=far.png",
        "--at",
        "8m=text:GO",
        "-o",
        "out.png",
        "--json",
    ]);
    let json = run.succeeds().json();
    assert_eq!((json["width"].as_u64(), json["height"].as_u64()), (Some(48), Some(40)));
    assert_eq!(json["seen"].as_array().unwrap().len(), 3);
    assert_eq!(folder.rgb("out.png").dimensions(), (48, 40));
    let text = folder
        .run(&["layers", "--at", "40cm=near.png", "--at", "2m=far.png", "--method", "fourier", "-o", "two.png"])
        .succeeds()
        .text();
    assert!(text.contains("from 40.00 cm") || text.contains("from 40.00cm"), "{text}");
}

#[test]
fn layers_that_make_no_sense_are_told() {
    let folder = Folder::new();
    std::fs::write(folder.path("no.ttf"), "no font").unwrap();
    let fails = |ats: &[&str], more: &[&str], words: &[&str]| {
        let mut arguments = vec!["layers", "-o", "out.png"];
        ats.iter().for_each(|at| arguments.extend(["--at", at]));
        arguments.extend(more);
        folder.run(&arguments).fails(words);
        assert!(!folder.path("out.png").exists());
    };
    fails(&["40cm=near.png"], &[], &["1 picture"]);
    fails(&["40cm=near.png", "60cm=far.png"], &[], &["too close", "greater distance"]);
    fails(&["40cm=text:A", "4m=far.png"], &[], &["first layer is a text", "picture first"]);
    fails(&["40cm=near.png", "4m=text:漢"], &[], &["'漢'", "--font"]);
    fails(&["40cm=near.png", "4m=text:A"], &["--font", "no.ttf"], &["no OpenType", ".ttf"]);
    fails(&["40cm=near.png", "4m=text:A"], &["--font", "missing.ttf"], &["missing.ttf"]);
    fails(&["40cm=near.png", "4m=missing.png"], &[], &["missing.png"]);
    let run = folder.run(&["layers", "-o", "out.png", "--at", "near.png"]);
    assert_eq!(run.code, Some(2));
    assert!(run.stderr.contains("40cm=cat.png"), "{}", run.stderr);
}

#[test]
fn points_of_many_pictures_are_not_saved() {
    let folder = Folder::new();
    let command = ["layers", "--at", "40cm=near.png", "--at", "4m=far.png", "-o", "out.png", "--save-points", "p.toml"];
    folder.run(&command).fails(&["--save-points has no effect", "nearfar align"]);
    assert_eq!(folder.files(), ["far.png", "near.png"]);
}

#[test]
fn layers_are_planned_and_shown() {
    let folder = Folder::new();
    const LAYERS: [&str; 7] = ["layers", "--at", "40cm=near.png", "--at", "4m=far.png", "-o", "out.png"];
    let json = folder.run(&[&LAYERS[..], &["--dry-run", "--json"]].concat()).succeeds().json();
    assert_eq!((&json["dry_run"], &json["width"]), (&true.into(), &48.into()));
    let crossovers = json["crossovers"].as_array().unwrap();
    assert!(crossovers.len() == 1 && crossovers[0].as_f64().unwrap() > 0.0);
    assert_eq!(folder.files(), ["far.png", "near.png"]);
    let more = ["--strip", "strip.png", "--animate", "walk.png", "--width", "32", "-v"];
    let run = folder.run(&[&LAYERS[..], &more].concat()).succeeds();
    assert!(run.stderr.contains("pictures 1 and 2 change places at"), "{}", run.stderr);
    assert_eq!(folder.rgb("out.png").width(), 32);
    assert_eq!(folder.files(), ["far.png", "near.png", "out.png", "strip.png", "walk.png"]);
    let run = folder.run(&[&LAYERS[..], &["-f", "--report", "page.html"]].concat());
    assert_eq!(run.code, Some(2), "a page is of two pictures");
}
