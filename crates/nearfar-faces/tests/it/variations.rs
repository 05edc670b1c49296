//! Photographs with realistic variations, shared by the tests and the example `animal_trials`.

use nearfar_image::{Encoded, Image, Point, Size};

use crate::seen::Seen;

/// A small generator (SplitMix64): trials must be identical on all platforms.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    /// A number from `low` to `high`.
    pub(crate) fn between(&mut self, low: f64, high: f64) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        low + (high - low) * ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    }
}

/// A photograph and the positions of its eyes, the left one first.
#[derive(Clone)]
pub(crate) struct Portrait {
    pub(crate) picture: Image<Encoded>,
    pub(crate) eyes: [Point; 2],
}

impl Portrait {
    /// As another camera might have taken it: perhaps mirrored, tilted by up to 20 degrees, at half to twice the size,
    /// cropped by up to a tenth on each side, lighter or darker, softer, and noisy.
    pub(crate) fn varied(&self, random: &mut Random) -> Self {
        let seen = if random.between(0.0, 1.0) < 0.5 { self.mirrored() } else { self.clone() };
        let zoom = random.between(-1.0, 1.0).exp2();
        let seen = seen.moved(zoom, random.between(-20.0, 20.0), [(); 4].map(|()| random.between(0.0, 0.1)));
        let (gamma, contrast, light) =
            (random.between(-0.5, 0.5).exp2(), random.between(0.6, 1.2), random.between(-0.1, 0.1));
        let noise = random.between(0.0, 0.06);
        let mut picture = if random.between(0.0, 1.0) < 0.5 { softened(&seen.picture) } else { seen.picture };
        for v in picture.samples_mut() {
            let exposed = 0.5 + contrast * (f64::from(*v).powf(gamma) - 0.5) + light;
            *v = (exposed + noise * random.between(-1.0, 1.0)).clamp(0.0, 1.0) as f32;
        }
        Self { picture, eyes: seen.eyes }
    }

    fn mirrored(&self) -> Self {
        let last = self.picture.size().width() - 1;
        let samples = |c: usize, x: usize, y: usize| self.picture.plane(c).row(y)[last - x];
        let [left, right] = self.eyes.map(|eye| Point::new(last as f64 - eye.x, eye.y));
        let picture = Image::from_fn(self.picture.size(), self.picture.channels(), samples);
        Self { picture, eyes: [right, left] }
    }

    /// Scaled by `zoom`, rotated clockwise about the eyes, and cropped by fractions at the left, right, top and bottom.
    pub(crate) fn moved(&self, zoom: f64, degrees: f64, crop: [f64; 4]) -> Self {
        let (width, height) = (self.picture.size().width() as f64, self.picture.size().height() as f64);
        let middle = self.eyes[0].midpoint(self.eyes[1]);
        let onto = Point::new(zoom * (middle.x - crop[0] * width), zoom * (middle.y - crop[2] * height));
        let seen = Seen { onto, from: middle, scale: zoom.recip(), radians: -degrees.to_radians() };
        let length = |length: f64, low: f64, high: f64| (zoom * length * (1.0 - low - high)).round() as usize;
        let size = Size::new(length(width, crop[0], crop[1]), length(height, crop[2], crop[3])).expect("not empty");
        Self { picture: seen.picture(&self.picture, size), eyes: self.eyes.map(|eye| seen.back(eye)) }
    }

    /// The larger of the two eyes' distances from their true positions, as a fraction of the eye distance.
    pub(crate) fn eye_error(&self, found: &[Point; 2]) -> f64 {
        let error = |k: usize| found[k].distance(self.eyes[k]);
        error(0).max(error(1)) / self.eyes[0].distance(self.eyes[1])
    }
}

/// Every pixel averaged with its eight neighbours.
fn softened(picture: &Image<Encoded>) -> Image<Encoded> {
    let (width, height) = (picture.size().width() as isize, picture.size().height() as isize);
    Image::from_fn(picture.size(), picture.channels(), |c, x, y| {
        let plane = picture.plane(c);
        let mut sum = 0.0;
        for (dy, wy) in (-1..).zip([0.25, 0.5, 0.25]) {
            let row = plane.row((y as isize + dy).clamp(0, height - 1) as usize);
            for (dx, wx) in (-1..).zip([0.25, 0.5, 0.25]) {
                sum += wx * wy * row[(x as isize + dx).clamp(0, width - 1) as usize];
            }
        }
        sum
    })
}
