//! A request for a hybrid: a recipe, and everyday words for what the recipe leaves open.

mod overrides;
mod run;
mod viewing;

use nearfar_vision::{Length, Surface};
use serde::{Deserialize, Serialize};

use crate::{Method, MixError, Recipe};

pub use overrides::{Cutoffs, ShareOptions};
pub(crate) use viewing::usual_near_view;

/// A request for a hybrid. The default leaves everything to be chosen.
///
/// ```
/// use nearfar::{Channels, Execution, Image, Request, Size, no_observer};
///
/// let near = Image::from_fn(Size::new(48, 48)?, Channels::Grey, |_, x, y| [0.3, 0.7][(x / 2 + y / 2) % 2]);
/// let far = Image::from_fn(Size::new(48, 48)?, Channels::Grey, |_, x, _| if x < 24 { 0.2 } else { 0.8 });
/// let request = Request { far: Some("3m".parse()?), ..Request::default() };
/// let hybrid = request.mix(near, far, &Execution::parallel(), &mut no_observer)?;
/// for note in &hybrid.notes {
///     println!("{note}");
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Request {
    /// How the pictures are fitted and mixed. Its crossover and its share give way to those given here.
    pub recipe: Recipe,
    /// The distance from which the far picture should be seen: the crossover follows from it.
    pub far: Option<Length>,
    /// The distance from which the near picture should be seen; 60 cm by default.
    pub near: Option<Length>,
    /// What the hybrid is seen on; a screen of 96 dpi by default.
    pub surface: Option<Surface>,
    /// How much of the far picture comes through beside its shapes.
    pub share: ShareOptions,
    /// Cutoffs of the Fourier mixer in everyday units.
    pub cutoffs: Cutoffs,
    /// Whether nobody is told from where each picture is seen: the same hybrid, in less time.
    pub unjudged: bool,
}

impl From<Recipe> for Request {
    fn from(recipe: Recipe) -> Self {
        Self { recipe, ..Self::default() }
    }
}

impl Request {
    /// The request that made an existing hybrid, from the recipe in its file. The surface given here takes precedence over the
    /// file's, and so, if `keeps_align`, does the way the pictures are fitted.
    #[cfg(feature = "codec")]
    #[must_use]
    pub fn of_hybrid(self, info: &nearfar_codec::SourceInfo, keeps_align: bool) -> Self {
        let made = crate::Provenance::of(info).ok().flatten();
        let recipe = made.as_ref().and_then(|made| made.mix.recipe()).unwrap_or_default();
        let align = if keeps_align { self.recipe.align } else { recipe.align };
        let surface = self.surface.or(made.and_then(|made| made.surface));
        Self { recipe: Recipe { align, ..recipe }, surface, ..self }
    }

    /// Checks all that can be checked without the pictures.
    ///
    /// # Errors
    ///
    /// [`MixError`] names an option of the recipe's method, or a share, that makes no sense, or weights that leave nothing to
    /// derive a crossover from; [`MixError::NotNearer`] if the near picture should be seen from further away than the far one,
    /// or would be from its usual distance.
    pub fn check(&self) -> Result<(), MixError> {
        self.recipe.method.check_options()?;
        self.share.check_parts()?;
        if let Method::Descent(options) = &self.recipe.method
            && options.sigma.is_none()
        {
            options.check_crossover().map_err(MixError::Descent)?;
        }
        self.far.map_or(Ok(()), |far| self.check_nearer_than(far))
    }
}
