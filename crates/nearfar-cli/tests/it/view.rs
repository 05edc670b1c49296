use std::fs;

use image::{AnimationDecoder, RgbImage, codecs::png::PngDecoder};

use super::Folder;

/// A folder with a hybrid of its pictures.
fn mixed() -> Folder {
    let folder = Folder::new();
    folder.run(&["fourier", "near.png", "far.png", "-o", "hybrid.png", "--low", "4cpi"]).succeeds();
    folder
}

#[test]
fn strip_is_written_beside_under_a_free_name() {
    let folder = mixed();
    let text = folder.run(&["view", "hybrid.png"]).succeeds().text();
    assert!(text.starts_with("hybrid-strip.png\nFAR takes over from"), "{text}");
    let strip = folder.rgb("hybrid-strip.png");
    // The hybrid, a copy of half its size, and grey around them.
    assert!(strip.width() > 48 + 24 && strip.height() > 40, "{}x{}", strip.width(), strip.height());
    folder.run(&["view", "hybrid.png"]).succeeds();
    assert!(folder.files().contains(&"hybrid-strip-2.png".to_owned()), "{:?}", folder.files());
}

#[test]
fn view_and_score_say_the_same_switch() {
    let folder = mixed();
    let view = folder.run(&["view", "hybrid.png", "-o", "strip.png", "--json"]).succeeds().json();
    let score = folder.run(&["score", "hybrid.png", "near.png", "far.png", "--json"]).succeeds().json();
    for name in ["switch_centimetres", "switch_picture_widths"] {
        let (view, score) = (view[name].as_f64().unwrap(), score["percept"][name].as_f64().unwrap());
        assert!((view / score - 1.0).abs() < 1e-3, "{name}: {view} and {score}");
    }
    let stations = view["stations"].as_array().unwrap();
    assert_eq!(stations.len(), 2, "{view}");
    assert!((stations[1]["centimetres"].as_f64().unwrap() - 120.0).abs() < 1e-9, "{view}");
    // From further away less of NEAR is seen.
    assert!(stations[0]["p"].as_f64() > stations[1]["p"].as_f64(), "{view}");
}

#[test]
fn without_its_pictures_a_hybrid_is_seen_by_its_recipe() {
    let folder = mixed();
    fs::remove_file(folder.path("far.png")).unwrap();
    let run = folder.run(&["view", "hybrid.png", "-o", "strip.png"]).succeeds();
    assert!(run.stderr.contains("are not found by the names in the recipe, or have changed"), "{}", run.stderr);
    assert!(run.text().contains("Made to show FAR from"), "{}", run.text());
    // And without a recipe, on its own.
    let run = folder.run(&["view", "near.png", "-o", "near-strip.png"]).succeeds();
    assert!(run.stderr.contains("near.png holds no recipe; say what it was made of"), "{}", run.stderr);
    let text = run.text();
    assert!(!text.contains("FAR") && text.contains("Distances hold at 96 pixels per inch"), "{text}");
}

#[test]
fn a_damaged_recipe_is_named() {
    let folder = mixed();
    // A JPEG has no checksum to mend.
    folder.run(&["redo", "hybrid.png", "-o", "hybrid.jpg"]).succeeds();
    let mut bytes = fs::read(folder.path("hybrid.jpg")).unwrap();
    let place = bytes.windows(7).position(|window| window == b"\"near\":").unwrap();
    bytes[place + 1..place + 5].copy_from_slice(b"naer");
    fs::write(folder.path("damaged.jpg"), bytes).unwrap();
    let why = ["the recipe in damaged.jpg cannot be read", "did you mean `near`?"];
    let run = folder.run(&["view", "damaged.jpg", "-o", "strip.png"]).succeeds();
    assert!(why.iter().all(|words| run.stderr.contains(words)), "{}", run.stderr);
    for command in [&["score", "damaged.jpg"][..], &["report", "damaged.jpg", "-o", "page.html"]] {
        folder.run(command).fails(&[why[0], why[1], "HYBRID NEAR FAR"]);
    }
    folder.run(&["score", "damaged.jpg", "near.png", "far.png"]).succeeds();
}

/// Scores of other pictures would be taken for the hybrid's.
#[test]
fn pictures_that_the_hybrid_was_not_made_of_are_named() {
    let folder = mixed();
    let noted = |near: &str, far: &str| {
        let run = folder.run(&["score", "hybrid.png", near, far]).succeeds();
        run.stderr.lines().filter(|line| line.contains("its digest is another")).map(str::to_owned).collect::<Vec<_>>()
    };
    fs::copy(folder.path("near.png"), folder.path("moved.png")).unwrap();
    assert_eq!(noted("moved.png", "far.png"), [""; 0]);
    let swapped = noted("far.png", "moved.png");
    assert!(swapped.len() == 2 && swapped[1].contains("moved.png is not the FAR") && swapped[1].contains("(far.png)"));
}

#[test]
fn pictures_can_be_given() {
    let folder = Folder::new();
    let run = folder.run(&["view", "near.png", "near.png", "far.png", "-o", "strip.png"]).succeeds();
    assert!(run.text().contains("NEAR is seen from everywhere"), "{}", run.text());
    super::near(20, 10).save(folder.path("small.png")).unwrap();
    folder.run(&["view", "small.png", "near.png", "far.png", "-o", "x.png"]).fails(&["20x10", "48x40"]);
    assert!(!folder.path("x.png").exists());
}

#[test]
fn walk_is_a_film_of_png_gif_or_webp() {
    let folder = mixed();
    folder.run(&["view", "hybrid.png", "--animate", "walk.png"]).succeeds();
    let film = PngDecoder::new(std::io::Cursor::new(fs::read(folder.path("walk.png")).unwrap())).unwrap();
    let frames = film.apng().unwrap().into_frames().collect_frames().unwrap();
    assert_eq!(frames.len(), 58);
    let [first, last] = [0, 29].map(|i| frames[i].buffer().get_pixel(80, 3).0);
    // Where the picture is at the end, there is grey at the beginning.
    assert_eq!(first[..3], [0xec; 3]);
    assert_ne!(first, last);
    folder.run(&["view", "hybrid.png", "--animate", "walk.gif", "--simulate"]).succeeds();
    assert!(fs::read(folder.path("walk.gif")).unwrap().starts_with(b"GIF89a"));
    folder.run(&["view", "hybrid.png", "--animate", "walk.webp"]).succeeds();
    assert_eq!(fs::read(folder.path("walk.webp")).unwrap()[8..16], *b"WEBPVP8X");
    for name in ["walk.tiff", "walk.jpg", "walk"] {
        folder.run(&["view", "hybrid.png", "--animate", name]).fails(&[
            name,
            "PNG, GIF or WebP",
            ".png, .gif or .webp",
        ]);
    }
}

#[test]
fn simulation_is_as_large_as_the_hybrid_each_time() {
    let folder = mixed();
    folder.run(&["view", "hybrid.png", "--simulate", "-o", "afar.png"]).succeeds();
    let page = folder.rgb("afar.png");
    assert!(page.width() >= 2 * 48 && page.height() > 40, "{}x{}", page.width(), page.height());
}

#[test]
fn terminal_shows_colours_in_every_way() {
    let folder = mixed();
    for (way, start) in [("kitty", "\x1b_G"), ("iterm2", "\x1b]1337"), ("sixel", "\x1bP"), ("blocks", "\x1b[38;2;")] {
        let text = folder.run(&["view", "hybrid.png", &format!("--terminal={way}")]).succeeds().text();
        assert!(text.starts_with(start), "{way}: {:?}", &text[..40]);
        assert!(text.contains("FAR takes over"), "{way}");
        let told = |place: &str| text.lines().any(|line| line.contains(place));
        assert!(told("60 cm (47 picture widths): ") && told("1.2 m (94 picture widths): "), "{way}");
    }
    // 720 pixels fit into 80 columns: larger hybrids look as from further away.
    let wide = RgbImage::from_fn(1440, 900, |x, y| image::Rgb([(x / 8 % 256) as u8, (y / 4 % 256) as u8, 99]));
    wide.save(folder.path("wide.png")).unwrap();
    let text = folder.run(&["view", "wide.png", "--terminal=blocks"]).succeeds().text();
    assert!(text.contains("1.2 m (3.1 picture widths)\n") && !text.contains("60 cm ("));
    assert_eq!(text.lines().next().unwrap().matches('\u{2580}').count(), 80);
}

#[test]
fn view_loses_no_file() {
    let folder = mixed();
    let before = fs::read(folder.path("hybrid.png")).unwrap();
    folder.run(&["view", "hybrid.png", "-o", "hybrid.png", "--force"]).fails(&["input"]);
    folder.run(&["view", "hybrid.png", "-o", "near.png"]).fails(&["exists already", "--force"]);
    folder.run(&["view", "hybrid.png", "--animate", "near.png"]).fails(&["exists already"]);
    folder.run(&["view", "hybrid.png", "-o", "-", "--animate", "-"]).fails(&["standard output"]);
    assert_eq!(fs::read(folder.path("hybrid.png")).unwrap(), before);
}

/// The file says on which surface the hybrid is to be seen: every command gives the same distance for it, and other programs
/// find the same pixel density.
#[test]
fn density_goes_with_the_file() {
    let folder = Folder::new();
    let mix = ["fourier", "near.png", "far.png", "--low", "4cpi", "-o", "print.png", "--print-width", "60cm", "--json"];
    let made = folder.run(&mix).succeeds().json();
    let bytes = fs::read(folder.path("print.png")).unwrap();
    let at = bytes.windows(4).position(|part| part == b"pHYs").expect("a density");
    let per_metre = u32::from_be_bytes(bytes[at + 4..at + 8].try_into().unwrap());
    let width = f64::from(folder.rgb("print.png").width());
    assert!((f64::from(per_metre) * 0.6 - width).abs() < 0.5, "{per_metre} pixels per metre, {width} pixels");

    let switch = |json: &serde_json::Value| json["switch_centimetres"].as_f64().unwrap();
    // The mixed picture was judged before its codes were rounded.
    let mixed = switch(&made["percept"]);
    let score = folder.run(&["score", "print.png", "near.png", "far.png", "--json"]).succeeds().json();
    let wanted = switch(&score["percept"]);
    assert!((mixed / wanted - 1.0).abs() < 5e-3, "{mixed} {wanted}");
    let view = |more: &[&str]| {
        let view = [&["view", "print.png", "-o", "strip.png", "-f", "--json"], more].concat();
        switch(&folder.run(&view).succeeds().json())
    };
    assert!((view(&[]) / wanted - 1.0).abs() < 1e-3, "{wanted}");
    // A given value wins, even if it is the default.
    let denser = 96.0 * 60.0 / (2.54 * width);
    assert!((view(&["--dpi", "96"]) * denser / wanted - 1.0).abs() < 1e-3, "{wanted}");

    folder.run(&["redo", "print.png", "-o", "again.png"]).succeeds();
    assert!(fs::read(folder.path("again.png")).unwrap() == bytes);
}

/// Without a recipe only the maker of a hybrid knows how its pictures were fitted.
#[test]
fn hybrids_without_a_recipe_are_seen_as_they_are_said_to_be_fitted() {
    let folder = Folder::new();
    super::far(30, 40).save(folder.path("slim.png")).unwrap();
    let mix = ["fourier", "near.png", "slim.png", "-o", "hybrid.png", "--align", "crop", "--no-recipe"];
    folder.run(&mix).succeeds();
    for command in ["view", "report"] {
        let words = [command, "hybrid.png", "near.png", "slim.png"];
        folder.run(&words).fails(&["30x40", "fix: look at the hybrid beside", "--align and --edges"]);
        folder.run(&[&words[..], &["--align", "crop"]].concat()).succeeds();
        folder.run(&[&words[..], &["--align", "crop", "--edges", "crop"]].concat()).fails(&["--edges"]);
        folder.run(&[command, "hybrid.png", "--align", "crop"]).fails(&["no effect without", "HYBRID NEAR FAR"]);
    }
}
