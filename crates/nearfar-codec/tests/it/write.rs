//! Encoding options, and putting files in their place.

use std::fs;

use nearfar_codec::{
    Contents, DecodeError, DecodeOptions, Depth, Effort, EncodeError, EncodeOptions, Format, Kind, Overwrite, Rounding,
    Warning, WriteError, carry_exif, decode, encode, write_all_atomic, write_atomic,
};
use nearfar_image::{Channels, Encoded, Image, Size};

fn ramp(channels: Channels) -> Image<Encoded> {
    Image::from_fn(Size::new(64, 9).unwrap(), channels, |c, x, y| ((x * 4 + y + c * 30) % 256) as f32 / 255.0)
}

/// The 8-bit codes that end up in a file.
fn codes(samples: &[f32], rounding: Rounding) -> Vec<u8> {
    let image = Image::from_samples(Size::new(samples.len(), 1).unwrap(), Channels::Grey, samples.to_vec()).unwrap();
    let png = encode(&image, &EncodeOptions { rounding, ..EncodeOptions::new(Format::Png) }).unwrap();
    let decoded = decode(&png, &DecodeOptions::default()).unwrap().image;
    decoded.samples().iter().map(|v| (v * 255.0).round() as u8).collect()
}

#[test]
fn samples_are_rounded_as_requested() {
    let samples = [0.0, 0.49 / 255.0, 0.51 / 255.0, 127.6 / 255.0, 254.9 / 255.0, 1.0];
    assert_eq!(codes(&samples, Rounding::Nearest), [0, 0, 1, 128, 255, 255]);
    assert_eq!(codes(&samples, Rounding::Truncate), [0, 0, 0, 127, 254, 255]);
}

#[test]
fn samples_outside_the_range_are_clipped() {
    let samples = [-0.5, -f32::INFINITY, 1.001, 77.0, f32::INFINITY, f32::NAN];
    assert_eq!(codes(&samples, Rounding::Nearest), [0, 0, 255, 255, 255, 0]);
    let image = Image::<Encoded>::from_samples(Size::new(6, 1).unwrap(), Channels::Grey, samples.to_vec()).unwrap();
    assert_eq!(image.count_outside(), 6);
    assert_eq!(ramp(Channels::Rgb).count_outside(), 0);
}

#[test]
fn text_is_stored_in_a_png() {
    let text = vec![
        ("nearfar recipe".into(), "method = \"descent\"\nsigma = 3.0\n".into()),
        ("Title".into(), "Grüße, 近 und 遠".into()),
        ("Comment".into(), "naïve".into()),
    ];
    let options = EncodeOptions { text: text.clone(), ..EncodeOptions::new(Format::Png) };
    let info = decode(&encode(&ramp(Channels::Grey), &options).unwrap(), &DecodeOptions::default()).unwrap().info;
    for (keyword, words) in &text {
        assert_eq!(info.text(keyword), Some(words.as_str()));
    }
    assert_eq!(info.text("absent"), None);
}

/// A TIFF header, one directory with one entry: the maker.
const MAKER: &[u8] = b"MM\0\x2a\0\0\0\x08\0\x01\x01\x0f\0\x02\0\0\0\x06\0\0\0\x1a\0\0\0\0Maker\0";

#[test]
fn profile_and_exif_are_stored() {
    let exif = carry_exif(MAKER, Size::new(64, 9).unwrap(), true);
    let wide = fs::read(crate::files::folder().join("profile.png")).unwrap();
    let icc = decode(&wide, &DecodeOptions::default()).unwrap().info.icc;
    assert!(exif.is_some() && icc.is_some());
    for format in [Format::Png, Format::Jpeg, Format::WebP, Format::Tiff] {
        let xmp = Some("<x:xmpmeta>Grüße</x:xmpmeta>".to_owned());
        let options =
            EncodeOptions { icc: icc.clone(), exif: exif.clone(), xmp: xmp.clone(), ..EncodeOptions::new(format) };
        let decoded = decode(&encode(&ramp(Channels::Rgb), &options).unwrap(), &DecodeOptions::default()).unwrap();
        assert_eq!(decoded.image.size(), ramp(Channels::Rgb).size());
        let info = decoded.info;
        assert_eq!((info.icc == icc, info.xmp == xmp), (true, true), "{format}");
        if format == Format::Tiff {
            // A TIFF file is a block itself; only its content matters.
            let said = |exif: &Option<Vec<u8>>| carry_exif(exif.as_deref().unwrap(), Size::new(3, 2).unwrap(), true);
            assert!(said(&info.exif).is_some() && said(&info.exif) == said(&exif));
        } else {
            assert_eq!(info.exif, exif, "{format}");
        }
        assert_eq!(info.orientation, 1);
        assert!(info.converted);
    }
}

#[test]
fn orientation_is_found_after_a_prefix() {
    // A TIFF header and one directory of one entry: orientation 6.
    let exif = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";
    for (format, prefix) in [(Format::WebP, 0), (Format::WebP, 6), (Format::Png, 6)] {
        let options = EncodeOptions { exif: Some(exif[prefix..].to_vec()), ..EncodeOptions::new(format) };
        let decoded = decode(&encode(&ramp(Channels::Rgb), &options).unwrap(), &DecodeOptions::default()).unwrap();
        assert_eq!((decoded.info.orientation, decoded.image.size()), (6, Size::new(9, 64).unwrap()), "{format}");
        assert!(decoded.info.exif.unwrap().starts_with(b"MM"));
    }
}

#[test]
fn effort_changes_the_file_and_not_the_picture() {
    let image = ramp(Channels::Rgb);
    for format in [Format::Png, Format::Tiff] {
        let sizes = [Effort::Fast, Effort::Balanced, Effort::Best].map(|effort| {
            let bytes = encode(&image, &EncodeOptions { effort, ..EncodeOptions::new(format) }).unwrap();
            assert!(decode(&bytes, &DecodeOptions::default()).unwrap().image == image);
            bytes.len()
        });
        assert!(sizes[2] < sizes[0], "{format}: {sizes:?}");
    }
}

#[test]
fn options_that_a_format_does_not_support_are_errors() {
    let grey = ramp(Channels::Grey);
    let error = |options: EncodeOptions| {
        let error = encode(&grey, &options).unwrap_err();
        // Errors that can be known before the work are reported before it.
        assert_eq!(options.check(grey.size()).unwrap_err().to_string(), error.to_string());
        error
    };
    let jpeg = EncodeOptions::new(Format::Jpeg);
    let png = EncodeOptions::new(Format::Png);
    let gif = error(EncodeOptions::new(Format::Gif));
    assert!(matches!(gif, EncodeError::ReadOnlyFormat { format: Format::Gif }), "{gif}");
    for wrong in [0, 101] {
        let error = error(EncodeOptions { quality: wrong, ..jpeg.clone() });
        assert!(matches!(error, EncodeError::Quality { quality } if quality == u32::from(wrong)), "{error}");
    }
    let sixteen = error(EncodeOptions { depth: Depth::Sixteen, ..jpeg.clone() });
    assert!(matches!(sixteen, EncodeError::Depth { format: Format::Jpeg, depth: Depth::Sixteen }), "{sixteen}");
    let long = Some("x".repeat(66_000));
    let error_of_long = error(EncodeOptions { xmp: long.clone(), ..jpeg.clone() });
    assert!(
        matches!(error_of_long, EncodeError::MetadataTooLong { kind: Kind::Xmp, bytes: 66_000, .. }),
        "{error_of_long}"
    );
    assert!(encode(&grey, &EncodeOptions { xmp: long, ..png.clone() }).is_ok());
    let bmp = error(EncodeOptions { exif: Some(MAKER.to_vec()), ..EncodeOptions::new(Format::Bmp) });
    assert!(matches!(bmp, EncodeError::Metadata { format: Format::Bmp, kind: Kind::Exif }), "{bmp}");
    let long_profile = EncodeOptions { icc: Some(vec![0; 66_000]), ..jpeg.clone() };
    assert!(long_profile.check(grey.size()).is_ok(), "a profile is spread over many segments");
    let text = error(EncodeOptions { text: vec![("a".into(), "b".into())], ..jpeg });
    assert!(matches!(text, EncodeError::Metadata { format: Format::Jpeg, kind: Kind::Text }), "{text}");
    for keyword in [String::new(), "k".repeat(80), "遠".into()] {
        let characters = keyword.chars().count();
        let error = error(EncodeOptions { text: vec![(keyword, "b".into())], ..png.clone() });
        assert!(matches!(error, EncodeError::Keyword { length } if length == characters), "{error}");
    }
    let webp = EncodeOptions::new(Format::WebP);
    let too_long = webp.check(Size::new(16385, 1).unwrap()).unwrap_err();
    assert!(matches!(too_long, EncodeError::SideTooLong { width: 16385, height: 1, max: 16384, .. }), "{too_long}");
    assert!(webp.check(Size::new(16384, 1).unwrap()).is_ok());
}

#[test]
fn stream_is_read_to_its_end_and_no_further_than_the_limit() {
    let png = encode(&ramp(Channels::Rgb), &EncodeOptions::new(Format::Png)).unwrap();
    let contents = Contents::from_stream(&png[..], png.len() as u64).unwrap();
    assert_eq!(contents.bytes(), png);
    assert!(contents.decode(&DecodeOptions::default()).unwrap().image == ramp(Channels::Rgb));
    let endless = Contents::from_stream(std::io::repeat(0), 1 << 16);
    assert!(matches!(endless, Err(DecodeError::TooManyBytes { bytes: 65537, max_bytes: 65536 })));
}

#[test]
fn contents_hold_the_bytes_and_the_format_of_the_name() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.JPG");
    let png = encode(&ramp(Channels::Rgb), &EncodeOptions::new(Format::Png)).unwrap();
    fs::write(&path, &png).unwrap();
    let contents = Contents::from_file(&path, 1 << 20).unwrap();
    assert_eq!(contents.bytes(), png);
    let warnings = contents.decode(&DecodeOptions::default()).unwrap().info.warnings;
    assert_eq!(warnings, [Warning::WrongExtension { named: Format::Jpeg, found: Format::Png }]);
    assert!(matches!(Contents::from_file(&path, 9), Err(DecodeError::TooManyBytes { max_bytes: 9, .. })));
    assert!(matches!(Contents::from_file(folder.path().join("none"), 9), Err(DecodeError::Io { .. })));
}

#[test]
fn file_is_complete_or_absent() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.png");
    write_atomic(&path, b"one", Overwrite::Refuse).unwrap();
    assert!(matches!(write_atomic(&path, b"two", Overwrite::Refuse), Err(WriteError::Exists { path: p }) if p == path));
    assert_eq!(fs::read(&path).unwrap(), b"one");
    write_atomic(&path, b"two", Overwrite::Allow).unwrap();
    assert_eq!(fs::read(&path).unwrap(), b"two");

    let missing = folder.path().join("no/such/folder.png");
    assert!(matches!(write_atomic(&missing, b"x", Overwrite::Allow), Err(WriteError::Io { .. })));
    assert!(matches!(write_atomic(folder.path(), b"x", Overwrite::Allow), Err(WriteError::Io { .. })));
    // No temporary files are left.
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 1);
}

#[test]
fn several_files_are_written_all_or_none() {
    let folder = tempfile::tempdir().unwrap();
    let [a, b, missing] = ["a", "b", "no/c"].map(|name| folder.path().join(name));
    let files = || fs::read_dir(&folder).unwrap().count();
    let write = |last: &std::path::Path, overwrite| {
        write_all_atomic([(a.as_path(), &b"one"[..]), (last, &b"two"[..])], overwrite)
    };
    assert!(matches!(write(&missing, Overwrite::Refuse), Err(WriteError::Io { path, .. }) if path == missing));
    assert_eq!(files(), 0);
    // The same path twice: the file placed first is removed again.
    assert!(matches!(write(&a, Overwrite::Refuse), Err(WriteError::Exists { path }) if path == a));
    assert_eq!(files(), 0);
    write(&b, Overwrite::Refuse).unwrap();
    assert_eq!((fs::read(&a).unwrap(), fs::read(&b).unwrap()), (b"one".to_vec(), b"two".to_vec()));
    assert!(matches!(write(&missing, Overwrite::Allow), Err(WriteError::Io { .. })));
    assert_eq!((files(), fs::read(&a).unwrap()), (2, b"one".to_vec()));
}

#[cfg(unix)]
#[test]
fn file_keeps_its_place_and_permissions() {
    use std::os::unix::fs::{PermissionsExt, symlink};

    let folder = tempfile::tempdir().unwrap();
    let mode = |path| fs::metadata(path).unwrap().permissions().mode() & 0o777;

    // A new file has the permissions of any other new file.
    let (plain, new) = (folder.path().join("plain"), folder.path().join("new.png"));
    fs::write(&plain, b"").unwrap();
    write_atomic(&new, b"one", Overwrite::Refuse).unwrap();
    assert_eq!(mode(&new), mode(&plain));

    // A replaced one keeps its own, and a link to it stays a link.
    fs::set_permissions(&new, fs::Permissions::from_mode(0o640)).unwrap();
    let link = folder.path().join("link.png");
    symlink(&new, &link).unwrap();
    assert!(matches!(write_atomic(&link, b"two", Overwrite::Refuse), Err(WriteError::Exists { .. })));
    write_atomic(&link, b"two", Overwrite::Allow).unwrap();
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!((fs::read(&new).unwrap().as_slice(), mode(&new)), (&b"two"[..], 0o640));

    // A dangling link counts as existing.
    let dangling = folder.path().join("dangling.png");
    symlink(folder.path().join("nowhere"), &dangling).unwrap();
    assert!(matches!(write_atomic(&dangling, b"x", Overwrite::Refuse), Err(WriteError::Exists { .. })));

    // Devices are written to, not replaced.
    write_atomic("/dev/null", b"gone", Overwrite::Allow).unwrap();
    assert!(!fs::metadata("/dev/null").unwrap().is_file());
}

/// The density is where other programs look for it: 60 dpi are 2362 pixels per metre.
#[test]
fn density_is_written_if_the_format_has_a_field_for_it() {
    let picture = Image::<Encoded>::filled(Size::new(5, 4).unwrap(), Channels::Rgb, 0.5);
    let written = |format, pixels_per_inch| {
        encode(&picture, &EncodeOptions { pixels_per_inch, ..EncodeOptions::new(format) }).unwrap()
    };
    let holds = |bytes: &[u8], part: &[u8]| bytes.windows(part.len()).any(|window| window == part);
    let png = written(Format::Png, Some(60.0));
    let phys = [b"pHYs", &2362_u32.to_be_bytes()[..], &2362_u32.to_be_bytes()[..], &[1]].concat();
    assert!(holds(&png, &phys) && !holds(&written(Format::Png, None), b"pHYs"));
    let jfif = |units: u8, density: u16| {
        [b"JFIF\0\x01\x02", &[units][..], &density.to_be_bytes()[..], &density.to_be_bytes()[..]].concat()
    };
    assert!(holds(&written(Format::Jpeg, Some(60.4)), &jfif(1, 60)));
    assert!(holds(&written(Format::Jpeg, Some(1e5)), &jfif(1, u16::MAX)));
    assert!(!holds(&written(Format::Jpeg, None), &jfif(1, 60)));
    let tiff = written(Format::Tiff, Some(60.25));
    assert!(holds(&tiff, &[&60_250_u32.to_le_bytes()[..], &1000_u32.to_le_bytes()[..]].concat()));
    // Formats without a field for it ignore it.
    assert_eq!(written(Format::WebP, Some(60.0)), written(Format::WebP, None));
    for format in [Format::Png, Format::Jpeg, Format::Tiff] {
        for density in [1e-6, 1e-3, 1e5] {
            let bytes = written(format, Some(density));
            assert!(decode(&bytes, &DecodeOptions::default()).is_ok(), "{format} of {density} dpi");
        }
    }
}
