//! What is minimised: a sum of terms.

use nearfar_image::{Channels, Encoded, Image, Size};
use nearfar_kernels::{Execution, rows::GROUP};

use crate::{
    Losses, NearTerm, SeenTerm,
    seen::{Sweep, SweepBuffers},
};

/// A sum of one near term and any number of far terms (one for each distance), with its gradient.
#[derive(Clone, Debug)]
pub struct Objective {
    near: NearTerm,
    seen: Vec<SeenTerm>,
}

/// What one evaluation works in: line buffers for each strip and the losses of each row. Nothing in it grows with the
/// area of the picture.
#[derive(Debug)]
pub struct Workspace {
    rows_per_strip: usize,
    strips: Vec<StripBuffers>,
    /// Unweighted losses of the pixels, of the details, then of every far term, row by row. They are added from top to bottom, so that
    /// no schedule changes the sums.
    losses: Vec<Vec<f64>>,
}

/// Line buffers of one strip.
#[derive(Debug)]
struct StripBuffers {
    detail: Vec<f32>,
    /// Of every far term.
    seen: Vec<SweepBuffers>,
}

/// A strip of rows and what its evaluation writes.
struct Strip<'a> {
    first: usize,
    /// Rows of the gradient, for each channel.
    gradient: Vec<&'a mut [f32]>,
    /// Losses of these rows, for each term.
    losses: Vec<&'a mut [f64]>,
    buffers: &'a mut StripBuffers,
}

impl Objective {
    /// The sum of `near` and all of `seen`.
    ///
    /// # Panics
    ///
    /// If the targets are not of one shape.
    #[must_use]
    pub fn new(near: NearTerm, seen: Vec<SeenTerm>) -> Self {
        let shape = |image: &Image<Encoded>| (image.size(), image.channels());
        assert!(
            seen.iter().all(|term| shape(term.target()) == shape(near.target())),
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

    /// Room to evaluate in with `execution`.
    #[must_use]
    pub fn workspace(&self, execution: &Execution) -> Workspace {
        let height = self.size().height();
        let rows_per_strip = execution.rows_per_strip(height).next_multiple_of(GROUP);
        let buffers = || StripBuffers {
            detail: vec![0.0; self.near.line_len()],
            seen: self.seen.iter().map(SweepBuffers::new).collect(),
        };
        Workspace {
            rows_per_strip,
            strips: (0..height.div_ceil(rows_per_strip)).map(|_| buffers()).collect(),
            losses: vec![vec![0.0; height]; 2 + self.seen.len()],
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
        let rows = workspace.rows_per_strip;
        let mut strips: Vec<_> = workspace
            .strips
            .iter_mut()
            .enumerate()
            .map(|(i, buffers)| Strip { first: i * rows, gradient: Vec::new(), losses: Vec::new(), buffers })
            .collect();
        for plane in gradient.planes_mut() {
            for (strip, (_, rows)) in strips.iter_mut().zip(plane.into_strips(rows)) {
                strip.gradient.push(rows);
            }
        }
        for losses in &mut workspace.losses {
            for (strip, losses) in strips.iter_mut().zip(losses.chunks_mut(rows)) {
                strip.losses.push(losses);
            }
        }
        execution.for_each(strips, |strip| self.evaluate_strip::<C>(execution, picture, strip));
    }

    fn evaluate_strip<const C: usize>(&self, execution: &Execution, picture: &Image<Encoded>, strip: Strip<'_>) {
        let Strip { first, mut gradient, mut losses, buffers } = strip;
        let width = self.size().width();
        let [near_losses, detail_losses, far_losses @ ..] = &mut losses[..] else {
            unreachable!("the near term's two losses come first");
        };
        let range = first..first + near_losses.len();
        let mut sweeps: Vec<_> = self
            .seen
            .iter()
            .zip(&mut buffers.seen)
            .map(|(term, buffers)| Sweep::<C>::new(term, execution, picture, buffers, range.clone()))
            .collect();
        for y in range.clone().step_by(GROUP) {
            let rows = y..(y + GROUP).min(range.end);
            let of_group = (rows.start - first) * width..(rows.end - first) * width;
            let mut planes = gradient.iter_mut();
            let mut group: [&mut [f32]; C] =
                std::array::from_fn(|_| &mut planes.next().expect("one plane for each channel")[of_group.clone()]);
            for (i, y) in rows.enumerate() {
                let codes = std::array::from_fn(|c| picture.plane(c).row(y));
                let rows = group.each_mut().map(|plane| &mut plane[i * width..][..width]);
                near_losses[y - first] = self.near.write_row(execution.level(), y, codes, rows);
                if self.near.detail_weight() > 0.0 {
                    let rows = group.each_mut().map(|plane| &mut plane[i * width..][..width]);
                    let line = &mut buffers.detail;
                    detail_losses[y - first] = self.near.add_detail_row(execution.level(), y, picture, line, rows);
                }
            }
            for (sweep, losses) in sweeps.iter_mut().zip(far_losses.iter_mut()) {
                sweep.add_group(y, group.each_mut().map(|plane| &mut **plane), losses);
            }
        }
    }
}
