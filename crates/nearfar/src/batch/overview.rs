//! The overview: a page that links to all hybrids of a batch.

use std::{fs, path::Path, path::PathBuf, thread};

use nearfar_codec::DecodeOptions;
use nearfar_kernels::Execution;
use serde_json::Value;

use super::{Batch, BatchError, results::Line};
use crate::{
    Picture, Place, Source,
    look::metres,
    report::overview::{OverviewRow, overview, thumbnail},
    vision::Length,
};

/// The start of a page's last line, before the digest of everything above. A page whose digest differs was changed by
/// somebody, and belongs to them.
const MARK: &str = "<!-- nearfar batch ";

impl Batch {
    /// The path of the overview, if pages are requested: `results.html` beside `results.jsonl`.
    #[must_use]
    pub fn overview(&self) -> Option<PathBuf> {
        self.shows.page.then(|| self.out.join(self.shard.results()).with_extension("html"))
    }

    /// The place of the overview, if it can be written there.
    pub(super) fn overview_place(&self) -> Result<Option<Place>, BatchError> {
        let place = |path: PathBuf| Place::new(&path, self.force || is_ours(&path), &[]);
        Ok(self.overview().map(place).transpose()?)
    }

    /// Writes the overview of these rows.
    pub(super) fn write_overview(
        &self,
        place: &Place,
        lines: &[Line],
        execution: &Execution,
    ) -> Result<(), BatchError> {
        let name = self.out.canonicalize().unwrap_or_else(|_| self.out.clone());
        let name = name.file_name().unwrap_or_default().to_string_lossy();
        let page = overview(&name, &self.overview_rows(lines, execution)).map_err(BatchError::Page)?;
        let digest = Source::new("", page.as_bytes()).sha256;
        Ok(place.write(format!("{page}{MARK}{digest} -->\n").as_bytes())?)
    }

    /// Reads as many pictures in parallel as there are threads.
    fn overview_rows(&self, lines: &[Line], execution: &Execution) -> Vec<OverviewRow> {
        let share = lines.len().div_ceil(execution.threads()).max(1);
        thread::scope(|scope| {
            let workers: Vec<_> = lines
                .chunks(share)
                .map(|lines| scope.spawn(|| lines.iter().map(|line| row(&self.out, line)).collect::<Vec<_>>()))
                .collect();
            workers.into_iter().flat_map(|worker| worker.join().expect("reading does not panic")).collect()
        })
    }
}

fn row(folder: &Path, line: &Line) -> OverviewRow {
    let hybrid = || Picture::read(&folder.join(&line.out), &DecodeOptions::default()).ok();
    // Pages are passed on, and where people keep their pictures is nobody else's business.
    let [near, far] = [&line.near, &line.far].map(|path| {
        Path::new(path).file_name().map_or_else(|| path.clone(), |name| name.to_string_lossy().into_owned())
    });
    let without_folders = |text: &str| match (line.near.as_str(), line.far.as_str()) {
        ("", _) | (_, "") => text.to_owned(),
        (near_path, far_path) => text.replace(near_path, &near).replace(far_path, &far),
    };
    OverviewRow {
        row: line.row,
        out: line.out.clone(),
        page: line.shown.keys().find(|file| file.ends_with("-report.html")).cloned(),
        seen: line.details.get("percept").map_or_else(String::new, seen),
        thumbnail: match &line.error {
            Some(error) => Err(without_folders(error)),
            None => Ok(hybrid().map(|picture| thumbnail(&picture.image))),
        },
        near,
        far,
    }
}

/// What is seen of a hybrid, from its line of results.
fn seen(percept: &Value) -> String {
    let number = |name: &str| percept.get(name)?.as_f64();
    let (Some(near), Some(far)) = (number("near"), number("far")) else { return String::new() };
    let switch = number("switch_centimetres").and_then(|centimetres| Length::from_centimetres(centimetres).ok());
    let switch = switch.map_or_else(
        || "FAR does not take over".to_owned(),
        |distance| format!("FAR takes over from {} on", metres(distance)),
    );
    format!("p {near:+.2} near, {far:+.2} far; {switch}")
}

/// Whether a page was written by a batch, and not changed since.
fn is_ours(path: &Path) -> bool {
    let Ok(text) = fs::read_to_string(path) else { return false };
    text.rsplit_once(MARK).is_some_and(|(page, digest)| {
        digest.trim_end().strip_suffix(" -->") == Some(Source::new("", page.as_bytes()).sha256.as_str())
    })
}
