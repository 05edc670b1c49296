//! Hybrids against their documentation.

use nearfar_fourier::{
    Border, FrequencyResponse, LowPass, NearGain, Options, OutOfRange, Outcome, Plan, ResponseCurve, Workspace, mix,
};
use nearfar_image::{Channels, Image, Linear, Pair, Size, TransferFunction};
use nearfar_kernels::{Axes, Colors, Execution, Focus, Share};

use crate::support::{every_set, executions, largest_difference, noise, noise_pair, sigma, size};

const RULES: [OutOfRange; 3] = [OutOfRange::Clip, OutOfRange::Rescale, OutOfRange::LocalGain];

fn single(pair: &Pair, options: &Options) -> Outcome {
    mix(pair, options, &Execution::single_threaded()).unwrap()
}

const MATCHED: NearGain = NearGain::Matched { strength: 1.3, most: 1.8 };

/// A Gaussian response of sigma `pixels`, with defaults for all else.
fn gaussian(pixels: f64) -> Options {
    Options { crossover: Some(sigma(pixels)), ..Options::classic() }
}

fn blur(pixels: f64) -> ResponseCurve {
    FrequencyResponse::Gaussian.curve(sigma(pixels)).unwrap()
}

/// Noise about mid grey, so faint that no sum leaves the range.
fn faint_pair(shape: Size) -> Pair {
    let picture = |seed| {
        let sample = move |c, x, y| 0.5 + 0.2 * (noise(seed + c as u64, (y * shape.width() + x) as u64) - 0.5);
        Image::from_fn(shape, Channels::Rgb, sample)
    };
    Pair::new(picture(31), picture(41)).unwrap()
}

fn filtered(samples: &[f32], shape: Size, curve: &ResponseCurve) -> Vec<f32> {
    let from = Image::<Linear>::from_samples(shape, Channels::Grey, samples.to_vec()).unwrap();
    let mut to = from.clone();
    let low_pass = LowPass::new(shape, curve, Border::Mirror);
    low_pass.apply(&Execution::single_threaded(), from.plane(0), to.plane_mut(0), &mut Workspace::new());
    to.into_samples()
}

#[test]
fn mix_is_low_of_far_plus_high_of_near() {
    let pair = faint_pair(size(45, 38));
    for transfer in [TransferFunction::Identity, TransferFunction::Power22, TransferFunction::Srgb] {
        for (high, gain) in [(4.0, 1.0), (4.0, 0.7), (2.0, 1.2)] {
            let near_gain = NearGain::Uniform(gain);
            let options = Options { high: Some(sigma(high)), near_gain, transfer, ..gaussian(4.0) };
            let outcome = single(&pair, &options);
            for (c, found) in outcome.hybrid.planes().enumerate() {
                let light = |picture: &Image| picture.decode(transfer).plane(c).samples().to_vec();
                let (near, far) = (light(pair.near()), light(pair.far()));
                let base = filtered(&far, pair.size(), &blur(4.0));
                let blurred = filtered(&near, pair.size(), &blur(high));
                for (i, &v) in found.samples().iter().enumerate() {
                    let sum = base[i] + gain as f32 * (near[i] - blurred[i]);
                    assert!((v - transfer.encode(sum)).abs() < 3e-6, "{transfer:?} {high} {gain} at {i}");
                }
            }
        }
    }
}

#[test]
fn mix_of_a_picture_with_itself_is_that_picture() {
    let picture = faint_pair(size(40, 33)).into_parts().0;
    let pair = Pair::new(picture.clone(), picture.clone()).unwrap();
    for rule in RULES {
        for transfer in [TransferFunction::Identity, TransferFunction::Srgb] {
            for execution in every_set() {
                let options = Options { out_of_range: rule, transfer, ..gaussian(4.0) };
                let hybrid = mix(&pair, &options, &execution).unwrap().hybrid;
                let error = largest_difference(hybrid.samples(), picture.samples());
                assert!(error < 3e-6, "{rule:?} {transfer:?} {execution:?}: {error}");
            }
        }
    }
}

#[test]
fn mix_counts_its_transforms() {
    let pair = noise_pair(size(16, 16), Channels::Rgb);
    let transforms = |options: Options| single(&pair, &options).transforms;
    let one = gaussian(3.0);
    assert_eq!(transforms(Options { out_of_range: OutOfRange::Clip, ..one }), 6);
    assert_eq!(transforms(Options { out_of_range: OutOfRange::Clip, high: Some(sigma(3.0)), ..one }), 6);
    assert_eq!(transforms(Options { out_of_range: OutOfRange::Clip, high: Some(sigma(2.0)), ..one }), 12);
    assert_eq!(transforms(Options { out_of_range: OutOfRange::LocalGain, ..one }), 12);
    assert_eq!(transforms(Options { near_gain: MATCHED, ..one }), 12);
    assert_eq!(transforms(Options { colors: Colors::Luma, ..one }), 2);
}

/// With `P = G'G` diagonal in frequency, the optimum of `a |Y - A|^2 + b |G (Y - B)|^2` has zero gradient:
/// `a (Y - A) + b G G (Y - B) = 0`, checked here with spatial blurs and no response at all.
#[test]
fn mix_wiener_solves_the_quadratic_problem() {
    let (near_weight, far_weight, sigma) = (0.1, 1.0, 2.5);
    let pair = faint_pair(size(50, 41));
    let options = Options {
        low: FrequencyResponse::Wiener { near_weight, far_weight, sigma },
        transfer: TransferFunction::Identity,
        out_of_range: OutOfRange::Clip,
        ..gaussian(sigma)
    };
    let outcome = single(&pair, &options);
    assert!(outcome.clipped_share <= 0.0);
    for c in 0..3 {
        let plane = |picture: &Image| picture.plane(c).samples().to_vec();
        let (y, a, b) = (plane(&outcome.hybrid), plane(pair.near()), plane(pair.far()));
        let far_residual: Vec<f32> = y.iter().zip(&b).map(|(y, b)| y - b).collect();
        let once = filtered(&far_residual, pair.size(), &blur(sigma));
        let twice = filtered(&once, pair.size(), &blur(sigma));
        for i in 0..y.len() {
            let slope = near_weight as f32 * (y[i] - a[i]) + far_weight as f32 * twice[i];
            assert!(slope.abs() < 1e-6, "channel {c} at {i}: {slope}");
        }
    }
}

#[test]
fn mix_with_a_negligible_far_picture_is_the_near_one() {
    let pair = faint_pair(size(20, 21));
    let low = FrequencyResponse::Wiener { near_weight: 1e12, far_weight: 1.0, sigma: 2.0 };
    for border in [Border::Mirror, Border::Periodic] {
        let outcome = single(&pair, &Options { low, border, ..gaussian(2.0) });
        assert!(largest_difference(outcome.hybrid.samples(), pair.near().samples()) < 1e-6, "{border:?}");
    }
}

#[test]
fn mix_stays_in_range_whatever_the_rule() {
    for channels in [Channels::Grey, Channels::Rgb] {
        for (width, height) in [(70, 66), (130, 67), (1, 40), (40, 1), (3, 2), (1, 1)] {
            let pair = noise_pair(size(width, height), channels);
            for rule in RULES {
                for low in [FrequencyResponse::Gaussian, FrequencyResponse::Ideal] {
                    for border in [Border::Mirror, Border::Periodic] {
                        for colors in [Colors::Channels, Colors::Luma] {
                            let near_gain = NearGain::Uniform(2.0);
                            let options =
                                Options { low, near_gain, colors, border, out_of_range: rule, ..gaussian(3.0) };
                            let outcome = single(&pair, &options);
                            assert!(
                                outcome.hybrid.samples().iter().all(|v| (0.0..=1.0).contains(v)),
                                "{width}x{height} {options:?}"
                            );
                            let Outcome { clipped_share, clipping_energy_lost, weakened_share, .. } = outcome;
                            for share in [clipped_share, clipping_energy_lost, weakened_share] {
                                assert!((0.0..=1.0).contains(&share));
                            }
                        }
                    }
                }
            }
        }
    }
}

#[test]
fn mix_counts_what_it_clips() {
    // A white far picture, and a near one with a single brighter and a single darker detail in two channels.
    let shape = size(64, 64);
    let far = Image::filled(shape, Channels::Rgb, 1.0);
    let near = Image::from_fn(shape, Channels::Rgb, |c, x, y| if c < 2 && (x, y) == (20, 30) { 1.0 } else { 0.5 });
    let pair = Pair::new(near, far).unwrap();
    let outcome = single(&pair, &gaussian(6.0));
    // Only the bright pixel is above the white base; its surroundings are slightly below.
    assert!((outcome.clipped_share - 1.0 / 4096.0).abs() < 1e-12, "{}", outcome.clipped_share);
    // The loss is about 1/2 (less the pixel's own share of the blur, 1 / (2 pi 36)) in two channels of 4096 pixels.
    let excess = 0.5 * (1.0 - 1.0 / (std::f64::consts::TAU * 36.0));
    let expected = 2.0 * excess * excess / (3.0 * 4096.0);
    assert!((outcome.clipping_energy_lost / expected - 1.0).abs() < 0.02, "{}", outcome.clipping_energy_lost);
}

#[test]
fn mix_rescale_and_local_gain_clip_nothing() {
    let pair = noise_pair(size(90, 71), Channels::Rgb);
    for rule in [OutOfRange::Rescale, OutOfRange::LocalGain] {
        let options = Options { out_of_range: rule, ..gaussian(5.0) };
        let outcome = single(&pair, &options);
        assert!(outcome.clipped_share <= 0.0 && outcome.clipping_energy_lost < 1e-12, "{rule:?} {outcome:?}");
        let clipped = single(&pair, &Options { out_of_range: OutOfRange::Clip, ..options });
        assert!(clipped.clipped_share > 0.01, "the test means nothing if nothing needs clipping");
    }
}

#[test]
fn mix_local_gain_leaves_fitting_details_alone() {
    let pair = faint_pair(size(80, 75));
    let options = gaussian(4.0);
    let local = single(&pair, &Options { out_of_range: OutOfRange::LocalGain, ..options });
    let plain = single(&pair, &Options { out_of_range: OutOfRange::Clip, ..options });
    assert!(largest_difference(local.hybrid.samples(), plain.hybrid.samples()) < 2e-6);
}

#[test]
fn mix_of_constants_is_the_far_one() {
    for value in [0.0, 0.25, 1.0] {
        let flat = |value| Image::filled(size(37, 20), Channels::Rgb, value);
        let pair = Pair::new(flat(0.6), flat(value)).unwrap();
        for rule in RULES {
            for transfer in [TransferFunction::Identity, TransferFunction::Power22, TransferFunction::Srgb] {
                let outcome = single(&pair, &Options { transfer, out_of_range: rule, ..gaussian(4.0) });
                let error = largest_difference(outcome.hybrid.samples(), pair.far().samples());
                // Near black, the power curve turns a rounding error of 1e-7 into a code of 1e-7^(1/2.2) = 7e-4.
                let allowed = if value > 0.0 { 2e-6 } else { 2e-3 };
                assert!(error < allowed, "{value} {rule:?} {transfer:?}: {error}");
                assert!(outcome.clipped_share <= 0.0);
            }
        }
    }
}

#[test]
fn mix_of_luma_has_the_luma_of_a_grey_hybrid_and_the_colors_of_the_share() {
    let pair = faint_pair(size(45, 38));
    let execution = Execution::single_threaded();
    let focus = Focus { x: 20.0, y: 15.0, half_width: 12.0, half_height: 9.0, inside: 1.0, rest: 0.4 };
    let face = Focus { x: 9.0, y: 8.0, half_width: 6.0, half_height: 8.0, inside: 0.3, rest: 1.0 };
    for share in [
        None,
        Some(Share {
            near_color: 0.8,
            color: 0.3,
            tone: 0.2,
            plain: 0.5,
            relight: 0.7,
            focus: Some(focus),
            near_face: Some(face),
            face_green: 0.2,
        }),
    ] {
        for (near_gain, transfer) in
            [(NearGain::Uniform(1.2), TransferFunction::Srgb), (MATCHED, TransferFunction::Identity)]
        {
            let options = Options { near_gain, transfer, share, ..gaussian(4.0) };
            let outcome = single(&pair, &Options { colors: Colors::Luma, ..options });
            assert!(outcome.clipped_share <= 0.0 && outcome.weakened_share <= 0.0);
            let (plan, crossover) = (share.unwrap_or_default(), sigma(4.0));
            let pair = plan.relit(&pair, crossover, TransferFunction::Srgb, &execution);
            let tones = plan.far_tones(&pair, crossover, TransferFunction::Srgb, &execution);
            let luma = |picture: &Image| Axes::Luma.planes(picture, &execution).remove(0);
            let grey = single(&Pair::new(luma(pair.near()), tones).unwrap(), &options).hybrid;
            let error = largest_difference(luma(&outcome.hybrid).samples(), grey.samples());
            assert!(error < 1e-6, "{share:?}: {error}");
            let found = Axes::Opponent.planes(&outcome.hybrid, &execution);
            for (found, expected) in found.iter().zip(plan.opponent_colors(&pair, crossover, &execution)) {
                let error = largest_difference(found.samples(), expected.samples());
                assert!(error < 1e-6, "{share:?}: {error}");
            }
        }
    }
}

#[test]
fn mix_of_grey_pictures_is_the_same_for_channels_and_for_luma() {
    let pair = noise_pair(size(40, 31), Channels::Grey);
    for near_gain in [NearGain::Uniform(0.9), MATCHED] {
        let options = Options { near_gain, ..gaussian(3.0) };
        assert_eq!(single(&pair, &Options { colors: Colors::Luma, ..options }), single(&pair, &options));
    }
}

#[test]
fn mix_matches_faint_details_to_a_strong_far_picture() {
    let shape = size(60, 50);
    let near = Image::from_fn(shape, Channels::Rgb, |_, x, y| if (x + y) % 2 == 0 { 0.49 } else { 0.51 });
    let far = Image::from_fn(shape, Channels::Rgb, |_, x, _| 0.5 + 0.2 * (0.3 * x as f32).sin());
    let pair = Pair::new(near, far).unwrap();
    let of = |near_gain| single(&pair, &Options { near_gain, ..gaussian(4.0) }).hybrid;
    let (none, plain, matched) = (of(NearGain::Uniform(0.0)), of(NearGain::Uniform(1.0)), of(MATCHED));
    // Far waves and details are both strong and uniform: the gain is at its limit everywhere.
    for ((none, plain), matched) in none.samples().iter().zip(plain.samples()).zip(matched.samples()) {
        assert!((matched - none - 1.8 * (plain - none)).abs() < 1e-5);
    }
}

#[test]
fn mix_clamps_samples_out_of_range() {
    let shape = size(12, 9);
    for greatest in [2.0, f32::MAX] {
        let wild = |seed| {
            let sample = move |c, x, y| greatest * (2.0 * noise(seed + c as u64, (y * 12 + x) as u64) - 1.0);
            Image::from_fn(shape, Channels::Rgb, sample)
        };
        let tame = |mut picture: Image| {
            picture.samples_mut().iter_mut().for_each(|v| *v = v.clamp(0.0, 1.0));
            picture
        };
        for transfer in [TransferFunction::Identity, TransferFunction::Srgb] {
            for (colors, near_gain) in
                [(Colors::Channels, NearGain::Uniform(1.0)), (Colors::Channels, MATCHED), (Colors::Luma, MATCHED)]
            {
                let options = Options { transfer, colors, near_gain, ..gaussian(2.0) };
                let of = |near, far| single(&Pair::new(near, far).unwrap(), &options).hybrid;
                assert_eq!(of(wild(3), wild(5)), of(tame(wild(3)), tame(wild(5))), "{options:?}");
            }
        }
    }
}

#[test]
fn mix_is_bit_equal_for_any_number_of_threads() {
    let pair = noise_pair(size(83, 71), Channels::Rgb);
    for rule in RULES {
        for (colors, near_gain) in [(Colors::Channels, NearGain::Uniform(1.0)), (Colors::Luma, MATCHED)] {
            let options = Options { out_of_range: rule, colors, near_gain, ..gaussian(3.0) };
            let mut outcomes = executions().map(|execution| mix(&pair, &options, &execution).unwrap());
            let first = outcomes.next().unwrap();
            assert!(outcomes.all(|outcome| outcome == first), "{options:?}");
        }
    }
}

#[test]
fn mix_plan_can_be_reused_with_a_dirty_workspace() {
    let (a, b) = (noise_pair(size(31, 40), Channels::Rgb), noise_pair(size(50, 20), Channels::Grey));
    let execution = Execution::single_threaded();
    let mut workspace = Workspace::new();
    for pair in [&a, &b, &a] {
        let plan = Plan::new(pair.size(), &gaussian(3.0)).unwrap();
        assert_eq!(plan.mix(pair, &execution, &mut workspace), single(pair, &gaussian(3.0)));
    }
}

#[test]
#[should_panic(expected = "planned size")]
fn mix_plan_of_another_size_panics() {
    let plan = Plan::new(size(8, 8), &gaussian(3.0)).unwrap();
    let _ = plan.mix(&noise_pair(size(8, 9), Channels::Grey), &Execution::single_threaded(), &mut Workspace::new());
}
