//! The picture itself.

use std::{fmt, marker::PhantomData};

use crate::{ColorState, Encoded, ImageError, Linear, Plane, PlaneMut, Rect, Size, TransferFunction, memory};

/// The number of planes of a picture, and their meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Channels {
    /// One plane.
    Grey,
    /// Three planes: red, green, blue.
    Rgb,
}

impl Channels {
    /// Number of planes.
    #[must_use]
    pub fn count(self) -> usize {
        match self {
            Self::Grey => 1,
            Self::Rgb => 3,
        }
    }
}

/// A picture: planes of `f32` in one allocation, with the colour state in the type.
#[derive(Clone, PartialEq)]
pub struct Image<S: ColorState = Encoded> {
    size: Size,
    channels: Channels,
    samples: Vec<f32>,
    state: PhantomData<S>,
}

impl<S: ColorState> Image<S> {
    /// A picture filled with one value.
    ///
    /// Use [`try_filled`](Self::try_filled) where the size comes from outside.
    ///
    /// # Panics
    ///
    /// The process aborts if there is not enough memory.
    #[must_use]
    pub fn filled(size: Size, channels: Channels, value: f32) -> Self {
        Self { size, channels, samples: vec![value; size.area() * channels.count()], state: PhantomData }
    }

    /// A picture filled with one value, if there is memory for it.
    ///
    /// # Errors
    ///
    /// [`ImageError::OutOfMemory`] if there is not.
    pub fn try_filled(size: Size, channels: Channels, value: f32) -> Result<Self, ImageError> {
        let samples = memory::try_filled(size.area() * channels.count(), value)?;
        Ok(Self { size, channels, samples, state: PhantomData })
    }

    /// A picture from its samples, plane after plane.
    ///
    /// # Errors
    ///
    /// [`ImageError::SampleCount`] if there is not one sample for each pixel and channel.
    pub fn from_samples(size: Size, channels: Channels, samples: Vec<f32>) -> Result<Self, ImageError> {
        let expected = size.area() * channels.count();
        if samples.len() != expected {
            return Err(ImageError::SampleCount { expected, found: samples.len() });
        }
        Ok(Self { size, channels, samples, state: PhantomData })
    }

    /// A picture from a function of channel, x and y.
    #[must_use]
    pub fn from_fn(size: Size, channels: Channels, mut sample: impl FnMut(usize, usize, usize) -> f32) -> Self {
        let mut samples = Vec::with_capacity(size.area() * channels.count());
        for c in 0..channels.count() {
            for y in 0..size.height() {
                samples.extend((0..size.width()).map(|x| sample(c, x, y)));
            }
        }
        Self { size, channels, samples, state: PhantomData }
    }

    /// Size in pixels.
    #[must_use]
    pub fn size(&self) -> Size {
        self.size
    }

    /// Grey or RGB.
    #[must_use]
    pub fn channels(&self) -> Channels {
        self.channels
    }

    /// All samples, plane after plane, row after row.
    #[must_use]
    pub fn samples(&self) -> &[f32] {
        &self.samples
    }

    /// All samples for writing.
    pub fn samples_mut(&mut self) -> &mut [f32] {
        &mut self.samples
    }

    /// Converts the picture into its samples.
    #[must_use]
    pub fn into_samples(self) -> Vec<f32> {
        self.samples
    }

    /// Plane `channel`.
    ///
    /// # Panics
    ///
    /// If there is no such channel.
    #[must_use]
    pub fn plane(&self, channel: usize) -> Plane<'_> {
        let area = self.size.area();
        Plane::new(self.size, &self.samples[channel * area..][..area])
    }

    /// Plane `channel` for writing.
    ///
    /// # Panics
    ///
    /// If there is no such channel.
    pub fn plane_mut(&mut self, channel: usize) -> PlaneMut<'_> {
        let area = self.size.area();
        PlaneMut::new(self.size, &mut self.samples[channel * area..][..area])
    }

    /// The planes in order.
    pub fn planes(&self) -> impl ExactSizeIterator<Item = Plane<'_>> {
        self.samples.chunks_exact(self.size.area()).map(|samples| Plane::new(self.size, samples))
    }

    /// The planes in order, for writing.
    pub fn planes_mut(&mut self) -> impl ExactSizeIterator<Item = PlaneMut<'_>> {
        let size = self.size;
        self.samples.chunks_exact_mut(size.area()).map(move |samples| PlaneMut::new(size, samples))
    }

    /// Checks that every sample is a finite number.
    ///
    /// # Errors
    ///
    /// [`ImageError::NotFinite`] with the first offender.
    pub fn check_finite(&self) -> Result<(), ImageError> {
        match self.samples.iter().position(|v| !v.is_finite()) {
            Some(index) => Err(ImageError::NotFinite { index, value: self.samples[index] }),
            None => Ok(()),
        }
    }

    /// Number of samples outside `[0, 1]`, which files of whole numbers cannot hold. NaN counts too.
    #[must_use]
    pub fn count_outside(&self) -> usize {
        self.samples.iter().filter(|v| !(0.0..=1.0).contains(*v)).count()
    }

    /// The part of the picture inside a rectangle.
    ///
    /// # Panics
    ///
    /// If the rectangle does not lie inside the picture.
    #[must_use]
    pub fn crop(&self, rect: Rect) -> Self {
        let Rect { x, y, size } = rect;
        let inside = |start: usize, length: usize, limit: usize| limit.checked_sub(length).is_some_and(|m| start <= m);
        assert!(
            inside(x, size.width(), self.size.width()) && inside(y, size.height(), self.size.height()),
            "a crop of {size} at ({x}, {y}) does not lie inside a picture of {}",
            self.size
        );
        let mut samples = Vec::with_capacity(size.area() * self.channels.count());
        for plane in self.planes() {
            for row in y..y + size.height() {
                samples.extend_from_slice(&plane.row(row)[x..x + size.width()]);
            }
        }
        Self { size, channels: self.channels, samples, state: PhantomData }
    }

    /// The picture with three planes: grey is repeated, RGB is unchanged.
    #[must_use]
    pub fn into_rgb(mut self) -> Self {
        if self.channels == Channels::Grey {
            let area = self.size.area();
            self.samples.reserve_exact(2 * area);
            self.samples.extend_from_within(..area);
            self.samples.extend_from_within(..area);
            self.channels = Channels::Rgb;
        }
        self
    }

    fn map<T: ColorState>(&self, f: impl Fn(f32) -> f32) -> Image<T> {
        let samples = self.samples.iter().map(|&v| f(v)).collect();
        Image { size: self.size, channels: self.channels, samples, state: PhantomData }
    }
}

impl Image<Encoded> {
    /// The light that these codes stand for.
    #[must_use]
    pub fn decode(&self, transfer: TransferFunction) -> Image<Linear> {
        self.map(|v| transfer.decode(v))
    }
}

impl Image<Linear> {
    /// The codes that stand for this light.
    #[must_use]
    pub fn encode(&self, transfer: TransferFunction) -> Image<Encoded> {
        self.map(|v| transfer.encode(v))
    }
}

/// Shows the shape, not the samples.
impl<S: ColorState> fmt::Debug for Image<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Image<{}>({} {:?})", S::NAME, self.size, self.channels)
    }
}
