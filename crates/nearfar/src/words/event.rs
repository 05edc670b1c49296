//! Progress, as text.

use crate::{Event, EventKind, Phase};

/// The phase of the work, if the event starts a new one.
#[must_use]
pub fn event(event: &Event<'_>) -> Option<String> {
    Some(match (event.phase, event.what) {
        (_, EventKind::Evaluated { progress, .. }) => {
            format!("mixing at {}, loss {:.1}", progress.picture.size(), progress.losses.total)
        }
        (_, EventKind::Made { done, most }) => format!("hybrid {done} of {most} at most"),
        (Phase::Read, EventKind::Begun) => "reading pictures".to_owned(),
        (Phase::Faces, EventKind::Begun) => "looking for faces".to_owned(),
        (Phase::Content, EventKind::Begun) => "looking for content that both pictures share".to_owned(),
        (Phase::Register, EventKind::Begun) => "laying FAR onto NEAR".to_owned(),
        (Phase::Mix, EventKind::Begun) => "mixing".to_owned(),
        (Phase::Judge, EventKind::Begun) => "looking at the hybrid".to_owned(),
        _ => return None,
    })
}
