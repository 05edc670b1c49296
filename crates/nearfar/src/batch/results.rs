//! The file of results: what was made, so that it need not be made again.

use std::{
    collections::BTreeMap,
    fs::{self, File, OpenOptions, TryLockError},
    io::{ErrorKind, Write},
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

use nearfar_codec::{Overwrite, write_atomic};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{BatchError, Shard};
use crate::{Note, place::is_no_file};

/// What came of a row.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Line {
    /// In the manifest, from 1.
    pub(super) row: usize,
    pub(super) near: String,
    pub(super) far: String,
    pub(super) out: String,
    /// Why there is no hybrid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) error: Option<String>,
    /// Digest of all that the hybrid depends on.
    pub(super) key: String,
    /// Digest of the file that was written, or that was left there.
    pub(super) made: String,
    /// Digests of the files that show it, by their paths within the folder.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) shown: BTreeMap<String, String>,
    /// How the pictures were made to fit, what the method says, and scores.
    #[serde(flatten)]
    pub(super) details: Map<String, Value>,
}

/// A line of a file that is none of ours or damaged, as it is, and its number from 1.
#[derive(Debug)]
struct Foreign {
    number: usize,
    text: Vec<u8>,
}

/// Lines of a file, one for each row; written as they come and put into order at the end. The file is locked meanwhile, so
/// that no two batches write it.
#[derive(Debug)]
pub(super) struct Results {
    path: PathBuf,
    /// Lines of this file alone.
    own: Vec<Line>,
    /// Lines of this file that are none of ours, as they are.
    foreign: Vec<Foreign>,
    growing: Mutex<(File, Vec<Line>)>,
}

/// What earlier runs wrote, in a file of results and in those of other shards beside it, by output; several lines where a
/// picture was made more than once and the last run was killed.
#[derive(Debug, Default)]
pub(super) struct Earlier {
    lines: BTreeMap<String, Vec<Line>>,
    /// Lines that were not understood, as they are.
    damaged: Vec<Foreign>,
}

impl Earlier {
    /// Reads what is there, which may be nothing.
    pub(super) fn read(path: &Path) -> Result<Self, BatchError> {
        check_is_file(path)?;
        let text = match fs::read(path) {
            Err(error) if error.kind() == ErrorKind::NotFound => Vec::new(),
            text => text.map_err(|error| broken(path, error))?,
        };
        let (own, foreign) = parse_results(path, &text)?;
        let mut earlier = Self::default();
        earlier.take(own, foreign);
        others(path).for_each(|(own, foreign)| earlier.take(own, foreign));
        Ok(earlier)
    }

    fn take(&mut self, own: Vec<Line>, foreign: Vec<Foreign>) {
        for line in own {
            self.lines.entry(line.out.clone()).or_default().push(line);
        }
        self.damaged.extend(foreign);
    }

    /// What is said of an output.
    pub(super) fn of(&self, out: &Path) -> impl Iterator<Item = &Line> {
        out.to_str().and_then(|out| self.lines.get(out)).into_iter().flatten()
    }

    /// What is said of the file with a digest that is there as an output. A line that is damaged elsewhere still says that the
    /// file is of an earlier run, and nothing else of it: it is made again.
    pub(super) fn own(&self, out: &Path, digest: &str) -> Option<Line> {
        let understood = self.of(out).find(|line| line.made == digest).cloned();
        understood.or_else(|| self.names(digest).then(|| Line { made: digest.to_owned(), ..Line::default() }))
    }

    /// Whether a damaged line names a file by its digest.
    pub(super) fn names(&self, digest: &str) -> bool {
        self.damaged.iter().any(|line| names_digest(&line.text, digest))
    }
}

/// Whether a line of a file of results names a file by its digest, however damaged the line is: then the file is of the run
/// that wrote the line.
#[must_use]
pub fn names_digest(line: &[u8], digest: &str) -> bool {
    contains(line, &format!("\"{digest}\""))
}

/// Whether a line that is not understood is still known for one of a file of results: of the names that each of our lines has,
/// it lacks one at most. Nobody else's line has them, so that a file with such a line is ours.
#[must_use]
pub fn is_damaged_result(line: &[u8]) -> bool {
    let has = |name: &str| contains(line, &format!("\"{name}\":"));
    ["row", "near", "far", "out", "key", "made"].into_iter().filter(|name| !has(name)).count() <= 1
}

/// Whether the last line of a file of results is one of ours that a crash cut short: a row that was not finished.
#[must_use]
pub fn is_cut_short(line: &[u8]) -> bool {
    // Python writes names that are no text with halves of surrogate pairs, which the parser refuses: here they are other letters.
    let line = String::from_utf8_lossy(line).replace("\\ud", "\\u0");
    let error = || serde_json::from_str::<Value>(&line).err();
    line.starts_with("{\"row\":") && error().is_some_and(|error| error.is_eof())
}

fn contains(line: &[u8], part: &str) -> bool {
    line.windows(part.len()).any(|window| window == part.as_bytes())
}

/// What a file of results is called: `results.jsonl`, or `results-2-of-4.jsonl` for a shard.
pub(super) fn is_name(name: &str) -> bool {
    name == "results.jsonl" || (name.starts_with("results-") && name.ends_with(".jsonl"))
}

impl Results {
    /// Opens the file, or makes it.
    pub(super) fn open(folder: &Path, shard: Shard) -> Result<Self, BatchError> {
        let path = folder.join(shard.results());
        check_is_file(&path)?;
        // Before a file is made, and again once nobody else can begin on these rows.
        check_apart(&path, shard)?;
        let file = loop {
            let file = OpenOptions::new().create(true).read(true).append(true).open(&path);
            let file = file.map_err(|error| broken(&path, error))?;
            if let Err(TryLockError::WouldBlock) = file.try_lock() {
                return Err(BatchError::Busy { path });
            }
            // Another batch may have ended in between, and put a new file in place of this one.
            if is_at(&file, &path) {
                break file;
            }
        };
        check_apart(&path, shard)?;
        let text = fs::read(&path).map_err(|error| broken(&path, error))?;
        let (own, foreign) = parse_results(&path, &text)?;
        if !text.is_empty() && !text.ends_with(b"\n") {
            writeln!(&file).map_err(|error| broken(&path, error))?;
        }
        Ok(Self { path, own, foreign, growing: Mutex::new((file, Vec::new())) })
    }

    /// The lines that were not understood, which are kept; none if all were.
    pub(super) fn foreign(&self) -> Option<Note> {
        let first = self.foreign.first()?.number;
        Some(Note::ForeignLines { file: self.path.display().to_string(), first, count: self.foreign.len() })
    }

    pub(super) fn add(&self, line: Line) -> Result<(), BatchError> {
        let text = serde_json::to_string(&line).expect("lines are plain data");
        let mut growing = self.growing.lock().unwrap_or_else(PoisonError::into_inner);
        let (file, lines) = &mut *growing;
        lines.push(line);
        writeln!(file, "{text}").and_then(|()| file.flush()).map_err(|error| broken(&self.path, error))
    }

    /// Puts the lines into the manifest's order, one for each row, and gives those of this run; lines of rows that this run
    /// did not come to stay.
    pub(super) fn finish(self) -> Result<Vec<Line>, BatchError> {
        let (_file, lines) = self.growing.into_inner().unwrap_or_else(PoisonError::into_inner);
        let (text, new) = merged(self.own, &self.foreign, lines);
        // A link to the file stays one.
        let path = self.path.canonicalize().unwrap_or(self.path);
        write_atomic(&path, &text, Overwrite::Allow)?;
        Ok(new)
    }
}

/// Whether an open file is the one at a path.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;

    let identity = |metadata: fs::Metadata| (metadata.dev(), metadata.ino());
    let [open, there] = [file.metadata(), fs::metadata(path)].map(|metadata| metadata.map(identity).ok());
    open == there
}

/// Elsewhere no file that is open is replaced.
#[cfg(not(unix))]
fn is_at(_: &File, _: &Path) -> bool {
    true
}

/// A file of results after a run, and the lines of that run, one for each row.
fn merged(own: Vec<Line>, foreign: &[Foreign], new: Vec<Line>) -> (Vec<u8>, Vec<Line>) {
    // The last word on a row counts. Of rows that this run did not come to the last may be of a run that was killed before it
    // wrote the picture, so that an earlier one is true: all of them stay.
    let by_row = |line: Line| ((line.row, line.out.clone()), line);
    let new: BTreeMap<_, _> = new.into_iter().map(by_row).collect();
    let is_new = |line: &&Line| new.values().any(|other| other.out == line.out);
    let mut all: Vec<_> = own.iter().filter(|line| !line.out.is_empty() && !is_new(line)).chain(new.values()).collect();
    all.sort_by_key(|line| (line.row, &line.out));
    let mut text: Vec<u8> = foreign.iter().flat_map(|line| [line.text.as_slice(), b"\n"]).flatten().copied().collect();
    for line in all {
        text.extend(serde_json::to_vec(line).expect("lines are plain data"));
        text.push(b'\n');
    }
    (text, new.into_values().collect())
}

/// What a run that makes nothing leaves of a file of results.
#[doc(hidden)]
#[must_use]
pub fn rewritten(text: &[u8]) -> Vec<u8> {
    let (own, foreign) = parse(text);
    merged(own, &foreign, Vec::new()).0
}

/// The lines of a file of results, which may be empty but not somebody else's.
fn parse_results(path: &Path, text: &[u8]) -> Result<(Vec<Line>, Vec<Foreign>), BatchError> {
    let (own, foreign) = parse(text);
    let is_ours = !own.is_empty() || foreign.is_empty() || foreign.iter().any(|line| is_damaged_result(&line.text));
    if is_ours { Ok((own, foreign)) } else { Err(BatchError::NotResults { path: path.to_owned() }) }
}

/// Our lines, and those that are none of ours or damaged. A last line that was cut short is neither.
fn parse(text: &[u8]) -> (Vec<Line>, Vec<Foreign>) {
    let (mut own, mut foreign) = (Vec::new(), Vec::new());
    let mut lines = (1..).zip(text.split(|&byte| byte == b'\n')).peekable();
    while let Some((number, line)) = lines.next() {
        let cut_short = lines.peek().is_none() && is_cut_short(line);
        match serde_json::from_slice(line) {
            Ok(line) => own.push(line),
            Err(_) if line.trim_ascii().is_empty() || cut_short => {}
            Err(_) => foreign.push(Foreign { number, text: line.to_vec() }),
        }
    }
    (own, foreign)
}

/// The lines of each other file of results beside this one, and those in it that are none of ours.
fn others(path: &Path) -> impl Iterator<Item = (Vec<Line>, Vec<Foreign>)> {
    other_files(path).filter_map(|file| fs::read(file).ok()).map(|text| parse(&text))
}

/// Refuses to begin beside a batch that may be at work on the same rows: shards of one division have none in common.
fn check_apart(path: &Path, shard: Shard) -> Result<(), BatchError> {
    let name = |path: &PathBuf| path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let busy = other_files(path).find(|other| !shard.is_beside(&name(other)) && is_busy(other));
    busy.map_or(Ok(()), |path| Err(BatchError::Busy { path }))
}

/// Whether a file that may not be there is one that a batch writes now.
fn is_busy(path: &Path) -> bool {
    File::open(path).is_ok_and(|file| matches!(file.try_lock_shared(), Err(TryLockError::WouldBlock)))
}

/// Other files of results beside this one.
fn other_files(path: &Path) -> impl Iterator<Item = PathBuf> {
    let files = path.parent().and_then(|folder| fs::read_dir(folder).ok()).into_iter().flatten().flatten();
    files.map(|entry| entry.path()).filter(move |other| {
        other != path && other.is_file() && other.file_name().and_then(|name| name.to_str()).is_some_and(is_name)
    })
}

/// Refuses a pipe, which would be waited for, a device, and a link that leads nowhere.
fn check_is_file(path: &Path) -> Result<(), BatchError> {
    if is_no_file(path) { Err(broken(path, std::io::Error::other("it is no ordinary file"))) } else { Ok(()) }
}

fn broken(path: &Path, source: std::io::Error) -> BatchError {
    BatchError::Results { path: path.to_owned(), source }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whoever waited for the lock of a file that was then replaced must not write it: nobody would read that.
    #[cfg(unix)]
    #[test]
    fn a_replaced_file_is_not_the_one_that_is_open() {
        let folder = std::env::temp_dir().join(format!("nearfar-results-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let path = folder.join("results.jsonl");
        let open = File::create(&path).unwrap();
        assert!(is_at(&open, &path));
        write_atomic(&path, b"{}", Overwrite::Allow).unwrap();
        assert!(!is_at(&open, &path));
        fs::remove_dir_all(&folder).unwrap();
        assert!(!is_at(&open, &path));
    }

    #[test]
    fn line_is_cut_short_wherever_it_ends() {
        let line = "{\"row\":1,\"near\":\"\u{e9}\",\"b\":[-1.5e-3,true,null],\"c\":\"\\u00e9\",\"d\":\"\\udcff.png\"}"
            .as_bytes();
        for end in 7..line.len() {
            assert!(is_cut_short(&line[..end]), "{}", String::from_utf8_lossy(&line[..end]));
        }
        assert!(!is_cut_short(line) && !is_cut_short(&line[..6]) && !is_cut_short(b"{\"row\":1,mine"));
    }
}
