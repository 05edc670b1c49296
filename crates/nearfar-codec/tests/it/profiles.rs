//! Colour profiles that are written.

use nearfar_codec::{
    DecodeOptions, Decoded, Depth, EncodeOptions, Format, ProfileError, decode, encode, from_srgb, read, srgb_profile,
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
