//! What is minimised: a sum of terms.

use nearfar_image::{Channels, Encoded, Image, Size};
use nearfar_kernels::{Execution, rows::GROUP};

use crate::{
    Losses, NearTerm, SeenTerm,
    grid::{GridSweep, GridSweepBuffers, GridWorkspace},
    near::{NearBuffers, NearSweep},
    seen::FarBlur,
    sweep::{Sweep, SweepBuffers},
};

/// A sum of one near term and any number of far terms (one for each distance), with its gradient.
#[derive(Clone, Debug)]
pub struct Objective<'a> {
    near: NearTerm<'a>,
    seen: Vec<SeenTerm>,
}

/// What one evaluation works in: line buffers for each strip, the losses of each row, and the grids of wide blurs. Nothing
/// else grows with the area of the picture.
#[derive(Debug)]
pub struct Workspace {
    rows_per_strip: usize,
    strips: Vec<StripBuffers>,
    /// The grid of every far term that has one.
    grids: Vec<Option<GridWorkspace>>,
    /// Unweighted losses of the pixels, of the details, then of every far term, row by row or by column of the grid. They
    /// are added in this order, so that no schedule changes the sums.
    losses: Vec<Vec<f64>>,
}

/// The near term has two losses: of pixels and of details.
const NEAR_LOSSES: usize = 2;

/// Line buffers of one strip.
#[derive(Debug)]
struct StripBuffers {
    near: NearBuffers,
    /// Of every far term.
    seen: Vec<TermBuffers>,
}

/// Line buffers of one far term for one strip.
#[derive(Debug)]
enum TermBuffers {
    Full(SweepBuffers),
    Grid(GridSweepBuffers),
}

/// One far term at work on one strip.
enum TermSweep<'a, const C: usize> {
    Full(Sweep<'a, C>),
    Grid(GridSweep<'a>),
}

/// A strip of rows and what its evaluation writes.
struct Strip<'a> {
    first: usize,
    /// Rows of the gradient, for each channel.
    gradient: Vec<&'a mut [f32]>,
    /// Losses of these rows, for each term; none for those on a grid.
    losses: Vec<&'a mut [f64]>,
    buffers: &'a mut StripBuffers,
}

impl<'a> Objective<'a> {
    /// The sum of `near` and all of `seen`.
    ///
    /// # Panics
    ///
    /// If the targets are not of one shape.
    #[must_use]
    pub fn new(near: NearTerm<'a>, seen: Vec<SeenTerm>) -> Self {
        let shape = (near.target().size(), near.target().channels());
        assert!(
            seen.iter().all(|term| (term.size(), term.channels()) == shape),
            "all terms speak of pictures of one shape"
        );
        Self { near, seen }
    }

    /// Size of the pictures that are evaluated.
    #[must_use]
    pub fn size(&self) -> Size {
        self.near.target().size()
    }

    /// Channels of the pictures that are evaluated.
    #[must_use]
    pub fn channels(&self) -> Channels {
        self.near.target().channels()
    }

    /// About the largest curvature there is: that of a checkerboard, where colour curves are as steep as 1.
    pub(crate) fn stiffness(&self) -> f64 {
        /// The squared differences of a checkerboard of plus and minus 1, to the right and down, for each pixel.
        const CHECKERBOARD: f64 = 8.0;
        let seen: f64 = self.seen.iter().map(SeenTerm::weight).sum();
        2.0 * (self.near.weight() + CHECKERBOARD * self.near.detail_weight() + seen)
    }

    /// Room to evaluate in with `execution`.
    #[must_use]
    pub fn workspace(&self, execution: &Execution) -> Workspace {
        let height = self.size().height();
        let rows_per_strip = execution.rows_per_strip(height).next_multiple_of(GROUP);
        let channels = self.channels().count();
        let buffers = |term: &SeenTerm| match term.blur() {
            FarBlur::Full(blur) => TermBuffers::Full(SweepBuffers::new(blur, channels)),
            FarBlur::Grid(blur) => TermBuffers::Grid(GridSweepBuffers::new(blur, channels)),
        };
        let strip_buffers =
            || StripBuffers { near: NearBuffers::new(&self.near), seen: self.seen.iter().map(buffers).collect() };
        let grid = |term: &SeenTerm| match term.blur() {
            FarBlur::Full(_) => None,
            FarBlur::Grid(blur) => Some(GridWorkspace::new(blur, channels, execution)),
        };
        let losses = self.seen.iter().map(|term| match term.blur() {
            FarBlur::Full(_) => height,
            FarBlur::Grid(blur) => blur.grid().width(),
        });
        let strips = height.div_ceil(rows_per_strip);
        Workspace {
            rows_per_strip,
            strips: (0..strips).map(|_| strip_buffers()).collect(),
            grids: self.seen.iter().map(grid).collect(),
            losses: [height; NEAR_LOSSES].into_iter().chain(losses).map(|rows| vec![0.0; rows]).collect(),
        }
    }

    /// The losses of `picture`, and their gradient by its codes in `gradient` (overwritten).
    ///
    /// # Panics
    ///
    /// If the pictures are not of the objective's shape, or the workspace is another objective's.
    pub fn evaluate(
        &self,
        execution: &Execution,
        picture: &Image<Encoded>,
        gradient: &mut Image<Encoded>,
        workspace: &mut Workspace,
    ) -> Losses {
        let shape = (self.size(), self.channels());
        assert_eq!((picture.size(), picture.channels()), shape, "the picture has the objective's shape");
        assert_eq!((gradient.size(), gradient.channels()), shape, "the gradient has the objective's shape");
        match self.channels() {
            Channels::Grey => self.evaluate_strips::<1>(execution, picture, gradient, workspace),
            Channels::Rgb => self.evaluate_strips::<3>(execution, picture, gradient, workspace),
        }
        let mut sums = workspace.losses.iter().map(|rows| rows.iter().sum::<f64>());
        let mut next = || sums.next().expect("the near term's two losses come first");
        let (near, detail) = (next(), next());
        let total = self.near.weight() * near + self.near.detail_weight() * detail;
        let mut losses = Losses { total, near, detail, far: 0.0 };
        for (term, far) in self.seen.iter().zip(sums) {
            losses.far += far;
            losses.total += term.weight() * far;
        }
        losses
    }

    fn evaluate_strips<const C: usize>(
        &self,
        execution: &Execution,
        picture: &Image<Encoded>,
        gradient: &mut Image<Encoded>,
        workspace: &mut Workspace,
    ) {
        let Workspace { rows_per_strip: rows, strips, grids, losses } = workspace;
        let rows = *rows;
        for ((term, grid), losses) in self.seen.iter().zip(&mut *grids).zip(&mut losses[NEAR_LOSSES..]) {
            if let (FarBlur::Grid(blur), Some(grid)) = (term.blur(), grid) {
                grid.evaluate::<C>(term, blur, picture, execution, losses);
            }
        }
        let mut strips: Vec<_> = strips
            .iter_mut()
            .enumerate()
            .map(|(i, buffers)| Strip { first: i * rows, gradient: Vec::new(), losses: Vec::new(), buffers })
            .collect();
        for plane in gradient.planes_mut() {
            for (strip, (_, rows)) in strips.iter_mut().zip(plane.into_strips(rows)) {
                strip.gradient.push(rows);
            }
        }
        let on_grid = [false; NEAR_LOSSES].into_iter().chain(grids.iter().map(Option::is_some));
        for (losses, on_grid) in losses.iter_mut().zip(on_grid) {
            let losses: &mut [f64] = if on_grid { &mut [] } else { losses };
            let mut chunks = losses.chunks_mut(rows);
            for strip in &mut strips {
                strip.losses.push(chunks.next().unwrap_or_default());
            }
        }
        execution.for_each(strips, |strip| self.evaluate_strip::<C>(execution, picture, grids, strip));
    }

    fn evaluate_strip<const C: usize>(
        &self,
        execution: &Execution,
        picture: &Image<Encoded>,
        grids: &[Option<GridWorkspace>],
        strip: Strip<'_>,
    ) {
        let Strip { first, mut gradient, mut losses, buffers } = strip;
        let width = self.size().width();
        let [near_losses, detail_losses, far_losses @ ..] = &mut losses[..] else {
            unreachable!("the near term's two losses come first");
        };
        let range = first..first + near_losses.len();
        let mut sweeps = Vec::with_capacity(self.seen.len());
        for ((term, buffers), grid) in self.seen.iter().zip(&mut buffers.seen).zip(grids) {
            sweeps.push(match (term.blur(), buffers, grid) {
                (FarBlur::Full(blur), TermBuffers::Full(buffers), None) => {
                    TermSweep::Full(Sweep::<C>::new(term, blur, execution, picture, buffers, range.clone()))
                }
                (FarBlur::Grid(blur), TermBuffers::Grid(buffers), Some(grid)) => TermSweep::Grid(GridSweep::new(
                    blur,
                    term.transfer(),
                    execution,
                    picture,
                    grid,
                    buffers,
                    range.clone(),
                )),
                _ => panic!("the workspace is another objective's"),
            });
        }
        let mut near = NearSweep::<C>::new(&self.near, execution.level(), picture, &mut buffers.near, first);
        for y in range.clone().step_by(GROUP) {
            let rows = y..(y + GROUP).min(range.end);
            let of_group = (rows.start - first) * width..(rows.end - first) * width;
            let mut planes = gradient.iter_mut();
            let mut group: [&mut [f32]; C] =
                std::array::from_fn(|_| &mut planes.next().expect("one plane for each channel")[of_group.clone()]);
            for (i, y) in rows.enumerate() {
                let rows = group.each_mut().map(|plane| &mut plane[i * width..][..width]);
                [near_losses[y - first], detail_losses[y - first]] = near.write_row(y, rows);
            }
            for (sweep, losses) in sweeps.iter_mut().zip(far_losses.iter_mut()) {
                let group = group.each_mut().map(|plane| &mut **plane);
                match sweep {
                    TermSweep::Full(sweep) => sweep.add_group(y, group, losses),
                    TermSweep::Grid(sweep) => sweep.add_group(y, group),
                }
            }
        }
    }
}
