//! Line plots with marks, as SVG and as a picture.

mod drawing;
mod picture;
mod scale;
mod svg;

#[cfg(feature = "codec")]
pub(crate) use svg::escaped;

/// A plot of one or more lines.
#[derive(Clone, Debug, PartialEq)]
pub struct Plot {
    /// Title above the plot.
    pub title: String,
    /// The horizontal axis.
    pub x: Axis,
    /// The vertical axis.
    pub y: Axis,
    /// The lines, distinguished by colour and mark: up to [`Plot::STYLES`].
    pub lines: Vec<Line>,
    /// Position of the legend.
    pub legend: Corner,
}

/// A position in a plot that is free of lines.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Corner {
    /// For falling lines.
    #[default]
    LowerLeft,
    /// For rising lines.
    LowerRight,
    /// For lines that start low.
    UpperLeft,
    /// For lines that end low.
    UpperRight,
    /// Wherever it hides least of the lines, at the left or right edge: for lines from corner to corner.
    Freest,
}

/// An axis; it covers the range of the lines.
#[derive(Clone, Debug, PartialEq)]
pub struct Axis {
    /// The quantity along it.
    pub label: String,
    /// Whether the scale is logarithmic; values must then be above 0.
    pub logarithmic: bool,
}

/// A line through points.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Its label in the legend; if empty, the legend omits the line.
    pub label: String,
    /// The points in the order in which they are joined; those that are not finite are omitted. Each has a mark, or if there
    /// are many, some evenly spread ones do.
    pub points: Vec<(f64, f64)>,
    /// Whether it is thin and pale, as a background for others of its colour.
    pub pale: bool,
    /// Index of its colour and mark; from [`Plot::STYLES`] on they repeat.
    pub style: usize,
}

impl Plot {
    /// Number of distinct combinations of colour and mark.
    pub const STYLES: usize = 8;
}

#[cfg(feature = "codec")]
impl Plot {
    /// The plot as a file: an SVG, or a picture of twice the size in the given format.
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
    /// A linear axis.
    pub fn linear(label: impl Into<String>) -> Self {
        Self { label: label.into(), logarithmic: false }
    }

    /// A logarithmic axis.
    pub fn logarithmic(label: impl Into<String>) -> Self {
        Self { label: label.into(), logarithmic: true }
    }
}
