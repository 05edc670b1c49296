//! Two pictures in register, one over the other.

use nearfar_align::PointList;
use nearfar_image::{Encoded, Image};

use crate::{
    draw::{Canvas, Color, Path},
    fit::Aligned,
};

/// Names of the files that show two pictures in register.
#[cfg(feature = "codec")]
pub const FITTED_FILES: [&str; 4] = ["near.png", "far.png", "overlay.png", "points.toml"];

/// The contents of these files: both pictures, the overlay, and the points for editing.
///
/// # Errors
///
/// [`EncodeError`](nearfar_codec::EncodeError) if there is not enough memory.
#[cfg(feature = "codec")]
pub fn fitted_files(
    aligned: &Aligned,
    options: &crate::fit::Options,
) -> Result<Vec<(&'static str, Vec<u8>)>, nearfar_codec::EncodeError> {
    let points = aligned.points(options);
    let png = nearfar_codec::EncodeOptions::new(nearfar_codec::Format::Png);
    let pictures = [aligned.pair.near(), aligned.pair.far(), &overlay(aligned, &points)];
    let pictures = pictures.map(|picture| nearfar_codec::encode(picture, &png));
    let files = pictures.into_iter().chain([Ok(crate::PointFormat::Toml.write(&points).into_bytes())]);
    FITTED_FILES.into_iter().zip(files).map(|(name, bytes)| Ok((name, bytes?))).collect()
}

/// The mean of both pictures of a pair, with rings around the points by which they were laid onto each other.
#[must_use]
pub fn overlay(aligned: &Aligned, points: &PointList) -> Image<Encoded> {
    let (near, far) = (aligned.pair.near(), aligned.pair.far());
    let mut both = near.clone();
    for (code, other) in both.samples_mut().iter_mut().zip(far.samples()) {
        *code = 0.5 * (*code + other);
    }
    let mut canvas = Canvas::new(both.size(), Color::BLACK);
    canvas.put(&both, 0, 0);
    let radius = (both.size().shorter_side() as f64 / 60.0).clamp(3.0, 40.0);
    for pair in &points.points {
        let middle = [pair.near.x - aligned.frame.x as f64 + 0.5, pair.near.y - aligned.frame.y as f64 + 0.5];
        let ring: Vec<_> = (0..=48)
            .map(|i| {
                let angle = std::f64::consts::TAU * f64::from(i) / 48.0;
                [middle[0] + radius * angle.cos(), middle[1] + radius * angle.sin()]
            })
            .collect();
        // In two tones, to stand out from both light and dark.
        canvas.fill(&Path::line(&ring, 0.5 * radius), Color::BLACK, 0.6);
        canvas.fill(&Path::line(&ring, 0.25 * radius), Color([0xff, 0xc2, 0x0a]), 1.0);
    }
    canvas.into_picture()
}
