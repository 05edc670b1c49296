//! One size of a minimisation.

use nearfar_image::{Encoded, Image};
use nearfar_kernels::Execution;

use crate::{DescentError, Objective, Parametrization, Solver};

/// What is minimised at one size, and at half of it.
pub trait Rung<'a>: Sized {
    /// Why it cannot be.
    type Error: From<DescentError>;

    /// The picture whose details a hybrid has when it comes from a coarser size.
    fn near(&self) -> &Image<Encoded>;

    /// The same at half the size, if that is of use.
    fn halved(&self, execution: &Execution) -> Option<Self>;

    /// The picture to start from where there is nothing coarser.
    ///
    /// # Errors
    ///
    /// There is none.
    fn start(&self, execution: &Execution) -> Result<Image<Encoded>, Self::Error>;

    /// What is minimised.
    ///
    /// # Errors
    ///
    /// A term makes no sense.
    fn objective(&self, execution: &Execution) -> Result<Objective<'a>, Self::Error>;

    /// How it is minimised, and within what.
    fn solver(&self) -> (Solver, Parametrization) {
        (Solver::default(), Parametrization::default())
    }

    /// Sigma of the far view's blur in pixels of this size, the widest if there are several; 0 if there is none.
    fn far_sigma(&self) -> f64;
}
