use nearfar_image::{Channels, Image, Pair, Size};
use nearfar_kernels::Execution;
use nearfar_vision::{NaturalnessReference, PixelsPerDegree, Viewing};

const SIDE: usize = 64;

fn picture(value: impl Fn(usize, usize, usize) -> f32) -> Image {
    Image::from_fn(Size::new(SIDE, SIDE).unwrap(), Channels::Rgb, value)
}

/// A dark half beside a light one.
fn step(_: usize, x: usize, _: usize) -> f32 {
    if x < SIDE / 2 { 0.3 } else { 0.6 }
}

fn reference() -> NaturalnessReference {
    let ppd = |n| PixelsPerDegree::new(n).unwrap();
    let viewing = Viewing { near_ppd: ppd(10.0), far_ppd: ppd(400.0) };
    let pair = Pair::new(picture(step), picture(|_, _, _| 0.5)).unwrap();
    NaturalnessReference::new(&pair, &viewing, &Execution::single_threaded())
}

fn judge(hybrid: &Image) -> nearfar_vision::Naturalness {
    reference().judge(hybrid, &Execution::single_threaded()).unwrap()
}

#[test]
fn near_picture_itself_is_flawless() {
    let found = judge(&picture(step));
    assert_eq!((found.halo, found.color_error, found.clipped_share), (0.0, 0.0, 0.0));
}

#[test]
fn tone_change_is_a_halo_beside_an_edge_but_not_at_it() {
    let jump = picture(|c, x, y| step(c, x, y) + if x < SIDE / 2 { 0.1 } else { -0.1 });
    let fade = picture(|c, x, y| {
        let away = x as f32 + 0.5 - (SIDE / 2) as f32;
        step(c, x, y) + 0.1 * away.signum() * (-(away / 4.0).powi(2)).exp()
    });
    let (jump, fade) = (judge(&jump).halo, judge(&fade).halo);
    assert!(jump < 0.2 * fade && fade > 1.0, "{jump} {fade}");
}

#[test]
fn color_error_is_the_mean_distance_of_opponent_colors() {
    // Red up by 0.1: luma rises by 0.02126, Cb falls by 0.02126 / 1.8556, Cr rises by 0.07874 / 1.5748.
    let red = picture(|c, x, y| step(c, x, y) + if c == 0 { 0.1 } else { 0.0 });
    let expected = 100.0 * (0.02126f64 / 1.8556).hypot(0.05);
    assert!((judge(&red).color_error - expected).abs() < 1e-3);
}

#[test]
fn pixels_count_as_clipped_where_the_near_picture_is_not() {
    let cut = picture(|c, x, y| if y < SIDE / 4 { 1.0 } else { step(c, x, y) });
    assert!((judge(&cut).clipped_share - 0.25).abs() < 1e-12);
}

#[test]
fn hybrids_of_another_size_are_refused() {
    let small = Image::filled(Size::new(3, 3).unwrap(), Channels::Rgb, 0.5);
    assert!(reference().judge(&small, &Execution::single_threaded()).is_err());
}
