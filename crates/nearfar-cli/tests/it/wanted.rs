//! Objectives from files.

use super::Folder;

const RECIPE: &str = r#"
start = "blend"
iterations = 30

[[term]]
kind = "details"
of = "near"
weight = 4.0
edges = true

[[term]]
kind = "pixels"
of = "far-share"
weight = 2.0
channels = "opponent"

[[term]]
kind = "afar"
of = "far-share"
weight = 1.0
sigma = "3px"

[[term]]
name = "adverse"
kind = "unlike"
of = "far"
weight = 0.001
from = "0.05cpp"
to = "0.2cpp"
window = "4px"
mask = "calm"

[[term]]
kind = "variation"
weight = 0.01
mask = "mask.png"
"#;

fn folder() -> Folder {
    let folder = Folder::new();
    std::fs::write(folder.path("recipe.toml"), RECIPE).unwrap();
    image::GrayImage::from_fn(48, 40, |x, _| image::Luma([(5 * x) as u8])).save(folder.path("mask.png")).unwrap();
    folder
}

#[test]
fn objective_from_a_file_is_minimised() {
    let folder = folder();
    let json = folder.run(&["run", "recipe.toml", "near.png", "far.png", "-o", "out.png", "--json"]).succeeds().json();
    let terms = json["losses"]["terms"].as_array().unwrap();
    let names: Vec<_> = terms.iter().map(|term| term["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["details 1", "pixels 2", "afar 3", "adverse", "variation 5"]);
    assert_eq!(folder.rgb("out.png").dimensions(), (48, 40));
    // A mask that is black everywhere takes a term away.
    image::GrayImage::new(48, 40).save(folder.path("black.png")).unwrap();
    let arguments =
        ["run", "recipe.toml", "near.png", "far.png", "-o", "masked.png", "--json", "--far-mask", "black.png"];
    let masked = folder.run(&arguments).succeeds().json();
    assert_eq!(masked["losses"]["terms"][2]["value"].as_f64(), Some(0.0));
    assert_ne!(folder.rgb("out.png"), folder.rgb("masked.png"));
}

#[test]
fn objective_is_explained() {
    let text = folder().run(&["explain", "recipe.toml"]).succeeds().text();
    for words in [
        "1. details 1: differences between neighbouring pixels",
        "may jump",
        "opponent colours",
        "through a blur of 3px",
        "not to look like FAR's",
        "It counts where NEAR is calm.",
        "It counts as mask.png says.",
        "30 iterations",
    ] {
        assert!(text.contains(words), "{words:?} is not said:\n{text}");
    }
}

#[test]
fn bad_recipes_and_masks_are_told() {
    let folder = folder();
    let fails = |recipe: &str, more: &[&str], words: &[&str]| {
        std::fs::write(folder.path("bad.toml"), recipe).unwrap();
        let mut arguments = vec!["run", "bad.toml", "near.png", "far.png", "-o", "bad.png"];
        arguments.extend(more);
        folder.run(&arguments).fails(words);
        assert!(!folder.path("bad.png").exists());
    };
    fails(&RECIPE.replace("weight = 4.0", "wieght = 4.0"), &[], &["line 8, column 1", "did you mean `weight`?"]);
    fails(&RECIPE.replace("\"3px\"", "\"3pt\""), &[], &["line 21, column 9", "no unit"]);
    fails(&RECIPE.replace("0.05cpp", "0.7cpp"), &[], &["0.7"]);
    // A word that depends on the picture's size.
    fails(&RECIPE.replace("0.05cpp", "30cpi"), &[], &["adverse", "48x40", "30cpi"]);
    fails(&RECIPE.replace("mask.png", "missing.png"), &[], &["missing.png"]);
    fails(&RECIPE.replace("mask.png", "face"), &[], &["no face was found in FAR"]);
    fails(&RECIPE.replace("mask.png", "near.png"), &[], &["near.png has colours", "grey"]);
    image::GrayImage::new(20, 10).save(folder.path("small.png")).unwrap();
    fails(RECIPE, &["--near-mask", "small.png"], &["small.png is 20x10 pixels", "as large as NEAR"]);
    fails(RECIPE, &["--far-mask", "recipe.toml"], &["recipe.toml"]);
    folder.run(&["explain", "missing.toml"]).fails(&["missing.toml"]);
}

/// Coarse sizes hold no fine frequencies: a term of these alone is minimised where there are some.
#[test]
fn band_of_fine_frequencies_alone_is_minimised() {
    let folder = folder();
    for (name, step) in [("a.png", 3), ("b.png", 5)] {
        let waves = image::GrayImage::from_fn(200, 160, |x, y| image::Luma([(40 * ((x * step + 2 * y) % 6)) as u8]));
        waves.save(folder.path(name)).unwrap();
    }
    let term = "[[term]]\nkind = \"band\"\nof = \"far\"\nweight = 1.0\nfrom = \"0.3cpp\"\nto = \"0.45cpp\"";
    std::fs::write(folder.path("fine.toml"), format!("crossover = \"6cpi\"\niterations = 30\n{term}")).unwrap();
    let json = folder.run(&["run", "fine.toml", "a.png", "b.png", "-o", "fine.png", "--json"]).succeeds().json();
    let loss = json["losses"]["total"].as_f64().unwrap();
    assert!(loss < 0.1, "{loss}");
}

/// Nobody expects green faces of terms that speak of lightness.
#[test]
fn colours_that_no_term_holds_are_said_to_be_free() {
    let folder = folder();
    let recipe = "[[term]]\nkind = \"details\"\nof = \"near\"\nweight = 4.0";
    std::fs::write(folder.path("luma.toml"), recipe).unwrap();
    let text = folder.run(&["explain", "luma.toml"]).succeeds().text();
    assert!(text.contains("No term holds the colours"), "{text}");
    assert!(!folder.run(&["explain", "recipe.toml"]).succeeds().text().contains("No term holds"));
}
