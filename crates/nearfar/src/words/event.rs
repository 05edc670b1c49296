//! Progress, as text.

use crate::{Event, Phase, What};

/// The phase of the work, if the event starts a new one.
#[must_use]
pub fn event(event: &Event<'_>) -> Option<String> {
    Some(match (event.phase, event.what) {
        (_, What::Evaluated { progress, .. }) => {
            format!("mixing at {}, loss {:.1}", progress.picture.size(), progress.losses.total)
        }
        (_, What::Made { done, most }) => format!("hybrid {done} of {most} at most"),
        (Phase::Read, What::Begun) => "reading pictures".to_owned(),
        (Phase::Faces, What::Begun) => "looking for faces".to_owned(),
        (Phase::Content, What::Begun) => "looking for content that both pictures share".to_owned(),
        (Phase::Register, What::Begun) => "laying FAR onto NEAR".to_owned(),
        (Phase::Mix, What::Begun) => "mixing".to_owned(),
        (Phase::Judge, What::Begun) => "looking at the hybrid".to_owned(),
        _ => return None,
    })
}
