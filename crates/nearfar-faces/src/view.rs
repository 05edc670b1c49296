//! Views: sampling a picture at any position, scale and angle.

use nearfar_image::{Channels, Encoded, Image, Plane, Point, Size};
use nearfar_kernels::{Execution, halved};

/// A grid of pixels laid over a picture.
#[derive(Clone, Copy, Debug)]
pub(crate) struct View {
    /// The centre of pixel `(0, 0)`, in the picture.
    pub(crate) origin: Point,
    /// The step from one pixel to the next in a row; the step to the next row is this one rotated clockwise by 90
    /// degrees.
    pub(crate) step: [f64; 2],
    /// Whether rows run in the opposite direction, against `step`.
    pub(crate) mirrored: bool,
    pub(crate) width: usize,
    pub(crate) height: usize,
}

impl View {
    /// A rectangle of `width` x `height` pixels around `middle`, each `scale` pixels of the picture wide, rotated
    /// clockwise by `angle` in radians.
    pub(crate) fn around(middle: Point, [width, height]: [usize; 2], scale: f64, angle: f64, mirrored: bool) -> Self {
        let (sin, cos) = angle.sin_cos();
        let mut view = Self { origin: Point::default(), step: [scale * cos, scale * sin], mirrored, width, height };
        let offset = view.place(0.5 * (width as f64 - 1.0), 0.5 * (height as f64 - 1.0));
        view.origin = Point::new(middle.x - offset.x, middle.y - offset.y);
        view
    }

    /// All of a picture, reduced by a factor of `scale` and rotated by `turns` times 90 degrees.
    pub(crate) fn whole(size: Size, scale: usize, turns: usize) -> Self {
        let (width, height) = (size.width().div_ceil(scale), size.height().div_ceil(scale));
        let step = scale as f64;
        let first = 0.5 * (step - 1.0);
        let (right, bottom) = (first + step * (width - 1) as f64, first + step * (height - 1) as f64);
        let (origin, step, sideways) = match turns % 4 {
            0 => (Point::new(first, first), [step, 0.0], false),
            1 => (Point::new(right, first), [0.0, step], true),
            2 => (Point::new(right, bottom), [-step, 0.0], false),
            _ => (Point::new(first, bottom), [0.0, -step], true),
        };
        let (width, height) = if sideways { (height, width) } else { (width, height) };
        Self { origin, step, mirrored: false, width, height }
    }

    /// The place in the picture of a place in the view.
    pub(crate) fn place(&self, u: f64, v: f64) -> Point {
        let [x, y] = self.step;
        let u = if self.mirrored { -u } else { u };
        Point::new(self.origin.x + x * u - y * v, self.origin.y + y * u + x * v)
    }

    /// Pixels of the picture per pixel of the view.
    fn scale(&self) -> f64 {
        self.step[0].hypot(self.step[1])
    }
}

/// Grey values in 0..=255, row after row.
#[derive(Clone, Debug)]
pub(crate) struct Grey {
    pub(crate) width: usize,
    pub(crate) height: usize,
    pub(crate) samples: Vec<f32>,
}

/// A picture and its halves, quarters and so on, so that reducing it averages.
///
/// Codes are averaged, not light, as in the network's training pictures.
#[derive(Debug)]
pub(crate) struct Pyramid<'a> {
    picture: &'a Image<Encoded>,
    halves: Vec<Image<Encoded>>,
}

impl<'a> Pyramid<'a> {
    /// Halves the picture until its longer side is `longest` pixels or fewer.
    pub(crate) fn new(picture: &'a Image<Encoded>, longest: usize, execution: &Execution) -> Self {
        let mut pyramid = Self { picture, halves: Vec::new() };
        while pyramid.level(pyramid.levels() - 1).size().longer_side() > longest {
            let half = halved(pyramid.level(pyramid.levels() - 1), execution);
            pyramid.halves.push(half);
        }
        pyramid
    }

    /// Number of levels, the picture itself being the first.
    pub(crate) fn levels(&self) -> usize {
        1 + self.halves.len()
    }

    /// The picture reduced by a factor of `2^level`.
    pub(crate) fn level(&self, level: usize) -> &Image<Encoded> {
        level.checked_sub(1).map_or(self.picture, |half| &self.halves[half])
    }

    /// What the view shows, in `0..=255`: three planes (for a grey picture, its only one three times) in the given
    /// `order`, each padded to `width` x `height` pixels; zero outside the picture.
    pub(crate) fn cut(
        &self,
        view: &View,
        order: [usize; 3],
        [width, height]: [usize; 2],
        execution: &Execution,
    ) -> Vec<f32> {
        let level = self.level_of(view);
        let picture = self.level(level);
        let shrunk = (1_usize << level) as f64;
        let mut samples = vec![0.0; order.len() * width * height];
        let plane = |channel: usize| match picture.channels() {
            Channels::Grey => picture.plane(0),
            Channels::Rgb => picture.plane(channel),
        };
        let rows = execution.rows_per_strip(height);
        let strips = samples.chunks_exact_mut(width * height).zip(order).flat_map(|(target, channel)| {
            let source = plane(channel);
            target.chunks_mut(rows * width).enumerate().map(move |(k, strip)| (source, k * rows, strip))
        });
        execution.for_each(strips.collect(), |(source, top, strip)| {
            for (row, y) in strip.chunks_exact_mut(width).zip(top..view.height) {
                for (x, sample) in row[..view.width].iter_mut().enumerate() {
                    let place = view.place(x as f64, y as f64);
                    let on_level = |v: f64| (v + 0.5) / shrunk - 0.5;
                    *sample = 255.0 * bilinear(source, on_level(place.x), on_level(place.y)).clamp(0.0, 1.0);
                }
            }
        });
        samples
    }

    /// The first plane of what the view shows, with edge pixels repeated outside the picture.
    pub(crate) fn cut_grey(&self, view: &View) -> Grey {
        let level = self.level_of(view);
        let plane = self.level(level).plane(0);
        let shrunk = (1_usize << level) as f64;
        let [last_x, last_y] = [plane.size().width(), plane.size().height()].map(|length| (length - 1) as f64);
        let places = (0..view.height).flat_map(|y| (0..view.width).map(move |x| view.place(x as f64, y as f64)));
        let samples = places.map(|place| {
            let on_level = |v: f64, last: f64| ((v + 0.5) / shrunk - 0.5).clamp(0.0, last);
            255.0 * bilinear(plane, on_level(place.x, last_x), on_level(place.y, last_y)).clamp(0.0, 1.0)
        });
        Grey { width: view.width, height: view.height, samples: samples.collect() }
    }

    /// The coarsest level that is no coarser than the view.
    fn level_of(&self, view: &View) -> usize {
        let finest = view.scale().log2().max(0.0) as usize;
        finest.min(self.levels() - 1)
    }
}

/// Bilinear interpolation; zero outside.
fn bilinear(plane: Plane<'_>, x: f64, y: f64) -> f32 {
    let near = |v: f64, length: usize| (-1.0..length as f64).contains(&v);
    if !near(x, plane.size().width()) || !near(y, plane.size().height()) {
        return 0.0;
    }
    // One more than the pixels to the left and above, so that none is below 0: without the instruction for it, rounding down
    // is a call.
    let (right, bottom) = ((x + 1.0) as usize, (y + 1.0) as usize);
    let past = |v: f64, next: usize| (v - (next as f64 - 1.0)) as f32;
    let (fx, fy) = (past(x, right), past(y, bottom));
    let row = |y: usize| (y < plane.size().height()).then(|| plane.row(y));
    let between = |row: Option<&[f32]>| {
        row.map_or(0.0, |row| {
            let at = |x: usize| row.get(x).copied().unwrap_or(0.0);
            (1.0 - fx) * at(right.wrapping_sub(1)) + fx * at(right)
        })
    };
    (1.0 - fy) * between(row(bottom.wrapping_sub(1))) + fy * between(row(bottom))
}
