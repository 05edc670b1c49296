use super::Folder;

#[test]
fn fine_lines_belong_near_and_bold_shapes_far() {
    let folder = Folder::new();
    for pair in [["near.png", "far.png"], ["far.png", "near.png"]] {
        let json = folder.run(&["suggest", pair[0], pair[1], "--json"]).succeeds().json();
        assert_eq!(json["suggestion"]["near"], "near.png", "{json}");
        assert_eq!(json["suggestion"]["far"], "far.png");
        assert_eq!(json["ways"].as_array().unwrap().len(), 2);
        let merit = |way: usize| json["ways"][way]["merit"].as_f64().unwrap();
        assert!((merit(0) - merit(1)).abs() > 0.0);
    }
    let text = folder.run(&["suggest", "near.png", "far.png"]).succeeds().text();
    assert!(text.contains("Take near.png as NEAR and far.png as FAR"), "{text}");
    assert_eq!(folder.files(), ["far.png", "near.png"]);
}

#[test]
fn pictures_that_cannot_be_read_are_named() {
    Folder::new().run(&["suggest", "near.png", "nowhere.png"]).fails(&["nowhere.png"]);
}
