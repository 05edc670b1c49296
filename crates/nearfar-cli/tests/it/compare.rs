use std::fs;

use super::{Folder, report::assert_self_contained};

#[test]
fn folder_holds_pictures_plot_and_scores() {
    let folder = Folder::new();
    let run = folder.run(&["compare", "near.png", "far.png", "-o", "out", "--sweep", "3"]).succeeds();
    assert!(run.text().contains("| p up close | larger |"), "{}", run.text());
    let takeover = run.text().lines().find(|line| line.starts_with("| FAR takes over from")).unwrap().to_owned();
    assert!(takeover.matches("picture widths").count() + takeover.matches("nowhere").count() == 2, "{takeover}");
    for (name, size) in [("descent.png", (48, 40)), ("fourier.png", (48, 40)), ("fourier-from-afar.png", (28, 23))] {
        assert_eq!(folder.rgb(&format!("out/{name}")).dimensions(), size, "{name}");
    }
    let text = |name: &str| fs::read_to_string(folder.path("out").join(name)).unwrap();
    assert_eq!(text("scores.csv").lines().count(), 1 + 2 * 3);
    assert!(text("front.svg").ends_with("</svg>\n"));
    let json: serde_json::Value = serde_json::from_str(&text("scores.json")).unwrap();
    assert_eq!(json["sweeps"][1]["samples"].as_array().unwrap().len(), 3);
}

#[test]
fn earlier_comparison_is_kept_unless_forced() {
    let folder = Folder::new();
    fs::create_dir(folder.path("out")).unwrap();
    fs::write(folder.path("out/summary.md"), "mine").unwrap();
    let compare = ["compare", "near.png", "far.png", "-o", "out", "--sweep", "2"];
    folder.run(&compare).fails(&["summary.md", "--force"]);
    folder.run(&[&compare[..], &["--force"]].concat()).succeeds();
}

#[test]
fn invalid_settings_are_refused() {
    let folder = Folder::new();
    let compare = |flags: &[&str]| folder.run(&[&["compare", "near.png", "far.png", "-o", "out"], flags].concat());
    compare(&["--sweep", "1"]).fails(&["1 crossovers", "--sweep"]);
    compare(&["--p-far", "-1.5"]).fails(&["--p-far"]);
}

#[test]
fn page_and_plots_are_written_beside() {
    let folder = Folder::new();
    let command = ["compare", "near.png", "far.png", "-o", "out", "--sweep", "2", "--report", "page.html"];
    folder.run(&command).succeeds();
    let page = fs::read_to_string(folder.path("page.html")).unwrap();
    for part in ["near.png and far.png", "Hybrid by descent", "<svg", "p up close", "data:image/png;base64,"] {
        assert!(page.contains(part), "{part}");
    }
    assert_self_contained(&page);
    // One slider walks away from both hybrids and their sources, and knows the percepts of the hybrids.
    assert_eq!(page.matches("id=\"distance\"").count(), 1);
    assert_eq!(page.matches("class=\"screen\"").count(), 4);
    assert_eq!(page.matches("&quot;name&quot;:&quot;FAR&quot;").count(), 2);
    assert_eq!(page.matches("id=\"checked\"").count(), 1);
    let plot = folder.rgb("out/front.png");
    assert!(plot.width() > 1000 && plot.pixels().any(|pixel| pixel.0 == [0, 0x72, 0xb2]), "descent's colour");
    // An existing page is safe: it prevents anything from being written.
    let again = ["compare", "near.png", "far.png", "-o", "other", "--sweep", "2", "--report", "page.html"];
    folder.run(&again).fails(&["page.html", "--force"]);
    assert!(!folder.path("other").exists());
}
