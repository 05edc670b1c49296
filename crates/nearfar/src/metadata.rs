//! Metadata in a hybrid's file.

use std::borrow::Cow;

use nearfar_codec::{EncodeOptions, Format, Kind, ProfileError, SourceInfo, carry_exif, from_srgb, srgb_profile, xmp};
use nearfar_image::{Encoded, Image};
use serde::{Deserialize, Serialize};

/// Where an XMP packet holds a recipe.
pub(crate) const RECIPE: xmp::Property = xmp::Property { name: "nearfar:recipe", namespace: "urn:nearfar:recipe" };

/// Which metadata a hybrid's file holds in addition to the picture; by default none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Metadata {
    /// The near picture's EXIF data: who took it, when, where and how. Size and orientation are set to the hybrid's; the
    /// thumbnail and the maker's notes are left out.
    pub exif: bool,
    /// The near picture's XMP packet, with the same changes.
    pub xmp: bool,
    /// The colour profile.
    pub profile: OutputProfile,
}

/// The colour profile in a hybrid's file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum OutputProfile {
    /// None: codes are sRGB, which is what programs assume without a profile.
    #[default]
    None,
    /// An sRGB profile.
    Srgb,
    /// The near picture's own; the hybrid's codes are converted to it.
    Near,
}

/// Requested metadata that the file could not get.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NotKept {
    /// The near picture has none, or it is damaged.
    #[error("the near picture has no {kind} to keep")]
    Absent {
        /// The kind of metadata.
        kind: Kind,
    },
    /// It is longer than the format allows.
    #[error("the near picture has too much {kind} for a {format} file; it is left out")]
    TooLong {
        /// The kind of metadata.
        kind: Kind,
        /// The format.
        format: Format,
    },
    /// The near picture's profile cannot be used.
    #[error("the near picture's profile cannot be kept, the hybrid is sRGB: {0}")]
    Profile(ProfileError),
}

impl Metadata {
    /// Whether any metadata is requested.
    #[must_use]
    pub fn is_any(&self) -> bool {
        *self != Self::default()
    }

    /// Prepares a hybrid and its encoding options: copies the requested metadata of `near`'s file to `options`, and converts
    /// the hybrid's codes if the profile requires it. Also returns whatever could not be had.
    #[must_use]
    pub fn prepare<'a>(
        &self,
        picture: &'a Image<Encoded>,
        near: &SourceInfo,
        options: &mut EncodeOptions,
    ) -> (Cow<'a, Image<Encoded>>, Vec<NotKept>) {
        let mut picture = Cow::Borrowed(picture);
        let mut missing = Vec::new();
        let kept = match self.profile {
            OutputProfile::None => None,
            OutputProfile::Srgb => Some(srgb_profile(picture.channels())),
            OutputProfile::Near => match near.icc.as_deref().map(|icc| (icc, from_srgb(&picture, icc))) {
                Some((icc, Ok(converted))) => {
                    picture = Cow::Owned(converted);
                    Some(icc.to_vec())
                }
                Some((_, Err(error))) => {
                    missing.push(NotKept::Profile(error));
                    None
                }
                None => {
                    missing.push(NotKept::Absent { kind: Kind::Profile });
                    None
                }
            },
        };
        let srgb = kept.is_none() || self.profile == OutputProfile::Srgb;
        options.icc = kept;
        if self.exif {
            let exif = near.exif.as_deref().and_then(|block| carry_exif(block, picture.size(), srgb));
            options.exif = keep(exif, Kind::Exif, Vec::len, options.format, &mut missing);
        }
        if self.xmp {
            let packet = near.xmp.as_deref().and_then(|packet| xmp::carry(packet, &RECIPE));
            options.xmp = keep(packet, Kind::Xmp, String::len, options.format, &mut missing);
        }
        (picture, missing)
    }
}

fn keep<T>(
    found: Option<T>,
    kind: Kind,
    length: fn(&T) -> usize,
    format: Format,
    missing: &mut Vec<NotKept>,
) -> Option<T> {
    let Some(found) = found else {
        missing.push(NotKept::Absent { kind });
        return None;
    };
    if format.longest_metadata().is_some_and(|longest| length(&found) > longest) {
        missing.push(NotKept::TooLong { kind, format });
        return None;
    }
    Some(found)
}
