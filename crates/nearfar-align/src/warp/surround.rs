//! The continuation of the far picture beyond its edges.

use nearfar_image::{Image, Linear, Point, Size};
use nearfar_kernels::{Execution, halved};

use super::region::mirror;

/// Side of the finest level, in samples.
pub(super) const SIDE: usize = 128;
/// Distance, in samples of the finest level, over which the far picture itself fades out. A level blurs by about 0.65
/// of its own samples (halving adds a variance of 1/4 of a finer sample's, reading by a cubic B-spline 1/3), and level
/// `k` is reached at a distance of `FADE * 2^k`: the blur is 0.32 of the distance.
const FADE: f64 = 2.0;

/// The far picture continued beyond its edges: mirrored, with a blur that grows with the distance.
///
/// Mirroring leaves no step at the edge, and the growing blur (sigma = 0.32 of the distance) leaves neither a frame
/// line nor a second face outside. Stored as a pyramid of small pictures.
#[derive(Debug)]
pub(super) struct Surround {
    far: Size,
    /// Light; each level has half the side of the one before, down to a single sample.
    levels: Vec<Image<Linear>>,
}

impl Surround {
    /// The surroundings of a picture of size `far`, from its light reduced to [`SIDE`] x [`SIDE`] samples.
    pub(super) fn new(far: Size, finest: Image<Linear>, execution: &Execution) -> Self {
        let mut levels = vec![finest];
        while let Some(last) = levels.last()
            && last.size().width() > 1
        {
            levels.push(halved(last, execution));
        }
        Self { far, levels }
    }

    /// Distance in far pixels over which the far picture itself fades out.
    pub(super) fn fade(&self) -> f64 {
        FADE * self.sample_size()
    }

    /// Far pixels per sample of the finest level.
    fn sample_size(&self) -> f64 {
        (self.far.area() as f64).sqrt() / SIDE as f64
    }

    /// Cross-fades from the light `sharp` of the mirrored far picture to the surroundings, by the distance `outside`
    /// from the far picture.
    pub(super) fn blend(&self, sharp: f32, channel: usize, at: Point, outside: f64) -> f32 {
        let top = self.levels.len() - 1;
        if !outside.is_finite() {
            return self.levels[top].plane(channel).samples()[0];
        }
        let distance = outside / self.sample_size();
        if distance < FADE {
            let t = distance / FADE;
            return mix(sharp, self.read(0, channel, at), t * t * (3.0 - 2.0 * t));
        }
        let level = (distance / FADE).log2().min(top as f64);
        let below = (level as usize).min(top - 1);
        mix(self.read(below, channel, at), self.read(below + 1, channel, at), level - below as f64)
    }

    /// The light of a level at a place in the far picture, interpolated by a cubic B-spline.
    fn read(&self, level: usize, channel: usize, at: Point) -> f32 {
        let plane = self.levels[level].plane(channel);
        let side = plane.size().width();
        let (first_x, wx) = spline((at.x + 0.5) * side as f64 / self.far.width() as f64 - 0.5);
        let (first_y, wy) = spline((at.y + 0.5) * side as f64 / self.far.height() as f64 - 0.5);
        let mut sum = 0.0;
        for (y, wy) in (first_y..).zip(wy) {
            let row = plane.row(mirror(y, side));
            for (x, wx) in (first_x..).zip(wx) {
                sum += wy * wx * row[mirror(x, side)];
            }
        }
        sum
    }
}

fn mix(a: f32, b: f32, t: f64) -> f32 {
    a + (b - a) * t as f32
}

/// First sample and the four weights of the cubic B-spline around a position.
fn spline(at: f64) -> (isize, [f32; 4]) {
    let t = (at - at.floor()) as f32;
    let s = 1.0 - t;
    let inner = |t: f32| (4.0 - 6.0 * t * t + 3.0 * t * t * t) / 6.0;
    (at.floor() as isize - 1, [s * s * s / 6.0, inner(t), inner(s), t * t * t / 6.0])
}
