//! Plots as SVG: lines with marks over two axes, written as text.

use std::fmt::Write;

/// A plot of one or more lines.
#[derive(Clone, Debug, PartialEq)]
pub struct Plot {
    /// Above the plot.
    pub title: String,
    /// Below the horizontal axis.
    pub x: Axis,
    /// Beside the vertical axis.
    pub y: Axis,
    /// The lines, told apart by colour and mark; up to four.
    pub lines: Vec<Line>,
    /// Where the legend stands.
    pub legend: Corner,
}

/// A corner of a plot that its lines leave free.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Corner {
    /// Of falling lines.
    #[default]
    LowerLeft,
    /// Of rising lines.
    LowerRight,
}

/// One axis; it covers what the lines need.
#[derive(Clone, Debug, PartialEq)]
pub struct Axis {
    /// What is plotted along it.
    pub label: String,
    /// Whether equal ratios take equal lengths; values must then be above 0.
    pub logarithmic: bool,
}

/// A line through points.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// What the legend says.
    pub label: String,
    /// The points in the order in which they are joined; those that are not finite are left out.
    pub points: Vec<(f64, f64)>,
    /// Whether it is thin and pale, as background for others of its colour.
    pub pale: bool,
    /// Which colour and mark: 0 to 3.
    pub style: usize,
}

impl Axis {
    /// An axis on which equal differences take equal lengths.
    pub fn linear(label: impl Into<String>) -> Self {
        Self { label: label.into(), logarithmic: false }
    }

    /// An axis on which equal ratios take equal lengths.
    pub fn logarithmic(label: impl Into<String>) -> Self {
        Self { label: label.into(), logarithmic: true }
    }
}

/// Told apart also by those who see few colours (Okabe and Ito).
const COLORS: [&str; 4] = ["#0072b2", "#d55e00", "#009e73", "#7b3f8c"];
const WIDTH: f64 = 720.0;
const HEIGHT: f64 = 480.0;
const LEFT: f64 = 72.0;
const RIGHT: f64 = 20.0;
const TOP: f64 = 40.0;
const BOTTOM: f64 = 56.0;

impl Plot {
    /// The plot as an SVG file of 720 x 480 pixels.
    #[must_use]
    pub fn to_svg(&self) -> String {
        let points = || self.lines.iter().flat_map(|line| finite(&line.points));
        let x = Scale::new(&self.x, points().map(|(x, _)| x), (LEFT, WIDTH - RIGHT));
        let y = Scale::new(&self.y, points().map(|(_, y)| y), (HEIGHT - BOTTOM, TOP));
        let mut svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" width=\"{WIDTH}\" \
             height=\"{HEIGHT}\" font-family=\"sans-serif\" font-size=\"13\" fill=\"#222\">\n\
             <rect width=\"{WIDTH}\" height=\"{HEIGHT}\" fill=\"#fff\"/>\n"
        );
        self.draw(&mut svg, &x, &y).expect("writing to a string cannot fail");
        svg.push_str("</svg>\n");
        svg
    }

    fn draw(&self, svg: &mut String, x: &Scale, y: &Scale) -> std::fmt::Result {
        let (bottom, right) = (HEIGHT - BOTTOM, WIDTH - RIGHT);
        for tick in &x.ticks {
            let at = x.place(*tick);
            writeln!(svg, "<path d=\"M{at:.1} {TOP}V{bottom}\" stroke=\"#ddd\"/>")?;
            writeln!(
                svg,
                "<text x=\"{at:.1}\" y=\"{}\" text-anchor=\"middle\">{}</text>",
                bottom + 18.0,
                x.label(*tick)
            )?;
        }
        for tick in &y.ticks {
            let at = y.place(*tick);
            writeln!(svg, "<path d=\"M{LEFT} {at:.1}H{right}\" stroke=\"#ddd\"/>")?;
            writeln!(
                svg,
                "<text x=\"{}\" y=\"{:.1}\" text-anchor=\"end\">{}</text>",
                LEFT - 6.0,
                at + 4.5,
                y.label(*tick)
            )?;
        }
        let (middle, centre) = (0.5 * (LEFT + right), 0.5 * (TOP + bottom));
        writeln!(
            svg,
            "<text x=\"{middle}\" y=\"24\" text-anchor=\"middle\" font-size=\"15\">{}</text>",
            text(&self.title)
        )?;
        writeln!(
            svg,
            "<text x=\"{middle}\" y=\"{}\" text-anchor=\"middle\">{}</text>",
            HEIGHT - 14.0,
            text(&self.x.label)
        )?;
        writeln!(
            svg,
            "<text transform=\"translate(18 {centre}) rotate(-90)\" text-anchor=\"middle\">{}</text>",
            text(&self.y.label)
        )?;
        for line in &self.lines {
            line.draw(svg, x, y)?;
        }
        self.draw_legend(svg)
    }

    fn draw_legend(&self, svg: &mut String) -> std::fmt::Result {
        let left = match self.legend {
            Corner::LowerLeft => LEFT + 10.0,
            Corner::LowerRight => WIDTH - RIGHT - 170.0,
        };
        let named: Vec<_> = self.lines.iter().filter(|line| !line.label.is_empty()).collect();
        for (row, line) in named.iter().enumerate() {
            let at = HEIGHT - BOTTOM - 14.0 - 20.0 * (named.len() - 1 - row) as f64;
            let color = COLORS[line.style % COLORS.len()];
            writeln!(svg, "<path d=\"M{} {at}h28\" stroke=\"{color}\" stroke-width=\"2\"/>", left)?;
            mark(svg, line.style, left + 14.0, at, 4.0)?;
            writeln!(svg, "<text x=\"{}\" y=\"{}\">{}</text>", left + 36.0, at + 4.5, text(&line.label))?;
        }
        Ok(())
    }
}

impl Line {
    fn draw(&self, svg: &mut String, x: &Scale, y: &Scale) -> std::fmt::Result {
        let color = COLORS[self.style % COLORS.len()];
        let (width, opacity) = if self.pale { (1.0, 0.35) } else { (2.0, 1.0) };
        let places: Vec<_> = finite(&self.points).map(|(px, py)| (x.place(px), y.place(py))).collect();
        let path: Vec<_> = places.iter().map(|(px, py)| format!("{px:.1} {py:.1}")).collect();
        if path.is_empty() {
            return Ok(());
        }
        writeln!(
            svg,
            "<g opacity=\"{opacity}\"><path d=\"M{}\" fill=\"none\" stroke=\"{color}\" stroke-width=\"{width}\"/>",
            path.join("L")
        )?;
        for (px, py) in places {
            mark(svg, self.style, px, py, if self.pale { 2.0 } else { 4.0 })?;
        }
        writeln!(svg, "</g>")
    }
}

/// A circle, a square, a triangle or a diamond.
fn mark(svg: &mut String, style: usize, x: f64, y: f64, r: f64) -> std::fmt::Result {
    let color = COLORS[style % COLORS.len()];
    let path = match style % 4 {
        0 => return writeln!(svg, "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{r}\" fill=\"{color}\"/>"),
        1 => format!("M{:.1} {:.1}h{}v{}h-{}z", x - r, y - r, 2.0 * r, 2.0 * r, 2.0 * r),
        2 => format!("M{x:.1} {:.1}l{r} {}h-{}z", y - r, 2.0 * r, 2.0 * r),
        _ => format!("M{x:.1} {:.1}l{r} {r}l-{r} {r}l-{r} -{r}z", y - r),
    };
    writeln!(svg, "<path d=\"{path}\" fill=\"{color}\"/>")
}

fn finite(points: &[(f64, f64)]) -> impl Iterator<Item = (f64, f64)> {
    points.iter().copied().filter(|(x, y)| x.is_finite() && y.is_finite())
}

fn text(label: &str) -> String {
    label.replace('&', "&amp;").replace('<', "&lt;")
}

/// From values to places along an axis.
struct Scale {
    range: (f64, f64),
    places: (f64, f64),
    logarithmic: bool,
    ticks: Vec<f64>,
    decimals: usize,
}

impl Scale {
    fn new(axis: &Axis, values: impl Iterator<Item = f64>, places: (f64, f64)) -> Self {
        let (low, high) = values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), v| (low.min(v), high.max(v)));
        let (low, high) = if low < high {
            (low, high)
        } else if low.is_finite() {
            (0.5 * low, 1.5 * low + 1.0)
        } else {
            (1.0, 2.0)
        };
        if axis.logarithmic {
            let decades = low.log10().floor() as i32..=high.log10().ceil() as i32;
            let all = decades.flat_map(|decade| [1.0, 2.0, 5.0].map(|digit| digit * 10f64.powi(decade)));
            let all: Vec<f64> = all.collect();
            // The nearest ticks outside end the axis.
            let from = all.iter().copied().rfind(|&tick| tick <= low).unwrap_or(low);
            let to = all.iter().copied().find(|&tick| tick >= high).unwrap_or(high);
            let ticks = all.into_iter().filter(|&tick| (from..=to).contains(&tick)).collect();
            let decimals = (-from.log10().floor()).clamp(0.0, 6.0) as usize;
            return Self { range: (from.log10(), to.log10()), places, logarithmic: true, ticks, decimals };
        }
        let rough = (high - low) / 6.0;
        let power = 10f64.powf(rough.log10().floor());
        let step =
            [1.0, 2.0, 5.0, 10.0].map(|digit| digit * power).into_iter().find(|&step| step >= rough).unwrap_or(rough);
        let (first, last) = ((low / step).floor() as i64, (high / step).ceil() as i64);
        let ticks = (first..=last).map(|i| i as f64 * step).collect();
        let decimals = (-step.log10().floor()).clamp(0.0, 6.0) as usize;
        Self { range: (first as f64 * step, last as f64 * step), places, logarithmic: false, ticks, decimals }
    }

    fn place(&self, value: f64) -> f64 {
        let value = if self.logarithmic { value.log10() } else { value };
        let part = (value - self.range.0) / (self.range.1 - self.range.0);
        self.places.0 + part * (self.places.1 - self.places.0)
    }

    fn label(&self, tick: f64) -> String {
        let label = format!("{tick:.*}", self.decimals);
        if self.logarithmic && label.contains('.') {
            return label.trim_end_matches('0').trim_end_matches('.').to_owned();
        }
        label
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plot(points: Vec<(f64, f64)>, logarithmic: bool) -> String {
        let line = Line { label: "a < b".to_owned(), points, pale: false, style: 0 };
        let x = Axis { label: "x".to_owned(), logarithmic };
        Plot { title: "t".to_owned(), x, y: Axis::linear("y"), lines: vec![line], legend: Corner::LowerRight }.to_svg()
    }

    #[test]
    fn plot_marks_finite_points_and_escapes_text() {
        let svg = plot(vec![(0.1, 0.2), (f64::NAN, 0.3), (0.4, 0.9)], false);
        // Two points and the legend.
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
    fn scale_ends_at_round_ticks() {
        let linear = Scale::new(&Axis::linear(""), [0.13, 0.58].into_iter(), (0.0, 1.0));
        assert!((linear.range.0 - 0.1).abs() < 1e-9 && (linear.range.1 - 0.6).abs() < 1e-9, "{:?}", linear.range);
        assert_eq!(linear.label(linear.ticks[1]), "0.2");
        let log = Scale::new(&Axis::logarithmic(""), [0.03, 70.0].into_iter(), (0.0, 1.0));
        assert!((log.place(0.02)).abs() < 1e-9 && (log.place(100.0) - 1.0).abs() < 1e-9, "{:?}", log.range);
    }
}
