use std::fs;

use super::Folder;

#[test]
fn other_bytes_and_other_versions_are_noted() {
    let folder = Folder::new();
    folder.run(&["mix", "near.png", "far.png", "-o", "out.jpg"]).succeeds();
    let same = folder.run(&["redo", "out.jpg"]).succeeds();
    assert!(!same.stderr.contains("bytes"), "{}", same.stderr);
    // A byte behind the picture, as some programs leave.
    let mut bytes = fs::read(folder.path("out.jpg")).unwrap();
    bytes.push(b'\n');
    fs::write(folder.path("longer.jpg"), &bytes).unwrap();
    let longer = folder.run(&["redo", "longer.jpg"]).succeeds();
    assert!(longer.stderr.contains("the bytes differ"), "{}", longer.stderr);
    // In another format nobody expects the same bytes.
    let other = folder.run(&["redo", "longer.jpg", "-o", "other.png"]).succeeds();
    assert!(!other.stderr.contains("bytes"), "{}", other.stderr);
    let version = env!("CARGO_PKG_VERSION").as_bytes();
    let place = bytes.windows(version.len()).position(|window| window == version).unwrap();
    bytes[place] = b'9';
    fs::write(folder.path("older.jpg"), &bytes).unwrap();
    let older = folder.run(&["redo", "older.jpg"]).succeeds();
    assert!(older.stderr.contains("note: made by nearfar 9"), "{}", older.stderr);
}
