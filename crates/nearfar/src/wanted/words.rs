//! An objective explained in words.

use nearfar_descent::StopRule;
use nearfar_kernels::Axes;

use super::{Eye, Goal, Mask, Start, Term, Wanted, Which, cost::cost};
use crate::{Cutoff, settings::Worded};

impl Wanted {
    /// What the objective asks for and what each weight costs, one line per term.
    #[must_use]
    pub fn words(&self) -> Vec<String> {
        let mut lines: Vec<_> =
            self.terms.iter().enumerate().map(|(i, term)| format!("{}. {}", i + 1, words(term))).collect();
        let start = match self.start {
            Start::Pyramid => "a plain hybrid at a small size",
            Start::Blend => "a plain hybrid",
            Start::Near => "NEAR",
            Start::Far => "FAR",
            Start::Grey => "mid grey",
        };
        let places = self.crossover.map(|crossover| format!(" whose pictures change places at {crossover}"));
        let sizes = if self.start == Start::Pyramid { " at each size" } else { "" };
        let StopRule { max_iterations, tolerance } = self.stop;
        lines.push(format!(
            "The sum of these is minimised by {}, starting from {start}{}, until an iteration lowers it by less than {tolerance} \
             of it, in {max_iterations} at most{sizes}.",
            self.solver.word(),
            places.unwrap_or_default(),
        ));
        lines.extend(self.uncontrolled().map(str::to_owned));
        lines.extend(self.least_side().map(|side| {
            format!("It takes pictures whose shorter side is at least {side} pixels: smaller ones do not hold its frequencies.")
        }));
        lines
    }

    /// The smallest shorter side, in pixels, at which a picture holds all frequencies that are given in cycles per image.
    fn least_side(&self) -> Option<usize> {
        let of_term = |term: &Term| match term.what {
            Goal::Afar { eye: Eye::Blur(cutoff), .. } | Goal::DetailsAfar { eye: Eye::Blur(cutoff), .. } => {
                vec![Some(cutoff)]
            }
            Goal::Unlike { window, .. } => vec![Some(window)],
            _ => Vec::new(),
        };
        let begins = self.terms.iter().filter_map(|term| match term.what {
            Goal::Band { from: Some(Cutoff::CyclesPerImage(cycles)), .. }
            | Goal::Unlike { from: Some(Cutoff::CyclesPerImage(cycles)), .. } => Some(cycles),
            _ => None,
        });
        // A band that starts at the highest frequency holds nothing.
        let begins = begins.map(|cycles| (2.0 * cycles).floor() as usize + 1);
        let cutoffs = self.terms.iter().flat_map(of_term).chain([self.crossover]).flatten();
        let sides = cutoffs.filter_map(|cutoff| match cutoff {
            Cutoff::CyclesPerImage(cycles) => Some((2.0 * cycles).ceil() as usize),
            _ => None,
        });
        sides.chain(begins).max()
    }

    /// What no term controls, so that it follows the other terms.
    fn uncontrolled(&self) -> Option<&'static str> {
        let all = |axes: Axes| self.terms.iter().all(|term| term.axes == axes);
        if all(Axes::Luma) {
            Some(
                "No term holds the colours: they may go anywhere. `pixels` of NEAR with channels = \"opponent\" holds \
                 them; channels = \"rgb\" asks for all.",
            )
        } else if all(Axes::Opponent) {
            Some("No term holds light and dark: `details` and `afar` with channels = \"luma\" do.")
        } else {
            None
        }
    }
}

fn words(term: &Term) -> String {
    let Term { name, weight, what, axes, mask } = term;
    let of = |which: &Which| match which {
        Which::Near => "NEAR's",
        Which::Far => "FAR's",
        Which::NearLit => "NEAR's, as `nearfar mix` lights it",
        Which::FarShare => "FAR's, as much of its tones and colours as `nearfar mix` takes",
    };
    let jump = |edges: bool| if edges { " They may jump where those do." } else { "" };
    let each = match axes {
        Axes::Channels => " and channel",
        Axes::Opponent => " and opponent colour",
        Axes::Luma | Axes::Red | Axes::Green | Axes::Blue => "",
    };
    let costs = format!("{} per megapixel{each}", rounded(cost(term)));
    let square = format!("one 8-bit step off everywhere costs {costs}");
    let step = |edges: bool| {
        let up_to = if edges { "at most " } else { "" };
        format!("one 8-bit step off in each, right and down, costs {up_to}{costs}")
    };
    let (asked, cost) = match what {
        Goal::Pixels { of: which } => (format!("the pixels are to equal {}.", of(which)), square),
        Goal::Details { of: which, edges } => (
            format!("differences between neighbouring pixels are to equal {}.{}", of(which), jump(edges.is_some())),
            step(edges.is_some()),
        ),
        Goal::Afar { of: which, eye } => {
            (format!("seen {}, its light is to look like {}.", from(eye), of(which)), square)
        }
        Goal::DetailsAfar { of: which, eye, edges } => (
            format!("seen {}, its details are to look like {}.{}", from(eye), of(which), jump(edges.is_some())),
            step(edges.is_some()),
        ),
        Goal::Band { of: which, from, to } => {
            (format!("the frequencies {} are to equal {}.", band(*from, *to), of(which)), square)
        }
        Goal::Variation { softness } => (
            format!("noise is to be little: the length of the gradient, soft below {} codes.", rounded(*softness)),
            format!("differences of one 8-bit step everywhere, right and down, cost {costs}"),
        ),
        Goal::Range { low, high } => (
            format!("codes are to lie between {low} and {high}."),
            format!("one 8-bit step beyond everywhere costs {costs}"),
        ),
        Goal::Contrast { contrast } => {
            (format!("the standard deviation is to be {contrast} codes."), format!("one 8-bit step off costs {costs}"))
        }
        Goal::Unlike { of: which, from, to, window } => (
            format!(
                "the frequencies {} are not to look like {}, within windows of {window}.",
                band(*from, *to),
                of(which)
            ),
            format!("looking wholly like it everywhere costs {costs}, and no more"),
        ),
    };
    let channels = match axes {
        Axes::Channels => "red, green and blue, each for itself",
        Axes::Luma => "luma",
        Axes::Opponent => "opponent colours",
        Axes::Red => "red",
        Axes::Green => "green",
        Axes::Blue => "blue",
    };
    let mask = match mask {
        None => String::new(),
        Some(Mask::Busy) => " It counts where NEAR is busy.".to_owned(),
        Some(Mask::Calm) => " It counts where NEAR is calm.".to_owned(),
        Some(Mask::Face) => " It counts within FAR's face.".to_owned(),
        Some(Mask::File(file)) => format!(" It counts as {file} says."),
    };
    format!("{name}: {asked} Of {channels}.{mask} Weight {weight}: {cost}.")
}

fn from(eye: &Eye) -> String {
    match eye {
        Eye::Blur(cutoff) => format!("through a blur of {cutoff}"),
        Eye::Distance(distance) => format!("from {distance}"),
    }
}

pub(super) fn band(from: Option<Cutoff>, to: Option<Cutoff>) -> String {
    match (from, to) {
        (None, None) => "of all scales".to_owned(),
        (Some(from), None) => format!("above {from}"),
        (None, Some(to)) => format!("below {to}"),
        (Some(from), Some(to)) => format!("from {from} to {to}"),
    }
}

/// Three digits are enough, and long rows of zeros are hard to read.
fn rounded(value: f64) -> String {
    let magnitude = value.abs().log10().floor();
    if !(-5.0..9.0).contains(&magnitude) {
        return format!("{value:.2e}");
    }
    let digits = (2.0 - magnitude).max(0.0) as usize;
    format!("{value:.digits$}")
}
