//! Objectives from TOML: every mistake with its line, its column and what was meant.

use std::ops::Range;

use nearfar_descent::StopRule;
use serde::Deserialize;
use toml::Spanned;

use super::{
    Start, Term, Wanted, Which,
    term_text::{TermText, checked_cutoff, span},
};
use crate::{Cutoff, RecipeError, parser_words::toml_in_words, settings::SolverName};

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

/// Each term holds pictures of the hybrid's size in memory, and a stranger's hybrid brings its objective along.
const MOST_TERMS: usize = 100;

impl Wanted {
    /// Reads an objective from TOML.
    ///
    /// # Errors
    ///
    /// [`RecipeError`] says what is wrong, where, and for a misspelt name the nearest one that there is.
    pub fn from_toml(text: &str) -> Result<Self, RecipeError> {
        let read: Text = toml::from_str(text).map_err(|error| {
            // The one list that there is.
            let reason = toml_in_words(text, None, &error)
                .replace("must be a list", "must be terms, each below a line [[term]]");
            RecipeError::at(text, error.span(), reason)
        })?;
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
                .filter(|n| (1..=StopRule::MAX_ITERATIONS).contains(n))
                .ok_or_else(|| {
                    wrong(iterations.span(), format!("iterations is from 1 to {}", StopRule::MAX_ITERATIONS))
                })?;
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
        let is_chosen = |term: &Term| term.what.of().is_some_and(Which::is_chosen);
        if let Some(span) = span(&read.crossover)
            && matches!(read.start, Start::Near | Start::Far | Start::Grey)
            && !terms.iter().any(is_chosen)
        {
            let reason =
                "`crossover` has no effect: this `start` mixes nothing, and no term is of near-lit or far-share";
            return Err(wrong(span, reason.to_owned()));
        }
        Ok(Self { terms, start: read.start, solver: read.solver, stop, crossover })
    }
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
            ("iterations = 0\n".to_owned() + &term(""), 1, "iterations is from 1 to 100000"),
            ("iterations = 100001\n".to_owned() + &term(""), 1, "iterations is from 1 to 100000"),
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
            (term("").replace("1.0", "1e300"), 5, "is 1e300; it must be finite, and from 1e-9 to 1e9"),
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
            (term("sigma = 2.5").replace("\"details\"", "\"afar\""), 6, "a length has its unit, as in \"2.5px\""),
            (term("weight = 2.0"), 6, "`weight` is said twice"),
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
}
