//! Registration: from a map to a pair.

use std::ops::ControlFlow;

use nearfar_image::{Encoded, Image, Pair, Rect};
use nearfar_kernels::Execution;

use crate::{AlignError, Coverage, Edges, Healing, Resampling, Transform, warp};

/// Two pictures in register.
#[derive(Clone, Debug)]
pub struct Registered {
    /// The pictures, of one size.
    pub pair: Pair,
    /// The part of the near picture that the pair shows.
    pub frame: Rect,
    /// Share of the near picture that the far one covers, in `[0, 1]`.
    pub overlap: f64,
    /// How the far picture's edges were healed.
    pub healing: Healing,
}

/// Warps the far picture onto the near one by a map, and heals its edges; a crop keeps the `subject`, a rectangle of
/// the near picture, if possible. Takes the pictures by value, so that memory the pair does not need is freed. Pictures
/// of one size under the identity are left untouched. `watch` is called now and then with the share of the work done,
/// from 0 to 1, and decides whether to go on.
///
/// # Errors
///
/// [`AlignError::NoOverlap`] if a crop was requested and nothing is covered; [`AlignError::Image`] for samples that are
/// not finite; [`AlignError::Stopped`] after `watch` breaks.
#[expect(clippy::too_many_arguments, reason = "two pictures, settings and an observer")]
pub fn register(
    near: Image<Encoded>,
    far: Image<Encoded>,
    transform: &Transform,
    subject: Rect,
    edges: Edges,
    resampling: &Resampling,
    execution: &Execution,
    watch: &mut dyn FnMut(f64) -> ControlFlow<()>,
) -> Result<Registered, AlignError> {
    if transform.is_identity() && near.size() == far.size() {
        let frame = Rect::whole(near.size());
        return Ok(Registered { pair: Pair::new(near, far)?, frame, overlap: 1.0, healing: Healing::Covered });
    }
    let coverage = Coverage::new(transform, near.size(), far.size());
    let overlap = coverage.share();
    let (healing, frame) = edges.decide(&coverage, subject).ok_or(AlignError::NoOverlap { share: overlap })?;
    let far = match healing {
        Healing::Covered | Healing::Cropped => warp::watched(&far, transform, frame, resampling, execution, watch),
        Healing::Extended | Healing::CroppedAndExtended => {
            warp::watched_extended(&far, transform, frame, resampling, execution, watch)
        }
    }
    .ok_or(AlignError::Stopped)?;
    let near = if frame.size == near.size() { near } else { near.crop(frame) };
    Ok(Registered { pair: Pair::new(near, far)?, frame, overlap, healing })
}
