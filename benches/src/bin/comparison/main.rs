//! Writes docs/comparison.md and its figures from the pictures in imgs/aligned:
//!
//! ```sh
//! cargo run --release -p nearfar-benches --bin comparison
//! ```
#![expect(clippy::print_stderr, reason = "a person waits for minutes")]

mod figures;
mod report;
mod samples;
mod stats;
mod times;

use std::{error::Error, fs, path::Path};

use nearfar::{
    Execution,
    compare::{Comparison, Settings, compare},
};

/// A pair of sample pictures and how the methods do on it.
struct Row {
    name: &'static str,
    comparison: Comparison,
    near: nearfar::Image,
    far: nearfar::Image,
}

fn main() -> Result<(), Box<dyn Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let execution = Execution::parallel();
    let settings = Settings::default();
    let families = samples::families(&settings);
    let mut rows = Vec::new();
    for name in samples::PAIRS {
        let pair = samples::read(&root, name)?;
        eprintln!("{name}, {}", pair.size());
        let comparison = compare(&pair, &families, &settings, &execution, &mut |_, _| ())?;
        let (near, far) = pair.into_parts();
        rows.push(Row { name, comparison, near, far });
    }
    let times = times::measure(&samples::read(&root, samples::PAIRS[0])?, &execution)?;
    let folder = root.join("docs/comparison");
    fs::create_dir_all(&folder)?;
    figures::write(&folder, &rows)?;
    fs::write(root.join("docs/comparison.md"), report::document(&rows, &settings, &times))?;
    Ok(())
}
