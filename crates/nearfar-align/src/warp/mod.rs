//! Resampling the far picture into the near picture's frame.

mod filter;
mod region;
mod resampler;
mod surround;

use std::ops::ControlFlow;

use nearfar_image::{Encoded, Image, Rect, Size, TransferFunction};
use nearfar_kernels::Execution;

use crate::{Projective, Transform};
use resampler::resampled;
use surround::{SIDE, Surround};

pub use filter::Filter;
pub(crate) use resampler::distance_outside;

/// Resampling settings for the far picture.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(default, deny_unknown_fields, rename_all = "kebab-case")
)]
pub struct Resampling {
    /// The filter.
    pub filter: Filter,
    /// The transfer function between codes and light; resampling averages light.
    pub transfer: TransferFunction,
}

/// The part `frame` of the near picture's frame, filled from the far picture: pixel `p` is the far picture at
/// `transform.apply(p)`, resampled in light.
///
/// Where the far picture is reduced, the filter is stretched along the far picture's axes by the norms of the rows of
/// the transform's Jacobian, so that nothing aliases. Overshoot beside edges is clamped to the range of the samples
/// next to the position. Outside, the far picture is mirrored at its edges; see [`crate::Coverage`] for the pixels
/// concerned.
///
/// Memory: the result and less than 4 MB per thread. Results are bit-equal for any number of threads.
#[must_use]
pub fn warp(
    far: &Image<Encoded>,
    transform: &Transform,
    frame: Rect,
    resampling: &Resampling,
    execution: &Execution,
) -> Image<Encoded> {
    watched(far, transform, frame, resampling, execution, &mut no_watch).expect("nobody breaks")
}

/// Called with the share of the work done; decides whether to go on.
pub(crate) type Watch<'a> = &'a mut dyn FnMut(f64) -> ControlFlow<()>;

fn no_watch(_: f64) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

/// [`warp`] with an observer; `None` after a break.
pub(crate) fn watched(
    far: &Image<Encoded>,
    transform: &Transform,
    frame: Rect,
    resampling: &Resampling,
    execution: &Execution,
    watch: Watch<'_>,
) -> Option<Image<Encoded>> {
    resampled(far, transform, frame, resampling, None, execution, watch)
}

/// [`warp`] with the far picture continued softly beyond its edges: mirrored, with a blur that grows with the distance.
#[must_use]
pub fn warp_extended(
    far: &Image<Encoded>,
    transform: &Transform,
    frame: Rect,
    resampling: &Resampling,
    execution: &Execution,
) -> Image<Encoded> {
    watched_extended(far, transform, frame, resampling, execution, &mut no_watch).expect("nobody breaks")
}

/// [`warp_extended`] with an observer; `None` after a break.
pub(crate) fn watched_extended(
    far: &Image<Encoded>,
    transform: &Transform,
    frame: Rect,
    resampling: &Resampling,
    execution: &Execution,
    watch: Watch<'_>,
) -> Option<Image<Encoded>> {
    let (sx, sy) = (far.size().width() as f64 / SIDE as f64, far.size().height() as f64 / SIDE as f64);
    let shrink = [[sx, 0.0, 0.5 * sx - 0.5], [0.0, sy, 0.5 * sy - 0.5], [0.0, 0.0, 1.0]];
    let shrink = Transform::Projective(Projective::from_rows(shrink));
    let square = Rect::whole(Size::new(SIDE, SIDE).expect("not empty"));
    // A small part of the work, however large the far picture is.
    let finest = watched(far, &shrink, square, resampling, execution, &mut |_| watch(0.0))?.decode(resampling.transfer);
    let surround = Surround::new(far.size(), finest, execution);
    resampled(far, transform, frame, resampling, Some(&surround), execution, watch)
}
