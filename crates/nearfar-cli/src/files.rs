//! Pictures in and out: names, standard streams, and never losing a file.

#[cfg(unix)]
use std::{fs::File, io::Read};
use std::{
    io::Write,
    path::{Path, PathBuf},
};

use nearfar::{
    Picture, Place, Size,
    codec::{Contents, DecodeOptions, EncodeOptions},
};

use crate::{console, failure::Failure};

/// The name that stands for a standard stream.
const STREAM: &str = "-";

/// What a person calls a path.
pub(crate) fn name(path: &Path) -> String {
    if is_stream(path) { "standard input".to_owned() } else { path.display().to_string() }
}

/// Reads a picture from a file, or from standard input for `-`, and prints what is odd about it.
pub(crate) fn read(path: &Path, options: &DecodeOptions, quiet: bool) -> Result<Picture, Failure> {
    let picture = load(path, options)?;
    picture.notes().filter(|_| !quiet).for_each(|note| console::noted(&note));
    Ok(picture)
}

/// Reads a picture and prints nothing.
pub(crate) fn load(path: &Path, options: &DecodeOptions) -> Result<Picture, Failure> {
    let name = name(path);
    if is_stream(path) {
        Contents::from_stream(std::io::stdin().lock(), options.max_bytes)
            .and_then(|contents| Picture::decode(&name, &contents, options))
    } else {
        Picture::read(path, options)
    }
    .map_err(|error| Failure::reading(&name, &error))
}

/// Reads the near and the far picture, and prints what is odd about them.
pub(crate) fn read_both(
    near: &Path,
    far: &Path,
    options: &DecodeOptions,
    quiet: bool,
) -> Result<(Picture, Picture), Failure> {
    let (near, far) = load_both(near, far, options)?;
    near.notes().chain(far.notes()).filter(|_| !quiet).for_each(|note| console::noted(&note));
    Ok((near, far))
}

/// Reads the near and the far picture and prints nothing.
pub(crate) fn load_both(near: &Path, far: &Path, options: &DecodeOptions) -> Result<(Picture, Picture), Failure> {
    if is_stream(near) && is_stream(far) {
        return Err(Failure::usage("only one of the two pictures can come from standard input")
            .fix("give the other one's file name"));
    }
    let (near, far) = std::thread::scope(|scope| {
        let far = scope.spawn(|| load(far, options));
        (load(near, options), far.join().expect("reading does not panic"))
    });
    Ok((near?, far?))
}

/// What `-` stands for, which may have been redirected from a file.
pub(crate) fn real(path: &Path) -> &Path {
    if is_stream(path) { Path::new("/dev/stdin") } else { path }
}

pub(crate) fn is_stream(path: &Path) -> bool {
    path == Path::new(STREAM)
}

/// Where a picture goes: checked before any work is done.
#[derive(Debug)]
pub(crate) enum Target {
    /// Standard output.
    Stream,
    /// A file of that name.
    File(String, Place),
}

impl Target {
    /// Checks that `path` can be written as `options` say and is none of `inputs`.
    pub(crate) fn new(path: &Path, options: &EncodeOptions, force: bool, inputs: &[&Path]) -> Result<Self, Failure> {
        // Before the work instead of after it; the hybrid's size is not known yet.
        options.check(Size::new(1, 1).expect("1x1 is a size"))?;
        if is_stream(path) {
            return if is_closed(std::io::stdout()) {
                Err(Failure::new("standard output is closed: the picture would be lost")
                    .fix("give -o a file name, or send standard output to a file or a program"))
            } else {
                Ok(Self::Stream)
            };
        }
        let inputs: Vec<_> = inputs.iter().map(|&path| real(path)).collect();
        Ok(Self::File(path.display().to_string(), Place::new(path, force, &inputs)?))
    }

    /// The name to print.
    pub(crate) fn name(&self) -> String {
        match self {
            Self::Stream => STREAM.to_owned(),
            Self::File(name, _) => name.clone(),
        }
    }

    /// Whether the picture goes to standard output.
    pub(crate) fn is_stream(&self) -> bool {
        matches!(self, Self::Stream)
    }

    /// Writes the file, whole or not at all.
    pub(crate) fn write(&self, bytes: &[u8]) -> Result<(), Failure> {
        match self {
            Self::File(_, place) => Ok(place.write(bytes)?),
            Self::Stream => {
                let mut stdout = std::io::stdout().lock();
                let written = stdout.write_all(bytes).and_then(|()| stdout.flush());
                written.map_err(|error| Failure::standard_output(&error))
            }
        }
    }
}

/// Whether a standard stream was closed when the program started: the null device stands in for it then, open for reading
/// and writing, which it is for nobody else but those who throw the output away in the same manner.
#[cfg(unix)]
fn is_closed(stream: impl std::os::fd::AsFd) -> bool {
    use std::os::unix::fs::MetadataExt;

    let Ok(mut file) = stream.as_fd().try_clone_to_owned().map(File::from) else { return true };
    let device = |metadata: std::fs::Metadata| metadata.rdev();
    let null = std::fs::metadata("/dev/null").map(device);
    null.is_ok_and(|null| file.metadata().map(device).is_ok_and(|own| own == null)) && file.read(&mut [0]).is_ok()
}

#[cfg(not(unix))]
fn is_closed<T>(_: T) -> bool {
    false
}

/// A free name in the current folder made of a picture's and `ending`, such as `-strip.png`.
pub(crate) fn free_name(picture: &Path, ending: &str) -> PathBuf {
    nearfar::free_name(&stem(picture), ending)
}

/// A picture's name without folder and extension.
pub(crate) fn stem(picture: &Path) -> String {
    match picture.file_stem() {
        Some(stem) if !is_stream(picture) => stem.to_string_lossy().into_owned(),
        _ => "stdin".to_owned(),
    }
}
