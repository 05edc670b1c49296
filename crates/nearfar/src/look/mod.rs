//! Views of a hybrid from elsewhere: as a strip of sizes, blurred as by an eye, as a film of a walk, or in a terminal.
//!
//! A [`Scene`] is a hybrid and its viewer; [`Scene::stations`] are the distances worth a look. A [`Study`] is a hybrid
//! beside its pictures.
//!
//! ```
//! use nearfar::{Channels, Image, Size, no_observer, look::{Known, Scene}, vision::Density};
//!
//! let hybrid = Image::filled(Size::new(96, 64)?, Channels::Grey, 0.5);
//! let scene = Scene { hybrid: &hybrid, density: Density::default(), seat: "60cm".parse()?, known: Known::Nothing };
//! let stations = scene.stations();
//! assert_eq!(stations[1].distance.centimetres(), 120.0);
//! assert!(scene.strip(&stations, &mut no_observer)?.size().width() > 96 + 48 + 24);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

#[cfg(feature = "codec")]
mod opened;
mod overlay;
mod page;
mod parts;
mod scene;
#[cfg(feature = "codec")]
mod shows;
mod simulate;
pub(crate) mod spectrum;
mod strip;
mod study;
#[cfg(feature = "codec")]
mod terminal;
mod walk;
mod words;

#[cfg(feature = "codec")]
pub use opened::Opened;
pub use overlay::overlay;
#[cfg(feature = "codec")]
pub use overlay::{FITTED_FILES, fitted_files};
pub use parts::parts;
pub use scene::{Known, Scene, SceneSummary, Station};
#[cfg(feature = "codec")]
pub use shows::{Making, Shows};
pub use spectrum::{RINGS, RingSummary, SpectrumSummary, radial_spectra, spectra_pictures, spectrum_figure};
pub use study::Study;
#[cfg(feature = "batch")]
pub(crate) use study::scored;
#[cfg(feature = "codec")]
pub use terminal::Terminal;
pub use walk::Walk;
pub use words::{metres, place, widths};
