use std::fs;

use super::{Folder, far, near};

#[test]
fn two_names_are_enough() {
    let folder = Folder::new();
    far(70, 30).save(folder.path("wide.png")).unwrap();
    let run = folder.run(&["mix", "near.png", "wide.png"]).succeeds();
    assert!(run.stderr.contains("sigma"), "{}", run.stderr);
    assert!(run.text().starts_with("near-wide.png: 48x40"), "{}", run.text());
    let first = fs::read(folder.path("near-wide.png")).unwrap();
    // Nothing is ever overwritten: the next file gets a number.
    folder.run(&["mix", "near.png", "wide.png", "--sigma", "2"]).succeeds();
    assert_eq!(folder.files(), ["far.png", "near-wide-2.png", "near-wide.png", "near.png", "wide.png"]);
    assert_eq!(fs::read(folder.path("near-wide.png")).unwrap(), first);
    assert_ne!(fs::read(folder.path("near-wide-2.png")).unwrap(), first);
}

#[test]
fn json_says_how_the_pictures_were_made_to_fit() {
    let folder = Folder::new();
    let json =
        folder.run(&["mix", "near.png", "far.png", "-o", "out.jpg", "--json", "--align", "crop"]).succeeds().json();
    assert_eq!((&json["method"], &json["align"]["method"]), (&"descent".into(), &"crop".into()));
    assert_eq!(json["align"]["overlap"], 1.0);
}

#[test]
fn senseless_sigma_is_refused() {
    let folder = Folder::new();
    for sigma in ["0", "-1", "nan"] {
        folder.run(&["mix", "near.png", "far.png", "--sigma", sigma]).fails(&["sigma"]);
    }
    assert_eq!(folder.files(), ["far.png", "near.png"]);
}

#[test]
fn redo_makes_the_same_bytes() {
    let folder = Folder::new();
    far(70, 30).save(folder.path("wide.png")).unwrap();
    let cases: [&[&str]; 4] = [
        &["mix"],
        &["mix", "--depth", "16", "--edges", "extend"],
        &[
            "descent",
            "--preset",
            "article",
            "--steps",
            "20",
            "--align",
            "center",
            "--near-weight",
            "0.3333333333333333",
        ],
        &["fourier", "--low", "5.1cpi", "--points", "near=3,4", "far=5.5,6.25", "near=30,30", "far=31.125,24"],
    ];
    for case in cases {
        let arguments = [&[case[0], "near.png", "wide.png", "-o", "out.png"], &case[1..]].concat();
        folder.run(&arguments).succeeds();
        folder.run(&["redo", "out.png"]).succeeds();
        let bytes = |name: &str| fs::read(folder.path(name)).unwrap();
        assert!(bytes("out.png") == bytes("out-redo.png"), "{case:?}");
        fs::remove_file(folder.path("out.png")).unwrap();
        fs::remove_file(folder.path("out-redo.png")).unwrap();
    }
}

#[test]
fn redo_names_what_changed() {
    let folder = Folder::new();
    folder.run(&["mix", "near.png", "far.png", "-o", "out.png"]).succeeds();
    fs::rename(folder.path("near.png"), folder.path("moved.png")).unwrap();
    folder.run(&["redo", "out.png"]).fails(&["near.png", "--near"]);
    folder.run(&["redo", "out.png", "--near", "moved.png", "-o", "again.png"]).succeeds();
    near(40, 48).save(folder.path("near.png")).unwrap();
    folder.run(&["redo", "out.png", "-o", "third.png"]).fails(&["changed", "near.png"]);
    assert_eq!(folder.files(), ["again.png", "far.png", "moved.png", "near.png", "out.png"]);
}

#[test]
fn redo_needs_a_sound_recipe() {
    let folder = Folder::new();
    folder.run(&["mix", "near.png", "far.png", "-o", "bare.png", "--no-recipe"]).succeeds();
    folder.run(&["redo", "bare.png"]).fails(&["no recipe", "--no-recipe"]);
    folder.run(&["redo", "nowhere.png"]).fails(&["nowhere.png"]);
    folder.run(&["mix", "near.png", "far.png", "-o", "out.png"]).succeeds();
    folder.run(&["redo", "out.png", "-o", "near.png", "--force"]).fails(&["input"]);
    folder.run(&["redo", "out.png", "-o", "out.png", "--force"]).fails(&["input"]);
    assert_eq!(folder.files(), ["bare.png", "far.png", "near.png", "out.png"]);
}

/// Two pictures of the repository that show a face in one place.
fn portraits() -> [String; 2] {
    let path = |side: &str| fs::canonicalize(format!("../../imgs/aligned/hopper-collins-{side}.jpg")).unwrap();
    ["near", "far"].map(|side| path(side).display().to_string())
}

/// Whoever is told nothing waits for less, and gets the same file.
#[test]
fn quiet_mixes_are_the_same() {
    let folder = Folder::new();
    let cases: [&[&str]; 5] = [
        &["mix"],
        &["fourier", "--classic", "--low", "4cpi", "--align", "none"],
        &["fourier", "--low", "4cpi", "--align", "none", "--width", "24"],
        &["descent", "--preset", "article", "--align", "none", "--far-color", "0.5", "--colors", "luma"],
        &["mix", "--far", "3m", "--align", "crop"],
    ];
    for case in cases {
        let made = |name: &str, more: &[&str]| {
            let out = ["near.png", "far.png", "-o", name];
            folder.run(&[case, &out, more].concat()).succeeds();
            fs::read(folder.path(name)).unwrap()
        };
        let name = |how: &str| format!("{}-{how}.png", case.join("").replace('-', ""));
        assert!(made(&name("told"), &[]) == made(&name("quiet"), &["-q"]), "{case:?}");
    }
    // Where the colours of faces are left open, these are found.
    let [near, far] = portraits();
    let made = |name: &str, more: &[&str]| {
        let mix = ["fourier", &near, &far, "--low", "12cpi", "--align", "none", "-o", name];
        folder.run(&[&mix, more].concat()).succeeds();
        fs::read(folder.path(name)).unwrap()
    };
    assert!(made("faces-told.png", &[]) == made("faces-quiet.png", &["-q"]));
}

/// The remedy for a crossover that leaves nothing of one picture is another crossover; who makes a hybrid again knows it.
#[test]
fn given_crossovers_that_prevent_the_flip_are_named() {
    let (folder, [near, far]) = (Folder::empty(), portraits());
    let run = folder.run(&["mix", &near, &far, "--sigma", "1.5", "--preset", "draft", "-o", "out.png"]).succeeds();
    assert!(
        run.stderr.contains("hardly flip") && run.stderr.contains("leave out what decides the crossover"),
        "{}",
        run.stderr
    );
    assert!(!run.stderr.contains("swap"), "{}", run.stderr);
    let redo = ["redo", "out.png", "--near", &near, "--far", &far, "-o", "again.png"];
    let again = folder.run(&redo).succeeds();
    assert!(!again.stderr.contains("flip"), "{}", again.stderr);
}
