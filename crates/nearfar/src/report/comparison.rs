//! The page of a comparison of two methods on one pair.

use nearfar_codec::{EncodeError, Format};
use nearfar_image::Pair;
use nearfar_kernels::Execution;
use nearfar_vision::{Density, PixelsPerDegree, shrink};

use super::{
    away::{self, Away, Held, near_and_far},
    frame::{Frame, WALK},
    plain::{figure, section, table},
};
use crate::compare::{Comparison, Sample};

/// Longer side of the pictures, in pixels.
const SIDE: usize = 480;

const HINT: &str = "All are blurred in light as an eye would blur them from that distance. They stay as large as they are, so that you \
                    see what is left.";

const LINKS: [(&str, &str); 4] = [
    ("seen-from-afar", "From afar"),
    ("numbers", "Numbers"),
    ("trade-off", "Trade-off"),
    ("all-hybrids", "All hybrids"),
];

impl Comparison {
    /// A page that shows the comparison: one HTML file that needs no network, with a slider that walks away from all its
    /// pictures. `names` are those of the pictures; distances assume the given density.
    ///
    /// # Errors
    ///
    /// [`EncodeError`] if there is not enough memory for its pictures.
    pub fn to_html(
        &self,
        names: [&str; 2],
        pair: &Pair,
        density: Density,
        execution: &Execution,
    ) -> Result<String, EncodeError> {
        let [near, far] = names;
        let title = format!("{near} and {far}: two ways to mix them");
        let mut sections = self.walk(pair, density, execution)?;
        let rows: Vec<_> = self.rows(density).into_iter().map(|[name, better, a, b]| [name, a, b, better]).collect();
        let numbers = table(["Measure", "descent", "fourier", "Better is"], &rows);
        sections += &section("Numbers", &format!("<p>{}</p>{numbers}", self.legend()));
        let front = self.front().to_element(
            "How much of NEAR is seen up close and how much of FAR from afar, for both methods at every crossover of the sweep",
        );
        let reading = "<p>Each mark is a hybrid at another crossover. A line further to the right and further up shows more of \
                       both pictures.</p>";
        sections += &section("Trade-off", &format!("{reading}<figure class=\"plot\" tabindex=\"0\">{front}</figure>"));
        sections += &section("All hybrids", &self.samples(pair));
        Ok(Frame { title: &title, verdict: &self.verdict(), links: &LINKS, script: Some(WALK) }.around(&sections))
    }

    /// Both hybrids between their sources, all blurred alike; below them, the same pictures as small as from afar.
    fn walk(&self, pair: &Pair, density: Density, execution: &Execution) -> Result<String, EncodeError> {
        let [large, small] = self.views(pair);
        let width = pair.size().width();
        let widths = |ppd: PixelsPerDegree| ppd.picture_widths(width);
        let afar = widths(self.settings.viewing.far_ppd);
        let changes = self.shown().into_iter().map(|made| made.sample.look.switch.even_ppd.map(widths));
        let changes = Self::NAMES.iter().zip(changes);
        let mut marks = vec![("Up close".to_owned(), Away::nearest(afar)), ("From afar".to_owned(), afar)];
        let places = changes.filter_map(|(name, at)| Some((format!("Where {name} changes"), at?)));
        marks.splice(1..1, places);
        let range = [Away::nearest(afar), Away::farthest(marks.iter().map(|(_, at)| *at))];
        let away = Away { width, density, range, afar, marks };
        let curves = |i: usize| near_and_far(&self.shown()[i].curve, width);
        let captions = ["NEAR", "Hybrid by descent", "Hybrid by Fourier", "FAR"];
        let smaller = |picture| shrink(picture, picture.size().with_longer_side(SIDE)).expect("no side grows");
        let shown: Vec<_> = large.iter().map(smaller).collect();
        let mut html = format!("{}<div class=\"grid\">", away.controls(HINT));
        html += &away::figure(&shown[0], Held::Not, &[], captions[0])?;
        html += &away::figure(&shown[1], Held::Against, &curves(0), captions[1])?;
        html += &away::figure(&shown[2], Held::Not, &curves(1), captions[2])?;
        html += &away::figure(&shown[3], Held::Not, &[], captions[3])?;
        html += "</div><p>The same as small as they look from afar to somebody who sits at the near distance:</p>\
                 <div class=\"small\">";
        for (picture, caption) in small.iter().zip(captions) {
            html += &figure(picture, Format::Png, caption)?;
        }
        Ok(away.section(&format!("{html}</div>{}", away.check(&shown[1], execution)?)))
    }

    fn samples(&self, pair: &Pair) -> String {
        let side = pair.size().shorter_side() as f64;
        let row = |name: &str, Sample { crossover, look, seconds, .. }: &Sample| {
            [
                format!("{name}, {:.1}", crossover * side),
                format!("{:+.2}", look.p_near),
                format!("{:+.2}", look.p_far),
                format!("{:.2}", look.naturalness.halo),
                format!("{:.2} %", look.naturalness.color_error),
                format!("{:.0} ms", 1e3 * seconds),
            ]
        };
        let rows = Self::NAMES.iter().zip(&self.sweeps);
        let rows = rows.flat_map(|(name, sweep)| sweep.samples.iter().map(|sample| row(name, sample)));
        table(
            ["Method, cycles across the shorter side", "p up close", "p from afar", "Halo, L*", "Colour error", "Time"],
            &rows.collect::<Vec<_>>(),
        )
    }
}
