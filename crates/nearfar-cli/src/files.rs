//! Pictures in and out: names, standard streams, and never losing a file.

#[cfg(unix)]
use std::{fs::File, io::Read};
use std::{
    io::Write,
    path::{Path, PathBuf},
};

use nearfar::{
    Failure, Picture, Place,
    codec::{Contents, DecodeOptions, EncodeOptions, Format},
    settings::{film_format, picture_options, plot_format},
};

use crate::console;

/// The name that stands for a standard stream.
const STREAM: &str = "-";

/// What a person calls a path.
pub(crate) fn name(path: &Path) -> String {
    if is_stream(path) { "standard input".to_owned() } else { path.display().to_string() }
}

/// The last part of a path, as a title has it.
pub(crate) fn title(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
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
) -> Result<[Picture; 2], Failure> {
    let both = load_both(near, far, options)?;
    both.iter().flat_map(Picture::notes).filter(|_| !quiet).for_each(|note| console::noted(&note));
    Ok(both)
}

/// Reads the near and the far picture and prints nothing.
pub(crate) fn load_both(near: &Path, far: &Path, options: &DecodeOptions) -> Result<[Picture; 2], Failure> {
    if is_stream(near) && is_stream(far) {
        return Err(Failure::usage("only one of the two pictures can come from standard input")
            .fix("give the other one's file name"));
    }
    let (near, far) = std::thread::scope(|scope| {
        let far = scope.spawn(|| load(far, options));
        (load(near, options), far.join().expect("reading does not panic"))
    });
    Ok([near?, far?])
}

/// What `-` stands for, which may have been redirected from a file.
pub(crate) fn real(path: &Path) -> &Path {
    if is_stream(path) { Path::new("/dev/stdin") } else { path }
}

pub(crate) fn is_stream(path: &Path) -> bool {
    path == Path::new(STREAM)
}

/// A path, unless it stands for a standard stream.
pub(crate) fn unless_stream(path: &Path) -> Option<&Path> {
    (!is_stream(path)).then_some(path)
}

/// Where a result goes: checked before any work is done.
#[derive(Debug)]
pub(crate) enum Target {
    /// Standard output.
    Stream,
    /// A file of that name.
    File(String, Place),
}

impl Target {
    /// Checks that `path` can be written and is none of `inputs`.
    pub(crate) fn new(path: &Path, force: bool, inputs: &[&Path]) -> Result<Self, Failure> {
        if is_stream(path) {
            return if is_closed(std::io::stdout()) {
                Err(Failure::new("standard output is closed: the result would be lost")
                    .fix("give -o a file name, or send standard output to a file or a program"))
            } else {
                Ok(Self::Stream)
            };
        }
        let inputs: Vec<_> = inputs.iter().map(|&path| real(path)).collect();
        Ok(Self::File(path.display().to_string(), Place::new(path, force, &inputs)?))
    }

    /// The same for a picture whose format its name says; PNG to standard output.
    pub(crate) fn picture(path: &Path, force: bool, inputs: &[&Path]) -> Result<(Self, EncodeOptions), Failure> {
        let options = picture_options(unless_stream(path))?;
        Ok((Self::new(path, force, inputs)?, options))
    }

    /// The same for a film.
    pub(crate) fn film(path: &Path, force: bool, inputs: &[&Path]) -> Result<(Self, Format), Failure> {
        let format = film_format(unless_stream(path))?;
        Ok((Self::new(path, force, inputs)?, format))
    }

    /// The same for a plot.
    pub(crate) fn plot(path: &Path, force: bool, inputs: &[&Path]) -> Result<(Self, Option<Format>), Failure> {
        let format = plot_format(unless_stream(path))?;
        Ok((Self::new(path, force, inputs)?, format))
    }

    /// Checks that standard output is given one result at most, JSON and what is drawn in the terminal among them.
    pub(crate) fn share_stdout<'t>(
        targets: impl IntoIterator<Item = &'t Self>,
        json: bool,
        others: usize,
    ) -> Result<(), Failure> {
        let streams = targets.into_iter().filter(|target| target.is_stream()).count();
        match streams + others + usize::from(json) {
            0 | 1 => Ok(()),
            _ if streams == 1 && json && others == 0 => {
                Err(Failure::usage("the picture and the JSON cannot both go to standard output")
                    .fix("give -o a file name, or leave --json out"))
            }
            _ => Err(Failure::usage("only one result can go to standard output").fix("give the others file names")),
        }
    }

    /// Checks that no two results go to one file.
    pub(crate) fn all_apart<'t>(targets: impl IntoIterator<Item = &'t Self>) -> Result<(), Failure> {
        let names: Vec<_> = targets.into_iter().map(Self::name).collect();
        match (1..names.len()).find(|&i| names[..i].contains(&names[i])) {
            Some(twin) => Err(Failure::usage(format_args!("{} would be written twice", names[twin]))
                .fix("give each file a name of its own")),
            None => Ok(()),
        }
    }

    /// The name to print.
    pub(crate) fn name(&self) -> String {
        match self {
            Self::Stream => STREAM.to_owned(),
            Self::File(name, _) => name.clone(),
        }
    }

    /// Whether the result goes to standard output.
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
                written.map_err(|error| console::cannot_print(&error))
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
