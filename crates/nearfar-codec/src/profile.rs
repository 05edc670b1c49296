//! Colour profiles: from what a file means to sRGB codes.

use std::sync::Arc;

use moxcms::{CmsError, ColorProfile, DataColorSpace, Layout, ProfileText, TransformExecutor, TransformOptions};
use nearfar_image::{Channels, Encoded, Image};

use crate::layout::Colorants;

/// Why a picture could not be converted to a profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ProfileError {
    /// The profile cannot be read, or has no way into its colours.
    #[error("the colour profile is damaged or only good for reading")]
    Unusable,
    /// The profile is for grey and the picture has colours, or the other way round, or it is for inks.
    #[error("the colour profile is made for other colours than the picture's")]
    OtherColors,
}

/// Pixels that are converted at a time.
const RUN: usize = 4096;

/// The picture in the colours of an ICC profile: what a file must hold that carries the profile. Colours that the profile
/// cannot say end on its bounds.
///
/// # Errors
///
/// [`ProfileError`]: the profile is unusable, or made for other colours.
pub fn from_srgb(picture: &Image<Encoded>, icc: &[u8]) -> Result<Image<Encoded>, ProfileError> {
    let profile = Profile::parse(icc).ok_or(ProfileError::Unusable)?;
    let colorants = match picture.channels() {
        Channels::Grey => Colorants::Grey,
        Channels::Rgb => Colorants::Rgb,
    };
    if !profile.fits(colorants) {
        return Err(ProfileError::OtherColors);
    }
    if profile.is_srgb(colorants) {
        return Ok(picture.clone());
    }
    let target = layout(colorants);
    let transform = ColorProfile::new_srgb()
        .create_transform_f32(Layout::Rgb, &profile.0, target, options())
        .map_err(|_| ProfileError::Unusable)?;
    let mut converted = picture.clone();
    let (area, count) = (picture.size().area(), colorants.count());
    let (mut source, mut result) = (Vec::new(), Vec::new());
    for start in (0..area).step_by(RUN) {
        let pixels = start..area.min(start + RUN);
        source.clear();
        let plane = |c: usize| &picture.samples()[c % count * area..][..area];
        source.extend(pixels.clone().flat_map(|i| [0, 1, 2].map(|c| plane(c)[i].clamp(0.0, 1.0))));
        result.clear();
        result.resize(pixels.len() * count, 0.0);
        transform.transform(&source, &mut result).map_err(|_| ProfileError::Unusable)?;
        for (c, plane) in converted.samples_mut().chunks_exact_mut(area).enumerate() {
            plane[pixels.clone()].iter_mut().zip(result.iter().skip(c).step_by(count)).for_each(|(to, &v)| *to = v);
        }
    }
    Ok(converted)
}

/// An ICC profile of sRGB, for programs that take a picture without one for something else.
///
/// # Panics
///
/// Never: the profile is well formed.
#[must_use]
pub fn srgb_profile(channels: Channels) -> Vec<u8> {
    let srgb = ColorProfile::new_srgb();
    let profile = match channels {
        Channels::Rgb => srgb,
        Channels::Grey => {
            let mut grey = ColorProfile::new_gray_with_gamma(2.2);
            (grey.gray_trc, grey.description) = (srgb.red_trc, srgb.description);
            grey
        }
    };
    profile.encode().expect("the profile is well formed")
}

/// A colour profile, read.
pub(crate) struct Profile(ColorProfile);

/// The conversion of pixels to sRGB codes.
pub(crate) struct Conversion {
    transform: Arc<dyn TransformExecutor<f32> + Send + Sync>,
}

/// Steps of the grid of colours on which a profile is compared with sRGB.
const PROBES: usize = 9;

impl Profile {
    /// Reads a profile; none if it is damaged.
    pub(crate) fn parse(icc: &[u8]) -> Option<Self> {
        ColorProfile::new_from_slice(icc).ok().map(Self)
    }

    /// The profile's own description.
    pub(crate) fn description(&self) -> Option<String> {
        let text = match self.0.description.as_ref()? {
            ProfileText::PlainString(text) => text.clone(),
            ProfileText::Localizable(texts) => texts.first()?.value.clone(),
            ProfileText::Description(text) => text.ascii_string.clone(),
        };
        let text = text.trim_end_matches('\0').trim();
        (!text.is_empty()).then(|| text.into())
    }

    /// Whether the profile is made for these colorants.
    pub(crate) fn fits(&self, color: Colorants) -> bool {
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
    pub(crate) fn is_srgb(&self, color: Colorants) -> bool {
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
    pub(crate) fn conversion(&self, color: Colorants) -> Option<Conversion> {
        let srgb = ColorProfile::new_srgb();
        // Colours outside sRGB come out as they are, so that they can be counted.
        let options = TransformOptions { allow_extended_range_rgb_xyz: true, ..options() };
        let transform = self.0.create_transform_f32(layout(color), &srgb, Layout::Rgb, options).ok()?;
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
    /// Converts pixels; three samples come out for each pixel, outside `[0, 1]` where sRGB does not hold the colour.
    ///
    /// # Panics
    ///
    /// If `rgb` has not three samples for each pixel of `source`: the only thing that the transform still objects to.
    pub(crate) fn apply(&self, source: &[f32], rgb: &mut [f32]) {
        self.transform.transform(source, rgb).expect("the lengths fit");
    }
}
