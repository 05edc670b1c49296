//! Arguments of the optimising mixer.

use std::path::{Path, PathBuf};

use clap::Args;
use nearfar::{
    ShareOptions,
    descent::{Options, Start},
    is_stream,
    settings::{DescentSettings, SettingsError, Worded, flags::count},
};

/// How the optimising mixer works. Anything left out comes from the preset.
#[derive(Debug, Args)]
#[command(next_help_heading = "Mixing")]
pub(crate) struct DescentArgs {
    #[command(flatten)]
    pub(crate) settings: DescentSettings,
    #[command(flatten)]
    pub(crate) share: ShareOptions,
    /// The picture to start from: grey, near, far, blend (NEAR's details on blurred FAR), pyramid (a mix at half the size),
    /// or a file of the hybrid's size, such as another method's hybrid; ./near is a file.
    #[arg(long, value_name = "WHAT", value_parser = start)]
    start: Option<StartArg>,
    /// Report the losses of every Nth step (N-1, 2N-1, ... counted from 0, before the step's update).
    #[arg(long, value_name = "N", value_parser = count::<u64>(None), conflicts_with = "dry_run")]
    pub(crate) trace: Option<u64>,
}

impl DescentArgs {
    /// The options: the preset with the flags laid over it.
    pub(crate) fn options(&self) -> Result<Options, SettingsError> {
        let start = match &self.start {
            Some(StartArg::Named(start)) => Some(*start),
            _ => None,
        };
        DescentSettings { start, ..self.settings }.options()
    }

    /// The file to start from.
    pub(crate) fn start_file(&self) -> Option<&Path> {
        match &self.start {
            Some(StartArg::File(path)) => Some(path),
            _ => None,
        }
    }
}

#[derive(Clone, Debug)]
enum StartArg {
    Named(Start),
    File(PathBuf),
}

fn start(text: &str) -> Result<StartArg, String> {
    let named = Start::WORDS.iter().find(|named| named.word == text);
    match named {
        Some(named) => Ok(StartArg::Named(named.value)),
        None if is_stream(Path::new(text)) => Err("the start cannot come from standard input".to_owned()),
        None if Path::new(text).is_file() => Ok(StartArg::File(text.into())),
        None => {
            let words: Vec<_> = Start::WORDS.iter().map(|named| named.word).collect();
            Err(format!("it is neither {} nor a file", words.join(", ")))
        }
    }
}
