//! Arguments of `nearfar batch`.

use std::path::PathBuf;

use clap::Args;
use nearfar::{amount, batch::Shard};

use super::RunArgs;

#[derive(Debug, Args)]
pub(crate) struct BatchCommand {
    /// A .csv file with a header line, or a .jsonl file with an object per line: near and far and, optionally, out, method
    /// (mix, descent, fourier) and any flag of that method. Paths are relative to its folder. `-` reads either format from
    /// standard input, with paths relative to the current folder.
    pub(crate) manifest: PathBuf,
    /// The folder for hybrids and results.jsonl, which is made if need be.
    #[arg(short, long, value_name = "DIR")]
    pub(crate) out: PathBuf,
    /// Make only every nth row, starting from the ith, so that n runs share the work: 1/4, 2/4, 3/4, 4/4.
    #[arg(long, value_name = "I/N", default_value = "1/1")]
    pub(crate) shard: Shard,
    /// Approximate limit on memory, such as 4GiB (a number alone is in GiB): if pictures are large, fewer rows are made at a
    /// time. A row that exceeds it (some 10 megapixels per 4 GiB) is made alone, or refused if too little is free.
    #[arg(long, value_name = "SIZE", default_value = "4GiB", value_parser = amount::memory)]
    pub(crate) memory: u64,
    /// Replace files even if another program made or changed them.
    #[arg(short, long)]
    pub(crate) force: bool,
    /// Say which rows would be made, which exist already and which are refused, but write nothing. Pictures are not decoded.
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Write a size strip of each hybrid: NAME-strip.png.
    #[arg(long, help_heading = "Showing")]
    pub(crate) strip: bool,
    /// Write a film of a walk from afar to each hybrid and back: NAME-walk.gif.
    #[arg(long, help_heading = "Showing")]
    pub(crate) animate: bool,
    /// Write a page that explains each hybrid, NAME-report.html, and an index of all of them, results.html.
    #[arg(long, help_heading = "Showing")]
    pub(crate) report: bool,
    #[command(flatten)]
    pub(crate) run: RunArgs,
}
