use serde_json::Value;

use super::{Folder, grey, repository};

fn keys(value: &Value) -> Vec<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

#[test]
fn json_says_what_was_done() {
    let folder = Folder::new();
    let arguments = [
        "descent",
        "near.png",
        "far.png",
        "-o",
        "out.png",
        "--json",
        "--steps",
        "7",
        "--tolerance",
        "0",
        "--trace",
        "2",
    ];
    let run = folder.run(&arguments).succeeds();
    let json = run.json();
    assert_eq!((&json["method"], &json["schema"]), (&"descent".into(), &1.into()));
    assert_eq!(json["align"]["crop"], serde_json::json!([0, 0, 48, 40]));
    let notes = json["notes"].as_array().unwrap();
    assert!(notes.iter().any(|note| note["kind"] == "small" && note["severity"] == "warning"), "{json}");
    assert!(json["crossover"].as_f64().unwrap() > 0.0 && json["sigma"].as_f64().unwrap() > 0.0, "{json}");
    assert!(json["percept"]["curve"].as_array().unwrap().len() > 2, "{json}");
    assert_eq!((&json["width"], &json["height"]), (&48.into(), &40.into()));
    assert!(json["iterations"].as_u64().unwrap() <= 7);
    assert!(json["evaluations"].as_u64() >= json["iterations"].as_u64());
    assert!(["max_iterations", "converged", "no_progress"].contains(&json["stop_reason"].as_str().unwrap()), "{json}");
    assert_eq!(keys(&json["losses"]), ["terms", "total"]);
    let terms = json["losses"]["terms"].as_array().unwrap();
    let names: Vec<_> = terms.iter().map(|term| term["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["detail", "color", "far"]);
    let sum: f64 = terms.iter().map(|term| term["weight"].as_f64().unwrap() * term["value"].as_f64().unwrap()).sum();
    assert!((sum / json["losses"]["total"].as_f64().unwrap() - 1.0).abs() < 1e-9, "{json}");
    assert_eq!(keys(&json["seconds"]), ["decode", "encode", "solve"]);
    assert_eq!(json["out"], "out.png");
    let trace = json["trace"].as_array().unwrap();
    assert_eq!(keys(&trace[0]), ["step", "terms", "total"]);
    assert_eq!(trace.iter().map(|line| line["step"].as_u64().unwrap()).take(3).collect::<Vec<_>>(), [1, 3, 5]);
    assert_eq!(folder.files(), ["far.png", "near.png", "out.png"]);
    assert_eq!(folder.rgb("out.png").dimensions(), (48, 40));
}

#[test]
fn whole_program_reproduces_the_article() {
    let folder = Folder::empty();
    for name in ["cat", "coffee"] {
        let picture = image::open(repository(&format!("imgs/{name}.png"))).unwrap();
        picture.crop_imm(0, 0, 451, 300).save(folder.path(&format!("{name}.png"))).unwrap();
    }
    let arguments =
        ["descent", "cat.png", "coffee.png", "-o", "out.png", "--preset", "article", "--steps", "50", "--json"];
    let json = folder.run(&arguments).succeeds().json();
    assert_eq!((&json["iterations"], &json["stop_reason"]), (&50.into(), &"max_iterations".into()));
    let values = include_str!("../../../nearfar-descent/tests/data/values.jsonl");
    let mut values = values.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let expected = values.find(|value| value["case"] == "cat_coffee_w0.1" && value["step"] == 49).unwrap();
    for name in ["near", "far", "total"] {
        let term = json["losses"]["terms"].as_array().unwrap().iter().find(|term| term["name"] == name);
        let found = term.map_or(&json["losses"]["total"], |term| &term["value"]).as_f64().unwrap();
        let expected = expected[name].as_f64().unwrap();
        assert!((found - expected).abs() < 1e-5 * expected, "{name} is {found}, not {expected}");
    }
}

#[test]
fn flags_override_the_preset_wherever_they_stand() {
    let folder = Folder::new();
    let solved = |arguments: &[&str]| {
        let all = [&["descent", "near.png", "far.png", "-o", "-"], arguments].concat();
        folder.run(&all).succeeds().stdout
    };
    let before = solved(&["--steps", "3", "--near-weight", "0.5", "--preset", "article"]);
    let after = solved(&["--preset", "article", "--near-weight", "0.5", "--steps", "3"]);
    assert_eq!(before, after);
    assert_ne!(before, solved(&["--preset", "article", "--steps", "3"]));
}

#[test]
fn same_bytes_for_any_number_of_threads() {
    let folder = Folder::new();
    for threads in ["1", "2", "3", "7"] {
        let out = format!("{threads}.png");
        folder.run(&["descent", "near.png", "far.png", "-o", &out, "--threads", threads]).succeeds();
        assert_eq!(
            std::fs::read(folder.path("1.png")).unwrap(),
            std::fs::read(folder.path(&out)).unwrap(),
            "{threads}"
        );
    }
}

#[test]
fn grey_pictures_stay_grey() {
    let folder = Folder::new();
    grey(48, 40).save(folder.path("grey.png")).unwrap();
    folder.run(&["descent", "grey.png", "grey.png", "-o", "out.png"]).succeeds();
    assert_eq!(image::open(folder.path("out.png")).unwrap().color(), image::ColorType::L8);
    folder.run(&["descent", "grey.png", "far.png", "-o", "mixed.png"]).succeeds();
    assert_eq!(image::open(folder.path("mixed.png")).unwrap().color(), image::ColorType::Rgb8);
}

#[test]
fn quiet_prints_nothing() {
    let folder = Folder::new();
    let run = folder.run(&["descent", "near.png", "far.png", "-o", "out.png", "-q"]).succeeds();
    assert_eq!((run.text().as_str(), run.stderr.as_str()), ("", ""));
}
