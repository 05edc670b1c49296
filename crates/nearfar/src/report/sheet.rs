//! The page of a contact sheet.

use nearfar_codec::{EncodeError, Format};
use nearfar_kernels::Execution;
use nearfar_vision::{Density, shrink};

use super::{
    away::{Away, Held, near_and_far, screen},
    figures::address,
    frame::{Frame, WALK},
};
use crate::{
    contact::{Cell, ContactSheet},
    plot::escaped,
    words,
};

/// How many times smaller the copy beside a hybrid is; the same as on the sheet.
const AFAR: f64 = 8.0;

impl ContactSheet {
    /// A page that shows the sheet: one HTML file that needs no network, with a slider that walks away from all hybrids.
    /// `names` are those of the pictures. Distances are those of hybrids as wide as the pictures themselves, `width` pixels,
    /// at the given density.
    ///
    /// # Errors
    ///
    /// [`EncodeError`] if there is not enough memory for its pictures.
    ///
    /// # Panics
    ///
    /// If the sheet is empty.
    pub fn to_html(
        &self,
        names: [&str; 2],
        width: usize,
        density: Density,
        execution: &Execution,
    ) -> Result<String, EncodeError> {
        let [near, far] = names;
        let title = format!("{near} and {far}: crossover by {}", self.knob.name());
        let best = words::sheet_best(self).map(|best| best.replacen('b', "B", 1)).unwrap_or_default();
        let (y, x) = self.best().expect("there is a hybrid");
        let away = self.away(&self.rows[y][x], width, density);
        let hint = format!(
            "All are blurred in light as an eye would blur them from that distance. Distances are those of hybrids of {width} \
             pixels across, as large as the pictures are; here they are smaller."
        );
        let html = format!(
            "{}<p>Across: cycles across the shorter side at the crossover. Down: {}. Below each hybrid stands what is seen of it, \
             from +1, only NEAR, to -1, only FAR, up close and from afar; beside it stands the same as small as from afar.</p>{}{}",
            away.controls(&hint),
            self.knob.name(),
            self.grid()?,
            away.check(&self.rows[y][x].picture, execution)?
        );
        Ok(Frame { title: &title, verdict: &best, links: &[], script: Some(WALK) }.around(&away.section(&html)))
    }

    /// The slider goes as far as needed for every hybrid.
    fn away(&self, best: &Cell, width: usize, density: Density) -> Away {
        let cells = || self.rows.iter().flatten();
        let nearest = cells().map(|cell| Away::nearest(cell.afar_picture_widths)).fold(f64::INFINITY, f64::min);
        let farthest = cells().flat_map(|cell| [Some(cell.afar_picture_widths), cell.switch_picture_widths]).flatten();
        let marks = [
            ("Up close", Some(nearest)),
            ("Where the best changes", best.switch_picture_widths),
            ("The best from afar", Some(best.afar_picture_widths)),
        ];
        Away {
            width,
            density,
            range: [nearest, Away::farthest(farthest)],
            afar: best.afar_picture_widths,
            marks: marks.into_iter().filter_map(|(name, at)| Some((name.to_owned(), at?))).collect(),
        }
    }

    fn grid(&self) -> Result<String, EncodeError> {
        let mut html = "<div class=\"wide\"><table class=\"sheet\"><thead><tr><td></td>".to_owned();
        for cell in &self.rows[0] {
            html += &format!("<th scope=\"col\">{:.1} cycles</th>", cell.cycles);
        }
        html += "</tr></thead><tbody>";
        for (y, row) in self.rows.iter().enumerate() {
            html += &format!("<tr><th scope=\"row\">{} {}</th>", escaped(self.knob.name()), row[0].value);
            for (x, cell) in row.iter().enumerate() {
                html += &self.cell(cell, self.best() == Some((y, x)))?;
            }
            html += "</tr>";
        }
        Ok(html + "</tbody></table></div>")
    }

    fn cell(&self, cell: &Cell, is_best: bool) -> Result<String, EncodeError> {
        let Cell { cycles, value, near, far, picture, .. } = cell;
        let small = shrink(picture, picture.size().scaled(1.0 / AFAR)).expect("no side grows");
        let (class, best, held) = match is_best {
            true => (" class=\"best\"", "<strong>best</strong>, ", Held::Against),
            false => ("", "", Held::Not),
        };
        let curves = near_and_far(&cell.curve, picture.size().width());
        let name = format!("Hybrid at {cycles:.1} cycles, {} {value}", self.knob.name());
        Ok(format!(
            "<td{class}><figure><div class=\"both\">{}<img class=\"afar\" src=\"{}\" alt=\"The same from afar\"></div>\
             <figcaption>{best}near {near:+.2}, far {far:+.2}<br><span class=\"seen\"></span></figcaption></figure></td>",
            screen(picture, held, &curves, &name)?,
            address(&small, Format::Png)?
        ))
    }
}
