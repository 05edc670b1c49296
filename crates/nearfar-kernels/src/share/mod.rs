//! How much of the far picture comes through besides its shapes: the tones and colours that both mixers aim for.
//!
//! A hybrid looks natural up close when its tones and colours are the near picture's. From afar the far picture is
//! recognised by its shapes; of its colours, its overall tone and the surroundings of its subject only a part is
//! needed. That part is prepared here once, for either mixer.

mod focus;
mod plain;
mod relight;

use std::borrow::Cow;

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
    /// How far the near picture's details follow the tone that the far picture gives them, `[0, 1]`: at 0 they keep
    /// their codes, whatever is behind them; at 1 they keep their ratio to the tone around them, as if the far picture
    /// were light that falls on the near one.
    pub relight: f64,
    /// Where the far picture's subject is; `None` treats the whole picture alike.
    pub focus: Option<Focus>,
    /// A face in the near picture whose skin keeps its colour: upper limits for the share of the far picture's colours
    /// on it and around it, whatever `color` is. `None` tints faces like everything else.
    pub near_face: Option<Focus>,
    /// Share of the far picture's greens, of the colours that come through on the near face, `[0, 1]`: skin looks ill
    /// with them, and natural in the light of a sky or a lamp.
    pub face_green: f64,
}

impl Default for Share {
    /// All of the far picture, behind the near one's details as they are.
    fn default() -> Self {
        Self {
            near_color: 1.0,
            color: 1.0,
            tone: 1.0,
            plain: 1.0,
            relight: 0.0,
            focus: None,
            near_face: None,
            face_green: 1.0,
        }
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
            ("relighting", self.relight),
            ("greens on the near face", self.face_green),
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

    /// The pair with its near picture in the light that the far picture's tones throw on it, for the mixers to start
    /// from; the pair itself if [`Self::relight`] is 0.
    #[must_use]
    pub fn relit<'a>(
        &self,
        pair: &'a Pair,
        crossover: Crossover,
        transfer: TransferFunction,
        execution: &Execution,
    ) -> Cow<'a, Pair> {
        if self.relight <= 0.0 {
            return Cow::Borrowed(pair);
        }
        // First, so that what is needed only for a while is freed in one piece: in a browser the heap never shrinks.
        let mut near = pair.near().clone();
        let tones = self.far_tones(pair, crossover, transfer, execution);
        let mut codes = luminance_codes(pair.near(), transfer, execution);
        update(execution, codes.samples_mut(), [], |code, []| code.clamp(0.0, 1.0));
        relight::relight(&mut near, [&codes, &tones], self.relight, crossover, execution);
        Cow::Owned(pair.with_near(near).expect("it is as large as it was, and within [0, 1]"))
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
        if let Some(face) = self.near_face.filter(|_| self.face_green < 1.0) {
            fade_greens(&mut far, Focus { inside: 1.0 - self.face_green, rest: 0.0, ..face }, execution);
        }
        let on_face = self.near_face.map(|face| {
            let [inside, rest] = [face.inside, face.rest].map(|most| (most / self.color).min(1.0));
            Focus { inside, rest, ..face }
        });
        let on_face = on_face.filter(|face| face.inside < 1.0 || face.rest < 1.0);
        let mut changes: Vec<_> = colors
            .iter()
            .zip(&far)
            .map(|(near, far)| blurred_difference(far, near, COLOR_CUT, crossover, execution))
            .collect();
        for (plane, change) in colors.iter_mut().zip(&mut changes) {
            if let Some(focus) = self.focus {
                focus.weigh(change, execution);
            }
            if let Some(face) = on_face {
                face.weigh(change, execution);
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

/// Takes a share of the greens from Cb and Cr: of what both of them lack. What is left is the blue of a sky or the orange of a
/// lamp.
fn fade_greens(colors: &mut [Image<Encoded>], share: Focus, execution: &Execution) {
    let [blue, red] = colors else { return };
    let mut green = blue.clone();
    update(execution, green.samples_mut(), [red.samples()], |blue, [red]| (0.5 * (blue + red)).min(0.0));
    share.weigh(&mut green, execution);
    for plane in [blue, red] {
        update(execution, plane.samples_mut(), [green.samples()], |color, [green]| color - green);
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
mod tests;
