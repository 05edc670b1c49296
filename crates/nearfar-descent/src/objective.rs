//! Objectives: sums of terms.

use std::{fmt, sync::Arc};

use nearfar_image::{Channels, Encoded, Image, Size};
use nearfar_kernels::{Execution, rows::GROUP, sums::update};

use crate::{
    Losses, Term,
    term::Kind,
    view::{At, Sweep, View, afar_grid::GridWorkspace},
};

/// A sum of terms, with its gradient.
#[derive(Debug)]
pub struct Objective<'a> {
    terms: Vec<Term<'a>>,
}

/// The memory that evaluations work in: line buffers for each strip, partial losses, the grids of wide blurs, and a
/// picture if there are whole-picture losses. Terms that are compared plane by plane allocate a few planes while they
/// work; nothing else grows with the area of the picture.
pub struct Workspace<'a> {
    rows_per_strip: usize,
    /// For each strip, one sweep per term that has one.
    strips: Vec<Vec<Box<dyn Sweep + 'a>>>,
    /// For every term that has a sweep, its grid, if it has one.
    grids: Vec<Option<GridWorkspace>>,
    /// For every term that has a sweep, its partial losses. They are added in order, so that no schedule changes the
    /// sums.
    losses: Vec<Vec<f64>>,
    /// The gradient of a whole-picture loss.
    whole: Option<Image<Encoded>>,
}

impl fmt::Debug for Workspace<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Workspace").field("strips", &self.strips.len()).finish_non_exhaustive()
    }
}

/// A strip of rows and the memory that its evaluation writes.
struct Strip<'a, 't> {
    first: usize,
    rows: usize,
    /// For each channel, the rows of the gradient.
    gradient: Vec<&'a mut [f32]>,
    /// For each term that has a sweep, the losses of these rows; empty for terms on a grid.
    losses: Vec<&'a mut [f64]>,
    sweeps: &'a mut [Box<dyn Sweep + 't>],
}

impl<'a> Objective<'a> {
    /// The sum of all `terms`.
    ///
    /// # Panics
    ///
    /// If there is no term, or the terms are for pictures of different shapes.
    #[must_use]
    pub fn new(terms: Vec<Term<'a>>) -> Self {
        let shape = terms.first().map(|term| (term.size(), term.channels()));
        assert!(shape.is_some(), "an objective has a term");
        assert!(
            terms.iter().all(|term| Some((term.size(), term.channels())) == shape),
            "all terms are for pictures of one shape"
        );
        Self { terms }
    }

    /// The sum of these terms and `more`.
    ///
    /// # Panics
    ///
    /// If the new terms are for pictures of another shape.
    #[must_use]
    pub fn with(mut self, more: Vec<Term<'a>>) -> Self {
        self.terms.extend(more);
        Self::new(self.terms)
    }

    /// The terms, in the order in which their losses are reported.
    #[must_use]
    pub fn terms(&self) -> &[Term<'a>] {
        &self.terms
    }

    /// Size of the pictures that are evaluated.
    #[must_use]
    pub fn size(&self) -> Size {
        self.terms[0].size()
    }

    /// Channels of the pictures that are evaluated.
    #[must_use]
    pub fn channels(&self) -> Channels {
        self.terms[0].channels()
    }

    /// Estimate of the largest curvature, for transfer functions of slope 1.
    pub(crate) fn stiffness(&self) -> f64 {
        self.terms.iter().map(Term::stiffness).sum()
    }

    /// The terms that are compared row by row.
    fn views(&self) -> impl Iterator<Item = (f64, &Arc<dyn View<'a> + 'a>)> {
        self.terms.iter().filter_map(|term| match term.kind() {
            Kind::View(view) => Some((term.weight(), view)),
            Kind::Field(_) | Kind::Whole(_) => None,
        })
    }

    /// A workspace for evaluation with `execution`.
    #[must_use]
    pub fn workspace(&self, execution: &Execution) -> Workspace<'a> {
        let height = self.size().height();
        let rows_per_strip = execution.rows_per_strip(height).next_multiple_of(GROUP);
        let sweeps = || self.views().map(|(weight, view)| Arc::clone(view).sweep(weight)).collect();
        let has_whole = self.terms.iter().any(|term| matches!(term.kind(), Kind::Whole(_)));
        Workspace {
            rows_per_strip,
            strips: (0..height.div_ceil(rows_per_strip)).map(|_| sweeps()).collect(),
            grids: self.views().map(|(_, view)| view.grid(execution)).collect(),
            losses: self.views().map(|(_, view)| vec![0.0; view.partial_losses()]).collect(),
            whole: has_whole.then(|| Image::filled(self.size(), self.channels(), 0.0)),
        }
    }

    /// Returns the losses of `picture` and writes their gradient with respect to its codes into `gradient`.
    ///
    /// # Panics
    ///
    /// If either picture does not have the objective's shape.
    pub fn evaluate(
        &self,
        execution: &Execution,
        picture: &Image<Encoded>,
        gradient: &mut Image<Encoded>,
        workspace: &mut Workspace<'_>,
    ) -> Losses {
        let shape = (self.size(), self.channels());
        assert_eq!((picture.size(), picture.channels()), shape, "the picture has the objective's shape");
        assert_eq!((gradient.size(), gradient.channels()), shape, "the gradient has the objective's shape");
        self.evaluate_views(execution, picture, gradient, workspace);
        let mut partial = workspace.losses.iter();
        let mut losses = Losses::default();
        for term in &self.terms {
            let value = match term.kind() {
                Kind::View(_) => partial.next().expect("losses of every view").iter().sum(),
                Kind::Field(field) => field.add(picture, term.weight(), gradient, execution),
                Kind::Whole(loss) => {
                    let own = workspace.whole.as_mut().expect("room for a whole gradient");
                    let value = loss.value_and_gradient(picture, own);
                    let weight = term.weight() as f32;
                    update(execution, gradient.samples_mut(), [own.samples()], |sum, [own]| weight.mul_add(own, sum));
                    value
                }
            };
            losses.add(term.label(), term.weight(), value);
        }
        losses
    }

    fn evaluate_views(
        &self,
        execution: &Execution,
        picture: &Image<Encoded>,
        gradient: &mut Image<Encoded>,
        workspace: &mut Workspace<'_>,
    ) {
        let Workspace { rows_per_strip: rows, strips, grids, losses, .. } = workspace;
        let rows = *rows;
        for (((weight, view), grid), losses) in self.views().zip(&mut *grids).zip(&mut *losses) {
            if let Some(grid) = grid {
                view.evaluate_grid(grid, weight, picture, execution, losses);
            }
        }
        let height = self.size().height();
        let mut strips: Vec<_> = strips
            .iter_mut()
            .enumerate()
            .map(|(i, sweeps)| Strip {
                first: i * rows,
                rows: rows.min(height - i * rows),
                gradient: Vec::new(),
                losses: Vec::new(),
                sweeps,
            })
            .collect();
        for plane in gradient.planes_mut() {
            for (strip, (_, rows)) in strips.iter_mut().zip(plane.into_strips(rows)) {
                strip.gradient.push(rows);
            }
        }
        for (losses, grid) in losses.iter_mut().zip(&*grids) {
            let losses: &mut [f64] = if grid.is_some() { &mut [] } else { losses };
            let mut chunks = losses.chunks_mut(rows);
            for strip in &mut strips {
                strip.losses.push(chunks.next().unwrap_or_default());
            }
        }
        let grids = &*grids;
        execution.for_each(strips, |strip| evaluate_strip(execution, picture, grids, strip));
    }
}

fn evaluate_strip(
    execution: &Execution,
    picture: &Image<Encoded>,
    grids: &[Option<GridWorkspace>],
    strip: Strip<'_, '_>,
) {
    let Strip { first, rows, mut gradient, mut losses, sweeps } = strip;
    let at = |grid| At { picture, execution, grid };
    for (sweep, grid) in sweeps.iter_mut().zip(grids) {
        sweep.begin(&at(grid.as_ref()), first..first + rows);
    }
    let width = picture.size().width();
    for row in (0..rows).step_by(GROUP) {
        let of_group = row * width..(row + GROUP).min(rows) * width;
        let channels = gradient.len();
        let mut planes = gradient.iter_mut();
        // An array, so that nothing is allocated per group; grey pictures use only its first element.
        let mut group: [&mut [f32]; 3] =
            std::array::from_fn(|_| planes.next().map_or(&mut [][..], |plane| &mut plane[of_group.clone()]));
        let group = &mut group[..channels];
        group.iter_mut().for_each(|rows| rows.fill(0.0));
        for ((sweep, grid), losses) in sweeps.iter_mut().zip(grids).zip(&mut losses) {
            sweep.add_group(&at(grid.as_ref()), first + row, group, losses);
        }
    }
}
