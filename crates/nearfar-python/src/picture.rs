//! Pictures between Python and the library.

use std::path::PathBuf;

use nearfar::{
    Channels, Encoded, Failure, Image, Size,
    codec::{Contents, DecodeOptions, Rounding},
    image::{
        check_room,
        interleaved::{Interleaved, Layout, Sample, interleave_with},
    },
    memory_for_work,
};
use pyo3::{prelude::*, types::PyBytes};

use crate::{
    error::{failure, unknown},
    work::listening,
};

/// A picture, and what it came from.
#[pyclass(frozen, module = "nearfar._native")]
pub(crate) struct Picture {
    pub(crate) picture: nearfar::Picture,
    /// How its codes become whole numbers.
    rounding: Rounding,
    /// Its samples as they were given; those of files count as 8 bits.
    kind: Kind,
}

/// A type of samples, by numpy's name.
#[derive(Clone, Copy, Default)]
enum Kind {
    #[default]
    U8,
    U16,
    F32,
}

impl Kind {
    fn named(name: &str) -> PyResult<Self> {
        match name {
            "uint8" => Ok(Self::U8),
            "uint16" => Ok(Self::U16),
            "float32" => Ok(Self::F32),
            other => Err(unknown(format_args!("samples are uint8, uint16 or float32, not {other}"))),
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::U8 => "uint8",
            Self::U16 => "uint16",
            Self::F32 => "float32",
        }
    }
}

#[pymethods]
impl Picture {
    /// Reads a file as the program does; what is not opaque lets `background`, sRGB codes from 0 to 1, through.
    #[staticmethod]
    fn read(py: Python<'_>, path: PathBuf, background: [f32; 3]) -> PyResult<Self> {
        let options = reading(background);
        let name = path.display().to_string();
        let picture = listening(py, move |_| nearfar::Picture::read(&path, &options))?;
        Ok(picture.map_err(|error| failure(Failure::reading(&name, &error)))?.into())
    }

    /// Reads a file's bytes, likewise.
    #[staticmethod]
    fn decode(py: Python<'_>, bytes: &[u8], background: [f32; 3]) -> PyResult<Self> {
        let options = reading(background);
        check_room(bytes.len()).map_err(failure)?;
        let bytes = bytes.to_vec();
        let picture = listening(py, move |_| {
            let contents = Contents::from_stream(bytes.as_slice(), options.max_bytes)?;
            nearfar::Picture::decode("(bytes)", &contents, &options)
        })?;
        Ok(picture.map_err(|error| failure(Failure::reading("the bytes", &error)))?.into())
    }

    /// A picture from interleaved samples in the machine's byte order; `shape` is height, width, and 1, 3 or 4 channels.
    #[staticmethod]
    fn from_samples(
        py: Python<'_>,
        samples: &[u8],
        shape: (usize, usize, usize),
        kind: &str,
        background: [f32; 3],
    ) -> PyResult<Self> {
        let (height, width, channels) = shape;
        let size = Size::new(width, height).map_err(unknown)?;
        let layout = match channels {
            1 => Layout::Grey,
            3 => Layout::Rgb,
            4 => Layout::Rgba,
            _ => return Err(unknown(format_args!("a pixel has 1, 3 or 4 samples, not {channels}"))),
        };
        let kind = Kind::named(kind)?;
        py.detach(|| {
            let image = match kind {
                Kind::U8 => developed(size, layout, samples, background),
                Kind::U16 => developed(size, layout, &numbers(samples, u16::from_ne_bytes)?, background),
                Kind::F32 => developed(size, layout, &numbers(samples, f32::from_ne_bytes)?, background),
            }?;
            Ok(Self { kind, ..nearfar::Picture::of_samples("(array)", image, samples).into() })
        })
    }

    /// Height, width and samples of a pixel, 1 or 3.
    #[getter]
    fn shape(&self) -> (usize, usize, usize) {
        shape(&self.picture.image)
    }

    /// The type of the samples that it was made of; `uint8` for files.
    #[getter]
    fn kind(&self) -> &'static str {
        self.kind.name()
    }

    /// Interleaved samples in the machine's byte order: whole numbers rounded, floats as they are.
    fn samples<'py>(&self, py: Python<'py>, kind: &str) -> PyResult<Bound<'py, PyBytes>> {
        let half = match self.rounding {
            Rounding::Nearest => 0.5,
            Rounding::Truncate => 0.0,
        };
        // The casts saturate, and turn NaN into 0.
        let bytes = match Kind::named(kind)? {
            Kind::U8 => py.detach(|| self.bytes(|code| ((code * 255.0 + half) as u8).to_ne_bytes())),
            Kind::U16 => py.detach(|| self.bytes(|code| ((code * 65535.0 + half) as u16).to_ne_bytes())),
            Kind::F32 => py.detach(|| self.bytes(f32::to_ne_bytes)),
        }?;
        // Python's own MemoryError, where `new` would panic.
        PyBytes::new_with(py, bytes.len(), |room| {
            room.copy_from_slice(&bytes);
            Ok(())
        })
    }
}

impl Picture {
    /// A picture that was made here.
    pub(crate) fn made(image: Image<Encoded>, rounding: Rounding) -> Self {
        Self { rounding, ..nearfar::Picture::of_samples("", image, &[]).into() }
    }

    /// All samples, interleaved.
    fn bytes<const N: usize>(&self, write: impl Fn(f32) -> [u8; N]) -> PyResult<Vec<u8>> {
        let image = &self.picture.image;
        Ok(interleave_with(image, layout(image), write).map_err(failure)?.into_flattened())
    }
}

impl From<nearfar::Picture> for Picture {
    fn from(picture: nearfar::Picture) -> Self {
        Self { picture, rounding: Rounding::default(), kind: Kind::default() }
    }
}

/// How files are read: with the memory that there is, but for that the limits are those of the program if nothing is said. The work
/// on what they hold asks for its own memory.
fn reading(background: [f32; 3]) -> DecodeOptions {
    let options = DecodeOptions::default();
    DecodeOptions { background, max_bytes: options.max_bytes.min(memory_for_work(None)), ..options }
}

/// Height, width and channels.
pub(crate) fn shape(image: &Image<Encoded>) -> (usize, usize, usize) {
    (image.size().height(), image.size().width(), image.channels().count())
}

/// The layout of a picture without opacity.
pub(crate) fn layout(image: &Image<Encoded>) -> Layout {
    match image.channels() {
        Channels::Grey => Layout::Grey,
        Channels::Rgb => Layout::Rgb,
    }
}

fn developed<T: Sample>(size: Size, layout: Layout, samples: &[T], background: [f32; 3]) -> PyResult<Image<Encoded>> {
    Interleaved::new(size, layout, samples).and_then(|picture| picture.to_image(background)).map_err(failure)
}

/// The numbers that bytes hold, if there is room for them.
pub(crate) fn numbers<const N: usize, T>(bytes: &[u8], read: fn([u8; N]) -> T) -> PyResult<Vec<T>> {
    check_room(bytes.len()).map_err(failure)?;
    Ok(bytes.as_chunks().0.iter().map(|&chunk| read(chunk)).collect())
}
