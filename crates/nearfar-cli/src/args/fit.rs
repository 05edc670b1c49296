//! How two pictures are made to fit.

use std::path::{Path, PathBuf};

use clap::Args;
use nearfar::{
    Failure, Place, PointFormat,
    align::PointList,
    codec::{self, Overwrite},
    fit::{self, Aligned},
    settings::FitSettings,
};

/// How the far picture is made to fit the near one.
#[derive(Debug, Args)]
#[command(next_help_heading = "Fitting")]
pub(crate) struct FitArgs {
    #[command(flatten)]
    settings: FitSettings,
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
}

impl FitArgs {
    /// Whether anything was said of how the pictures fit.
    pub(crate) fn says_anything(&self) -> bool {
        self.settings != FitSettings::default() || !self.points.is_empty() || self.points_file.is_some()
    }

    /// What was said, with auto where nothing was; `replace` says whether the points may take the place of a file.
    pub(crate) fn options(&self, replace: bool) -> Result<fit::Options, Failure> {
        if let Some(path) = &self.save_points {
            PointFormat::of_file(path)?;
            Place::new(path, replace, &self.points_file().into_iter().collect::<Vec<_>>())?;
        }
        let list = match &self.points_file {
            Some(path) => PointFormat::read_file(path)?,
            None => self.points.join(" ").parse::<PointList>()?,
        };
        Ok(FitSettings { points: list.points, ..self.settings.clone() }.options()?)
    }

    /// Writes the points that `aligned` rests on, if that was asked for.
    pub(crate) fn save_points(&self, aligned: &Aligned, options: &fit::Options, replace: bool) -> Result<(), Failure> {
        let Some(path) = &self.save_points else { return Ok(()) };
        let text = PointFormat::of_file(path)?.write(&aligned.points(options));
        let overwrite = if replace { Overwrite::Allow } else { Overwrite::Refuse };
        Ok(codec::write_atomic(path, text.as_bytes(), overwrite)?)
    }

    /// Whether the points are to be written.
    pub(crate) fn saves_points(&self) -> bool {
        self.save_points.is_some()
    }

    /// The file with points, if one was given.
    pub(crate) fn points_file(&self) -> Option<&Path> {
        self.points_file.as_deref()
    }
}
