//! An objective minimised from the coarsest size to the finest.

use nearfar_descent::{Losses, Minimisation, Objective, Parametrization, Solver, StopReason, StopRule, refined};
use nearfar_image::{Encoded, Image};
use nearfar_kernels::Execution;

use crate::{
    MixError, Phase,
    event::{Watch, What},
};

/// What is minimised at one size.
pub(crate) trait Rung: Sized {
    /// The picture whose details a hybrid has when it comes from a coarser size.
    fn near(&self) -> &Image<Encoded>;

    /// The same at half the size, if that is of use.
    fn halved(&self, execution: &Execution) -> Option<Self>;

    /// The picture to start from where there is nothing coarser.
    fn start(&self, execution: &Execution) -> Result<Image<Encoded>, MixError>;

    /// What is minimised.
    fn objective(&self, execution: &Execution) -> Result<Objective<'_>, MixError>;
}

/// What came of it.
pub(crate) struct Descended {
    pub(crate) picture: Image<Encoded>,
    pub(crate) losses: Losses,
    /// At all sizes.
    pub(crate) evaluations: usize,
    pub(crate) stop_reason: StopReason,
}

/// Minimises the objective of `finest`, each size starting from what was found at the coarser one.
pub(crate) fn descend<R: Rung>(
    finest: R,
    stop: StopRule,
    execution: &Execution,
    watch: &mut Watch<'_>,
) -> Result<Descended, MixError> {
    let mut finer = Vec::new();
    let mut rung = finest;
    while let Some(coarser) = rung.halved(execution) {
        finer.push(std::mem::replace(&mut rung, coarser));
    }
    let area = |rung: &R| rung.near().size().area() as f64;
    let all = area(&rung) + finer.iter().map(area).sum::<f64>();
    let (count, mut evaluations, mut done) = (finer.len() + 1, 0, 0.0);
    let mut start = rung.start(execution)?;
    loop {
        let objective = rung.objective(execution)?;
        let mut work = Minimisation::new(objective, start, Solver::default(), Parametrization::Box, stop, execution)?;
        let mut stopped = watch.begin(Phase::Mix, done).is_err();
        let part = area(&rung) / all;
        // Even a run that is stopped at once is evaluated once: there is always a hybrid.
        while !work.has_ended() {
            work.step();
            if let Some(progress) = work.progress() {
                let progress = progress.at_level(count - 1 - finer.len(), count, evaluations, (done, part));
                let preview = || full_size(work.picture().clone(), &rung, &finer, execution);
                let what = What::Evaluated { progress: &progress, preview: &preview };
                stopped |= watch.at(progress.share, what).is_err();
            }
            if stopped {
                break;
            }
        }
        let outcome = work.finish();
        (evaluations, done) = (evaluations + outcome.evaluations, done + part);
        let next = if stopped { None } else { finer.pop() };
        let Some(next) = next else {
            let picture = full_size(outcome.hybrid, &rung, &finer, execution);
            let stop_reason = if stopped { StopReason::Cancelled } else { outcome.stop_reason };
            let losses = match finer.first() {
                None => outcome.losses,
                // Stopped at a coarser size: what the picture costs is what it costs at the full one.
                Some(finest) => {
                    let objective = finest.objective(execution)?;
                    let (mut gradient, mut workspace) = (picture.clone(), objective.workspace(execution));
                    objective.evaluate(execution, &picture, &mut gradient, &mut workspace)
                }
            };
            return Ok(Descended { picture, losses, evaluations, stop_reason });
        };
        start = refined(next.near(), outcome.hybrid, rung.near(), execution);
        rung = next;
    }
}

/// A hybrid of the size of `rung`, brought to the full one, the first of `finer`, by way of those in between.
fn full_size<R: Rung>(hybrid: Image<Encoded>, rung: &R, finer: &[R], execution: &Execution) -> Image<Encoded> {
    let (mut picture, mut coarse) = (hybrid, rung.near());
    for finer in finer.iter().rev() {
        picture = refined(finer.near(), picture, coarse, execution);
        coarse = finer.near();
    }
    picture
}
