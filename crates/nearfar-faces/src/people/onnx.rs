//! Reading weights from an ONNX file.
//!
//! ONNX is a protocol buffer: a message is a list of fields, each a key (`number << 3 | wire type`) and a value. Only
//! the few fields that lead to the weights are followed, as numbered in `onnx.proto3` (ONNX 1.x); the graph itself is
//! written out in the network.

use std::collections::HashMap;

/// The weights and biases of one convolution, in the order `[outputs, inputs, rows, columns]`.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Convolution {
    pub(super) shape: [usize; 4],
    pub(super) weights: Vec<f32>,
    pub(super) biases: Vec<f32>,
}

/// Every convolution of a model, in the order in which the graph computes them; none if the bytes are not such a model.
pub(super) fn convolutions(model: &[u8]) -> Option<Vec<Convolution>> {
    const MODEL_GRAPH: u64 = 7;
    const GRAPH_NODE: u64 = 1;
    const GRAPH_INITIALIZER: u64 = 5;
    const NODE_INPUT: u64 = 1;
    const NODE_OP_TYPE: u64 = 4;

    let graph = find(model, MODEL_GRAPH)?;
    let mut tensors = HashMap::new();
    let mut nodes = Vec::new();
    for field in Fields(graph) {
        match field? {
            (GRAPH_INITIALIZER, Value::Bytes(tensor)) => tensors.extend(Tensor::read(tensor)),
            (GRAPH_NODE, Value::Bytes(node)) if find(node, NODE_OP_TYPE)? == b"Conv" => nodes.push(node),
            _ => {}
        }
    }
    let convolution = |node: &&[u8]| {
        let mut inputs = all(node, NODE_INPUT).skip(1);
        let weights = tensors.get(inputs.next()?)?;
        let biases = tensors.get(inputs.next()?)?;
        let shape: [usize; 4] = weights.shape.as_slice().try_into().ok()?;
        (biases.shape == [shape[0]]).then(|| Convolution {
            shape,
            weights: weights.samples.clone(),
            biases: biases.samples.clone(),
        })
    };
    nodes.iter().map(convolution).collect()
}

struct Tensor {
    shape: Vec<usize>,
    samples: Vec<f32>,
}

impl Tensor {
    /// A named tensor of `f32`; none for other types, of which this model has only two, both for reshaping.
    fn read(message: &[u8]) -> Option<(&[u8], Self)> {
        const DIMS: u64 = 1;
        const DATA_TYPE: u64 = 2;
        const NAME: u64 = 8;
        const RAW_DATA: u64 = 9;
        const FLOAT: u64 = 1;

        let mut shape = Vec::new();
        let mut is_float = false;
        for field in Fields(message) {
            match field? {
                (DIMS, Value::Integer(length)) => shape.push(usize::try_from(length).ok()?),
                (DATA_TYPE, Value::Integer(kind)) => is_float = kind == FLOAT,
                _ => {}
            }
        }
        let (values, rest) = find(message, RAW_DATA)?.as_chunks();
        let count = shape.iter().try_fold(1_usize, |product, &length| product.checked_mul(length))?;
        let samples: Vec<_> = values.iter().map(|&bytes| f32::from_le_bytes(bytes)).collect();
        let complete = is_float && rest.is_empty() && samples.len() == count;
        complete.then_some((find(message, NAME)?, Self { shape, samples }))
    }
}

enum Value<'a> {
    Integer(u64),
    Bytes(&'a [u8]),
    /// A value of fixed width; none of them is needed.
    Fixed,
}

/// The fields of a message; a `None` item means that the rest cannot be read.
struct Fields<'a>(&'a [u8]);

impl<'a> Iterator for Fields<'a> {
    type Item = Option<(u64, Value<'a>)>;

    fn next(&mut self) -> Option<Self::Item> {
        (!self.0.is_empty()).then(|| {
            self.field().or_else(|| {
                self.0 = &[];
                None
            })
        })
    }
}

impl<'a> Fields<'a> {
    fn field(&mut self) -> Option<(u64, Value<'a>)> {
        let key = self.integer()?;
        let value = match key & 7 {
            0 => Value::Integer(self.integer()?),
            1 => self.take(8).map(|_| Value::Fixed)?,
            2 => {
                let length = usize::try_from(self.integer()?).ok()?;
                Value::Bytes(self.take(length)?)
            }
            5 => self.take(4).map(|_| Value::Fixed)?,
            _ => return None,
        };
        Some((key >> 3, value))
    }

    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken)
    }

    /// Seven bits per byte, the lowest first; the top bit says that more follow.
    fn integer(&mut self) -> Option<u64> {
        let mut value = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.take(1)?[0];
            value |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(value);
            }
        }
        None
    }
}

fn all(message: &[u8], number: u64) -> impl Iterator<Item = &[u8]> {
    Fields(message).filter_map(move |field| match field? {
        (found, Value::Bytes(bytes)) if found == number => Some(bytes),
        _ => None,
    })
}

fn find(message: &[u8], number: u64) -> Option<&[u8]> {
    all(message, number).next()
}
