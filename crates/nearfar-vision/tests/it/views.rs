//! The far view and shrinking.

use nearfar_image::{Channels, Image, Rect, TransferFunction};
use nearfar_kernels::Execution;
use nearfar_vision::{FarView, PixelsPerDegree, VisionError, shrink};

use crate::pictures::{noise_picture, scene, size};

fn view(size: nearfar_image::Size) -> FarView {
    FarView::new(size, PixelsPerDegree::new(194.0).expect("in range"))
}

/// Half of the light is sRGB 188; blurring or averaging codes would give 127 or 128.
#[test]
fn checkerboard_becomes_188_in_every_view() {
    let is_188 = |picture: &Image| picture.samples().iter().all(|v| (v * 255.0).round() as i32 == 188);
    let picture = Image::from_fn(size(32, 28), Channels::Rgb, |_, x, y| ((x + y) % 2) as f32);
    let seen = view(picture.size()).apply(&picture, &Execution::single_threaded());
    // Within 12 pixels of the edge, the mirrored checkerboard is out of phase with itself.
    assert!(is_188(&seen.crop(Rect::new(12, 12, size(8, 4)))));
    for to in [size(16, 14), size(4, 2), size(1, 1), size(16, 7)] {
        let small = shrink(&picture, to).expect("smaller");
        assert_eq!(small.size(), to);
        assert!(is_188(&small), "{to}");
    }
}

#[test]
fn far_view_keeps_constants_and_the_mean_light() {
    let execution = Execution::single_threaded();
    let mean_light = |picture: &Image| -> f64 {
        let light = picture.decode(TransferFunction::Srgb);
        light.samples().iter().map(|&v| f64::from(v)).sum::<f64>() / light.samples().len() as f64
    };
    for size in [size(1, 1), size(1, 50), size(50, 1), size(33, 20)] {
        let flat = Image::filled(size, Channels::Rgb, 0.3);
        assert!(view(size).apply(&flat, &execution).samples().iter().all(|v| (v - 0.3).abs() < 1e-5), "{size}");
        let picture = scene(5, size, Channels::Grey);
        let (before, after) = (mean_light(&picture), mean_light(&view(size).apply(&picture, &execution)));
        assert!((before / after - 1.0).abs() < 1e-4, "{size}: {before} became {after}");
    }
}

#[cfg(feature = "threads")]
#[test]
fn far_view_is_bit_equal_for_any_number_of_threads() {
    let picture = noise_picture(1, size(61, 47), Channels::Rgb);
    let view = view(picture.size());
    let expected = view.apply(&picture, &Execution::single_threaded());
    for threads in [2, 3, 7] {
        assert_eq!(view.apply(&picture, &Execution::with_threads(threads).expect("threads")), expected);
    }
}

#[test]
fn shrink_to_the_same_size_changes_nothing() {
    let picture = noise_picture(1, size(17, 9), Channels::Rgb);
    let same = shrink(&picture, picture.size()).expect("not larger");
    let error = picture.samples().iter().zip(same.samples()).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
    assert!(error < 1e-5, "{error}");
}

#[test]
fn shrink_refuses_to_grow() {
    let picture = noise_picture(1, size(17, 9), Channels::Grey);
    let to = size(16, 10);
    assert_eq!(shrink(&picture, to), Err(VisionError::NotSmaller { from: size(17, 9), to }));
}
