//! One size of a minimisation.

use nearfar_image::{Encoded, Image};
use nearfar_kernels::Execution;

use crate::{DescentError, Objective, Parametrization, Solver};

/// A problem at one size, and at half of it.
pub trait PyramidLevel<'a>: Sized {
    /// Why the problem cannot be built.
    type Error: From<DescentError>;

    /// The picture that gives a hybrid its details when it comes from a coarser size.
    fn near(&self) -> &Image<Encoded>;

    /// The same problem at half the size, if that is useful.
    fn halved(&self, execution: &Execution) -> Option<Self>;

    /// The start where there is no coarser size.
    ///
    /// # Errors
    ///
    /// If there is none.
    fn start(&self, execution: &Execution) -> Result<Image<Encoded>, Self::Error>;

    /// The objective.
    ///
    /// # Errors
    ///
    /// If a term is invalid.
    fn objective(&self, execution: &Execution) -> Result<Objective<'a>, Self::Error>;

    /// The solver and the parametrisation.
    fn solver(&self) -> (Solver, Parametrization) {
        (Solver::default(), Parametrization::default())
    }

    /// Sigma of the far view's blur in pixels of this size, the largest if there are several; 0 if there is none.
    fn far_sigma(&self) -> f64;
}
