use std::fs;

use super::{Folder, repository};

#[test]
fn folders_cannot_have_names_of_pictures() {
    let folder = Folder::new();
    let pair = ["near.png", "far.png", "-o", "fitted.png"];
    for command in ["align", "compare"] {
        folder.run(&[&[command], &pair[..]].concat()).fails(&["fitted.png", "folder"]);
    }
    folder
        .run_with(&["batch", "-", "-o", "fitted.png"], b"near,far\nnear.png,far.png\n")
        .fails(&["fitted.png", "folder"]);
    assert!(!folder.path("fitted.png").exists());
    // An existing folder with such a name may be used.
    std::fs::create_dir(folder.path("fitted.png")).unwrap();
    folder.run(&[&["align"], &pair[..]].concat()).succeeds();
}

#[test]
fn fitted_pictures_fit_without_fitting() {
    let folder = Folder::empty();
    let [near, far] = ["hopper.jpg", "collins.png"].map(|name| repository("imgs").join(name).display().to_string());
    let json = folder.run(&["align", &near, &far, "-o", "fitted", "--json"]).succeeds().json();
    assert_eq!(json["align"]["method"], "faces", "{json}");
    assert_eq!(json["points"].as_array().unwrap().len(), 3, "{json}");
    let sizes = ["near.png", "far.png", "overlay.png"].map(|name| folder.rgb(&format!("fitted/{name}")).dimensions());
    assert_eq!(sizes, [sizes[0]; 3]);
    // The points describe the same map.
    let file = folder.path("fitted/points.toml").display().to_string();
    let again = folder.run(&["align", &near, &far, "-o", "again", "--points-file", &file, "--json"]).succeeds().json();
    assert_eq!(again["align"]["method"], "points", "{again}");
    assert_eq!(again["points"], json["points"]);
}

#[test]
fn folder_of_fitted_pictures_loses_nothing() {
    let folder = Folder::new();
    folder.run(&["align", "near.png", "nowhere.png", "-o", "fitted"]).fails(&["nowhere.png"]);
    assert!(!folder.path("fitted").exists());
    folder.run(&["align", "near.png", "far.png", "-o", "fitted"]).succeeds();
    let before = fs::read(folder.path("fitted/far.png")).unwrap();
    folder.run(&["align", "far.png", "near.png", "-o", "fitted"]).fails(&["near.png", "--force"]);
    assert_eq!(fs::read(folder.path("fitted/far.png")).unwrap(), before);
}
