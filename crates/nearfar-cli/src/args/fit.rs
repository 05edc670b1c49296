//! How two pictures are made to fit.

use std::path::{Path, PathBuf};

use clap::Args;
use nearfar::{
    Place, PointFormat,
    align::PointList,
    codec::{self, Overwrite},
    fit::{self, Aligned, Edges},
    read_text,
    settings::FitSettings,
};

use super::choice::{Choice, choice};
use crate::failure::Failure;

/// How the far picture is made to fit the near one.
#[derive(Debug, Args)]
#[command(next_help_heading = "Fitting")]
pub(crate) struct FitArgs {
    /// How the far picture is laid onto the near one; auto if not given.
    #[arg(long, value_parser = choice(ALIGN), value_name = "HOW")]
    align: Option<fit::Method>,
    /// Where the same things are in both pictures, in pixels: `near=x,y far=x,y` for each. 2 pairs turn, scale and shift
    /// FAR, 3 shear it too, 4 give it perspective, more bend it.
    #[arg(long, num_args = 1.., value_name = "near=X,Y far=X,Y")]
    points: Vec<String>,
    /// A file with such points, TOML or JSON, as --save-points writes it.
    #[arg(long, value_name = "FILE", conflicts_with = "points")]
    points_file: Option<PathBuf>,
    /// Write the points that the pictures were laid onto each other by, for editing: .toml or .json.
    #[arg(long, value_name = "FILE")]
    save_points: Option<PathBuf>,
    /// What happens where the far picture does not cover the near one.
    #[arg(long, value_parser = choice(EDGES), value_name = "HOW")]
    edges: Option<Edges>,
}

impl FitArgs {
    /// Whether anything was said of how the pictures fit.
    pub(crate) fn says_anything(&self) -> bool {
        self.align.is_some() || !self.points.is_empty() || self.points_file.is_some() || self.edges.is_some()
    }

    /// What was said, with auto where nothing was.
    pub(crate) fn options(&self) -> Result<fit::Options, Failure> {
        if let Some(path) = &self.save_points {
            point_format(path)?;
            Place::new(path, false, &[])?;
        }
        let said = FitSettings { align: self.align, points: self.points()?.points, edges: self.edges };
        Ok(said.options()?)
    }

    /// Writes the points that `aligned` rests on, if that was asked for.
    pub(crate) fn save_points(&self, aligned: &Aligned, options: &fit::Options) -> Result<(), Failure> {
        let Some(path) = &self.save_points else { return Ok(()) };
        let text = point_format(path)?.write(&aligned.points(options));
        Ok(codec::write_atomic(path, text.as_bytes(), Overwrite::Refuse)?)
    }

    /// The file with points, if one was given.
    pub(crate) fn points_file(&self) -> Option<&Path> {
        self.points_file.as_deref()
    }

    fn points(&self) -> Result<PointList, Failure> {
        let Some(path) = &self.points_file else {
            return Ok(self.points.join(" ").parse::<PointList>()?);
        };
        let named = |error: &dyn std::fmt::Display| format!("cannot read {}: {error}", path.display());
        let format = point_format(path)?;
        let text =
            read_text(path).map_err(|error| Failure::new(named(&error)).fix("check the spelling and the folder"))?;
        format.read(&text).map_err(|error| {
            Failure::usage(named(&error)).fix("compare it with a file that --save-points wrote; mend the place named")
        })
    }
}

/// The format of a points file, by its name.
pub(crate) fn point_format(path: &Path) -> Result<PointFormat, Failure> {
    match path.extension().and_then(|extension| extension.to_str()) {
        Some("json") => Ok(PointFormat::Json),
        Some("toml") => Ok(PointFormat::Toml),
        _ => Err(Failure::usage(format_args!("{}: a points file ends in .toml or .json", path.display()))
            .fix("rename it after what is in it")),
    }
}

const ALIGN: &[Choice<fit::Method>] = &[
    (
        "auto",
        fit::Method::Auto,
        "The first that is sure: points if given, two faces (of people or animals), contents; else pictures of one size \
         stay as they are, others lie middle on middle; FAR's face, if NEAR has none, lies where NEAR's details hide it",
    ),
    ("points", fit::Method::Points, "By --points or --points-file"),
    (
        "faces",
        fit::Method::Faces,
        "Eyes on eyes, mouth on mouth: both pictures must show a person or an animal that looks at the camera",
    ),
    ("content", fit::Method::Content, "By what the pictures show: both must show the same thing"),
    (
        "portrait",
        fit::Method::Portrait,
        "The face of one picture on the middle of the other, as large as in a portrait if the pictures allow; nothing is \
         turned",
    ),
    (
        "hide-face",
        fit::Method::HideFace,
        "Scale FAR to cover NEAR, and slide it so that its face is whole and lies under NEAR's details",
    ),
    ("center", fit::Method::CenterFit, "Scale FAR to cover NEAR, middle on middle"),
    ("crop", fit::Method::Crop, "Crop both to their common size, middle on middle"),
    ("none", fit::Method::None, "Do nothing: both must have one size"),
];

const EDGES: &[Choice<Edges>] = &[
    ("auto", Edges::Auto, "Whichever keeps the subject"),
    ("crop", Edges::Crop, "Crop to the part that both have"),
    ("extend", Edges::Extend, "Extend FAR by mirroring, softly"),
];
