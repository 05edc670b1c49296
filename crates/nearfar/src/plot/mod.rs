//! Plots of lines with marks over two axes, as SVG and as a picture.

mod drawing;
mod picture;
mod scale;
mod svg;

#[cfg(feature = "codec")]
pub(crate) use svg::escaped;

/// A plot of one or more lines.
#[derive(Clone, Debug, PartialEq)]
pub struct Plot {
    /// Above the plot.
    pub title: String,
    /// Below the horizontal axis.
    pub x: Axis,
    /// Beside the vertical axis.
    pub y: Axis,
    /// The lines, told apart by colour and mark: up to [`Plot::STYLES`].
    pub lines: Vec<Line>,
    /// Where the legend stands.
    pub legend: Corner,
}

/// A place in a plot that its lines leave free.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Corner {
    /// Of falling lines.
    #[default]
    LowerLeft,
    /// Of rising lines.
    LowerRight,
    /// Of lines that begin low.
    UpperLeft,
    /// Of lines that end low.
    UpperRight,
    /// Wherever it hides least of the lines, at the left or right edge: of lines that go from corner to corner.
    Freest,
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
    /// What the legend says; nothing leaves the line out of it.
    pub label: String,
    /// The points in the order in which they are joined; those that are not finite are left out. Each has a mark, or some
    /// evenly spread ones if there are many.
    pub points: Vec<(f64, f64)>,
    /// Whether it is thin and pale, as background for others of its colour.
    pub pale: bool,
    /// Which colour and mark, below [`Plot::STYLES`]; beyond that they come again.
    pub style: usize,
}

impl Plot {
    /// Lines that are told apart, by colour and mark.
    pub const STYLES: usize = 8;
}

#[cfg(feature = "codec")]
impl Plot {
    /// The plot's file: an SVG, or in a picture's format and twice as large.
    ///
    /// # Errors
    ///
    /// [`EncodeError`](nearfar_codec::EncodeError) if the format cannot be written.
    pub fn to_file(&self, format: Option<nearfar_codec::Format>) -> Result<Vec<u8>, nearfar_codec::EncodeError> {
        match format {
            None => Ok(self.to_svg().into_bytes()),
            Some(format) => nearfar_codec::encode(&self.to_picture(2), &nearfar_codec::EncodeOptions::new(format)),
        }
    }
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
