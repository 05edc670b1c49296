//! A closure as a whole-picture loss.

use std::fmt;

use candle_core::{DType, Device, Tensor, Var};
use nearfar_descent::WholeLoss;
use nearfar_image::{Channels, Encoded, Image, Size};

use crate::AutodiffError;

/// A closure over a picture's tensor as a loss, with its gradient by reverse-mode differentiation.
pub struct TensorLoss<F> {
    loss: F,
}

impl<F> fmt::Debug for TensorLoss<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TensorLoss").finish_non_exhaustive()
    }
}

impl<F: Fn(&Tensor) -> candle_core::Result<Tensor> + Send + Sync> TensorLoss<F> {
    /// The loss that `loss` computes of pictures of `size`: given channels x height x width codes, it returns one number. It is
    /// tried once, on a mid-grey picture.
    ///
    /// # Errors
    ///
    /// [`AutodiffError`]: it fails, returns something else than one finite number, or does not depend on the picture.
    pub fn new(size: Size, channels: Channels, loss: F) -> Result<Self, AutodiffError> {
        let made = Self { loss };
        let (value, _) = made.evaluate(&Image::filled(size, channels, 0.5))?;
        if !value.is_finite() {
            return Err(AutodiffError::NotFinite { value });
        }
        Ok(made)
    }

    /// The loss and its gradient by every sample.
    fn evaluate(&self, picture: &Image<Encoded>) -> Result<(f64, Vec<f32>), AutodiffError> {
        let variable = Var::from_tensor(&crate::ops::tensor(picture)?)?;
        let loss = (self.loss)(variable.as_tensor())?;
        if loss.elem_count() != 1 {
            return Err(AutodiffError::NotScalar { elements: loss.elem_count() });
        }
        let value = loss.flatten_all()?.to_dtype(DType::F64)?.to_device(&Device::Cpu)?.to_vec1::<f64>()?[0];
        let mut gradients = loss.backward()?;
        let gradient = gradients.remove(variable.as_tensor()).ok_or(AutodiffError::NoGradient)?;
        Ok((value, gradient.flatten_all()?.to_vec1()?))
    }
}

/// A loss that fails on some picture, as it did not on the one it was tried on, counts as infinite there, without a gradient:
/// solvers step back from it.
impl<F: Fn(&Tensor) -> candle_core::Result<Tensor> + Send + Sync> WholeLoss for TensorLoss<F> {
    fn value_and_gradient(&self, picture: &Image<Encoded>, gradient: &mut Image<Encoded>) -> f64 {
        match self.evaluate(picture) {
            Ok((value, slopes)) if slopes.len() == gradient.samples().len() => {
                gradient.samples_mut().copy_from_slice(&slopes);
                value
            }
            _ => {
                gradient.samples_mut().fill(0.0);
                f64::INFINITY
            }
        }
    }
}
