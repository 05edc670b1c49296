//! Pictures to and from interleaved memory.

use nearfar_image::{
    Channels, Encoded, Image, ImageError, Size, TransferFunction,
    interleaved::{Interleaved, Layout, Sample, interleave, interleave_into},
};
use proptest::prelude::*;

const WHITE: [f32; 3] = [1.0; 3];
const LAYOUTS: [Layout; 3] = [Layout::Grey, Layout::Rgb, Layout::Rgba];

fn size(width: usize, height: usize) -> Size {
    Size::new(width, height).unwrap()
}

/// Opaque samples after a round trip through an image.
fn round_trip<T: Sample>(size: Size, layout: Layout, samples: &[T]) -> Vec<T> {
    interleave(&Interleaved::new(size, layout, samples).unwrap().to_image(WHITE).unwrap(), layout).unwrap()
}

#[test]
fn every_integer_round_trips() {
    for layout in LAYOUTS {
        let opaque = |i: usize| layout == Layout::Rgba && i % 4 == 3;
        let bytes: Vec<u8> = (0..256 * layout.count()).map(|i| if opaque(i) { 255 } else { i as u8 }).collect();
        assert_eq!(round_trip(size(16, 16), layout, &bytes), bytes);
        let words: Vec<u16> = (0..65536 * layout.count()).map(|i| if opaque(i) { 65535 } else { i as u16 }).collect();
        assert_eq!(round_trip(size(256, 256), layout, &words), words);
    }
    let floats = [-0.5, 0.0, f32::MIN_POSITIVE, 0.25, 1.0, 77.0];
    assert_eq!(round_trip(size(2, 1), Layout::Rgb, &floats), floats);
    assert_eq!(round_trip(size(3, 2), Layout::Grey, &floats), floats);
}

#[test]
fn channels_go_to_their_planes() {
    let image = Interleaved::new(size(2, 1), Layout::Rgb, &[1_u8, 2, 3, 4, 5, 6]).unwrap().to_image(WHITE).unwrap();
    let codes: Vec<f32> = [1.0, 4.0, 2.0, 5.0, 3.0, 6.0].iter().map(|v| v / 255.0).collect();
    assert_eq!((image.channels(), image.samples()), (Channels::Rgb, &codes[..]));
    let grey = Image::<Encoded>::filled(size(1, 1), Channels::Grey, 0.5);
    assert_eq!(interleave::<u8>(&grey, Layout::Rgba).unwrap(), [128, 128, 128, 255]);
    assert_eq!(interleave::<u16>(&grey, Layout::Rgb).unwrap(), [32768; 3]);
    assert_eq!(interleave::<f32>(&grey, Layout::Rgba).unwrap(), [0.5, 0.5, 0.5, 1.0]);
}

#[test]
fn codes_round_to_the_nearest_integer() {
    let codes = vec![-3.0, 0.49 / 255.0, 0.51 / 255.0, 127.6 / 255.0, 1.0, 9.0];
    let image = Image::<Encoded>::from_samples(size(6, 1), Channels::Grey, codes).unwrap();
    assert_eq!(interleave::<u8>(&image, Layout::Grey).unwrap(), [0, 0, 1, 128, 255, 255]);
}

#[test]
fn background_shows_through_in_light() {
    let behind = [0.2, 1.0, 0.0];
    let canvas = [[255_u8, 0, 40, 0], [255, 0, 40, 255], [255, 0, 40, 51]].concat();
    let image = Interleaved::new(size(3, 1), Layout::Rgba, &canvas).unwrap().to_image(behind).unwrap();
    let srgb = TransferFunction::Srgb;
    for (c, code) in [1.0, 0.0, 40.0 / 255.0].into_iter().enumerate() {
        let row = image.plane(c).row(0).to_vec();
        let mixed = srgb.encode(0.2 * srgb.decode(code) + 0.8 * srgb.decode(behind[c]));
        assert_eq!(row[..2], [behind[c], code]);
        assert!((row[2] - mixed).abs() < 1e-6, "{row:?} {mixed}");
    }
}

#[test]
fn shapes_that_do_not_fit_are_errors() {
    let samples = [0_u8; 24];
    let found = 24;
    let new = |layout| Interleaved::new(size(3, 2), layout, &samples).map(|_| ());
    assert_eq!(new(Layout::Rgba), Ok(()));
    assert_eq!(new(Layout::Rgb), Err(ImageError::SampleCount { expected: 18, found }));
    let strided = |stride| Interleaved::with_stride(size(3, 2), Layout::Rgb, &samples, stride).map(|_| ());
    assert_eq!(strided(8), Err(ImageError::Stride { stride: 8, row: 9 }));
    assert_eq!((strided(9), strided(15)), (Ok(()), Ok(())));
    assert_eq!(strided(16), Err(ImageError::SampleCount { expected: 25, found }));
    assert_eq!(strided(usize::MAX), Err(ImageError::SampleCount { expected: usize::MAX, found }));

    let colours = Image::<Encoded>::filled(size(3, 2), Channels::Rgb, 0.5);
    assert_eq!(interleave::<u8>(&colours, Layout::Grey), Err(ImageError::NotGrey));
    let mut target = [7_u8; 24];
    assert!(interleave_into(&colours, Layout::Rgb, &mut target, 16).is_err());
    assert_eq!(target, [7; 24], "nothing is written");
}

#[test]
fn numbers_that_are_not_finite_are_errors() {
    let samples = [0.0, 0.5, 1.0, 0.5, f32::NAN, 0.5];
    let image = Interleaved::new(size(2, 1), Layout::Rgb, &samples).unwrap().to_image(WHITE);
    assert!(matches!(image, Err(ImageError::NotFinite { index: 4, .. })), "{image:?}");
    let opacity = [0.0, 0.5, 1.0, f32::INFINITY];
    let image = Interleaved::new(size(1, 1), Layout::Rgba, &opacity).unwrap().to_image(WHITE);
    assert_eq!(image, Err(ImageError::NotFinite { index: 3, value: f32::INFINITY }));
    let image = Image::<Encoded>::from_samples(size(1, 1), Channels::Grey, vec![f32::NEG_INFINITY]).unwrap();
    assert!(matches!(interleave::<u8>(&image, Layout::Grey), Err(ImageError::NotFinite { index: 0, .. })));
    for background in [[0.0, f32::NAN, 0.0], [0.0, 0.0, 1.5], [-0.1, 0.0, 0.0]] {
        let image = Interleaved::new(size(1, 1), Layout::Grey, &[0_u8]).unwrap().to_image(background);
        assert!(matches!(image, Err(ImageError::Background { .. })), "{background:?}");
    }
}

proptest! {
    #[test]
    fn rows_may_be_padded(w in 1_usize..9, h in 1_usize..9, gap in 0_usize..7, layout in prop::sample::select(&LAYOUTS[..])) {
        let row = w * layout.count();
        let stride = row + gap;
        // The last row has no padding.
        let length = stride * (h - 1) + row;
        let sample = |i: usize| if layout == Layout::Rgba && i % stride % 4 == 3 { 255 } else { (i * 37 % 251) as u8 };
        let padded: Vec<u8> = (0..length).map(sample).collect();
        let packed: Vec<u8> = padded.chunks(stride).flat_map(|chunk| &chunk[..row]).copied().collect();
        let image = Interleaved::with_stride(size(w, h), layout, &padded, stride).unwrap().to_image(WHITE).unwrap();
        let same = Interleaved::new(size(w, h), layout, &packed).unwrap().to_image(WHITE).unwrap();
        prop_assert!(image == same);
        let mut target = vec![9; length];
        interleave_into(&image, layout, &mut target, stride).unwrap();
        for (i, (&to, &from)) in target.iter().zip(&padded).enumerate() {
            prop_assert_eq!(to, if i % stride < row { from } else { 9 });
        }
    }
}
