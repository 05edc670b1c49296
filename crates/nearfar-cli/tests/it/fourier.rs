use super::Folder;

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
