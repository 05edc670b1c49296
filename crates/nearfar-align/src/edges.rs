//! Healing: the warped picture's own frame must not show as a line in the hybrid.

use nearfar_image::Rect;

use crate::Coverage;

/// What is done where the far picture does not cover the near one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "kebab-case"))]
pub enum Edges {
    /// Crop, if that keeps the whole subject and nearly all of the near picture. Otherwise extend the far picture by a
    /// little and crop what lies further out; where that would keep less than half of the near picture, extend it as far
    /// as that goes, unless it covers less than a quarter.
    #[default]
    Auto,
    /// Crop both pictures to the largest rectangle that both cover, around the subject where that can be.
    Crop,
    /// Keep the near picture whole; continue the far one by mirroring, ever more blurred.
    Extend,
}

/// What was done about the edges.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "snake_case"))]
pub enum Healing {
    /// Nothing: the far picture covers the near one.
    Covered,
    /// Both pictures were cropped.
    Cropped,
    /// The far picture was continued beyond its edges.
    Extended,
    /// Both pictures were cropped to the subject and a little more than the far picture covers, and there the far picture
    /// was continued beyond its edges.
    CroppedAndExtended,
}

/// The least share of the near picture that is kept by a crop alone.
const NEARLY_ALL: f64 = 0.9;
/// The far picture is continued so far beyond its edges, as a share of the near picture's shorter side: so near to the edge
/// the blur still resembles the picture.
const REACH: f64 = 0.125;
/// Less of the near picture than this is kept only where the far one covers little.
const LEAST_KEPT: f64 = 0.5;
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
            Self::Auto => Some(Self::automatic(coverage, subject, around)),
        }
    }

    fn automatic(coverage: &Coverage, subject: Rect, around: Option<Rect>) -> (Healing, Rect) {
        let whole = Rect::whole(coverage.frame());
        let kept = |frame: Rect| frame.size.area() as f64 / whole.size.area() as f64;
        if let Some(frame) = around
            && kept(frame) >= NEARLY_ALL
        {
            return (Healing::Cropped, frame);
        }
        let reach = (REACH * whole.size.shorter_side() as f64) as usize;
        let Some(frame) = coverage.bounds().map(|covered| covered.grown(reach, whole.size).union(subject)) else {
            return (Healing::Extended, whole);
        };
        if frame == whole || (kept(frame) < LEAST_KEPT && coverage.share() >= LEAST_COVERED) {
            (Healing::Extended, whole)
        } else {
            (Healing::CroppedAndExtended, frame)
        }
    }
}
