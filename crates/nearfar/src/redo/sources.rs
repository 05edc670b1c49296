//! Which files went into a hybrid, and where they are now.

use std::{
    fmt,
    path::{Path, PathBuf},
};

use nearfar_codec::DecodeError;

use crate::{Mix, Provenance, RecipeError, Source};

/// The part that a file played in a hybrid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Role {
    /// The near picture.
    Near,
    /// The far picture.
    Far,
    /// The picture that the optimiser started from.
    Start,
    /// A mask in an objective.
    Mask,
    /// One of the layers.
    Layer,
    /// The font of the layers that are texts.
    Font,
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Near => "near picture",
            Self::Far => "far picture",
            Self::Start => "start picture",
            Self::Mask => "mask",
            Self::Layer => "layer",
            Self::Font => "font",
        })
    }
}

/// Where the user says that the files of a hybrid are now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Relocations {
    /// The near picture.
    pub near: Option<PathBuf>,
    /// The far picture.
    pub far: Option<PathBuf>,
    /// The picture that the optimiser started from.
    pub start: Option<PathBuf>,
    /// Any file, by its name in the recipe.
    pub moved: Vec<(String, PathBuf)>,
}

/// Where the files of a hybrid are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sources(Vec<PathBuf>);

impl Sources {
    /// All of the paths.
    pub fn paths(&self) -> impl Iterator<Item = &Path> {
        self.0.iter().map(PathBuf::as_path)
    }
}

/// Why the files of a hybrid cannot be had.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SourceError {
    /// A file is not where it was.
    #[error("the {role}, {file}, is not where it was")]
    Missing {
        /// The part it played.
        role: Role,
        /// Its name in the recipe.
        file: String,
    },
    /// The user gave a path for a file that is no part of the hybrid.
    #[error("the hybrid has no {what}")]
    Idle {
        /// The part or the name that the hybrid does not have.
        what: String,
    },
    /// The objective is not valid.
    #[error("its objective: {0}")]
    Objective(RecipeError),
    /// Some files have changed.
    #[error("changed since the hybrid was made: {}", changed.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join(", "))]
    Changed {
        /// Their paths.
        changed: Vec<PathBuf>,
    },
    /// A file cannot be read.
    #[error("cannot read {}: {error}", path.display())]
    Read {
        /// Its path.
        path: PathBuf,
        /// The reason.
        error: DecodeError,
    },
}

impl Mix {
    /// All files that went into it, each with its role, name and digest.
    #[must_use]
    pub fn sources(&self) -> Vec<(Role, &Source)> {
        let both = |near, far| vec![(Role::Near, near), (Role::Far, far)];
        match self {
            Self::Pair { near, far, start, .. } => {
                both(near, far).into_iter().chain(start.iter().map(|start| (Role::Start, start))).collect()
            }
            Self::Objective { near, far, objective } => {
                let masks = objective.masks.values().chain(&objective.near_mask).chain(&objective.far_mask);
                both(near, far).into_iter().chain(masks.map(|mask| (Role::Mask, mask))).collect()
            }
            Self::Layers(layers) => {
                let pictures = layers.seen.iter().filter_map(|layer| layer.what.picture());
                pictures
                    .map(|picture| (Role::Layer, picture))
                    .chain(layers.font.iter().map(|font| (Role::Font, font)))
                    .collect()
            }
        }
    }
}

impl Relocations {
    /// The path that the user gave for a file.
    fn place(&self, role: Role, source: &Source) -> Option<&PathBuf> {
        let moved = || self.moved.iter().find(|(name, _)| *name == source.file).map(|(_, path)| path);
        match role {
            Role::Near => self.near.as_ref().or_else(moved),
            Role::Far => self.far.as_ref().or_else(moved),
            Role::Start => self.start.as_ref().or_else(moved),
            _ => moved(),
        }
    }

    /// A path that the user gave for no file of this hybrid.
    fn idle(&self, sources: &[(Role, &Source)]) -> Option<String> {
        let roles = [(&self.near, Role::Near), (&self.far, Role::Far), (&self.start, Role::Start)];
        let role = roles.iter().find(|(said, role)| said.is_some() && !sources.iter().any(|(of, _)| of == role));
        let moved = || self.moved.iter().find(|(name, _)| !sources.iter().any(|(_, source)| source.file == *name));
        role.map(|(_, role)| role.to_string()).or_else(|| moved().map(|(name, _)| format!("file called {name}")))
    }
}

impl Provenance {
    /// Where the files are now: at the paths that the user gave, or else where they are [found](Source::find) starting from
    /// the hybrid's file.
    ///
    /// # Errors
    ///
    /// [`SourceError::Missing`]; [`SourceError::Idle`] if a path is given for a file that is no part of the hybrid.
    pub fn find(&self, hybrid: &Path, said: &Relocations) -> Result<Sources, SourceError> {
        let sources = self.mix.sources();
        if let Some(what) = said.idle(&sources) {
            return Err(SourceError::Idle { what });
        }
        let paths = sources.into_iter().map(|(role, source)| {
            let found = said.place(role, source).cloned().or_else(|| source.find(hybrid));
            found.ok_or_else(|| SourceError::Missing { role, file: source.file.clone() })
        });
        Ok(Sources(paths.collect::<Result<_, _>>()?))
    }
}
