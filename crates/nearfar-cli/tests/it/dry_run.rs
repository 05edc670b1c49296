//! Dry runs: what would be made, and why.

use std::fs;

use super::Folder;

#[test]
fn dry_run_of_a_mix_writes_nothing_and_says_what_would_be() {
    let folder = Folder::new();
    for method in ["mix", "fourier"] {
        let command = [method, "near.png", "far.png", "-o", "out.png", "--strip", "strip.png"];
        let dry = folder.run(&[&command[..], &["--dry-run", "--json"]].concat()).succeeds().json();
        assert_eq!(folder.files(), ["far.png", "near.png"]);
        let made = folder.run(&[&command[..], &["--json", "--force"]].concat()).succeeds().json();
        assert_eq!((&dry["dry_run"], &dry["out"]), (&true.into(), &"out.png".into()));
        for key in ["width", "height", "align", "method", "crossover", "sigma"] {
            assert_eq!(dry[key], made[key], "{key}");
        }
        for file in ["out.png", "strip.png"] {
            fs::remove_file(folder.path(file)).unwrap();
        }
    }
    let text = folder.run(&["mix", "near.png", "far.png", "--dry-run"]).succeeds().text();
    assert!(text.contains("near-far.png: 48x40 would be written"), "{text}");
}

#[test]
fn dry_run_refuses_what_the_mix_would_refuse() {
    let folder = Folder::new();
    fs::write(folder.path("there.png"), "mine").unwrap();
    let dry = |flags: &[&str]| folder.run(&[&["mix", "near.png", "far.png", "--dry-run"], flags].concat());
    dry(&["-o", "there.png"]).fails(&["exists already"]);
    dry(&["--strip", "there.png"]).fails(&["there.png"]);
    dry(&["--sigma", "0"]).fails(&["sigma"]);
    dry(&["--width", "500"]).fails(&["48 pixels wide"]);
    let both = dry(&["--trace", "2"]);
    assert!(both.code == Some(2) && both.stderr.contains("--trace"), "{}", both.stderr);
}

#[test]
fn verbose_gives_reasons() {
    let folder = Folder::new();
    let why = |flags: &[&str]| {
        let command = ["mix", "near.png", "far.png", "-o", "out.png", "-f", "--preset", "draft", "-v"];
        folder.run(&[&command[..], flags].concat()).succeeds().stderr
    };
    let chosen = why(&[]);
    for line in ["fit: ", "crossover: ", "no face was found", "sigma: ", "share: ", "distances: NEAR from 60 cm"] {
        assert!(chosen.contains(line), "{line:?} is not said:\n{chosen}");
    }
    let said = why(&["--align", "none", "--far", "3m", "--far-color", "0.25"]);
    for line in ["as given)", "so that FAR is seen from 3", "25 % as given"] {
        assert!(said.contains(line), "{line:?} is not said:\n{said}");
    }
    let strong = why(&["--strength", "strong", "--near-color", "0.5", "--plain", "0.5"]);
    for line in [
        "it is to be strong",
        "since FAR is to be strong",
        "50 % as given of its shapes where",
        "50 % as given of NEAR's",
    ] {
        assert!(strong.contains(line), "{line:?} is not said:\n{strong}");
    }
    let plain = folder.run(&["mix", "near.png", "far.png", "-o", "out.png", "-f", "--preset", "draft"]).succeeds();
    assert!(!plain.stderr.contains("crossover: "), "{}", plain.stderr);
    assert_eq!(folder.run(&["mix", "near.png", "far.png", "-v", "-q"]).code, Some(2));
}

#[test]
fn dry_run_of_a_batch_tells_rows_apart() {
    let folder = Folder::new();
    let row = |out: &str, more: &str| format!("near.png,far.png,{out},{more}\n");
    let first = format!("near,far,out,sigma\n{}", row("a.png", "2"));
    fs::write(folder.path("list.csv"), &first).unwrap();
    let dry = ["batch", "list.csv", "-o", "made", "--dry-run", "--json"];
    let json = folder.run(&dry).succeeds().json();
    assert_eq!((&json["made"], &json["rows"][0]["outcome"]), (&1.into(), &"make".into()));
    assert!(!folder.path("made").exists());

    folder.run(&["batch", "list.csv", "-o", "made"]).succeeds();
    fs::write(folder.path("made/mine.png"), "mine").unwrap();
    let all = [first, row("b.png", "3"), row("c.png", "wide"), row("mine.png", "2")];
    let all = all.concat() + "near.png,nowhere.png,d.png,\n" + &row("new/e.png", "2");
    fs::write(folder.path("list.csv"), all).unwrap();
    let before = fs::read(folder.path("made/results.jsonl")).unwrap();
    let run = folder.run(&dry);
    assert_eq!(run.code, Some(1), "{}", run.stderr);
    let json = run.json();
    let rows: Vec<_> = json["rows"].as_array().unwrap().iter().map(|row| row["outcome"].as_str().unwrap()).collect();
    assert_eq!(rows, ["skip", "make", "refuse", "refuse", "refuse", "make"], "{json}");
    let why = |row: usize| json["rows"][row]["error"].as_str().unwrap().to_owned();
    assert!(
        why(2).contains("--sigma") && why(3).contains("exists already") && why(4).contains("nowhere.png"),
        "{json}"
    );
    assert_eq!((&json["made"], &json["skipped"], &json["failed"]), (&2.into(), &1.into(), &3.into()));
    assert_eq!(fs::read(folder.path("made/results.jsonl")).unwrap(), before);
    assert!(!folder.path("made/b.png").exists() && !folder.path("made/new").exists());
    // The announcement comes true.
    folder.run(&["batch", "list.csv", "-o", "made"]);
    assert!(folder.path("made/b.png").exists() && folder.path("made/new/e.png").exists());
    assert!(!folder.path("made/d.png").exists());
    assert_eq!(fs::read(folder.path("made/mine.png")).unwrap(), b"mine");
}

#[test]
fn verbose_and_dry_run_are_not_for_single_rows() {
    let folder = Folder::new();
    for flag in ["dry-run", "verbose"] {
        fs::write(folder.path("list.csv"), format!("near,far,{flag}\nnear.png,far.png,true\n")).unwrap();
        let run = folder.run(&["batch", "list.csv", "-o", "made"]);
        assert!(run.code == Some(1) && run.stderr.contains(flag), "{}", run.stderr);
    }
}
