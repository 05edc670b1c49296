//! Texts as pictures, with letters as large as the frame allows.

use std::ops::RangeInclusive;

use ab_glyph::{Font, FontRef, FontVec, Glyph, PxScale, ScaleFont, point};
use nearfar_image::{Channels, Encoded, Image, Size};

/// A text and its font.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// The words, at least one letter. They are broken into the lines that make them largest; a line feed always breaks the
    /// line.
    pub words: String,
    /// The contents of an OpenType or TrueType font file; by default the built-in font, Roboto Black.
    pub font: Option<Vec<u8>>,
}

/// Why a text cannot be drawn.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TextError {
    /// The text has no visible letter.
    #[error("the text is empty")]
    Empty,
    /// The font lacks a letter.
    #[error("the font has no letter {letter:?}")]
    NoLetter {
        /// The letter.
        letter: char,
    },
    /// A letter of a script whose letters are joined, reordered or set from right to left: they are set one after another here,
    /// from left to right.
    #[error("letters such as {letter:?} cannot be set: they are joined, or run from right to left")]
    Script {
        /// The letter.
        letter: char,
    },
    /// The bytes are not a font.
    #[error("the font file is not a readable OpenType or TrueType font")]
    Font,
}

/// The built-in font: see `fonts/README.md`.
const FONT: &[u8] = include_bytes!("../../fonts/roboto-black.ttf");
/// Codes of the letters and of their background: contrast enough to be read from afar, but not so much that nearer pictures
/// drown in it.
const LETTERS: f32 = 0.7;
const GROUND: f32 = 0.3;
/// Share of the frame that letters may fill.
const FILL: f32 = 0.94;
/// Largest ratio of height to width by which letters are stretched to fill the frame.
const MOST_STRETCHED: f32 = 1.7;
/// Distance between lines, in letter heights.
const LEADING: f32 = 1.12;
/// Most lines into which a text is broken: what a picture can hold.
const MOST_LINES: usize = 64;
/// Scripts that are joined, reordered or run from right to left, and what turns a text around: Hebrew, Arabic and their neighbours;
/// the scripts of India, Tibet, Burma, Cambodia, Mongolia and Indonesia; the forms of letters of Hebrew and Arabic; ancient
/// scripts and African ones.
const COMPLEX: [RangeInclusive<char>; 12] = [
    '\u{590}'..='\u{dff}',
    '\u{f00}'..='\u{109f}',
    '\u{1780}'..='\u{18af}',
    '\u{1a00}'..='\u{1baf}',
    '\u{1cd0}'..='\u{1cff}',
    '\u{202a}'..='\u{202e}',
    '\u{a8e0}'..='\u{aaff}',
    '\u{abc0}'..='\u{abff}',
    '\u{fb1d}'..='\u{fdff}',
    '\u{fe70}'..='\u{fefe}',
    '\u{10800}'..='\u{11fff}',
    '\u{1e800}'..='\u{1efff}',
];

impl Text {
    /// Draws the text on a grey picture of `size`: light letters on a dark ground.
    ///
    /// # Errors
    ///
    /// [`TextError`] if there is nothing to draw, the font lacks a letter, or the font cannot be read.
    pub fn draw(&self, size: Size) -> Result<Image<Encoded>, TextError> {
        match &self.font {
            None => draw(&self.words, &FontRef::try_from_slice(FONT).map_err(|_| TextError::Font)?, size),
            Some(bytes) => draw(&self.words, &FontVec::try_from_vec(bytes.clone()).map_err(|_| TextError::Font)?, size),
        }
    }
}

fn draw(text: &str, font: &impl Font, size: Size) -> Result<Image<Encoded>, TextError> {
    // Their digits run from left to right like any other.
    let is_complex = |letter: &char| !letter.is_numeric() && COMPLEX.iter().any(|script| script.contains(letter));
    if let Some(letter) = text.chars().find(is_complex) {
        return Err(TextError::Script { letter });
    }
    if let Some(letter) = text.chars().find(|letter| !letter.is_whitespace() && font.glyph_id(*letter).0 == 0) {
        return Err(TextError::NoLetter { letter });
    }
    let (width, height) = (FILL * size.width() as f32, FILL * size.height() as f32);
    let fit = |lines: &[String]| Setting::new(lines, font, width, height);
    let setting = breakings(text).iter().map(|lines| fit(lines)).max_by(|a, b| a.area().total_cmp(&b.area()));
    let setting = setting.filter(|setting| setting.area() > 0.0).ok_or(TextError::Empty)?;
    let mut picture = Image::filled(size, Channels::Grey, GROUND);
    let samples = picture.samples_mut();
    for glyph in setting.glyphs(font, size) {
        let Some(outline) = font.outline_glyph(glyph) else { continue };
        let bounds = outline.px_bounds();
        outline.draw(|x, y, coverage| {
            let (x, y) = (bounds.min.x as i64 + i64::from(x), bounds.min.y as i64 + i64::from(y));
            if (0..size.width() as i64).contains(&x) && (0..size.height() as i64).contains(&y) {
                let sample = &mut samples[y as usize * size.width() + x as usize];
                *sample = sample.max(GROUND + (LETTERS - GROUND) * coverage.clamp(0.0, 1.0));
            }
        });
    }
    Ok(picture)
}

/// The line breaks worth trying: for every number of lines, lines of about equal length.
fn breakings(text: &str) -> Vec<Vec<String>> {
    if text.trim().contains('\n') {
        return vec![text.lines().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect()];
    }
    let words: Vec<_> = text.split_whitespace().collect();
    let letters: usize = words.iter().map(|word| word.chars().count() + 1).sum();
    (1..=words.len().min(MOST_LINES))
        .map(|count| {
            let mut lines = vec![String::new()];
            let mut set = 0;
            for word in &words {
                // A word goes to the line that contains its middle.
                let middle = set + word.chars().count() / 2;
                let line = (middle * count / letters).min(count - 1);
                while lines.len() <= line {
                    lines.push(String::new());
                }
                if let Some(last) = lines.last_mut() {
                    if !last.is_empty() {
                        last.push(' ');
                    }
                    last.push_str(word);
                }
                set += word.chars().count() + 1;
            }
            lines.retain(|line| !line.is_empty());
            lines
        })
        .collect()
}

/// Lines set at the largest scale that fits.
struct Setting {
    lines: Vec<String>,
    scale: PxScale,
    /// Letter height and line spacing, in pixels.
    letters: f32,
    leading: f32,
}

impl Setting {
    fn new(lines: &[String], font: &impl Font, width: f32, height: f32) -> Self {
        /// The scale for measuring.
        const UNIT: f32 = 1000.0;
        let longest = lines.iter().map(|line| line_width(line, font, PxScale::from(UNIT))).fold(0.0, f32::max);
        let tall = capital_height(font, PxScale::from(UNIT));
        let rows = 1.0 + LEADING * (lines.len().max(1) - 1) as f32;
        let (across, down) = (width / longest.max(1.0), height / (tall * rows).max(1.0));
        let x = across.min(down);
        let y = down.min(MOST_STRETCHED * x);
        let scale = PxScale { x: UNIT * x, y: UNIT * y };
        let letters = tall * y;
        Self { lines: lines.to_vec(), scale, letters, leading: LEADING * letters }
    }

    /// Size of the letters as an area: the product of both scales, or 0 without lines.
    fn area(&self) -> f32 {
        if self.lines.is_empty() { 0.0 } else { self.scale.x * self.scale.y }
    }

    /// The positioned letters, with the block of lines in the middle of the frame.
    fn glyphs(&self, font: &impl Font, size: Size) -> Vec<Glyph> {
        let scaled = font.as_scaled(self.scale);
        let whole = self.letters + self.leading * (self.lines.len() - 1) as f32;
        let mut glyphs = Vec::new();
        for (i, line) in self.lines.iter().enumerate() {
            let baseline = 0.5 * (size.height() as f32 - whole) + self.letters + self.leading * i as f32;
            let mut x = 0.5 * (size.width() as f32 - line_width(line, font, self.scale));
            let mut last = None;
            for letter in line.chars() {
                let id = font.glyph_id(letter);
                x += last.map_or(0.0, |last| scaled.kern(last, id));
                glyphs.push(id.with_scale_and_position(self.scale, point(x, baseline)));
                x += scaled.h_advance(id);
                last = Some(id);
            }
        }
        glyphs
    }
}

fn line_width(line: &str, font: &impl Font, scale: PxScale) -> f32 {
    let scaled = font.as_scaled(scale);
    let mut last = None;
    line.chars()
        .map(|letter| {
            let id = font.glyph_id(letter);
            let kern = last.map_or(0.0, |last| scaled.kern(last, id));
            last = Some(id);
            kern + scaled.h_advance(id)
        })
        .sum()
}

/// Height of an H, or of a fallback letter if the font has no H.
fn capital_height(font: &impl Font, scale: PxScale) -> f32 {
    let glyph = font.glyph_id('H').with_scale_and_position(scale, point(0.0, 0.0));
    font.outline_glyph(glyph).map_or(0.7 * scale.y, |outline| outline.px_bounds().height())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(words: &str) -> Text {
        Text { words: words.to_owned(), font: None }
    }

    fn light(picture: &Image<Encoded>) -> f64 {
        picture.samples().iter().filter(|v| **v > 0.5).count() as f64 / picture.samples().len() as f64
    }

    #[test]
    fn text_fills_its_frame() {
        let size = Size::new(300, 200).unwrap();
        for words in ["HELLO", "A", "to be or not to be", "ПРИВЕТ", "Ωμέγα", "2\n3"] {
            let picture = text(words).draw(size).unwrap();
            assert!((0.08..0.8).contains(&light(&picture)), "{words}: {}", light(&picture));
            // It touches no edge and is in the middle.
            let middle = picture.crop(nearfar_image::Rect::new(2, 2, Size::new(296, 196).unwrap()));
            assert!((light(&middle) * (296 * 196) as f64 - light(&picture) * 6e4).abs() < 1.0, "{words}");
        }
    }

    #[test]
    fn words_are_broken_where_that_makes_them_large() {
        let lines = |words: &str, size: (usize, usize)| {
            let picture = text(words).draw(Size::new(size.0, size.1).unwrap()).unwrap();
            let light_rows = picture.plane(0).rows().map(|row| row.iter().any(|v| *v > 0.5)).collect::<Vec<_>>();
            light_rows.windows(2).filter(|rows| !rows[0] && rows[1]).count()
        };
        assert_eq!(lines("HAHA HAHA HAHA", (200, 200)), 3);
        assert_eq!(lines("HAHA HAHA HAHA", (900, 60)), 1);
    }

    #[test]
    fn text_that_cannot_be_drawn_is_an_error() {
        let size = Size::new(30, 20).unwrap();
        assert_eq!(text(" ").draw(size).unwrap_err(), TextError::Empty);
        assert_eq!(text("A漢").draw(size).unwrap_err(), TextError::NoLetter { letter: '漢' });
        let complex = [("שלום", 'ש'), ("مرحبا", 'م'), ("OK नमस्ते", 'न'), ("ꦗꦮ", 'ꦗ'), ("A\u{202e}B", '\u{202e}')];
        for (words, letter) in complex {
            assert_eq!(text(words).draw(size).unwrap_err(), TextError::Script { letter });
        }
        // The font has no such digits, but another may.
        assert_eq!(text("٢٠٢٤").draw(size).unwrap_err(), TextError::NoLetter { letter: '٢' });
        let font = Some(b"no font".to_vec());
        assert_eq!(Text { words: "A".to_owned(), font }.draw(size).unwrap_err(), TextError::Font);
        assert!(text("A").draw(Size::new(1, 1).unwrap()).is_ok());
    }
}
