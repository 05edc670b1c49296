use std::fs;

use super::Folder;

#[test]
fn studio_writes_one_page_that_connects_to_nothing() {
    let folder = Folder::empty();
    assert_eq!(folder.run(&["studio", "-o", "page.html"]).succeeds().text(), "page.html\n");
    let page = fs::read_to_string(folder.path("page.html")).unwrap();
    assert!(page.starts_with("<!doctype html>") && page.trim_end().ends_with("</html>"));
    assert!(page.contains("default-src 'none'") && page.contains("connect-src 'none'"));
    // The page contains everything it is made of, and fetches nothing.
    for word in ["src=\"http", "src='http", "href=\"http", "@import"] {
        assert!(!page.contains(word), "{word} is in the page");
    }
    assert_eq!(folder.run(&["studio", "-o", "-"]).succeeds().text(), page);
}

#[test]
fn studio_overwrites_nothing_unasked() {
    let folder = Folder::empty();
    fs::write(folder.path("page.html"), "mine").unwrap();
    folder.run(&["studio", "-o", "page.html"]).fails(&["page.html", "exists already", "--force"]);
    assert_eq!(fs::read_to_string(folder.path("page.html")).unwrap(), "mine");
    folder.run(&["studio", "-o", "page.html", "--force"]).succeeds();
    assert!(fs::metadata(folder.path("page.html")).unwrap().len() > 1 << 20);
}
