//! Sizes, planes, pictures and pairs.

use nearfar_image::{Channels, Encoded, Image, ImageError, Landmarks, Pair, Plane, Point, Rect, Size};
use proptest::prelude::*;

fn size(width: usize, height: usize) -> Size {
    Size::new(width, height).unwrap()
}

/// A picture in which every sample encodes its own position.
fn labelled(size: Size, channels: Channels) -> Image<Encoded> {
    Image::from_fn(size, channels, label)
}

fn label(c: usize, x: usize, y: usize) -> f32 {
    (c * 10_000 + y * 100 + x) as f32
}

fn any_channels() -> impl Strategy<Value = Channels> {
    prop::sample::select(&[Channels::Grey, Channels::Rgb][..])
}

#[test]
fn size_must_have_area_and_fit() {
    assert_eq!(Size::new(0, 5), Err(ImageError::EmptySize { width: 0, height: 5 }));
    assert_eq!(Size::new(5, 0), Err(ImageError::EmptySize { width: 5, height: 0 }));
    for (width, height) in [(usize::MAX, 2), (usize::MAX / 12 + 1, 1), (1 << 31, 1 << 31)] {
        assert_eq!(Size::new(width, height), Err(ImageError::SizeTooLarge { width, height }));
    }
    assert_eq!(size(512, 600).to_string(), "512x600");
    assert_eq!((size(512, 600).shorter_side(), size(512, 600).transposed()), (512, size(600, 512)));
}

#[test]
fn rects_between_points_are_clipped_and_hold_at_least_a_pixel() {
    let picture = size(20, 10);
    let between = |low: [f64; 2], high: [f64; 2]| Rect::between(picture, low.into(), high.into());
    assert_eq!(between([2.4, 3.0], [5.6, 4.0]), Rect::new(2, 3, size(5, 2)));
    assert_eq!(between([-50.0, -1.0], [50.0, 99.0]), Rect::whole(picture));
    assert_eq!(between([30.0, f64::NAN], [40.0, f64::NAN]), Rect::new(19, 0, size(1, 1)));
    assert_eq!(Rect::new(2, 3, size(5, 2)).union(Rect::new(0, 4, size(1, 4))), Rect::new(0, 3, size(7, 5)));
    assert_eq!(Rect::new(2, 3, size(5, 2)).grown(4, picture), Rect::new(0, 0, size(11, 9)));
    assert_eq!(Rect::new(2, 3, size(5, 2)).grown(usize::MAX, picture), Rect::whole(picture));
    assert!(Rect::new(2, 3, size(5, 2)).contains(Point::new(6.0, 4.0)));
    assert!(!Rect::new(2, 3, size(5, 2)).contains(Point::new(6.1, 4.0)));
    assert_eq!(picture.middle(), Point::new(9.5, 4.5));
}

#[test]
fn landmarks_give_size_and_position_of_a_face() {
    let face = Landmarks {
        eyes: [Point::new(10.0, 20.0), Point::new(14.0, 20.0)],
        mouth: Point::new(12.0, 26.0),
        confidence: 1.0,
        animal: false,
    };
    // A face turned sideways: the eyes are nearer to each other than to the mouth.
    assert!((face.extent() - 6.0).abs() < 1e-12);
    assert_eq!(face.middle(), Point::new(12.0, 23.0));
    let doubled = face.mapped(|p| Some(Point::new(2.0 * p.x, 2.0 * p.y))).unwrap();
    assert!((doubled.extent() - 12.0).abs() < 1e-12 && doubled.radians().abs() < 1e-12);
    assert_eq!(face.mapped(|p| (p.y < 25.0).then_some(p)), None);
}

#[test]
fn samples_must_fill_the_picture() {
    let image = Image::<Encoded>::from_samples(size(2, 3), Channels::Rgb, vec![0.0; 17]);
    assert_eq!(image, Err(ImageError::SampleCount { expected: 18, found: 17 }));
}

#[test]
fn finite_check_finds_the_first_offender() {
    let mut image = labelled(size(3, 2), Channels::Rgb);
    assert_eq!(image.check_finite(), Ok(()));
    image.samples_mut()[7] = f32::INFINITY;
    image.samples_mut()[11] = f32::NEG_INFINITY;
    assert_eq!(image.check_finite(), Err(ImageError::NotFinite { index: 7, value: f32::INFINITY }));
}

#[test]
fn pair_must_have_one_size() {
    let (near, far) = (labelled(size(4, 3), Channels::Grey), labelled(size(3, 4), Channels::Grey));
    let error = Pair::new(near, far).unwrap_err();
    assert_eq!(error, ImageError::SizeMismatch { near: size(4, 3), far: size(3, 4) });
    assert_eq!(error.to_string(), "the near picture is 4x3 pixels and the far picture is 3x4");
}

#[test]
fn pair_must_be_finite() {
    let good = labelled(size(4, 3), Channels::Grey);
    let mut bad = good.clone();
    bad.samples_mut()[5] = f32::NAN;
    for (near, far) in [(good.clone(), bad.clone()), (bad, good)] {
        assert!(matches!(Pair::new(near, far), Err(ImageError::NotFinite { index: 5, .. })));
    }
}

#[test]
fn pair_with_another_near_picture_has_the_same_far_one() {
    let (near, far) = (labelled(size(4, 3), Channels::Grey), labelled(size(4, 3), Channels::Grey));
    let pair = Pair::new(near, far).unwrap();
    let mut other = pair.near().clone();
    other.samples_mut()[2] = 0.25;
    let with_other = pair.with_near(other.clone()).unwrap();
    assert_eq!((with_other.near(), with_other.far()), (&other, pair.far()));
    assert!(std::ptr::eq(with_other.far(), pair.far()));
    assert_eq!(with_other.into_parts().1, *pair.far());
    let wrong = pair.with_near(labelled(size(3, 4), Channels::Grey)).unwrap_err();
    assert_eq!(wrong, ImageError::SizeMismatch { near: size(3, 4), far: size(4, 3) });
    other.samples_mut()[5] = f32::NAN;
    assert!(matches!(pair.with_near(other), Err(ImageError::NotFinite { index: 5, .. })));
}

#[test]
fn pair_of_grey_and_colour_is_colour() {
    let (grey, rgb) = (labelled(size(4, 3), Channels::Grey), labelled(size(4, 3), Channels::Rgb));
    let pair = Pair::new(grey.clone(), rgb.clone()).unwrap();
    assert_eq!((pair.size(), pair.channels()), (size(4, 3), Channels::Rgb));
    assert!(pair.near().planes().all(|plane| plane.samples() == grey.samples()));
    assert_eq!(pair.into_parts().1, rgb);
    let pair = Pair::new(grey.clone(), grey).unwrap();
    assert_eq!(pair.channels(), Channels::Grey);
}

#[test]
#[should_panic(expected = "a crop of 3x2 at (2, 0) does not lie inside a picture of 4x4")]
fn crop_outside_panics() {
    let _ = labelled(size(4, 4), Channels::Grey).crop(Rect::new(2, 0, size(3, 2)));
}

#[test]
#[should_panic(expected = "does not lie inside")]
fn crop_far_outside_panics_without_overflow() {
    let _ = labelled(size(4, 4), Channels::Grey).crop(Rect::new(usize::MAX, 0, size(1, 1)));
}

#[test]
#[should_panic(expected = "one sample for each pixel")]
fn plane_of_the_wrong_length_panics() {
    let _ = Plane::new(size(2, 2), &[0.0; 3]);
}

proptest! {
    #[test]
    fn views_agree(w in 1_usize..20, h in 1_usize..20, channels in any_channels()) {
        let mut image = labelled(size(w, h), channels);
        prop_assert_eq!(image.planes().len(), channels.count());
        for (c, plane) in image.planes().enumerate() {
            prop_assert_eq!(plane.samples(), image.plane(c).samples());
            prop_assert_eq!(plane.rows().len(), h);
            for (y, row) in plane.rows().enumerate() {
                prop_assert_eq!(row, plane.row(y));
                prop_assert!(row.iter().enumerate().all(|(x, v)| v.to_bits() == label(c, x, y).to_bits()));
            }
        }
        let copy = image.clone();
        for (c, mut plane) in image.planes_mut().enumerate() {
            for (y, row) in plane.rows_mut().enumerate() {
                prop_assert_eq!(&*row, copy.plane(c).row(y));
            }
            prop_assert_eq!(&*plane.row_mut(h - 1), copy.plane(c).row(h - 1));
            prop_assert_eq!(plane.as_plane().samples(), copy.plane(c).samples());
        }
        prop_assert!(Image::from_samples(size(w, h), channels, image.into_samples()).unwrap() == copy);
    }

    #[test]
    fn strips_cover_the_plane_in_order(w in 1_usize..9, h in 1_usize..30, rows in 1_usize..40) {
        let mut image = labelled(size(w, h), Channels::Rgb);
        let copy = image.clone();
        let mut next = 0;
        for (first, strip) in image.plane_mut(1).into_strips(rows) {
            prop_assert_eq!(first, next);
            let expected = &copy.plane(1).samples()[first * w..][..strip.len()];
            prop_assert_eq!(&*strip, expected);
            next += strip.len() / w;
        }
        prop_assert_eq!(next, h);
    }

    #[test]
    fn crop_copies_the_rectangle(
        channels in any_channels(),
        ((w, x, cw), (h, y, ch)) in (span(), span()),
    ) {
        let crop = labelled(size(w, h), channels).crop(Rect::new(x, y, size(cw, ch)));
        let expected = Image::from_fn(size(cw, ch), channels, |c, i, j| label(c, x + i, y + j));
        prop_assert!(crop == expected);
    }

    #[test]
    fn grey_is_repeated(w in 1_usize..9, h in 1_usize..9) {
        let grey = labelled(size(w, h), Channels::Grey);
        let rgb = grey.clone().into_rgb();
        prop_assert_eq!(rgb.channels(), Channels::Rgb);
        prop_assert!(rgb.planes().all(|plane| plane.samples() == grey.samples()));
        prop_assert!(rgb.clone().into_rgb() == rgb);
    }
}

/// A length, and the start and length of a span inside it.
fn span() -> impl Strategy<Value = (usize, usize, usize)> {
    (1_usize..20).prop_flat_map(|n| (Just(n), 0..n)).prop_flat_map(|(n, start)| (Just(n), Just(start), 1..=n - start))
}

#[test]
fn picture_too_large_for_the_memory_is_an_error() {
    // No machine gives one program an address space of six exbibytes.
    let huge = size(1 << 59, 1);
    let bytes = (1 << 59) * 3 * size_of::<f32>();
    assert_eq!(Image::<Encoded>::try_filled(huge, Channels::Rgb, 0.0), Err(ImageError::OutOfMemory { bytes }));
    let small = Image::<Encoded>::try_filled(size(3, 2), Channels::Rgb, 0.25).unwrap();
    assert_eq!(small, Image::filled(size(3, 2), Channels::Rgb, 0.25));
}
