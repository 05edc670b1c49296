//! Losses of one's own.

use nearfar_descent::{DescentError, Term, WholeLoss};
use nearfar_image::Pair;

/// A loss of one's own, asked of a hybrid beside what its method asks. It judges pictures of the hybrid's own size and
/// channels; the smaller ones of [`Start::Pyramid`](nearfar_descent::Start::Pyramid) know nothing of it.
#[derive(Clone, Copy, Debug)]
pub struct OwnLoss<'a> {
    /// What it is multiplied by, 0 or above. The losses beside it are sums over pixels, not means.
    pub weight: f64,
    /// The loss.
    pub loss: &'a dyn WholeLoss,
}

/// What it is called in a report.
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
