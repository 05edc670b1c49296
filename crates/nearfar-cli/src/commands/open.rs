//! A hybrid's file, and the pictures that it leads to.

use std::path::Path;

use nearfar::{Picture, Provenance, Source, codec::DecodeOptions};

use crate::{args::LimitArgs, console, failure::Failure, files};

/// A hybrid's file, and the pictures that it leads to.
pub(super) struct Opened {
    pub(super) hybrid: Picture,
    /// How it was made, if its file says so.
    pub(super) made: Option<Provenance>,
    /// NEAR and FAR: those that were said, or those of the recipe, if they are still there and unchanged.
    pub(super) pair: Option<(Picture, Picture)>,
}

/// Opens a hybrid; a note says if its recipe leads nowhere.
pub(super) fn open(
    hybrid: &Path,
    said: Option<(&Path, &Path)>,
    limits: &LimitArgs,
    quiet: bool,
) -> Result<Opened, Failure> {
    let usual = DecodeOptions::default().background;
    let file = files::read(hybrid, &limits.decode_options(usual), quiet)?;
    let made = Provenance::of(&file.info).ok().flatten();
    let reading = limits.decode_options(made.as_ref().map_or(usual, |made| made.background));
    let pair = match (said, &made) {
        (Some((near, far)), _) => Some(files::read_both(near, far, &reading, quiet)?),
        (None, Some(made)) => {
            let read = |source: &Source| {
                let picture = files::load(&source.find(hybrid)?, &reading).ok()?;
                (picture.source.sha256 == source.sha256).then_some(picture)
            };
            read(&made.near).zip(read(&made.far))
        }
        (None, None) => None,
    };
    if pair.is_none() && made.is_some() && !quiet {
        console::note(
            "note: NEAR and FAR are not where they were, or changed; say where they are to learn what is seen",
        );
    }
    Ok(Opened { hybrid: file, made, pair })
}
