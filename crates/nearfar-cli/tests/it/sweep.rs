use super::{Folder, report::assert_self_contained};

#[test]
fn sweep_marks_the_best_of_all() {
    let folder = Folder::new();
    let command = ["sweep", "near.png", "far.png", "-o", "sheet.png", "--values", "0.5,2", "--columns", "3", "--json"];
    let json = folder.run(&command).succeeds().json();
    let rows = json["sheet"]["rows"].as_array().unwrap();
    let margins: Vec<f64> =
        rows.iter().flat_map(|row| row.as_array().unwrap()).map(|cell| cell["margin"].as_f64().unwrap()).collect();
    assert_eq!((rows.len(), margins.len()), (2, 6), "{json}");
    let [row, column] = [0, 1].map(|i| json["best"][i].as_u64().unwrap() as usize);
    assert!(margins.iter().all(|margin| *margin <= margins[3 * row + column]), "{json}");
    let cycles: Vec<f64> = rows[0].as_array().unwrap().iter().map(|cell| cell["cycles"].as_f64().unwrap()).collect();
    assert!((cycles[1] / cycles[0] - 2.0).abs() < 1e-6 && (cycles[2] / cycles[1] - 2.0).abs() < 1e-6, "{cycles:?}");
    let sheet = folder.rgb("sheet.png");
    assert!(sheet.width() > 3 * 48 && sheet.height() > 2 * 40);
    // The frame of the best is the only orange on the sheet.
    assert!(sheet.pixels().any(|pixel| pixel.0 == [0xd5, 0x5e, 0x00]));
}

#[test]
fn sweep_refuses_invalid_values() {
    let folder = Folder::new();
    let sweep = |flags: &[&str]| folder.run(&[&["sweep", "near.png", "far.png", "-o", "sheet.png"], flags].concat());
    sweep(&["--values", "1,-2"]).fails(&["--values"]);
    sweep(&["--knob", "far-color", "--values", "0,2"]).fails(&["from 0 to 1"]);
    // The article mixes every channel separately.
    sweep(&["--preset", "article", "--knob", "far-color"]).fails(&["far-color"]);
    assert!(!folder.path("sheet.png").exists());
}

#[test]
fn page_shows_every_hybrid_and_marks_the_best() {
    let folder = Folder::new();
    let sweep = |flags: &[&str]| {
        let command = ["sweep", "near.png", "far.png", "-o", "sheet.png", "--columns", "2", "--values", "0.5,2"];
        folder.run(&[&command[..], flags].concat())
    };
    sweep(&["--report", "sheet.png"]).fails(&["sheet.png", ".html"]);
    let json = sweep(&["--report", "page.html", "--preset", "draft", "--json"]).succeeds().json();
    assert_eq!((json["out"].as_str(), json["report"].as_str()), (Some("sheet.png"), Some("page.html")));
    let page = std::fs::read_to_string(folder.path("page.html")).unwrap();
    assert_eq!(page.matches("<figure>").count(), 4);
    assert_eq!(page.matches("class=\"best\"").count(), 1);
    assert!(page.contains("near.png and far.png: crossover by detail-weight"), "{page}");
    // One slider walks away from all of them; its blur is checked against the far view of the best.
    assert_self_contained(&page);
    assert_eq!(page.matches("id=\"distance\"").count(), 1);
    assert_eq!(page.matches("class=\"screen\"").count(), 4);
    assert_eq!(page.matches("id=\"picture-afar\"").count(), 1);
}
