//! A picture to draw on.

use nearfar_image::{Channels, Encoded, Image, Size};

use super::{Color, Path, text_path, text_width};

/// A colour picture to draw on.
#[derive(Clone, Debug, PartialEq)]
pub struct Canvas {
    picture: Image<Encoded>,
}

/// The point of a text that lies at its given position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// The left end.
    Start,
    /// The middle.
    Middle,
    /// The right end.
    End,
}

impl Anchor {
    /// Distance from the left end of a text of this width to the anchor.
    pub(crate) fn offset(self, width: f64) -> f64 {
        match self {
            Self::Start => 0.0,
            Self::Middle => 0.5 * width,
            Self::End => width,
        }
    }
}

impl Canvas {
    /// A canvas filled with one colour.
    #[must_use]
    pub fn new(size: Size, color: Color) -> Self {
        let mut canvas = Self { picture: Image::filled(size, Channels::Rgb, 0.0) };
        for (mut plane, code) in canvas.picture.planes_mut().zip(color.codes()) {
            plane.rows_mut().for_each(|row| row.fill(code));
        }
        canvas
    }

    /// Size in pixels.
    #[must_use]
    pub fn size(&self) -> Size {
        self.picture.size()
    }

    /// The finished picture.
    #[must_use]
    pub fn into_picture(self) -> Image<Encoded> {
        self.picture
    }

    /// Fills a path, keeping a share of 1 - `opacity` of what lies below.
    pub fn fill(&mut self, path: &Path, color: Color, opacity: f32) {
        let (width, height) = (self.size().width(), self.size().height());
        let (area, codes) = (self.size().area(), color.codes());
        let samples = self.picture.samples_mut();
        path.cover(|x, y, share| {
            let (Ok(x), Ok(y)) = (usize::try_from(x), usize::try_from(y)) else { return };
            if x < width && y < height {
                for (plane, code) in samples.chunks_exact_mut(area).zip(codes) {
                    let below = &mut plane[y * width + x];
                    *below += share * opacity * (code - *below);
                }
            }
        });
    }

    /// Draws one line of text with its baseline at `y` and an em of `size` pixels.
    pub fn text(&mut self, text: &str, [x, y]: [f64; 2], size: f64, anchor: Anchor, color: Color) {
        let (path, width) = text_path(text, size);
        let left = x - anchor.offset(width);
        self.fill(&path.mapped(|[dx, dy]| [left + dx, y + dy]), color, 1.0);
    }

    /// Copies a picture onto the canvas, with its top left pixel at column `left` and row `top`; parts outside are cut off.
    pub fn put(&mut self, picture: &Image<Encoded>, left: usize, top: usize) {
        let size = self.size();
        let width = picture.size().width().min(size.width().saturating_sub(left));
        let last = picture.channels().count() - 1;
        for (channel, mut plane) in self.picture.planes_mut().enumerate() {
            for (row, source) in plane.rows_mut().skip(top).zip(picture.plane(channel.min(last)).rows()) {
                row[left.min(size.width())..][..width].copy_from_slice(&source[..width]);
            }
        }
    }
}

/// The text, or if it is wider than `width` pixels as much of its beginning as fits, with an ellipsis.
#[must_use]
pub(crate) fn fitting(text: &str, size: f64, width: f64) -> String {
    // Control characters and marks that change the direction of text do not belong in a label.
    let clean: String = text.chars().filter(|c| !c.is_control() && !('\u{202a}'..='\u{202e}').contains(c)).collect();
    if text_width(&clean, size) <= width {
        return clean;
    }
    let mut kept: String = clean.chars().take(512).collect();
    while kept.pop().is_some() {
        let shortened = format!("{}\u{2026}", kept.trim_end());
        if text_width(&shortened, size) <= width {
            return shortened;
        }
    }
    String::new()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn canvas() -> Canvas {
        Canvas::new(Size::new(8, 6).unwrap(), Color([255, 0, 51]))
    }

    #[test]
    fn fill_mixes_with_what_is_below() {
        let mut canvas = canvas();
        canvas.fill(&Path::rectangle([1.0, 2.0], [2.5, 1.0]), Color([0, 255, 51]), 0.5);
        let picture = canvas.into_picture();
        assert_eq!(picture.plane(0).row(2)[..5], [1.0, 0.5, 0.5, 0.75, 1.0]);
        assert_eq!(picture.plane(1).row(2)[..5], [0.0, 0.5, 0.5, 0.25, 0.0]);
        assert_eq!(picture.plane(0).row(1)[..5], [1.0; 5]);
    }

    #[test]
    fn drawing_ends_at_the_edges() {
        let mut canvas = canvas();
        canvas.fill(&Path::circle([0.0, 0.0], 3.0), Color::WHITE, 1.0);
        canvas.text("words far too long for eight pixels", [4.0, 5.0], 12.0, Anchor::Middle, Color::BLACK);
        let grey = Image::filled(Size::new(20, 20).unwrap(), Channels::Grey, 0.25);
        canvas.put(&grey, 6, 5);
        canvas.put(&grey, 100, 100);
        let picture = canvas.into_picture();
        assert_eq!(picture.plane(2).row(5)[6..], [0.25; 2]);
        assert!((picture.plane(2).row(0)[0] - 1.0).abs() < 1e-5);
    }

    #[test]
    fn long_text_is_shortened_to_fit() {
        assert_eq!(fitting("short", 12.0, 100.0), "short");
        let shortened = fitting(&"long ".repeat(1000), 12.0, 100.0);
        assert!(shortened.ends_with('\u{2026}') && text_width(&shortened, 12.0) <= 100.0, "{shortened}");
        assert_eq!(fitting("\u{202e}a\nb\u{7}", 12.0, 100.0), "ab");
        assert_eq!(fitting("x", 12.0, 1.0), "");
    }
}
