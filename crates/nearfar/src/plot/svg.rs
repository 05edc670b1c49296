//! Plots as SVG.

use std::fmt::Write;

use super::{
    Plot,
    drawing::{EM, HEIGHT, Ink, PANEL, Shape, WIDTH, mark},
};
use crate::draw::Anchor;

/// The source of an SVG's colours.
#[derive(Clone, Copy)]
enum Colors {
    /// The file's own colours, on white.
    Own,
    /// Colours of the enclosing page: `--page`, `--plot-text`, `--plot-grid` and `--plot-0` to `--plot-7`.
    Page,
}

impl Plot {
    /// The plot as an SVG file of 720 x 480 pixels.
    #[must_use]
    pub fn to_svg(&self) -> String {
        let start = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" width=\"{WIDTH}\" \
             height=\"{HEIGHT}\" font-family=\"sans-serif\" font-size=\"{EM}\">\n<rect width=\"{WIDTH}\" \
             height=\"{HEIGHT}\" fill=\"{}\"/>\n",
            Ink::Paper.color()
        );
        self.written(start, Colors::Own)
    }

    /// The plot as an element for an HTML page whose style sets the colours `--page`, `--plot-text`, `--plot-grid` and
    /// `--plot-0` to `--plot-7`. Screen readers read out `description`.
    #[must_use]
    pub fn to_element(&self, description: &str) -> String {
        let start = format!(
            "<svg viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\" aria-label=\"{}\" font-size=\"{EM}\">\n",
            escaped(description)
        );
        self.written(start, Colors::Page)
    }

    fn written(&self, mut svg: String, colors: Colors) -> String {
        for shape in self.shapes() {
            write_shape(&mut svg, &shape, colors).expect("writing to a string cannot fail");
        }
        svg.push_str("</svg>\n");
        svg
    }
}

fn write_shape(svg: &mut String, shape: &Shape, colors: Colors) -> std::fmt::Result {
    let color = |ink: Ink| match (colors, ink) {
        (Colors::Own, ink) => ink.color().to_string(),
        (Colors::Page, Ink::Paper) => "var(--page)".to_owned(),
        (Colors::Page, Ink::Grid) => "var(--plot-grid)".to_owned(),
        (Colors::Page, Ink::Text) => "var(--plot-text)".to_owned(),
        (Colors::Page, Ink::Line(style)) => format!("var(--plot-{})", style % Plot::STYLES),
    };
    let path = |places: &[[f64; 2]]| {
        let places: Vec<_> = places.iter().map(|[x, y]| format!("{x:.1} {y:.1}")).collect();
        places.join("L")
    };
    let seen = |opacity: f64| if opacity < 1.0 { format!(" opacity=\"{opacity}\"") } else { String::new() };
    match shape {
        Shape::Line { places, width, ink, opacity } => writeln!(
            svg,
            "<path d=\"M{}\" fill=\"none\" stroke=\"{}\" stroke-width=\"{width}\"{}/>",
            path(places),
            color(*ink),
            seen(*opacity)
        ),
        Shape::Mark { middle: [x, y], radius, style, opacity } => {
            let (fill, corners) = (color(Ink::Line(*style)), mark([*x, *y], *radius, *style));
            if corners.is_empty() {
                writeln!(svg, "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{radius}\" fill=\"{fill}\"{}/>", seen(*opacity))
            } else {
                writeln!(svg, "<path d=\"M{}z\" fill=\"{fill}\"{}/>", path(&corners), seen(*opacity))
            }
        }
        Shape::Panel { corner: [x, y], size: [width, height] } => writeln!(
            svg,
            "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" fill=\"{}\" opacity=\"{PANEL}\"/>",
            color(Ink::Paper)
        ),
        Shape::Text { text, place: [x, y], em, anchor, upwards } => {
            let place = if *upwards {
                format!("transform=\"translate({x} {y}) rotate(-90)\"")
            } else {
                format!("x=\"{x:.1}\" y=\"{y:.1}\"")
            };
            let anchor = match anchor {
                Anchor::Start => "start",
                Anchor::Middle => "middle",
                Anchor::End => "end",
            };
            writeln!(
                svg,
                "<text {place} text-anchor=\"{anchor}\" font-size=\"{em}\" fill=\"{}\">{}</text>",
                color(Ink::Text),
                escaped(text)
            )
        }
    }
}

/// Text escaped for use between tags or in a quoted attribute of HTML and XML.
pub(crate) fn escaped(text: &str) -> String {
    text.chars().fold(String::with_capacity(text.len()), |mut escaped, character| {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            // XML allows no other control characters.
            '\t' | '\n' => escaped.push(character),
            other if other.is_control() => escaped.push('\u{fffd}'),
            other => escaped.push(other),
        }
        escaped
    })
}

#[cfg(test)]
mod tests {
    use super::super::{
        Axis, Corner, Line, Plot,
        drawing::{Ink, mark},
    };

    fn plot(points: Vec<(f64, f64)>, logarithmic: bool) -> String {
        let line = Line { label: "a < b".to_owned(), points, pale: false, style: 0 };
        let x = Axis { label: "x".to_owned(), logarithmic };
        Plot { title: "t".to_owned(), x, y: Axis::linear("y"), lines: vec![line], legend: Corner::LowerRight }.to_svg()
    }

    #[test]
    fn plot_marks_finite_points_and_escapes_text() {
        let svg = plot(vec![(0.1, 0.2), (f64::NAN, 0.3), (0.4, 0.9)], false);
        // One circle for each of the two points, and one in the legend.
        assert_eq!(svg.matches("<circle").count(), 3, "{svg}");
        assert!(svg.contains("a &lt; b") && !svg.contains("NaN"), "{svg}");
    }

    #[test]
    fn plot_survives_nothing_and_a_single_point() {
        for points in [vec![], vec![(0.5, 0.5)], vec![(3.0, 3.0); 2]] {
            for logarithmic in [false, true] {
                let svg = plot(points.clone(), logarithmic);
                assert!(!svg.contains("NaN") && !svg.contains("inf"), "{svg}");
            }
        }
    }

    #[test]
    fn many_points_have_few_marks() {
        let svg = plot((0..1000).map(|i| (f64::from(i), f64::from(i))).collect(), false);
        assert!((10..20).contains(&svg.matches("<circle").count()), "{svg}");
    }

    #[test]
    fn element_takes_the_colours_of_its_page() {
        let line = Line { label: "a".to_owned(), points: vec![(0.0, 1.0), (1.0, 2.0)], pale: false, style: 2 };
        let axis = || Axis::linear("axis");
        let plot = Plot { title: "t".to_owned(), x: axis(), y: axis(), lines: vec![line], legend: Corner::LowerLeft };
        let svg = plot.to_element("what \"is\" <seen>");
        assert!(svg.contains("aria-label=\"what &quot;is&quot; &lt;seen&gt;\""), "{svg}");
        assert!(svg.contains("var(--plot-2)") && !svg.contains("fill=\"#"), "{svg}");
    }

    #[test]
    fn styles_are_told_apart_by_colour_and_mark() {
        let drawn = |style: usize| (Ink::Line(style).color().to_string(), mark([0.0; 2], 4.0, style));
        for style in 0..Plot::STYLES {
            for other in 0..style {
                let ((color, corners), (of_other, others)) = (drawn(style), drawn(other));
                assert!(color != of_other && corners != others, "{style} looks like {other}");
            }
        }
        assert_eq!(drawn(Plot::STYLES), drawn(0));
    }
}
