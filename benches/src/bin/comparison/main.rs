//! Writes docs/comparison.md and its figures from the pictures in imgs/:
//!
//! ```sh
//! cargo run --release -p nearfar-benches --bin comparison
//! ```
#![expect(clippy::print_stderr, reason = "a person waits for minutes")]

mod contest;
mod figures;
mod report;
mod robustness;
mod stats;
mod times;

use std::{error::Error, fs, path::Path};

use nearfar::{
    Execution,
    compare::{Comparison, Settings, compare},
    fit::Aligned,
};

use nearfar_benches::Source;
use robustness::{Robustness, Seen};

/// A pair of sample pictures and the results of the methods on it.
struct Row {
    source: &'static Source,
    aligned: Aligned,
    comparison: Comparison,
    /// For the methods' hybrids that look alike from afar, what is seen after various distortions.
    robustness: Vec<Option<Seen>>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let execution = Execution::parallel();
    let mut rows = Vec::new();
    for source in &nearfar_benches::PAIRS {
        let aligned = nearfar_benches::read(&root, source, &execution)?;
        let settings = Settings { viewing: contest::viewing(&aligned)?, ..contest::settings() };
        eprintln!("{}, {}, by {:?}", source.name, aligned.pair.size(), aligned.method);
        let comparison =
            compare(&aligned, &contest::families(&settings), &settings, &execution, &mut nearfar::no_observer)?;
        let trials = Robustness::new(&aligned, &settings.viewing, &execution)?;
        let robustness = comparison.matched.iter().map(|made| made.as_ref().map(|made| trials.of(&made.picture)));
        let robustness = robustness.map(Option::transpose).collect::<Result<_, _>>()?;
        rows.push(Row { source, aligned, comparison, robustness });
    }
    let times = times::measure(&rows[0].aligned, &execution)?;
    let folder = root.join("docs/comparison");
    fs::create_dir_all(&folder)?;
    figures::write(&folder, &rows)?;
    fs::write(root.join("docs/comparison.md"), report::document(&rows, &contest::settings(), &times))?;
    Ok(())
}
