//! Settings as people give them, by flags or keywords: each may be left out, and none is accepted that would have no effect.
//!
//! A [`Method`](crate::Method) holds every number on which a hybrid depends; the settings are its vocabulary, which the
//! program's flags and Python's keywords share.

mod descent;
mod error;
mod fit;
#[cfg(feature = "clap")]
pub mod flags;
mod fourier;
#[cfg(feature = "codec")]
mod output;
#[cfg(feature = "codec")]
mod reading;
mod viewing;
mod word;
mod words;

pub use descent::{DescentSettings, Preset, SolverName};
pub use error::SettingsError;
pub use fit::FitSettings;
pub use fourier::{FourierSettings, ResponseName};
#[cfg(feature = "codec")]
pub use output::{Keep, OutputError, OutputSettings, check_page, film_format, picture_options, plot_format};
#[cfg(feature = "codec")]
pub use reading::{InputSettings, LimitSettings, color};
pub use viewing::{DistanceSettings, SurfaceSettings, pixels_per_degree, size};
pub use word::{Word, Worded};

/// Overrides a setting if a value is given.
fn set<T>(setting: &mut T, said: Option<T>) {
    if let Some(value) = said {
        *setting = value;
    }
}
