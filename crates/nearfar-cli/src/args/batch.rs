//! Many hybrids from a list.

use std::path::PathBuf;

use clap::Args;
use nearfar::{amount, batch::Shard};

use super::RunArgs;

#[derive(Debug, Args)]
pub(crate) struct BatchCommand {
    /// A .csv file with a line of names first, or a .jsonl file with an object on each line: near, far, then, if you
    /// like, out, method (mix, descent, fourier) and any flag of that method. Pictures are looked for from its folder. `-`
    /// reads either from standard input, and looks for pictures here.
    pub(crate) manifest: PathBuf,
    /// The folder that hybrids and results.jsonl go to; it is made if need be.
    #[arg(short, long, value_name = "DIR")]
    pub(crate) out: PathBuf,
    /// Do only every nth row, from the ith on, so that n runs share the work: 1/4, 2/4, 3/4, 4/4.
    #[arg(long, value_name = "I/N", default_value = "1/1")]
    pub(crate) shard: Shard,
    /// Memory to stay within, roughly, such as 4GiB (a number alone is in GiB); fewer rows are made at a time when pictures
    /// are large. One that takes more by itself (some 10 megapixels for each 4 GiB) is made alone.
    #[arg(long, value_name = "SIZE", default_value = "4GiB", value_parser = amount::memory)]
    pub(crate) memory: u64,
    /// Replace files that this program did not make, or that were changed since.
    #[arg(short, long)]
    pub(crate) force: bool,
    /// Say which rows would be made, which are there already and which are refused; write nothing. Pictures are not decoded.
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Write a size strip beside each hybrid: NAME-strip.png.
    #[arg(long, help_heading = "Showing")]
    pub(crate) strip: bool,
    /// Write a film of the way from afar to each hybrid and back: NAME-walk.gif.
    #[arg(long, help_heading = "Showing")]
    pub(crate) animate: bool,
    /// Write a page that explains each hybrid, NAME-report.html, and one that leads to all of them, results.html.
    #[arg(long, help_heading = "Showing")]
    pub(crate) report: bool,
    #[command(flatten)]
    pub(crate) run: RunArgs,
}
