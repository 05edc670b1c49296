use super::{Folder, repository};

#[test]
fn json_says_what_was_done() {
    let folder = Folder::new();
    let run = folder.run(&["fourier", "near.png", "far.png", "-o", "out.png", "--json", "--low", "4cpi"]).succeeds();
    let json = run.json();
    assert_eq!(json["method"], "fourier");
    assert_eq!((&json["width"], &json["height"]), (&48.into(), &40.into()));
    for name in ["clipped_share", "clipping_energy_lost"] {
        assert!((0.0..=1.0).contains(&json[name].as_f64().unwrap()), "{json}");
    }
    assert!(json["seconds"]["solve"].as_f64().unwrap() >= 0.0);
    assert_eq!(folder.rgb("out.png").dimensions(), (48, 40));
}

#[test]
fn picture_mixed_with_itself_stays_what_it_is() {
    let folder = Folder::new();
    folder.run(&["fourier", "near.png", "near.png", "-o", "out.png", "--classic"]).succeeds();
    assert!(folder.rgb("out.png") == folder.rgb("near.png"), "another picture");
}

#[test]
fn responses_differ() {
    let folder = Folder::new();
    let mut seen = Vec::new();
    for response in ["gaussian", "butterworth", "ideal", "wiener"] {
        let run = folder.run(&["fourier", "near.png", "far.png", "-o", "-", "--response", response]).succeeds();
        assert!(!seen.contains(&run.stdout), "{response}");
        seen.push(run.stdout);
    }
}

#[test]
fn flags_without_effect_are_refused() {
    let folder = Folder::new();
    let fails = |flags: &[&str], word: &str| {
        folder.run(&[&["fourier", "near.png", "far.png", "-o", "out.png"], flags].concat()).fails(&[word]);
    };
    fails(&["--order", "3"], "--order");
    fails(&["--weights", "0.1", "1"], "--weights");
    fails(&["--sigma", "3"], "--sigma");
    fails(&["--response", "wiener", "--low", "8cpi"], "--low");
    fails(&["--edges", "crop", "--align", "none"], "--edges");
    fails(&["--points", "near=1,1", "far=2,2", "near=20,20", "far=25,25", "--align", "center"], "--align");
    fails(&["--quality", "80"], "--quality");
    assert_eq!(folder.files(), ["far.png", "near.png"]);
}

#[test]
fn far_is_not_said_to_be_best_from_where_it_is_not_seen_yet() {
    let folder = Folder::empty();
    let [near, far] = ["near", "far"].map(|which| repository(&format!("imgs/aligned/brick-hopper-{which}.jpg")));
    let pair = [near.to_str().unwrap(), far.to_str().unwrap(), "-o", "out.png"];
    let run = folder.run(&[&["fourier"], &pair[..], &["--low", "3px", "--near-gain", "4"]].concat()).succeeds();
    let said = run.stderr.lines().find(|line| line.starts_with("walking away")).unwrap();
    assert!(said.contains(" on, beyond the 4.2 m that it is made for, ") && !said.contains("best"), "{said}");
}

/// If a cutoff is too high for the pixels, the proposed one is valid.
#[test]
fn cutoff_beyond_pixels_is_told_with_one_within() {
    let folder = Folder::new();
    for name in ["near.png", "far.png"] {
        image::GrayImage::from_fn(16, 12, |x, y| image::Luma([(9 * x + 3 * y) as u8])).save(folder.path(name)).unwrap();
    }
    let mixed = |low: &str| folder.run(&["fourier", "near.png", "far.png", "-o", "out.png", "--low", low]);
    mixed("24cpi").fails(&["2 cycles per pixel", "such as 0.1cpp"]);
    mixed("0.1cpp").succeeds();
}
