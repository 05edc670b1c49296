//! Files that show the hybrids of a batch.

use std::fs;

use super::Folder;

fn folder() -> Folder {
    let folder = Folder::new();
    let rows = "near,far,out,method\nnear.png,far.png,a.png,fourier\nfar.png,near.png,deep/b.jpg,fourier\n";
    fs::write(folder.path("list.csv"), rows).unwrap();
    folder
}

const BATCH: [&str; 4] = ["batch", "list.csv", "-o", "made"];
const SHOWS: [&str; 3] = ["--strip", "--animate", "--report"];
const FILES: [&str; 6] =
    ["a-strip.png", "a-walk.gif", "a-report.html", "deep/b-strip.png", "deep/b-walk.gif", "deep/b-report.html"];

#[test]
fn each_hybrid_has_a_strip_a_film_and_a_page() {
    let folder = folder();
    let command = [&BATCH[..], &SHOWS].concat();
    folder.run(&command).succeeds();
    let read = |file: &str| fs::read(folder.path("made").join(file)).unwrap();
    let written = || FILES.map(|file| fs::metadata(folder.path("made").join(file)).unwrap().modified().unwrap());
    assert!(read("a-walk.gif").starts_with(b"GIF89a"));
    assert!(String::from_utf8(read("deep/b-report.html")).unwrap().contains("b.jpg"));
    assert!(folder.rgb("made/deep/b-strip.png").width() > 48);
    let single = ["fourier", "near.png", "far.png", "-o", "a.png", "--strip", "strip.png"];
    folder.run(&single).succeeds();
    assert_eq!(read("a-strip.png"), fs::read(folder.path("strip.png")).unwrap());

    let before = written();
    let text = folder.run(&command).succeeds().text();
    assert!(text.contains("2 done (2 of them before)") && written() == before, "{text}");
    // A strip that was deleted is made again, together with its hybrid.
    fs::remove_file(folder.path("made/a-strip.png")).unwrap();
    let text = folder.run(&command).succeeds().text();
    assert!(text.contains("2 done (1 of them before)"), "{text}");
    assert_eq!(read("a-strip.png"), fs::read(folder.path("strip.png")).unwrap());
}

#[test]
fn existing_hybrids_get_strips_films_and_pages_later() {
    let folder = folder();
    folder.run(&BATCH).succeeds();
    let hybrid = fs::read(folder.path("made/a.png")).unwrap();
    assert!(!folder.path("made/a-strip.png").exists());
    folder.run(&[&BATCH[..], &["--strip"]].concat()).succeeds();
    assert!(folder.path("made/a-strip.png").exists() && !folder.path("made/a-report.html").exists());
    assert_eq!(fs::read(folder.path("made/a.png")).unwrap(), hybrid);
}

#[test]
fn files_of_others_are_never_replaced() {
    let folder = folder();
    fs::create_dir(folder.path("made")).unwrap();
    fs::write(folder.path("made/a-strip.png"), "mine").unwrap();
    let run = folder.run(&[&BATCH[..], &["--strip"]].concat());
    assert!(run.code == Some(1) && run.stderr.contains("a-strip.png exists already"), "{}", run.stderr);
    assert_eq!(fs::read(folder.path("made/a-strip.png")).unwrap(), b"mine");
    assert!(!folder.path("made/a.png").exists(), "all of a row or nothing");
    folder.run(&[&BATCH[..], &["--strip", "--force"]].concat()).succeeds();
    assert!(folder.rgb("made/a-strip.png").width() > 48);
}

#[test]
fn one_page_leads_to_all_pages() {
    let folder = Folder::new();
    let rows = "near,far,out,method\nnear.png,far.png,a.png,fourier\nfar.png,near.png,deep/b #1.png,fourier\n\
                none.png,far.png,c.png,fourier\n";
    fs::write(folder.path("list.csv"), rows).unwrap();
    let command = [&BATCH[..], &["--report", "--json"]].concat();
    let run = folder.run(&command);
    assert_eq!((run.code, run.json()["report"].as_str()), (Some(1), Some("made/results.html")));
    let page = || fs::read_to_string(folder.path("made/results.html")).unwrap();
    let first = page();
    assert!(first.contains("2 made, 1 not made") && first.contains("cannot read none.png"), "{first}");
    assert_eq!(first.matches("<img src=\"data:image/jpeg;base64,").count(), 2);
    for link in ["./a-report.html", "./deep/b%20%231-report.html"] {
        assert!(first.contains(&format!("href=\"{link}\"")), "{first}");
    }
    assert!(folder.path("made/deep/b #1-report.html").exists());
    // Where the pictures are is nobody else's business.
    let whole = folder.path("none.png").display().to_string();
    fs::write(folder.path("whole.csv"), format!("near,far\n{whole},far.png\n")).unwrap();
    assert_eq!(folder.run(&["batch", "whole.csv", "-o", "whole", "--report"]).code, Some(1));
    let page_of_whole = fs::read_to_string(folder.path("whole/results.html")).unwrap();
    assert!(page_of_whole.contains("cannot read none.png") && !page_of_whole.contains(&whole), "{page_of_whole}");
    // Our page is rewritten; a page that somebody changed is theirs, and refused before any work.
    assert!(folder.run(&command).code == Some(1) && page() == first);
    fs::write(folder.path("made/results.html"), first.replace("2 made", "3 made")).unwrap();
    fs::remove_file(folder.path("made/a.png")).unwrap();
    let refused = folder.run(&[&BATCH[..], &["--report"]].concat());
    assert!(refused.code == Some(1) && refused.stderr.contains("results.html exists already"), "{}", refused.stderr);
    assert!(page().contains("3 made") && !folder.path("made/a.png").exists());
    folder.run(&[&BATCH[..], &["--report", "--force"]].concat());
    assert_eq!(page(), first);
}

#[test]
fn two_rows_cannot_show_in_one_file() {
    let folder = Folder::new();
    let rows = "near,far,out,method\nnear.png,far.png,a.png,fourier\nfar.png,near.png,a.jpg,fourier\n";
    fs::write(folder.path("list.csv"), rows).unwrap();
    folder.run(&BATCH).succeeds();
    let run = folder.run(&[&BATCH[..], &["--strip"]].concat());
    assert!(run.code == Some(1) && run.stderr.contains("a-strip.png is written by row 1 already"), "{}", run.stderr);
}
