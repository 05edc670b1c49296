//! Colour profiles: from what a file means to sRGB codes.

use std::sync::Arc;

use moxcms::{CmsError, ColorProfile, DataColorSpace, Layout, ProfileText, TransformExecutor, TransformOptions};

use super::raw::Colorants;

/// A colour profile, read.
pub(super) struct Profile(ColorProfile);

/// The conversion of pixels to sRGB codes.
pub(super) struct Conversion {
    transform: Arc<dyn TransformExecutor<f32> + Send + Sync>,
}

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

    /// Whether the profile is made for these colorants.
    pub(super) fn fits(&self, color: Colorants) -> bool {
        let made_for = match color {
            Colorants::Grey => DataColorSpace::Gray,
            Colorants::Rgb => DataColorSpace::Rgb,
            Colorants::Cmyk => DataColorSpace::Cmyk,
        };
        self.0.color_space == made_for
    }

    /// Whether grey or RGB codes mean the same in sRGB, to one 8-bit step, so that nothing need be done.
    ///
    /// The 8-bit conversion is asked, because it is made ten times faster than the precise one.
    pub(super) fn is_srgb(&self, color: Colorants) -> bool {
        let code = |i: usize| (i % PROBES * 255 / (PROBES - 1)) as u8;
        let source: Vec<u8> = match color {
            Colorants::Grey => (0..PROBES).map(code).collect(),
            Colorants::Rgb => {
                (0..PROBES.pow(3)).flat_map(|i| [code(i), code(i / PROBES), code(i / PROBES.pow(2))]).collect()
            }
            Colorants::Cmyk => return false,
        };
        let repeat = 3 / color.count();
        let mut rgb = vec![0; source.len() * repeat];
        let converted = self
            .0
            .create_transform_8bit(layout(color), &ColorProfile::new_srgb(), Layout::Rgb, options())
            .and_then(|transform| transform.transform(&source, &mut rgb));
        converted.is_ok() && rgb.iter().enumerate().all(|(i, v)| v.abs_diff(source[i / repeat]) <= 1)
    }

    /// The conversion to sRGB of colorants that the profile [fits](Self::fits); none if it is broken.
    pub(super) fn conversion(&self, color: Colorants) -> Option<Conversion> {
        let srgb = ColorProfile::new_srgb();
        let transform = self.0.create_transform_f32(layout(color), &srgb, Layout::Rgb, options()).ok()?;
        // One pixel tells whether the pieces of the profile fit together.
        let probe: Result<(), CmsError> = transform.transform(&vec![0.5; color.count()], &mut [0.0; 3]);
        probe.is_ok().then_some(Conversion { transform })
    }
}

fn layout(color: Colorants) -> Layout {
    match color {
        Colorants::Grey => Layout::Gray,
        Colorants::Rgb => Layout::Rgb,
        // moxcms takes four inks in the four-sample layout.
        Colorants::Cmyk => Layout::Rgba,
    }
}

fn options() -> TransformOptions {
    TransformOptions { prefer_fixed_point: false, ..TransformOptions::default() }
}

impl Conversion {
    /// Converts pixels; three samples come out for each pixel.
    ///
    /// # Panics
    ///
    /// If `rgb` has not three samples for each pixel of `source`: the only thing that the transform still objects to.
    pub(super) fn apply(&self, source: &[f32], rgb: &mut [f32]) {
        self.transform.transform(source, rgb).expect("the lengths fit");
        // Colours outside sRGB are cut off at its bounds; a broken profile's NaN becomes black.
        rgb.iter_mut().for_each(|v| *v = if *v > 0.0 { v.min(1.0) } else { 0.0 });
    }
}
