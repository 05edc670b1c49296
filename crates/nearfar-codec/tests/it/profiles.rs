//! Colour profiles in written files.

use crate::limits::crc32;
use nearfar_codec::{
    DecodeOptions, Decoded, Depth, EncodeOptions, Format, ProfileError, Warning, decode, encode, from_srgb, read,
    srgb_profile,
};
use nearfar_image::{Channels, Encoded, Image, Size};

/// Colours within the gamut of every profile in the test files: none is saturated.
fn muted(channels: Channels) -> Image<Encoded> {
    Image::from_fn(Size::new(65, 67).unwrap(), channels, |c, x, y| {
        0.3 + 0.4 * ((x * (3 + c) + 7 * y) % 64) as f32 / 64.0
    })
}

fn profile(name: &str) -> Vec<u8> {
    read(crate::files::folder().join(name), &DecodeOptions::default()).unwrap().info.icc.unwrap()
}

/// The picture after a round trip through a 16-bit file that carries a profile.
fn written(picture: &Image<Encoded>, icc: Vec<u8>) -> Decoded {
    let options = EncodeOptions { icc: Some(icc), depth: Depth::Sixteen, ..EncodeOptions::new(Format::Tiff) };
    decode(&encode(picture, &options).unwrap(), &DecodeOptions::default()).unwrap()
}

fn difference(a: &Image<Encoded>, b: &Image<Encoded>) -> f32 {
    assert_eq!((a.size(), a.channels()), (b.size(), b.channels()));
    a.samples().iter().zip(b.samples()).map(|(a, b)| 255.0 * (a - b).abs()).fold(0.0, f32::max)
}

#[test]
fn picture_looks_the_same_in_another_profile() {
    for (name, channels) in [("profile.png", Channels::Rgb), ("grey_profile.png", Channels::Grey)] {
        let (picture, icc) = (muted(channels), profile(name));
        let converted = from_srgb(&picture, &icc).unwrap();
        assert!(difference(&converted, &picture) > 5.0, "{name}: other codes");
        let seen = written(&converted, icc);
        assert!(seen.info.converted, "{name}");
        assert!(difference(&seen.image, &picture) < 0.5, "{name}: {}", difference(&seen.image, &picture));
    }
}

#[test]
fn srgb_is_left_unchanged() {
    let picture = muted(Channels::Rgb);
    assert!(from_srgb(&picture, &profile("srgb_profile.png")).unwrap() == picture);
    for channels in [Channels::Rgb, Channels::Grey] {
        let picture = muted(channels);
        let seen = written(&picture, srgb_profile(channels));
        assert!(!seen.info.converted && seen.info.warnings.is_empty(), "{channels:?}: {:?}", seen.info.warnings);
        assert!(difference(&seen.image, &picture) < 0.01);
    }
}

#[test]
fn unsuitable_profiles_are_refused() {
    let [rgb, grey] = [Channels::Rgb, Channels::Grey].map(muted);
    assert_eq!(from_srgb(&rgb, &profile("grey_profile.png")), Err(ProfileError::OtherColors));
    assert_eq!(from_srgb(&grey, &profile("profile.png")), Err(ProfileError::OtherColors));
    assert_eq!(from_srgb(&rgb, &profile("cmyk_profile.jpg")), Err(ProfileError::OtherColors));
    assert_eq!(from_srgb(&rgb, b"no profile"), Err(ProfileError::Unusable));
}

/// The result of reading a picture of given pixels with a profile.
fn wide(icc: Vec<u8>, pixels: &[[f32; 3]]) -> Decoded {
    let picture = Image::from_fn(Size::new(pixels.len(), 1).unwrap(), Channels::Rgb, |c, x, _| pixels[x][c]);
    written(&picture, icc)
}

#[test]
fn colours_outside_srgb_are_counted() {
    let p3 = moxcms::ColorProfile::new_display_p3().encode().unwrap();
    // Full red and green of Display P3 lie outside sRGB; its greys and muted colours inside.
    let inside = [[1.0; 3], [0.0; 3], [0.5, 0.4, 0.6]];
    let half = wide(p3.clone(), &[inside[0], inside[1], inside[2], [1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.9, 0.2]]);
    assert!((half.info.outside_srgb - 0.5).abs() < 1e-9);
    assert_eq!(half.info.warnings, [Warning::OutsideSrgb { percent: 50.0 }]);
    assert_eq!(half.info.warnings[0].to_string(), "50.0 % of its colours lie outside sRGB and were clipped");
    assert!(half.image.samples().iter().all(|v| (0.0..=1.0).contains(v)));
    assert_eq!(half.image.planes().map(|plane| plane.row(0)[3]).collect::<Vec<_>>(), [1.0, 0.0, 0.0]);

    // One pixel of 2000 is too few for a warning.
    let mut many = vec![[0.5; 3]; 1999];
    many.push([1.0, 0.0, 0.0]);
    let few = wide(p3.clone(), &many);
    assert!((few.info.outside_srgb - 0.0005).abs() < 1e-9 && few.info.warnings.is_empty());

    // What sRGB can represent is inside, whatever the profile.
    let picture =
        Image::from_fn(Size::new(17 * 17, 17).unwrap(), Channels::Rgb, |c, x, y| [x % 17, x / 17, y][c] as f32 / 16.0);
    let seen = written(&from_srgb(&picture, &p3).unwrap(), p3);
    assert!(seen.info.outside_srgb <= 0.0 && seen.info.warnings.is_empty());
    assert!(written(&picture, srgb_profile(Channels::Rgb)).info.outside_srgb <= 0.0);
}

/// The colour information of a PNG: code points; gamma; chromaticities; and a profile.
#[derive(Default)]
struct ColorChunks {
    points: Option<[u8; 4]>,
    gamma: Option<f32>,
    primaries: Option<[(f32, f32); 4]>,
    icc: Option<Vec<u8>>,
}

/// The result of reading a PNG of three 16-bit pixels with this information.
fn read_with(colors: ColorChunks) -> Decoded {
    let mut info = png::Info::with_size(3, 1);
    (info.color_type, info.bit_depth) = (png::ColorType::Rgb, png::BitDepth::Sixteen);
    info.source_gamma = colors.gamma.map(png::ScaledFloat::new);
    info.source_chromaticities = colors.primaries.map(|[w, r, g, b]| png::SourceChromaticities::new(w, r, g, b));
    info.icc_profile = colors.icc.map(Into::into);
    let mut bytes = Vec::new();
    let mut writer = png::Encoder::with_info(&mut bytes, info).unwrap().write_header().unwrap();
    let samples: [u16; 9] = [30000, 12000, 6000, 16000, 16000, 16000, 0, 40000, 65535];
    writer.write_image_data(&samples.map(u16::to_be_bytes).concat()).unwrap();
    writer.finish().unwrap();
    if let Some(points) = colors.points {
        // The encoder does not know this chunk; insert it after the header.
        let chunk = [b"cICP".as_slice(), &points].concat();
        let chunk = [&4_u32.to_be_bytes(), &chunk[..], &crc32(&chunk).to_be_bytes()].concat();
        bytes.splice(33..33, chunk);
    }
    decode(&bytes, &DecodeOptions::default()).unwrap()
}

fn code_points(primaries: u8, transfer: u8) -> ColorChunks {
    ColorChunks { points: Some([primaries, transfer, 0, 1]), ..ColorChunks::default() }
}

fn chunks(gamma: Option<f32>, primaries: Option<[(f32, f32); 4]>) -> ColorChunks {
    ColorChunks { gamma, primaries, ..ColorChunks::default() }
}

const SRGB: [(f32, f32); 4] = [(0.3127, 0.329), (0.64, 0.33), (0.3, 0.6), (0.15, 0.06)];
const P3: [(f32, f32); 4] = [(0.3127, 0.329), (0.68, 0.32), (0.265, 0.69), (0.15, 0.06)];

/// Every viewer shows such files.
#[test]
fn code_points_of_no_colours_are_no_reason_to_refuse_a_png() {
    let plain = read_with(ColorChunks::default()).image;
    for points in [[255; 4], [1, 13, 5, 1], [1, 13, 0, 2]] {
        let read = read_with(ColorChunks { points: Some(points), ..ColorChunks::default() });
        assert!(read.image == plain && !read.info.converted, "{points:?}");
        assert!(matches!(read.info.warnings[..], [Warning::UnusableProfile]), "{points:?}: {:?}", read.info.warnings);
    }
}

#[test]
fn numbers_in_a_png_define_its_colours() {
    let plain = read_with(ColorChunks::default()).image;
    let unchanged = [
        read_with(code_points(1, 13)),
        read_with(chunks(Some(0.45455), None)),
        read_with(chunks(Some(0.45455), Some(SRGB))),
    ];
    for same in unchanged {
        assert!(same.image == plain && !same.info.converted && same.info.warnings.is_empty(), "{:?}", same.info);
    }
    // Linear light, expressed in both ways.
    let light =
        Image::<nearfar_image::Linear>::from_samples(plain.size(), Channels::Rgb, plain.samples().to_vec()).unwrap();
    let codes = light.encode(nearfar_image::TransferFunction::Srgb);
    for linear in
        [read_with(code_points(1, 8)), read_with(chunks(Some(1.0), None)), read_with(chunks(Some(1.0), Some(SRGB)))]
    {
        assert!(
            linear.info.converted && difference(&linear.image, &codes) < 0.1,
            "{}",
            difference(&linear.image, &codes)
        );
    }
    // Display P3, expressed in three ways.
    let p3 = moxcms::ColorProfile::new_display_p3().encode().unwrap();
    let by_profile = read_with(ColorChunks { icc: Some(p3.clone()), ..ColorChunks::default() });
    for wide in
        [read_with(code_points(12, 13)), read_with(chunks(None, Some(P3))), read_with(chunks(Some(0.45455), Some(P3)))]
    {
        assert!(wide.info.converted && difference(&wide.image, &by_profile.image) < 0.3, "{:?}", wide.image.samples());
        assert!((wide.info.outside_srgb - by_profile.info.outside_srgb).abs() < 1e-9);
    }
    // A profile overrides gamma, code points override a profile.
    let both = read_with(ColorChunks { icc: Some(p3.clone()), ..chunks(Some(1.0), None) });
    assert!(both.image == by_profile.image);
    let all = read_with(ColorChunks { icc: Some(p3), ..code_points(1, 13) });
    assert!(all.image == plain);
}

#[test]
fn unsupported_numbers_are_reported() {
    let flat = [(0.3127, 0.329), (0.3, 0.3), (0.4, 0.4), (0.5, 0.5)];
    let nothing = [(0.0, 0.0); 4];
    let unread = [
        read_with(code_points(9, 16)),
        read_with(code_points(9, 18)),
        read_with(code_points(2, 13)),
        read_with(code_points(77, 13)),
        read_with(chunks(Some(0.01), None)),
        read_with(chunks(None, Some(flat))),
        read_with(chunks(None, Some(nothing))),
    ];
    let plain = read_with(ColorChunks::default()).image;
    for (i, decoded) in unread.into_iter().enumerate() {
        assert_eq!(decoded.info.warnings, [Warning::UnusableProfile], "{i}");
        assert!(!decoded.info.converted && decoded.image == plain);
    }
}
