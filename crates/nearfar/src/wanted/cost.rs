//! Typical costs of terms, by which weights can be compared.

use super::{Goal, Term};

/// Size of the picture for which costs are stated, in pixels.
const MEGAPIXEL: f64 = 1e6;
/// The error for which costs are stated: one 8-bit step.
const CODE: f64 = 1.0 / 255.0;

/// Cost of a term, including its weight, per megapixel and per colour axis, for a picture whose samples along the axis, or
/// whose differences to the right and down, are off by an 8-bit step everywhere; for a likeness, its maximum.
pub(super) fn cost(term: &Term) -> f64 {
    let squares = |count: f64| count * CODE * CODE;
    let value = match term.what {
        Goal::Details { .. } | Goal::DetailsAfar { .. } => squares(2.0),
        Goal::Variation { softness } => (squares(2.0) + softness * softness).sqrt() - softness,
        Goal::Unlike { .. } => 1.0,
        Goal::Pixels { .. } | Goal::Afar { .. } | Goal::Band { .. } | Goal::Range { .. } | Goal::Contrast { .. } => {
            squares(1.0)
        }
    };
    term.weight * value * MEGAPIXEL
}

#[cfg(test)]
mod tests {
    use nearfar_descent::PyramidLevel;
    use nearfar_image::{Channels, Encoded, Image, Size};
    use nearfar_kernels::{Axes, Execution, axes::rgb_of};
    use nearfar_vision::Surface;

    use super::*;
    use crate::{
        fit,
        wanted::{Masks, Wanted},
    };

    const SIDE: usize = 96;

    /// A colour picture, mid grey plus `by` along each of its axes.
    fn off(axes: Axes, by: impl Fn(usize, usize) -> f32) -> Image<Encoded> {
        let size = Size::new(SIDE, SIDE).unwrap();
        let plane = |middle: f32| Image::from_fn(size, Channels::Grey, |_, x, y| middle + by(x, y));
        match axes {
            Axes::Opponent => {
                rgb_of(&Image::filled(size, Channels::Grey, 0.5), [&plane(0.0), &plane(0.0)], &Execution::parallel())
            }
            _ => plane(0.5).into_rgb(),
        }
    }

    /// The loss of a recipe's only term for a picture, per megapixel, and the cost that its words state.
    fn found(recipe: &str, near: &Image<Encoded>, far: &Image<Encoded>, picture: &Image<Encoded>) -> [f64; 2] {
        let wanted = Wanted::from_toml(recipe).expect(recipe);
        let execution = Execution::parallel();
        let options = fit::Options { method: fit::Method::None, ..fit::Options::default() };
        let aligned = fit::fit(near.clone(), far.clone(), &options, &execution).unwrap();
        let level = wanted.level(&aligned, &Masks::new(), Surface::default(), &execution).unwrap();
        let objective = level.objective(&execution).unwrap();
        let mut gradient = picture.clone();
        let mut workspace = objective.workspace(&execution);
        let loss = objective.evaluate(&execution, picture, &mut gradient, &mut workspace).total;
        let words = wanted.words().swap_remove(0);
        let said = words.split("cost").last().unwrap().split_whitespace().find_map(|word| word.parse::<f64>().ok());
        [loss * MEGAPIXEL / picture.size().area() as f64, said.expect(&words)]
    }

    #[test]
    fn terms_cost_what_their_words_state() {
        let step = CODE as f32;
        let ramp = |x: usize, y: usize| step * (x as f32 + y as f32 - SIDE as f32) * 0.5;
        let checker = |by: f32| move |x: usize, y: usize| if (x + y).is_multiple_of(2) { by } else { -by };
        let waves = |x: usize, y: usize| 0.15 * (((x / 4) + (y / 4)) % 2) as f32 - 0.075;
        for (word, axes, count) in [
            ("luma", Axes::Luma, 1.0),
            ("red", Axes::Red, 1.0),
            ("rgb", Axes::Channels, 3.0),
            ("opponent", Axes::Opponent, 2.0),
        ] {
            let (flat, same) = (off(axes, |_, _| 0.0), off(axes, |_, _| step));
            // Half a step to the right and half a step down: a quarter of the squared error.
            let (slope, checks, likeness) = (off(axes, ramp), off(axes, checker(step)), off(axes, waves));
            let middle = if axes == Axes::Opponent { 0.0 } else { 0.5 };
            let range = format!("low = {middle}\nhigh = {middle}");
            let contrast = off(axes, checker(0.1 + step));
            for (kind, keys, picture, times, tolerance) in [
                ("pixels", "of = \"near\"", &same, 1.0, 0.02),
                ("afar", "of = \"near\"\nsigma = \"2px\"", &same, 1.0, 0.02),
                ("details", "of = \"near\"", &slope, 0.25, 0.02),
                ("details", "of = \"near\"\nedges = true", &slope, 0.25, 0.02),
                ("details-afar", "of = \"near\"\nsigma = \"1px\"", &slope, 0.25, 0.1),
                ("band", "of = \"near\"\nfrom = \"0.1cpp\"", &checks, 1.0, 0.02),
                ("variation", "softness = 1e-6", &slope, 0.5, 0.02),
                ("range", &range, &same, 1.0, 0.02),
                ("contrast", "contrast = 0.1", &contrast, 1.0, 0.02),
                ("unlike", "of = \"far\"\nfrom = \"0.02cpp\"\nwindow = \"8px\"", &likeness, 1.0, 0.08),
            ] {
                // The far view has no opponent colours.
                if axes == Axes::Opponent && kind.contains("afar") {
                    continue;
                }
                let recipe = format!("[[term]]\nkind = \"{kind}\"\nweight = 3.0\nchannels = \"{word}\"\n{keys}");
                let [cost, said] = found(&recipe, &flat, &likeness, picture);
                let part = cost / (said * times * count);
                assert!((part - 1.0).abs() < tolerance, "{recipe}\n{cost}, not {said}: {part}");
                if kind == "unlike" {
                    assert!(part <= 1.0, "{part}");
                }
            }
        }
    }
}
