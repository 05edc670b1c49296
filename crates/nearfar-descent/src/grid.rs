//! The far term on a coarse grid: down the columns of the picture, along the rows, and back.
//!
//! On the way, rows and columns are exchanged, so that both filters are sums of whole rows. Columns of the picture are
//! independent until they are blurred along the rows, and rows of the gradient are independent, too: no thread computes
//! what another one does, however wide the blur.

use nearfar_image::{Encoded, Image, Plane, TransferFunction};
use nearfar_kernels::{
    Execution, GridBlur,
    rows::{self, GROUP, RowSpan},
    transfer,
};

use crate::{
    SeenTerm,
    ring::Ring,
    sweep::{add_through_slope, group_of},
};

/// Columns of the picture that are blurred downwards together: few enough for their rows to stay in the cache.
const TILE: usize = 128;

/// Rows of the gradient for which the grid is brought to the picture's width together.
const BLOCK: usize = 32 * GROUP;

/// What one term works in: its grid, and buffers for every task.
#[derive(Debug)]
pub(crate) struct GridWorkspace {
    /// For each channel: light blurred down the columns, a row for each column of the picture.
    light: Vec<Vec<f32>>,
    /// For each channel: what pulls at the blurred light, a row for each column of the grid.
    pulls: Vec<Vec<f32>>,
    /// Buffers of the tasks that blur downwards.
    tiles: Vec<TileBuffers>,
    /// Buffers of the tasks that compare: a group of rows for each channel.
    lines: Vec<Vec<f32>>,
}

#[derive(Debug)]
struct TileBuffers {
    light: Ring,
    lines: Vec<f32>,
}

impl TileBuffers {
    fn new(blur: &GridBlur) -> Self {
        Self { light: Ring::new(blur.columns().reach(), TILE), lines: vec![0.0; GROUP * TILE] }
    }
}

/// Samples from one column of the grid to the next.
fn column_len(blur: &GridBlur) -> usize {
    rows::padded(blur.grid().height())
}

/// Columns of the picture in a task: whole tiles.
fn columns_per_task(blur: &GridBlur, execution: &Execution) -> usize {
    execution.rows_per_strip(blur.size().width()).next_multiple_of(TILE)
}

/// Columns of the grid in a task: whole groups.
fn grid_columns_per_task(blur: &GridBlur, execution: &Execution) -> usize {
    execution.rows_per_strip(blur.grid().width()).next_multiple_of(GROUP)
}

impl GridWorkspace {
    pub(crate) fn new(blur: &GridBlur, channels: usize, execution: &Execution) -> Self {
        let (size, grid) = (blur.size(), blur.grid());
        let tiles = channels * size.width().div_ceil(columns_per_task(blur, execution));
        let strips = grid.width().div_ceil(grid_columns_per_task(blur, execution));
        Self {
            light: vec![vec![0.0; size.width() * column_len(blur)]; channels],
            pulls: vec![vec![0.0; grid.width() * column_len(blur)]; channels],
            tiles: (0..tiles).map(|_| TileBuffers::new(blur)).collect(),
            lines: vec![vec![0.0; channels * GROUP * column_len(blur)]; strips],
        }
    }

    /// Decodes `picture` and blurs it down the columns.
    fn blur_down(
        &mut self,
        picture: &Image<Encoded>,
        blur: &GridBlur,
        transfer: TransferFunction,
        execution: &Execution,
    ) {
        let columns = columns_per_task(blur, execution);
        let mut buffers = self.tiles.iter_mut();
        let mut tasks = Vec::new();
        for (plane, light) in picture.planes().zip(&mut self.light) {
            for (i, light) in light.chunks_mut(columns * column_len(blur)).enumerate() {
                tasks.push((plane, i * columns, light, buffers.next().expect("buffers for every task")));
            }
        }
        execution.for_each(tasks, |(plane, first, light, buffers)| {
            for (i, light) in light.chunks_mut(TILE * column_len(blur)).enumerate() {
                blur_tile(plane, first + i * TILE, light, blur, transfer, execution, buffers);
            }
        });
    }

    /// Computes what pulls at the blurred light of `picture`, and the unweighted loss of each column of the grid.
    pub(crate) fn evaluate<const C: usize>(
        &mut self,
        term: &SeenTerm,
        blur: &GridBlur,
        picture: &Image<Encoded>,
        execution: &Execution,
        losses: &mut [f64],
    ) {
        self.blur_down(picture, blur, term.transfer(), execution);
        let (height, column_len) = (blur.grid().height(), column_len(blur));
        let columns = grid_columns_per_task(blur, execution);
        let mut pulls = self.pulls.iter_mut().map(|plane| plane.chunks_mut(columns * column_len)).collect::<Vec<_>>();
        let tasks = self.lines.iter_mut().zip(losses.chunks_mut(columns)).enumerate().map(|(i, (lines, losses))| {
            let mut pulls = pulls.iter_mut().map(|strips| strips.next().expect("a strip for every task"));
            let pulls: [&mut [f32]; C] = std::array::from_fn(|_| pulls.next().expect("a plane for each channel"));
            (i * columns, lines, losses, pulls)
        });
        let tasks = tasks.collect();
        let light = &self.light;
        execution.for_each(tasks, |(first, lines, losses, mut pulls)| {
            for (g, losses) in losses.chunks_mut(GROUP).enumerate() {
                blur_along(blur, light, first / GROUP + g, execution, lines);
                for (r, loss) in losses.iter_mut().enumerate() {
                    let k = g * GROUP + r;
                    let light = std::array::from_fn(|c| &lines[(c * GROUP + r) * column_len..][..height]);
                    let pulls = pulls.each_mut().map(|plane| &mut plane[k * column_len..][..height]);
                    *loss = term.cell_area() * term.residual_row(execution.level(), first + k, light, pulls);
                }
            }
        });
    }
}

/// Blurs up to [`TILE`] columns of `plane` downwards, from column `first` on, into a row of `light` for each.
fn blur_tile(
    plane: Plane<'_>,
    first: usize,
    light: &mut [f32],
    blur: &GridBlur,
    transfer: TransferFunction,
    execution: &Execution,
    buffers: &mut TileBuffers,
) {
    let (level, height) = (execution.level(), blur.grid().height());
    let width = light.len() / column_len(blur);
    let mut next = 0;
    for i in (0..height).step_by(GROUP) {
        let (start, weights) = blur.columns().group(i / GROUP);
        next = next.max(start);
        while next < start + weights.len() {
            let codes = &plane.row(next)[first..first + width];
            transfer::decode_row(level, transfer, codes, &mut buffers.light.row_mut(next)[..width]);
            next += 1;
        }
        rows::combine(level, weights, buffers.light.rows_from(start), group_of(&mut buffers.lines, TILE));
        let rows = GROUP.min(height - i);
        for (x, column) in light.chunks_exact_mut(column_len(blur)).enumerate() {
            for (r, sample) in column[i..i + rows].iter_mut().enumerate() {
                *sample = buffers.lines[r * TILE + x];
            }
        }
    }
}

/// Blurs along the rows to group `g` of the grid's columns, a group of lines for each channel.
fn blur_along(blur: &GridBlur, light: &[Vec<f32>], g: usize, execution: &Execution, lines: &mut [f32]) {
    let column_len = column_len(blur);
    let (start, weights) = blur.rows().group(g);
    for (light, lines) in light.iter().zip(lines.chunks_exact_mut(GROUP * column_len)) {
        let columns = RowSpan::new([&light[start * column_len..], &[]], column_len);
        rows::combine(execution.level(), weights, columns, group_of(lines, column_len));
    }
}

/// `blur(decode(picture))` at the samples of the grid, rows and columns exchanged.
pub(crate) fn blurred(
    picture: &Image<Encoded>,
    blur: &GridBlur,
    transfer: TransferFunction,
    execution: &Execution,
) -> Image<Encoded> {
    let mut workspace = GridWorkspace::new(blur, picture.channels().count(), execution);
    workspace.blur_down(picture, blur, transfer, execution);
    let mut seen = Image::filled(blur.grid().transposed(), picture.channels(), 0.0);
    let (height, column_len) = (blur.grid().height(), column_len(blur));
    let lines = &mut workspace.lines[0];
    for g in 0..blur.grid().width().div_ceil(GROUP) {
        blur_along(blur, &workspace.light, g, execution, lines);
        for (plane, lines) in seen.planes_mut().zip(lines.chunks_exact(GROUP * column_len)) {
            let (_, columns) = plane.into_strips(GROUP).nth(g).expect("a group of columns");
            for (target, line) in columns.chunks_exact_mut(height).zip(lines.chunks_exact(column_len)) {
                target.copy_from_slice(&line[..height]);
            }
        }
    }
    seen
}

/// What a strip of rows of the gradient is computed in.
#[derive(Debug)]
pub(crate) struct GridSweepBuffers {
    /// For each channel: rows of the grid, brought to the picture's width.
    wide: Vec<Vec<f32>>,
    /// Groups of columns of the grid.
    lines: Vec<f32>,
    /// A group of rows.
    rows: Vec<f32>,
}

impl GridSweepBuffers {
    pub(crate) fn new(blur: &GridBlur, channels: usize) -> Self {
        let (width, height) = (blur.size().width(), blur.size().height());
        let most = (0..height).step_by(GROUP).map(|y| samples_for(blur, y..(y + BLOCK).min(height)).len()).max();
        let most = most.unwrap_or(0);
        Self {
            wide: vec![vec![0.0; most * width]; channels],
            lines: vec![0.0; GROUP * rows::padded(most)],
            rows: vec![0.0; GROUP * width],
        }
    }
}

/// Rows of the grid that rows `y` of the gradient need.
fn samples_for(blur: &GridBlur, y: std::ops::Range<usize>) -> std::ops::Range<usize> {
    let groups = || (y.start / GROUP..y.end.div_ceil(GROUP)).map(|g| blur.columns_adjoint().group(g));
    let start = groups().map(|(start, _)| start).min().unwrap_or(0);
    let end = groups().map(|(start, weights)| start + weights.len()).max().unwrap_or(start);
    start..end
}

/// The way back, from what pulls at the blurred light to a strip of rows of the gradient.
pub(crate) struct GridSweep<'a> {
    blur: &'a GridBlur,
    transfer: TransferFunction,
    execution: &'a Execution,
    picture: &'a Image<Encoded>,
    pulls: &'a [Vec<f32>],
    buffers: &'a mut GridSweepBuffers,
    strip: std::ops::Range<usize>,
    /// The first row of the grid that is at the picture's width.
    first_wide: usize,
}

impl<'a> GridSweep<'a> {
    pub(crate) fn new(
        blur: &'a GridBlur,
        transfer: TransferFunction,
        execution: &'a Execution,
        picture: &'a Image<Encoded>,
        workspace: &'a GridWorkspace,
        buffers: &'a mut GridSweepBuffers,
        strip: std::ops::Range<usize>,
    ) -> Self {
        Self { blur, transfer, execution, picture, pulls: &workspace.pulls, buffers, strip, first_wide: 0 }
    }

    /// Adds to the gradient of the rows from `y` on, at most a group, each given as its channels. Groups must be asked for
    /// in order, from the strip's first.
    pub(crate) fn add_group<const C: usize>(&mut self, y: usize, gradient: [&mut [f32]; C]) {
        if (y - self.strip.start).is_multiple_of(BLOCK) {
            self.widen(y..(y + BLOCK).min(self.strip.end));
        }
        let (level, width) = (self.execution.level(), self.picture.size().width());
        let (start, weights) = self.blur.columns_adjoint().group(y / GROUP);
        let GridSweepBuffers { wide, rows: filtered, .. } = &mut *self.buffers;
        for ((plane, wide), gradient) in self.picture.planes().zip(wide).zip(gradient) {
            let samples = RowSpan::new([&wide[(start - self.first_wide) * width..], &[]], width);
            rows::combine(level, weights, samples, group_of(filtered, width));
            let rows = gradient.chunks_exact_mut(width).zip(filtered.chunks_exact(width));
            for ((gradient, filtered), y) in rows.zip(y..) {
                add_through_slope(level, self.transfer, plane.row(y), filtered, gradient);
            }
        }
    }

    /// Brings the rows of the grid that rows `y` of the gradient need to the picture's width.
    fn widen(&mut self, y: std::ops::Range<usize>) {
        let samples = samples_for(self.blur, y);
        let (count, column_len, width) = (samples.len(), column_len(self.blur), self.picture.size().width());
        self.first_wide = samples.start;
        let GridSweepBuffers { wide, lines, .. } = &mut *self.buffers;
        let line_len = rows::padded(count);
        for (pulls, wide) in self.pulls.iter().zip(wide) {
            for x in (0..width).step_by(GROUP) {
                let (start, weights) = self.blur.rows_adjoint().group(x / GROUP);
                let columns = RowSpan::new([&pulls[start * column_len + samples.start..], &[]], column_len);
                rows::combine(self.execution.level(), weights, columns, group_of(lines, line_len));
                let columns = GROUP.min(width - x);
                for (i, row) in wide.chunks_exact_mut(width).take(count).enumerate() {
                    for (r, sample) in row[x..x + columns].iter_mut().enumerate() {
                        *sample = lines[r * line_len + i];
                    }
                }
            }
        }
    }
}
