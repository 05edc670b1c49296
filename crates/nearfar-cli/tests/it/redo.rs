use std::fs;

use super::Folder;

#[test]
fn other_bytes_and_other_versions_are_noted() {
    let folder = Folder::new();
    folder.run(&["mix", "near.png", "far.png", "-o", "out.jpg"]).succeeds();
    let same = folder.run(&["redo", "out.jpg"]).succeeds();
    assert!(!same.stderr.contains("bytes"), "{}", same.stderr);
    // A byte after the picture, which some programs append.
    let mut bytes = fs::read(folder.path("out.jpg")).unwrap();
    bytes.push(b'\n');
    fs::write(folder.path("longer.jpg"), &bytes).unwrap();
    let longer = folder.run(&["redo", "longer.jpg"]).succeeds();
    assert!(longer.stderr.contains("the bytes differ"), "{}", longer.stderr);
    // In another format, different bytes are expected.
    let other = folder.run(&["redo", "longer.jpg", "-o", "other.png"]).succeeds();
    assert!(!other.stderr.contains("bytes"), "{}", other.stderr);
    let version = env!("CARGO_PKG_VERSION").as_bytes();
    let place = bytes.windows(version.len()).position(|window| window == version).unwrap();
    bytes[place] = b'9';
    fs::write(folder.path("older.jpg"), &bytes).unwrap();
    let older = folder.run(&["redo", "older.jpg"]).succeeds();
    assert!(older.stderr.contains("note: made by nearfar 9"), "{}", older.stderr);
}

/// The pictures were in a folder beside that of the hybrid; other files with the same names are in the current folder.
#[test]
fn pictures_are_found_from_another_folder() {
    let (home, elsewhere) = (Folder::new(), Folder::empty());
    for (folder, near) in [(&home, home.path("near.png")), (&elsewhere, home.path("far.png"))] {
        for name in ["pictures", "hybrids"] {
            fs::create_dir(folder.path(name)).unwrap();
        }
        fs::copy(near, folder.path("pictures/near.png")).unwrap();
    }
    fs::copy(home.path("far.png"), home.path("pictures/far.png")).unwrap();
    let made = ["fourier", "pictures/near.png", "pictures/far.png", "-o", "hybrids/out.png", "--low", "4cpi"];
    home.run(&made).succeeds();
    let path = home.path("hybrids/out.png");
    let hybrid = path.to_str().unwrap();
    elsewhere.run(&["redo", hybrid, "-o", "again.png"]).succeeds();
    assert!(fs::read(elsewhere.path("again.png")).unwrap() == fs::read(hybrid).unwrap());
    let seen = elsewhere.run(&["view", hybrid, "-o", "strip.png"]).succeeds();
    assert!(seen.stderr.is_empty(), "{}", seen.stderr);
    // A file that is gone is not where it was, whatever else has its name.
    fs::remove_dir_all(home.path("pictures")).unwrap();
    Folder::empty().run(&["redo", hybrid, "-o", "again.png"]).fails(&["pictures/near.png", "--near"]);
}

const OBJECTIVE: &str = r#"
# A comment, which is part of the recipe.
iterations = 20

[[term]]
kind = "details"
of = "near"
weight = 4.0
edges = true

[[term]]
kind = "afar"
of = "far-share"
weight = 1.0
at = "1.1m"

[[term]]
kind = "variation"
weight = 0.01
mask = "masks/own.png"
"#;

/// A folder with an objective and its masks, two of which have the same name.
fn with_objective() -> Folder {
    let folder = Folder::new();
    fs::create_dir_all(folder.path("there/masks")).unwrap();
    fs::write(folder.path("there/recipe.toml"), OBJECTIVE).unwrap();
    let mask = |step: u32| image::GrayImage::from_fn(48, 40, |x, _| image::Luma([(step * x) as u8]));
    mask(5).save(folder.path("there/masks/own.png")).unwrap();
    fs::create_dir(folder.path("masks")).unwrap();
    mask(2).save(folder.path("masks/own.png")).unwrap();
    folder
}

const RUN: [&str; 8] =
    ["run", "there/recipe.toml", "near.png", "far.png", "--near-mask", "masks/own.png", "--print-width", "110mm"];

#[test]
fn hybrids_by_an_objective_are_made_again() {
    let folder = with_objective();
    for (out, more) in [("out.png", &["--align", "none"][..]), ("out.webp", &["--width", "30", "--keep", "xmp"])] {
        folder.run(&[&RUN[..], &["-o", out], more].concat()).succeeds();
        let again = format!("again-{out}");
        folder.run(&["redo", out, "-o", &again]).succeeds();
        assert!(fs::read(folder.path(out)).unwrap() == fs::read(folder.path(&again)).unwrap(), "{out}");
    }
    folder.run(&[&RUN[..], &["-o", "bare.png", "--no-recipe"]].concat()).succeeds();
    folder.run(&["redo", "bare.png"]).fails(&["no recipe"]);
    // The masks are two files with one name, distinguished by their folders.
    fs::rename(folder.path("there"), folder.path("elsewhere")).unwrap();
    folder.run(&["redo", "out.png"]).fails(&["the mask, there/masks/own.png, is not where it was", "--moved"]);
    let moved = ["redo", "out.png", "--moved", "there/masks/own.png=elsewhere/masks/own.png"];
    folder.run(&moved).succeeds();
    assert!(fs::read(folder.path("out.png")).unwrap() == fs::read(folder.path("out-redo.png")).unwrap());
    let wrong = ["redo", "out.png", "-f", "--moved", "there/masks/own.png=masks/own.png"];
    folder.run(&wrong).fails(&["changed since", "masks/own.png"]);
    folder.run(&[&moved[..], &["-f", "--start", "near.png"]].concat()).fails(&["no start picture"]);
    folder.run(&[&moved[..], &["-f", "--moved", "no.png=near.png"]].concat()).fails(&["no file called no.png"]);
}

#[test]
fn hybrids_of_layers_are_made_again() {
    let folder = Folder::new();
    super::far(90, 50).save(folder.path("wide.png")).unwrap();
    let font = super::repository("crates/nearfar/fonts/roboto-black.ttf");
    fs::copy(font, folder.path("font.ttf")).unwrap();
    const LAYERS: [&str; 9] =
        ["layers", "--at", "110cm=near.png", "--at", "40cm=wide.png", "--at", "8m=text:A=B\\nC", "--font", "font.ttf"];
    for (out, more) in
        [("out.png", &["--print-width", "30cm"][..]), ("out.jpg", &["--method", "fourier", "--width", "40"])]
    {
        folder.run(&[&LAYERS[..], &["-o", out], more].concat()).succeeds();
        let again = format!("again-{out}");
        folder.run(&["redo", out, "-o", &again]).succeeds();
        assert!(fs::read(folder.path(out)).unwrap() == fs::read(folder.path(&again)).unwrap(), "{out}");
    }
    fs::rename(folder.path("font.ttf"), folder.path("other.ttf")).unwrap();
    folder.run(&["redo", "out.png"]).fails(&["the font, font.ttf, is not where it was", "--moved"]);
    folder.run(&["redo", "out.png", "--near", "near.png"]).fails(&["no near picture"]);
    folder.run(&["redo", "out.png", "--moved", "font.ttf=other.ttf"]).succeeds();
    fs::write(folder.path("wide.png"), "no picture at all").unwrap();
    folder.run(&["redo", "out.png", "-f", "--moved", "font.ttf=other.ttf"]).fails(&["changed since", "wide.png"]);
}

/// Commands that show a hybrid find its pictures, however many there are.
#[test]
fn hybrids_of_every_kind_are_looked_at() {
    let folder = with_objective();
    folder.run(&[&RUN[..], &["-o", "own.png"]].concat()).succeeds();
    folder.run(&["layers", "--at", "40cm=near.png", "--at", "8m=text:GO", "-o", "layers.png"]).succeeds();
    folder.run(&["report", "own.png", "-o", "own.html"]).succeeds();
    assert!(fs::read_to_string(folder.path("own.html")).unwrap().contains("near.png, SHA-256"));
    folder.run(&["view", "layers.png", "-o", "strip.png"]).succeeds();
    folder.run(&["report", "layers.png", "-o", "layers.html"]).succeeds();
}

/// Replaces words in the recipe of `out.jpg` by others of the same length.
fn forge(folder: &Folder, old: &str, new: &str) {
    let mut bytes = fs::read(folder.path("out.jpg")).unwrap();
    let place = bytes.windows(old.len()).position(|window| window == old.as_bytes()).unwrap();
    bytes[place..place + old.len()].copy_from_slice(new.as_bytes());
    fs::write(folder.path("out.jpg"), bytes).unwrap();
}

/// Before any picture is read.
#[test]
fn recipes_that_would_run_for_ever_are_refused() {
    let folder = Folder::new();
    folder.run(&["mix", "near.png", "far.png", "-o", "out.jpg", "--steps", "100000"]).succeeds();
    forge(&folder, "100000", "900000");
    let why = ["the recipe in out.jpg cannot be read", "900000 iterations were asked for; it must be from 1 to 100000"];
    folder.run(&["redo", "out.jpg"]).fails(&why);
}

/// Files that the kernel generates while they are read have no length, and may never end.
#[cfg(target_os = "linux")]
#[test]
fn files_without_a_length_are_not_opened_for_a_stranger() {
    let (folder, name) = (Folder::new(), "/proc/version");
    fs::rename(folder.path("near.png"), folder.path("near_file.png")).unwrap();
    folder.run(&["mix", "near_file.png", "far.png", "-o", "out.jpg"]).succeeds();
    forge(&folder, "near_file.png", name);
    folder.run(&["redo", "out.jpg"]).fails(&["the near picture, /proc/version, is not where it was"]);
}
