use std::fs;

use super::{Folder, repository};

/// Asserts that the page neither loads nor sends anything.
pub(super) fn assert_self_contained(page: &str) {
    assert!(page.starts_with("<!doctype html>") && page.contains("default-src 'none'"));
    for word in ["http://", "https://", "src=\"//", "@import", "url("] {
        assert!(!page.contains(word), "{word} is in the page");
    }
    // Without the pictures, whose letters may spell anything.
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
    // Five spectra and three plots, but nothing about steps, which nobody observed.
    assert_eq!(page.matches("aria-label=\"Spectrum of").count(), 5);
    assert_eq!(page.matches("<figure class=\"plot\"").count(), 3);
    fs::copy(folder.path("hybrid.png"), folder.path("hybrid.html")).unwrap();
    folder.run(&["report", "hybrid.html", "-o", "hybrid.html", "--force"]).fails(&["input"]);
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
    // Nothing is overwritten, and that is checked before the work.
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

/// The number after a word in an SVG.
fn number(shape: &str, name: &str) -> f64 {
    shape.split_once(&format!("{name}=\"")).and_then(|(_, rest)| rest.split('"').next()?.parse().ok()).unwrap()
}

#[test]
fn legend_of_the_bands_hides_no_line() {
    let folder = Folder::empty();
    let [near, far] = ["near", "far"].map(|which| repository(&format!("imgs/aligned/hopper-collins-{which}.jpg")));
    let pair = [near.to_str().unwrap(), far.to_str().unwrap()];
    folder.run(&["fourier", pair[0], pair[1], "-o", "h.png", "--report", "r.html"]).succeeds();
    let page = fs::read_to_string(folder.path("r.html")).unwrap();
    let plot = page.split("<svg ").find(|svg| svg.contains("How much of either picture")).unwrap();
    let plot = plot.split("</svg>").next().unwrap();
    let legend = plot.lines().find(|line| line.starts_with("<rect ")).unwrap();
    let [x, y, width, height] = ["x", "y", "width", "height"].map(|name| number(legend, &format!(" {name}")));
    // From each curve; the first four, because the legend has lines of its own.
    let curves = plot.lines().filter(|line| line.starts_with("<path d=") && line.contains("fill=\"none\""));
    let curves: Vec<_> = curves.filter(|line| !line.contains("--plot-grid")).take(4).collect();
    assert_eq!(curves.len(), 4);
    for curve in curves {
        let places = curve.split('"').nth(1).unwrap().trim_start_matches('M');
        for place in places.split('L') {
            let [px, py] = place.split_once(' ').map(|(x, y)| [x, y].map(|n| n.parse::<f64>().unwrap())).unwrap();
            let hidden = (x..x + width).contains(&px) && (y..y + height).contains(&py);
            assert!(!hidden, "{px} {py} is behind {legend}");
        }
    }
}

/// The page ignores values that the browser's own check of the field refuses.
#[test]
fn senseless_densities_are_refused_by_the_page() {
    let folder = Folder::new();
    folder.run(&["fourier", "near.png", "far.png", "-o", "h.png", "--report", "r.html"]).succeeds();
    let page = fs::read_to_string(folder.path("r.html")).unwrap();
    assert!(page.contains("id=\"dpi\" type=\"number\" min=\"10\" max=\"2000\" step=\"any\" required"));
    assert!(page.contains("dpi.validity.valid && dpi.value") && page.contains("dpi.reportValidity()"));
}

/// A page with the extension of something else would be opened by the wrong program.
#[test]
fn pages_are_html_by_name_too() {
    let folder = Folder::new();
    let fails = |command: &[&str], name: &str| {
        folder.run(&[command, &[name]].concat()).fails(&[name, "HTML", ".html"]);
        assert!(!folder.path(name).exists() && !folder.path("out").exists(), "{command:?}");
    };
    let pair = ["near.png", "far.png", "-o"];
    fails(&[&["mix"], &pair[..], &["out", "--format", "png", "--report"]].concat(), "page.pdf");
    fails(&[&["compare"], &pair[..], &["out", "--report"]].concat(), "page.png");
    fails(&[&["sweep"], &pair[..], &["out.png", "--report"]].concat(), "page");
    fails(&["report", "near.png", "near.png", "far.png", "-o"], "page.svg");
    fails(&["studio", "-o"], "page.pdf");
}
