//! Plots as pictures.

use nearfar_image::{Encoded, Image, Size};

use super::{
    Plot,
    drawing::{HEIGHT, Ink, PANEL, Shape, WIDTH, mark},
};
use crate::draw::{Canvas, Path, text_path};

impl Plot {
    /// The plot as a picture of 720 x 480 pixels times `scale`.
    ///
    /// # Panics
    ///
    /// If the scale is not from 1 to 8.
    #[must_use]
    pub fn to_picture(&self, scale: usize) -> Image<Encoded> {
        assert!((1..=8).contains(&scale), "a plot is 1 to 8 times as large");
        let size = Size::new(WIDTH as usize * scale, HEIGHT as usize * scale).expect("no side is 0");
        let mut canvas = Canvas::new(size, Ink::Paper.color());
        for shape in self.shapes() {
            let (path, ink, opacity) = outline(&shape);
            let enlarged = path.mapped(|place| place.map(|side| scale as f64 * side));
            canvas.fill(&enlarged, ink.color(), opacity as f32);
        }
        canvas.into_picture()
    }
}

fn outline(shape: &Shape) -> (Path, Ink, f64) {
    match shape {
        Shape::Line { places, width, ink, opacity } => (Path::line(places, *width), *ink, *opacity),
        Shape::Mark { middle, radius, style, opacity } => {
            let corners = mark(*middle, *radius, *style);
            let path = if corners.is_empty() { Path::circle(*middle, *radius) } else { Path::polygon(&corners) };
            (path, Ink::Line(*style), *opacity)
        }
        Shape::Panel { corner, size } => (Path::rectangle(*corner, *size), Ink::Paper, PANEL),
        Shape::Text { text, place: [x, y], em, anchor, upwards } => {
            let (path, width) = text_path(text, *em);
            let start = anchor.offset(width);
            let path = if *upwards {
                path.mapped(|[dx, dy]| [x + dy, y + start - dx])
            } else {
                path.mapped(|[dx, dy]| [x - start + dx, y + dy])
            };
            (path, Ink::Text, 1.0)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plot::{Axis, Corner, Line};

    #[test]
    fn picture_shows_lines_where_the_svg_does() {
        let line = Line { label: String::new(), points: vec![(0.0, 0.0), (1.0, 1.0)], pale: false, style: 1 };
        let axis = || Axis::linear("");
        let plot = Plot { title: String::new(), x: axis(), y: axis(), lines: vec![line], legend: Corner::UpperRight };
        let picture = plot.to_picture(2);
        assert_eq!(picture.size(), Size::new(1440, 960).unwrap());
        // The middle of the plot area, where the line passes, has the line's colour; and this is paper.
        let at = |x: usize, y: usize| [0, 1, 2].map(|channel| picture.plane(channel).row(y)[x]);
        let (found, expected) = (at(2 * 386, 2 * 232), Ink::Line(1).color().codes());
        assert!(found.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-5), "{found:?}");
        assert!(at(2, 2).iter().all(|&v| v > 0.999));
    }
}
