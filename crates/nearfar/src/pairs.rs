//! Which of many files form pairs.

use std::{
    cmp::Ordering,
    collections::{BTreeMap, HashSet},
};

/// Pairs files by their names: each result holds the index of the NEAR file and that of the FAR one, which is `None` if an
/// odd file is left over.
///
/// Names that differ only in the word `near` or `far` go together, whatever their extensions and their case: `cat-near.jpg`
/// and `Cat-FAR.png`. These pairs come first. All other files go two by two in the order of their names, with numbers
/// ordered by value. `left_over` is the index of a file that an earlier call left over: it comes before all others.
///
/// ```
/// use nearfar::pairs_by_name;
///
/// let names = ["10.jpg", "cat-far.jpg", "9.jpg", "cat-near.jpg", "b.jpg"];
/// assert_eq!(pairs_by_name(&names, None), [(3, Some(1)), (2, Some(0)), (4, None)]);
/// ```
#[must_use]
pub fn pairs_by_name(names: &[&str], left_over: Option<usize>) -> Vec<(usize, Option<usize>)> {
    let name = |index: usize| names[index];
    let mut sorted: Vec<usize> = (0..names.len()).collect();
    sorted.sort_by(|&a, &b| {
        let comes_later = |index| left_over != Some(index);
        comes_later(a).cmp(&comes_later(b)).then_with(|| in_order(name(a), name(b)))
    });
    // The first of several files with the same name and word is taken; the others go with the rest.
    let mut halves = BTreeMap::<String, [Option<usize>; 2]>::new();
    for &index in &sorted {
        if let Some((side, key)) = side_and_key(name(index)) {
            halves.entry(key).or_default()[side].get_or_insert(index);
        }
    }
    let whole = |[near, far]: [Option<usize>; 2]| Some((near?, Some(far?)));
    let mut pairs: Vec<_> = halves.into_values().filter_map(whole).collect();
    pairs.sort_by(|&(a, _), &(b, _)| in_order(name(a), name(b)));
    let paired: HashSet<_> = pairs.iter().flat_map(|&(near, far)| [Some(near), far]).flatten().collect();
    sorted.retain(|index| !paired.contains(index));
    pairs.extend(sorted.chunks(2).map(|two| (two[0], two.get(1).copied())));
    pairs
}

/// The words that say which side a file is for, in the order of the sides.
const SIDES: [&str; 2] = ["near", "far"];

/// The side that a name gives, and the name without that word, its extension and its case.
fn side_and_key(name: &str) -> Option<(usize, String)> {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_lowercase();
    let is_word = |at: usize, word: &str| {
        let (before, after) = (stem[..at].chars().next_back(), stem[at + word.len()..].chars().next());
        ![before, after].into_iter().flatten().any(char::is_alphabetic)
    };
    let first = |word| stem.match_indices(word).map(|(at, _)| at).find(|&at| is_word(at, word));
    let (at, side) = SIDES.iter().enumerate().filter_map(|(side, word)| Some((first(word)?, side))).min()?;
    Some((side, format!("{}\0{}", &stem[..at], &stem[at + SIDES[side].len()..])))
}

/// Natural order of names: numbers by value, letters regardless of case.
fn in_order(a: &str, b: &str) -> Ordering {
    parts(a).cmp(&parts(b)).then_with(|| a.cmp(b))
}

/// A number, as its length without leading zeros and its digits, or a letter.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Part<'a> {
    Number(usize, &'a str),
    Letter(char),
}

fn parts(name: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut rest = name;
    while let Some(letter) = rest.chars().next() {
        let after = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        if after.len() < rest.len() {
            let digits = rest[..rest.len() - after.len()].trim_start_matches('0');
            parts.push(Part::Number(digits.len(), digits));
            rest = after;
        } else {
            parts.extend(letter.to_lowercase().map(Part::Letter));
            rest = &rest[letter.len_utf8()..];
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Pairs as names, with `-` for a missing one.
    fn named(names: &[&str], left_over: Option<usize>) -> Vec<String> {
        let pairs = pairs_by_name(names, left_over);
        pairs.iter().map(|&(near, far)| format!("{} {}", names[near], far.map_or("-", |far| names[far]))).collect()
    }

    #[test]
    fn words_go_together_whatever_their_case_and_ending() {
        assert_eq!(named(&["FAR_12.png", "near_12.JPG"], None), ["near_12.JPG FAR_12.png"]);
        assert_eq!(named(&["my far cat.jpg", "my near cat.jpg"], None), ["my near cat.jpg my far cat.jpg"]);
        assert_eq!(named(&["far.jpg", "near.jpg"], None), ["near.jpg far.jpg"]);
        assert_eq!(named(&["near2.jpg", "far2.jpg"], None), ["near2.jpg far2.jpg"]);
        assert_eq!(named(&["ÄRA-far.jpg", "ära-near.jpg"], None), ["ära-near.jpg ÄRA-far.jpg"]);
    }

    #[test]
    fn words_do_not_match_inside_longer_words() {
        // `nearby` and `afar` are other words: these files go by their order.
        assert_eq!(named(&["nearby.jpg", "afar.jpg"], None), ["afar.jpg nearby.jpg"]);
        assert_eq!(named(&["farm.jpg", "linear.jpg"], None), ["farm.jpg linear.jpg"]);
        // The first such word counts, and so does its place.
        assert_eq!(named(&["a-far-near.jpg", "a-near-near.jpg"], None), ["a-near-near.jpg a-far-near.jpg"]);
        assert_eq!(named(&["near-ab.jpg", "a-far-b.jpg"], None), ["a-far-b.jpg near-ab.jpg"]);
    }

    #[test]
    fn others_go_two_by_two_in_the_order_of_their_names() {
        assert_eq!(named(&["10.jpg", "9.jpg", "b1.jpg", "A7.jpg"], None), ["9.jpg 10.jpg", "A7.jpg b1.jpg"]);
        assert_eq!(named(&["007.jpg", "6.jpg", "7.jpg"], None), ["6.jpg 007.jpg", "7.jpg -"]);
        assert_eq!(named(&["one-near.jpg"], None), ["one-near.jpg -"]);
        assert_eq!(named(&[], None), [""; 0]);
    }

    #[test]
    fn files_of_one_name_are_all_used_once() {
        let names = ["a-near.jpg", "a-near.png", "a-far.jpg", "a-near.gif", "a-near.jpg"];
        assert_eq!(named(&names, None), ["a-near.gif a-far.jpg", "a-near.jpg a-near.jpg", "a-near.png -"]);
        let mut used: Vec<_> =
            pairs_by_name(&names, None).into_iter().flat_map(|(a, b)| [Some(a), b]).flatten().collect();
        used.sort_unstable();
        assert_eq!(used, [0, 1, 2, 3, 4]);
    }

    #[test]
    fn a_left_over_file_comes_first_unless_a_word_says_otherwise() {
        assert_eq!(named(&["z.jpg", "a.jpg", "b.jpg"], Some(0)), ["z.jpg a.jpg", "b.jpg -"]);
        assert_eq!(named(&["x-far.jpg", "a.jpg", "x-near.jpg"], Some(0)), ["x-near.jpg x-far.jpg", "a.jpg -"]);
    }
}
