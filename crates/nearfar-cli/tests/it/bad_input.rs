//! Pictures that are damaged or strange.

use std::fs;

use super::{Folder, both_fail, far, repository};

#[test]
fn truncated_files_are_refused() {
    let folder = Folder::new();
    let whole = fs::read(folder.path("far.png")).unwrap();
    far(48, 40).save(folder.path("far.jpg")).unwrap();
    let jpeg = fs::read(folder.path("far.jpg")).unwrap();
    for cut in [whole.len() / 2, 40, 9] {
        fs::write(folder.path("cut.png"), &whole[..cut]).unwrap();
        both_fail(&folder, ["near.png", "cut.png"], &[], &["cut.png", "cut short"]);
    }
    fs::write(folder.path("cut.jpg"), &jpeg[..jpeg.len() / 2]).unwrap();
    both_fail(&folder, ["cut.jpg", "far.png"], &[], &["cut.jpg"]);
}

#[test]
fn every_format_is_refused_when_it_is_broken() {
    let folder = Folder::new();
    let mut formats = std::collections::HashSet::new();
    for entry in fs::read_dir(repository("crates/nearfar-codec/tests/data")).unwrap() {
        let path = entry.unwrap().path();
        let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or("md").to_owned();
        if extension == "md" || !formats.insert(extension.clone()) {
            continue;
        }
        let (name, bytes) = (format!("broken.{extension}"), fs::read(&path).unwrap());
        for broken in [&bytes[..bytes.len() / 4], &bytes[..12], &[]] {
            fs::write(folder.path(&name), broken).unwrap();
            folder.run(&["fourier", "near.png", &name, "-o", "out.png"]).fails(&[&name]);
            assert!(!folder.path("out.png").exists());
        }
    }
    assert!(formats.len() >= 9, "{formats:?}");
}

#[test]
fn empty_and_strange_files_are_refused() {
    let folder = Folder::new();
    fs::write(folder.path("empty.png"), b"").unwrap();
    fs::write(folder.path("notes.txt"), b"dear diary").unwrap();
    fs::write(folder.path("page.pdf"), b"%PDF-1.7 and so on").unwrap();
    both_fail(&folder, ["empty.png", "far.png"], &[], &["empty.png", "0 bytes"]);
    both_fail(&folder, ["near.png", "notes.txt"], &[], &["notes.txt", "no picture"]);
    both_fail(&folder, ["near.png", "page.pdf"], &[], &["PDF"]);
}

#[test]
fn flipped_bits_are_refused() {
    let folder = Folder::new();
    let mut bytes = fs::read(folder.path("far.png")).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 0x55;
    fs::write(folder.path("flipped.png"), bytes).unwrap();
    both_fail(&folder, ["near.png", "flipped.png"], &[], &["flipped.png"]);
}

#[test]
fn mislabelled_files_are_read_with_a_note() {
    let folder = Folder::new();
    far(48, 40).save(folder.path("far.jpg")).unwrap();
    fs::rename(folder.path("far.jpg"), folder.path("really-jpeg.png")).unwrap();
    let run = folder.run(&["descent", "near.png", "really-jpeg.png", "-o", "out.png"]).succeeds();
    assert!(run.stderr.contains("really-jpeg.png") && run.stderr.contains("JPEG"), "{}", run.stderr);
    assert!(folder.path("out.png").exists());
}

/// A PNG of one chunk, the header, that promises a picture.
fn promise(width: u32, height: u32) -> Vec<u8> {
    let mut header = b"IHDR".to_vec();
    header.extend(width.to_be_bytes());
    header.extend(height.to_be_bytes());
    header.extend([8, 2, 0, 0, 0]);
    let crc = header.iter().fold(u32::MAX, |crc, &byte| {
        (0..8).fold(crc ^ u32::from(byte), |crc, _| if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 })
    });
    [b"\x89PNG\r\n\x1a\n\0\0\0\x0d".as_slice(), &header, &(!crc).to_be_bytes(), b"\0\0\0\0IDAT\x35\xaf\x06\x1e"]
        .concat()
}

#[test]
fn huge_promises_are_refused_at_once() {
    let folder = Folder::new();
    fs::write(folder.path("bomb.png"), promise(100_000, 100_000)).unwrap();
    both_fail(&folder, ["near.png", "bomb.png"], &[], &["100000x100000", "--max-pixels"]);
    fs::write(folder.path("flat.png"), promise(0, 5)).unwrap();
    both_fail(&folder, ["near.png", "flat.png"], &[], &["flat.png"]);
}

#[test]
fn pictures_larger_than_the_memory_are_refused_before_they_are_read() {
    let folder = Folder::new();
    folder.run(&["mix", "near.png", "far.png", "-o", "out.png", "--memory", "100kB"]).fails(&["48x40", "--memory"]);
    folder.run(&["mix", "near.png", "far.png", "-o", "out.png", "--memory", "1MB"]).succeeds();
}

/// A recipe can name any file: what is not the very picture is not even decoded.
#[test]
fn redo_decodes_no_file_that_is_not_the_one() {
    let folder = Folder::new();
    folder.run(&["mix", "near.png", "far.png", "-o", "out.png"]).succeeds();
    std::fs::write(folder.path("near.png"), "no picture at all").unwrap();
    folder.run(&["redo", "out.png"]).fails(&["changed since", "near.png"]);
}

/// Floats as far beyond black and white as they go.
#[test]
fn enormous_samples_are_mixed_with_a_note() {
    let folder = Folder::new();
    fs::copy(repository("crates/nearfar-codec/tests/data/huge.tif"), folder.path("huge.tif")).unwrap();
    for pair in [["huge.tif", "far.png"], ["near.png", "huge.tif"]] {
        for command in ["mix", "fourier"] {
            let run = folder.run(&[command, pair[0], pair[1], "-o", "out.png", "--force"]).succeeds();
            assert!(run.stderr.contains("huge.tif: 100.0 % of its float samples"), "{}", run.stderr);
        }
    }
}

#[test]
fn lines_of_pixels_are_pictures() {
    let folder = Folder::new();
    super::near(4097, 1).save(folder.path("wide.png")).unwrap();
    super::far(1, 4097).save(folder.path("tall.png")).unwrap();
    super::near(65535, 1).save(folder.path("widest.png")).unwrap();
    for (near, far) in
        [("widest.png", "widest.png"), ("wide.png", "tall.png"), ("tall.png", "wide.png"), ("wide.png", "wide.png")]
    {
        for command in ["mix", "fourier"] {
            let run = folder.run(&[command, near, far, "-o", "out.png", "--force"]);
            assert!(matches!(run.code, Some(0..=2)) && !run.stderr.contains("panicked"), "{}", run.stderr);
        }
    }
}
