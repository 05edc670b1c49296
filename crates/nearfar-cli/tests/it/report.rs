use std::fs;

use super::Folder;

/// The page must neither load nor send anything.
pub(super) fn assert_self_contained(page: &str) {
    assert!(page.starts_with("<!doctype html>") && page.contains("default-src 'none'"));
    for word in ["http://", "https://", "src=\"//", "@import", "url("] {
        assert!(!page.contains(word), "{word} is in the page");
    }
    // But for the pictures, whose letters may spell anything.
    let words = page.split("base64,").map(|part| part.split_once('"').map_or(part, |(_, behind)| behind));
    assert!(words.clone().all(|words| !words.contains("{{") && !words.contains("NaN")), "a place was not filled");
}

#[test]
fn report_of_a_file_tells_all_that_is_known() {
    let folder = Folder::new();
    folder.run(&["fourier", "near.png", "far.png", "-o", "hybrid.png", "--low", "4cpi"]).succeeds();
    let text = folder.run(&["report", "hybrid.png"]).succeeds().text();
    assert_eq!(text, "hybrid-report.html\n");
    let page = fs::read_to_string(folder.path("hybrid-report.html")).unwrap();
    assert_self_contained(&page);
    for word in ["FAR takes over from", "Near fidelity", "SHA-256", "[method.fourier]", "picture widths"] {
        assert!(page.contains(word), "{word} is not in the page");
    }
    // Five spectra, three plots, nothing of steps that nobody watched.
    assert_eq!(page.matches("aria-label=\"Spectrum of").count(), 5);
    assert_eq!(page.matches("<figure class=\"plot\"").count(), 3);
    folder.run(&["report", "hybrid.png", "-o", "hybrid.png", "--force"]).fails(&["input"]);
}

#[test]
fn report_of_a_mix_shows_its_steps() {
    let folder = Folder::new();
    let shown = ["--strip", "strip.jpg", "--animate", "walk.gif", "--report", "report.html"];
    folder.run(&[&["mix", "near.png", "far.png", "-o", "hybrid.png"], &shown[..]].concat()).succeeds();
    let page = fs::read_to_string(folder.path("report.html")).unwrap();
    assert_self_contained(&page);
    assert!(
        page.contains("id=\"losses\"") && page.contains("Time to fit and mix") && page.contains("[method.descent]")
    );
    assert!(fs::read(folder.path("walk.gif")).unwrap().starts_with(b"GIF89a"));
    assert!(folder.rgb("strip.jpg").width() > 48);
    // Nothing is overwritten, and that is known before the work.
    let again = ["mix", "near.png", "far.png", "-o", "other.png", "--report", "report.html"];
    folder.run(&again).fails(&["report.html", "exists already"]);
    assert!(!folder.path("other.png").exists());
    folder.run(&["mix", "near.png", "far.png", "-o", "x.png", "--strip", "x.png"]).fails(&["x.png", "twice"]);
    assert!(!folder.path("x.png").exists());
    folder.run(&["mix", "near.png", "far.png", "-o", "x.png", "--report", "-"]).fails(&["standard output"]);
}

#[test]
fn report_shows_hostile_names_as_they_are() {
    let folder = Folder::new();
    let name = "<img src=x onerror=alert(1)>{{script}}'\"&.png";
    fs::copy(folder.path("near.png"), folder.path(name)).unwrap();
    folder.run(&["fourier", name, "far.png", "-o", "h.png"]).succeeds();
    fs::rename(folder.path("h.png"), folder.path("<b>h&.png")).unwrap();
    folder.run(&["report", "<b>h&.png", "-o", "report.html"]).succeeds();
    let page = fs::read_to_string(folder.path("report.html")).unwrap();
    assert!(page.contains("&lt;b&gt;h&amp;.png") && !page.contains("<b>h&"));
    assert!(page.contains("&lt;img src=x onerror=alert(1)&gt;{{script}}&#39;&quot;&amp;.png"));
    assert!(!page.contains("<img src=x"));
    assert_eq!(page.matches("<script>").count(), 1);
}

#[test]
fn report_without_its_pictures_says_what_to_do() {
    let folder = Folder::new();
    folder.run(&["report", "near.png", "-o", "report.html"]).fails(&["HYBRID NEAR FAR"]);
    folder.run(&["report", "near.png", "near.png", "far.png", "-o", "report.html"]).succeeds();
    let page = fs::read_to_string(folder.path("report.html")).unwrap();
    assert!(page.contains("NEAR is seen from everywhere"));
}
