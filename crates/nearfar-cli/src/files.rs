//! Pictures in and out: names, standard streams, and never losing a file.

use std::{
    io::Write,
    path::{Path, PathBuf},
};

use nearfar::{
    Encoded, Image,
    codec::{self, Decoded, EncodeOptions, Format, Overwrite},
};

use crate::{
    args::{InputArgs, OutputArgs},
    console,
    failure::Failure,
};

/// The name that stands for a standard stream.
const STREAM: &str = "-";

/// Reads a picture from a file, or from standard input for `-`.
pub(crate) fn read(path: &Path, args: &InputArgs) -> Result<Decoded, Failure> {
    let options = args.decode_options();
    let name = if is_stream(path) { "standard input".to_owned() } else { path.display().to_string() };
    let decoded =
        if is_stream(path) { codec::read_from(std::io::stdin().lock(), &options) } else { codec::read(path, &options) };
    let decoded = decoded.map_err(|error| Failure::reading(&name, &error))?;
    for warning in &decoded.info.warnings {
        console::note(format_args!("note: {name}: {warning}"));
    }
    Ok(decoded)
}

/// Reads the near and the far picture.
pub(crate) fn read_both(near: &Path, far: &Path, args: &InputArgs) -> Result<(Decoded, Decoded), Failure> {
    if is_stream(near) && is_stream(far) {
        return Err(Failure::usage("only one of the two pictures can come from standard input"));
    }
    let (near, far) = std::thread::scope(|scope| {
        let far = scope.spawn(|| read(far, args));
        (read(near, args), far.join().expect("reading does not panic"))
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
    options: EncodeOptions,
    overwrite: Overwrite,
}

impl Target {
    /// Checks that `path` can be written and is none of `inputs`.
    pub(crate) fn new(path: &Path, args: &OutputArgs, truncate: bool, inputs: &[&Path]) -> Result<Self, Failure> {
        let format = match args.format.map(Into::into).or_else(|| Format::from_path(path)) {
            Some(format) => format,
            None if is_stream(path) => Format::Png,
            None => {
                return Err(Failure::usage(format_args!("{}: the extension names no picture format", path.display()))
                    .fix("end the name with .png, .jpg, .webp or .tif, or say --format png"));
            }
        };
        let options = args.encode_options(format, truncate);
        // The same check that encoding makes, before the work instead of after it.
        codec::encode(
            &Image::filled(nearfar::Size::new(1, 1).expect("1x1 is a size"), nearfar::Channels::Grey, 0.0),
            &options,
        )?;
        if inputs.iter().any(|input| same_file(input, path)) {
            return Err(Failure::usage(format_args!("{} is an input; it is never overwritten", path.display()))
                .fix("choose another name for the output"));
        }
        let overwrite = if args.force { Overwrite::Allow } else { Overwrite::Refuse };
        if !is_stream(path) {
            check_place(path, overwrite)?;
        }
        Ok(Self { path: path.to_owned(), options, overwrite })
    }

    /// The name to print.
    pub(crate) fn name(&self) -> String {
        self.path.display().to_string()
    }

    /// Whether the picture goes to standard output.
    pub(crate) fn is_stream(&self) -> bool {
        is_stream(&self.path)
    }

    /// Writes the picture, whole or not at all.
    pub(crate) fn write(&self, picture: &Image<Encoded>) -> Result<(), Failure> {
        let bytes = codec::encode(picture, &self.options)?;
        if self.is_stream() {
            let mut stdout = std::io::stdout().lock();
            return stdout
                .write_all(&bytes)
                .and_then(|()| stdout.flush())
                .map_err(|error| Failure::new(format_args!("cannot write to standard output: {error}")));
        }
        Ok(codec::write_atomic(&self.path, &bytes, self.overwrite)?)
    }
}

/// Fails early on what would fail late: a missing folder, or a file that must not be replaced.
fn check_place(path: &Path, overwrite: Overwrite) -> Result<(), Failure> {
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
    if path.exists() && overwrite == Overwrite::Refuse {
        return Err(Failure::new(format_args!("{} exists already", path.display()))
            .fix("choose another name, or replace it with --force"));
    }
    Ok(())
}

fn same_file(a: &Path, b: &Path) -> bool {
    match (a.canonicalize(), b.canonicalize()) {
        (Ok(a), Ok(b)) => a == b,
        _ => false,
    }
}
