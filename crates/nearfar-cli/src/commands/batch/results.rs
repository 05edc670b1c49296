//! The file of results: what was made, so that it need not be made again.

use std::{
    collections::BTreeMap,
    fs::{self, File, OpenOptions},
    io::Write,
    path::{Path, PathBuf},
    sync::Mutex,
};

use nearfar::codec::{Overwrite, write_atomic};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::failure::Failure;

/// What came of a row.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Line {
    /// In the manifest, from 1.
    pub(super) row: usize,
    pub(super) near: String,
    pub(super) far: String,
    pub(super) out: String,
    /// Why there is no hybrid.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) error: Option<String>,
    /// Digest of all that the hybrid depends on.
    pub(super) key: String,
    /// Digest of the file that was written, or that was left there.
    pub(super) made: String,
    /// How the pictures were made to fit, what the method says, and scores.
    #[serde(flatten)]
    pub(super) details: Map<String, Value>,
}

/// Lines of a file, one for each row; written as they come and put into order at the end.
#[derive(Debug)]
pub(super) struct Results {
    path: PathBuf,
    /// By output; several where a picture was made more than once and the last run was killed.
    earlier: BTreeMap<String, Vec<Line>>,
    growing: Mutex<(File, Vec<Line>)>,
}

impl Results {
    /// Opens the file, or makes it.
    pub(super) fn open(path: PathBuf) -> Result<Self, Failure> {
        let text = fs::read_to_string(&path).unwrap_or_default();
        // A line that was cut short by a crash is a row that was not finished.
        let lines = text.lines().filter_map(|line| serde_json::from_str::<Line>(line).ok());
        let mut earlier = BTreeMap::<String, Vec<Line>>::new();
        for line in lines {
            earlier.entry(line.out.clone()).or_default().push(line);
        }
        let mut file =
            OpenOptions::new().create(true).append(true).open(&path).map_err(|error| broken(&path, &error))?;
        if !text.is_empty() && !text.ends_with('\n') {
            writeln!(file).map_err(|error| broken(&path, &error))?;
        }
        Ok(Self { path, earlier, growing: Mutex::new((file, Vec::new())) })
    }

    /// What earlier runs say of an output.
    pub(super) fn earlier(&self, out: &Path) -> impl Iterator<Item = &Line> {
        let lines = out.to_str().and_then(|out| self.earlier.get(out));
        lines.into_iter().flatten()
    }

    pub(super) fn add(&self, line: Line) -> Result<(), Failure> {
        let text = serde_json::to_string(&line).expect("lines are plain data");
        let mut growing = self.growing.lock().expect("no worker panics with it");
        let (file, lines) = &mut *growing;
        lines.push(line);
        writeln!(file, "{text}").and_then(|()| file.flush()).map_err(|error| broken(&self.path, &error))
    }

    /// Puts the lines into the manifest's order, one for each row, and gives those of this run; lines of rows that this run
    /// did not come to stay.
    pub(super) fn finish(self) -> Result<Vec<Line>, Failure> {
        let (_, lines) = self.growing.into_inner().expect("no worker panics with it");
        // The last word on a row counts.
        let by_row = |line: Line| ((line.row, line.out.clone()), line);
        let new: BTreeMap<_, _> = lines.into_iter().map(by_row).collect();
        let is_new = |line: &Line| new.values().any(|other| other.out == line.out);
        let old = self.earlier.into_values().flatten().filter(|line| !line.out.is_empty() && !is_new(line));
        let mut all: BTreeMap<_, _> = old.map(by_row).collect();
        all.extend(new.clone());
        let lines = all.values().map(|line| serde_json::to_string(line).expect("lines are plain data") + "\n");
        let text: String = lines.collect();
        write_atomic(&self.path, text.as_bytes(), Overwrite::Allow)?;
        Ok(new.into_values().collect())
    }
}

fn broken(path: &Path, error: &std::io::Error) -> Failure {
    Failure::new(format_args!("cannot write {}: {error}", path.display()))
        .fix("check that you may write there and that the disk is not full")
}
