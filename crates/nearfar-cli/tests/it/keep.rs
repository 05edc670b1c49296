//! Metadata in a hybrid's file.

use std::fs;

use nearfar::{
    Provenance,
    codec::{self, DecodeOptions, Decoded, Format},
};

use super::{Folder, far, repository};

/// A folder with a phone's photograph, rotated, with EXIF, XMP and a wide-gamut profile: `phone.jpg`, 24x16 pixels when
/// upright.
fn folder() -> Folder {
    let folder = Folder::empty();
    fs::copy(repository("crates/nearfar-codec/tests/data/phone.jpg"), folder.path("phone.jpg")).unwrap();
    far(24, 16).save(folder.path("far.png")).unwrap();
    folder
}

fn read(folder: &Folder, name: &str) -> Decoded {
    codec::read(folder.path(name), &DecodeOptions::default()).unwrap()
}

/// Whether a block or a packet contains a word.
fn says(text: Option<&[u8]>, word: &str) -> bool {
    text.is_some_and(|text| text.windows(word.len()).any(|window| window == word.as_bytes()))
}

const FORMATS: [&str; 4] = ["png", "jpg", "webp", "tif"];

#[test]
fn no_metadata_is_written_unless_requested() {
    let folder = folder();
    for extension in FORMATS {
        let out = format!("out.{extension}");
        folder.run(&["mix", "phone.jpg", "far.png", "-o", &out, "--no-recipe"]).succeeds();
        let info = read(&folder, &out).info;
        assert_eq!((info.exif, info.xmp, info.icc, info.text), (None, None, None, vec![]), "{extension}");
    }
}

#[test]
fn what_is_kept_is_true_of_the_hybrid() {
    let folder = folder();
    for (extension, strip) in FORMATS.into_iter().flat_map(|extension| [(extension, false), (extension, true)]) {
        let out = format!("out.{extension}");
        let flags =
            if strip { &["--keep", "exif,xmp", "--force", "--no-recipe"][..] } else { &["--keep", "all", "--force"] };
        folder.run(&[&["mix", "phone.jpg", "far.png", "-o", &out], flags].concat()).succeeds();
        let Decoded { image, info } = read(&folder, &out);
        // Already upright: no reader may rotate it again.
        assert_eq!((image.size().width(), image.size().height(), info.orientation), (24, 16, 1), "{extension}");
        for word in ["Maker", "2024:05:06 07:08:09"] {
            assert!(says(info.exif.as_deref(), word), "{extension}: {word}");
        }
        let xmp = info.xmp.as_deref().unwrap();
        assert!(xmp.contains("dc:rights=\"Ann\"") && !xmp.contains("Orientation"), "{xmp}");
        assert_eq!(Provenance::of(&info).unwrap().is_some(), !strip, "{extension}");
        assert!(info.icc.is_none());
    }
}

#[test]
fn profile_of_the_near_picture_changes_codes_and_not_colours() {
    let folder = folder();
    let mixed = |flags: &[&str], out: &str| {
        folder.run(&[&["mix", "phone.jpg", "far.png", "--depth", "16", "-o", out], flags].concat()).succeeds();
        read(&folder, out)
    };
    let (plain, srgb) = (mixed(&[], "plain.png"), mixed(&["--profile", "srgb"], "srgb.tif"));
    let kept = mixed(&["--profile", "near"], "near.png");
    assert_eq!(plain.info.icc, None);
    assert!(srgb.info.icc.is_some() && !srgb.info.converted);
    assert_eq!(srgb.image, plain.image);
    assert_eq!(kept.info.icc, read(&folder, "phone.jpg").info.icc);
    assert!(kept.info.converted);
    let differences = kept.image.samples().iter().zip(plain.image.samples()).map(|(a, b)| (a - b).abs());
    assert!(differences.fold(0.0, f32::max) < 1.0 / 255.0);
    let raw = DecodeOptions { convert: false, ..DecodeOptions::default() };
    assert_ne!(codec::read(folder.path("near.png"), &raw).unwrap().image, plain.image);
}

#[test]
fn metadata_that_cannot_be_kept_is_noted() {
    let folder = folder();
    let run = folder.run(&["mix", "far.png", "phone.jpg", "-o", "a.png", "--keep", "all", "--profile", "near"]);
    let said = run.succeeds().stderr;
    for what in ["no EXIF data", "no XMP data", "no colour profile"] {
        assert!(said.contains(what), "{what}: {said}");
    }
    let files = folder.files();
    for flags in [&["--keep", "exif"][..], &["--profile", "srgb"]] {
        let arguments = [&["mix", "phone.jpg", "far.png", "-o", "b.bmp"], flags].concat();
        folder.run(&arguments).fails(&["BMP", "--keep"]);
    }
    assert_eq!(folder.files(), files);
}

#[test]
fn redo_makes_the_same_bytes_in_every_format_with_metadata() {
    let folder = folder();
    for extension in FORMATS {
        let [out, again] = ["out", "out-redo"].map(|stem| format!("{stem}.{extension}"));
        let flags = ["--keep", "all", "--profile", "near"];
        let quality: &[&str] = if extension == "jpg" { &["--quality", "77"] } else { &[] };
        folder.run(&[&["mix", "phone.jpg", "far.png", "-o", &out], &flags[..], quality].concat()).succeeds();
        folder.run(&["redo", &out]).succeeds();
        assert_eq!(fs::read(folder.path(&out)).unwrap(), fs::read(folder.path(&again)).unwrap(), "{extension}");
    }
    // In another format it is the same picture, and can be made again from that file.
    folder.run(&["redo", "out.tif", "-o", "other.png"]).succeeds();
    assert_eq!(read(&folder, "other.png").image, read(&folder, "out.tif").image);
    folder.run(&["redo", "other.png", "-o", "third.png"]).succeeds();
    assert_eq!(fs::read(folder.path("other.png")).unwrap(), fs::read(folder.path("third.png")).unwrap());
}

#[test]
fn recipes_of_earlier_hybrids_do_not_travel() {
    let folder = folder();
    folder.run(&["mix", "phone.jpg", "far.png", "-o", "first.jpg", "--keep", "all"]).succeeds();
    folder.run(&["mix", "first.jpg", "far.png", "-o", "second.jpg", "--keep", "all"]).succeeds();
    let info = read(&folder, "second.jpg").info;
    assert_eq!(info.xmp.as_deref().unwrap().matches("<nearfar:recipe>").count(), 1);
    let recipe = Provenance::of(&info).unwrap().unwrap();
    let [near, _] = recipe.mix.pair().unwrap();
    assert_eq!((near.file.as_str(), recipe.format), ("first.jpg", Format::Jpeg));
}
