//! A cascade of boosted stumps on differences of rectangles (Viola and Jones 2001), which tells whether a square shows
//! a face.

use super::integral::Integral;

/// Side of the cascade's window, in pixels.
pub(super) const WINDOW: usize = 24;
/// Windows whose standard deviation is this or less are flat, in grey values of 0..=255; as in OpenCV.
const FLAT: f32 = 10.0;

/// A rectangle of the window, and the weight of the sum of its pixels.
#[derive(Clone, Copy, Debug)]
struct Rectangle {
    x: usize,
    y: usize,
    width: usize,
    height: usize,
    weight: i32,
}

/// A decision stump: a threshold on a feature and two outcomes.
#[derive(Clone, Debug)]
struct Stump {
    rectangles: Vec<Rectangle>,
    threshold: f32,
    below: f32,
    above: f32,
}

/// A window passes if the sum of its stumps' outcomes reaches a threshold.
#[derive(Clone, Debug)]
struct Stage {
    least: f32,
    stumps: Vec<Stump>,
}

/// Windows that pass every stage show a face.
#[derive(Clone, Debug)]
pub(super) struct Cascade {
    stages: Vec<Stage>,
}

impl Cascade {
    /// The cascade from the bytes that `models/compact.py` wrote; none if they are anything else.
    pub(super) fn new(packed: &[u8]) -> Option<Self> {
        let mut bytes = Bytes(packed);
        let stages = (0..bytes.byte()?).map(|_| stage(&mut bytes)).collect::<Option<_>>()?;
        bytes.0.is_empty().then_some(Self { stages })
    }

    /// The cascade prepared for a picture that is `width` pixels wide.
    pub(super) fn over(&self, width: usize) -> Placed<'_> {
        let stumps = self.stages.iter().flat_map(|stage| &stage.stumps);
        let corners = stumps.map(|stump| {
            // A stump has two or three rectangles; a third one of weight 0 is not read.
            std::array::from_fn(|i| match stump.rectangles.get(i) {
                Some(r) => (Integral::corners(width, r.x, r.y, r.width, r.height), r.weight),
                None => ([0; 4], 0),
            })
        });
        let inner = Integral::corners(width, 1, 1, WINDOW - 2, WINDOW - 2);
        Placed { cascade: self, corners: corners.collect(), inner }
    }
}

fn stage(bytes: &mut Bytes<'_>) -> Option<Stage> {
    let count = bytes.byte()?;
    // Slightly less suffices, as in OpenCV: the sum may be rounded differently than in training.
    let least = bytes.float()? - 1e-5;
    Some(Stage { least, stumps: (0..count).map(|_| stump(bytes)).collect::<Option<_>>()? })
}

fn stump(bytes: &mut Bytes<'_>) -> Option<Stump> {
    let count = bytes.byte()?;
    let rectangles: Vec<_> = (0..count).map(|_| rectangle(bytes)).collect::<Option<_>>()?;
    let [threshold, below, above] = [bytes.float()?, bytes.float()?, bytes.float()?];
    matches!(count, 2 | 3).then_some(Stump { rectangles, threshold, below, above })
}

fn rectangle(bytes: &mut Bytes<'_>) -> Option<Rectangle> {
    let [x, y, width, height] = [bytes.byte()?, bytes.byte()?, bytes.byte()?, bytes.byte()?].map(usize::from);
    let weight = i32::from(i8::from_le_bytes([bytes.byte()?]));
    let inside = x + width <= WINDOW && y + height <= WINDOW;
    inside.then_some(Rectangle { x, y, width, height, weight })
}

/// The bytes that are still to be read.
struct Bytes<'a>(&'a [u8]);

impl Bytes<'_> {
    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (first, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(*first)
    }

    fn byte(&mut self) -> Option<u8> {
        self.take().map(|[byte]| byte)
    }

    fn float(&mut self) -> Option<f32> {
        self.take().map(f32::from_le_bytes).filter(|v| v.is_finite())
    }
}

/// A cascade, with the offsets of its rectangles' corners in a picture of one width.
pub(super) struct Placed<'a> {
    cascade: &'a Cascade,
    /// For each stump, the rectangles' corners and weights.
    corners: Vec<[([u32; 4], i32); 3]>,
    /// The window without its outermost pixels, whose contrast normalises all features.
    inner: [u32; 4],
}

impl Placed<'_> {
    /// Whether the window with this top left corner shows a face.
    pub(super) fn accepts(&self, sums: &Integral, x: usize, y: usize) -> bool {
        self.passed(sums, x, y) == self.cascade.stages.len()
    }

    /// The number of stages that the window with this top left corner passes.
    pub(super) fn passed(&self, sums: &Integral, x: usize, y: usize) -> usize {
        let at = sums.index(x, y);
        let deviation = sums.deviation(at, &self.inner, (WINDOW - 2) * (WINDOW - 2));
        if deviation <= FLAT {
            return 0;
        }
        let scale = (((WINDOW - 2) * (WINDOW - 2)) as f32 * deviation).recip();
        let mut corners = self.corners.iter();
        let passes = |stage: &&Stage| {
            let mut sum = 0.0;
            for (stump, [first, second, third]) in stage.stumps.iter().zip(&mut corners) {
                let mut value = first.1 * sums.sum(at, &first.0) + second.1 * sums.sum(at, &second.0);
                if third.1 != 0 {
                    value += third.1 * sums.sum(at, &third.0);
                }
                sum += if (value as f32) * scale < stump.threshold { stump.below } else { stump.above };
            }
            sum >= stage.least
        };
        self.cascade.stages.iter().take_while(passes).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PACKED: &[u8] = include_bytes!("../../models/frontalcatface.cascade");

    #[test]
    fn cascade_matches_the_published_one() {
        let cascade = Cascade::new(PACKED).unwrap();
        assert_eq!(cascade.stages.len(), 20);
        assert_eq!(cascade.stages.iter().map(|stage| stage.stumps.len()).sum::<usize>(), 1275);
    }

    #[test]
    fn cascade_refuses_damaged_bytes() {
        assert!(Cascade::new(&[]).is_none());
        assert!(Cascade::new(&PACKED[..PACKED.len() - 1]).is_none());
        assert!(Cascade::new(&[PACKED, &[0]].concat()).is_none());
        assert!(Cascade::new(&[0xff; 4096]).is_none());
    }
}
