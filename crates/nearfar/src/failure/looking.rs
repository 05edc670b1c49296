//! Failures of work on several hybrids, or by an objective.

use nearfar_vision::VisionError;

use super::Failure;
#[cfg(feature = "text")]
use crate::layers::text::TextError;
#[cfg(feature = "codec")]
use crate::wanted::WantedFileError;
use crate::{MixError, compare::CompareError, contact::SheetError, layers::LayersError, wanted::WantedError};

impl From<LayersError> for Failure {
    fn from(error: LayersError) -> Self {
        match error {
            LayersError::Mix(error @ MixError::Vision(VisionError::HybridSize { .. })) => error.into(),
            LayersError::Mix(MixError::Vision(_)) => {
                Self::usage(&error).fix("check the distances of --at, and --dpi or --print-width")
            }
            LayersError::Mix(MixError::Descent(_) | MixError::Fourier(_) | MixError::Cutoff(_)) => {
                Self::usage(&error).fix("give distances that these pictures can be seen from, or larger pictures")
            }
            LayersError::Mix(error) => error.into(),
            LayersError::Fit { number, error } => Self::from(error).about(format_args!("picture {number}")),
            LayersError::TooFew { .. } => {
                Self::usage(&error).fix("give --at for each, as in --at 40cm=cat.png --at 4m=text:HELLO")
            }
            LayersError::TooMany { .. } => Self::usage(&error).fix("leave some of them out"),
            LayersError::TooClose { .. } => Self::usage(&error).fix("give the farther one a greater distance"),
            LayersError::StrengthCount { .. } | LayersError::Strength { .. } => Self::usage(&error)
                .fix("give --strengths a number for each --at, from the nearest to the farthest, as in 1,1,2"),
            LayersError::StrengthRatio { .. } => {
                Self::usage(&error).fix("give --strengths numbers nearer to each other, as in 1,1,2")
            }
            LayersError::IdleStrengths => Self::usage(&error).fix("leave --strengths out, or --method fourier"),
            LayersError::OnlyTexts => {
                Self::usage(&error).fix("give a picture for one of the distances, as in --at 40cm=cat.png")
            }
            #[cfg(feature = "text")]
            LayersError::Text(TextError::NoLetter { .. }) => {
                Self::usage(&error).fix("give a font that has it with --font FILE")
            }
            #[cfg(feature = "text")]
            LayersError::Text(TextError::Script { .. }) => {
                Self::usage(&error).fix("write the text in a program that can, and give its picture")
            }
            #[cfg(feature = "text")]
            LayersError::Text(TextError::Font) => Self::usage(&error).fix("give a .ttf or .otf file"),
            _ => Self::usage(&error).fix("see nearfar help layers"),
        }
    }
}

impl From<WantedError> for Failure {
    fn from(error: WantedError) -> Self {
        match error {
            WantedError::Placed { file, line, column, error } => {
                let failure = Self::from(*error).about(format_args!("line {line}, column {column}"));
                file.into_iter().fold(failure, Self::about)
            }
            WantedError::Crossover { .. } => {
                Self::usage(&error).fix("give `crossover` less than that, leave it out, or take larger pictures")
            }
            WantedError::Term { error: MixError::Vision(_), .. } | WantedError::Mix(MixError::Vision(_)) => {
                Self::usage(&error).fix("check `at`, and --dpi or --print-width")
            }
            WantedError::Term { .. } => {
                Self::usage(&error).fix("give that term a `sigma` or `window` that these pixels hold, such as 2px")
            }
            WantedError::Mix(MixError::Descent(_) | MixError::Fourier(_) | MixError::Cutoff(_)) => {
                Self::usage(&error).fix("correct the recipe; nearfar explain says what each of its terms asks for")
            }
            WantedError::Mix(error) => error.into(),
            WantedError::NoMask { .. } => Self::usage(&error).fix("check the spelling and the folder"),
            WantedError::MaskSize { .. } => Self::usage(&error).fix("make the mask as large as NEAR"),
            WantedError::MaskColors { .. } => Self::usage(&error).fix("save the mask as a grey picture"),
            WantedError::IdleMask { .. } => Self::usage(&error).fix("leave it out, or take `mask` out of a term"),
            WantedError::NoFace { .. } => {
                Self::usage(&error).fix("give a mask as a grey picture, or a FAR with a face")
            }
            WantedError::NoBand { .. } => {
                Self::usage(&error).fix("`from` is the lower frequency; pixels hold up to half a cycle, 0.5cpp")
            }
        }
    }
}

impl From<CompareError> for Failure {
    fn from(error: CompareError) -> Self {
        match error {
            CompareError::Mix(error) => error.into(),
            CompareError::Percept { .. } => Self::usage(error).fix("give --p-far a number from -1 to 1, such as -0.5"),
            CompareError::Sweep { .. } => Self::usage(error).fix("give --sweep 2 or more"),
            _ => Self::usage(error).fix("see nearfar compare --help"),
        }
    }
}

impl From<SheetError> for Failure {
    fn from(error: SheetError) -> Self {
        match error {
            SheetError::Mix(error) => error.into(),
            SheetError::Values => Self::usage(error).fix("give --values such as 0.5,1,2"),
            SheetError::Columns { .. } => Self::usage(error).fix("mend --columns"),
        }
    }
}

#[cfg(feature = "codec")]
impl From<WantedFileError> for Failure {
    fn from(error: WantedFileError) -> Self {
        match error {
            WantedFileError::Read { path, error } => Self::reading_text(&path, &error),
            WantedFileError::Recipe { .. } => Self::usage(error).fix("correct the place named; see docs/objectives.md"),
        }
    }
}
