//! The files of an objective.

use std::path::Path;

use super::{WantedJob, WantedPictures};
use crate::{Failure, Picture, Pictures, codec::DecodeOptions};

impl WantedJob {
    /// Reads the near and the far picture, the masks that terms name, which lie beside the objective's file at `recipe`, and
    /// those of all terms of the near and of the far picture.
    ///
    /// # Errors
    ///
    /// As [`Pictures::load_both`].
    pub fn load(
        &self,
        recipe: &Path,
        pair: [&Path; 2],
        [near_mask, far_mask]: [Option<&Path>; 2],
        options: &DecodeOptions,
    ) -> Result<WantedPictures, Failure> {
        let folder = recipe.parent().unwrap_or(Path::new(""));
        let named = |name: &str| Ok((name.to_owned(), Picture::load(&folder.join(name), options)?));
        let masks = self.wanted().mask_files().into_iter().map(named).collect::<Result<_, Failure>>()?;
        let mask = |path: Option<&Path>| path.map(|path| Picture::load(path, options)).transpose();
        let (near_mask, far_mask) = (mask(near_mask)?, mask(far_mask)?);
        let [near, far] = Pictures::load_both(pair, options)?;
        Ok(WantedPictures { near, far, masks, near_mask, far_mask })
    }
}
