//! Losses of the caller's own.

use nearfar_descent::{DescentError, Term, WholeLoss};
use nearfar_image::Pair;

/// A loss of the caller's own, minimised together with the method's. It judges pictures of the hybrid's own size and
/// channels; the lower levels of [`Start::Pyramid`](nearfar_descent::Start::Pyramid) do not include it.
#[derive(Clone, Copy, Debug)]
pub struct OwnLoss<'a> {
    /// Its weight, 0 or above. The losses beside it are sums over pixels, not means.
    pub weight: f64,
    /// The loss.
    pub loss: &'a dyn WholeLoss,
}

/// Its name in reports.
const NAME: &str = "own";

impl<'a> OwnLoss<'a> {
    /// A term of the objective for a pair.
    pub(crate) fn term(self, pair: &Pair) -> Result<Term<'a>, DescentError> {
        let Self { weight, loss } = self;
        if !(weight.is_finite() && weight >= 0.0) {
            return Err(DescentError::Weight { name: "weight of the loss of one's own", value: weight });
        }
        Ok(Term::whole(NAME, weight, pair.size(), pair.channels(), loss))
    }
}
