//! The files that show each hybrid of a batch, written beside it.

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
};

use super::{BatchShows, manifest::Parsed};
use crate::{
    Place, PlaceError,
    codec::{EncodeOptions, Format},
    look::Shows,
};

impl BatchShows {
    /// Names of the files beside a hybrid: strip, film and page.
    fn names(self, hybrid: &Path) -> [Option<PathBuf>; 3] {
        let stem = hybrid.file_stem().unwrap_or_default().to_string_lossy();
        let name = |wanted: bool, ending: &str| wanted.then(|| hybrid.with_file_name(format!("{stem}{ending}")));
        [name(self.strip, "-strip.png"), name(self.film, "-walk.gif"), name(self.page, "-report.html")]
    }

    /// The names of those that are requested.
    pub(super) fn files(self, hybrid: &Path) -> impl Iterator<Item = PathBuf> {
        self.names(hybrid).into_iter().flatten()
    }

    /// For each file, the number of the first row that writes it.
    pub(super) fn writers(self, rows: &[Parsed]) -> HashMap<PathBuf, usize> {
        let mut writers = HashMap::new();
        let rows: Vec<_> = rows.iter().filter_map(|row| row.as_ref().ok()).collect();
        for row in &rows {
            writers.entry(row.out.clone()).or_insert(row.number);
        }
        for row in rows {
            for file in self.files(&row.out) {
                writers.entry(file).or_insert(row.number);
            }
        }
        writers
    }

    /// The places of these files, if they can be written there. `replace` says which of them may be replaced.
    pub(super) fn places(
        self,
        hybrid: &Path,
        inputs: &[&Path],
        replace: impl Fn(&Path) -> bool,
    ) -> Result<Shows<Place>, PlaceError> {
        let [strip, film, page] =
            self.names(hybrid).map(|path| path.map(|path| Place::new(&path, replace(&path), inputs)).transpose());
        Ok(Shows {
            strip: strip?.map(|place| (place, EncodeOptions::new(Format::Png))),
            film: film?.map(|place| (place, Format::Gif)),
            page: page?,
        })
    }
}
