//! How two pictures are made to fit.

use clap::{Args, ValueEnum};
use nearfar::align::{self, Edges};

/// How the far picture is made to fit the near one.
#[derive(Debug, Args)]
#[command(next_help_heading = "Fitting")]
pub(crate) struct FitArgs {
    /// How the far picture is laid onto the near one.
    #[arg(long, value_enum, value_name = "HOW")]
    align: Option<AlignArg>,
    /// What happens where the far picture does not cover the near one.
    #[arg(long, value_enum, value_name = "HOW")]
    edges: Option<EdgesArg>,
}

impl FitArgs {
    /// Lays what was said over `options`.
    pub(crate) fn apply(&self, options: &mut align::Options) {
        if let Some(align) = self.align {
            options.method = align.into();
        }
        if let Some(edges) = self.edges {
            options.edges = match edges {
                EdgesArg::Auto => Edges::Auto,
                EdgesArg::Crop => Edges::Crop,
                EdgesArg::Extend => Edges::Extend,
            };
        }
    }
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum AlignArg {
    /// The first that works of points, faces, centre.
    Auto,
    /// Scale FAR to cover NEAR, middle on middle.
    Center,
    /// Crop both to their common size, middle on middle.
    Crop,
    /// Do nothing: both must have one size.
    None,
}

impl From<AlignArg> for align::Method {
    fn from(align: AlignArg) -> Self {
        match align {
            AlignArg::Auto => Self::Auto,
            AlignArg::Center => Self::CenterFit,
            AlignArg::Crop => Self::Crop,
            AlignArg::None => Self::None,
        }
    }
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum EdgesArg {
    /// Whichever keeps the subject.
    Auto,
    /// Crop to the part that both have.
    Crop,
    /// Extend FAR by mirroring, softly.
    Extend,
}
