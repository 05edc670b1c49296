//! Numbers of a page's tables, as text.

use nearfar_vision::{PerceptSwitch, PixelsPerDegree};

use super::ReportPage;
use crate::{
    Mix,
    look::{metres, widths},
};

/// A row: the quantity, its value, and the meaning of that.
pub(super) type Row = [String; 3];

impl ReportPage<'_> {
    /// The scores of the hybrid.
    pub(super) fn score_rows(&self) -> Vec<Row> {
        let scores = self.scores;
        let view = |ppd: PixelsPerDegree| match ppd.distance(self.study.density) {
            Ok(distance) => metres(distance),
            Err(_) => widths(self.widths(ppd)),
        };
        let (near, far) = (view(self.study.viewing.near_ppd), view(self.study.viewing.far_ppd));
        let row = |name: String, value: String, meaning: &str| [name, value, meaning.to_owned()];
        let percent = |share: f64| format!("{:.2} %", 100.0 * share);
        vec![
            row(
                format!("Percept from {near}"),
                format!("{:+.2}", self.study.perception.near),
                &format!("which picture is seen: +1 NEAR, -1 FAR, clear beyond {}", PerceptSwitch::CLEAR),
            ),
            row(format!("Percept from {far}"), format!("{:+.2}", self.study.perception.far), "the same from afar"),
            row(
                "Near fidelity".to_owned(),
                format!("{:.3}", scores.near_fidelity),
                "1 is NEAR itself; larger is better",
            ),
            row(
                "Near leakage".to_owned(),
                format!("{:.3}", scores.near_leakage),
                "FAR that shows up close; smaller is better, but never 0",
            ),
            row("Far fidelity".to_owned(), format!("{:.3}", scores.far_fidelity), "1 is FAR itself; larger is better"),
            row(
                "Far leakage".to_owned(),
                format!("{:.3}", scores.far_leakage),
                "NEAR that shows from afar; smaller is better",
            ),
            row(
                "Lightness error".to_owned(),
                format!("{:.2}", scores.luminance_error),
                "mean |dL*| against FAR from afar, of 100; smaller is better",
            ),
            row(
                "At the bounds".to_owned(),
                percent(scores.clipped_share),
                "pixels with a channel at 0 or full, including any that the pictures had",
            ),
            row(
                "Unexplained".to_owned(),
                percent(scores.artefact_share()),
                "detail that is no fixed share of either picture; not all of it is an error",
            ),
        ]
    }

    /// The pictures and the settings.
    pub(super) fn setting_rows(&self) -> Vec<[String; 2]> {
        let size = self.hybrid.size();
        let crossover = self.crossover();
        let row = |name: &str, value: String| [name.to_owned(), value];
        let method = match self.provenance.map(|made| &made.mix) {
            Some(Mix::Objective { .. }) => "an objective of its own",
            _ => self.method.name(),
        };
        let mut rows = vec![
            row("Method", method.to_owned()),
            row("Size", format!("{} x {} pixels", size.width(), size.height())),
            row(
                "Crossover",
                format!(
                    "{:.1} cycles across the shorter side ({:.4} cycles per pixel)",
                    crossover.cycles_per_pixel() * size.shorter_side() as f64,
                    crossover.cycles_per_pixel()
                ),
            ),
            row("Fitted by", format!("{:?}", self.study.aligned.method).to_lowercase()),
        ];
        if let Some(made) = self.provenance {
            for (name, source) in ["NEAR", "FAR"].into_iter().zip(made.mix.pair().into_iter().flatten()) {
                rows.push(row(name, format!("{}, SHA-256 {}", source.file, source.sha256)));
            }
            rows.push(row("Made by", format!("nearfar {}", made.version)));
        }
        for (part, seconds) in self.seconds {
            rows.push(row(&format!("Time to {part}"), format!("{seconds:.2} s")));
        }
        rows
    }
}
