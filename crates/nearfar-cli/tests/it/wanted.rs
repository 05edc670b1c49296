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
    // A mask that is black everywhere removes a term.
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
        "until an iteration lowers it by less than 0.0001 of it, in 30 at most",
    ] {
        assert!(text.contains(words), "{words:?} is not said:\n{text}");
    }
}

#[test]
fn bad_recipes_and_masks_are_refused() {
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
    // A value that depends on the picture's size.
    fails(&RECIPE.replace("0.05cpp", "30cpi"), &[], &["adverse", "48x40", "30cpi"]);
    // Anything impossible for these pictures is explained in terms of the recipe, not of other commands' flags.
    let blind = |recipe: &str, more: &[&str], words: &[&str]| {
        fails(recipe, more, words);
        let run = folder.run(&[&["run", "bad.toml", "near.png", "far.png", "-o", "bad.png"], more].concat());
        for flag in ["--near-weight", "--sigma", "--low", "--far", "--near "] {
            assert!(!run.stderr.contains(flag), "{flag}: {}", run.stderr);
        }
    };
    blind(&RECIPE.replace("\"3px\"", "\"30cpi\""), &[], &["afar 3", "`sigma`"]);
    blind(&RECIPE.replace("\"4px\"", "\"30cpi\""), &[], &["adverse", "`window`"]);
    blind(&format!("crossover = \"40cpi\"\n{RECIPE}"), &[], &["`crossover` is out of reach"]);
    blind(
        &RECIPE.replace("sigma = \"3px\"", "at = \"100km\"").replace("100km", "99999m"),
        &["--dpi", "90000"],
        &["afar 3", "`at`"],
    );
    let missing = RECIPE.replace("mask.png", "missing.png");
    fails(&missing, &[], &["bad.toml: line 36, column 8: the mask of variation 5", "missing.png"]);
    folder.run(&["explain", "bad.toml"]).fails(&["line 36, column 8", "missing.png"]);
    let small = RECIPE.replace("mask.png", "small.png");
    image::GrayImage::new(20, 10).save(folder.path("small.png")).unwrap();
    fails(
        &small,
        &[],
        &["bad.toml: line 36, column 8: variation 5: the mask small.png is 20x10 pixels", "as large as NEAR"],
    );
    fails(&RECIPE.replace("mask.png", "face"), &[], &["no face was found in FAR"]);
    fails(&RECIPE.replace("mask.png", "near.png"), &[], &["line 36", "near.png has colours", "grey"]);
    folder.run(&["explain", "bad.toml"]).fails(&["line 36, column 8: variation 5", "near.png has colours"]);
    fails(RECIPE, &["--near-mask", "small.png"], &["small.png is 20x10 pixels", "as large as NEAR"]);
    fails(&RECIPE.replace("mask.png", "./."), &[], &["line 36, column 8", "no ordinary file", "as a file"]);
    let own = RECIPE.replace("mask = \"calm\"", "");
    let near = own.replace("of = \"near\"", "of = \"near\"\nmask = \"busy\"");
    fails(&near, &["--near-mask", "mask.png"], &["--near-mask mask.png has no effect", "`mask`"]);
    fails(RECIPE, &["--far-mask", "recipe.toml"], &["recipe.toml"]);
    folder.run(&["explain", "missing.toml"]).fails(&["missing.toml", "check the spelling"]);
    folder.run(&["explain", "near.png"]).fails(&["near.png is no text", "a text file"]);
}

/// Coarse levels hold no fine frequencies: a term of only these is minimised at the levels that hold them.
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

/// Programs save grey pictures as colours, with alpha, and with palettes.
#[test]
fn grey_masks_are_grey_however_they_are_saved() {
    let folder = folder();
    let grey = |x: u32| (5 * x) as u8;
    image::RgbImage::from_fn(48, 40, |x, _| image::Rgb([grey(x); 3])).save(folder.path("rgb.png")).unwrap();
    let rgba = image::RgbaImage::from_fn(48, 40, |x, _| image::Rgba([grey(x), grey(x), grey(x), 255]));
    rgba.save(folder.path("rgba.png")).unwrap();
    let made = |mask: &str| {
        std::fs::write(folder.path("mask.toml"), RECIPE.replace("mask.png", mask)).unwrap();
        folder.run(&["run", "mask.toml", "near.png", "far.png", "-o", "out.png", "-f"]).succeeds();
        folder.rgb("out.png")
    };
    let expected = made("mask.png");
    assert!(made("rgb.png") == expected && made("rgba.png") == expected);
}

#[test]
fn objective_from_standard_input_is_explained() {
    let folder = folder();
    let text = folder.run_with(&["explain", "-"], RECIPE.as_bytes()).succeeds().text();
    assert_eq!(text, folder.run(&["explain", "recipe.toml"]).succeeds().text());
}

/// A file that serves as two masks is one file.
#[test]
fn changed_mask_is_named_once() {
    let folder = folder();
    let masked = ["run", "recipe.toml", "near.png", "far.png", "-o", "out.png", "--near-mask", "mask.png"];
    folder.run(&masked).succeeds();
    image::GrayImage::new(48, 40).save(folder.path("mask.png")).unwrap();
    let run = folder.run(&["redo", "out.png"]);
    assert_eq!(run.stderr.matches("mask.png").count(), 1, "{}", run.stderr);
    run.fails(&["changed since out.png was made: mask.png"]);
}

/// Every solver lowers the loss, and each on a path of its own.
#[test]
fn solver_of_an_objective_is_named() {
    let folder = folder();
    let made = |solver: &str| {
        std::fs::write(folder.path("solver.toml"), format!("solver = \"{solver}\"\n{RECIPE}")).unwrap();
        let json = folder
            .run(&["run", "solver.toml", "near.png", "far.png", "-o", "out.png", "-f", "--json"])
            .succeeds()
            .json();
        let said = folder.run(&["explain", "solver.toml"]).succeeds().text();
        assert!(said.contains(&format!("minimised by {solver}, starting from ")), "{said}");
        json["losses"]["total"].as_f64().unwrap()
    };
    let totals = ["lbfgs", "adam", "fista", "momentum", "gradient-descent"].map(made);
    std::fs::write(folder.path("start.toml"), RECIPE.replace("iterations = 30", "iterations = 1")).unwrap();
    let start =
        folder.run(&["run", "start.toml", "near.png", "far.png", "-o", "start.png", "--json"]).succeeds().json();
    let start = start["losses"]["total"].as_f64().unwrap();
    assert!(totals.iter().all(|total| *total < start), "{totals:?}, {start}");
    assert!(totals.windows(2).all(|two| (two[0] - two[1]).abs() > 0.0), "{totals:?}");
}

/// The heaviest terms have their stated weight; for small pictures the error says what these hold.
#[test]
fn bounds_of_recipes_are_true() {
    let folder = folder();
    let terms = "start = \"far\"\n[[term]]\nkind = \"pixels\"\nof = \"near\"\nweight = 1e9\nchannels = \"rgb\"\n\
                 [[term]]\nkind = \"pixels\"\nof = \"far\"\nweight = 1e-9\nchannels = \"rgb\"";
    std::fs::write(folder.path("heavy.toml"), terms).unwrap();
    folder.run(&["run", "heavy.toml", "near.png", "far.png", "-o", "out.png", "--align", "none"]).succeeds();
    let (out, near) = (folder.rgb("out.png"), folder.rgb("near.png"));
    assert!(out.iter().zip(near.iter()).all(|(a, b)| a.abs_diff(*b) <= 1));
    let text = folder.run(&["explain", "heavy.toml"]).succeeds().text();
    assert!(text.lines().all(|line| line.len() < 300), "{text}");

    std::fs::write(folder.path("far-cpi.toml"), RECIPE.replace("0.05cpp", "4000cpi").replace("0.2cpp", "9000cpi"))
        .unwrap();
    let text = folder.run(&["explain", "far-cpi.toml"]).succeeds().text();
    assert!(text.contains("shorter side is at least 8001 pixels"), "{text}");
    for name in ["near.png", "far.png"] {
        image::RgbImage::from_fn(16, 12, |x, y| image::Rgb([(9 * x + 3 * y) as u8; 3]))
            .save(folder.path(name))
            .unwrap();
    }
    std::fs::write(folder.path("small.toml"), format!("crossover = \"11cpi\"\n{}", RECIPE.replace("mask.png", "busy")))
        .unwrap();
    let run = folder.run(&["run", "small.toml", "near.png", "far.png", "-o", "small.png"]);
    run.fails(&["line 1, column 13: `crossover` is out of reach: it is 11cpi", "16x12 pixels holds at most 6cpi"]);
}

/// A mask is an input like the pictures, by whatever name, and what it says is never guessed.
#[test]
fn masks_are_inputs_and_plain_greys() {
    let folder = folder();
    let mask = std::fs::read(folder.path("mask.png")).unwrap();
    for show in [&["-o", "./mask.png"][..], &["-o", "out.png", "--strip", "mask.png"]] {
        let run = folder.run(&[&["run", "recipe.toml", "near.png", "far.png", "-f"], show].concat());
        run.fails(&["mask.png is an input; it is never overwritten"]);
    }
    assert_eq!(std::fs::read(folder.path("mask.png")).unwrap(), mask);
    image::GrayAlphaImage::from_pixel(48, 40, image::LumaA([0, 128])).save(folder.path("alpha.png")).unwrap();
    let run = folder.run(&["run", "recipe.toml", "near.png", "far.png", "-o", "out.png", "--near-mask", "alpha.png"]);
    run.fails(&["alpha.png has transparency", "save it without"]);
    std::fs::write(folder.path("alpha.toml"), RECIPE.replace("mask.png", "alpha.png")).unwrap();
    folder.run(&["explain", "alpha.toml"]).fails(&["alpha.png has transparency", "line "]);
    assert!(!folder.path("out.png").exists());
}

/// The reason why the work ended is also given in words.
#[test]
fn end_of_the_work_is_told() {
    let folder = folder();
    std::fs::write(folder.path("short.toml"), RECIPE.replace("iterations = 30", "iterations = 3")).unwrap();
    let text = folder.run(&["run", "short.toml", "near.png", "far.png", "-o", "out.png"]).succeeds().text();
    assert!(text.contains("evaluations in") && text.contains("all iterations made)"), "{text}");
    // NEAR itself costs nothing, and nothing is lower.
    let term = "start = \"near\"\n[[term]]\nkind = \"pixels\"\nof = \"near\"\nweight = 1.0\nchannels = \"rgb\"";
    std::fs::write(folder.path("still.toml"), term).unwrap();
    let text = folder.run(&["run", "still.toml", "near.png", "far.png", "-o", "still.png"]).succeeds().text();
    assert!(text.contains("(no step lowers it any more)"), "{text}");
}

/// Terms about luma only come with a note, since nobody expects green faces.
#[test]
fn colours_without_a_term_are_reported_as_free() {
    let folder = folder();
    let recipe = "[[term]]\nkind = \"details\"\nof = \"near\"\nweight = 4.0";
    std::fs::write(folder.path("luma.toml"), recipe).unwrap();
    let text = folder.run(&["explain", "luma.toml"]).succeeds().text();
    assert!(text.contains("No term holds the colours"), "{text}");
    assert!(!folder.run(&["explain", "recipe.toml"]).succeeds().text().contains("No term holds"));
}

/// Everything that mixing two pictures offers beside the hybrid, mixing by an objective offers too.
#[test]
fn hybrid_by_an_objective_is_planned_and_shown() {
    let folder = folder();
    const RUN: [&str; 6] = ["run", "recipe.toml", "near.png", "far.png", "-o", "out.png"];
    let before = folder.files();
    let json = folder.run(&[&RUN[..], &["--dry-run", "--json", "--width", "24"]].concat()).succeeds().json();
    assert_eq!((&json["dry_run"], &json["width"], &json["method"]), (&true.into(), &24.into(), &"objective".into()));
    assert!(json["crossover"].as_f64().unwrap() > 0.0);
    folder.run(&[&RUN[..], &["--dry-run", "--far-mask", "near.png"]].concat()).fails(&["near.png has colours"]);
    assert_eq!(folder.files(), before);
    let shows = ["--strip", "strip.png", "--animate", "walk.gif", "--report", "page.html", "--width", "30", "-v"];
    let run = folder.run(&[&RUN[..], &shows].concat()).succeeds();
    for line in ["1. details 1: differences between", "change places at"] {
        assert!(run.stderr.contains(line), "{line:?} is not said:\n{}", run.stderr);
    }
    assert_eq!(folder.rgb("out.png").dimensions(), (30, 25));
    let page = std::fs::read_to_string(folder.path("page.html")).unwrap();
    assert!(page.contains("an objective of its own") && page.contains("kind = &quot;unlike&quot;"));
    assert!(folder.path("strip.png").exists() && folder.path("walk.gif").exists());
    folder.run(&[&RUN[..], &["-f", "--strip", "out.png"]].concat()).fails(&["out.png would be written twice"]);
    folder.run(&[&RUN[..], &["-f", "--width", "49"]].concat()).fails(&["48 pixels wide", "--width"]);
}
