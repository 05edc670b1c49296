//! The view from afar on a coarse grid: down the columns of the picture, along the rows, and back.
//!
//! Rows and columns are swapped in between, so that both filters are sums of whole rows. Columns of the picture are
//! independent until they are blurred along the rows, and rows of the gradient are independent, too: no work is done
//! twice by different threads, however wide the blur.

use std::{ops::Range, sync::Arc};

use nearfar_image::{Channels, Encoded, Image, TransferFunction};
use nearfar_kernels::{
    Execution, GridBlur,
    rows::{self, GROUP, RowSpan},
};

use super::{
    At, Sweep, View,
    afar::{Afar, Eye, Light},
    afar_full::group_of,
    ring::Ring,
};

/// The view from afar, compared at the samples of a coarse grid.
#[derive(Debug)]
pub(crate) struct AfarGrid {
    afar: Afar,
    blur: GridBlur,
}

impl AfarGrid {
    pub(crate) fn new(
        channels: Channels,
        far: &Image<Encoded>,
        eye: &Eye,
        blur: GridBlur,
        execution: &Execution,
    ) -> Self {
        let blurred = |weights: &[f32]| {
            let light = Light { picture: far, weights, transfer: eye.transfer };
            blurred(light, &blur, execution)
        };
        let afar = Afar::new(channels, far, eye, blur.cell_area(), execution, blurred);
        Self { afar, blur }
    }
}

impl<'a> View<'a> for AfarGrid {
    fn partial_losses(&self) -> usize {
        self.blur.grid().width()
    }

    fn stiffness(&self) -> f64 {
        1.0
    }

    fn grid(&self, execution: &Execution) -> Option<GridWorkspace> {
        Some(GridWorkspace::new(&self.blur, self.afar.planes.len(), execution))
    }

    fn evaluate_grid(
        &self,
        grid: &mut GridWorkspace,
        weight: f64,
        picture: &Image<Encoded>,
        execution: &Execution,
        losses: &mut [f64],
    ) {
        grid.evaluate(self, weight, picture, execution, losses);
    }

    fn set_mask(&mut self, mask: Image<Encoded>) {
        self.afar.mask = Some(sampled(&mask, &self.blur));
    }

    fn sweep(self: Arc<Self>, _weight: f64) -> Box<dyn Sweep + 'a> {
        Box::new(GridSweep::new(self))
    }
}

/// Columns of the picture that are blurred downwards together: few enough for their rows to stay in cache.
const TILE: usize = 128;

/// Rows of the gradient for which the grid is upsampled to the picture's width together.
const BLOCK: usize = 32 * GROUP;

/// The memory of one term: its grid, and buffers for every task.
#[derive(Debug)]
pub(crate) struct GridWorkspace {
    /// For each plane: light blurred down the columns, one row per column of the picture.
    light: Vec<Vec<f32>>,
    /// For each plane: slopes by the blurred light, one row per column of the grid.
    pulls: Vec<Vec<f32>>,
    /// Buffers of the tasks that blur downwards.
    tiles: Vec<TileBuffers>,
    /// Buffers of the tasks that compare: a group of rows for each plane.
    lines: Vec<Vec<f32>>,
}

#[derive(Debug)]
struct TileBuffers {
    light: Ring,
    lines: Vec<f32>,
    scratch: Vec<f32>,
}

impl TileBuffers {
    fn new(blur: &GridBlur) -> Self {
        Self { light: Ring::new(blur.columns().reach(), TILE), lines: vec![0.0; GROUP * TILE], scratch: Vec::new() }
    }
}

/// Samples from one grid column to the next.
fn column_len(blur: &GridBlur) -> usize {
    rows::padded(blur.grid().height())
}

/// Columns of the picture per task: whole tiles.
fn columns_per_task(blur: &GridBlur, execution: &Execution) -> usize {
    execution.rows_per_strip(blur.size().width()).next_multiple_of(TILE)
}

/// Columns of the grid per task: whole groups.
fn grid_columns_per_task(blur: &GridBlur, execution: &Execution) -> usize {
    execution.rows_per_strip(blur.grid().width()).next_multiple_of(GROUP)
}

impl GridWorkspace {
    pub(crate) fn new(blur: &GridBlur, planes: usize, execution: &Execution) -> Self {
        let (size, grid) = (blur.size(), blur.grid());
        let tiles = planes * size.width().div_ceil(columns_per_task(blur, execution));
        let strips = grid.width().div_ceil(grid_columns_per_task(blur, execution));
        Self {
            light: vec![vec![0.0; size.width() * column_len(blur)]; planes],
            pulls: vec![vec![0.0; grid.width() * column_len(blur)]; planes],
            tiles: (0..tiles).map(|_| TileBuffers::new(blur)).collect(),
            lines: vec![vec![0.0; planes * GROUP * column_len(blur)]; strips],
        }
    }

    /// Blurs planes of light of `picture`, given by their channel weights, down the columns.
    fn blur_down(
        &mut self,
        picture: &Image<Encoded>,
        planes: &[&[f32]],
        blur: &GridBlur,
        transfer: TransferFunction,
        execution: &Execution,
    ) {
        let columns = columns_per_task(blur, execution);
        let mut buffers = self.tiles.iter_mut();
        let mut tasks = Vec::new();
        for (&weights, light) in planes.iter().zip(&mut self.light) {
            for (i, light) in light.chunks_mut(columns * column_len(blur)).enumerate() {
                tasks.push((weights, i * columns, light, buffers.next().expect("buffers for every task")));
            }
        }
        execution.for_each(tasks, |(weights, first, light, buffers)| {
            let tile = Tile { light: Light { picture, weights, transfer }, blur, execution };
            for (i, light) in light.chunks_mut(TILE * column_len(blur)).enumerate() {
                tile.blur_down(first + i * TILE, light, buffers);
            }
        });
    }

    /// Computes the slopes by the blurred light of `picture`, and the loss of each column of the grid.
    pub(crate) fn evaluate(
        &mut self,
        view: &AfarGrid,
        weight: f64,
        picture: &Image<Encoded>,
        execution: &Execution,
        losses: &mut [f64],
    ) {
        let AfarGrid { afar, blur } = view;
        self.blur_down(picture, &afar.planes, blur, afar.transfer, execution);
        let (height, column_len) = (blur.grid().height(), column_len(blur));
        let columns = grid_columns_per_task(blur, execution);
        let mut pulls = self.pulls.iter_mut().map(|plane| plane.chunks_mut(columns * column_len)).collect::<Vec<_>>();
        let tasks = self.lines.iter_mut().zip(losses.chunks_mut(columns)).enumerate().map(|(i, (lines, losses))| {
            let pulls = pulls.iter_mut().map(|strips| strips.next().expect("a strip for every task"));
            (i * columns, lines, losses, pulls.collect::<Vec<_>>())
        });
        let tasks = tasks.collect();
        let light = &self.light;
        execution.for_each(tasks, |(first, lines, losses, mut pulls)| {
            for (g, losses) in losses.chunks_mut(GROUP).enumerate() {
                blur_along(blur, light, first / GROUP + g, execution, lines);
                for (r, loss) in losses.iter_mut().enumerate() {
                    let k = g * GROUP + r;
                    *loss = 0.0;
                    for (plane, pulls) in pulls.iter_mut().enumerate() {
                        let light = &lines[(plane * GROUP + r) * column_len..][..height];
                        let pulls = &mut pulls[k * column_len..][..height];
                        *loss += afar.compare_row(execution.level(), (plane, first + k), weight, light, pulls);
                    }
                    *loss *= afar.cell_area;
                }
            }
        });
    }
}

/// The input of the blur down the columns, tile by tile.
struct Tile<'a> {
    light: Light<'a>,
    blur: &'a GridBlur,
    execution: &'a Execution,
}

impl Tile<'_> {
    /// Blurs up to [`TILE`] columns downwards, starting at column `first`, each into a row of `light`.
    fn blur_down(&self, first: usize, light: &mut [f32], buffers: &mut TileBuffers) {
        let (blur, level, height) = (self.blur, self.execution.level(), self.blur.grid().height());
        let width = light.len() / column_len(blur);
        let TileBuffers { light: ring, lines, scratch } = buffers;
        let mut next = 0;
        for i in (0..height).step_by(GROUP) {
            let (start, weights) = blur.columns().group(i / GROUP);
            next = next.max(start);
            while next < start + weights.len() {
                let (columns, row) = (first..first + width, &mut ring.row_mut(next)[..width]);
                self.light.write_row(level, next, columns, row, scratch);
                next += 1;
            }
            rows::combine(level, weights, ring.rows_from(start), group_of(lines, TILE));
            let rows = GROUP.min(height - i);
            for (x, column) in light.chunks_exact_mut(column_len(blur)).enumerate() {
                for (r, sample) in column[i..i + rows].iter_mut().enumerate() {
                    *sample = lines[r * TILE + x];
                }
            }
        }
    }
}

/// Blurs along the rows for group `g` of the grid's columns, into a group of lines per channel.
fn blur_along(blur: &GridBlur, light: &[Vec<f32>], g: usize, execution: &Execution, lines: &mut [f32]) {
    let column_len = column_len(blur);
    let (start, weights) = blur.rows().group(g);
    for (light, lines) in light.iter().zip(lines.chunks_exact_mut(GROUP * column_len)) {
        let columns = RowSpan::new([&light[start * column_len..], &[]], column_len);
        rows::combine(execution.level(), weights, columns, group_of(lines, column_len));
    }
}

/// One plane of blurred light at the samples of the grid, transposed.
fn blurred(light: Light<'_>, blur: &GridBlur, execution: &Execution) -> Image<Encoded> {
    let Light { picture, weights, transfer } = light;
    let mut workspace = GridWorkspace::new(blur, 1, execution);
    workspace.blur_down(picture, &[weights], blur, transfer, execution);
    let mut seen = Image::filled(blur.grid().transposed(), Channels::Grey, 0.0);
    let (height, column_len) = (blur.grid().height(), column_len(blur));
    let lines = &mut workspace.lines[0];
    for (first, columns) in seen.plane_mut(0).into_strips(GROUP) {
        blur_along(blur, &workspace.light, first / GROUP, execution, lines);
        for (target, line) in columns.chunks_exact_mut(height).zip(lines.chunks_exact(column_len)) {
            target.copy_from_slice(&line[..height]);
        }
    }
    seen
}

/// A grey picture at the pixels nearest to the samples of the grid, transposed.
fn sampled(mask: &Image<Encoded>, blur: &GridBlur) -> Image<Encoded> {
    let (size, grid) = (blur.size(), blur.grid());
    let nearest = |i: usize, n: usize, count: usize| ((2 * i + 1) * n / (2 * count)).min(n - 1);
    Image::from_fn(grid.transposed(), Channels::Grey, |_, y, x| {
        mask.plane(0).row(nearest(y, size.height(), grid.height()))[nearest(x, size.width(), grid.width())]
    })
}

/// The backward pass over strips of rows of the gradient, from the slopes by the blurred light.
struct GridSweep {
    view: Arc<AfarGrid>,
    strip: Range<usize>,
    /// The first grid row in `wide`.
    first_wide: usize,
    /// For each plane: grid rows, upsampled to the picture's width.
    wide: Vec<Vec<f32>>,
    /// Groups of columns of the grid.
    lines: Vec<f32>,
    /// A group of rows.
    rows: Vec<f32>,
}

/// The grid rows that rows `y` of the gradient need.
fn samples_for(blur: &GridBlur, y: Range<usize>) -> Range<usize> {
    let groups = || (y.start / GROUP..y.end.div_ceil(GROUP)).map(|g| blur.columns_adjoint().group(g));
    let start = groups().map(|(start, _)| start).min().unwrap_or(0);
    let end = groups().map(|(start, weights)| start + weights.len()).max().unwrap_or(start);
    start..end
}

impl GridSweep {
    fn new(view: Arc<AfarGrid>) -> Self {
        let blur = &view.blur;
        let (width, height) = (blur.size().width(), blur.size().height());
        let most = (0..height).step_by(GROUP).map(|y| samples_for(blur, y..(y + BLOCK).min(height)).len()).max();
        let most = most.unwrap_or(0);
        let wide = vec![vec![0.0; most * width]; view.afar.planes.len()];
        let (lines, rows) = (vec![0.0; GROUP * rows::padded(most)], vec![0.0; GROUP * width]);
        Self { view, strip: 0..0, first_wide: 0, wide, lines, rows }
    }

    /// Upsamples the grid rows that rows `y` of the gradient need to the picture's width.
    fn widen(&mut self, at: &At<'_>, grid: &GridWorkspace, y: Range<usize>) {
        let blur = &self.view.blur;
        let samples = samples_for(blur, y);
        let (count, column_len, width) = (samples.len(), column_len(blur), blur.size().width());
        self.first_wide = samples.start;
        let line_len = rows::padded(count);
        for (pulls, wide) in grid.pulls.iter().zip(&mut self.wide) {
            for x in (0..width).step_by(GROUP) {
                let (start, weights) = blur.rows_adjoint().group(x / GROUP);
                let columns = RowSpan::new([&pulls[start * column_len + samples.start..], &[]], column_len);
                rows::combine(at.execution.level(), weights, columns, group_of(&mut self.lines, line_len));
                let columns = GROUP.min(width - x);
                for (i, row) in wide.chunks_exact_mut(width).take(count).enumerate() {
                    for (r, sample) in row[x..x + columns].iter_mut().enumerate() {
                        *sample = self.lines[r * line_len + i];
                    }
                }
            }
        }
    }
}

impl Sweep for GridSweep {
    fn begin(&mut self, _: &At<'_>, strip: Range<usize>) {
        self.strip = strip;
    }

    fn add_group(&mut self, at: &At<'_>, y: usize, gradient: &mut [&mut [f32]], _: &mut [f64]) {
        let Some(grid) = at.grid else { return };
        if (y - self.strip.start).is_multiple_of(BLOCK) {
            self.widen(at, grid, y..(y + BLOCK).min(self.strip.end));
        }
        let AfarGrid { afar, blur } = &*self.view;
        let width = blur.size().width();
        let (start, weights) = blur.columns_adjoint().group(y / GROUP);
        for (plane, wide) in self.wide.iter().enumerate() {
            let wide = RowSpan::new([&wide[(start - self.first_wide) * width..], &[]], width);
            rows::combine(at.execution.level(), weights, wide, group_of(&mut self.rows, width));
            let rows = gradient[0].len() / width;
            for (row, back) in self.rows.chunks_exact(width).take(rows).enumerate() {
                afar.add_through_slopes(at, (plane, y + row), back, row, gradient);
            }
        }
    }
}
