//! A contact sheet as a picture.

use nearfar_image::{Encoded, Image, Size};
use nearfar_vision::shrink;

use super::{Cell, ContactSheet};
use crate::draw::{Anchor, Canvas, Color, Path, fitting};

const PAPER: Color = Color([0xec; 3]);
const INK: Color = Color([0x1c; 3]);
const PALE_INK: Color = Color([0x55; 3]);
/// The frame around the best hybrid; people with a colour deficiency can tell it from grey, too.
const BEST: Color = Color([0xd5, 0x5e, 0x00]);
/// The em, in pixels.
const EM: f64 = 15.0;
const GAP: usize = 18;
/// Space in pixels for the text at the top, at the left, and below each hybrid.
const HEAD: usize = 70;
const LEFT: usize = 112;
const FOOT: usize = 44;
/// Space in pixels for a sentence at the bottom.
const END: usize = 24;
const EXPLANATION: &str = "near, far: what is seen up close and from afar, +1 only NEAR, -1 only FAR";
/// How many times smaller the copy beside a hybrid is.
const AFAR: usize = 8;

impl ContactSheet {
    /// The sheet as a picture: below each hybrid stands what is seen of it, and beside it the same hybrid as from afar; the
    /// best is framed.
    ///
    /// # Panics
    ///
    /// If the sheet is empty.
    #[must_use]
    pub fn to_picture(&self, title: &str) -> Image<Encoded> {
        let cell = self.rows[0][0].picture.size();
        let small = Size::new((cell.width() / AFAR).max(1), (cell.height() / AFAR).max(1)).expect("no side is 0");
        let columns = self.rows[0].len();
        let across = cell.width() + 6 + small.width() + GAP;
        let down = cell.height() + FOOT + GAP;
        let size =
            Size::new((LEFT + columns * across).max(560), HEAD + self.rows.len() * down + END).expect("no side is 0");
        let mut canvas = Canvas::new(size, PAPER);
        let title = fitting(title, EM, size.width() as f64 - 2.0 * GAP as f64);
        canvas.text(&title, [GAP as f64, 27.0], EM, Anchor::Start, INK);
        for (x, place) in self.rows[0].iter().enumerate() {
            let middle = (LEFT + x * across + cell.width() / 2) as f64;
            canvas.text(&format!("{:.1} cycles", place.cycles), [middle, 58.0], EM, Anchor::Middle, PALE_INK);
        }
        let bottom = (size.height() - GAP) as f64;
        canvas.text(EXPLANATION, [GAP as f64, bottom], 0.85 * EM, Anchor::Start, PALE_INK);
        let best = self.best();
        for (y, row) in self.rows.iter().enumerate() {
            let top = HEAD + y * down;
            let words = [self.knob.name().to_owned(), format!("{:.3}", row[0].value)];
            for (line, words) in words.iter().enumerate() {
                let words = words.trim_end_matches('0').trim_end_matches('.');
                let baseline = (top + cell.height() / 2) as f64 + 1.3 * EM * line as f64;
                canvas.text(words, [(LEFT - 10) as f64, baseline], 0.85 * EM, Anchor::End, PALE_INK);
            }
            for (x, place) in row.iter().enumerate() {
                let left = LEFT + x * across;
                if best == Some((y, x)) {
                    let frame = Path::rectangle(
                        [left as f64 - 5.0, top as f64 - 5.0],
                        [cell.width() as f64 + 10.0, cell.height() as f64 + 10.0],
                    );
                    canvas.fill(&frame, BEST, 1.0);
                }
                canvas.put(&place.picture, left, top);
                let afar = shrink(&place.picture, small).expect("no side grows");
                canvas.put(&afar, left + cell.width() + 6, top + cell.height() - small.height());
                let (words, color) = if best == Some((y, x)) { ("best, ", BEST) } else { ("", INK) };
                let words = format!("{words}{}", numbers(place));
                let middle = (left + cell.width() / 2) as f64;
                canvas.text(&words, [middle, (top + cell.height()) as f64 + 24.0], EM, Anchor::Middle, color);
            }
        }
        canvas.into_picture()
    }
}

fn numbers(place: &Cell) -> String {
    format!("near {:+.2}, far {:+.2}", place.near, place.far)
}
