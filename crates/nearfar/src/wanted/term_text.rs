//! A term as it is written.

use std::ops::Range;

use nearfar_descent::EdgeStop;
use nearfar_kernels::{Axes, Gaussian, HALF_GAIN};
use nearfar_vision::Length;
use serde::Deserialize;
use toml::Spanned;

use super::{Eye, Goal, Mask, Term, Which};
use crate::{Cutoff, parser_words::with_nearest};

/// A term as it is written: what its kind takes is checked afterwards, where the places are still known.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct TermText {
    kind: Kind,
    name: Option<Spanned<String>>,
    weight: Spanned<f64>,
    of: Option<Spanned<Which>>,
    channels: Option<Spanned<Channels>>,
    mask: Option<Spanned<String>>,
    edges: Option<Spanned<bool>>,
    sigma: Option<Spanned<Cutoff>>,
    at: Option<Spanned<Length>>,
    from: Option<Spanned<Cutoff>>,
    to: Option<Spanned<Cutoff>>,
    window: Option<Spanned<Cutoff>>,
    softness: Option<Spanned<f64>>,
    low: Option<Spanned<f64>>,
    high: Option<Spanned<f64>>,
    contrast: Option<Spanned<f64>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Kind {
    Pixels,
    Details,
    Afar,
    DetailsAfar,
    Band,
    Variation,
    Range,
    Contrast,
    Unlike,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Channels {
    Rgb,
    Luma,
    Opponent,
    Red,
    Green,
    Blue,
}

/// Differences below this, in codes, count as squares unless said otherwise: four 8-bit steps.
const SOFTNESS: f64 = 4.0 / 255.0;

/// Softness, in codes: single precision squares it, and beyond all codes there is nothing to tell apart.
const SOFTNESSES: [f64; 2] = [1e-6, 1.0];

/// What a term may weigh: slopes are in single precision, and beside one that weighs so much more nothing is left of another.
const WEIGHTS: [f64; 2] = [1e-9, 1e9];

/// Where a mistake is, and what is wrong.
pub(super) type Wrong = (Range<usize>, String);

impl TermText {
    pub(super) fn checked(self, number: usize, whole: Range<usize>) -> Result<Term, Wrong> {
        let (kind, channels) = (self.kind, self.channels.as_ref().map(|channels| *channels.get_ref()));
        let name = match &self.name {
            None => format!("{} {number}", word(kind)),
            Some(name) if name.get_ref().trim().is_empty() => return Err((name.span(), "a name is empty".to_owned())),
            Some(name) => name.get_ref().clone(),
        };
        let weight =
            number_in(&self.weight, "weight", within(WEIGHTS), "from 1e-9 to 1e9; a term of no weight is left out")?;
        self.refuse_what_has_no_effect()?;
        let missing = |key: &str| (whole.clone(), format!("{} needs {key}", word(kind)));
        let of = || {
            self.of.as_ref().map(|of| *of.get_ref()).ok_or_else(|| missing("`of`: near, far, near-lit or far-share"))
        };
        let code = |value: &Option<Spanned<f64>>, key: &'static str| {
            let fits = |v| (0.0..=1.0).contains(&v);
            value.as_ref().map(|value| number_in(value, key, fits, "from 0 to 1")).transpose()
        };
        let ends = || -> Result<_, Wrong> {
            let (from, to) = (checked_cutoff(&self.from)?, checked_cutoff(&self.to)?);
            match (from, to) {
                (Some(Cutoff::CyclesPerImage(a)), Some(Cutoff::CyclesPerImage(b)))
                | (Some(Cutoff::CyclesPerPixel(a)), Some(Cutoff::CyclesPerPixel(b)))
                | (Some(Cutoff::Sigma(b)), Some(Cutoff::Sigma(a)))
                    if a >= b =>
                {
                    let place = span(&self.to).unwrap_or_else(|| whole.clone());
                    Err((
                        place,
                        "`from` is the lower frequency and `to` the higher one: nothing lies between".to_owned(),
                    ))
                }
                ends => Ok(ends),
            }
        };
        let eye = || match (checked_blur(&self.sigma)?, &self.at) {
            (Some(_), Some(at)) => Err((at.span(), "say either `sigma` or `at`".to_owned())),
            (Some(sigma), None) => Ok(Eye::Blur(sigma)),
            (None, Some(at)) => Ok(Eye::Distance(*at.get_ref())),
            (None, None) => Err(missing("`sigma`, as \"5px\", or `at`, as \"3m\"")),
        };
        let edges = self.edges.as_ref().is_some_and(|edges| *edges.get_ref()).then(EdgeStop::default);
        let what = match kind {
            Kind::Pixels => Goal::Pixels { of: of()? },
            Kind::Details => Goal::Details { of: of()?, edges },
            Kind::Afar => Goal::Afar { of: of()?, eye: eye()? },
            Kind::DetailsAfar => Goal::DetailsAfar { of: of()?, eye: eye()?, edges },
            Kind::Band => {
                let (of, (from, to)) = (of()?, ends()?);
                Goal::Band { of, from, to }
            }
            Kind::Variation => {
                let number = |value| number_in(value, "softness", within(SOFTNESSES), "from 1e-6 to 1, in codes");
                let softness = self.softness.as_ref().map(number).transpose()?;
                Goal::Variation { softness: softness.unwrap_or(SOFTNESS) }
            }
            Kind::Range => {
                let (low, high) = (code(&self.low, "low")?.unwrap_or(0.0), code(&self.high, "high")?.unwrap_or(1.0));
                let place = || span(&self.high).or(span(&self.low));
                if low > high {
                    let reason = format!("low is {low} and high {high}: there is nothing between");
                    return Err((place().unwrap_or(whole), reason));
                }
                // Opponent colours are negative, too.
                if low <= 0.0 && high >= 1.0 && channels != Some(Channels::Opponent) {
                    let reason = "a range from 0 to 1 has no effect: all codes lie there; say `low`, `high` or both";
                    return Err((place().unwrap_or(whole), reason.to_owned()));
                }
                Goal::Range { low, high }
            }
            Kind::Contrast => {
                // Of codes from 0 to 1: half of them 0, half of them 1.
                let fits = |v| v > 0.0 && v <= 0.5;
                let contrast =
                    self.contrast.as_ref().map(|v| number_in(v, "contrast", fits, "above 0 and at most 0.5"));
                Goal::Contrast { contrast: contrast.transpose()?.ok_or_else(|| missing("`contrast`"))? }
            }
            Kind::Unlike => {
                let (of, (from, to)) = (of()?, ends()?);
                let window = checked_blur(&self.window)?.ok_or_else(|| missing("`window`, as \"8px\""))?;
                Goal::Unlike { of, from, to, window }
            }
        };
        if let Some(span) = span(&self.channels).filter(|_| channels == Some(Channels::Opponent))
            && matches!(kind, Kind::Afar | Kind::DetailsAfar)
        {
            let reason = "the light that is seen from afar has no opponent colours; say luma, rgb, or one channel";
            return Err((span, reason.to_owned()));
        }
        let axes = match channels {
            None | Some(Channels::Luma) => Axes::Luma,
            Some(Channels::Rgb) => Axes::Channels,
            Some(Channels::Opponent) => Axes::Opponent,
            Some(Channels::Red) => Axes::Red,
            Some(Channels::Green) => Axes::Green,
            Some(Channels::Blue) => Axes::Blue,
        };
        let mask = self.mask.map(checked_mask).transpose()?;
        Ok(Term { name, weight, what, axes, mask })
    }

    /// A key that its kind does not know is a mistake: nobody writes it to no effect.
    fn refuse_what_has_no_effect(&self) -> Result<(), Wrong> {
        let kind = self.kind;
        let edges = [Kind::Details, Kind::DetailsAfar];
        let eyes = [Kind::Afar, Kind::DetailsAfar];
        let bands = [Kind::Band, Kind::Unlike];
        let pictures = [Kind::Pixels, Kind::Details, Kind::Afar, Kind::DetailsAfar, Kind::Band, Kind::Unlike];
        let keys = [
            ("of", span(&self.of), &pictures[..]),
            ("edges", span(&self.edges), &edges[..]),
            ("sigma", span(&self.sigma), &eyes[..]),
            ("at", span(&self.at), &eyes[..]),
            ("from", span(&self.from), &bands[..]),
            ("to", span(&self.to), &bands[..]),
            ("window", span(&self.window), &[Kind::Unlike][..]),
            ("softness", span(&self.softness), &[Kind::Variation][..]),
            ("low", span(&self.low), &[Kind::Range][..]),
            ("high", span(&self.high), &[Kind::Range][..]),
            ("contrast", span(&self.contrast), &[Kind::Contrast][..]),
        ];
        for (key, span, kinds) in keys {
            if let Some(span) = span
                && !kinds.contains(&kind)
            {
                let kinds: Vec<_> = kinds.iter().map(|kind| word(*kind)).collect();
                return Err((span, format!("`{key}` has no effect on {}; it is of {}", word(kind), kinds.join(", "))));
            }
        }
        Ok(())
    }
}

fn checked_mask(mask: Spanned<String>) -> Result<Mask, Wrong> {
    let (span, mask) = (mask.span(), mask.into_inner());
    match mask.as_str() {
        "busy" => Ok(Mask::Busy),
        "calm" => Ok(Mask::Calm),
        "face" => Ok(Mask::Face),
        // Pictures have extensions, or at least folders.
        name if name.contains(['.', '/', '\\']) => Ok(Mask::File(mask)),
        _ => {
            let names = "one of `busy`, `calm`, `face`, or a picture file, such as ./mask.png";
            Err((span, with_nearest(&format!("unknown mask `{mask}`, expected {names}"))))
        }
    }
}

/// A frequency that pixels can hold, as far as that can be told without a picture.
pub(super) fn checked_cutoff(value: &Option<Spanned<Cutoff>>) -> Result<Option<Cutoff>, Wrong> {
    checked(value, |cutoff| match cutoff {
        Cutoff::CyclesPerImage(cycles) => (cycles > 0.0 && cycles.is_finite(), "give a number above 0"),
        Cutoff::CyclesPerPixel(cycles) => (cycles > 0.0 && cycles <= 0.5, "above 0, and at most 0.5cpp"),
        Cutoff::Sigma(sigma) => (
            Gaussian::new(sigma).is_ok() && HALF_GAIN / sigma <= 0.5,
            "give a number above 0, from 0.38px, which leaves half of what pixels hold at most, to 131071px",
        ),
    })
}

/// The same of a blur, which may be as narrow as one likes.
fn checked_blur(value: &Option<Spanned<Cutoff>>) -> Result<Option<Cutoff>, Wrong> {
    match value.as_ref().map(Spanned::get_ref) {
        Some(Cutoff::Sigma(_)) => checked(value, |cutoff| match cutoff {
            Cutoff::Sigma(sigma) => (Gaussian::new(sigma).is_ok(), "give a number above 0, at most 131071px"),
            _ => (true, ""),
        }),
        _ => checked_cutoff(value),
    }
}

fn checked(
    value: &Option<Spanned<Cutoff>>,
    fits: impl Fn(Cutoff) -> (bool, &'static str),
) -> Result<Option<Cutoff>, Wrong> {
    let Some(value) = value else { return Ok(None) };
    let cutoff = *value.get_ref();
    match fits(cutoff) {
        (true, _) => Ok(Some(cutoff)),
        (false, range) => Err((value.span(), format!("{cutoff} is no cutoff: {range}"))),
    }
}

fn within([least, most]: [f64; 2]) -> impl Fn(f64) -> bool {
    move |v| (least..=most).contains(&v)
}

/// Where a value is written, if it is.
pub(super) fn span<T>(value: &Option<Spanned<T>>) -> Option<Range<usize>> {
    value.as_ref().map(Spanned::span)
}

fn word(kind: Kind) -> &'static str {
    match kind {
        Kind::Pixels => "pixels",
        Kind::Details => "details",
        Kind::Afar => "afar",
        Kind::DetailsAfar => "details-afar",
        Kind::Band => "band",
        Kind::Variation => "variation",
        Kind::Range => "range",
        Kind::Contrast => "contrast",
        Kind::Unlike => "unlike",
    }
}

fn number_in(value: &Spanned<f64>, key: &str, fits: impl Fn(f64) -> bool, range: &str) -> Result<f64, Wrong> {
    let number = *value.get_ref();
    if number.is_finite() && fits(number) {
        Ok(number)
    } else {
        let number = if number.abs() < 1e15 { number.to_string() } else { format!("{number:e}") };
        Err((value.span(), format!("{key} is {number}; it must be finite, and {range}")))
    }
}
