//! Layers: small grey pictures with the middle frequency band of a photograph.

use nearfar_image::{Channels, Encoded, Image, Plane, Point, REC709, Rect, Size};
use nearfar_kernels::{Border, Execution, Gaussian, SeparableBlur, halved};

use crate::{Resampling, Similarity, Transform, warp};

/// Longest side of the finest layer, in pixels.
const LONGEST: usize = 512;
/// Index of the coarsest layer; each layer has half the sides of the one before.
pub(super) const COARSEST: usize = 2;
/// Sigma of the blur whose difference from the layer is its band, in pixels of the layer.
const BAND_SIGMA: f64 = 4.0;

/// One layer: the grey picture, its band, and its position in the photograph.
pub(super) struct Layer {
    /// Grey codes.
    grey: Image<Encoded>,
    /// Grey codes less their blur.
    band: Image<Encoded>,
    /// From pixels of the layer to pixels of the photograph.
    pub(super) to_photograph: Similarity,
}

impl Layer {
    fn new(grey: Image<Encoded>, to_photograph: Similarity, execution: &Execution) -> Self {
        let taps = Gaussian::new(BAND_SIGMA).expect("a good sigma").taps();
        let mut band = grey.clone();
        SeparableBlur::new(grey.size(), &taps, Border::Mirror).apply(execution, grey.plane(0), band.plane_mut(0));
        for (b, g) in band.samples_mut().iter_mut().zip(grey.samples()) {
            *b = g - *b;
        }
        Self { grey, band, to_photograph }
    }

    pub(super) fn grey(&self) -> Plane<'_> {
        self.grey.plane(0)
    }

    pub(super) fn band(&self) -> Plane<'_> {
        self.band.plane(0)
    }
}

/// The layers of a photograph, finest first.
pub(super) fn layers(photograph: &Image<Encoded>, execution: &Execution) -> Vec<Layer> {
    let (grey, blocks) = grey_blocks(photograph);
    let from = photograph.size();
    let scale = from.longer_side() as f64 / LONGEST as f64;
    let side = |length: usize| ((length as f64 / scale).round() as usize).max(1);
    let size = Size::new(side(from.width()), side(from.height())).expect("at least one pixel");
    let mut to_photograph = Similarity::about(size.middle(), from.middle(), scale, 0.0);
    // The centre of a block is the centre of its pixels.
    let block = blocks as f64;
    let to_blocks = to_photograph.then(&Similarity::about(
        Point::new(0.5 * (block - 1.0), 0.5 * (block - 1.0)),
        Point::default(),
        1.0 / block,
        0.0,
    ));
    let map = Transform::Similarity(to_blocks);
    let mut grey = warp(&grey, &map, Rect::whole(size), &Resampling::default(), execution);
    let mut layers = Vec::with_capacity(COARSEST + 1);
    for _ in 0..=COARSEST {
        let next = halved(&grey, execution);
        layers.push(Layer::new(grey, to_photograph, execution));
        to_photograph = Similarity::about(Point::default(), Point::new(0.5, 0.5), 2.0, 0.0).then(&to_photograph);
        grey = next;
    }
    layers
}

/// The grey codes of a photograph, averaged over blocks of pixels if it is more than twice as large as needed, and the
/// side of a block. Pixels beyond the last whole block are dropped.
fn grey_blocks(photograph: &Image<Encoded>) -> (Image<Encoded>, usize) {
    let size = photograph.size();
    let block = (size.longer_side() / (2 * LONGEST)).clamp(1, size.shorter_side());
    let blocks = Size::new(size.width() / block, size.height() / block).expect("no block is larger than the picture");
    // Luma (ITU-R BT.709) of codes, since the edges to match are those visible to the eye.
    let weights: &[f32] = if photograph.channels() == Channels::Grey { &[1.0] } else { &REC709 };
    let mut grey = Image::filled(blocks, Channels::Grey, 0.0);
    for (plane, weight) in photograph.planes().zip(weights) {
        let weight = weight / (block * block) as f32;
        for (y, target) in grey.plane_mut(0).rows_mut().enumerate() {
            for row in y * block..(y + 1) * block {
                for (t, pixels) in target.iter_mut().zip(plane.row(row).chunks_exact(block)) {
                    *t += weight * pixels.iter().sum::<f32>();
                }
            }
        }
    }
    (grey, block)
}
