//! What a hybrid was made of, kept in its file so that it can be made again.

use nearfar_vision::Surface;
use serde::{Deserialize, Serialize};

use crate::{
    Metadata, Recipe, RecipeError, Source,
    codec::{Contents, DecodeOptions, Depth, EncodeOptions, Format, Rounding, SourceInfo},
    layers::LayersRecipe,
    metadata::RECIPE,
    wanted::WantedRecipe,
};

/// Everything that a hybrid's bytes depend on but the bytes of its pictures.
///
/// ```
/// use nearfar::{Mix, Provenance, Recipe, Source};
///
/// let [near, far] = ["near.png", "far.png"].map(|name| Source::new(name, b"bytes"));
/// let mix = Mix::Pair { near, far, start: None, recipe: Recipe::default() };
/// let provenance = Provenance { mix, ..Provenance::default() };
/// assert_eq!(Provenance::from_json(&provenance.to_json())?, provenance);
/// # Ok::<(), nearfar::RecipeError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Text", into = "Text")]
pub struct Provenance {
    /// The version of this library that made the hybrid.
    pub version: String,
    /// What was mixed, and how.
    pub mix: Mix,
    /// What shows through transparent places: red, green and blue codes in `[0, 1]`.
    pub background: [f32; 3],
    /// How wide the hybrid is written, in pixels, if that is less than it was mixed at.
    pub width: Option<usize>,
    /// What the written hybrid is seen on, if that was said: its file says so, too, where its format can.
    pub surface: Option<Surface>,
    /// Bits of a sample in the file.
    pub depth: Depth,
    /// How a sample falls on one of the file's steps.
    pub rounding: Rounding,
    /// Format of the file.
    pub format: Format,
    /// JPEG quality, 1 to 100.
    pub quality: u8,
    /// What the file says beside the picture.
    pub metadata: Metadata,
}

/// What was mixed, and how.
#[derive(Clone, Debug, PartialEq)]
pub enum Mix {
    /// Two pictures by a method.
    Pair {
        /// The near picture.
        near: Source,
        /// The far picture.
        far: Source,
        /// The picture that the optimiser started from, if that was a file.
        start: Option<Source>,
        /// How the pictures were made to fit and mixed.
        recipe: Recipe,
    },
    /// Two pictures by an objective of one's own.
    Objective {
        /// The near picture.
        near: Source,
        /// The far picture.
        far: Source,
        /// How they were made to fit and mixed.
        objective: WantedRecipe,
    },
    /// Pictures and texts for several distances.
    Layers(LayersRecipe),
}

impl Mix {
    /// The near and the far picture, if there are just these two.
    #[must_use]
    pub fn pair(&self) -> Option<[&Source; 2]> {
        match self {
            Self::Pair { near, far, .. } | Self::Objective { near, far, .. } => Some([near, far]),
            Self::Layers(_) => None,
        }
    }

    /// The recipe of two pictures, by which they can be mixed anew; of an objective only how they were made to fit.
    #[must_use]
    pub fn recipe(&self) -> Option<Recipe> {
        match self {
            Self::Pair { recipe, .. } => Some(recipe.clone()),
            Self::Objective { objective, .. } => Some(Recipe { align: objective.align.clone(), ..Recipe::default() }),
            Self::Layers(_) => None,
        }
    }
}

/// A provenance as it is written: what was mixed stands beside the rest.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Text {
    version: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    near: Option<Source>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    far: Option<Source>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    start: Option<Source>,
    background: [f32; 3],
    #[serde(default, skip_serializing_if = "Option::is_none")]
    width: Option<usize>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    surface: Option<Surface>,
    depth: Depth,
    rounding: Rounding,
    #[serde(default = "png")]
    format: Format,
    #[serde(default = "quality")]
    quality: u8,
    #[serde(default)]
    metadata: Metadata,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    recipe: Option<Recipe>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    objective: Option<WantedRecipe>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    layers: Option<LayersRecipe>,
}

impl TryFrom<Text> for Provenance {
    type Error = String;

    fn try_from(text: Text) -> Result<Self, String> {
        let Text {
            version,
            near,
            far,
            start,
            background,
            width,
            surface,
            depth,
            rounding,
            format,
            quality,
            metadata,
            ..
        } = text;
        let both = |near: Option<Source>, far: Option<Source>| {
            Ok::<_, String>((near.ok_or("it lacks `near`")?, far.ok_or("it lacks `far`")?))
        };
        let mix = match (text.recipe, text.objective, text.layers, start) {
            (Some(recipe), None, None, start) => {
                let (near, far) = both(near, far)?;
                recipe.method.check_options().map_err(|error| error.to_string())?;
                Mix::Pair { near, far, start, recipe }
            }
            (None, Some(objective), None, None) => {
                let (near, far) = both(near, far)?;
                objective.check()?;
                Mix::Objective { near, far, objective }
            }
            (None, None, Some(layers), None) if near.is_none() && far.is_none() => {
                layers.check().map_err(|error| error.to_string())?;
                Mix::Layers(layers)
            }
            _ => {
                return Err(
                    "it says neither how two pictures were mixed, nor by which objective, nor which layers".into()
                );
            }
        };
        Ok(Self { version, mix, background, width, surface, depth, rounding, format, quality, metadata })
    }
}

impl From<Provenance> for Text {
    fn from(provenance: Provenance) -> Self {
        let Provenance { version, mix, background, width, surface, depth, rounding, format, quality, metadata } =
            provenance;
        let (near, far) = mix.pair().map(|[near, far]| (near.clone(), far.clone())).unzip();
        let (start, recipe, objective, layers) = match mix {
            Mix::Pair { start, recipe, .. } => (start, Some(recipe), None, None),
            Mix::Objective { objective, .. } => (None, None, Some(objective), None),
            Mix::Layers(layers) => (None, None, None, Some(layers)),
        };
        Self {
            version,
            near,
            far,
            start,
            background,
            width,
            surface,
            depth,
            rounding,
            format,
            quality,
            metadata,
            recipe,
            objective,
            layers,
        }
    }
}

/// What a file is that says nothing of its format.
fn png() -> Format {
    Format::Png
}

/// Likewise for its quality.
fn quality() -> u8 {
    EncodeOptions::new(Format::Jpeg).quality
}

impl Default for Provenance {
    fn default() -> Self {
        let EncodeOptions { format, depth, rounding, quality, .. } = EncodeOptions::new(Format::Png);
        Self {
            version: String::new(),
            mix: Mix::Pair { near: Source::default(), far: Source::default(), start: None, recipe: Recipe::default() },
            background: [0.0; 3],
            width: None,
            surface: None,
            depth,
            rounding,
            format,
            quality,
            metadata: Metadata::default(),
        }
    }
}

impl Provenance {
    /// How to write the hybrid's file, but for what it says beside the picture.
    #[must_use]
    pub fn encode_options(&self) -> EncodeOptions {
        let Self { depth, rounding, quality, .. } = *self;
        EncodeOptions { depth, rounding, quality, ..EncodeOptions::new(self.format) }
    }

    /// Checks that the hybrid's format can be written.
    ///
    /// # Errors
    ///
    /// [`EncodeError`](crate::codec::EncodeError) if it cannot.
    pub fn check(&self) -> Result<(), crate::codec::EncodeError> {
        self.encode_options().check(crate::Size::new(1, 1).expect("1x1 is a size"))
    }

    /// Puts it among what a file says beside the picture: in a PNG as a text, in a JPEG, WebP or TIFF in the XMP packet.
    /// False if the format has no place for it, or not so much.
    pub fn store(&self, options: &mut EncodeOptions) -> bool {
        let json = self.to_json();
        if options.format.can_hold_text() {
            options.text.push((Self::KEYWORD.to_owned(), json));
            return true;
        }
        let packet = RECIPE.put(options.xmp.as_deref(), &json);
        let fits = options.format.longest_metadata().is_none_or(|longest| packet.len() <= longest);
        if options.format.can_hold_metadata() && fits {
            options.xmp = Some(packet);
            return true;
        }
        false
    }

    /// Finds it in what a file says; none if there is none.
    ///
    /// # Errors
    ///
    /// [`RecipeError`] if it cannot be read.
    pub fn of(info: &SourceInfo) -> Result<Option<Self>, RecipeError> {
        let text = info.text(Self::KEYWORD).map(str::to_owned);
        let text = text.or_else(|| info.xmp.as_deref().and_then(|packet| RECIPE.find(packet)));
        text.map(|text| Self::from_json(&text)).transpose()
    }

    /// Whether two files hold the same hybrid: they are equal, or the recipes in both say the same of the same inputs, whichever
    /// version and processor rounded the last digits.
    #[must_use]
    pub fn is_same_hybrid(a: &[u8], b: &[u8]) -> bool {
        let made = |bytes: &[u8]| Self::in_file(bytes).map(|made| Self { version: String::new(), ..made });
        a == b || made(a).is_some_and(|a| made(b) == Some(a))
    }

    /// Whether a file may be the hybrid of two pictures, which are told by their digests, in a format: by the recipe that the hybrid
    /// holds if it `keeps` it and the format can, and else for all that can be told without mixing.
    #[must_use]
    pub fn may_be_hybrid(file: &[u8], format: Format, keeps: bool, [near, far]: [&str; 2]) -> bool {
        let keeps = keeps && format.can_hold_metadata();
        match Self::in_file(file) {
            Some(made) => keeps && made.mix.pair().is_some_and(|[a, b]| [&*a.sha256, &*b.sha256] == [near, far]),
            // A recipe that is too long for the format is left out.
            None => !keeps || format.longest_metadata().is_some(),
        }
    }

    /// Finds it in a file's bytes; none if they are no picture, or hold none that can be read.
    fn in_file(bytes: &[u8]) -> Option<Self> {
        let options = DecodeOptions::default();
        let contents = Contents::from_stream(bytes, options.max_bytes).ok()?;
        Self::of(&contents.decode(&options).ok()?.info).ok()?
    }

    /// The keyword of the PNG text that holds it.
    pub const KEYWORD: &str = "nearfar-recipe";

    /// The version of this library.
    pub const VERSION: &str = env!("CARGO_PKG_VERSION");

    /// As JSON on one line.
    #[must_use]
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).expect("plain data that JSON can hold")
    }

    /// From JSON.
    ///
    /// # Errors
    ///
    /// [`RecipeError`] says what is wrong and where.
    pub fn from_json(text: &str) -> Result<Self, RecipeError> {
        RecipeError::read_json(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_without_a_recipe_may_be_a_hybrid_that_holds_none() {
        let may_be = |format, keeps| Provenance::may_be_hybrid(b"no picture", format, keeps, ["a", "b"]);
        assert!(may_be(Format::Png, false) && !may_be(Format::Png, true));
        assert!(may_be(Format::Bmp, true), "holds no recipe");
        assert!(may_be(Format::Jpeg, true), "holds no long one");
    }
}
