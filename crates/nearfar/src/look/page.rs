//! The layout that strips and simulations share: pictures with captions on grey, with sentences below.

use nearfar_image::{Encoded, Image, Size};

use super::{Scene, Station, metres};
use crate::{
    MixError,
    draw::{Anchor, Canvas, Color, text_width},
};

/// The grey around the pictures: lighter than most of them and darker than white, so that both ends of a strip stand out.
pub(super) const PAPER: Color = Color([0xec; 3]);
pub(super) const INK: Color = Color([0x1c; 3]);
const PALE_INK: Color = Color([0x55; 3]);

/// Pictures with captions, in rows.
pub(super) struct Page {
    /// The size of each station's picture.
    pub(super) rows: Vec<Vec<(Size, Station)>>,
    /// The em of the captions, in pixels.
    pub(super) em: f64,
    /// Sentences below the pictures.
    pub(super) words: Vec<String>,
}

/// An em that suits a picture of this size.
pub(super) fn em(picture: Size) -> f64 {
    (picture.shorter_side() as f64 / 26.0).clamp(13.0, 64.0).round()
}

impl Page {
    /// Draws the page: the pictures of a row share a baseline, with captions below. Each picture is made when it is drawn,
    /// so that only one is in memory at a time.
    ///
    /// # Errors
    ///
    /// The first error of `picture`.
    pub(super) fn draw(
        &self,
        mut picture: impl FnMut(&Station) -> Result<Image<Encoded>, MixError>,
    ) -> Result<Image<Encoded>, MixError> {
        let gap = self.em.round() as usize;
        let captions = |station: &Station| [Some(metres(station.distance)), station.seen().map(String::from)];
        let width = |(size, station): &(Size, Station)| {
            let words = captions(station).into_iter().flatten().map(|text| text_width(&text, self.em));
            size.width().max(words.fold(0.0, f64::max).ceil() as usize)
        };
        let row_width = |row: &Vec<_>| row.iter().map(width).sum::<usize>() + gap * (row.len() + 1);
        let row_height = |row: &Vec<(Size, _)>| row.iter().map(|(size, _)| size.height()).max().unwrap_or(0);
        let seen = self.rows.iter().flatten().any(|(_, station)| station.seen().is_some());
        let caption = ((if seen { 2.7 } else { 1.4 }) * self.em).round() as usize;
        let total = self.rows.iter().map(row_width).max().unwrap_or(0).max((14.0 * self.em) as usize);
        let lines: Vec<_> =
            self.words.iter().flat_map(|words| wrapped(words, 0.85 * self.em, (total - 2 * gap) as f64)).collect();
        let text_height = (1.15 * self.em * lines.len() as f64).round() as usize;
        let height = self.rows.iter().map(|row| row_height(row) + caption + gap).sum::<usize>() + text_height + 2 * gap;
        let mut canvas = Canvas::new(Size::new(total, height).expect("no side is 0"), PAPER);
        let mut top = gap;
        for row in &self.rows {
            let (mut left, bottom) = (gap, top + row_height(row));
            for place @ (size, station) in row {
                let room = width(place);
                canvas.put(&picture(station)?, left + (room - size.width()) / 2, bottom - size.height());
                let middle = left as f64 + 0.5 * room as f64;
                for (line, (text, color)) in captions(station).into_iter().zip([INK, PALE_INK]).enumerate() {
                    let baseline = bottom as f64 + (1.25 + 1.2 * line as f64) * self.em;
                    let text = text.unwrap_or_default();
                    canvas.text(&text, [middle, baseline], self.em, Anchor::Middle, color);
                }
                left += room + gap;
            }
            top = bottom + caption + gap;
        }
        for (line, text) in lines.iter().enumerate() {
            let baseline = top as f64 + (0.9 + 1.35 * line as f64) * 0.85 * self.em;
            canvas.text(text, [gap as f64, baseline], 0.85 * self.em, Anchor::Start, PALE_INK);
        }
        Ok(canvas.into_picture())
    }
}

impl Scene<'_> {
    /// The sentences below a page.
    pub(super) fn words(&self) -> Vec<String> {
        self.verdict().into_iter().chain([self.condition()]).collect()
    }
}

/// The lines of a text, broken between words so that none is wider than `width`.
fn wrapped(text: &str, em: f64, width: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if text_width(&format!("{line} {word}"), em) <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_broken_between_words() {
        let text = "FAR takes over from 4.2 m (25 picture widths) on.";
        let lines = wrapped(text, 13.0, 180.0);
        assert!(lines.len() == 2 && lines.iter().all(|line| text_width(line, 13.0) <= 180.0), "{lines:?}");
        assert_eq!(lines.join(" "), text);
        assert_eq!(wrapped("unbreakable", 13.0, 5.0), ["unbreakable"]);
    }
}
