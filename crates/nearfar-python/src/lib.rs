//! What the Python package `nearfar` computes with: pictures, a mix, scores. Everything that a person calls is written in
//! Python, in `python/nearfar`; this module holds no rule and no default of its own.
//!
//! Pictures come and go as bytes of interleaved samples; all else that is more than a number is JSON, as the library
//! serialises it.
#![forbid(unsafe_code)]

mod data;
mod error;
mod judge;
mod loss;
mod mix;
mod picture;
mod watch;

use pyo3::prelude::*;

/// The compiled part of nearfar.
#[pymodule(gil_used = false)]
mod _native {
    use pyo3::prelude::*;

    #[pymodule_export]
    use super::{
        error::NearfarError,
        judge::{percept, score, seen, suggest},
        mix::{Fitted, Made, fit, mix, write},
        picture::Picture,
        recipe_in, recipe_json, recipe_toml,
    };

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add("__version__", env!("CARGO_PKG_VERSION"))
    }
}

/// A recipe as JSON with every setting spelled out, of TOML or JSON; or what a preset of descent says: `best`, `draft`,
/// `article`.
#[pyfunction]
fn recipe_json(text: &str, syntax: &str) -> PyResult<String> {
    use nearfar::{Method, Recipe, descent, fourier};
    let method = |method| Ok(Recipe { method, ..Recipe::default() });
    let recipe = match (syntax, text) {
        ("toml", text) => Recipe::from_toml(text).map_err(error::failure),
        ("json", text) => Recipe::from_json(text).map_err(error::failure),
        ("options", text) => data::options(text),
        ("preset", "best") => method(Method::Descent(descent::Options::default())),
        ("preset", "draft") => method(Method::Descent(descent::Options::draft())),
        ("preset", "article") => method(Method::Descent(descent::Options::article())),
        ("preset", "fourier") => method(Method::Fourier(fourier::Options::default())),
        ("preset", "classic") => method(Method::Fourier(fourier::Options::classic())),
        _ => Err(error::failure(format_args!("there is no {syntax} {text:?}"))),
    }?;
    Ok(recipe.to_json())
}

/// A recipe, as JSON, as TOML.
#[pyfunction]
fn recipe_toml(json: &str) -> PyResult<String> {
    Ok(nearfar::Recipe::from_json(json).map_err(error::failure)?.to_toml())
}

/// The recipe in a hybrid's file, as JSON.
#[pyfunction]
fn recipe_in(picture: &picture::Picture) -> PyResult<Option<String>> {
    let found = nearfar::Provenance::of(&picture.picture.info).map_err(error::failure)?;
    Ok(found.map(|made| made.recipe.to_json()))
}
