//! An observed run of the optimiser.

use nearfar_descent::{Outcome, PyramidLevel, Run};

use crate::{
    Phase,
    event::{EventKind, Watch},
};

/// Takes a run to its end, or until the observer breaks.
pub(crate) fn optimise<'a, R: PyramidLevel<'a>>(
    mut run: Run<'a, R>,
    watch: &mut Watch<'_>,
) -> Result<Outcome, R::Error> {
    // Even a run that is stopped at once evaluates once, so that there is always a hybrid.
    let mut stopped = watch.begin(Phase::Mix, 0.0).is_err();
    while run.step()?.is_some() {
        if let Some(progress) = run.progress() {
            let preview = || run.preview();
            stopped |=
                watch.at(progress.share, EventKind::Evaluated { progress: &progress, preview: &preview }).is_err();
        }
        if stopped {
            break;
        }
    }
    run.finish()
}
