//! A walk from afar to a hybrid and back, as a film.

use std::ops::ControlFlow;

use nearfar_image::{Encoded, Image, Size};
use nearfar_kernels::Execution;
use nearfar_vision::{FarView, Receding, shrink};

use super::{
    Scene, Station, metres,
    page::{INK, PAPER},
};
use crate::{
    Event, EventKind, MixError,
    draw::{Anchor, Canvas, Color, Path},
    event::Watch,
};

/// A walk from afar to a hybrid and back. It holds the frames of the way there; the way back shows them in reverse, so that
/// the film can loop.
#[derive(Clone, Debug, PartialEq)]
pub struct Walk {
    frames: Vec<Image<Encoded>>,
}

/// Frames of the way there.
const FRAMES: usize = 30;
/// Duration of a frame in milliseconds: a multiple of 10, the unit of GIF.
const MILLISECONDS: u16 = 60;
/// Longer side of the hybrid in a film, in pixels: large enough for NEAR, small enough to send.
const SIDE: usize = 360;
/// Height of the bar with the distance below the picture, in pixels.
const BAR: usize = 40;
/// The em of the distance, in pixels.
const EM: f64 = 15.0;
/// Colour of the part of the bar beyond which the far picture takes over; people with a colour deficiency can tell it from
/// grey, too.
const TAKEOVER: Color = Color([0xd5, 0x5e, 0x00]);

impl Walk {
    /// Duration of each frame in milliseconds.
    pub const MILLISECONDS: u16 = MILLISECONDS;

    /// The frames of the whole walk in order.
    #[must_use]
    pub fn frames(&self) -> Vec<&Image<Encoded>> {
        let back = self.frames.iter().rev().skip(1).take(self.frames.len().saturating_sub(2));
        self.frames.iter().chain(back).collect()
    }
}

/// How a film shows distance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shown {
    Smaller,
    Blurred,
}

impl Scene<'_> {
    /// A walk from the last station to the seat and back: the hybrid grows and shrinks, in light, as it would on the way.
    /// The observer is told before each frame.
    ///
    /// # Errors
    ///
    /// [`MixError::Cancelled`] if the observer stopped the work.
    pub fn walk(
        &self,
        stations: &[Station],
        execution: &Execution,
        observer: &mut dyn FnMut(&Event<'_>) -> ControlFlow<()>,
    ) -> Result<Walk, MixError> {
        self.film(stations, Shown::Smaller, execution, observer)
    }

    /// The same walk at full size, blurred as by the eye on the way.
    ///
    /// # Errors
    ///
    /// As [`Self::walk`].
    pub fn simulated_walk(
        &self,
        stations: &[Station],
        execution: &Execution,
        observer: &mut dyn FnMut(&Event<'_>) -> ControlFlow<()>,
    ) -> Result<Walk, MixError> {
        self.film(stations, Shown::Blurred, execution, observer)
    }

    fn film(
        &self,
        stations: &[Station],
        shown: Shown,
        execution: &Execution,
        observer: &mut dyn FnMut(&Event<'_>) -> ControlFlow<()>,
    ) -> Result<Walk, MixError> {
        let watch = &mut Watch::after_all(observer);
        let size = self.hybrid.size();
        let factor = (SIDE as f64 / size.longer_side() as f64).min(1.0);
        let small = size.with_longer_side(SIDE);
        let picture = shrink(self.hybrid, small).expect("no side grows").into_rgb();
        let receding = Receding::new(&picture, PAPER.codes()[0]);
        let last = stations.last().map_or(1.0, |station| station.scale);
        // For small hybrids, a bar that is still wide enough for its text.
        let room = Size::new(small.width().max(160), small.height()).expect("no side is 0");
        let frame = |i: usize| {
            watch.tell(EventKind::Advanced)?;
            // Slow at both ends, and even in the logarithm of the distance.
            let way = 0.5 + 0.5 * (std::f64::consts::PI * i as f64 / (FRAMES - 1) as f64).cos();
            let scale = last.powf(way);
            // On screen it is already smaller than the hybrid, and is thus seen as from further away by the same factor.
            let station = self.station(if shown == Shown::Smaller { factor * scale } else { scale });
            let seen = match shown {
                Shown::Smaller => receding.seen(scale, room, execution),
                Shown::Blurred => {
                    let ppd = self.station(scale).ppd.get() * factor;
                    let view = nearfar_vision::PixelsPerDegree::new(ppd.max(0.01)).expect("below that of the hybrid");
                    let blurred = FarView::new(small, view).apply(&picture, execution);
                    Receding::new(&blurred, PAPER.codes()[0]).seen(1.0, room, execution)
                }
            };
            Ok(self.framed(&seen, &station, way))
        };
        Ok(Walk { frames: (0..FRAMES).map(frame).collect::<Result<_, MixError>>()? })
    }

    /// A picture with a bar below it that shows the distance and the progress of the walk.
    fn framed(&self, seen: &Image<Encoded>, station: &Station, way: f64) -> Image<Encoded> {
        let size = seen.size();
        let (width, height) = (size.width() as f64, size.height() as f64);
        let mut canvas = Canvas::new(Size::new(size.width(), size.height() + BAR).expect("no side is 0"), PAPER);
        canvas.put(seen, 0, 0);
        let color = if station.seen().as_deref() == Some("FAR") { TAKEOVER } else { INK };
        let words = match station.seen() {
            Some(seen) => format!("{}: {seen}", metres(station.distance)),
            None => metres(station.distance),
        };
        canvas.text(&words, [0.5 * width, height + 20.0], EM, Anchor::Middle, color);
        let (left, right, y) = (0.15 * width, 0.85 * width, height + 31.5);
        canvas.fill(&Path::line(&[[left, y], [right, y]], 2.0), Color([0xb0; 3]), 1.0);
        canvas.fill(&Path::circle([left + way * (right - left), y], 4.5), color, 1.0);
        canvas.into_picture()
    }
}

#[cfg(test)]
mod tests {
    use nearfar_image::Channels;
    use nearfar_vision::Density;

    use super::*;
    use crate::{look::Known, no_observer};

    #[test]
    fn walk_goes_there_and_back_without_a_jump() {
        let size = Size::new(480, 240).unwrap();
        let hybrid = Image::from_fn(size, Channels::Grey, |_, x, y| if (x / 40 + y / 40) % 2 == 0 { 0.2 } else { 0.8 });
        let scene = Scene {
            hybrid: &hybrid,
            density: Density::default(),
            seat: "60cm".parse().unwrap(),
            known: Known::Nothing,
        };
        let execution = Execution::parallel();
        let stations = scene.stations();
        let walk = scene.walk(&stations, &execution, &mut no_observer);
        let simulated = scene.simulated_walk(&stations, &execution, &mut no_observer);
        for walk in [walk.unwrap(), simulated.unwrap()] {
            let frames = walk.frames();
            assert_eq!(frames.len(), 2 * FRAMES - 2);
            assert_eq!(frames[0].size(), Size::new(360, 180 + BAR).unwrap());
            assert_eq!(frames[1], frames[frames.len() - 1]);
            assert!(frames[0] != frames[FRAMES - 1]);
            let step = |a: &Image<Encoded>, b: &Image<Encoded>| {
                let sum: f32 = a.samples().iter().zip(b.samples()).map(|(a, b)| (a - b).abs()).sum();
                sum / a.samples().len() as f32
            };
            let largest = frames.windows(2).map(|pair| step(pair[0], pair[1])).fold(0.0, f32::max);
            assert!(largest < 0.1, "a frame differs from the one before by {largest}");
        }
    }
}
