//! A contact sheet as a page.

use nearfar_codec::{EncodeError, Format};
use nearfar_vision::shrink;

use super::plain::{page, section};
use crate::{
    contact::{Cell, ContactSheet},
    plot::escaped,
    report::figures::address,
    words,
};

/// The small copy beside a hybrid is so many times as small, as on the sheet.
const AFAR: f64 = 8.0;

impl ContactSheet {
    /// A page that shows it: one HTML file that needs no network. `names` are the pictures'.
    ///
    /// # Errors
    ///
    /// [`EncodeError`] if there is no memory for its pictures.
    pub fn to_html(&self, names: [&str; 2]) -> Result<String, EncodeError> {
        let [near, far] = names;
        let title = format!("{near} and {far}: crossover by {}", self.knob.name());
        let best = words::sheet_best(self).map(|best| best.replacen('b', "B", 1)).unwrap_or_default();
        let html = format!(
            "<p>Across: cycles across the shorter side at the crossover. Down: {}. Below each hybrid stands what is seen of it, \
             from +1, only NEAR, to -1, only FAR, up close and from afar; beside it stands the same as small as from afar.</p>{}",
            self.knob.name(),
            self.grid()?
        );
        page(&title, &best, &section("Hybrids", &html))
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
        let (class, best) = if is_best { (" class=\"best\"", "<strong>best</strong>, ") } else { ("", "") };
        Ok(format!(
            "<td{class}><figure><div class=\"both\"><img src=\"{}\" alt=\"Hybrid at {cycles:.1} cycles, {} {value}\">\
             <img class=\"afar\" src=\"{}\" alt=\"The same from afar\"></div>\
             <figcaption>{best}near {near:+.2}, far {far:+.2}</figcaption></figure></td>",
            address(picture, Format::Jpeg)?,
            self.knob.name(),
            address(&small, Format::Png)?
        ))
    }
}
