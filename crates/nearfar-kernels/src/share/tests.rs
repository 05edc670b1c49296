//! Tests of the share.

use nearfar_image::Size;

use super::*;

fn pair(size: (usize, usize), channels: Channels) -> Pair {
    let picture = |seed: f32| {
        Image::from_fn(Size::new(size.0, size.1).unwrap(), channels, |c, x, y| {
            0.5 + 0.45 * ((x as f32 * 0.31 + seed).sin() * (y as f32 * 0.23 + c as f32 + seed).cos())
        })
    };
    Pair::new(picture(0.0), picture(2.0)).unwrap()
}

const SIZES: [(usize, usize); 5] = [(1, 1), (1, 40), (40, 1), (7, 5), (50, 33)];

#[test]
fn whole_share_is_the_far_picture() {
    let (execution, crossover) = (Execution::single_threaded(), Crossover::per_pixel(0.05).unwrap());
    for size in SIZES {
        for channels in [Channels::Grey, Channels::Rgb] {
            let pair = pair(size, channels);
            let tones = Share::default().far_tones(&pair, crossover, TransferFunction::Srgb, &execution);
            assert_eq!(tones, luminance_codes(pair.far(), TransferFunction::Srgb, &execution));
        }
    }
}

#[test]
fn no_share_is_the_near_picture() {
    let (execution, crossover) = (Execution::single_threaded(), Crossover::per_pixel(0.05).unwrap());
    let nowhere = Focus { x: -1e6, y: 0.0, half_width: 1.0, half_height: 1.0, inside: 1.0, rest: 0.0 };
    let share = Share { color: 0.0, focus: Some(nowhere), ..Share::default() };
    for size in SIZES {
        let pair = pair(size, Channels::Rgb);
        let tones = share.far_tones(&pair, crossover, TransferFunction::Srgb, &execution);
        let near = luminance_codes(pair.near(), TransferFunction::Srgb, &execution);
        assert!(tones.samples().iter().zip(near.samples()).all(|(a, b)| (a - b).abs() < 1e-6));
        let colors = share.opponent_colors(&pair, crossover, &execution);
        assert_eq!(colors, Axes::Opponent.planes(pair.near(), &execution));
    }
}

/// Plain on the left, busy on the right: half of the far picture's shapes comes through on the left, more than all
/// on the right.
#[test]
fn plain_places_take_less_of_the_far_picture() {
    let (execution, crossover) = (Execution::single_threaded(), Crossover::per_pixel(0.1).unwrap());
    let size = Size::new(128, 64).unwrap();
    let near = |detail: f32| {
        Image::from_fn(size, Channels::Grey, |_, x, y| {
            let sign = if (x + y) % 2 == 0 { 1.0 } else { -1.0 };
            0.4 + if x < 64 { 0.0 } else { sign * detail }
        })
    };
    let share = Share { plain: 0.5, ..Share::default() };
    let part = |near: &Image<Encoded>, x: usize| {
        let far = Image::from_fn(size, Channels::Grey, |_, x, y| near.plane(0).row(y)[x] + 0.2);
        let pair = Pair::new(near.clone(), far).unwrap();
        let tones = share.far_tones(&pair, crossover, TransferFunction::Srgb, &execution);
        (tones.plane(0).row(32)[x] - near.plane(0).row(32)[x]) / 0.2
    };
    let near_of = near(0.1);
    assert!((part(&near_of, 5) - 0.5).abs() < 0.02, "{}", part(&near_of, 5));
    assert!((1.05..1.15).contains(&part(&near_of, 122)), "{}", part(&near_of, 122));
    assert!((part(&near(0.0), 122) - 0.5).abs() < 1e-4);
}

/// Float files may hold any value.
#[test]
fn samples_far_out_of_range_give_finite_tones() {
    let (execution, crossover) = (Execution::single_threaded(), Crossover::per_pixel(0.1).unwrap());
    for huge in [f32::MAX, 1e30, -f32::MAX, 0.0] {
        let near =
            Image::from_fn(Size::new(40, 30).unwrap(), Channels::Grey, |_, x, _| if x % 3 == 0 { huge } else { 0.5 });
        let pair = Pair::new(near, Image::filled(Size::new(40, 30).unwrap(), Channels::Grey, 0.5)).unwrap();
        let share = Share { plain: 0.5, ..Share::default() };
        let tones = share.far_tones(&pair, crossover, TransferFunction::Srgb, &execution);
        assert!(tones.samples().iter().all(|v| (0.0..=1.0).contains(v)), "{huge}");
    }
}

/// At 0, grey apart from the far picture's coarse colours, which all come through.
#[test]
fn near_colors_are_kept_by_their_share() {
    let (execution, crossover) = (Execution::single_threaded(), Crossover::per_pixel(0.05).unwrap());
    for size in SIZES {
        let pair = pair(size, Channels::Rgb);
        let near = Axes::Opponent.planes(pair.near(), &execution);
        for part in [0.0, 0.4, 1.0] {
            let share = Share { near_color: part, color: 0.0, ..Share::default() };
            for (found, near) in share.opponent_colors(&pair, crossover, &execution).iter().zip(&near) {
                let expected = near.samples().iter().map(|color| part as f32 * color);
                assert!(found.samples().iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-6));
            }
        }
        let of_both =
            |near_color| Share { near_color, ..Share::default() }.opponent_colors(&pair, crossover, &execution);
        // With all of the far picture's coarse colours, the mean is the far picture's, whatever is left of the near
        // one's.
        let mean = |plane: &Image<Encoded>| plane.samples().iter().sum::<f32>() / plane.samples().len() as f32;
        for (grey, colored) in of_both(0.0).iter().zip(of_both(1.0)) {
            assert!((mean(grey) - mean(&colored)).abs() < 0.02, "{size:?}");
        }
    }
}

/// Flat pictures have no fine colours: the result is the far picture's colours as they come through.
#[test]
fn vivid_colors_come_through_by_less_than_the_share() {
    let (execution, crossover) = (Execution::single_threaded(), Crossover::per_pixel(0.2).unwrap());
    let flat = |[red, green, blue]: [f32; 3]| {
        Image::from_fn(Size::new(90, 70).unwrap(), Channels::Rgb, |c, _, _| [red, green, blue][c])
    };
    let came_through = |color: f64, far: [f32; 3]| {
        let pair = Pair::new(flat([0.5; 3]), flat(far)).unwrap();
        let share = Share { color, ..Share::default() };
        let axes =
            |pictures: &[Image<Encoded>]| f64::hypot(pictures[0].samples()[0].into(), pictures[1].samples()[0].into());
        let all = axes(&Axes::Opponent.planes(pair.far(), &execution));
        axes(&share.opponent_colors(&pair, crossover, &execution)) / all
    };
    let (mild, vivid) = ([0.51, 0.5, 0.49], [0.9, 0.9, 0.1]);
    for color in [0.15, 0.3, 0.7] {
        let [mild, vivid] = [mild, vivid].map(|far| came_through(color, far));
        assert!((0.9 * color..color).contains(&mild), "{color}: {mild}");
        assert!((0.1 * color..0.5 * color).contains(&vivid), "{color}: {vivid}");
    }
    assert!((came_through(1.0, vivid) - 1.0).abs() < 1e-4);
}

/// Vivid or mild, the near picture's coarse colours are reduced by the share of the far one's.
#[test]
fn coarse_near_colors_are_reduced_by_the_far_share() {
    let (execution, crossover) = (Execution::single_threaded(), Crossover::per_pixel(0.2).unwrap());
    let flat = |[red, green, blue]: [f32; 3]| {
        Image::from_fn(Size::new(90, 70).unwrap(), Channels::Rgb, |c, _, _| [red, green, blue][c])
    };
    for near in [[0.51, 0.5, 0.49], [0.9, 0.9, 0.1]] {
        let pair = Pair::new(flat(near), flat([0.5; 3])).unwrap();
        for color in [0.15_f32, 0.7, 1.0] {
            let share = Share { color: color.into(), ..Share::default() };
            let of_near = Axes::Opponent.planes(pair.near(), &execution);
            for (left, near) in share.opponent_colors(&pair, crossover, &execution).iter().zip(of_near) {
                assert!((left.samples()[0] - (1.0 - color) * near.samples()[0]).abs() < 1e-4, "{color}");
            }
        }
    }
}

/// Whatever the share elsewhere, a face takes at most its limit, and the overall share if that is lower.
#[test]
fn near_face_limits_the_far_colors() {
    let (execution, crossover) = (Execution::single_threaded(), Crossover::per_pixel(0.2).unwrap());
    let flat = |[red, green, blue]: [f32; 3]| {
        Image::from_fn(Size::new(90, 70).unwrap(), Channels::Rgb, |c, _, _| [red, green, blue][c])
    };
    let pair = Pair::new(flat([0.5; 3]), flat([0.51, 0.5, 0.49])).unwrap();
    let near_face = Some(Focus { x: 30.0, y: 35.0, half_width: 9.0, half_height: 12.0, inside: 0.3, rest: 1.0 });
    for (color, on_face) in [(1.0, 0.3), (0.6, 0.3), (0.2, 0.2)] {
        let [with, without] = [near_face, None].map(|near_face| {
            let share = Share { color, near_face, ..Share::default() };
            share.opponent_colors(&pair, crossover, &execution)[0].plane(0).row(35).to_vec()
        });
        let part = |x: usize| f64::from(with[x]) / f64::from(without[x]);
        assert!((part(30) - on_face / color).abs() < 1e-3, "{color}: {}", part(30));
        assert!((part(80) - 1.0).abs() < 1e-3, "{color}: {}", part(80));
    }
}

/// Greens, but no other colours, are limited where the near picture shows a face.
#[test]
fn near_face_takes_less_green() {
    let (execution, crossover) = (Execution::single_threaded(), Crossover::per_pixel(0.2).unwrap());
    let size = Size::new(90, 70).unwrap();
    let flat = |color: [f32; 3]| Image::from_fn(size, Channels::Rgb, |c, _, _| color[c]);
    let face = Focus { x: 30.0, y: 35.0, half_width: 9.0, half_height: 12.0, inside: 0.5, rest: 1.0 };
    let share = Share { near_face: Some(face), face_green: 0.4, ..Share::default() };
    for far in [[0.49, 0.51, 0.49], [0.51, 0.49, 0.52], [0.48, 0.5, 0.53], [0.54, 0.5, 0.45]] {
        let pair = Pair::new(flat([0.5; 3]), flat(far)).unwrap();
        let far =
            Axes::Opponent.planes(pair.far(), &execution).iter().map(|plane| plane.samples()[0]).collect::<Vec<_>>();
        let green = (0.5 * (far[0] + far[1])).min(0.0);
        for (color, far) in share.opponent_colors(&pair, crossover, &execution).iter().zip(far) {
            let row = color.plane(0).row(35);
            let on_face = 0.5 * (far - 0.6 * green);
            assert!((row[30] - on_face).abs() < 1e-4, "{}, not {on_face}", row[30]);
            assert!((row[80] - far).abs() < 1e-4, "{}, not {far}", row[80]);
        }
    }
}

/// The mean is the coarsest tone of all: with a tone share of 0 it is the near picture's.
#[test]
fn overall_tone_is_the_near_pictures() {
    let (execution, crossover) = (Execution::single_threaded(), Crossover::per_pixel(0.2).unwrap());
    let size = Size::new(90, 70).unwrap();
    let flat = |v: f32| Image::filled(size, Channels::Grey, v);
    let pair = Pair::new(flat(0.3), flat(0.6)).unwrap();
    for (tone, expected) in [(0.0, 0.3), (0.5, 0.45), (1.0, 0.6)] {
        let share = Share { tone, ..Share::default() };
        let tones = share.far_tones(&pair, crossover, TransferFunction::Srgb, &execution);
        assert!(tones.samples().iter().all(|v| (v - expected).abs() < 1e-4), "{tone}: {:?}", tones.samples()[0]);
    }
}

#[test]
fn shares_outside_zero_to_one_are_refused() {
    let whole = Share::default();
    let focus = Focus { x: 3.0, y: 3.0, half_width: 2.0, half_height: 2.0, inside: 1.0, rest: 0.5 };
    assert_eq!(Share { focus: Some(focus), ..whole }.check(), Ok(()));
    for value in [-0.1, 1.1, f64::NAN] {
        assert!(matches!(Share { near_color: value, ..whole }.check(), Err(KernelError::Share { .. })));
        assert!(matches!(Share { color: value, ..whole }.check(), Err(KernelError::Share { .. })));
        assert!(matches!(Share { tone: value, ..whole }.check(), Err(KernelError::Share { .. })));
        assert!(matches!(Share { face_green: value, ..whole }.check(), Err(KernelError::Share { .. })));
        for place in [Focus { rest: value, ..focus }, Focus { inside: value, ..focus }].map(Some) {
            assert!(matches!(Share { focus: place, ..whole }.check(), Err(KernelError::Share { .. })));
            assert!(matches!(Share { near_face: place, ..whole }.check(), Err(KernelError::Share { .. })));
        }
    }
    for half_width in [0.0, -1.0, f64::INFINITY, f64::NAN] {
        let focus = Some(Focus { half_width, ..focus });
        assert_eq!(Share { focus, ..whole }.check(), Err(KernelError::Focus));
        assert_eq!(Share { near_face: focus, ..whole }.check(), Err(KernelError::Focus));
    }
}

#[test]
fn share_of_an_enlarged_picture_is_the_same_picture_enlarged() {
    let focus = Focus { x: 20.0, y: 12.0, half_width: 9.0, half_height: 7.0, inside: 1.0, rest: 0.2 };
    let share = Share { focus: Some(focus), ..Share::default() };
    let large = share.scaled(2.0).focus.unwrap();
    assert!((large.part(2 * 25, 2 * 14) - focus.part(25, 14)).abs() < 0.05);
    assert!((large.part(20, 12) - focus.part(10, 6)).abs() < 0.05);
}

/// Waves of `period` pixels around a colour, in a picture that is otherwise flat.
fn waves(size: Size, color: [f32; 3], contrast: f32, period: f32) -> Image<Encoded> {
    Image::from_fn(size, Channels::Rgb, |c, x, _| {
        color[c] + contrast * (std::f32::consts::TAU * (x as f32 + 0.5) / period).sin()
    })
}

/// How many times as strong the details of such waves around .4 are in the light of a far picture of a single tone: the
/// least and the most over the pixels where they are strong, far from mirrored edges.
fn strengthened(contrast: f32, period: f32, relight: f64, far: f32) -> [f32; 2] {
    let (execution, crossover) = (Execution::single_threaded(), Crossover::per_pixel(0.02).unwrap());
    let size = Size::new(160, 40).unwrap();
    let near = waves(size, [0.4; 3], contrast, period);
    let pair = Pair::new(near.clone(), waves(size, [far; 3], 0.0, period)).unwrap();
    let share = Share { relight, ..Share::default() };
    let relit = share.relit(&pair, crossover, TransferFunction::Srgb, &execution);
    assert_eq!(relit.far(), pair.far());
    let inside = |picture: &Image<Encoded>| picture.plane(1).row(20)[48..112].to_vec();
    let pixels = inside(relit.near()).into_iter().zip(inside(&near));
    let strong = pixels.filter(|(_, near)| (near - 0.4).abs() > 0.7 * contrast);
    strong.fold([f32::MAX, 0.0], |[least, most], (relit, near)| {
        // The tone itself is left to the mixer.
        let gain = (relit - 0.4) / (near - 0.4);
        [least.min(gain), most.max(gain)]
    })
}

#[test]
fn details_keep_their_ratio_to_the_tone_in_the_far_light() {
    for (relight, far, gain) in [
        (1.0, 0.55, 0.61 / 0.46),
        (0.5, 0.55, 1.0 + 0.5 * (0.61 / 0.46 - 1.0)),
        (1.0, 0.4, 1.0),
        (1.0, 0.3, 0.36 / 0.46),
        // As much as may be, up and down.
        (1.0, 1.0, 1.8),
        (1.0, 0.0, 0.5),
    ] {
        let [least, most] = strengthened(0.1, 12.0, relight, far);
        // Of what gets stronger, a part may be grain.
        let expected =
            if gain > 1.0 { 1.0 + 0.85 * (gain - 1.0)..1.0 + 1.03 * (gain - 1.0) } else { gain - 0.01..gain + 0.01 };
        assert!(
            expected.contains(&least) && expected.contains(&most),
            "{relight} {far}: {least} to {most}, not {expected:?}"
        );
    }
}

/// By rounding alone a picture would get details, and be seen by them.
#[test]
fn flat_pictures_stay_flat_in_the_far_light() {
    let (execution, crossover) = (Execution::single_threaded(), Crossover::per_pixel(0.05).unwrap());
    let size = Size::new(96, 96).unwrap();
    let flat = |code: f32| Image::filled(size, Channels::Rgb, code);
    let share = Share { relight: 1.0, plain: 0.5, tone: 0.6, ..Share::default() };
    for (near, far) in [(0.0, 1.0), (1.0, 0.0), (0.3, 0.7), (0.7, 0.3)] {
        let pair = Pair::new(flat(near), flat(far)).unwrap();
        let relit = share.relit(&pair, crossover, TransferFunction::Srgb, &execution);
        let first = relit.near().samples()[0];
        assert!(relit.near().samples().iter().all(|code| (code - first).abs() < 1e-7), "{near} {far}");
    }
}

#[test]
fn grain_does_not_get_stronger_in_the_far_light() {
    let [_, most] = strengthened(0.005, 2.5, 1.0, 1.0);
    assert!(most < 1.15, "{most}");
    let [_, most] = strengthened(0.005, 2.5, 1.0, 0.0);
    assert!((most - 0.5).abs() < 0.02, "{most}");
    // What is as fine, but strong, is a detail.
    let [least, _] = strengthened(0.2, 2.5, 1.0, 1.0);
    assert!(least > 1.7, "{least}");
}

#[test]
fn colors_fade_where_the_far_light_is_dark() {
    let (execution, crossover) = (Execution::single_threaded(), Crossover::per_pixel(0.03).unwrap());
    let size = Size::new(60, 40).unwrap();
    let (red, share) = ([0.6, 0.3, 0.3], Share { relight: 1.0, ..Share::default() });
    let flat = |color: [f32; 3]| Image::from_fn(size, Channels::Rgb, |c, _, _| color[c]);
    let opponent = |picture: &Image<Encoded>| Axes::Opponent.planes(picture, &execution)[1].samples()[0];
    let near = flat(red);
    for (far, gain) in [(0.0, 0.5), (0.9, 1.0)] {
        let pair = Pair::new(near.clone(), flat([far; 3])).unwrap();
        let relit = share.relit(&pair, crossover, TransferFunction::Srgb, &execution);
        assert!((opponent(relit.near()) - gain * opponent(&near)).abs() < 1e-4, "{far}");
        let luma = |picture: &Image<Encoded>| Axes::Luma.planes(picture, &execution)[0].samples()[0];
        assert!((luma(relit.near()) - luma(&near)).abs() < 1e-3, "{far}");
    }
}

#[test]
fn relit_pictures_have_codes_in_range_at_any_size() {
    let (execution, crossover) = (Execution::single_threaded(), Crossover::per_pixel(0.05).unwrap());
    let (none, all) = (Share::default(), Share { relight: 1.0, plain: 0.5, ..Share::default() });
    for size in SIZES {
        for channels in [Channels::Grey, Channels::Rgb] {
            let pair = pair(size, channels);
            let [none, all] =
                [none, all].map(|share| share.relit(&pair, crossover, TransferFunction::Srgb, &execution));
            assert!(matches!(none, Cow::Borrowed(_)));
            assert_eq!(all.channels(), channels);
            assert!(all.near().samples().iter().all(|code| (0.0..=1.0).contains(code)));
        }
    }
    // Float files may hold any value.
    for huge in [f32::MAX, -f32::MAX, 1e30] {
        let size = Size::new(40, 30).unwrap();
        let near = Image::from_fn(size, Channels::Rgb, |_, x, _| if x % 3 == 0 { huge } else { 0.5 });
        let pair = Pair::new(near, Image::filled(size, Channels::Rgb, 0.5)).unwrap();
        let relit = all.relit(&pair, crossover, TransferFunction::Srgb, &execution);
        assert!(relit.near().samples().iter().all(|code| (0.0..=1.0).contains(code)), "{huge}");
    }
}
