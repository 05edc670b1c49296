//! YuNet: the layers and their connections.

use nearfar_kernels::Execution;

use super::{
    tensor::{Features, Pointwise, Separable},
    weights::Weights,
};

/// Strides of the three scales at which faces are predicted, in pixels per cell.
pub(super) const STRIDES: [usize; 3] = [8, 16, 32];

/// Number of planes of each part of a head, in this order: face score; position and size of the face (4); objectness;
/// five points, x and y (10).
pub(super) const HEAD: [usize; 4] = [1, 4, 1, 10];

/// The network: 26 pointwise convolutions, each followed by a depthwise 3 x 3 convolution, and one ordinary
/// convolution.
#[derive(Clone, Debug)]
pub(super) struct Network {
    entry: Pointwise,
    /// The blocks between successive halvings of the size.
    stages: [Vec<Separable>; 5],
    /// From fine to coarse, as [`STRIDES`].
    necks: [Separable; 3],
    heads: [Separable; 3],
}

/// Inputs and outputs of every block in the order of the model file, without heads.
const BLOCKS: [(usize, usize); 14] = [
    (16, 16),
    (16, 16),
    (16, 32),
    (32, 32),
    (32, 64),
    (64, 64),
    (64, 64),
    (64, 64),
    (64, 64),
    (64, 64),
    (64, 64),
    (64, 64),
    (64, 64),
    (64, 64),
];

impl Network {
    /// The network with the weights of the published model; none if the bytes are anything else.
    pub(super) fn new(model: &[u8]) -> Option<Self> {
        let mut weights = Weights::new(model)?;
        // Kernels of 3 x 3 samples of 3 colours.
        let entry = Pointwise::new(weights.convolution(16, 27)?);
        let shapes = BLOCKS.into_iter().chain(HEAD.into_iter().flat_map(|planes| [(64, planes); STRIDES.len()]));
        let mut block = |(inputs, outputs)| {
            let pointwise = Pointwise::new(weights.convolution(outputs, inputs)?);
            Some(Separable::new(pointwise, weights.convolution(outputs, 9)?))
        };
        let blocks: Vec<_> = shapes.map(&mut block).collect::<Option<_>>()?;
        if !weights.is_empty() {
            return None;
        }
        let (backbone, rest) = blocks.split_at(BLOCKS.len() - STRIDES.len());
        let (necks, heads) = rest.split_at(STRIDES.len());
        let stage = |from: usize, to: usize| backbone[from..to].to_vec();
        Some(Self {
            entry,
            stages: [stage(0, 1), stage(1, 5), stage(5, 7), stage(7, 9), stage(9, 11)],
            // The file has the coarsest first.
            necks: [2, 1, 0].map(|i| necks[i].clone()),
            heads: [0, 1, 2].map(|i| Separable::stacked(&[0, 3, 6, 9].map(|kind| &heads[kind + i]))),
        })
    }

    /// Three heads of 16 planes (see [`HEAD`]), in the order of [`STRIDES`], for planes blue, green, red in 0..=255
    /// whose sides are multiples of 32.
    pub(super) fn apply(&self, picture: &Features, execution: &Execution) -> [Features; 3] {
        let through = |blocks: &[Separable], features: Features| {
            blocks.iter().fold(features, |features, block| block.apply_rectified(&features, execution))
        };
        let [first, second, fine, middle, coarse] = &self.stages;
        let entry = self.entry.apply_rectified(&picture.neighbours_of_every_second(), execution);
        let stride4 = through(first, entry).max_pool();
        let stride8 = through(fine, through(second, stride4).max_pool());
        let stride16 = through(middle, stride8.max_pool());
        let stride32 = through(coarse, stride16.max_pool());

        let coarse = self.necks[2].apply_rectified(&stride32, execution);
        let middle = self.necks[1].apply_rectified(&stride16.add_doubled(&coarse), execution);
        let fine = self.necks[0].apply_rectified(&stride8.add_doubled(&middle), execution);
        let head = |i: usize, features: &Features| self.heads[i].apply(features, execution);
        [head(0, &fine), head(1, &middle), head(2, &coarse)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Output of onnxruntime 1.x for the same model with a free input size and the weights in half precision: for each stride, the mean of each plane of
    /// the head, and its mean with weights that grow from cell to cell.
    const REFERENCE: [([f64; 16], [f64; 16]); 3] = [
        (
            [
                -0.23539, 0.47693, 0.36399, 0.85622, 0.90784, -10.52571, -0.05201, -0.02777, 1.12827, -0.01795,
                0.56168, 0.80345, 0.13943, 1.25214, 0.82839, 1.33803,
            ],
            [
                -0.28185, 0.47331, 0.32474, 0.83891, 0.89662, -10.75786, -0.04359, 0.04364, 1.12151, 0.05349, 0.57423,
                0.88916, 0.17742, 1.33571, 0.85499, 1.33158,
            ],
        ),
        (
            [
                -0.21072, 0.44343, 0.45021, -0.16529, -0.05431, -10.14335, 0.25098, 0.21513, 0.48087, 0.21540, 0.33259,
                0.39752, 0.26824, 0.57404, 0.44933, 0.57338,
            ],
            [
                -0.25737, 0.44721, 0.44728, -0.17610, -0.06144, -10.20055, 0.25533, 0.25576, 0.47558, 0.25662, 0.32964,
                0.43824, 0.27200, 0.61191, 0.44530, 0.61458,
            ],
        ),
        (
            [
                -0.15314, 0.59145, 0.80141, 0.53506, 0.53876, -9.51424, 0.05263, 0.64072, 0.93211, 0.32206, 0.65782,
                1.19613, 0.39528, 1.31759, 1.22120, 1.07275,
            ],
            [
                -0.13805, 0.51840, 0.74455, 0.55475, 0.54928, -9.46612, 0.02474, 0.61344, 0.87856, 0.29721, 0.59264,
                1.13290, 0.33588, 1.25153, 1.09114, 1.02537,
            ],
        ),
    ];

    #[test]
    fn network_agrees_with_onnxruntime() {
        let network = Network::new(include_bytes!("../../models/yunet_2023mar.weights")).unwrap();
        let (width, height) = (96, 64);
        let value = |c: usize, x: usize, y: usize| (((3 * x + 5 * y) * (c + 1) + 7 * x * y) % 256) as f32;
        let samples =
            (0..3).flat_map(|c| (0..height).flat_map(move |y| (0..width).map(move |x| value(c, x, y)))).collect();
        let heads = network.apply(&Features { width, height, samples }, &Execution::single_threaded());
        for (head, (means, weighted)) in heads.iter().zip(REFERENCE) {
            for (k, plane) in head.planes().enumerate() {
                let weight = |cell: usize| 2.0 * (cell + 1) as f64 / (plane.len() + 1) as f64;
                let mean = |of: &dyn Fn(usize) -> f64| {
                    plane.iter().enumerate().map(|(cell, &v)| of(cell) * f64::from(v)).sum::<f64>() / plane.len() as f64
                };
                // Tolerance for summation order in single precision, and for the five decimals of the reference.
                assert!((mean(&|_| 1.0) - means[k]).abs() < 1e-4, "plane {k}: {} {}", mean(&|_| 1.0), means[k]);
                assert!((mean(&weight) - weighted[k]).abs() < 1e-4, "plane {k}, weighted");
            }
        }
    }

    #[test]
    fn network_refuses_damaged_models() {
        let model = include_bytes!("../../models/yunet_2023mar.weights");
        assert!(Network::new(&[]).is_none());
        assert!(Network::new(&model[..model.len() / 2]).is_none());
        assert!(Network::new(&[0xff; 64]).is_none());
        assert!(Network::new(&[model.as_slice(), &[0; 4]].concat()).is_none());
    }
}
