//! The program as users meet it: files and words in, files and words out.

mod align;
mod bad_input;
mod bad_places;
mod bad_words;
mod batch;
mod batch_shows;
mod compare;
mod descent;
#[cfg(unix)]
mod disk;
mod dry_run;
mod fit;
mod fourier;
mod help;
#[cfg(unix)]
mod interrupt;
mod json;
mod keep;
mod layers;
mod mix;
mod reading;
mod readme;
mod redo;
mod report;
mod score;
mod spectrum;
mod start;
mod streams;
#[cfg(feature = "studio")]
mod studio;
mod suggest;
mod sweep;
mod view;
mod wanted;
mod width;

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

use image::{GrayImage, Luma, Rgb, RgbImage};
use serde_json::Value;

/// A folder of its own with two small pictures in it, `near.png` and `far.png`, 48x40 pixels.
struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        let folder = Self::empty();
        near(48, 40).save(folder.path("near.png")).unwrap();
        far(48, 40).save(folder.path("far.png")).unwrap();
        folder
    }

    fn empty() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Names of all files, sorted.
    fn files(&self) -> Vec<String> {
        let entries = fs::read_dir(self.0.path()).unwrap();
        let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    /// Runs the program in this folder.
    fn run(&self, arguments: &[&str]) -> Run {
        self.run_with(arguments, b"")
    }

    fn run_with(&self, arguments: &[&str], input: &[u8]) -> Run {
        let mut command = Command::new(env!("CARGO_BIN_EXE_nearfar"));
        command.args(arguments).current_dir(self.0.path());
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut stdin = child.stdin.take().unwrap();
        let input = input.to_owned();
        let feeding = std::thread::spawn(move || {
            // A program that fails early does not read its input.
            let _ = stdin.write_all(&input);
        });
        let Output { status, stdout, stderr } = child.wait_with_output().unwrap();
        feeding.join().unwrap();
        Run { code: status.code(), stdout, stderr: String::from_utf8(stderr).unwrap() }
    }

    fn rgb(&self, name: &str) -> RgbImage {
        image::open(self.path(name)).unwrap().into_rgb8()
    }
}

/// The result of a run.
#[derive(Debug)]
struct Run {
    code: Option<i32>,
    stdout: Vec<u8>,
    stderr: String,
}

impl Run {
    #[track_caller]
    fn succeeds(self) -> Self {
        assert_eq!(self.code, Some(0), "{}", self.stderr);
        self
    }

    /// Asserts that there is one error that says what is wrong and how to fix it, and nothing else: no result, no trace of a
    /// panic.
    #[track_caller]
    fn fails(self, words: &[&str]) -> Self {
        assert!(matches!(self.code, Some(1 | 2)), "exit code {:?}\n{}", self.code, self.stderr);
        assert!(self.stdout.is_empty(), "{:?}", self.text());
        let lines = |start: &str| self.stderr.lines().filter(|line| line.starts_with(start)).count();
        assert_eq!((lines("error: "), lines("fix: ")), (1, 1), "{}", self.stderr);
        assert!(!self.stderr.contains("panicked"), "{}", self.stderr);
        for word in words {
            assert!(self.stderr.contains(word), "{word:?} is not said:\n{}", self.stderr);
        }
        self
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&self.stdout).into_owned()
    }

    #[track_caller]
    fn json(&self) -> Value {
        serde_json::from_slice(&self.stdout).unwrap_or_else(|error| panic!("{error}: {:?}", self.text()))
    }
}

/// A picture of fine lines.
fn near(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| if (x + y) % 3 == 0 { Rgb([210, 190, 60]) } else { Rgb([90, 100, 110]) })
}

/// A picture of a bold shape.
fn far(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, _| if 2 * x < width { Rgb([70, 90, 120]) } else { Rgb([180, 160, 150]) })
}

fn grey(width: u32, height: u32) -> GrayImage {
    GrayImage::from_fn(width, height, |x, y| Luma([((x * 7 + y * 13) % 200) as u8 + 20]))
}

/// A path in the repository.
fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)
}

/// Runs both mixers and finds that neither left anything behind.
#[track_caller]
fn both_fail(folder: &Folder, pair: [&str; 2], flags: &[&str], words: &[&str]) {
    let before = folder.files();
    for command in ["descent", "fourier"] {
        let arguments = [&[command, pair[0], pair[1], "-o", "out.png"], flags].concat();
        folder.run(&arguments).fails(words);
        assert_eq!(folder.files(), before);
    }
}
