//! Closures as whole-picture losses.

use std::{
    fmt,
    sync::{Arc, Mutex, PoisonError},
};

use candle_core::{DType, Device, Tensor, Var};
use nearfar_descent::WholeLoss;
use nearfar_image::{Channels, Encoded, Image, Size};

use crate::AutodiffError;

/// A closure over a picture's tensor as a loss, with its gradient by reverse-mode differentiation.
pub struct TensorLoss<F> {
    loss: F,
    fault: Fault,
}

/// The first error of a loss after its creation. Clones share it: keep one when the loss itself moves into a term.
#[derive(Clone, Debug, Default)]
pub struct Fault(Arc<Mutex<Option<AutodiffError>>>);

impl Fault {
    /// Returns why the loss failed, if it did; only once.
    #[must_use]
    pub fn take(&self) -> Option<AutodiffError> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    fn keep(&self, error: AutodiffError) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(error);
    }
}

impl<F> fmt::Debug for TensorLoss<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TensorLoss").finish_non_exhaustive()
    }
}

impl<F: Fn(&Tensor) -> candle_core::Result<Tensor> + Send + Sync> TensorLoss<F> {
    /// A loss that `loss` computes for pictures of `size`: given codes of shape channels x height x width, it returns
    /// one number. It is tested once, on a mid-grey picture.
    ///
    /// # Errors
    ///
    /// [`AutodiffError`] if it fails, returns anything but one finite number, does not depend on the picture, or has a
    /// gradient that is not finite.
    pub fn new(size: Size, channels: Channels, loss: F) -> Result<Self, AutodiffError> {
        let made = Self { loss, fault: Fault::default() };
        made.evaluate(&Image::filled(size, channels, 0.5))?;
        Ok(made)
    }

    /// The first error from now on.
    #[must_use]
    pub fn fault(&self) -> Fault {
        self.fault.clone()
    }

    /// The loss and its gradient with respect to every sample, all of them finite.
    fn evaluate(&self, picture: &Image<Encoded>) -> Result<(f64, Vec<f32>), AutodiffError> {
        let variable = Var::from_tensor(&crate::ops::tensor(picture)?)?;
        let loss = (self.loss)(variable.as_tensor())?;
        if loss.elem_count() != 1 {
            return Err(AutodiffError::NotScalar { elements: loss.elem_count() });
        }
        let value = loss.flatten_all()?.to_dtype(DType::F64)?.to_device(&Device::Cpu)?.to_vec1::<f64>()?[0];
        if !value.is_finite() {
            return Err(AutodiffError::NotFinite { value });
        }
        let mut gradients = loss.backward()?;
        let gradient = gradients.remove(variable.as_tensor()).ok_or(AutodiffError::NoGradient)?;
        let slopes: Vec<f32> = gradient.flatten_all()?.to_vec1()?;
        match slopes.iter().position(|slope| !slope.is_finite()) {
            Some(sample) => Err(AutodiffError::GradientNotFinite { sample, slope: slopes[sample] }),
            None => Ok((value, slopes)),
        }
    }
}

/// A loss that fails on some picture, although not on the one it was tested on, counts as infinite there, with a zero
/// gradient: solvers back away from it, and its [`Fault`] says why.
impl<F: Fn(&Tensor) -> candle_core::Result<Tensor> + Send + Sync> WholeLoss for TensorLoss<F> {
    fn value_and_gradient(&self, picture: &Image<Encoded>, gradient: &mut Image<Encoded>) -> f64 {
        match self.evaluate(picture) {
            Ok((value, slopes)) => {
                gradient.samples_mut().copy_from_slice(&slopes);
                value
            }
            Err(error) => {
                self.fault.keep(error);
                gradient.samples_mut().fill(0.0);
                f64::INFINITY
            }
        }
    }
}
