//! Low-pass filtering of planes in the frequency domain.

use std::fmt;

use fearless_simd::dispatch;
use nearfar_fft::Complex32;
use nearfar_image::{Plane, PlaneMut, Size};
use nearfar_kernels::Execution;

use crate::{
    Border, ResponseCurve, Workspace,
    lines::{Kept, Lines},
};

/// Gains this small are treated as zero: they change samples in `[0, 1]` by less than rounding does.
const NEGLIGIBLE: f64 = 1.0 / (1 << 26) as f64;

/// Coefficients of a row that are adjacent in a spectrum: a cache line of them. A spectrum is divided into blocks of
/// this width, each of which holds all rows consecutively: rows are written and columns read without wasting parts of
/// cache lines.
const BLOCK: usize = 16;

/// Rows that are read together, since long sequential reads are faster than reads between transforms. Even, because two
/// rows are transformed at a time.
pub(crate) const BATCH: usize = 8;

/// Padding between columns in memory, so that columns whose length is a power of 2 do not compete for the same cache
/// sets.
const PAD: usize = 8;

/// A low-pass filter for planes of one size, in the frequency domain; any size will do, odd and prime included.
///
/// With [`Border::Mirror`] a plane is filtered in the discrete cosine transform, with [`Border::Periodic`] in the
/// discrete Hartley transform, which for an isotropic filter is equivalent to the Fourier transform; either is computed
/// by an FFT of two real lines, without padding. Frequencies whose response is below `2^-26` are neither computed nor
/// stored. Results are bit-equal for any number of threads.
#[derive(Clone)]
pub struct LowPass {
    size: Size,
    rows: Lines,
    columns: Lines,
    kept_along: Kept,
    kept_down: Kept,
    /// For each kept coefficient along the rows, those down the columns: the response there, divided by the gain of
    /// both unnormalised transforms.
    gains: Vec<f32>,
}

impl LowPass {
    /// Plans a filter of planes of `size` pixels.
    #[must_use]
    pub fn new(size: Size, curve: &ResponseCurve, border: Border) -> Self {
        let (width, height) = (size.width(), size.height());
        let keeps = |frequency: f64| curve.at(frequency) > NEGLIGIBLE;
        let (kept_along, kept_down) = (Kept::new(border, width, keeps), Kept::new(border, height, keeps));
        let gains = kept_along.frequencies(border, width).flat_map(|fx| {
            kept_down.frequencies(border, height).map(move |fy| {
                let gain = curve.at_squared(fx * fx + fy * fy);
                // Exact zeros: products of subnormal numbers would be many times slower.
                if gain > NEGLIGIBLE { (gain / size.area() as f64) as f32 } else { 0.0 }
            })
        });
        Self {
            size,
            rows: Lines::new(border, width),
            columns: Lines::new(border, height),
            kept_along,
            kept_down,
            gains: gains.collect(),
        }
    }

    /// The size of the planes, in pixels.
    #[must_use]
    pub fn size(&self) -> Size {
        self.size
    }

    /// Filters a plane.
    ///
    /// # Panics
    ///
    /// If a plane does not have the planned size.
    pub fn apply(&self, execution: &Execution, from: Plane<'_>, to: PlaneMut<'_>, workspace: &mut Workspace) {
        assert_eq!(from.size(), self.size(), "the plane to read has the planned size");
        assert_eq!(to.as_plane().size(), self.size(), "the plane to write has the planned size");
        let [spectrum, _] = &mut workspace.spectra;
        let load = |_, first, rows: &mut [f32]| {
            rows.copy_from_slice(&from.samples()[first * self.size.width()..][..rows.len()]);
        };
        self.filter(execution, 1, load, spectrum);
        let filtered = Filtered { filter: self, spectrum };
        execution.for_each(to.into_strips(rows_per_strip(execution, self.size)).collect(), |(first, strip)| {
            let mut scratch = Scratch::new(self);
            for (i, rows) in strip.chunks_mut(2 * self.size.width()).enumerate() {
                let [a, b] = filtered.rows(execution, 0, first + 2 * i, &mut scratch);
                rows.chunks_exact_mut(self.size.width()).zip([a, b]).for_each(|(to, row)| to.copy_from_slice(row));
            }
        });
    }

    /// Filters planes whose rows `load` writes, a few at a time, given the index of the plane and of the first row;
    /// [`Filtered::rows`] returns the result.
    pub(crate) fn filter(
        &self,
        execution: &Execution,
        planes: usize,
        load: impl Fn(usize, usize, &mut [f32]) + Sync,
        spectrum: &mut Vec<f32>,
    ) {
        let height = self.size.height();
        spectrum.resize(planes * self.blocks() * BLOCK * height, 0.0);
        let rows = rows_per_strip(execution, self.size);
        let mut strips: Vec<Vec<&mut [f32]>> = (0..height.div_ceil(rows)).map(|_| Vec::new()).collect();
        for block in spectrum.chunks_exact_mut(BLOCK * height) {
            block.chunks_mut(rows * BLOCK).zip(&mut strips).for_each(|(part, strip)| strip.push(part));
        }
        execution.for_each(strips.into_iter().enumerate().collect(), |(i, mut strip)| {
            let mut scratch = Scratch::new(self);
            for (plane, blocks) in strip.chunks_mut(self.blocks()).enumerate() {
                self.forward_rows(execution, i * rows, |first, rows| load(plane, first, rows), blocks, &mut scratch);
            }
        });

        let per_job = execution.rows_per_strip(planes * self.blocks());
        let jobs = spectrum.chunks_mut(per_job * BLOCK * height).enumerate().collect();
        execution.for_each(jobs, |(i, blocks): (usize, &mut [f32])| {
            let mut scratch = Scratch::new(self);
            for (j, block) in blocks.chunks_exact_mut(BLOCK * height).enumerate() {
                let first = (i * per_job + j) % self.blocks() * BLOCK;
                self.multiply_columns(execution, first, block, &mut scratch);
            }
        });
    }

    /// Transforms the rows of a strip, in pairs, into blocks of coefficients.
    fn forward_rows(
        &self,
        execution: &Execution,
        first: usize,
        load: impl Fn(usize, &mut [f32]),
        blocks: &mut [&mut [f32]],
        Scratch { rows, coefficients: [c, d], line, fft, .. }: &mut Scratch,
    ) {
        let (width, kept) = (self.size.width(), self.kept_along.len());
        let line = &mut line[..width];
        let height = blocks[0].len() / BLOCK;
        for y in (0..height).step_by(BATCH) {
            let (batch, rest) = rows.split_at_mut(BATCH.min(height - y) * width);
            load(first + y, batch);
            // The last row may have no partner, but its result must not depend on how rows were distributed over
            // threads: both rows of a pair go through one transform and its rounding.
            rest.fill(0.0);
            for (y, pair) in (y..height).step_by(2).zip(rows.chunks_exact(2 * width)) {
                dispatch!(execution.level(), _simd => {
                    let (a, b) = pair.split_at(width);
                    self.rows.join([a, b], line);
                    self.rows.forward(self.kept_along, line, fft, [&mut c[..kept], &mut d[..kept]]);
                });
                for (row, coefficients) in (y..height).zip([&*c, &*d]) {
                    for (block, part) in blocks.iter_mut().zip(coefficients.chunks_exact(BLOCK)) {
                        block[row * BLOCK..][..BLOCK].copy_from_slice(part);
                    }
                }
            }
        }
    }

    /// Transforms the columns of a block in pairs, the first being column `first`, multiplies them by the gains, and
    /// transforms them back.
    fn multiply_columns(
        &self,
        execution: &Execution,
        first: usize,
        block: &mut [f32],
        Scratch { coefficients: [c, d], line, fft, .. }: &mut Scratch,
    ) {
        let (height, kept) = (self.size.height(), self.kept_down.len());
        let pairs = (self.kept_along.len() - first).min(BLOCK).div_ceil(2);
        let stride = height + PAD;
        for place in 0..height {
            let row = &block[self.columns.sample_at(place) * BLOCK..][..BLOCK];
            for (pair, v) in row.as_chunks::<2>().0[..pairs].iter().enumerate() {
                line[pair * stride + place] = Complex32::new(v[0], v[1]);
            }
        }
        for pair in 0..pairs {
            let line = &mut line[pair * stride..][..height];
            let (c, d) = (&mut c[..kept], &mut d[..kept]);
            let gains = &self.gains[(first + 2 * pair) * kept..];
            // The last column may have no partner, whose result is not read.
            let (one, other) = gains.split_at(kept);
            dispatch!(execution.level(), _simd => {
                self.columns.forward(self.kept_down, line, fft, [c, d]);
                c.iter_mut().zip(one).for_each(|(v, gain)| *v *= gain);
                d.iter_mut().zip(other).for_each(|(v, gain)| *v *= gain);
                self.columns.inverse(self.kept_down, [c, d], line, fft);
            });
        }
        for place in 0..height {
            let row = &mut block[self.columns.sample_at(place) * BLOCK..][..BLOCK];
            for (pair, v) in row.as_chunks_mut::<2>().0[..pairs].iter_mut().enumerate() {
                let value = line[pair * stride + place];
                *v = [value.re, value.im];
            }
        }
    }

    /// Blocks in the spectrum of a plane.
    fn blocks(&self) -> usize {
        self.kept_along.len().div_ceil(BLOCK)
    }
}

/// Rows per strip: whole batches.
pub(crate) fn rows_per_strip(execution: &Execution, size: Size) -> usize {
    execution.rows_per_strip(size.height()).next_multiple_of(BATCH)
}

/// Planes after filtering, except for the last inverse transform.
#[derive(Clone, Copy)]
pub(crate) struct Filtered<'a> {
    pub(crate) filter: &'a LowPass,
    pub(crate) spectrum: &'a [f32],
}

impl Filtered<'_> {
    /// Rows `y`, which is even, and `y + 1` of a plane; the second is meaningless if there is no such row.
    pub(crate) fn rows<'a>(
        &self,
        execution: &Execution,
        plane: usize,
        y: usize,
        scratch: &'a mut Scratch,
    ) -> [&'a mut [f32]; 2] {
        let filter = self.filter;
        let Scratch { rows, coefficients: [c, d], line, fft } = scratch;
        let (a, rest) = rows.split_at_mut(filter.size.width());
        let b = &mut rest[..filter.size.width()];
        let (height, kept) = (filter.size.height(), filter.kept_along.len());
        let len = filter.blocks() * BLOCK * height;
        let plane = &self.spectrum[plane * len..][..len];
        for (row, coefficients) in [(y, &mut *c), ((y + 1).min(height - 1), &mut *d)] {
            for (block, part) in plane.chunks_exact(BLOCK * height).zip(coefficients.chunks_exact_mut(BLOCK)) {
                part.copy_from_slice(&block[row * BLOCK..][..BLOCK]);
            }
        }
        let line = &mut line[..filter.size.width()];
        dispatch!(execution.level(), _simd => {
            filter.rows.inverse(filter.kept_along, [&c[..kept], &d[..kept]], line, fft);
            filter.rows.split(line, [a, b]);
        });
        [a, b]
    }
}

/// Scratch memory of one thread.
pub(crate) struct Scratch {
    /// [`BATCH`] rows of samples.
    rows: Vec<f32>,
    /// Coefficients of two lines, in whole blocks.
    coefficients: [Vec<f32>; 2],
    /// A row or the columns of a block.
    line: Vec<Complex32>,
    fft: Vec<Complex32>,
}

impl Scratch {
    pub(crate) fn new(filter: &LowPass) -> Self {
        let (width, height) = (filter.size.width(), filter.size.height());
        let most = (filter.blocks() * BLOCK).max(filter.kept_down.len());
        Self {
            rows: vec![0.0; BATCH * width],
            coefficients: [vec![0.0; most], vec![0.0; most]],
            line: vec![Complex32::default(); width.max(BLOCK / 2 * (height + PAD))],
            fft: vec![Complex32::default(); filter.rows.scratch_len().max(filter.columns.scratch_len())],
        }
    }
}

/// Shows the size and how much of the spectrum is kept.
impl fmt::Debug for LowPass {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (along, down) = (self.kept_along.len(), self.kept_down.len());
        write!(f, "LowPass({}, {along}x{down} coefficients)", self.size)
    }
}
