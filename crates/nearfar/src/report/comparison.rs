//! Two ways to mix one pair, on a page.

use nearfar_codec::{EncodeError, Format};
use nearfar_image::Pair;
use nearfar_vision::{Density, shrink};

use super::plain::{figure, page, section, table};
use crate::compare::{Comparison, Sample};

/// The longer side of the pictures, in pixels.
const SIDE: usize = 480;

impl Comparison {
    /// A page that shows it: one HTML file that needs no network. `names` are the pictures'; it is for pictures of so many
    /// pixels per inch.
    ///
    /// # Errors
    ///
    /// [`EncodeError`] if there is no memory for its pictures.
    pub fn to_html(&self, names: [&str; 2], pair: &Pair, density: Density) -> Result<String, EncodeError> {
        let [near, far] = names;
        let title = format!("{near} and {far}: two ways to mix them");
        let mut sections = section("Pictures", &self.figures(pair)?);
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
        page(&title, &self.verdict(), &sections)
    }

    /// Up close in one row, from afar in another.
    fn figures(&self, pair: &Pair) -> Result<String, EncodeError> {
        let [large, small] = self.views(pair);
        let captions = ["NEAR", "Hybrid by descent", "Hybrid by Fourier", "FAR"];
        let mut html = "<div class=\"grid\">".to_owned();
        for (picture, caption) in large.iter().zip(captions) {
            let shown = shrink(picture, picture.size().with_longer_side(SIDE)).expect("no side grows");
            html += &figure(&shown, Format::Jpeg, caption)?;
        }
        html += "</div><p>The same as small as they look from afar to somebody who sits at the near distance:</p>\
                 <div class=\"small\">";
        for (picture, caption) in small.iter().zip(captions) {
            html += &figure(picture, Format::Png, caption)?;
        }
        Ok(html + "</div>")
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
