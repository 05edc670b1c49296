//! Every file of the corpus as decoded by the `image` crate, whose code paths share no rules with ours: where the two
//! differ there is a reason, and it is listed.

use std::{collections::BTreeMap, fs};

use image::{DynamicImage, ImageError, ImageReader};
use nearfar_codec::{DecodeOptions, decode};

use crate::files::folder;

/// Decoders of lossy files may differ in the last bits of their transforms, by this many of 255 steps.
const TOLERANCE: f32 = 3.01;

/// The comparison of two decoders on a file.
#[derive(Debug, PartialEq)]
enum Outcome {
    Alike,
    Unlike,
    OnlyOurs,
    OnlyTheirs,
    Neither,
}

/// Ours is an upright picture on white in sRGB; theirs is what the file contains.
fn compared(bytes: &[u8]) -> Outcome {
    let ours = decode(bytes, &DecodeOptions::default()).ok().map(|found| found.image.into_rgb());
    let theirs = theirs(bytes).ok();
    let (ours, theirs) = match (ours, theirs) {
        (None, None) => return Outcome::Neither,
        (Some(_), None) => return Outcome::OnlyOurs,
        (None, Some(_)) => return Outcome::OnlyTheirs,
        (Some(ours), Some(theirs)) => (ours, theirs.into_rgb32f()),
    };
    let size = (ours.size().width(), ours.size().height());
    if size != (theirs.width() as usize, theirs.height() as usize) {
        return Outcome::Unlike;
    }
    let area = ours.size().area();
    let difference = |(i, their): (usize, &f32)| {
        let our = ours.samples()[i % 3 * area + i / 3];
        (our - their).abs() * 255.0
    };
    let most = theirs.as_raw().iter().enumerate().map(difference).fold(0.0, f32::max);
    if most < TOLERANCE { Outcome::Alike } else { Outcome::Unlike }
}

fn theirs(bytes: &[u8]) -> Result<DynamicImage, ImageError> {
    ImageReader::new(std::io::Cursor::new(bytes)).with_guessed_format()?.decode()
}

/// Where the two differ, and why.
const REASONS: [(&str, Outcome, &[&str]); 5] = [
    (
        "is turned upright by us alone",
        Outcome::Unlike,
        &[
            "orientation_2.jpg",
            "orientation_3.jpg",
            "orientation_4.jpg",
            "orientation_5.jpg",
            "orientation_6.jpg",
            "orientation_7.jpg",
            "orientation_8.jpg",
            "phone.jpg",
        ],
    ),
    (
        "is set on white by us alone",
        Outcome::Unlike,
        &["grey_alpha.png", "palette_transparent.png", "rgba.png", "rgba.webp", "rgba_lzw.tif"],
    ),
    (
        "has a profile, which we alone follow",
        Outcome::Unlike,
        &[
            "cmyk_profile.jpg",
            "grey_profile.png",
            "profile.png",
            "profile_deflate.tif",
            "turned_profile.tif",
            "wide_rgb.jpg",
        ],
    ),
    (
        "is JPEG XL",
        Outcome::OnlyOurs,
        &[
            "boxes.jxl",
            "float.jxl",
            "grey.jxl",
            "lossless.jxl",
            "lossy.jxl",
            "much_text.jxl",
            "photograph.jxl",
            "rgba.jxl",
            "two_frames.jxl",
            "wide.jxl",
        ],
    ),
    (
        "is a TIFF of a kind that the other has no picture for",
        Outcome::OnlyOurs,
        &["big.tif", "bright.tif", "float.tif", "huge.tif", "mask_beside_grey.tif", "palette.tif"],
    ),
];

#[test]
fn decoders_agree_or_differ_for_a_listed_reason() {
    let mut expected: BTreeMap<_, _> = REASONS
        .iter()
        .flat_map(|(why, outcome, names)| names.iter().map(move |name| (*name, (outcome, *why))))
        .collect();
    for entry in fs::read_dir(folder()).unwrap() {
        let path = entry.unwrap().path();
        let is_picture = path.extension().is_some_and(|ending| ending != "py" && ending != "md");
        if path.is_dir() || !is_picture {
            continue;
        }
        let name = path.file_name().unwrap().to_str().unwrap();
        let (outcome, why) = expected.remove(name).unwrap_or((&Outcome::Alike, "needs nothing of the sort"));
        assert_eq!(&compared(&fs::read(&path).unwrap()), outcome, "{name} {why}");
    }
    assert!(expected.is_empty(), "not in the corpus: {expected:?}");
}
