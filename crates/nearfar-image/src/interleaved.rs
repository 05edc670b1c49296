//! Pictures as other programs store them: interleaved pixels of integers or floats.
//!
//! A canvas hands out 8-bit RGBA; a NumPy array has the shape `H x W` or `H x W x C`. Either may have padding between
//! rows. [`Interleaved`] is such a picture on its way in; [`interleave`] and [`interleave_into`] are the way out.
//!
//! ```
//! use nearfar_image::{Size, interleaved::{Interleaved, Layout, interleave}};
//!
//! let canvas = [255_u8, 0, 0, 255, 0, 0, 0, 0]; // red, then fully transparent
//! let image = Interleaved::new(Size::new(2, 1)?, Layout::Rgba, &canvas)?.to_image([1.0; 3])?;
//! assert_eq!(interleave::<u8>(&image, Layout::Rgb)?, [255, 0, 0, 255, 255, 255]);
//! # Ok::<(), nearfar_image::ImageError>(())
//! ```

use crate::{Channels, Encoded, Image, ImageError, Size, check_background, composite, memory};

/// The samples of one pixel, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Layout {
    /// One sample.
    Grey,
    /// Red, green, blue.
    Rgb,
    /// Red, green, blue and opacity; the colours are straight, not premultiplied.
    Rgba,
}

impl Layout {
    /// Samples per pixel.
    #[must_use]
    pub fn count(self) -> usize {
        match self {
            Self::Grey => 1,
            Self::Rgb => 3,
            Self::Rgba => 4,
        }
    }
}

/// A sample type: `u8` and `u16`, whose maximum stands for code 1, and `f32`, which holds codes themselves.
pub trait Sample: Copy + sealed::Sealed {
    /// The code that a sample stands for.
    fn to_code(self) -> f32;
    /// The sample nearest to a code: integers saturate at their bounds, floats are kept.
    fn from_code(code: f32) -> Self;
}

mod sealed {
    pub trait Sealed {}
    impl Sealed for u8 {}
    impl Sealed for u16 {}
    impl Sealed for f32 {}
}

impl Sample for u8 {
    fn to_code(self) -> f32 {
        f32::from(self) / 255.0
    }

    fn from_code(code: f32) -> Self {
        // The cast saturates.
        (code * 255.0 + 0.5) as Self
    }
}

impl Sample for u16 {
    fn to_code(self) -> f32 {
        f32::from(self) / 65535.0
    }

    fn from_code(code: f32) -> Self {
        (code * 65535.0 + 0.5) as Self
    }
}

impl Sample for f32 {
    fn to_code(self) -> f32 {
        self
    }

    fn from_code(code: f32) -> Self {
        code
    }
}

/// A borrowed picture of interleaved samples whose shape has been checked.
#[derive(Clone, Copy, Debug)]
pub struct Interleaved<'a, T> {
    size: Size,
    layout: Layout,
    stride: usize,
    samples: &'a [T],
}

impl<'a, T: Sample> Interleaved<'a, T> {
    /// A picture whose rows are contiguous.
    ///
    /// # Errors
    ///
    /// [`ImageError::SampleCount`] unless there is one sample for each pixel and channel.
    pub fn new(size: Size, layout: Layout, samples: &'a [T]) -> Result<Self, ImageError> {
        let stride = size.width() * layout.count();
        let expected = size.area() * layout.count();
        if samples.len() != expected {
            return Err(ImageError::SampleCount { expected, found: samples.len() });
        }
        Ok(Self { size, layout, stride, samples })
    }

    /// A picture whose rows begin `stride` samples apart; the padding between them is ignored.
    ///
    /// # Errors
    ///
    /// [`ImageError::Stride`] if a row is longer than the stride, [`ImageError::SampleCount`] if the samples end before
    /// the last row does.
    pub fn with_stride(size: Size, layout: Layout, samples: &'a [T], stride: usize) -> Result<Self, ImageError> {
        check_stride(size, layout, samples.len(), stride)?;
        Ok(Self { size, layout, stride, samples })
    }

    /// The planar picture: grey for [`Layout::Grey`], RGB otherwise. Pixels that are not opaque are composited over
    /// `background`, in sRGB codes, as by [`composite`].
    ///
    /// # Errors
    ///
    /// [`ImageError::NotFinite`] for the first sample that is not finite, [`ImageError::Background`] if the background
    /// is not a colour, [`ImageError::OutOfMemory`].
    pub fn to_image(self, background: [f32; 3]) -> Result<Image<Encoded>, ImageError> {
        check_background(background)?;
        let channels = if self.layout == Layout::Grey { Channels::Grey } else { Channels::Rgb };
        let mut image = Image::try_filled(self.size, channels, 0.0)?;
        let (width, count) = (self.size.width(), self.layout.count());
        let area = self.size.area();
        for y in 0..self.size.height() {
            let start = y * self.stride;
            for (x, stored) in self.samples[start..][..width * count].chunks_exact(count).enumerate() {
                let mut pixel = [0.0; 4];
                for (i, (code, sample)) in pixel.iter_mut().zip(stored).enumerate() {
                    *code = sample.to_code();
                    if !code.is_finite() {
                        return Err(ImageError::NotFinite { index: start + x * count + i, value: *code });
                    }
                }
                let [r, g, b, opacity] = pixel;
                let mut colors = [r, g, b];
                if self.layout == Layout::Rgba {
                    composite(&mut colors, opacity, &background);
                }
                for (plane, code) in image.samples_mut().chunks_exact_mut(area).zip(colors) {
                    plane[y * width + x] = code;
                }
            }
        }
        Ok(image)
    }
}

/// A picture as interleaved samples, each rounded to the nearest; opacity, if the layout has it, is full.
///
/// # Errors
///
/// [`ImageError::NotFinite`] for the first planar sample that is not finite, [`ImageError::NotGrey`] if the picture is
/// in colour and `layout` is grey, [`ImageError::OutOfMemory`].
pub fn interleave<T: Sample>(image: &Image<Encoded>, layout: Layout) -> Result<Vec<T>, ImageError> {
    image.check_finite()?;
    interleave_with(image, layout, T::from_code)
}

/// A picture as interleaved samples of any type: `sample` converts every code, and code 1 for full opacity.
///
/// # Errors
///
/// As [`interleave`], except for values that are not finite: they are passed to `sample`.
pub fn interleave_with<T: Copy>(
    image: &Image<Encoded>,
    layout: Layout,
    sample: impl Fn(f32) -> T,
) -> Result<Vec<T>, ImageError> {
    let count = layout.count();
    let mut samples = memory::try_filled(image.size().area().saturating_mul(count), sample(1.0))?;
    write(image, layout, &mut samples, image.size().width() * count, sample)?;
    Ok(samples)
}

/// Writes a picture as [`interleave`] does, into rows that begin `stride` samples apart; padding is left untouched.
///
/// # Errors
///
/// As [`interleave`] and [`Interleaved::with_stride`]; on an error nothing is written.
pub fn interleave_into<T: Sample>(
    image: &Image<Encoded>,
    layout: Layout,
    samples: &mut [T],
    stride: usize,
) -> Result<(), ImageError> {
    check_stride(image.size(), layout, samples.len(), stride)?;
    image.check_finite()?;
    write(image, layout, samples, stride, T::from_code)
}

fn write<T: Copy>(
    image: &Image<Encoded>,
    layout: Layout,
    samples: &mut [T],
    stride: usize,
    sample: impl Fn(f32) -> T,
) -> Result<(), ImageError> {
    if image.channels() == Channels::Rgb && layout == Layout::Grey {
        return Err(ImageError::NotGrey);
    }
    let (width, count) = (image.size().width(), layout.count());
    let opaque = sample(1.0);
    for (y, target) in samples.chunks_mut(stride).take(image.size().height()).enumerate() {
        let target = &mut target[..width * count];
        if layout == Layout::Rgba {
            target.iter_mut().skip(3).step_by(count).for_each(|to| *to = opaque);
        }
        for c in 0..count.min(3) {
            let row = image.plane(c % image.channels().count()).row(y);
            target.iter_mut().skip(c).step_by(count).zip(row).for_each(|(to, &code)| *to = sample(code));
        }
    }
    Ok(())
}

fn check_stride(size: Size, layout: Layout, found: usize, stride: usize) -> Result<(), ImageError> {
    let row = size.width() * layout.count();
    if stride < row {
        return Err(ImageError::Stride { stride, row });
    }
    let expected = stride.saturating_mul(size.height() - 1).saturating_add(row);
    if found < expected { Err(ImageError::SampleCount { expected, found }) } else { Ok(()) }
}
