//! Hybrid images: one picture that shows A up close and B from afar.
//!
//! A [`Recipe`] says how to make a hybrid and can be kept as TOML or JSON; [`Recipe::mix`] makes two photographs fit and
//! mixes them; what comes back is a [`Hybrid`].
//!
//! ```
//! use nearfar::{Channels, Execution, Image, Recipe, Size, no_observer};
//!
//! let near = Image::from_fn(Size::new(48, 48)?, Channels::Grey, |_, x, y| [0.3, 0.7][(x / 2 + y / 2) % 2]);
//! let far = Image::from_fn(Size::new(48, 48)?, Channels::Grey, |_, x, _| if x < 24 { 0.2 } else { 0.8 });
//! let recipe = Recipe::from_toml("[method.descent]\nsigma = 4.0\nnear-weight = 0.2")?;
//! let hybrid = recipe.mix(near, far, &Execution::parallel(), &mut no_observer)?;
//! assert!(hybrid.picture.samples().iter().all(|v| (0.0..=1.0).contains(v)));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Conventions
//!
//! - The way is always the same: pictures, made to [`fit`](fit::fit) as a [`Pair`], mixed by a [`Method`], scored.
//! - The crates below are re-exported whole: [`image`], [`kernels`], [`descent`], [`fourier`], [`vision`], [`align`] and,
//!   where they are built in, `codec` and `faces`.
//! - Sigma is in pixels; pictures are sRGB codes in `[0, 1]`; results are bit-equal for any number of threads.
#![forbid(unsafe_code)]

/// The programs of that page are compiled and run.
#[cfg(doctest)]
#[doc = include_str!("../../../docs/objectives.md")]
struct ObjectivesPage;

pub mod amount;
#[cfg(feature = "codec")]
mod base64;
#[cfg(feature = "batch")]
pub mod batch;
mod choice;
mod choose;
mod command_line;
pub mod compare;
pub mod contact;
mod cutoff;
mod draft;
pub mod draw;
mod error;
mod event;
mod failure;
mod finite;
pub mod fit;
mod geometry;
mod hybrid;
#[cfg(feature = "codec")]
pub mod input;
#[cfg(feature = "codec")]
mod job;
mod judged_copy;
mod knobs;
pub mod layers;
pub mod look;
#[cfg(feature = "codec")]
mod memory;
#[cfg(feature = "codec")]
mod metadata;
mod method;
mod note;
mod optimise;
mod own_loss;
mod pairs;
mod parser_words;
mod perception;
#[cfg(feature = "codec")]
mod picture;
#[cfg(feature = "codec")]
mod place;
pub mod plot;
mod points;
#[cfg(feature = "codec")]
mod provenance;
mod recipe;
mod recipe_error;
#[cfg(feature = "codec")]
mod redo;
#[cfg(feature = "codec")]
pub mod report;
mod request;
pub mod settings;
mod smaller;
#[cfg(feature = "codec")]
mod source;
mod strength;
mod subject;
mod suggest;
mod summary;
mod surplus;
#[cfg(feature = "codec")]
mod target;
#[cfg(feature = "codec")]
mod text_file;
mod text_place;
mod threads;
mod trial;
pub mod wanted;
pub mod words;
#[cfg(feature = "codec")]
mod writing;

pub use nearfar_align as align;
#[cfg(feature = "codec")]
pub use nearfar_codec as codec;
pub use nearfar_descent as descent;
#[cfg(feature = "faces")]
pub use nearfar_faces as faces;
pub use nearfar_fourier as fourier;
pub use nearfar_image as image;
pub use nearfar_kernels as kernels;
pub use nearfar_vision as vision;

pub use choice::Choice;
pub use choose::{FACE_CYCLES, FILTER_FACE_CYCLES, crossover_seen_by, far_eye_sigma, views};
pub use cutoff::{Cutoff, CutoffError};
pub use error::MixError;
pub use event::{Event, EventKind, Phase, no_observer};
pub use failure::{Cause, Failure};
pub use geometry::{Geometry, View};
pub use hybrid::Hybrid;
#[cfg(feature = "codec")]
pub use job::{Job, Made, Pictures, Planned};
pub use knobs::{Fidelity, Knobs, Mixer};
#[cfg(feature = "codec")]
pub use memory::{MemoryError, Work, memory_for_work, most_pixels};
#[cfg(feature = "codec")]
pub use metadata::{Metadata, NotKept, OutputProfile};
pub use method::{Method, Report};
pub use nearfar_descent::Progress;
pub use nearfar_image::{Channels, Encoded, Image, Pair, Size};
pub use nearfar_kernels::Execution;
pub use note::{Fitted, Help, Note, Severity};
pub use own_loss::OwnLoss;
pub use pairs::pairs_by_name;
pub use perception::{Perception, PerceptionReference};
#[cfg(feature = "codec")]
pub use picture::Picture;
#[cfg(feature = "codec")]
pub use place::{Folder, Place, PlaceError, free_name};
pub use points::PointFormat;
#[cfg(feature = "codec")]
pub use points::PointsFileError;
#[cfg(feature = "codec")]
pub use provenance::{Mix, Provenance};
pub use recipe::Recipe;
pub use recipe_error::{RecipeError, read_options};
#[cfg(feature = "codec")]
pub use redo::{Redoing, Redone, Relocations, Role, SourceError, Sources};
pub use request::{Cutoffs, Request, ShareOptions};
#[cfg(feature = "codec")]
pub use source::Source;
pub use strength::Strength;
pub use subject::Subject;
pub use suggest::{NamedWay, SuggestedWay, Suggestion, SuggestionSummary, Way};
#[cfg(feature = "codec")]
pub use summary::PlanSummary;
pub use summary::{
    AlignSummary, NoteSummary, PerceptSummary, SCHEMA, ScoreSummary, Seconds, Summary, Trace, TraceLine, WorkSummary,
    to_json,
};
#[cfg(feature = "codec")]
pub use target::{Target, behind, is_stream, unless_stream};
#[cfg(feature = "codec")]
pub use text_file::read_text;
pub use threads::execution_on;
pub use trial::Trial;
#[cfg(feature = "codec")]
pub use writing::{JobError, Writing};
