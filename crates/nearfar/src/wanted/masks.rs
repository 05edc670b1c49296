//! The masks of terms.

use std::collections::{BTreeMap, BTreeSet};

use nearfar_image::{Channels, Encoded, Image};
use nearfar_kernels::{Execution, Focus, sums::update};

use super::{Mask, Term, Wanted, WantedError, Which, busyness};
use crate::{Method, Strength, fit::Aligned};

/// Grey pictures of NEAR's size, by their names in terms.
pub type Masks = BTreeMap<String, Image<Encoded>>;

impl Wanted {
    /// The same objective with these mask files for all terms of the near and of the far picture without a mask.
    #[must_use]
    pub fn masked(mut self, near: Option<String>, far: Option<String>) -> Self {
        for term in &mut self.terms {
            let Some(of) = term.what.of() else { continue };
            let file = match of {
                Which::Near | Which::NearLit => &near,
                Which::Far | Which::FarShare => &far,
            };
            term.mask = term.mask.take().or_else(|| file.clone().map(Mask::File));
        }
        self
    }

    /// Names of all mask files, without duplicates.
    #[must_use]
    pub fn mask_files(&self) -> Vec<&str> {
        let mut files: Vec<_> = self.masked_terms().map(|(_, name)| name).collect();
        let mut known = BTreeSet::new();
        files.retain(|name| known.insert(*name));
        files
    }

    /// The terms with mask files, and the files' names.
    pub(super) fn masked_terms(&self) -> impl Iterator<Item = (&Term, &str)> {
        self.terms.iter().filter_map(|term| match &term.mask {
            Some(Mask::File(name)) => Some((term, name.as_str())),
            _ => None,
        })
    }
}

/// The weight of each pixel of the pair for a term.
pub(super) fn mask(
    term: &Term,
    aligned: &Aligned,
    files: &Masks,
    execution: &Execution,
) -> Result<Option<Image<Encoded>>, WantedError> {
    let size = aligned.pair.size();
    let named = || term.name.clone();
    let no_face = || WantedError::NoFace { term: named() };
    Ok(match &term.mask {
        None => None,
        Some(Mask::Busy) => Some(busyness(aligned.pair.near(), execution)),
        Some(Mask::Calm) => {
            let mut calm = busyness(aligned.pair.near(), execution);
            update(execution, calm.samples_mut(), [], |v, []| 1.0 - v);
            Some(calm)
        }
        Some(Mask::Face) => {
            let focus = Method::default().choose(aligned, Strength::Even).share.focus.ok_or_else(no_face)?;
            let head = Focus { rest: 0.0, ..focus };
            Some(Image::from_fn(size, Channels::Grey, |_, x, y| head.part(x, y)))
        }
        Some(Mask::File(name)) => {
            let mask = files.get(name).ok_or_else(|| WantedError::NoMask { term: named(), name: name.clone() })?;
            let Some(mask) = grey(mask) else {
                return Err(WantedError::MaskColors { term: named(), name: name.clone() });
            };
            let frame = aligned.frame;
            if mask.size() == size {
                Some(mask)
            } else if mask.size().width() >= frame.x + size.width() && mask.size().height() >= frame.y + size.height() {
                Some(mask.crop(frame))
            } else {
                return Err(WantedError::MaskSize {
                    term: named(),
                    name: name.clone(),
                    found: mask.size(),
                    wanted: size,
                });
            }
        }
    })
}

/// A mask as it was saved, in one channel or in three equal ones, as one channel; `None` if it has colours.
pub(super) fn grey(mask: &Image<Encoded>) -> Option<Image<Encoded>> {
    let mut planes = mask.planes();
    let first = planes.next()?.samples();
    let alike = |plane: &[f32]| first.iter().zip(plane).all(|(a, b)| (a - b).abs() < SAME_GREY);
    planes.all(|plane| alike(plane.samples())).then(|| {
        let width = mask.size().width();
        Image::from_fn(mask.size(), Channels::Grey, |_, x, y| first[y * width + x])
    })
}

/// Half an 8-bit step, in codes: the channels of a grey picture may differ by this much after colour conversion.
const SAME_GREY: f32 = 0.5 / 255.0;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn masks_of_near_are_for_the_lit_one_too() {
        let term = |of: &str| format!("[[term]]\nkind = \"details\"\nof = \"{of}\"\nweight = 1.0\n");
        let text = ["near", "near-lit", "far", "far-share"].map(term).concat();
        let wanted = Wanted::from_toml(&format!("crossover = \"5cpi\"\n{text}")).unwrap();
        let masked = wanted.masked(Some("n".to_owned()), Some("f".to_owned()));
        assert_eq!(masked.masked_terms().map(|(_, name)| name).collect::<Vec<_>>(), ["n", "n", "f", "f"]);
    }
}
