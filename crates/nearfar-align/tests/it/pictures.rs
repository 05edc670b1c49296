//! Test pictures.

use nearfar_image::{Channels, Encoded, Image, Plane, Point, Size};
use nearfar_kernels::{Execution, InstructionSet};

pub(crate) fn size(width: usize, height: usize) -> Size {
    Size::new(width, height).expect("not empty")
}

/// Smooth waves, equal at the same place for any `zoom`: light and dark, different in each channel.
pub(crate) fn waves(size: Size, zoom: f64) -> Image<Encoded> {
    Image::from_fn(size, Channels::Rgb, |c, x, y| wave(c, (x as f64 + 0.5) / zoom, (y as f64 + 0.5) / zoom))
}

pub(crate) fn wave(channel: usize, x: f64, y: f64) -> f32 {
    let k = 0.11 + 0.03 * channel as f64;
    (0.5 + 0.2 * (k * x + 0.04 * y).sin() + 0.2 * (0.13 * y - 0.02 * x).cos()) as f32
}

/// The largest difference between a plane and a function of position.
pub(crate) fn largest_error(plane: Plane<'_>, expected: impl Fn(Point) -> Option<f32>) -> f32 {
    let mut largest = 0.0_f32;
    for (y, row) in plane.rows().enumerate() {
        for (x, &v) in row.iter().enumerate() {
            if let Some(e) = expected(Point::new(x as f64, y as f64)) {
                largest = largest.max((v - e).abs());
            }
        }
    }
    largest
}

/// One execution for each set of vector instructions that this processor has.
pub(crate) fn every_set() -> impl Iterator<Item = Execution> {
    InstructionSet::ALL.into_iter().filter_map(|set| Execution::single_threaded().with_instructions(set).ok())
}
