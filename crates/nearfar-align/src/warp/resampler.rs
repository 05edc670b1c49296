//! The loops that resample the far picture into the near picture's frame, tile by tile.

use nearfar_image::{Encoded, Image, Point, Rect, Size, TransferFunction};
use nearfar_kernels::{Execution, transfer::encode_row};

use super::{
    Resampling, Watch,
    filter::{FilterTable, Taps},
    region::{Region, mirror_place},
    surround::Surround,
};
use crate::Transform;

/// Rows per strip: enough work for a thread, small enough to distribute evenly.
const STRIP_ROWS: usize = 32;
/// Columns per tile. The part of the far picture that a tile needs is decoded once for it.
const TILE_COLUMNS: usize = 64;
/// The most samples of the far picture decoded for a tile; a tile that needs more is halved.
const REGION_AREA: usize = 1 << 18;
/// Strips per thread between two calls of the observer, at which threads wait for each other.
const STRIPS_AT_ONCE: usize = 4;
/// The most that the filter is stretched. Stronger reduction skips pixels, which shows only as grain near the horizon
/// of a perspective map.
const MAX_STRETCH: f64 = 64.0;

/// [`super::warp`], fading into the surroundings outside the far picture if these are given. `None` if the observer
/// breaks.
pub(super) fn resampled(
    far: &Image<Encoded>,
    transform: &Transform,
    frame: Rect,
    resampling: &Resampling,
    surround: Option<&Surround>,
    execution: &Execution,
    watch: Watch<'_>,
) -> Option<Image<Encoded>> {
    let mut out = Image::filled(frame.size, far.channels(), 0.0);
    let work = Warp {
        far,
        transform: &transform.prepared(),
        frame,
        table: FilterTable::new(resampling.filter),
        transfer: resampling.transfer,
        surround,
        execution,
    };
    let mut strips: Vec<(usize, Vec<&mut [f32]>)> = Vec::new();
    for plane in out.planes_mut() {
        for (i, (row, strip)) in plane.into_strips(STRIP_ROWS).enumerate() {
            if strips.len() <= i {
                strips.push((row, Vec::with_capacity(far.channels().count())));
            }
            strips[i].1.push(strip);
        }
    }
    let (all, mut rest) = (strips.len(), strips.into_iter());
    while rest.len() > 0 {
        let next: Vec<_> = rest.by_ref().take(STRIPS_AT_ONCE * execution.threads()).collect();
        execution.for_each(next, |(row, mut planes)| work.strip(row, &mut planes));
        if watch(1.0 - rest.len() as f64 / all as f64).is_break() {
            return None;
        }
    }
    Some(out)
}

struct Warp<'a> {
    far: &'a Image<Encoded>,
    transform: &'a Transform,
    frame: Rect,
    table: FilterTable,
    transfer: TransferFunction,
    surround: Option<&'a Surround>,
    execution: &'a Execution,
}

/// Reusable buffers of a thread.
#[derive(Default)]
struct Scratch {
    places: Vec<Place>,
    region: Region,
    horizontal: Taps,
    vertical: Taps,
}

/// The source of an output pixel.
struct Place {
    at: Point,
    /// Pixels that the filter averages along either axis, at least 1.
    stretch: [f64; 2],
    /// Distance from the far picture, in its pixels; 0 inside, infinite beyond the horizon.
    outside: f64,
}

/// A rectangle of a strip's pixels.
#[derive(Clone, Copy)]
struct Tile {
    x: usize,
    y: usize,
    width: usize,
    height: usize,
}

impl Warp<'_> {
    fn strip(&self, first_row: usize, planes: &mut [&mut [f32]]) {
        let width = self.frame.size.width();
        let height = planes[0].len() / width;
        let mut scratch = Scratch::default();
        for x in (0..width).step_by(TILE_COLUMNS) {
            let tile = Tile { x, y: 0, width: TILE_COLUMNS.min(width - x), height };
            self.tile(first_row, tile, planes, &mut scratch);
        }
        let mut light = vec![0.0; width];
        for row in planes.iter_mut().flat_map(|plane| plane.chunks_exact_mut(width)) {
            light.copy_from_slice(row);
            encode_row(self.execution.level(), self.transfer, &light, row);
        }
    }

    fn tile(&self, first_row: usize, tile: Tile, planes: &mut [&mut [f32]], scratch: &mut Scratch) {
        scratch.places.clear();
        for y in tile.y..tile.y + tile.height {
            for x in tile.x..tile.x + tile.width {
                scratch.places.push(self.place(x, first_row + y));
            }
        }
        if let Some([low, high]) = self.reach(&scratch.places) {
            let area = (high[0] - low[0] + 1) as usize * (high[1] - low[1] + 1) as usize;
            if area > REGION_AREA && tile.width * tile.height > 1 {
                for half in tile.halves() {
                    self.tile(first_row, half, planes, scratch);
                }
                return;
            }
            scratch.region.load(self.far, self.transfer, [low, high], self.execution);
        }
        self.fill(tile, planes, scratch);
    }

    fn place(&self, x: usize, y: usize) -> Place {
        let p = Point::new((self.frame.x + x) as f64, (self.frame.y + y) as f64);
        let at = self.transform.apply(p);
        let stretch = self.transform.jacobian(p).map(|[dx, dy]| dx.hypot(dy).clamp(1.0, MAX_STRETCH));
        Place { at, stretch, outside: distance_outside(at, self.far.size()) }
    }

    /// Whether a place is resampled from the far picture itself.
    fn is_sharp(&self, place: &Place) -> bool {
        place.outside <= self.surround.map_or(f64::MAX, Surround::fade)
    }

    /// The rectangle of samples that the sharp places of a tile need.
    fn reach(&self, places: &[Place]) -> Option<[[isize; 2]; 2]> {
        let mut bounds: Option<[[isize; 2]; 2]> = None;
        for place in places.iter().filter(|p| self.is_sharp(p)) {
            let at = self.inward(place);
            let center = [at.x, at.y];
            let low = [0, 1].map(|a| (center[a] - self.table.reach(place.stretch[a])).ceil() as isize);
            let high = [0, 1].map(|a| (center[a] + self.table.reach(place.stretch[a])).floor() as isize);
            bounds =
                Some(bounds.map_or([low, high], |[l, h]| {
                    [[0, 1].map(|a| l[a].min(low[a])), [0, 1].map(|a| h[a].max(high[a]))]
                }));
        }
        bounds
    }

    /// The place mirrored into the far picture, so that samples are close to it however far outside it is.
    fn inward(&self, place: &Place) -> Point {
        let size = self.far.size();
        Point::new(mirror_place(place.at.x, size.width()), mirror_place(place.at.y, size.height()))
    }

    fn fill(&self, tile: Tile, planes: &mut [&mut [f32]], scratch: &mut Scratch) {
        let row_length = self.frame.size.width();
        let Scratch { places, region, horizontal, vertical } = scratch;
        let mut places = places.iter();
        for y in tile.y..tile.y + tile.height {
            for x in tile.x..tile.x + tile.width {
                let place = places.next().expect("there is a place for each pixel");
                let sharp = self.is_sharp(place);
                if sharp {
                    let at = self.inward(place);
                    self.table.taps(at.x, place.stretch[0], horizontal);
                    self.table.taps(at.y, place.stretch[1], vertical);
                }
                for (c, plane) in planes.iter_mut().enumerate() {
                    let mut light = if sharp { region.sample(c, horizontal, vertical) } else { 0.0 };
                    if let Some(surround) = self.surround
                        && place.outside > 0.0
                    {
                        light = surround.blend(light, c, place.at, place.outside);
                    }
                    plane[y * row_length + x] = light;
                }
            }
        }
    }
}

impl Tile {
    /// Two halves, cut across the longer side.
    fn halves(self) -> [Self; 2] {
        if self.width >= self.height {
            let width = self.width / 2;
            [Self { width, ..self }, Self { x: self.x + width, width: self.width - width, ..self }]
        } else {
            let height = self.height / 2;
            [Self { height, ..self }, Self { y: self.y + height, height: self.height - height, ..self }]
        }
    }
}

/// Distance of a place from a picture, in pixels: 0 inside, infinite for NaN.
pub(crate) fn distance_outside(p: Point, size: Size) -> f64 {
    if !p.is_finite() {
        return f64::INFINITY;
    }
    let beyond = |v: f64, length: usize| (-0.5 - v).max(v - (length as f64 - 0.5)).max(0.0);
    beyond(p.x, size.width()).hypot(beyond(p.y, size.height()))
}
