//! Colour profiles: from a file's colours to sRGB codes.

use std::{ops::Range, sync::Arc};

use moxcms::{
    Chromaticity, CicpColorPrimaries, CicpProfile, CmsError, ColorPrimaries, ColorProfile, DataColorSpace, Layout,
    MatrixCoefficients, ProfileText, ToneReprCurve, TransferCharacteristics, TransformExecutor, TransformOptions,
};
use nearfar_image::{Channels, Encoded, Image};

use crate::layout::Colorants;

/// Why a picture could not be converted to a profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ProfileError {
    /// The profile cannot be read, or cannot be used as a destination.
    #[error("the colour profile is damaged or only good for reading")]
    Unusable,
    /// The profile is for grey and the picture is in colour, or vice versa, or the profile is for inks.
    #[error("the colour profile is made for other colours than the picture's")]
    OtherColors,
}

/// Pixels that are converted together.
const RUN: usize = 4096;

/// Converts a picture to the colours of an ICC profile, as a file that carries the profile must hold them. Colours
/// outside the profile's gamut are clipped.
///
/// # Errors
///
/// [`ProfileError`] if the profile is unusable or made for other colours.
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

/// Position of the profile's date in an ICC header (ICC.1:2022, 7.2.8): year, month, day, hours, minutes and seconds,
/// as big-endian numbers of two bytes.
const DATE: Range<usize> = 24..36;
/// October 1999, when IEC 61966-2-1 was published. The current time would give the same hybrid a different file every
/// second.
const SRGB_DATE: [u8; 12] = [0x07, 0xcf, 0, 10, 0, 1, 0, 0, 0, 0, 0, 0];

/// An ICC profile of sRGB, for programs that assume another colour space for untagged pictures; always the same bytes.
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
    let mut bytes = profile.encode().expect("the profile is well formed");
    bytes[DATE].copy_from_slice(&SRGB_DATE);
    bytes
}

/// Colours given by numbers instead of a profile.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum ColorNumbers {
    /// Code points of ITU-T H.273. They override a profile.
    CodePoints { primaries: u8, transfer: u8 },
    /// The exponent from codes to light, and the chromaticities of white, red, green and blue; missing values are those
    /// of sRGB. A profile overrides them.
    Gamma { exponent: Option<f32>, chromaticities: Option<[[f32; 2]; 4]> },
}

/// A parsed colour profile.
pub(crate) struct Profile(ColorProfile);

/// The conversion of pixels to sRGB codes.
pub(crate) struct Conversion {
    transform: Arc<dyn TransformExecutor<f32> + Send + Sync>,
}

/// Steps per axis of the grid of colours on which a profile is compared with sRGB.
const PROBES: usize = 9;

impl Profile {
    /// The profile described by numbers; none if they are invalid, or imply more light than a picture here can hold.
    pub(crate) fn from_numbers(numbers: ColorNumbers, color: Colorants) -> Option<Self> {
        let mut profile = ColorProfile::new_srgb();
        match numbers {
            ColorNumbers::CodePoints { primaries, transfer } => {
                // Only curves that end at white: no logarithms, no PQ, no HLG.
                if !matches!(transfer, 1 | 4..=6 | 8 | 13..=15) {
                    return None;
                }
                let color_primaries = CicpColorPrimaries::try_from(primaries).ok()?;
                ColorPrimaries::try_from(color_primaries).ok()?;
                profile = ColorProfile::new_from_cicp(CicpProfile {
                    color_primaries,
                    transfer_characteristics: TransferCharacteristics::try_from(transfer).ok()?,
                    matrix_coefficients: MatrixCoefficients::Identity,
                    full_range: true,
                });
            }
            ColorNumbers::Gamma { exponent, chromaticities } => {
                if let Some([white, red, green, blue]) = chromaticities {
                    let point = |[x, y]: [f32; 2]| Chromaticity::new(x, y);
                    let primaries = ColorPrimaries { red: point(red), green: point(green), blue: point(blue) };
                    profile.update_rgb_colorimetry(point(white).to_xyyb(), primaries);
                }
                // Files that know no better write sRGB as 1 / 2.2.
                if let Some(exponent) = exponent.filter(|exponent| (exponent * 2.2 - 1.0).abs() > 0.01) {
                    let curve =
                        (0.1..=10.0).contains(&exponent).then(|| ToneReprCurve::Parametric(vec![1.0 / exponent]));
                    profile.cicp = None;
                    profile.red_trc = Some(curve?);
                    profile.green_trc = profile.red_trc.clone();
                    profile.blue_trc = profile.red_trc.clone();
                }
            }
        }
        if color == Colorants::Grey {
            let curve = profile.red_trc;
            profile = ColorProfile::new_gray_with_gamma(2.2);
            profile.gray_trc = curve;
        }
        let profile = Self(profile);
        // Degenerate primaries give values that are not finite.
        let mut white = [0.0; 3];
        profile.conversion(color)?.apply(&vec![1.0; color.count()], &mut white);
        white.iter().all(|v| (v - 1.0).abs() < 0.01).then_some(profile)
    }

    /// Parses a profile; none if it is damaged.
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

    /// Whether grey or RGB codes mean the same in sRGB, to within one 8-bit step, so that no conversion is needed.
    ///
    /// Compared by the 8-bit conversion, which is set up ten times faster than the precise one.
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

    /// The conversion to sRGB from colorants that the profile [fits](Self::fits); none if the profile is broken.
    pub(crate) fn conversion(&self, color: Colorants) -> Option<Conversion> {
        let srgb = ColorProfile::new_srgb();
        // Colours outside sRGB are returned unclipped, so that they can be counted.
        let options = TransformOptions { allow_extended_range_rgb_xyz: true, ..options() };
        let transform = self.0.create_transform_f32(layout(color), &srgb, Layout::Rgb, options).ok()?;
        // One pixel shows whether the parts of the profile are consistent.
        let probe: Result<(), CmsError> = transform.transform(&vec![0.5; color.count()], &mut [0.0; 3]);
        probe.is_ok().then_some(Conversion { transform })
    }
}

fn layout(color: Colorants) -> Layout {
    match color {
        Colorants::Grey => Layout::Gray,
        Colorants::Rgb => Layout::Rgb,
        // moxcms expects four inks in the four-sample layout.
        Colorants::Cmyk => Layout::Rgba,
    }
}

fn options() -> TransformOptions {
    TransformOptions { prefer_fixed_point: false, ..TransformOptions::default() }
}

impl Conversion {
    /// Converts pixels to three samples each, outside `[0, 1]` where the colour lies outside sRGB.
    ///
    /// # Panics
    ///
    /// If `rgb` does not have three samples per pixel of `source`: the only remaining error of the transform.
    pub(crate) fn apply(&self, source: &[f32], rgb: &mut [f32]) {
        self.transform.transform(source, rgb).expect("the lengths fit");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The time of writing would change the bytes for the same picture.
    #[test]
    fn srgb_profile_has_no_timestamp() {
        for channels in [Channels::Rgb, Channels::Grey] {
            let bytes = srgb_profile(channels);
            assert_eq!(bytes[DATE], SRGB_DATE, "{channels:?}");
            assert!(ColorProfile::new_from_slice(&bytes).is_ok(), "{channels:?}");
        }
    }
}
