//! The shapes of a plot, before they become SVG or pixels.

use super::{Corner, Line, Plot, scale::Scale};
use crate::draw::{Anchor, Color, fitting, text_width};

/// Size of every plot, in pixels.
pub(super) const WIDTH: f64 = 720.0;
pub(super) const HEIGHT: f64 = 480.0;
const LEFT: f64 = 72.0;
const RIGHT: f64 = 20.0;
const TOP: f64 = 40.0;
const BOTTOM: f64 = 56.0;
/// The em of labels, in pixels.
pub(super) const EM: f64 = 13.0;
const TITLE_EM: f64 = 15.0;

/// Margin in pixels between lines and a legend that may go anywhere.
const MARGIN: f64 = 8.0;
/// Opacity of a panel.
pub(super) const PANEL: f64 = 0.85;

/// A line with more points than this has about this many marks.
const MOST_MARKS: usize = 14;

/// The colour of a shape; its value depends on the medium.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ink {
    Paper,
    Grid,
    Text,
    /// The colour of a line, by its style.
    Line(usize),
}

impl Ink {
    /// The colour on white paper. People with a colour deficiency can tell the colours of lines apart, too (Okabe and Ito).
    pub(super) fn color(self) -> Color {
        match self {
            Self::Paper => Color::WHITE,
            Self::Grid => Color([0xdd; 3]),
            Self::Text => Color([0x22; 3]),
            Self::Line(style) => [
                Color([0x00, 0x72, 0xb2]),
                Color([0xd5, 0x5e, 0x00]),
                Color([0x00, 0x9e, 0x73]),
                Color([0x7b, 0x3f, 0x8c]),
                Color([0xcc, 0x5c, 0x9a]),
                Color([0xa8, 0x76, 0x00]),
                Color([0x3a, 0x97, 0xd0]),
                Color([0x66, 0x66, 0x66]),
            ][style % Plot::STYLES],
        }
    }
}

/// A shape of a plot.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Shape {
    Line {
        places: Vec<[f64; 2]>,
        width: f64,
        ink: Ink,
        opacity: f64,
    },
    /// A circle, a square, a diamond, a triangle or a bar, depending on the style.
    Mark {
        middle: [f64; 2],
        radius: f64,
        style: usize,
        opacity: f64,
    },
    /// A rectangle that hides most of what lies below it.
    Panel {
        corner: [f64; 2],
        size: [f64; 2],
    },
    Text {
        text: String,
        place: [f64; 2],
        em: f64,
        anchor: Anchor,
        upwards: bool,
    },
}

/// Corners of the mark of a style; none for a circle.
pub(super) fn mark([x, y]: [f64; 2], r: f64, style: usize) -> Vec<[f64; 2]> {
    match style % Plot::STYLES {
        0 => Vec::new(),
        1 => vec![[x - r, y - r], [x + r, y - r], [x + r, y + r], [x - r, y + r]],
        2 => vec![[x, y - r], [x + r, y + r], [x - r, y + r]],
        3 => vec![[x, y - 1.2 * r], [x + 1.2 * r, y], [x, y + 1.2 * r], [x - 1.2 * r, y]],
        4 => vec![[x, y + r], [x + r, y - r], [x - r, y - r]],
        5 => vec![[x - r, y], [x + r, y - r], [x + r, y + r]],
        6 => vec![[x + r, y], [x - r, y - r], [x - r, y + r]],
        _ => vec![
            [x - 0.4 * r, y - 1.2 * r],
            [x + 0.4 * r, y - 1.2 * r],
            [x + 0.4 * r, y + 1.2 * r],
            [x - 0.4 * r, y + 1.2 * r],
        ],
    }
}

impl Plot {
    pub(super) fn shapes(&self) -> Vec<Shape> {
        let (bottom, right) = (HEIGHT - BOTTOM, WIDTH - RIGHT);
        let points = || self.lines.iter().flat_map(|line| finite(&line.points));
        let x = Scale::new(&self.x, points().map(|(x, _)| x), (LEFT, right));
        let y = Scale::new(&self.y, points().map(|(_, y)| y), (bottom, TOP));
        let mut shapes = Vec::new();
        let grid =
            |places: [[f64; 2]; 2]| Shape::Line { places: places.to_vec(), width: 1.0, ink: Ink::Grid, opacity: 1.0 };
        let text = |text: String, place, em, anchor| Shape::Text { text, place, em, anchor, upwards: false };
        let mut free_from = 0.0;
        for &tick in &x.ticks {
            let (at, label) = (x.place(tick), x.label(tick));
            shapes.push(grid([[at, TOP], [at, bottom]]));
            // Labels that would touch are omitted.
            let half = 0.5 * text_width(&label, EM);
            if at - half >= free_from {
                free_from = at + half + 0.5 * EM;
                shapes.push(text(label, [at, bottom + 18.0], EM, Anchor::Middle));
            }
        }
        for &tick in &y.ticks {
            let at = y.place(tick);
            shapes.push(grid([[LEFT, at], [right, at]]));
            shapes.push(text(y.label(tick), [LEFT - 6.0, at + 4.5], EM, Anchor::End));
        }
        let (middle, centre) = (0.5 * (LEFT + right), 0.5 * (TOP + bottom));
        shapes.push(text(fitting(&self.title, TITLE_EM, WIDTH - 40.0), [0.5 * WIDTH, 24.0], TITLE_EM, Anchor::Middle));
        shapes.push(text(fitting(&self.x.label, EM, right - LEFT), [middle, HEIGHT - 14.0], EM, Anchor::Middle));
        let label = fitting(&self.y.label, EM, bottom - TOP);
        shapes.push(Shape::Text { text: label, place: [18.0, centre], em: EM, anchor: Anchor::Middle, upwards: true });
        self.lines.iter().for_each(|line| line.draw(&mut shapes, &x, &y));
        self.draw_legend(&mut shapes, &x, &y);
        shapes
    }

    fn draw_legend(&self, shapes: &mut Vec<Shape>, x: &Scale, y: &Scale) {
        let named: Vec<_> = self.lines.iter().filter(|line| !line.label.is_empty()).collect();
        let widest = named.iter().map(|line| text_width(&line.label, EM)).fold(0.0, f64::max);
        let size = [48.0 + widest, 20.0 * named.len() as f64 + 4.0];
        let lefts = [LEFT + 10.0, (WIDTH - RIGHT - 48.0 - widest).max(LEFT + 10.0)];
        let tops = [TOP + 16.0, HEIGHT - BOTTOM - 14.0 - 20.0 * named.len().saturating_sub(1) as f64];
        let [left, top] = match self.legend {
            Corner::UpperLeft => [lefts[0], tops[0]],
            Corner::UpperRight => [lefts[1], tops[0]],
            Corner::LowerLeft => [lefts[0], tops[1]],
            Corner::LowerRight => [lefts[1], tops[1]],
            Corner::Freest => {
                let drawn: Vec<_> = self.lines.iter().flat_map(|line| line.dense(x, y)).collect();
                let hidden = |[left, top]: [f64; 2]| {
                    // Marks are wider than lines.
                    let off = |from: f64, size: f64, at: f64| (from - at).max(at - from - size);
                    let inside = |&&[px, py]: &&[f64; 2]| {
                        off(left - 4.0, size[0], px).max(off(top - 12.0, size[1], py)) < MARGIN
                    };
                    drawn.iter().filter(inside).count()
                };
                let heights = (0..=16).map(|i| tops[0] + (tops[1] - tops[0]) * f64::from(i) / 16.0);
                let places = heights.flat_map(|top| lefts.map(|left| [left, top]));
                places.min_by_key(|&place| hidden(place)).unwrap_or([lefts[0], tops[0]])
            }
        };
        if !named.is_empty() {
            shapes.push(Shape::Panel { corner: [left - 4.0, top - 12.0], size });
        }
        for (row, line) in named.iter().enumerate() {
            let at = top + 20.0 * row as f64;
            let (ink, opacity) = (Ink::Line(line.style), 1.0);
            shapes.push(Shape::Line { places: vec![[left, at], [left + 28.0, at]], width: 2.0, ink, opacity });
            shapes.push(Shape::Mark { middle: [left + 14.0, at], radius: 4.0, style: line.style, opacity });
            let text = fitting(&line.label, EM, WIDTH - RIGHT - left - 36.0);
            shapes.push(Shape::Text {
                text,
                place: [left + 36.0, at + 4.5],
                em: EM,
                anchor: Anchor::Start,
                upwards: false,
            });
        }
    }
}

impl Line {
    /// Points along the line, spaced as densely as it is drawn.
    fn dense(&self, x: &Scale, y: &Scale) -> Vec<[f64; 2]> {
        let places: Vec<_> = finite(&self.points).map(|(px, py)| [x.place(px), y.place(py)]).collect();
        let between = |ends: &[[f64; 2]]| {
            let [[ax, ay], [bx, by]] = [ends[0], ends[1]];
            let steps = f64::hypot(bx - ax, by - ay).ceil().clamp(1.0, WIDTH + HEIGHT) as u32;
            (0..=steps)
                .map(move |i| f64::from(i) / f64::from(steps))
                .map(move |t| [ax + t * (bx - ax), ay + t * (by - ay)])
        };
        places.windows(2).flat_map(between).collect()
    }

    fn draw(&self, shapes: &mut Vec<Shape>, x: &Scale, y: &Scale) {
        let (width, opacity, radius) = if self.pale { (1.0, 0.35, 2.0) } else { (2.0, 1.0, 4.0) };
        let places: Vec<_> = finite(&self.points).map(|(px, py)| [x.place(px), y.place(py)]).collect();
        let every = if places.len() > 2 * MOST_MARKS { places.len() / MOST_MARKS } else { 1 };
        // Each style starts at a different point, so that the marks of coinciding lines stay visible.
        let first = (self.style % Plot::STYLES) * every / Plot::STYLES;
        let marks: Vec<_> = places.iter().skip(first).step_by(every).copied().collect();
        if !places.is_empty() {
            shapes.push(Shape::Line { places, width, ink: Ink::Line(self.style), opacity });
        }
        shapes.extend(marks.into_iter().map(|middle| Shape::Mark { middle, radius, style: self.style, opacity }));
    }
}

fn finite(points: &[(f64, f64)]) -> impl Iterator<Item = (f64, f64)> {
    points.iter().copied().filter(|(x, y)| x.is_finite() && y.is_finite())
}
