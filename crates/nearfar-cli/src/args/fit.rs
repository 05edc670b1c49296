//! Arguments of fitting two pictures.

use std::path::{Path, PathBuf};

use clap::Args;
use nearfar::{
    Failure, Place, PointFormat,
    align::PointList,
    codec::{self, Overwrite},
    fit::{self, Aligned},
    settings::FitSettings,
};

/// How the far picture is brought into register with the near one.
#[derive(Debug, Args)]
#[command(next_help_heading = "Fitting")]
pub(crate) struct FitArgs {
    #[command(flatten)]
    settings: FitSettings,
    /// Points that show the same thing in both pictures, in pixels: `near=x,y far=x,y` for each pair. 2 pairs rotate, scale
    /// and shift FAR, 3 also shear it, 4 give it perspective, more bend it.
    #[arg(long, num_args = 1.., value_name = "near=X,Y far=X,Y")]
    points: Vec<String>,
    /// A file of such points, TOML or JSON, as written by --save-points.
    #[arg(long, value_name = "FILE", conflicts_with = "points")]
    points_file: Option<PathBuf>,
    /// Write the points by which FAR was laid onto NEAR, for editing: .toml or .json.
    #[arg(long, value_name = "FILE")]
    save_points: Option<PathBuf>,
}

impl FitArgs {
    /// Whether any setting of fitting is given.
    pub(crate) fn says_anything(&self) -> bool {
        self.settings != FitSettings::default() || !self.points.is_empty() || self.points_file.is_some()
    }

    /// The options, with auto as the default; `replace` says whether the file of points may replace another.
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

    /// Writes the points of `aligned`, if requested.
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

    /// The file of points, if given.
    pub(crate) fn points_file(&self) -> Option<&Path> {
        self.points_file.as_deref()
    }
}
