//! The view from afar at every pixel: one pass down the rows.

use std::{ops::Range, sync::Arc};

use nearfar_image::{Channels, Encoded, Image};
use nearfar_kernels::{
    Execution, SeparableBlur,
    rows::{self, GROUP},
};

use super::{
    At, Sweep, View,
    afar::{Afar, Eye, Light},
    ring::Ring,
};

/// The view from afar, compared at every pixel.
#[derive(Debug)]
pub(crate) struct AfarFull {
    afar: Afar,
    blur: SeparableBlur,
}

impl AfarFull {
    pub(crate) fn new(
        channels: Channels,
        far: &Image<Encoded>,
        eye: &Eye,
        blur: SeparableBlur,
        execution: &Execution,
    ) -> Self {
        let blurred = |weights: &[f32]| {
            let light = Light { picture: far, weights, transfer: eye.transfer };
            blurred(light, &blur, execution)
        };
        let afar = Afar::new(channels, far, eye, 1.0, execution, blurred);
        Self { afar, blur }
    }
}

impl<'a> View<'a> for AfarFull {
    fn partial_losses(&self) -> usize {
        self.blur.size().height()
    }

    fn stiffness(&self) -> f64 {
        1.0
    }

    fn set_mask(&mut self, mask: Image<Encoded>) {
        self.afar.mask = Some(mask);
    }

    fn sweep(self: Arc<Self>, weight: f64) -> Box<dyn Sweep + 'a> {
        Box::new(FullSweep::new(self, weight))
    }
}

/// `blur(light)`.
fn blurred(light: Light<'_>, blur: &SeparableBlur, execution: &Execution) -> Image<Encoded> {
    let mut sharp = Image::<Encoded>::filled(blur.size(), Channels::Grey, 0.0);
    let mut seen = sharp.clone();
    let (rows, width) = (execution.rows_per_strip(blur.size().height()), blur.size().width());
    execution.for_each(sharp.plane_mut(0).into_strips(rows).collect(), |(first, strip)| {
        let mut scratch = Vec::new();
        for (y, row) in (first..).zip(strip.chunks_exact_mut(width)) {
            light.write_row(execution.level(), y, 0..width, row, &mut scratch);
        }
    });
    blur.apply(execution, sharp.plane(0), seen.plane_mut(0));
    seen
}

/// One pass down a strip of rows, which reads and writes each row once:
///
/// decode a row -> ring of light -> blur down -> blur along -> encode, residual, slope -> blur along -> ring -> blur
/// down -> gradient row. Rows outside the strip that the blur reaches (the halo) are computed as well. Rows are blurred
/// in groups.
struct FullSweep {
    view: Arc<AfarFull>,
    weight: f64,
    planes: Vec<PlaneBuffers>,
    /// Rows whose losses belong to this strip.
    strip: Range<usize>,
    next_light: usize,
    next_back: usize,
    scratch: Vec<f32>,
}

/// Line buffers of one plane of light.
struct PlaneBuffers {
    /// The rows of light that the blur down the columns needs.
    light: Ring,
    /// The backward rows: slopes by light, blurred along the rows.
    back: Ring,
    /// A group of padded rows.
    lines: Vec<f32>,
    /// A group of rows.
    rows: Vec<f32>,
}

impl FullSweep {
    fn new(view: Arc<AfarFull>, weight: f64) -> Self {
        let blur = &view.blur;
        let (width, reach) = (blur.size().width(), blur.columns().reach());
        let plane = || PlaneBuffers {
            light: Ring::new(reach, width),
            // Rows come in whole groups: at most one group more than the blur needs.
            back: Ring::new(reach + GROUP, width),
            lines: vec![0.0; GROUP * blur.line_len()],
            rows: vec![0.0; GROUP * width],
        };
        let planes = view.afar.planes.iter().map(|_| plane()).collect();
        Self { view, weight, planes, strip: 0..0, next_light: 0, next_back: 0, scratch: Vec::new() }
    }

    /// Computes the next group of rows of the residual, passes it back through the slope and the blur along the rows,
    /// and writes the losses of the rows that belong to the strip.
    fn compare_group(&mut self, at: &At<'_>, losses: &mut [f64]) {
        let view = Arc::clone(&self.view);
        let (AfarFull { afar, blur }, level) = (&*view, at.execution.level());
        let (start, weights) = blur.columns().group(self.next_back / GROUP);
        while self.next_light < start + weights.len() {
            let y = self.next_light;
            for (weights, PlaneBuffers { light, .. }) in afar.planes.iter().zip(&mut self.planes) {
                let (light, row) = (Light { picture: at.picture, weights, transfer: afar.transfer }, light.row_mut(y));
                light.write_row(level, y, 0..row.len(), row, &mut self.scratch);
            }
            self.next_light += 1;
        }
        let end = (self.next_back + GROUP).min(blur.size().height());
        if let Some(losses) = losses_of(&self.strip, self.next_back..end, losses) {
            losses.fill(0.0);
        }
        for (plane, buffers) in self.planes.iter_mut().enumerate() {
            let PlaneBuffers { light, back, lines, rows, .. } = buffers;
            rows::combine(level, weights, light.rows_from(start), blur.rows_of(lines));
            let lines = lines.chunks_exact_mut(blur.line_len());
            for ((line, row), y) in lines.zip(rows.chunks_exact_mut(blur.size().width())).zip(self.next_back..end) {
                blur.along_row(at.execution, line, row);
                let loss = afar.compare_row(level, (plane, y), self.weight, row, blur.row_of(line));
                if self.strip.contains(&y) {
                    losses[y - self.strip.start] += loss;
                }
                blur.along_row(at.execution, line, back.row_mut(y));
            }
        }
        self.next_back = end;
    }
}

/// The losses of the `rows` that belong to the strip.
fn losses_of<'l>(strip: &Range<usize>, rows: Range<usize>, losses: &'l mut [f64]) -> Option<&'l mut [f64]> {
    let (start, end) = (rows.start.max(strip.start), rows.end.min(strip.end));
    losses.get_mut(start.checked_sub(strip.start)?..end.checked_sub(strip.start)?)
}

impl Sweep for FullSweep {
    fn begin(&mut self, _: &At<'_>, strip: Range<usize>) {
        let columns = self.view.blur.columns();
        let first_group = columns.group(strip.start / GROUP).0 / GROUP;
        self.next_light = columns.group(first_group).0;
        self.next_back = first_group * GROUP;
        self.strip = strip;
    }

    fn add_group(&mut self, at: &At<'_>, y: usize, gradient: &mut [&mut [f32]], losses: &mut [f64]) {
        let view = Arc::clone(&self.view);
        let AfarFull { afar, blur } = &*view;
        let (start, weights) = blur.columns().group(y / GROUP);
        while self.next_back < start + weights.len() {
            self.compare_group(at, losses);
        }
        let width = blur.size().width();
        for (plane, PlaneBuffers { back, rows: filtered, .. }) in self.planes.iter_mut().enumerate() {
            // The column filter is symmetric (see `Border`), so its rows are also those of its adjoint.
            rows::combine(at.execution.level(), weights, back.rows_from(start), group_of(filtered, width));
            let rows = gradient[0].len() / width;
            for (row, back) in filtered.chunks_exact(width).take(rows).enumerate() {
                afar.add_through_slopes(at, (plane, y + row), back, row, gradient);
            }
        }
    }
}

/// The consecutive rows of a group.
pub(crate) fn group_of(rows: &mut [f32], width: usize) -> [&mut [f32]; GROUP] {
    let mut rows = rows.chunks_exact_mut(width);
    [(); GROUP].map(|()| rows.next().expect("there are GROUP rows"))
}
