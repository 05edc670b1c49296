//! An observed run of the optimiser.

use nearfar_descent::{Outcome, Run, Rung};

use crate::{
    Phase,
    event::{Watch, What},
};

/// Takes a run to its end, or until the observer breaks.
pub(crate) fn optimise<'a, R: Rung<'a>>(mut run: Run<'a, R>, watch: &mut Watch<'_>) -> Result<Outcome, R::Error> {
    // Even a run that is stopped at once evaluates once, so that there is always a hybrid.
    let mut stopped = watch.begin(Phase::Mix, 0.0).is_err();
    while run.step()?.is_some() {
        if let Some(progress) = run.progress() {
            let preview = || run.preview();
            stopped |= watch.at(progress.share, What::Evaluated { progress: &progress, preview: &preview }).is_err();
        }
        if stopped {
            break;
        }
    }
    run.finish()
}
