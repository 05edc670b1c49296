//! Text as outlines.

use std::sync::LazyLock;

use ab_glyph::{Font, FontRef, OutlineCurve, PxScale, ScaleFont};

use super::{Path, path::Piece};

/// DejaVu Sans, reduced to the characters of Latin, Greek and Cyrillic text; see `fonts/LICENSE`.
static FONT: LazyLock<FontRef<'static>> = LazyLock::new(|| {
    FontRef::try_from_slice(include_bytes!("../../fonts/DejaVuSans.ttf")).expect("the font inside is sound")
});

/// The outlines of one line of text, left to right, and its width in pixels. `size` is the em in pixels; the text starts at
/// x = 0, with its baseline at y = 0. A character that the font lacks is drawn as a box.
#[must_use]
pub fn text_path(text: &str, size: f64) -> (Path, f64) {
    let mut pieces = Vec::new();
    let width = walk(text, size, |glyph, x, units| {
        let Some(outline) = FONT.outline(glyph) else { return };
        let place = |p: ab_glyph::Point| [x + f64::from(p.x) * units, -f64::from(p.y) * units];
        pieces.extend(outline.curves.iter().map(|curve| match *curve {
            OutlineCurve::Line(a, b) => Piece::Line([a, b].map(place)),
            OutlineCurve::Quad(a, b, c) => Piece::Quadratic([a, b, c].map(place)),
            OutlineCurve::Cubic(a, b, c, d) => Piece::Cubic([a, b, c, d].map(place)),
        }));
    });
    (Path::from_pieces(pieces), width)
}

/// Width of one line of text in pixels, with an em of `size` pixels.
#[must_use]
pub fn text_width(text: &str, size: f64) -> f64 {
    walk(text, size, |_, _, _| ())
}

/// Calls `glyph` with every glyph, its start and the pixels per font unit; returns the end of the last glyph.
fn walk(text: &str, size: f64, mut glyph: impl FnMut(ab_glyph::GlyphId, f64, f64)) -> f64 {
    let font = &*FONT;
    let units = size / f64::from(font.units_per_em().unwrap_or(2048.0));
    // In font units, so that text has the same proportions at every size.
    let scaled = font.as_scaled(PxScale::from(font.height_unscaled()));
    let (mut x, mut last) = (0.0, None);
    for character in text.chars() {
        let id = font.glyph_id(character);
        if let Some(last) = last {
            x += f64::from(scaled.kern(last, id)) * units;
        }
        glyph(id, x, units);
        x += f64::from(scaled.h_advance(id)) * units;
        last = Some(id);
    }
    x
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Left, top, right and bottom of the covered area.
    fn bounds(text: &str, size: f64) -> [isize; 4] {
        let mut bounds = [isize::MAX, isize::MAX, isize::MIN, isize::MIN];
        text_path(text, size).0.cover(|x, y, share| {
            if share > 0.5 {
                let [left, top, right, bottom] = bounds;
                bounds = [left.min(x), top.min(y), right.max(x + 1), bottom.max(y + 1)];
            }
        });
        bounds
    }

    #[test]
    fn capitals_stand_on_the_line_and_are_0_73_ems_high() {
        let [left, top, right, bottom] = bounds("H", 100.0);
        assert_eq!((top, bottom), (-73, 0));
        // The design of DejaVu Sans: stems from 0.098 to 0.654 em, 0.752 em in all.
        assert!((left - 10).abs() <= 1 && (right - 65).abs() <= 1, "{left} to {right}");
        assert!((text_width("H", 100.0) - 75.2).abs() < 0.1);
    }

    #[test]
    fn text_is_as_wide_as_its_letters() {
        let sum: f64 = ["1", ".", "2", " ", "m"].iter().map(|letter| text_width(letter, 14.0)).sum();
        assert!((text_width("1.2 m", 14.0) - sum).abs() < 0.5);
        // Kerning: letters that lean towards each other move together.
        assert!(text_width("AV", 14.0) < text_width("A", 14.0) + text_width("V", 14.0) - 0.3);
    }

    #[test]
    fn text_of_other_scripts_is_drawn() {
        for text in ["é", "Ж", "σ", "×", "\u{4e00}"] {
            assert!(bounds(text, 20.0)[0] < isize::MAX, "{text}");
        }
        assert_eq!(bounds(" ", 20.0)[0], isize::MAX);
    }
}
