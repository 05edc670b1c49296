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
mod memory;
mod mix;
mod output;
mod picture;
mod watch;
mod work;

use nearfar::Mix;
use pyo3::prelude::*;

/// The compiled part of nearfar.
#[pymodule(gil_used = false)]
mod _native {
    use pyo3::prelude::*;

    #[pymodule_export]
    use super::{
        check_measure, check_request,
        error::{NearfarError, NearfarMemoryError},
        judge::{percept, score, seen, suggest},
        mix::{Fitted, Made, fit, mix},
        output::{
            check_output, check_place, foreign_lines, is_cut_short, is_damaged_result, is_same_hybrid, may_be_hybrid,
            names_digest, write,
        },
        picture::Picture,
        recipe_in, recipe_json, recipe_toml, settings,
    };

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add("__version__", env!("CARGO_PKG_VERSION"))
    }
}

/// Checks what needs no picture of a request, as JSON, and of what its method begins with.
#[pyfunction]
fn check_request(request: &str, has_start: bool, has_loss: bool) -> PyResult<()> {
    let request: nearfar::Request = data::options(request)?;
    let checked = request.check().and_then(|()| request.recipe.method.check_begin(has_start, has_loss));
    checked.map_err(error::failure)
}

/// A recipe as JSON with every setting spelled out, of TOML or JSON.
#[pyfunction]
fn recipe_json(text: &str, syntax: &str) -> PyResult<String> {
    use nearfar::Recipe;
    let recipe = match syntax {
        "toml" => Recipe::from_toml(text).map_err(error::unknown),
        "json" => Recipe::from_json(text).map_err(error::unknown),
        "options" => {
            let recipe: Recipe = data::options(text)?;
            recipe.method.check_options().map_err(error::failure)?;
            Ok(recipe)
        }
        _ => Err(error::unknown(format_args!("recipes are not written in {syntax}"))),
    }?;
    Ok(recipe.to_json())
}

/// Options of `fit`, `descent` or `fourier`, as JSON as in a recipe, for settings that were said by keywords, as JSON.
#[pyfunction]
fn settings(kind: &str, said: &str) -> PyResult<String> {
    use nearfar::settings::{DescentSettings, FitSettings, FourierSettings};
    match kind {
        "fit" => data::json(&data::keywords::<FitSettings>(said)?.options().map_err(error::failure)?),
        "descent" => data::json(&data::keywords::<DescentSettings>(said)?.options().map_err(error::failure)?),
        "fourier" => data::json(&data::keywords::<FourierSettings>(said)?.options().map_err(error::failure)?),
        _ => Err(error::unknown(format_args!("there are no settings of {kind}"))),
    }
}

/// Whether a text is a `length`, such as a distance or the width of a print, a `density` of pixels, a `cutoff` of a filter, or
/// a `strength`.
#[pyfunction]
fn check_measure(kind: &str, text: &str) -> PyResult<()> {
    match kind {
        "length" => text.parse::<nearfar::vision::Length>().map(drop).map_err(error::failure),
        "density" => text.parse::<nearfar::vision::Density>().map(drop).map_err(error::failure),
        "cutoff" => text.parse::<nearfar::Cutoff>().map(drop).map_err(error::failure),
        "strength" => output::meant::<nearfar::Strength>(kind, text, &[]).map(drop),
        _ => Err(error::unknown(format_args!("there is no measure named {kind}"))),
    }
}

/// A recipe, as JSON, as TOML.
#[pyfunction]
fn recipe_toml(json: &str) -> PyResult<String> {
    Ok(nearfar::Recipe::from_json(json).map_err(error::unknown)?.to_toml())
}

/// The recipe in a hybrid's file, as JSON, and what no recipe holds: the name of the picture that the hybrid was started from
/// and the width that it was written at, if there are such.
#[pyfunction]
#[expect(clippy::type_complexity, reason = "a tuple of Python's")]
fn recipe_in(picture: &picture::Picture) -> PyResult<Option<(String, Option<String>, Option<usize>)>> {
    let Some(made) = nearfar::Provenance::of(&picture.picture.info).map_err(error::unknown)? else { return Ok(None) };
    match made.mix {
        Mix::Pair { recipe, start, .. } => Ok(Some((recipe.to_json(), start.map(|start| start.file), made.width))),
        Mix::Objective { .. } => Err(error::unknown("it was made by an objective of its own, with `nearfar run`")),
        Mix::Layers(_) => Err(error::unknown("it was made of layers, with `nearfar layers`")),
    }
}
