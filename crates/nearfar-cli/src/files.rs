//! Pictures in and out: names, standard streams, and never losing a file.

use std::{
    fs::File,
    io::{Read, Write},
    path::{Path, PathBuf},
};

use nearfar::{
    Picture, Size,
    codec::{self, Contents, DecodeOptions, EncodeOptions, Overwrite},
};

use crate::{console, failure::Failure};

/// The name that stands for a standard stream.
const STREAM: &str = "-";
/// Longest text that is read: a manifest of a million rows.
const MAX_TEXT_BYTES: u64 = 256 << 20;

/// What a person calls a path.
fn name(path: &Path) -> String {
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
    decode(path, &contents(path, options)?, options)
}

/// Reads a file's bytes, or those of standard input.
pub(crate) fn contents(path: &Path, options: &DecodeOptions) -> Result<Contents, Failure> {
    if is_stream(path) {
        Contents::from_stream(std::io::stdin().lock(), options.max_bytes)
    } else {
        Contents::from_file(path, options.max_bytes)
    }
    .map_err(|error| Failure::reading(&name(path), &error))
}

/// Makes a picture of the bytes of a file.
pub(crate) fn decode(path: &Path, contents: &Contents, options: &DecodeOptions) -> Result<Picture, Failure> {
    let name = name(path);
    let picture = if is_stream(path) {
        Picture::decode(&name, contents, options)
    } else {
        Picture::of_file(path, contents, options)
    };
    picture.map_err(|error| Failure::reading(&name, &error))
}

/// Reads a text file: points, a manifest.
pub(crate) fn read_text(path: &Path) -> std::io::Result<String> {
    let mut text = String::new();
    let length = File::open(path)?.take(MAX_TEXT_BYTES + 1).read_to_string(&mut text)? as u64;
    if length > MAX_TEXT_BYTES {
        return Err(std::io::Error::other(format!("it is longer than {} MiB", MAX_TEXT_BYTES >> 20)));
    }
    Ok(text)
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

pub(crate) fn is_stream(path: &Path) -> bool {
    path == Path::new(STREAM)
}

/// Where a picture goes and how: checked before any work is done.
#[derive(Debug)]
pub(crate) struct Target {
    path: PathBuf,
    overwrite: Overwrite,
}

impl Target {
    /// Checks that `path` can be written as `options` say and is none of `inputs`.
    pub(crate) fn new(path: &Path, options: &EncodeOptions, force: bool, inputs: &[&Path]) -> Result<Self, Failure> {
        // Before the work instead of after it; the hybrid's size is not known yet.
        options.check(Size::new(1, 1).expect("1x1 is a size"))?;
        if inputs.iter().any(|input| same_file(input, path)) {
            return Err(Failure::usage(format_args!("{} is an input; it is never overwritten", path.display()))
                .fix("choose another name for the output"));
        }
        let overwrite = if force { Overwrite::Allow } else { Overwrite::Refuse };
        if !is_stream(path) {
            check_place(path, overwrite)?;
        } else if is_closed(std::io::stdout()) {
            return Err(Failure::new("standard output is closed: the picture would be lost")
                .fix("give -o a file name, or send standard output to a file or a program"));
        }
        Ok(Self { path: path.to_owned(), overwrite })
    }

    /// The name to print.
    pub(crate) fn name(&self) -> String {
        self.path.display().to_string()
    }

    /// Whether the picture goes to standard output.
    pub(crate) fn is_stream(&self) -> bool {
        is_stream(&self.path)
    }

    /// Writes the file, whole or not at all.
    pub(crate) fn write(&self, bytes: &[u8]) -> Result<(), Failure> {
        if self.is_stream() {
            let mut stdout = std::io::stdout().lock();
            let written = stdout.write_all(bytes).and_then(|()| stdout.flush());
            return written.map_err(|error| Failure::standard_output(&error));
        }
        Ok(codec::write_atomic(&self.path, bytes, self.overwrite)?)
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

/// A name in the current folder made of a picture's and `ending`, such as `-strip.png`: the first that is free, with a number if
/// need be.
pub(crate) fn free_name(picture: &Path, ending: &str) -> PathBuf {
    let stem = stem(picture);
    let (word, extension) = ending.rsplit_once('.').unwrap_or((ending, "png"));
    let numbered = (2..).map(|number| format!("{stem}{word}-{number}.{extension}"));
    let mut names = std::iter::once(format!("{stem}{ending}")).chain(numbered).map(PathBuf::from);
    names.find(|name| !name.exists()).expect("there are more numbers than files")
}

/// A picture's name without folder and extension.
pub(crate) fn stem(picture: &Path) -> String {
    match picture.file_stem() {
        Some(stem) if !is_stream(picture) => stem.to_string_lossy().into_owned(),
        _ => "stdin".to_owned(),
    }
}

/// Fails early on what would fail late: a missing folder, or a file that must not be replaced.
pub(crate) fn check_place(path: &Path, overwrite: Overwrite) -> Result<(), Failure> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    if !folder.is_dir() {
        return Err(Failure::new(format_args!(
            "cannot write {}: there is no folder {}",
            path.display(),
            folder.display()
        ))
        .fix(format_args!("make it first: mkdir -p {}", folder.display())));
    }
    if path.is_dir() {
        return Err(Failure::new(format_args!("cannot write {}: it is a folder", path.display()))
            .fix("give the output a file name, such as hybrid.png"));
    }
    // A link that leads nowhere is there, too.
    if path.symlink_metadata().is_ok_and(|there| !there.is_file() && !path.is_file()) {
        return Err(Failure::new(format_args!("cannot write {}: it is no ordinary file", path.display()))
            .fix("give the output a file name, such as hybrid.png; `-` writes to standard output"));
    }
    if path.exists() && overwrite == Overwrite::Refuse {
        return Err(Failure::new(format_args!("{} exists already", path.display()))
            .fix("choose another name, or replace it with --force"));
    }
    Ok(())
}

/// Whether two paths lead to one file; standard input may have been redirected from it.
fn same_file(a: &Path, b: &Path) -> bool {
    let real = |path: &Path| if is_stream(path) { Path::new("/dev/stdin") } else { path }.canonicalize();
    match (real(a), b.canonicalize()) {
        (Ok(a), Ok(b)) => a == b,
        _ => false,
    }
}
