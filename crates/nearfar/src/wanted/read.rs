//! Objectives from TOML: every mistake with its line, its column and what was meant.

use std::ops::Range;

use nearfar_descent::{EdgeStop, StopRule};
use nearfar_kernels::{Axes, Gaussian, HALF_GAIN};
use nearfar_vision::Length;
use serde::Deserialize;
use toml::Spanned;

use super::{Eye, Mask, Start, Term, Wanted, What, Which};
use crate::{Cutoff, RecipeError, settings::SolverName};

/// The text as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Text {
    #[serde(default)]
    start: Start,
    #[serde(default)]
    solver: SolverName,
    iterations: Option<Spanned<i64>>,
    tolerance: Option<Spanned<f64>>,
    crossover: Option<Spanned<Cutoff>>,
    #[serde(default)]
    term: Vec<Spanned<TermText>>,
}

/// A term as it is written: what its kind takes is checked afterwards, where the places are still known.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct TermText {
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

/// Each term holds pictures of the hybrid's size in memory, and a stranger's hybrid brings its objective along.
const MOST_TERMS: usize = 100;

/// Why a file with an objective cannot be used.
#[cfg(feature = "codec")]
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WantedFileError {
    /// It cannot be read.
    #[error("cannot read {}: {error}", path.display())]
    Read {
        /// The file.
        path: std::path::PathBuf,
        /// Why.
        error: std::io::Error,
    },
    /// It asks for nothing that there is.
    #[error("{}: {error}", path.display())]
    Recipe {
        /// The file.
        path: std::path::PathBuf,
        /// What is wrong, and where.
        error: RecipeError,
    },
}

#[cfg(feature = "codec")]
impl Wanted {
    /// Reads an objective from a file; `-` is standard input.
    ///
    /// # Errors
    ///
    /// [`WantedFileError`].
    pub fn read(path: &std::path::Path) -> Result<Self, WantedFileError> {
        read(path, |text| Self::from_toml(&text))
    }
}

#[cfg(feature = "codec")]
impl super::WantedJob {
    /// A [new](Self::new) job with the objective of a file.
    ///
    /// # Errors
    ///
    /// As [`Wanted::read`].
    pub fn read(path: &std::path::Path) -> Result<Self, WantedFileError> {
        read(path, Self::new)
    }
}

#[cfg(feature = "codec")]
fn read<T>(
    path: &std::path::Path,
    understand: impl FnOnce(String) -> Result<T, RecipeError>,
) -> Result<T, WantedFileError> {
    let text = crate::text_file::text_or_input(path)
        .map_err(|error| WantedFileError::Read { path: path.to_owned(), error })?;
    understand(text).map_err(|error| WantedFileError::Recipe { path: path.to_owned(), error })
}

impl Wanted {
    /// Reads an objective from TOML.
    ///
    /// # Errors
    ///
    /// [`RecipeError`] says what is wrong, where, and for a misspelt name the nearest one that there is.
    pub fn from_toml(text: &str) -> Result<Self, RecipeError> {
        let read: Text =
            toml::from_str(text).map_err(|error| RecipeError::at(text, error.span(), in_words(error.message())))?;
        let wrong = |span: Range<usize>, reason: String| RecipeError::at(text, Some(span), reason);
        if read.term.is_empty() {
            return Err(wrong(0..0, "there is no [[term]]: nothing is asked of the picture".to_owned()));
        }
        if read.term.len() > MOST_TERMS {
            let place = read.term[MOST_TERMS].span();
            return Err(wrong(place, format!("there are {} terms; at most {MOST_TERMS} are summed", read.term.len())));
        }
        let mut stop = StopRule::default();
        if let Some(iterations) = read.iterations {
            stop.max_iterations = usize::try_from(*iterations.get_ref())
                .ok()
                .filter(|n| *n > 0)
                .ok_or_else(|| wrong(iterations.span(), "iterations is at least 1".to_owned()))?;
        }
        if let Some(tolerance) = read.tolerance {
            let value = *tolerance.get_ref();
            if !(0.0..1.0).contains(&value) {
                return Err(wrong(tolerance.span(), "tolerance is from 0 up to, but not including, 1".to_owned()));
            }
            stop.tolerance = value;
        }
        let spans: Vec<_> = read.term.iter().map(Spanned::span).collect();
        let terms = read.term.into_iter().enumerate().map(|(i, term)| {
            let span = term.span();
            term.into_inner().checked(i + 1, span).map_err(|(span, reason)| wrong(span, reason))
        });
        let terms = terms.collect::<Result<Vec<_>, _>>()?;
        for (i, (term, span)) in terms.iter().zip(&spans).enumerate() {
            if terms[..i].iter().any(|other| other.name == term.name) {
                return Err(wrong(
                    span.clone(),
                    format!("two terms are called `{}`; give one another `name`", term.name),
                ));
            }
        }
        let crossover = checked_cutoff(&read.crossover).map_err(|(span, reason)| wrong(span, reason))?;
        let is_share = |term: &Term| term.what.of() == Some(Which::FarShare);
        if let Some(span) = span(&read.crossover)
            && matches!(read.start, Start::Near | Start::Far | Start::Grey)
            && !terms.iter().any(is_share)
        {
            let reason = "`crossover` has no effect: this `start` mixes nothing, and no term is of far-share";
            return Err(wrong(span, reason.to_owned()));
        }
        Ok(Self { terms, start: read.start, solver: read.solver, stop, crossover })
    }
}

type Wrong = (Range<usize>, String);

impl TermText {
    fn checked(self, number: usize, whole: Range<usize>) -> Result<Term, Wrong> {
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
        let of = || self.of.as_ref().map(|of| *of.get_ref()).ok_or_else(|| missing("`of`: near, far or far-share"));
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
            Kind::Pixels => What::Pixels { of: of()? },
            Kind::Details => What::Details { of: of()?, edges },
            Kind::Afar => What::Afar { of: of()?, eye: eye()? },
            Kind::DetailsAfar => What::DetailsAfar { of: of()?, eye: eye()?, edges },
            Kind::Band => {
                let (of, (from, to)) = (of()?, ends()?);
                What::Band { of, from, to }
            }
            Kind::Variation => {
                let number = |value| number_in(value, "softness", within(SOFTNESSES), "from 1e-6 to 1, in codes");
                let softness = self.softness.as_ref().map(number).transpose()?;
                What::Variation { softness: softness.unwrap_or(SOFTNESS) }
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
                What::Range { low, high }
            }
            Kind::Contrast => {
                // Of codes from 0 to 1: half of them 0, half of them 1.
                let fits = |v| v > 0.0 && v <= 0.5;
                let contrast =
                    self.contrast.as_ref().map(|v| number_in(v, "contrast", fits, "above 0 and at most 0.5"));
                What::Contrast { contrast: contrast.transpose()?.ok_or_else(|| missing("`contrast`"))? }
            }
            Kind::Unlike => {
                let (of, (from, to)) = (of()?, ends()?);
                let window = checked_blur(&self.window)?.ok_or_else(|| missing("`window`, as \"8px\""))?;
                What::Unlike { of, from, to, window }
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
fn checked_cutoff(value: &Option<Spanned<Cutoff>>) -> Result<Option<Cutoff>, Wrong> {
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
fn span<T>(value: &Option<Spanned<T>>) -> Option<Range<usize>> {
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
        Err((value.span(), format!("{key} is {number}; it must be finite, and {range}")))
    }
}

/// The parser's message in words of recipes, not of programs.
fn in_words(message: &str) -> String {
    let wanted = |wanted: &str| match wanted {
        "f64" => "a number".to_owned(),
        "i64" => "a whole number".to_owned(),
        "a string" | "string or table" => "a word in quotes".to_owned(),
        "a boolean" => "true or false".to_owned(),
        "a sequence" => "terms, each below a line [[term]]".to_owned(),
        other if other.starts_with("struct ") => "a table of keys".to_owned(),
        other => other.to_owned(),
    };
    if let Some((found, expected)) =
        message.strip_prefix("invalid type: ").and_then(|rest| rest.split_once(", expected "))
    {
        let kinds = ["string ", "integer ", "floating point ", "boolean "];
        let found = match found {
            "map" => "a table",
            "sequence" => "a list",
            other => kinds.iter().find_map(|kind| other.strip_prefix(kind)).unwrap_or(other).trim_matches('`'),
        };
        return format!("this is {found}; it must be {}", wanted(expected));
    }
    match message.strip_prefix("wanted ") {
        Some(expected) => format!("it must be {}", wanted(expected)),
        None => with_nearest(message),
    }
}

/// What people call things that have other names here.
const MEANT: [(&str, &str); 18] = [
    ("blur", "afar"),
    ("blur", "sigma"),
    ("brightness", "luma"),
    ("chroma", "opponent"),
    ("chrominance", "opponent"),
    ("color", "opponent"),
    ("colors", "opponent"),
    ("colour", "opponent"),
    ("colours", "opponent"),
    ("distance", "at"),
    ("frequencies", "band"),
    ("gray", "luma"),
    ("grey", "luma"),
    ("lightness", "luma"),
    ("luminance", "luma"),
    ("noise", "variation"),
    ("total-variation", "variation"),
    ("tv", "variation"),
];

/// The parser's message, and of the names that it lists the one that was meant, or else the nearest to what was written.
fn with_nearest(message: &str) -> String {
    let mut names = message.split('`').skip(1).step_by(2);
    let Some(written) = names.next().filter(|_| message.starts_with("unknown ")) else { return message.to_owned() };
    let names: Vec<_> = names.collect();
    let lower = written.to_lowercase();
    let meant = MEANT.iter().find(|(said, name)| *said == lower && names.contains(name)).map(|(_, name)| *name);
    let near = || names.iter().map(|name| (distance(&lower, name), *name)).min();
    let nearest = || near().filter(|(far, _)| *far <= written.chars().count().div_ceil(2)).map(|(_, name)| name);
    match meant.or_else(nearest) {
        Some(name) => format!("{message}; did you mean `{name}`?"),
        None => message.to_owned(),
    }
}

/// How many letters must be put in, left out, changed or swapped with their neighbour.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<_>, Vec<_>) = (a.chars().collect(), b.chars().collect());
    let mut rows = vec![(0..=b.len()).collect::<Vec<_>>()];
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let change = rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut least = change.min(rows[i - 1][j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                least = least.min(rows[i - 2][j - 2] + 1);
            }
            row.push(least);
        }
        rows.push(row);
    }
    rows[a.len()][b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mistakes_have_their_places_and_what_was_meant() {
        let term = |rest: &str| format!("# one\n[[term]]\nkind = \"details\"\nof = \"near\"\nweight = 1.0\n{rest}");
        let band = |ends: &str| format!("[[term]]\nkind = \"band\"\nof = \"far\"\nweight = 1.0\n{ends}");
        let cases = [
            ("start = \"blent\"\n".to_owned() + &term(""), 1, "did you mean `blend`?"),
            ("solver = \"adem\"\n".to_owned() + &term(""), 1, "did you mean `adam`?"),
            ("iteration = 3\n".to_owned() + &term(""), 1, "did you mean `iterations`?"),
            ("iterations = 0\n".to_owned() + &term(""), 1, "at least 1"),
            (term("mask = \"bussy\""), 6, "did you mean `busy`?"),
            (term("mask = \"-\""), 6, "or a picture file"),
            (term("name = \" \""), 6, "a name is empty"),
            (term("name = \"a\"\n") + &term("name = \"a\""), 8, "two terms are called `a`"),
            (band("from = \"40cpi\"\nto = \"10cpi\""), 6, "nothing lies between"),
            (band("from = \"2px\"\nto = \"4px\""), 6, "nothing lies between"),
            (band("from = \"0.6cpp\""), 5, "at most 0.5cpp"),
            (band("to = \"0.2px\""), 5, "from 0.38px"),
            ("crossover = \"0.7cpp\"\n".to_owned() + &term(""), 1, "at most 0.5cpp"),
            ("start = \"near\"\ncrossover = \"4cpi\"\n".to_owned() + &term(""), 2, "`crossover` has no effect"),
            (term("sigma = \"1e30px\"").replace("\"details\"", "\"afar\""), 6, "at most 131071px"),
            (term("channels = \"chroma\""), 6, "did you mean `opponent`?"),
            (term("channels = \"lightness\""), 6, "did you mean `luma`?"),
            (term("").replace("\"details\"", "\"tv\""), 3, "did you mean `variation`?"),
            (term("").replace("\"details\"", "\"blur\""), 3, "did you mean `afar`?"),
            (term("distance = \"3m\""), 6, "did you mean `at`?"),
            (
                term("").replace("[[term]]", "[term]"),
                2,
                "this is a table; it must be terms, each below a line [[term]]",
            ),
            (term("").replace("1.0", "\"heavy\""), 5, "this is \"heavy\"; it must be a number"),
            (term("").replace("\"near\"", "3"), 4, "it must be a word in quotes"),
            (term("edges = 1"), 6, "this is 1; it must be true or false"),
            ("iterations = 2.5\n".to_owned() + &term(""), 1, "this is 2.5; it must be a whole number"),
            (term("").replace("1.0", "1e300"), 5, "from 1e-9 to 1e9"),
            (term("").replace("1.0", "0.0"), 5, "a term of no weight is left out"),
            ("[[term]]\nkind = \"range\"\nweight = 1.0".to_owned(), 1, "no effect"),
            ("[[term]]\nkind = \"range\"\nweight = 1.0\nlow = 0.0".to_owned(), 4, "no effect"),
            ("[[term]]\nkind = \"variation\"\nweight = 1.0\nsoftness = 1e-30".to_owned(), 4, "from 1e-6 to 1"),
            ("[[term]]\nkind = \"range\"\nweight = 1.0\nhigh = 235.0".to_owned(), 4, "from 0 to 1"),
            ("[[term]]\nkind = \"contrast\"\nweight = 1.0\ncontrast = 5.0".to_owned(), 4, "at most 0.5"),
            ("tolerance = 2.0\n".to_owned() + &term(""), 1, "not including, 1"),
            ("crossover = \"16\"\n".to_owned() + &term(""), 1, "the unit is missing"),
            (String::new(), 1, "no [[term]]"),
            (term("wieght = 2.0"), 6, "did you mean `weight`?"),
            (term("chanels = \"luma\""), 6, "did you mean `channels`?"),
            (term("channels = \"lumma\""), 6, "did you mean `luma`?"),
            (term("mask = 3"), 6, "this is 3; it must be a word in quotes"),
            (
                term("sigma = \"5px\"\nchannels = \"opponent\"").replace("\"details\"", "\"afar\""),
                7,
                "has no opponent colours",
            ),
            (term("softness = 0.1"), 6, "`softness` has no effect on details; it is of variation"),
            (term("").replace("1.0", "-1.0"), 5, "weight is -1"),
            (term("").replace("1.0", "nan"), 5, "weight is NaN"),
            (term("").replace("\"details\"", "\"detials\""), 3, "did you mean `details`?"),
            (term("").replace("of = \"near\"\n", ""), 2, "details needs `of`"),
            (term("").replace("\"details\"", "\"afar\""), 2, "afar needs `sigma`"),
            (term("sigma = \"5pt\"").replace("\"details\"", "\"afar\""), 6, "\"pt\" is no unit"),
            (term("sigma = \"-5px\"").replace("\"details\"", "\"afar\""), 6, "number above 0"),
            (term("sigma = \"5px\"\nat = \"3m\"").replace("\"details\"", "\"afar\""), 7, "either"),
            (term("at = \"3lightyears\"").replace("\"details\"", "\"afar\""), 6, "unit"),
            (term("").replace("\"details\"", "\"unlike\""), 2, "`window`"),
            ("[[term]]\nkind = \"range\"\nweight = 1.0\nlow = 0.7\nhigh = 0.2".to_owned(), 5, "nothing between"),
            ("[[term]]\nkind = \"contrast\"\nweight = 1.0\ncontrast = 0.0".to_owned(), 4, "above 0"),
        ];
        for (text, line, words) in cases {
            let error = Wanted::from_toml(&text).expect_err(&text);
            assert!(error.reason.contains(words), "{text}\n{error}");
            assert_eq!(error.line, line, "{text}\n{error}");
        }
    }

    #[test]
    fn blanks_between_number_and_unit_are_allowed() {
        let recipe = "[[term]]\nkind = \"afar\"\nof = \"near\"\nweight = 1.0\nsigma = \" 3 px\"";
        let wanted = Wanted::from_toml(recipe).unwrap();
        assert!(wanted.words()[0].contains("through a blur of 3px"));
    }

    #[test]
    fn distances_are_of_single_mistakes() {
        for (a, b, expected) in [("weight", "wieght", 1), ("luma", "lumma", 1), ("of", "of", 0), ("", "abc", 3)] {
            assert_eq!(distance(a, b), expected, "{a} {b}");
            assert_eq!(distance(b, a), expected, "{b} {a}");
        }
    }
}
