//! What remains of a hybrid that is saved, shrunk, or displayed in unintended ways.

use std::error::Error;

use nearfar::{
    Encoded, Execution, Image, Pair, Size,
    codec::{self, DecodeOptions, EncodeOptions, Format},
    compare::{Judge, as_saved},
    fit::Aligned,
    image::TransferFunction,
    vision::{Face, PixelsPerDegree, Viewing, shrink},
};

/// Distortions of a hybrid.
pub(crate) const TRIALS: [&str; 6] = [
    "JPEG of quality 75",
    "halved by a browser",
    "display of gamma 1.8",
    "display of gamma 2.4",
    "40 % nearer",
    "40 % farther",
];

/// Percepts up close and from afar after each of [`TRIALS`].
pub(crate) type Seen = [[f64; 2]; 6];

/// A pair as it appears in every trial.
pub(crate) struct Robustness {
    judges: [Judge; 6],
    half: Size,
    execution: Execution,
}

impl Robustness {
    pub(crate) fn new(aligned: &Aligned, viewing: &Viewing, execution: &Execution) -> Result<Self, Box<dyn Error>> {
        let (pair, face) = (&aligned.pair, aligned.subject().face());
        let size = pair.size();
        let half = Size::new((size.width() / 2).max(1), (size.height() / 2).max(1))?;
        let small = Pair::new(halved(pair.near(), half)?, halved(pair.far(), half)?)?;
        let small_face = face.as_ref().map(|face| Face::new(face.center().map(|p| 0.5 * p - 0.25), 0.5 * face.width()));
        let shown = |gamma| Pair::new(on_display(pair.near(), gamma), on_display(pair.far(), gamma));
        let judge = |pair: &Pair, face: Option<&Face>, factor: f64| -> Result<Judge, Box<dyn Error>> {
            let times = |ppd: PixelsPerDegree| PixelsPerDegree::new(factor * ppd.get());
            let viewing = Viewing { near_ppd: times(viewing.near_ppd)?, far_ppd: times(viewing.far_ppd)? };
            Ok(Judge::new(pair, face, &viewing, execution))
        };
        let judges = [
            judge(pair, face.as_ref(), 1.0)?,
            judge(&small, small_face.transpose()?.as_ref(), 0.5)?,
            judge(&shown(1.8)?, face.as_ref(), 1.0)?,
            judge(&shown(2.4)?, face.as_ref(), 1.0)?,
            judge(pair, face.as_ref(), 0.6)?,
            judge(pair, face.as_ref(), 1.4)?,
        ];
        Ok(Self { judges, half, execution: execution.clone() })
    }

    pub(crate) fn of(&self, hybrid: &Image<Encoded>) -> Result<Seen, Box<dyn Error>> {
        let options = EncodeOptions { quality: 75, ..EncodeOptions::new(Format::Jpeg) };
        let saved = codec::decode(&codec::encode(hybrid, &options)?, &DecodeOptions::default())?.image;
        let pictures = [
            saved,
            halved(hybrid, self.half)?,
            on_display(hybrid, 1.8),
            on_display(hybrid, 2.4),
            hybrid.clone(),
            hybrid.clone(),
        ];
        let mut seen = [[0.0; 2]; 6];
        for ((seen, judge), picture) in seen.iter_mut().zip(&self.judges).zip(pictures) {
            let look = judge.look(&picture, &self.execution)?;
            *seen = [look.p_near, look.p_far];
        }
        Ok(seen)
    }
}

/// The picture at half the size, averaging codes as browsers do, rather than light.
fn halved(picture: &Image<Encoded>, half: Size) -> Result<Image<Encoded>, Box<dyn Error>> {
    // Shrinking averages light. Treat codes as light by using codes whose light equals the original code.
    let as_light = mapped(picture, |code| TransferFunction::Srgb.encode(code));
    Ok(as_saved(mapped(&shrink(&as_light, half)?, |light| TransferFunction::Srgb.decode(light))))
}

/// The sRGB codes of what a display with a power-law curve shows.
fn on_display(picture: &Image<Encoded>, gamma: f32) -> Image<Encoded> {
    mapped(picture, |code| TransferFunction::Srgb.encode(code.powf(gamma)))
}

fn mapped(picture: &Image<Encoded>, map: impl Fn(f32) -> f32) -> Image<Encoded> {
    let mut picture = picture.clone();
    picture.samples_mut().iter_mut().for_each(|sample| *sample = map(*sample));
    picture
}
