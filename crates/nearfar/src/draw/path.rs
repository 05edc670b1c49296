//! Outlines, and their coverage of each pixel.

use ab_glyph_rasterizer::{Point, Rasterizer};

/// Closed outlines to fill. Overlaps are filled only once.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Path {
    pieces: Vec<Piece>,
}

/// A piece of an outline.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Piece {
    Line([[f64; 2]; 2]),
    Quadratic([[f64; 2]; 3]),
    Cubic([[f64; 2]; 4]),
}

/// Sides of the polygon that approximates a circle: at a radius of 8 pixels the error is 0.04 pixels.
const CIRCLE_SIDES: usize = 32;

/// Shapes wider or higher than this, in pixels, are not drawn: no picture is as large.
const LARGEST: f64 = 32768.0;

impl Path {
    /// A polygon with these corners.
    #[must_use]
    pub fn polygon(places: &[[f64; 2]]) -> Self {
        let mut places = places.to_vec();
        // Overlaps add up only if all shapes have the same orientation.
        let next = |i: usize| places[(i + 1) % places.len()];
        let area: f64 = (0..places.len()).map(|i| places[i][0] * next(i)[1] - next(i)[0] * places[i][1]).sum();
        if area < 0.0 {
            places.reverse();
        }
        let sides = (0..places.len()).map(|i| Piece::Line([places[i], places[(i + 1) % places.len()]]));
        Self { pieces: sides.collect() }
    }

    /// A rectangle by its top left corner, width and height.
    #[must_use]
    pub fn rectangle([x, y]: [f64; 2], [width, height]: [f64; 2]) -> Self {
        Self::polygon(&[[x, y], [x + width, y], [x + width, y + height], [x, y + height]])
    }

    /// A circle.
    #[must_use]
    pub fn circle([x, y]: [f64; 2], radius: f64) -> Self {
        let place = |i: usize| {
            let angle = std::f64::consts::TAU * i as f64 / CIRCLE_SIDES as f64;
            [x + radius * angle.cos(), y + radius * angle.sin()]
        };
        Self::polygon(&std::array::from_fn::<_, CIRCLE_SIDES, _>(place))
    }

    /// A line of the given width through these points, with round ends and corners.
    #[must_use]
    pub fn line(places: &[[f64; 2]], width: f64) -> Self {
        let half = 0.5 * width;
        let mut path = Self::default();
        for &place in places {
            path.add(Self::circle(place, half));
        }
        for ends in places.windows(2) {
            let [[ax, ay], [bx, by]] = [ends[0], ends[1]];
            let length = (bx - ax).hypot(by - ay);
            if length > 0.0 {
                let (dx, dy) = (half * (by - ay) / length, half * (ax - bx) / length);
                path.add(Self::polygon(&[
                    [ax + dx, ay + dy],
                    [bx + dx, by + dy],
                    [bx - dx, by - dy],
                    [ax - dx, ay - dy],
                ]));
            }
        }
        path
    }

    /// Adds another path.
    pub fn add(&mut self, other: Self) {
        self.pieces.extend(other.pieces);
    }

    pub(super) fn from_pieces(pieces: Vec<Piece>) -> Self {
        Self { pieces }
    }

    /// The path with every point mapped by a function that keeps straight lines straight.
    #[must_use]
    pub fn mapped(&self, map: impl Fn([f64; 2]) -> [f64; 2]) -> Self {
        let moved = |piece: &Piece| match *piece {
            Piece::Line(places) => Piece::Line(places.map(&map)),
            Piece::Quadratic(places) => Piece::Quadratic(places.map(&map)),
            Piece::Cubic(places) => Piece::Cubic(places.map(&map)),
        };
        Self { pieces: self.pieces.iter().map(moved).collect() }
    }

    /// Calls `paint` with column, row and coverage (0 to 1) of every pixel that is covered in part or in full; columns and
    /// rows may lie outside any picture.
    pub fn cover(&self, mut paint: impl FnMut(isize, isize, f32)) {
        let places = || {
            self.pieces.iter().flat_map(|piece| match piece {
                Piece::Line(places) => &places[..],
                Piece::Quadratic(places) => &places[..],
                Piece::Cubic(places) => &places[..],
            })
        };
        let least = |axis: usize| places().map(|place| place[axis]).fold(f64::INFINITY, f64::min).floor();
        let most = |axis: usize| places().map(|place| place[axis]).fold(f64::NEG_INFINITY, f64::max).ceil();
        let (left, top) = (least(0), least(1));
        let (width, height) = (most(0) - left, most(1) - top);
        if !(width >= 1.0 && height >= 1.0 && width <= LARGEST && height <= LARGEST) {
            return;
        }
        let mut rasterizer = Rasterizer::new(width as usize, height as usize);
        let point = |[x, y]: [f64; 2]| Point { x: (x - left) as f32, y: (y - top) as f32 };
        for piece in &self.pieces {
            match *piece {
                Piece::Line([a, b]) => rasterizer.draw_line(point(a), point(b)),
                Piece::Quadratic([a, b, c]) => rasterizer.draw_quad(point(a), point(b), point(c)),
                Piece::Cubic([a, b, c, d]) => rasterizer.draw_cubic(point(a), point(b), point(c), point(d)),
            }
        }
        rasterizer.for_each_pixel_2d(|x, y, share| {
            if share > 0.0 {
                paint(left as isize + x as isize, top as isize + y as isize, share.min(1.0));
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn area(path: &Path) -> f64 {
        let mut sum = 0.0;
        path.cover(|_, _, share| sum += f64::from(share));
        sum
    }

    #[test]
    fn shapes_cover_their_area() {
        assert!((area(&Path::rectangle([1.25, -2.5], [3.0, 2.5])) - 7.5).abs() < 1e-4);
        let circle = area(&Path::circle([10.3, 9.7], 8.0));
        assert!((circle / (64.0 * std::f64::consts::PI) - 1.0).abs() < 0.01, "{circle}");
        // The two round ends together make one circle.
        let line = area(&Path::line(&[[5.0, 5.0], [5.0, 25.0]], 4.0));
        assert!((line / (80.0 + 4.0 * std::f64::consts::PI) - 1.0).abs() < 0.01, "{line}");
    }

    #[test]
    fn overlaps_are_filled_once_whichever_way_they_turn() {
        let mut path = Path::polygon(&[[0.0, 0.0], [4.0, 0.0], [4.0, 4.0], [0.0, 4.0]]);
        path.add(Path::polygon(&[[0.0, 4.0], [4.0, 4.0], [4.0, 0.0], [0.0, 0.0]]));
        assert!((area(&path) - 16.0).abs() < 1e-4);
    }

    #[test]
    fn nothing_and_nonsense_cover_nothing() {
        let paths = [
            Path::default(),
            Path::polygon(&[]),
            Path::line(&[[f64::NAN, 1.0], [2.0, 2.0]], 1.0),
            Path::rectangle([0.0, 0.0], [1e9, 1e9]),
        ];
        for path in paths {
            assert!(area(&path).abs() < 1e-9, "{path:?}");
        }
    }
}
