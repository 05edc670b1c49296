//! How much of the far picture comes through besides its shapes: the tones and colours that both mixers aim for.
//!
//! A hybrid looks natural up close when its tones and colours are the near picture's. From afar the far picture is
//! recognised by its shapes; of its colours, its overall tone and the surroundings of its subject only a part is
//! needed. That part is prepared here once, for either mixer.

mod focus;
mod plain;

use nearfar_image::{Channels, Encoded, Image, Pair, TransferFunction};

pub use self::focus::Focus;
use crate::{Axes, Crossover, Execution, KernelError, axes::add_scaled, sums::update, transfer, wide::blurred};

/// How the colours of the two pictures are combined.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "kebab-case"))]
pub enum Colors {
    /// Red, green and blue are mixed alike: the far picture owns everything coarse, including colours.
    Channels,
    /// Luma is mixed; colours are the near picture's, apart from a [`Share`] of the far one's.
    #[default]
    Luma,
}

/// How much of the far picture comes through besides its shapes.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(default, deny_unknown_fields, rename_all = "kebab-case")
)]
pub struct Share {
    /// Share of the near picture's own colours that the hybrid keeps, `[0, 1]`: at 0 it is grey apart from the far
    /// one's.
    pub near_color: f64,
    /// Share of the far picture's colours, `[0, 1]`: at 0 all colours are the near picture's, at 1 those coarser than
    /// the crossover are the far picture's. In between, the near picture's coarse colours are reduced by this share,
    /// the far one's mild colours come in at this share and its vivid colours at less.
    pub color: f64,
    /// Share of the far picture's overall tone, the light and dark that is much coarser than its subject, `[0, 1]`: at
    /// 0 the overall tone is the near picture's.
    pub tone: f64,
    /// Share of the far picture's shapes that comes through where the near picture is plain and masks nothing,
    /// `[0, 1]`: below 1, busy places get more than all of them, as compensation.
    pub plain: f64,
    /// Where the far picture's subject is; `None` treats the whole picture alike.
    pub focus: Option<Focus>,
    /// A face in the near picture whose skin keeps its colour: upper limits for the share of the far picture's colours
    /// on it and around it, whatever `color` is. `None` tints faces like everything else.
    pub near_face: Option<Focus>,
}

impl Default for Share {
    /// All of the far picture.
    fn default() -> Self {
        Self { near_color: 1.0, color: 1.0, tone: 1.0, plain: 1.0, focus: None, near_face: None }
    }
}

/// Cut-off of the far picture's colours, as a fraction of the crossover: finer colours are needed from the near picture
/// and are hardly visible from afar. At .5 a yellow raft got yellow outlines.
const COLOR_CUT: f64 = 0.7;

/// Chroma, in codes (`Cb` and `Cr` combined), that comes through at 1 / sqrt 2 of its share as `color` approaches 0;
/// this value rises with `color`, until at 1 nothing is reduced. Mild colours come through, while vivid ones do not
/// hang over the near picture as a coloured fog: a vivid yellow has about .3.
const VIVID: f64 = 0.055;

/// Cut-off of the overall tone, as a fraction of the crossover: less than a cycle across the subject, which reveals
/// little of it.
const TONE_CUT: f64 = 0.18;

impl Share {
    /// Checks that all shares are in `[0, 1]` and that the focus and the near face are ellipses.
    ///
    /// # Errors
    ///
    /// [`KernelError::Share`] or [`KernelError::Focus`].
    pub fn check(&self) -> Result<(), KernelError> {
        let part = |place: Option<Focus>, of: fn(Focus) -> f64| place.map_or(1.0, of);
        let parts = [
            ("near colour", self.near_color),
            ("far colour", self.color),
            ("far tone", self.tone),
            ("share in plain places", self.plain),
            ("part in the focus", part(self.focus, |focus| focus.inside)),
            ("rest beside the focus", part(self.focus, |focus| focus.rest)),
            ("part on the near face", part(self.near_face, |face| face.inside)),
            ("rest beside the near face", part(self.near_face, |face| face.rest)),
        ];
        for (name, value) in parts {
            if !(0.0..=1.0).contains(&value) {
                return Err(KernelError::Share { name, value });
            }
        }
        let mut places = self.focus.iter().chain(&self.near_face);
        if places.all(|place| place.is_ellipse()) { Ok(()) } else { Err(KernelError::Focus) }
    }

    /// The share for pictures `factor` times as large.
    #[must_use]
    pub fn scaled(self, factor: f64) -> Self {
        let [focus, near_face] = [self.focus, self.near_face].map(|place| place.map(|place| place.scaled(factor)));
        Self { focus, near_face, ..self }
    }

    /// The tones that the hybrid should have from afar, as a grey picture: where all of the far picture comes through,
    /// the codes of its luminance.
    #[must_use]
    pub fn far_tones(
        &self,
        pair: &Pair,
        crossover: Crossover,
        transfer: TransferFunction,
        execution: &Execution,
    ) -> Image<Encoded> {
        let mut far = luminance_codes(pair.far(), transfer, execution);
        if self.tone >= 1.0 && self.plain >= 1.0 && self.focus.is_none() {
            return far;
        }
        let near = luminance_codes(pair.near(), transfer, execution);
        if self.tone < 1.0 {
            let overall = blurred_difference(&near, &far, TONE_CUT, crossover, execution);
            let part = (1.0 - self.tone) as f32;
            update(execution, far.samples_mut(), [overall.samples()], |far, [overall]| far + part * overall);
        }
        if self.focus.is_some() || self.plain < 1.0 {
            update(execution, far.samples_mut(), [near.samples()], |far, [near]| far - near);
            if let Some(focus) = self.focus {
                focus.weigh(&mut far, execution);
            }
            if self.plain < 1.0 {
                let parts = plain::parts(&near, self.plain, crossover, execution);
                update(execution, far.samples_mut(), [parts.samples()], |far, [part]| part * far);
            }
            update(execution, far.samples_mut(), [near.samples()], |far, [near]| far + near);
        }
        update(execution, far.samples_mut(), [], |far, []| far.clamp(0.0, 1.0));
        far
    }

    /// The opponent colours that the hybrid should have, Cb and Cr of [`Axes::Opponent`]; none for grey pictures.
    #[must_use]
    pub fn opponent_colors(&self, pair: &Pair, crossover: Crossover, execution: &Execution) -> Vec<Image<Encoded>> {
        let mut colors = Axes::Opponent.planes(pair.near(), execution);
        if self.near_color < 1.0 {
            let kept = self.near_color as f32;
            colors.iter_mut().for_each(|plane| update(execution, plane.samples_mut(), [], |color, []| kept * color));
        }
        if self.color == 0.0 {
            return colors;
        }
        let mut far = Axes::Opponent.planes(pair.far(), execution);
        self.tame(&mut far, execution);
        let on_face = self.near_face.map(|face| {
            let [inside, rest] = [face.inside, face.rest].map(|most| (most / self.color).min(1.0));
            Focus { inside, rest, ..face }
        });
        let on_face = on_face.filter(|face| face.inside < 1.0 || face.rest < 1.0);
        for (plane, far) in colors.iter_mut().zip(far) {
            let mut change = blurred_difference(&far, plane, COLOR_CUT, crossover, execution);
            if let Some(focus) = self.focus {
                focus.weigh(&mut change, execution);
            }
            if let Some(face) = on_face {
                face.weigh(&mut change, execution);
            }
            let part = self.color as f32;
            update(execution, plane.samples_mut(), [change.samples()], |color, [change]| color + part * change);
        }
        colors
    }

    /// Reduces vivid colours (Cb and Cr), which would hang over the near picture as a coloured fog.
    fn tame(&self, colors: &mut [Image<Encoded>], execution: &Execution) {
        let [blue, red] = colors else { return };
        let scale = ((1.0 - self.color).sqrt() / VIVID) as f32;
        let rows = execution.rows_per_strip(blue.size().height());
        let strips = blue.plane_mut(0).into_strips(rows).zip(red.plane_mut(0).into_strips(rows));
        execution.for_each(strips.collect(), |((_, blue), (_, red))| {
            for (blue, red) in blue.iter_mut().zip(red) {
                let kept = 1.0 / (1.0 + scale * scale * (*blue * *blue + *red * *red)).sqrt();
                *blue *= kept;
                *red *= kept;
            }
        });
    }
}

/// `blur(a - b)` for grey pictures, by the Gaussian whose gain is 1/2 at `part` of the crossover.
fn blurred_difference(
    a: &Image<Encoded>,
    b: &Image<Encoded>,
    part: f64,
    crossover: Crossover,
    execution: &Execution,
) -> Image<Encoded> {
    let mut difference = a.clone();
    update(execution, difference.samples_mut(), [b.samples()], |a, [b]| a - b);
    blurred(&difference, crossover.sigma() / part, execution)
}

/// The codes of a picture's luminance, as a grey picture.
pub(crate) fn luminance_codes(
    picture: &Image<Encoded>,
    transfer: TransferFunction,
    execution: &Execution,
) -> Image<Encoded> {
    if picture.channels() == Channels::Grey {
        return picture.clone();
    }
    let weights = Axes::Luma.weights(picture.channels())[0];
    let mut target = Image::<Encoded>::filled(picture.size(), Channels::Grey, 0.0);
    let (rows, width, level) =
        (execution.rows_per_strip(picture.size().height()), picture.size().width(), execution.level());
    execution.for_each(target.plane_mut(0).into_strips(rows).collect(), |(first, strip)| {
        let mut light = vec![0.0; width];
        for (y, row) in (first..).zip(strip.chunks_exact_mut(width)) {
            // As in `Axes::planes`: write fresh memory before reading it.
            row.fill(0.0);
            for (&weight, plane) in weights.iter().zip(picture.planes()) {
                transfer::decode_row(level, transfer, plane.row(y), &mut light);
                add_scaled(level, weight, &light, row);
            }
            transfer::encode_in_place(level, transfer, 0.0, row);
        }
    });
    target
}

#[cfg(test)]
mod tests {
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
            let near = Image::from_fn(
                Size::new(40, 30).unwrap(),
                Channels::Grey,
                |_, x, _| if x % 3 == 0 { huge } else { 0.5 },
            );
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
            let axes = |pictures: &[Image<Encoded>]| {
                f64::hypot(pictures[0].samples()[0].into(), pictures[1].samples()[0].into())
            };
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
}
