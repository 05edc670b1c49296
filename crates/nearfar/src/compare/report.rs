//! A comparison of the two mixers as a table, a plot, a page and a sheet.

use std::fmt::Write;

use nearfar_image::{Encoded, Image, Pair};
use nearfar_vision::{Density, Naturalness};

use super::{Comparison, Made, Sample, Sweep, from_afar, sheet};
use crate::{
    look,
    plot::{Axis, Corner, Line, Plot},
};

/// The methods, in the order of everything below.
const NAMES: [&str; 2] = ["descent", "fourier"];

/// The files of a comparison.
#[cfg(feature = "codec")]
const FILES: [&str; 10] = [
    "triptych.png",
    "descent.png",
    "descent-from-afar.png",
    "fourier.png",
    "fourier-from-afar.png",
    "scores.csv",
    "scores.json",
    "front.svg",
    "front.png",
    "summary.md",
];

#[cfg(feature = "codec")]
impl Comparison {
    /// Names of its [files](Self::files).
    pub const FILES: [&str; 10] = FILES;

    /// The files that show the comparison, by name: pictures, scores, plots, and a summary for pictures of the given
    /// density.
    ///
    /// # Errors
    ///
    /// [`EncodeError`](nearfar_codec::EncodeError) if there is not enough memory for them.
    pub fn files(
        &self,
        pair: &Pair,
        density: Density,
    ) -> Result<Vec<(&'static str, Vec<u8>)>, nearfar_codec::EncodeError> {
        let png = |picture: &Image<Encoded>| {
            nearfar_codec::encode(picture, &nearfar_codec::EncodeOptions::new(nearfar_codec::Format::Png))
        };
        let pictures = self.pictures(pair).into_iter().map(|picture| png(&picture));
        let front = self.front();
        let json = serde_json::to_vec_pretty(self).expect("scores are plain data");
        let rest = [
            Ok(self.csv().into_bytes()),
            Ok(json),
            front.to_file(None),
            front.to_file(Some(nearfar_codec::Format::Png)),
            Ok(self.summary(density).into_bytes()),
        ];
        FILES.into_iter().zip(pictures.chain(rest)).map(|(name, bytes)| Ok((name, bytes?))).collect()
    }
}

impl Comparison {
    /// The pictures that show the comparison: all side by side, then each hybrid, up close and from afar.
    #[must_use]
    pub fn pictures(&self, pair: &Pair) -> Vec<Image<Encoded>> {
        let [large, small] = self.views(pair);
        let rows = [&large, &small].map(|row| row.iter().map(Some).collect());
        let each = (1..large.len() - 1).flat_map(|i| [large[i].clone(), small[i].clone()]);
        std::iter::once(sheet(&rows)).chain(each).collect()
    }

    /// NEAR, the hybrids and FAR, up close and as small as they look from afar.
    pub(crate) fn views(&self, pair: &Pair) -> [Vec<Image<Encoded>>; 2] {
        let hybrids = self.shown().into_iter().map(|made| &made.picture);
        let large: Vec<_> = [pair.near()].into_iter().chain(hybrids).chain([pair.far()]).cloned().collect();
        let small = large.iter().map(|picture| from_afar(picture, &self.settings.viewing)).collect();
        [large, small]
    }

    /// The hybrids to show: those at one percept from afar if both methods reach it, or else those with defaults.
    pub(crate) fn shown(&self) -> Vec<&Made> {
        let matched: Option<Vec<_>> = self.matched.iter().map(Option::as_ref).collect();
        matched.unwrap_or_else(|| self.chosen.iter().collect())
    }

    /// A table of all hybrids of the sweeps, one per row.
    #[must_use]
    pub fn csv(&self) -> String {
        let mut csv =
            "method,crossover_cycles_per_pixel,p_near,p_far,halo,color_error,clipped_share,switch_ppd,seconds\n"
                .to_owned();
        for (name, sweep) in NAMES.iter().zip(&self.sweeps) {
            for Sample { crossover, look, seconds, .. } in &sweep.samples {
                let Naturalness { halo, color_error, clipped_share, .. } = look.naturalness;
                let switch = look.switch.even_ppd.map(|ppd| format!("{ppd:.2}")).unwrap_or_default();
                writeln!(
                    csv,
                    "{name},{crossover:.6},{:.6},{:.6},{halo:.4},{color_error:.4},{clipped_share:.6},{switch},{seconds:.5}",
                    look.p_near, look.p_far
                )
                .expect("writing to a string cannot fail");
            }
        }
        csv
    }

    /// The trade-offs of both methods.
    #[must_use]
    pub fn front(&self) -> Plot {
        let line = |(style, sweep): (usize, &Sweep)| {
            let points = sweep.samples.iter().map(|sample| (sample.look.p_near, -sample.look.p_far)).collect();
            Line { label: NAMES[style].to_owned(), points, pale: false, style }
        };
        Plot {
            title: "How much of both pictures can be had at once".to_owned(),
            x: Axis::linear("NEAR seen up close, p (right is better)"),
            y: Axis::linear("FAR seen from afar, -p (up is better)"),
            lines: self.sweeps.iter().enumerate().map(line).collect(),
            legend: Corner::LowerLeft,
        }
    }

    /// Names of the methods, in the order of all lists.
    pub const NAMES: [&str; 2] = NAMES;

    /// A sentence that says at what point the methods are compared, and with what result.
    #[must_use]
    pub fn verdict(&self) -> String {
        let p_far = self.settings.p_far;
        let at = if self.matched.iter().all(Option::is_some) {
            format!("At p {p_far} from afar, where both show FAR equally clearly,")
        } else {
            format!("Not both reach p {p_far} from afar within the sweep; each as it is by itself,")
        };
        let near = self.shown().into_iter().map(|made| made.sample.look.p_near);
        let near: Vec<_> = NAMES.iter().zip(near).map(|(name, p)| format!("{p:+.2} by {name}")).collect();
        format!("{at} p up close is {}.", near.join(" and "))
    }

    /// The meaning of the numbers.
    pub(crate) fn legend(&self) -> String {
        let viewing = &self.settings.viewing;
        format!(
            "p is +1 where only NEAR is seen and -1 where only FAR is. Up close is {:.1} pixels per degree, afar {:.1}. A halo is \
             a tone that changes beside NEAR's edges where neither picture's does; the colour error is the distance from \
             NEAR's colours.",
            viewing.near_ppd, viewing.far_ppd
        )
    }

    /// The results: the measure, which value is better, and each method's value.
    pub(crate) fn rows(&self, density: Density) -> Vec<[String; 4]> {
        let hybrids = self.shown();
        let row = |name: &str, better: &str, value: &dyn Fn(&Sample) -> String| {
            [name.to_owned(), better.to_owned(), value(&hybrids[0].sample), value(&hybrids[1].sample)]
        };
        let width = hybrids[0].picture.size().width();
        let place = |ppd| look::place(ppd, density, width);
        vec![
            row("p up close", "larger", &|s| format!("{:+.2}", s.look.p_near)),
            row("p from afar", "smaller", &|s| format!("{:+.2}", s.look.p_far)),
            row("halo, L*", "smaller", &|s| format!("{:.2}", s.look.naturalness.halo)),
            row("colour error", "smaller", &|s| format!("{:.2} %", s.look.naturalness.color_error)),
            row("pixels cut off", "smaller", &|s| format!("{:.2} %", 100.0 * s.look.naturalness.clipped_share)),
            row("FAR takes over from", "", &|s| s.look.switch.even_ppd.map_or_else(|| "nowhere".to_owned(), place)),
            row("crossover, cycles per pixel", "", &|s| format!("{:.4}", s.crossover)),
            row("time", "smaller", &|s| format!("{:.0} ms", 1e3 * s.seconds)),
        ]
    }

    /// The results, in sentences and tables.
    #[must_use]
    pub fn summary(&self, density: Density) -> String {
        let mut text = format!("# Two ways to mix one pair\n\n{}\n\n", self.verdict());
        text.push_str("| | better is | descent | fourier |\n|---|---|---|---|\n");
        for row in self.rows(density) {
            writeln!(text, "| {} |", row.join(" | ")).expect("writing to a string cannot fail");
        }
        write!(
            text,
            "\n{}\n\n\
             `triptych.png` shows NEAR, the hybrids of descent and Fourier, and FAR, at full size and as small as they look \
             from afar. `front.svg` and `front.png` show both trade-offs, `scores.csv` and `scores.json` hold every number.\n",
            self.legend()
        )
        .expect("writing to a string cannot fail");
        text
    }
}
