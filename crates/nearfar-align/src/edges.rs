//! Healing: the warped picture's own frame must not show as a line in the hybrid.

use nearfar_image::Rect;

use crate::Coverage;

/// What is done where the far picture does not cover the near one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "kebab-case"))]
pub enum Edges {
    /// Crop, if that keeps the whole subject and at least half of the near picture. Otherwise extend; where the far
    /// picture covers less than a quarter, only around that and the subject.
    #[default]
    Auto,
    /// Crop both pictures to the largest rectangle that both cover, around the subject where that can be.
    Crop,
    /// Keep the near picture whole; continue the far one by mirroring, ever more blurred.
    Extend,
}

/// What was done about the edges.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Healing {
    /// Nothing: the far picture covers the near one.
    Covered,
    /// Both pictures were cropped.
    Cropped,
    /// The far picture was continued beyond its edges.
    Extended,
    /// Both pictures were cropped to the subject and all that the far picture covers, and there the far picture was
    /// continued beyond its edges.
    CroppedAndExtended,
}

/// The least share of the near picture that an automatic crop keeps.
const LEAST_SHARE: f64 = 0.5;
/// The least share of the near picture that the far one must cover for all of it to stay: where less is covered, most of
/// the hybrid would show nothing from afar but a blur around a small picture.
const LEAST_COVERED: f64 = 0.25;

impl Edges {
    /// Chooses what to do and the part of the near picture that stays; `None` if nothing is covered and a crop was
    /// asked for.
    pub(crate) fn decide(self, coverage: &Coverage, subject: Rect) -> Option<(Healing, Rect)> {
        let whole = Rect::whole(coverage.frame());
        if coverage.is_full() {
            return Some((Healing::Covered, whole));
        }
        let around = coverage.largest_around(subject);
        match self {
            Self::Extend => Some((Healing::Extended, whole)),
            Self::Crop => around.or_else(|| coverage.largest()).map(|frame| (Healing::Cropped, frame)),
            Self::Auto => Some(match around {
                Some(frame) if frame.size.area() as f64 >= LEAST_SHARE * whole.size.area() as f64 => {
                    (Healing::Cropped, frame)
                }
                _ if coverage.share() >= LEAST_COVERED => (Healing::Extended, whole),
                _ => match coverage.bounds().map(|covered| covered.union(subject)) {
                    Some(frame) if frame != whole => (Healing::CroppedAndExtended, frame),
                    _ => (Healing::Extended, whole),
                },
            }),
        }
    }
}
