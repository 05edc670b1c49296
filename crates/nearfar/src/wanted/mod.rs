//! Any objective, written down: which terms, of which picture, how much of each.
//!
//! A [`Wanted`] is read from TOML, says in words what it asks for, and makes a hybrid of two pictures that fit.
//!
//! ```
//! use nearfar::wanted::Wanted;
//!
//! let wanted = Wanted::from_toml(
//!     r#"
//!     [[term]]
//!     kind = "details"
//!     of = "near"
//!     weight = 20.0
//!     channels = "luma"
//!     edges = true
//!
//!     [[term]]
//!     kind = "afar"
//!     of = "far"
//!     weight = 1.0
//!     sigma = "5px"
//!     "#,
//! )?;
//! assert!(wanted.words()[0].starts_with("1. details"));
//! let error = Wanted::from_toml("[[term]]\nkind = \"details\"\nwieght = 2.0").unwrap_err();
//! assert!(error.to_string().contains("line 3") && error.to_string().contains("did you mean `weight`?"));
//! # Ok::<(), nearfar::RecipeError>(())
//! ```

mod busyness;
mod cost;
mod error;
#[cfg(feature = "codec")]
mod files;
#[cfg(feature = "codec")]
mod job;
mod level;
mod masks;
mod mix;
mod read;
#[cfg(feature = "codec")]
mod recipe;
mod term;
mod term_text;
mod words;

pub use busyness::busyness;
pub use error::WantedError;
#[cfg(feature = "codec")]
pub use files::WantedFileError;
#[cfg(feature = "codec")]
pub use job::{WantedJob, WantedMade, WantedPictures, WantedPlan};
pub use masks::Masks;
pub use mix::{WantedMix, WantedSummary};
#[cfg(feature = "codec")]
pub use recipe::WantedRecipe;
pub use term::{Eye, Goal, Mask, Start, Term, Wanted, Which};
