//! What a person may want to know of a hybrid, as data; [`words`](crate::words) makes sentences of it.

use nearfar_image::Size;
use nearfar_kernels::Crossover;
use nearfar_vision::Length;
use serde::Serialize;

#[cfg(feature = "codec")]
use crate::{
    NotKept,
    codec::{Format, Warning},
};
use crate::{Strength, Subject, fit::options::Method};

/// Something that a person may want to know of a hybrid. Its [`Display`](std::fmt::Display) is a sentence.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Note {
    /// Something odd about a picture's file.
    #[cfg(feature = "codec")]
    Picture {
        /// Its name.
        file: String,
        /// What is odd.
        #[serde(serialize_with = "as_text")]
        warning: Warning,
    },
    /// Lines in a batch's file of results that are not understood; they are kept.
    #[cfg(feature = "batch")]
    ForeignLines {
        /// The file.
        file: String,
        /// The number of the first, from 1.
        first: usize,
        /// How many.
        count: usize,
    },
    /// The recipe in a hybrid's file cannot be read; it is passed over.
    #[cfg(feature = "codec")]
    RecipeUnread {
        /// The file.
        file: String,
        /// Why.
        reason: String,
    },
    /// Another version of this library made the hybrid that is made again.
    #[cfg(feature = "codec")]
    OtherVersion {
        /// That version.
        made_by: String,
    },
    /// A hybrid made again has not the bytes that its file has.
    #[cfg(feature = "codec")]
    OtherBytes,
    /// Near and far picture are one file.
    SamePicture,
    /// How the pictures were made to fit.
    Fitted(Fitted),
    /// How one of many pictures was made to fit the nearest.
    LayerFitted {
        /// Its number, from 1, near to far.
        number: usize,
        /// How.
        fitted: Fitted,
    },
    /// Of many pictures one is hardly seen from its distance.
    LayerHardlySeen {
        /// Its number, from 1, near to far.
        number: usize,
        /// The distance.
        distance: Length,
        /// Percept from there, against the strongest other picture.
        p: f64,
    },
    /// The pictures of a hybrid are not where its recipe says, or are others now.
    SourcesLost,
    /// The hybrid's file holds no recipe, and no pictures were given.
    NoRecipe {
        /// The file.
        file: String,
    },
    /// A picture that was given is not the one of the recipe, by its digest.
    OtherSource {
        /// The given file.
        file: String,
        /// Whether it is given as the near picture.
        near: bool,
        /// The name in the recipe.
        named: String,
    },
    /// The faces that were found; the largest of each picture is used.
    Faces {
        /// In the near picture.
        near: usize,
        /// In the far picture.
        far: usize,
        /// Whether those of the far picture are of people together, so that it must show all of them.
        far_is_group: bool,
    },
    /// The points do not agree exactly with the map.
    PointsMisfit {
        /// Root-mean-square distance in far pixels.
        pixels: f64,
    },
    /// The far picture is enlarged so much that it looks soft.
    FarEnlarged {
        /// Near pixels in a pixel of the far picture, in the middle of the frame.
        factor: f64,
    },
    /// Less than half of the near picture is kept.
    LittleKept {
        /// Share of its area, in `[0, 1]`.
        share: f64,
        /// What is kept of it.
        #[serde(serialize_with = "as_text")]
        size: Size,
    },
    /// The pictures have no room for two.
    Small {
        /// Size of the pair.
        #[serde(serialize_with = "as_text")]
        size: Size,
    },
    /// What an eye does from the distance that was asked for.
    EyeBlur {
        /// The distance.
        distance: Length,
        /// Sigma of the eye's blur in pixels.
        sigma: f64,
    },
    /// What was chosen, and what for.
    Chosen {
        /// Where near and far picture have half each, in cycles per pixel.
        crossover: Crossover,
        /// Sigma of the far view's blur in pixels, if the method has one.
        sigma: Option<f64>,
        /// What the far picture must show.
        subject: Subject,
        /// The cycles it got, relative to what such a subject usually gets.
        relative_cycles: f64,
        /// How strong the far picture was to be.
        strength: Strength,
    },
    /// The distance at which the near picture should be seen is too great for it.
    NearTooFar {
        /// The distance.
        near: Length,
        /// The greatest that will do.
        most: Length,
    },
    /// From the distance that was asked for an eye sees single pixels: nothing is hidden from it there, and the hybrid is made
    /// for the least distance that it can be made for.
    FarTooNear {
        /// The distance.
        far: Length,
        /// What it is made for.
        made_for: Length,
    },
    /// Where a viewer who walks away sees the one go over into the other, by the percept model.
    Switch {
        /// The near picture is clear up to here.
        near_ends: Option<Length>,
        /// Both are seen alike from here.
        even: Option<Length>,
        /// The far picture is clear from here on.
        far_begins: Option<Length>,
        /// The hybrid is made for a look from here.
        made_for: Length,
        /// Whether the far picture is seen from there as clearly as from anywhere, nearly.
        is_clearest: bool,
        /// Percepts up close and from there.
        seen: [f64; 2],
        /// Width of the picture.
        width: Length,
    },
    /// It flips weakly, or hardly: up close the far picture shows through the near one.
    FarShows {
        /// Percept up close.
        p: f64,
        /// From here.
        from: Length,
        /// Whether the near picture outweighs the far one here, and the far one the near one from afar.
        flips: bool,
        /// What would help.
        help: Help,
    },
    /// It flips weakly, or hardly: from afar the near picture is still seen.
    NearStays {
        /// Percept from afar.
        p: f64,
        /// From here.
        from: Length,
        /// Whether the far picture outweighs the near one here, and the near one the far one up close.
        flips: bool,
        /// What would help.
        help: Help,
    },
    /// Something of the near picture's file could not be kept.
    #[cfg(feature = "codec")]
    NotKept {
        /// What, and why.
        #[serde(serialize_with = "as_text")]
        what: NotKept,
    },
    /// The recipe does not fit into the file.
    #[cfg(feature = "codec")]
    RecipeTooLong {
        /// The file's format.
        format: Format,
    },
}

/// How two pictures were made to fit.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Fitted {
    /// How the map was found.
    pub method: Method,
    /// How sure the method is, in `[0, 1]`.
    pub confidence: f64,
    /// Whether the face of the near picture is an animal's; none if there is no face.
    pub near_animal: Option<bool>,
    /// The same of the far picture.
    pub far_animal: Option<bool>,
    /// What was done about the far picture's edges.
    pub healing: nearfar_align::Healing,
    /// Share of the near picture that the far one covers, in `[0, 1]`.
    pub overlap: f64,
    /// Size of the pair.
    #[serde(serialize_with = "as_text")]
    pub size: Size,
}

/// What would help a hybrid that does not flip, beside swapping the pictures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Help {
    /// A near picture with bold outlines.
    BoldNear,
    /// Points that say where the same things are.
    Points,
    /// The chosen crossover instead of the given one.
    ChosenCrossover,
}

/// How much a note matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Severity {
    /// What was found and chosen.
    Info,
    /// Something unusual that does no harm.
    Note,
    /// Something that harms the hybrid.
    Warning,
}

impl Note {
    /// How much it matters.
    #[must_use]
    pub fn severity(&self) -> Severity {
        match self {
            Self::SamePicture
            | Self::FarEnlarged { .. }
            | Self::LittleKept { .. }
            | Self::Small { .. }
            | Self::NearTooFar { .. }
            | Self::FarTooNear { .. }
            | Self::FarShows { .. }
            | Self::LayerHardlySeen { .. }
            | Self::NearStays { .. } => Severity::Warning,
            #[cfg(feature = "codec")]
            Self::Picture { .. }
            | Self::NotKept { .. }
            | Self::RecipeTooLong { .. }
            | Self::OtherVersion { .. }
            | Self::OtherBytes
            | Self::RecipeUnread { .. } => Severity::Note,
            Self::SourcesLost | Self::NoRecipe { .. } | Self::OtherSource { .. } => Severity::Note,
            #[cfg(feature = "batch")]
            Self::ForeignLines { .. } => Severity::Note,
            _ => Severity::Info,
        }
    }
}

/// Writes the text of something that is shorter to read than to take apart.
fn as_text<T: std::fmt::Display, S: serde::Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(value)
}
