//! Colour profiles: from what a file means to sRGB codes.

use std::sync::Arc;

use moxcms::{ColorProfile, DataColorSpace, Layout, ProfileText, TransformExecutor, TransformOptions};

use super::raw::Colorants;

/// A colour profile, read.
pub(super) struct Profile(ColorProfile);

/// The conversion of pixels to sRGB codes.
pub(super) struct Conversion {
    transform: Arc<dyn TransformExecutor<f32> + Send + Sync>,
}

/// Codes that differ by less are the same: half of an 8-bit step.
const TOLERANCE: f32 = 0.5 / 255.0;
/// Steps of the grid of colours on which a profile is compared with sRGB.
const PROBES: usize = 9;

impl Profile {
    /// Reads a profile; none if it is damaged.
    pub(super) fn parse(icc: &[u8]) -> Option<Self> {
        ColorProfile::new_from_slice(icc).ok().map(Self)
    }

    /// The profile's own description.
    pub(super) fn description(&self) -> Option<String> {
        let text = match self.0.description.as_ref()? {
            ProfileText::PlainString(text) => text.clone(),
            ProfileText::Localizable(texts) => texts.first()?.value.clone(),
            ProfileText::Description(text) => text.ascii_string.clone(),
        };
        let text = text.trim_end_matches('\0').trim();
        (!text.is_empty()).then(|| text.into())
    }

    /// The conversion to sRGB of pixels of some colorants; none if the profile is for others or broken.
    pub(super) fn conversion(&self, color: Colorants) -> Option<Conversion> {
        let (space, source) = match color {
            Colorants::Grey => (DataColorSpace::Gray, Layout::Gray),
            Colorants::Rgb => (DataColorSpace::Rgb, Layout::Rgb),
            // moxcms takes four inks in the four-sample layout.
            Colorants::Cmyk => (DataColorSpace::Cmyk, Layout::Rgba),
        };
        if self.0.color_space != space {
            return None;
        }
        let options = TransformOptions { prefer_fixed_point: false, ..TransformOptions::default() };
        self.0
            .create_transform_f32(source, &ColorProfile::new_srgb(), Layout::Rgb, options)
            .ok()
            .map(|transform| Conversion { transform })
    }
}

impl Conversion {
    /// Converts pixels; three samples come out for each pixel.
    ///
    /// # Panics
    ///
    /// If `rgb` has not three samples for each pixel of `source`: the only thing that the transform objects to.
    pub(super) fn apply(&self, source: &[f32], rgb: &mut [f32]) {
        self.transform.transform(source, rgb).expect("the lengths fit");
        // Colours outside sRGB are cut off at its bounds; a broken profile's NaN becomes black.
        rgb.iter_mut().for_each(|v| *v = if *v > 0.0 { v.min(1.0) } else { 0.0 });
    }

    /// Whether grey or RGB pixels come out as they go in, so that nothing need be done.
    pub(super) fn is_identity(&self, color: Colorants) -> bool {
        let code = |i: usize| (i % PROBES) as f32 / (PROBES - 1) as f32;
        let source: Vec<f32> = match color {
            Colorants::Grey => (0..PROBES).map(code).collect(),
            Colorants::Rgb => {
                (0..PROBES.pow(3)).flat_map(|i| [code(i), code(i / PROBES), code(i / PROBES.pow(2))]).collect()
            }
            Colorants::Cmyk => return false,
        };
        let mut rgb = vec![0.0; source.len() / color.count() * 3];
        self.apply(&source, &mut rgb);
        let repeat = 3 / color.count();
        rgb.iter().enumerate().all(|(i, v)| (v - source[i / repeat]).abs() < TOLERANCE)
    }
}
