//! An objective in words.

use nearfar_kernels::Axes;

use super::{Eye, Mask, Start, Term, Wanted, What, Which};
use crate::Cutoff;

/// Pixels of a picture that costs are told of.
const MEGAPIXEL: f64 = 1e6;
/// The error that costs are told of: one of 255 codes.
const CODE: f64 = 1.0 / 255.0;

impl Wanted {
    /// What it asks for and what each weight costs, a line each.
    #[must_use]
    pub fn words(&self) -> Vec<String> {
        let mut lines: Vec<_> =
            self.terms.iter().enumerate().map(|(i, term)| format!("{}. {}", i + 1, words(term))).collect();
        let start = match self.start {
            Start::Pyramid => "a plain hybrid at a small size, refined from size to size",
            Start::Blend => "a plain hybrid",
            Start::Near => "NEAR",
            Start::Far => "FAR",
            Start::Grey => "mid grey",
        };
        let sizes = if self.start == Start::Pyramid { " at each size" } else { "" };
        lines.push(format!(
            "The sum of these is made as small as it gets, starting from {start}, in {} iterations at most{sizes}.",
            self.stop.max_iterations
        ));
        lines.extend(self.what_is_free().map(str::to_owned));
        lines
    }

    /// What no term holds, and goes where the others push it.
    fn what_is_free(&self) -> Option<&'static str> {
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
        Which::FarShare => "FAR's, as much of its tones and colours as `nearfar mix` takes",
    };
    let jump = |edges: bool| if edges { " They may jump where those do." } else { "" };
    let per_pixel = weight * CODE * CODE * MEGAPIXEL;
    let square = format!("one 8-bit step off everywhere costs {} per megapixel and channel", rounded(per_pixel));
    let (asked, cost) = match what {
        What::Pixels { of: which } => (format!("the pixels are to equal {}.", of(which)), square),
        What::Details { of: which, edges } => (
            format!("differences between neighbouring pixels are to equal {}.{}", of(which), jump(edges.is_some())),
            format!("one 8-bit step off in each, right and down, costs {} per megapixel", rounded(2.0 * per_pixel)),
        ),
        What::Afar { of: which, eye } => {
            (format!("seen {}, its light is to look like {}.", from(eye), of(which)), square)
        }
        What::DetailsAfar { of: which, eye, edges } => (
            format!("seen {}, its details are to look like {}.{}", from(eye), of(which), jump(edges.is_some())),
            format!("one 8-bit step off in each, right and down, costs {} per megapixel", rounded(2.0 * per_pixel)),
        ),
        What::Band { of: which, from, to } => {
            (format!("the frequencies {} are to equal {}.", band(*from, *to), of(which)), square)
        }
        What::Variation { softness } => (
            format!("noise is to be little: the length of the gradient, soft below {softness:.3} codes."),
            format!(
                "differences of one 8-bit step everywhere cost up to {} per megapixel",
                rounded(weight * CODE * MEGAPIXEL)
            ),
        ),
        What::Range { low, high } => (format!("codes are to lie between {low} and {high}."), square),
        What::Contrast { contrast } => (format!("the standard deviation is to be {contrast} codes."), square),
        What::Unlike { of: which, from, to, window } => (
            format!(
                "the frequencies {} are not to look like {}, within windows of {window}.",
                band(*from, *to),
                of(which)
            ),
            format!(
                "looking wholly like it everywhere costs {} per megapixel, and no more",
                rounded(weight * MEGAPIXEL)
            ),
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

/// Three digits are enough.
fn rounded(value: f64) -> String {
    if value == 0.0 {
        return "nothing".to_owned();
    }
    let digits = (2.0 - value.abs().log10().floor()).clamp(0.0, 6.0) as usize;
    format!("{value:.digits$}")
}
