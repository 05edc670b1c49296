//! Coverage: the part of the near picture that the far picture covers.

use std::ops::Range;

use nearfar_image::{Point, Rect, Size};

use crate::{Transform, warp::distance_outside};

/// The pixels of the near picture that the far picture covers: for each row, the longest run of them. A projective map
/// covers at most one run per row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coverage {
    frame: Size,
    runs: Vec<Range<usize>>,
}

impl Coverage {
    /// The pixels of a picture of size `near` whose centres are mapped into a picture of size `far`.
    #[must_use]
    pub fn new(transform: &Transform, near: Size, far: Size) -> Self {
        let transform = transform.prepared();
        let covered =
            |x: usize, y: usize| distance_outside(transform.apply(Point::new(x as f64, y as f64)), far) <= 0.0;
        let runs = (0..near.height()).map(|y| longest_run(near.width(), |x| covered(x, y))).collect();
        Self { frame: near, runs }
    }

    /// Size of the near picture.
    #[must_use]
    pub fn frame(&self) -> Size {
        self.frame
    }

    /// Whether pixel `(x, y)` is covered.
    #[must_use]
    pub fn contains(&self, x: usize, y: usize) -> bool {
        self.runs.get(y).is_some_and(|run| run.contains(&x))
    }

    /// The covered pixels of row `y`.
    ///
    /// # Panics
    ///
    /// If there is no such row.
    #[must_use]
    pub fn row(&self, y: usize) -> Range<usize> {
        self.runs[y].clone()
    }

    /// Covered share of the near picture, in `[0, 1]`.
    #[must_use]
    pub fn share(&self) -> f64 {
        self.runs.iter().map(ExactSizeIterator::len).sum::<usize>() as f64 / self.frame.area() as f64
    }

    /// Whether every pixel is covered.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.runs.iter().all(|run| run.len() == self.frame.width())
    }

    /// The smallest rectangle that contains every covered pixel; `None` if nothing is covered.
    #[must_use]
    pub fn bounds(&self) -> Option<Rect> {
        let rows = || self.runs.iter().enumerate().filter(|(_, run)| !run.is_empty());
        let (top, bottom) = (rows().next()?.0, rows().next_back()?.0 + 1);
        let left = rows().map(|(_, run)| run.start).min()?;
        let right = rows().map(|(_, run)| run.end).max()?;
        Size::new(right - left, bottom - top).ok().map(|size| Rect { x: left, y: top, size })
    }

    /// The largest covered rectangle that contains `subject`, if there is one.
    #[must_use]
    pub fn largest_around(&self, subject: Rect) -> Option<Rect> {
        let (top, bottom) = (subject.y, subject.y + subject.size.height());
        let (left, right) = (subject.x, subject.x + subject.size.width());
        let mut base = 0..self.frame.width();
        for run in self.runs.get(top..bottom)? {
            base = base.start.max(run.start)..base.end.min(run.end);
        }
        if base.start > left || base.end < right {
            return None;
        }
        // Candidate rows above the subject, with the width that they leave; then likewise below for each.
        let mut best: Option<Rect> = None;
        let mut above = base;
        for y0 in (0..=top).rev() {
            let Some(run) = narrowed(&above, &self.runs[y0], left, right) else { break };
            above = run;
            let mut span = above.clone();
            for y1 in bottom..=self.frame.height() {
                if y1 > bottom {
                    let Some(run) = narrowed(&span, &self.runs[y1 - 1], left, right) else { break };
                    span = run;
                }
                let area = span.len() * (y1 - y0);
                if best.is_none_or(|b| area > b.size.area()) {
                    let size = Size::new(span.len(), y1 - y0).ok()?;
                    best = Some(Rect { x: span.start, y: y0, size });
                }
            }
        }
        best
    }

    /// The largest covered rectangle; `None` if nothing is covered.
    #[must_use]
    pub fn largest(&self) -> Option<Rect> {
        let mut best: Option<Rect> = None;
        for y0 in 0..self.frame.height() {
            let mut span = 0..self.frame.width();
            for y1 in y0..self.frame.height() {
                span = span.start.max(self.runs[y1].start)..span.end.min(self.runs[y1].end);
                // No rectangle from here down can be larger than this width times all remaining rows.
                let limit = span.len() * (self.frame.height() - y0);
                if span.is_empty() || best.is_some_and(|b| limit <= b.size.area()) {
                    break;
                }
                if best.is_none_or(|b| span.len() * (y1 + 1 - y0) > b.size.area()) {
                    best = Size::new(span.len(), y1 + 1 - y0).ok().map(|size| Rect { x: span.start, y: y0, size });
                }
            }
        }
        best
    }
}

/// The intersection of two runs, if it still contains the columns from `left` to `right`.
fn narrowed(a: &Range<usize>, b: &Range<usize>, left: usize, right: usize) -> Option<Range<usize>> {
    let both = a.start.max(b.start)..a.end.min(b.end);
    (both.start <= left && both.end >= right).then_some(both)
}

fn longest_run(length: usize, covered: impl Fn(usize) -> bool) -> Range<usize> {
    let (mut best, mut start) = (0..0, 0);
    for x in 0..length {
        if !covered(x) {
            start = x + 1;
        } else if x + 1 - start > best.len() {
            best = start..x + 1;
        }
    }
    best
}
