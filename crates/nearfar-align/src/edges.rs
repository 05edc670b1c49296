//! Healing: hiding the edges of the warped picture, which would show as lines in the hybrid.

use nearfar_image::Rect;

use crate::Coverage;

/// What to do where the far picture does not cover the near one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "kebab-case"))]
pub enum Edges {
    /// Crop, if that keeps the whole subject and nearly all of the near picture. Otherwise extend the far picture
    /// slightly and crop the rest; if that would keep less than half of the near picture, extend without limit, unless
    /// the far picture covers less than a quarter of it.
    #[default]
    Auto,
    /// Crop both pictures to the largest rectangle that both cover, around the subject if possible.
    Crop,
    /// Keep the whole near picture; continue the far one by mirroring, with increasing blur.
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
    /// Both pictures were cropped to the subject and slightly more than the far picture covers, and there the far
    /// picture was continued beyond its edges.
    CroppedAndExtended,
}

/// The smallest share of the near picture that a crop alone may keep.
const NEARLY_ALL: f64 = 0.9;
/// How far the far picture is continued beyond its edges, as a fraction of the near picture's shorter side: this close
/// to the edge the blur still resembles the picture.
const REACH: f64 = 0.125;
/// A smaller part of the near picture than this is kept only if the far one covers little.
const MIN_KEPT: f64 = 0.5;
/// The smallest share of the near picture that the far one must cover for all of it to stay: below, most of the hybrid
/// would show nothing from afar but a blur around a small picture.
const MIN_COVERED: f64 = 0.25;

impl Edges {
    /// Chooses what to do and which part of the near picture stays; `None` if nothing is covered and a crop was
    /// requested.
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
        if frame == whole || (kept(frame) < MIN_KEPT && coverage.share() >= MIN_COVERED) {
            (Healing::Extended, whole)
        } else {
            (Healing::CroppedAndExtended, frame)
        }
    }
}
