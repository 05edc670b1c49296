//! Colour profiles that are written.

use nearfar_codec::{
    DecodeOptions, Decoded, Depth, EncodeOptions, Format, ProfileError, Warning, decode, encode, from_srgb, read,
    srgb_profile,
};
use nearfar_image::{Channels, Encoded, Image, Size};

/// Colours that any profile of the test files can say: none is saturated.
fn muted(channels: Channels) -> Image<Encoded> {
    Image::from_fn(Size::new(65, 67).unwrap(), channels, |c, x, y| {
        0.3 + 0.4 * ((x * (3 + c) + 7 * y) % 64) as f32 / 64.0
    })
}

fn profile(name: &str) -> Vec<u8> {
    read(crate::files::folder().join(name), &DecodeOptions::default()).unwrap().info.icc.unwrap()
}

/// The picture as it comes back from a file of 16 bits that carries a profile.
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
fn srgb_is_left_as_it_is() {
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
fn profiles_that_do_not_serve_are_refused() {
    let [rgb, grey] = [Channels::Rgb, Channels::Grey].map(muted);
    assert_eq!(from_srgb(&rgb, &profile("grey_profile.png")), Err(ProfileError::OtherColors));
    assert_eq!(from_srgb(&grey, &profile("profile.png")), Err(ProfileError::OtherColors));
    assert_eq!(from_srgb(&rgb, &profile("cmyk_profile.jpg")), Err(ProfileError::OtherColors));
    assert_eq!(from_srgb(&rgb, b"no profile"), Err(ProfileError::Unusable));
}

/// A picture of pixels that carry a profile, and what is read of it.
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
    assert_eq!(half.info.warnings[0].to_string(), "50.0 % of its colours lie outside sRGB and were cut");
    assert!(half.image.samples().iter().all(|v| (0.0..=1.0).contains(v)));
    assert_eq!(half.image.planes().map(|plane| plane.row(0)[3]).collect::<Vec<_>>(), [1.0, 0.0, 0.0]);

    // One pixel of 2000 is too little to speak of.
    let mut many = vec![[0.5; 3]; 1999];
    many.push([1.0, 0.0, 0.0]);
    let few = wide(p3.clone(), &many);
    assert!((few.info.outside_srgb - 0.0005).abs() < 1e-9 && few.info.warnings.is_empty());

    // What sRGB holds is inside, however it got there.
    let picture =
        Image::from_fn(Size::new(17 * 17, 17).unwrap(), Channels::Rgb, |c, x, y| [x % 17, x / 17, y][c] as f32 / 16.0);
    let seen = written(&from_srgb(&picture, &p3).unwrap(), p3);
    assert!(seen.info.outside_srgb <= 0.0 && seen.info.warnings.is_empty());
    assert!(written(&picture, srgb_profile(Channels::Rgb)).info.outside_srgb <= 0.0);
}
