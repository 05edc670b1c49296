//! Pictures as seen by another camera, shared by the tests and the example `animal_trials`.

use nearfar_image::{Encoded, Image, Plane, Point, Size};

/// A rotation, a scale and a shift, from the new picture to the old.
#[derive(Clone, Copy)]
pub(crate) struct Seen {
    /// A place of the new picture ...
    pub(crate) onto: Point,
    /// ... that shows this place of the old one.
    pub(crate) from: Point,
    /// Pixels of the old picture per pixel of the new.
    pub(crate) scale: f64,
    /// Clockwise rotation of the new picture's axes in the old picture.
    pub(crate) radians: f64,
}

impl Seen {
    fn apply(&self, p: Point) -> Point {
        let (sin, cos) = (self.scale * self.radians.sin(), self.scale * self.radians.cos());
        let (x, y) = (p.x - self.onto.x, p.y - self.onto.y);
        Point::new(self.from.x + cos * x - sin * y, self.from.y + sin * x + cos * y)
    }

    /// The position in the new picture of a place in the old one.
    pub(crate) fn back(&self, p: Point) -> Point {
        Self { onto: self.from, from: self.onto, scale: self.scale.recip(), radians: -self.radians }.apply(p)
    }

    /// The new picture: each pixel is the mean of the area it covers, with enough samples for any scale, and the old
    /// picture's edge pixels are repeated outside.
    pub(crate) fn picture(&self, old: &Image<Encoded>, size: Size) -> Image<Encoded> {
        let count = 2 * self.scale.ceil() as usize;
        let part = |i: usize| (i as f64 + 0.5) / count as f64 - 0.5;
        Image::from_fn(size, old.channels(), |c, x, y| {
            let parts = (0..count).flat_map(|j| (0..count).map(move |i| (i, j)));
            let places = parts.map(|(i, j)| self.apply(Point::new(x as f64 + part(i), y as f64 + part(j))));
            places.map(|place| bilinear(old.plane(c), place)).sum::<f32>() / (count * count) as f32
        })
    }
}

fn bilinear(plane: Plane<'_>, at: Point) -> f32 {
    let inside = |v: f64, length: usize| v.clamp(0.0, (length - 1) as f64);
    let (x, y) = (inside(at.x, plane.size().width()), inside(at.y, plane.size().height()));
    let (fx, fy) = (x.fract() as f32, y.fract() as f32);
    let row = |y: usize| {
        let row = plane.row(y.min(plane.size().height() - 1));
        row[x as usize] * (1.0 - fx) + row[(x as usize + 1).min(row.len() - 1)] * fx
    };
    row(y as usize) * (1.0 - fy) + row(y as usize + 1) * fy
}
