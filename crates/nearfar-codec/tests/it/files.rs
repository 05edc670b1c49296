//! Files from other programs, compared with what those programs show.

use std::path::PathBuf;

use nearfar_codec::{DecodeOptions, Decoded, Format, SourceColor, Warning, decode, read};
use nearfar_image::Channels;

pub(crate) fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data")
}

fn load(name: &str) -> Decoded {
    read(folder().join(name), &DecodeOptions::default()).unwrap_or_else(|e| panic!("{name}: {e}"))
}

/// Largest difference from the expected picture, in 8-bit steps.
fn difference(name: &str) -> f32 {
    let found = load(name).image;
    let expected = load(&format!("expected/{name}.png")).image;
    assert_eq!(found.size(), expected.size(), "{name}");
    let (found, expected) = if found.channels() == expected.channels() {
        (found, expected)
    } else {
        (found.into_rgb(), expected.into_rgb())
    };
    let pairs = found.samples().iter().zip(expected.samples());
    pairs.map(|(a, b)| (a - b).abs() * 255.0).fold(0.0, f32::max)
}

#[test]
fn files_look_as_in_other_programs() {
    // Half a step is the rounding of the expected picture; the rest is arithmetic.
    const EXACT: f32 = 0.01;
    const ROUNDED: f32 = 0.51;
    // Decoders of lossy files may differ in the last bits of their transforms.
    const LOSSY: f32 = 3.01;
    let files = [
        ("interlaced.png", EXACT),
        ("palette.png", EXACT),
        ("palette_transparent.png", EXACT),
        ("one_bit.png", EXACT),
        ("rgb16.png", ROUNDED),
        ("rgba.png", ROUNDED),
        ("grey_alpha.png", ROUNDED),
        ("profile.png", 1.1),
        ("grey_profile.png", 1.1),
        ("subsampled.jpg", LOSSY),
        ("progressive.jpg", LOSSY),
        ("grey.jpg", LOSSY),
        ("wide_rgb.jpg", LOSSY),
        ("cmyk.jpg", LOSSY),
        ("ycck.jpg", LOSSY),
        ("cmyk_profile.jpg", LOSSY),
        ("rgba.webp", ROUNDED),
        ("lossy.webp", LOSSY),
        ("two_frames.gif", EXACT),
        ("two_frames.png", EXACT),
        ("two_frames.webp", EXACT),
        ("two_pages.tif", EXACT),
        ("phone.jpg", LOSSY),
        ("palette.bmp", EXACT),
        ("grey.tif", EXACT),
        ("grey16.tif", ROUNDED),
        ("float.tif", EXACT),
        ("one_bit.tif", EXACT),
        ("rgba_lzw.tif", ROUNDED),
        ("cmyk.tif", 1.01),
        ("turned_profile.tif", 1.1),
        ("wide.ppm", ROUNDED),
        ("words.pgm", EXACT),
        ("rgba16.ff", ROUNDED),
        ("plain.qoi", EXACT),
        ("lossless.jxl", EXACT),
        ("grey.jxl", EXACT),
        ("rgba.jxl", ROUNDED),
        ("wide.jxl", ROUNDED),
        ("float.jxl", ROUNDED),
        ("lossy.jxl", LOSSY),
        ("photograph.jxl", LOSSY),
        ("two_frames.jxl", EXACT),
        ("boxes.jxl", EXACT),
        ("much_text.jxl", EXACT),
        ("tiles_of_planes.tif", EXACT),
        ("planes.tif", EXACT),
        ("predicted.tif", EXACT),
        ("big.tif", EXACT),
        ("profile_deflate.tif", 1.1),
        ("photograph.tif", LOSSY),
        ("palette.tif", EXACT),
        ("mask_beside_grey.tif", EXACT),
        ("white_is_zero.tif", EXACT),
        ("junk.jpg", LOSSY),
        ("bad_sequence.png", EXACT),
    ];
    let wrong: Vec<_> = files.iter().map(|&(name, most)| (name, difference(name), most)).collect();
    let wrong: Vec<_> = wrong.into_iter().filter(|(_, found, most)| found > most).collect();
    assert!(wrong.is_empty(), "(file, difference, allowed): {wrong:?}");
}

#[test]
fn orientation_of_a_photograph_is_applied() {
    for orientation in 1..=8 {
        let name = format!("orientation_{orientation}.jpg");
        let decoded = load(&name);
        assert_eq!(decoded.info.orientation, orientation);
        assert!(difference(&name) < 3.01, "{name}: {}", difference(&name));
        // The EXIF data returned say upright, so that nobody rotates the picture again.
        let exif = decoded.info.exif.unwrap();
        assert_eq!(image::metadata::Orientation::from_exif_chunk(&exif).unwrap().to_exif(), 1);
    }
}

#[test]
fn info_describes_the_file() {
    let info = load("palette_transparent.png").info;
    assert_eq!((info.color, info.bits, info.had_alpha), (SourceColor::Palette, 4, true));
    let info = load("rgb16.png").info;
    assert_eq!((info.format, info.color, info.bits, info.had_alpha), (Format::Png, SourceColor::Rgb, 16, false));
    let info = load("cmyk_profile.jpg").info;
    assert_eq!((info.color, info.converted, &info.warnings[..]), (SourceColor::Cmyk, true, &[][..]));
    assert_eq!(info.profile.as_deref(), Some("Made-up press"));
    let info = load("cmyk.jpg").info;
    assert_eq!((info.converted, &info.warnings[..]), (false, &[Warning::ApproximateCmyk][..]));
    let info = load("float.tif").info;
    assert_eq!((info.format, info.bits), (Format::Tiff, 32));
    assert_eq!(load("one_bit.tif").info.bits, 1);
    assert_eq!(load("two_frames.gif").info.color, SourceColor::Palette);
}

#[test]
fn jpeg_xl_has_its_metadata() {
    let info = load("boxes.jxl").info;
    // The decoder rotates pictures as their header says, whatever EXIF says.
    assert_eq!((info.format, info.bits, info.orientation, &info.warnings[..]), (Format::JpegXl, 8, 1, &[][..]));
    assert!(info.xmp.unwrap().contains("rdf:RDF"));
    let exif = info.exif.unwrap();
    assert!(exif.windows(5).any(|word| word == b"Maker"));
    assert_eq!(image::metadata::Orientation::from_exif_chunk(&exif).unwrap().to_exif(), 1);
    assert_eq!(load("grey.jxl").info.color, SourceColor::Grey);
    assert_eq!((load("wide.jxl").info.bits, load("float.jxl").info.bits), (16, 32));
    assert!(load("rgba.jxl").info.had_alpha && !load("lossy.jxl").info.converted);
    assert_eq!(load("two_frames.jxl").info.warnings, [Warning::OnlyFirst]);
    // 256 MiB in 200 bytes.
    let info = load("much_text.jxl").info;
    assert_eq!((info.xmp, &info.warnings[..]), (None, &[Warning::TooMuchMetadata][..]));
}

#[test]
fn pictures_after_the_first_are_reported() {
    for name in ["two_frames.gif", "two_frames.png", "two_frames.webp", "two_pages.tif"] {
        assert_eq!(load(name).info.warnings, [Warning::OnlyFirst], "{name}");
    }
    for name in ["rgba.png", "rgba.webp", "grey.tif"] {
        assert_eq!(load(name).info.warnings, [], "{name}");
    }
    // The same animation, truncated after its first frame.
    let film = std::fs::read(folder().join("two_frames.gif")).unwrap();
    let second = (0..film.len()).filter(|&at| film[at..].starts_with(b"\x21\xf9\x04")).nth(1);
    let single = second.map(|at| [&film[..at], b"\x3b"].concat());
    if let Some(single) = single {
        assert_eq!(decode(&single, &DecodeOptions::default()).unwrap().info.warnings, []);
    }
}

#[test]
fn float_samples_out_of_range_are_kept_and_noted() {
    let bright = load("bright.tif");
    let outside = bright.image.count_outside();
    assert!(outside > 100);
    let percent = 100.0 * outside as f32 / bright.image.samples().len() as f32;
    assert_eq!(bright.info.warnings, [Warning::OutOfRange { percent }]);
    assert_eq!(load("float.tif").info.warnings, []);
}

#[test]
fn profile_conversion_can_be_disabled() {
    let keep = DecodeOptions { convert: false, ..DecodeOptions::default() };
    let kept = read(folder().join("profile.png"), &keep).unwrap();
    assert!(!kept.info.converted && kept.info.icc.is_some());
    let raw = load("interlaced.png").image;
    assert!(kept.image == raw, "codes are as in the file");
    let converted = load("profile.png");
    assert!(converted.info.converted);
    assert_eq!(converted.info.profile.as_deref(), Some("Wide test RGB"));
    assert!(converted.image != raw);
}

#[test]
fn profile_that_is_damaged_is_reported_and_ignored() {
    let good = std::fs::read(folder().join("turned_profile.tif")).unwrap();
    let at = good.windows(4).position(|w| w == b"acsp").unwrap();
    let mut bad = good.clone();
    bad[at..at + 4].copy_from_slice(b"XXXX");
    let decoded = decode(&bad, &DecodeOptions::default()).unwrap();
    assert_eq!(decoded.info.warnings, [Warning::UnusableProfile]);
    assert!(!decoded.info.converted);
}

#[test]
fn background_shows_through() {
    let green = DecodeOptions { background: [0.0, 1.0, 0.0], ..DecodeOptions::default() };
    for name in ["rgba.png", "grey_alpha.png", "rgba.webp", "rgba_lzw.tif"] {
        let decoded = read(folder().join(name), &green).unwrap();
        assert!(decoded.info.had_alpha);
        assert_eq!(decoded.image.channels(), Channels::Rgb, "{name}");
        // The left column is transparent, the right one opaque.
        let left: Vec<f32> = decoded.image.planes().map(|plane| plane.row(3)[0]).collect();
        assert_eq!(left, [0.0, 1.0, 0.0], "{name}");
        let right = |image: &nearfar_image::Image| image.planes().map(|plane| plane.row(3)[23]).collect::<Vec<_>>();
        assert_eq!(right(&decoded.image), right(&load(name).image.into_rgb()), "{name}");
    }
}

#[test]
fn name_with_the_wrong_extension_is_reported() {
    let folder_with_copy = tempfile::tempdir().unwrap();
    let path = folder_with_copy.path().join("photo.png");
    std::fs::copy(folder().join("grey.jpg"), &path).unwrap();
    let decoded = read(&path, &DecodeOptions::default()).unwrap();
    assert_eq!(decoded.info.format, Format::Jpeg);
    assert_eq!(decoded.info.warnings, [Warning::WrongExtension { named: Format::Png, found: Format::Jpeg }]);
}

#[test]
fn profile_that_is_srgb_changes_nothing() {
    // A common colour space of cameras, as a file's profile: primaries of sRGB, its curve as a table.
    let decoded = load("srgb_profile.png");
    assert_eq!(decoded.info.profile.as_deref(), Some("sRGB by table"));
    assert!(!decoded.info.converted && decoded.info.warnings.is_empty());
    assert!(decoded.image == load("interlaced.png").image);
}
