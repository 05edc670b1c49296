//! From a file's samples to an upright, opaque sRGB picture.

use std::ops::Range;

use nearfar_image::{Channels, Encoded, Image, composite};

use crate::{
    error::DecodeError,
    layout::{Alpha, Colorants},
    orientation::Upright,
    profile::Conversion,
    read::{Samples, Stored},
};

/// Stored rows that are processed together: rotated pictures are then written in runs of this many samples.
const ROWS: usize = 16;

/// A picture, and statistics of its conversion.
pub(crate) struct Developed {
    pub(crate) image: Image<Encoded>,
    /// Pixels whose colours were clipped because they lie outside sRGB.
    pub(crate) outside_srgb: usize,
}

/// Converts stored samples; none if a float sample is not finite.
pub(crate) fn develop(
    stored: &Stored,
    upright: Upright,
    conversion: Option<&Conversion>,
    background: [f32; 3],
) -> Result<Option<Developed>, DecodeError> {
    let neutral = background.iter().all(|v| v.to_bits() == background[0].to_bits());
    let grey = stored.layout.color == Colorants::Grey && (stored.layout.alpha.is_none() || neutral);
    let channels = if grey { Channels::Grey } else { Channels::Rgb };
    let bytes = upright.size.area() * channels.count() * size_of::<f32>();
    let mut image = Image::try_filled(upright.size, channels, 0.0).map_err(|_| DecodeError::OutOfMemory { bytes })?;

    let (width, height) = (stored.size.width(), stored.size.height());
    let mut outside_srgb = 0;
    let mut band = Band::default();
    for top in (0..height).step_by(ROWS) {
        let rows = top..height.min(top + ROWS);
        band.load(stored, rows.start * width..rows.end * width);
        if !band.is_finite() {
            return Ok(None);
        }
        outside_srgb += band.convert(stored.layout.color, conversion);
        if !grey {
            band.spread_grey();
        }
        band.composite(background);
        for (c, samples) in image.samples_mut().chunks_exact_mut(stored.size.area()).enumerate() {
            band.scatter(c, rows.clone(), width, upright, samples);
        }
    }
    Ok(Some(Developed { image, outside_srgb }))
}

/// Clips a colour to sRGB (a broken profile's NaN becomes 0), and returns whether the change is visible: more than one
/// of 255 steps.
fn clip_to_srgb(pixel: &mut [f32; 3]) -> bool {
    const STEP: f32 = 1.0 / 255.0;
    let outside = pixel.iter().any(|v| !(-STEP..=1.0 + STEP).contains(v));
    pixel.iter_mut().for_each(|v| *v = if *v > 0.0 { v.min(1.0) } else { 0.0 });
    outside
}

/// Some rows of pixels during conversion.
#[derive(Default)]
struct Band {
    /// Interleaved colours, without alpha and not premultiplied.
    color: Vec<f32>,
    /// Colour samples per pixel.
    count: usize,
    /// One sample per pixel, or empty.
    alpha: Vec<f32>,
    /// Scratch space for the next form of `color`.
    scratch: Vec<f32>,
}

impl Band {
    /// Loads some pixels of the file's samples, scaled to `[0, 1]`.
    fn load(&mut self, stored: &Stored, pixels: Range<usize>) {
        self.count = stored.layout.color.count();
        let stride = stored.layout.count();
        let range = pixels.start * stride..pixels.end * stride;
        match &stored.samples {
            Samples::U8(samples) => self.split(&samples[range], stride, |v| f32::from(v) / 255.0),
            Samples::U16(samples) => self.split(&samples[range], stride, |v| f32::from(v) / 65535.0),
            Samples::F32(samples) => self.split(&samples[range], stride, |v| v),
        }
        if stored.layout.alpha == Some(Alpha::Premultiplied) {
            // Integer samples are at most 1; floats may be brighter.
            let most = if matches!(stored.samples, Samples::F32(_)) { f32::INFINITY } else { 1.0 };
            for (pixel, &opacity) in self.color.chunks_exact_mut(self.count).zip(&self.alpha) {
                if opacity > 0.0 {
                    pixel.iter_mut().for_each(|v| *v = (*v / opacity).min(most));
                }
            }
        }
    }

    fn split<T: Copy>(&mut self, samples: &[T], stride: usize, scale: impl Fn(T) -> f32) {
        self.color.clear();
        self.alpha.clear();
        if stride == self.count {
            self.color.extend(samples.iter().map(|&v| scale(v)));
        } else {
            for pixel in samples.chunks_exact(stride) {
                self.color.extend(pixel[..self.count].iter().map(|&v| scale(v)));
                self.alpha.push(scale(pixel[self.count]));
            }
        }
    }

    fn is_finite(&self) -> bool {
        self.color.iter().chain(&self.alpha).all(|v| v.is_finite())
    }

    /// Converts to sRGB codes: by the profile, or CMYK by multiplying inks; other colours are sRGB already. Returns the
    /// number of clipped pixels, not counting fully transparent ones.
    fn convert(&mut self, colorants: Colorants, conversion: Option<&Conversion>) -> usize {
        let mut clipped = 0;
        match (conversion, colorants) {
            (None, Colorants::Grey | Colorants::Rgb) => {}
            (None, Colorants::Cmyk) => {
                self.scratch.clear();
                let paper = self.color.as_chunks::<4>().0;
                self.scratch.extend(paper.iter().flat_map(|&[c, m, y, k]| [c * k, m * k, y * k]));
                self.take_scratch(3);
            }
            (Some(conversion), _) => {
                if colorants == Colorants::Cmyk {
                    // Profiles count ink, not the light that it lets through.
                    self.color.iter_mut().for_each(|v| *v = 1.0 - *v);
                }
                self.scratch.clear();
                self.scratch.resize(self.color.len() / self.count * 3, 0.0);
                conversion.apply(&self.color, &mut self.scratch);
                let opacities = self.alpha.iter().copied().chain(std::iter::repeat(1.0));
                for (pixel, opacity) in self.scratch.as_chunks_mut::<3>().0.iter_mut().zip(opacities) {
                    clipped += usize::from(clip_to_srgb(pixel) && opacity > 0.0);
                }
                self.take_scratch(3);
                if colorants == Colorants::Grey {
                    self.scratch.clear();
                    self.scratch.extend(self.color.iter().skip(1).step_by(3));
                    self.take_scratch(1);
                }
            }
        }
        clipped
    }

    fn spread_grey(&mut self) {
        if self.count == 1 {
            self.scratch.clear();
            self.scratch.extend(self.color.iter().flat_map(|&v| [v; 3]));
            self.take_scratch(3);
        }
    }

    fn take_scratch(&mut self, count: usize) {
        std::mem::swap(&mut self.color, &mut self.scratch);
        self.count = count;
    }

    /// Composites over the background.
    fn composite(&mut self, background: [f32; 3]) {
        for (pixel, &opacity) in self.color.chunks_exact_mut(self.count).zip(&self.alpha) {
            composite(pixel, opacity, &background);
        }
    }

    /// Writes colour `c` of the stored rows to its place in the upright plane.
    fn scatter(&self, c: usize, rows: Range<usize>, width: usize, upright: Upright, plane: &mut [f32]) {
        let sample = |x: usize, row: usize| self.color[(row * width + x) * self.count + c];
        if upright.turned {
            for x in 0..width {
                for (row, y) in rows.clone().enumerate() {
                    plane[upright.index(x, y)] = sample(x, row);
                }
            }
        } else {
            for (row, y) in rows.enumerate() {
                let (first, last) = (upright.index(0, y), upright.index(width - 1, y));
                let target = &mut plane[first.min(last)..][..width];
                let source = self.color[row * width * self.count..][..width * self.count].iter().skip(c);
                let source = source.step_by(self.count);
                if first <= last {
                    target.iter_mut().zip(source).for_each(|(to, from)| *to = *from);
                } else {
                    target.iter_mut().rev().zip(source).for_each(|(to, from)| *to = *from);
                }
            }
        }
    }
}
