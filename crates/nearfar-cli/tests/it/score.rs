use super::Folder;

/// The hybrid's file says what it was made of.
#[test]
fn recipe_leads_to_the_pictures() {
    let folder = Folder::new();
    folder.run(&["fourier", "near.png", "far.png", "-o", "h.png", "--low", "4cpi"]).succeeds();
    let said = folder.run(&["score", "h.png", "near.png", "far.png", "--json"]).succeeds().json();
    assert_eq!(folder.run(&["score", "h.png", "--json"]).succeeds().json(), said);
    folder.run(&["score", "near.png"]).fails(&["near.png does not lead", "nearfar score HYBRID NEAR FAR"]);
}

#[test]
fn near_picture_scores_as_itself() {
    let folder = Folder::new();
    let json = folder.run(&["score", "near.png", "near.png", "far.png", "--json"]).succeeds().json();
    let number = |name: &str| json[name].as_f64().unwrap_or_else(|| panic!("no {name} in {json}"));
    assert!((number("near_fidelity") - 1.0).abs() < 1e-6 && number("near_leakage") < 0.9, "{json}");
    assert!((json["viewing"]["near_ppd"].as_f64().unwrap() - 39.6).abs() < 0.05, "{json}");
}

#[test]
fn table_names_both_views_and_what_is_better() {
    let folder = Folder::new();
    let flags = ["--near", "50cm", "--far", "2m", "--dpi", "100"];
    let text = folder.run(&[&["score", "far.png", "near.png", "far.png"], &flags[..]].concat()).succeeds().text();
    for word in ["50 cm (34 ppd)", "2.0 m (137 ppd)", "near fidelity", "far leakage", "larger is better"] {
        assert!(text.contains(word), "{word:?} is not in\n{text}");
    }
}

#[test]
fn picture_that_is_seen_is_named() {
    let folder = Folder::new();
    let score = |hybrid: &str| {
        let command = ["score", hybrid, "near.png", "far.png"];
        let json = folder.run(&[&command[..], &["--json"]].concat()).succeeds().json();
        (folder.run(&command).succeeds().text(), json["percept"].clone())
    };
    for (hybrid, name, sign) in [("near.png", "NEAR", 1.0), ("far.png", "FAR", -1.0)] {
        let (text, percept) = score(hybrid);
        assert!(text.contains(&format!("{name} is seen from 60 cm")), "{text}");
        assert!(text.contains(&format!("{name} outweighs")) && text.contains("all the way"), "{text}");
        assert!(sign * percept["near"].as_f64().unwrap() > 0.9 && sign * percept["far"].as_f64().unwrap() > 0.9);
        assert!(percept["switch_centimetres"].is_null() && percept["width_octaves"].is_null(), "{percept}");
    }
    let mix = ["fourier", "near.png", "far.png", "-o", "hybrid.png", "--low", "4cpi", "--json"];
    let far = folder.run(&mix).succeeds().json()["percept"]["far_centimetres"].clone();
    let (text, percept) = score("hybrid.png");
    let widths = percept["switch_picture_widths"].as_f64().unwrap_or_else(|| panic!("{percept}\n{text}"));
    let said = if widths < 9.95 { format!("{widths:.1}") } else { format!("{widths:.0}") };
    assert!(text.contains("FAR takes over from") && text.contains(&format!("({said} picture widths)")), "{text}");
    // The distance that the hybrid's own recipe is for.
    assert!((percept["far_centimetres"].as_f64().unwrap() / far.as_f64().unwrap() - 1.0).abs() < 1e-9, "{percept}");
    // 48 pixels at 96 per inch are 1.27 cm.
    assert!((percept["switch_centimetres"].as_f64().unwrap() / (1.27 * widths) - 1.0).abs() < 1e-6, "{percept}");
}

#[test]
fn views_that_make_no_sense_are_refused() {
    let folder = Folder::new();
    let score = |flags: &[&str]| folder.run(&[&["score", "near.png", "near.png", "far.png"], flags].concat());
    score(&["--near", "3m", "--far", "60cm"]).fails(&["not nearer"]);
    score(&["--far", "30cm"]).fails(&["--far 30cm is not beyond 60cm"]);
    score(&["--near", "90m"]).fails(&["--near 90m is not nearer than ", "from where FAR of this hybrid is seen"]);
    score(&["--far", "90000m"]).fails(&["pixels per degree"]);
}

#[test]
fn hybrid_of_another_size_is_refused() {
    let folder = Folder::new();
    super::near(20, 10).save(folder.path("small.png")).unwrap();
    folder.run(&["score", "small.png", "near.png", "far.png"]).fails(&["20x10", "48x40", "--align"]);
}

#[test]
fn geometry_goes_either_way() {
    let folder = Folder::empty();
    let geometry = |flags: &[&str]| folder.run(&[&["geometry", "--json"], flags].concat()).succeeds().json();
    let json = geometry(&["--sigma", "3", "--size", "640x512"]);
    assert!((json["centimetres"].as_f64().unwrap() - 294.7).abs() < 0.1, "{json}");
    assert!((json["cycles_per_image"].as_f64().unwrap() - 31.98).abs() < 0.01, "{json}");
    for back in [["--far", "294.7cm"], ["--ppd", "194.43"]] {
        let json = geometry(&back);
        assert!((json["sigma_pixels"].as_f64().unwrap() - 3.0).abs() < 1e-3, "{json}");
    }
    folder.run(&["geometry", "--sigma", "-3"]).fails(&["a blur of -3.0 pixels by the eye"]);
}

#[test]
fn distance_stands_for_sigma() {
    let folder = Folder::new();
    let mix = |flags: &[&str]| {
        folder.run(&[flags, &["near.png", "far.png", "-o", "-", "--no-recipe"]].concat()).succeeds().stdout
    };
    let sigma = 0.01543 * 2.0 * 0.5f64.to_radians().tan() * 200.0 * 96.0 / 2.54;
    // An eye sees FAR from where it leaves half, 0.18739 / sigma, at the crossover divided by sqrt 2. The default weights
    // have their crossover where exp(-q) = 0.3 q, q = (2 pi f sigma)^2: at 0.167267 / sigma of their own blur.
    let crossover = 2f64.sqrt() * 0.187_390_625 / sigma;
    let own = format!("{:.6}", 0.167_267 / crossover);
    let [distance, blur] = [["--far", "2m"], ["--sigma", &own]]
        .map(|flags| mix(&[&["descent", "--tolerance", "1e-6"], &flags[..]].concat()));
    assert_alike(&distance, &blur);
    let [distance, blur] =
        [["--far", "2m"], ["--low", &format!("{crossover}cpp")]].map(|flags| mix(&[&["fourier"], &flags[..]].concat()));
    assert_alike(&distance, &blur);
}

/// No sample of two PNGs differs by more than a code.
fn assert_alike(a: &[u8], b: &[u8]) {
    let [a, b] = [a, b].map(|bytes| image::load_from_memory(bytes).unwrap().to_rgb8());
    let worst = a.as_raw().iter().zip(b.as_raw()).map(|(a, b)| a.abs_diff(*b)).max().unwrap();
    assert!(worst <= 1, "a sample differs by {worst}");
}
