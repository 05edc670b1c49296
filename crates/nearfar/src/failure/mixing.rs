//! Fitting and mixing that failed.

use super::Failure;
#[cfg(feature = "codec")]
use crate::MemoryError;
use crate::image::ImageError;
use crate::{
    CutoffError, MixError, align::AlignError, descent::DescentError, fit::FitError, fourier::FourierError,
    kernels::KernelError, settings::SettingsError, vision::VisionError,
};

impl From<MixError> for Failure {
    fn from(error: MixError) -> Self {
        match error {
            MixError::Fit(error) => error.into(),
            MixError::Descent(error) => error.into(),
            MixError::Fourier(error) => error.into(),
            MixError::NoStart { .. } => Self::usage(&error).fix("leave --start out, or mix by descent"),
            MixError::NoLoss { .. } => Self::usage(&error).fix("leave the loss out, or mix by descent"),
            MixError::NotNearer { near, far, far_is_said: false, .. } => {
                Self::usage(format_args!("--near {near} is not nearer than {far:.1}, from where FAR of this hybrid is seen"))
                    .fix("give --near a shorter distance, or say with --far from where FAR should be seen")
            }
            MixError::NotNearer { near, far, near_is_said: false, .. } => {
                Self::usage(format_args!("--far {far} is not beyond {near}, from where NEAR is seen if nothing is said"))
                    .fix("say a nearer --near, too, or give --far a greater distance, as in --near 60cm --far 3m")
            }
            MixError::NotNearer { near, far, .. } => {
                Self::usage(format_args!("--near {near} is not nearer than --far {far}"))
                    .fix("give --near the shorter distance, as in --near 60cm --far 3m")
            }
            MixError::IdleStrength => {
                Self::usage("--strength has no effect on a recipe that says the crossover and the share itself")
                    .fix("leave it out, or take `crossover`, `sigma` or `share` out of the recipe")
            }
            MixError::NoShare => {
                Self::usage("--strength, --near-color, --far-color, --far-tone, --plain, --relight and --beside have no effect where channels are mixed alike")
                    .fix("leave them out, or say --colors luma")
            }
            MixError::NothingBeside => Self::usage("--beside has no effect: no face was found in FAR")
                .fix("leave it out, or choose how FAR is fitted with --align"),
            MixError::Cutoff(_) => {
                Self::usage(&error).fix("give --low and --high what these pixels can hold, such as 0.1cpp")
            }
            MixError::Cancelled => Self::interrupted(),
            MixError::Vision(error) => error.into(),
            _ => Self::usage(&error).fix("see nearfar --help"),
        }
    }
}

impl From<FitError> for Failure {
    fn from(error: FitError) -> Self {
        let failure = Self::usage(&error);
        match error {
            FitError::SizeMismatch { .. } => {
                failure.fix("let nearfar fit them: --align auto (or center, points, crop); or make them one size first")
            }
            FitError::TooThin { .. } => failure.fix("crop or scale it to another shape"),
            FitError::NoFace { .. } => failure.fix("say where the eyes are with --points, or use --align auto"),
            FitError::Cancelled => Self::interrupted(),
            FitError::NoMatch { .. } => failure.fix("give --points, or use --align auto or center"),
            FitError::Align(error) => error.into(),
            #[cfg(feature = "faces")]
            FitError::Faces(_) => failure.fix("use --points or --align center meanwhile"),
        }
    }
}

impl From<AlignError> for Failure {
    fn from(error: AlignError) -> Self {
        let failure = Self::usage(&error);
        match error {
            AlignError::TooFewPoints { .. } => {
                failure.fix("give more pairs: --points near=x,y far=x,y near=x,y far=x,y ...")
            }
            AlignError::Image(error) => error.into(),
            AlignError::PointSyntax { .. } => failure.fix(
                "say each pair as near=x,y far=x,y in pixels from the left top corner; a file of points is --points-file FILE",
            ),
            _ => failure.fix("each pair is near=x,y far=x,y in pixels from the left top corner; look at them again"),
        }
    }
}

impl From<DescentError> for Failure {
    fn from(error: DescentError) -> Self {
        let failure = Self::usage(&error);
        match error {
            DescentError::NoWeight => failure.fix("give at least one of --near-weight, --detail-weight, --far-weight"),
            DescentError::Iterations { max, .. } => {
                failure.fix(format_args!("give --steps a whole number from 1 to {max}, or leave it out"))
            }
            DescentError::FarInvisible { .. } => {
                failure.fix("give --far-weight more than --near-weight, or say with --sigma how wide FAR is blurred")
            }
            DescentError::NearInvisible => failure
                .fix("give --detail-weight or --near-weight more than 0, or say with --sigma how wide FAR is blurred"),
            DescentError::StartMismatch { .. } => {
                failure.fix("give --start a picture of the hybrid's size, or one of grey, near, far, blend and pyramid")
            }
            DescentError::StartColors => {
                failure.fix("make it grey first, or give one of grey, near, far, blend and pyramid")
            }
            DescentError::Kernel(KernelError::Share { name, .. }) => {
                failure.fix(format_args!("give {} a number from 0 to 1, or leave it out", share_flag(name)))
            }
            DescentError::Kernel(KernelError::Sigma { .. }) => failure.fix(SIGMA),
            DescentError::Kernel(KernelError::KernelSize { .. }) => {
                failure.fix("give --kernel-size an odd number of taps, as in --kernel-size 31, or leave it out")
            }
            _ => failure.fix("mend that option, or leave it out; nearfar descent --help says what each takes"),
        }
    }
}

impl From<ImageError> for Failure {
    fn from(error: ImageError) -> Self {
        match error {
            ImageError::OutOfMemory { .. } => Self::memory(error),
            _ => Self::usage(error).fix("save the picture again with sound samples"),
        }
    }
}

#[cfg(feature = "codec")]
impl From<MemoryError> for Failure {
    fn from(error: MemoryError) -> Self {
        Self::memory(error)
    }
}

/// For a width of a blur that is none.
const SIGMA: &str = "say a blur in pixels, as in --sigma 6, or leave --sigma out";

impl From<FourierError> for Failure {
    fn from(error: FourierError) -> Self {
        Self::usage(&error).fix(match error {
            FourierError::Sigma(_) => SIGMA,
            _ => "mend that option, or leave it out; nearfar fourier --help says what each takes",
        })
    }
}

impl From<CutoffError> for Failure {
    fn from(error: CutoffError) -> Self {
        Self::usage(error).fix("write it as in 16cpi, 0.03cpp or 6px")
    }
}

/// The flag of a share, by its name in errors.
fn share_flag(name: &str) -> &'static str {
    match name {
        "near colour" => "--near-color",
        "far colour" => "--far-color",
        "far tone" => "--far-tone",
        "share in plain places" => "--plain",
        "relighting" => "--relight",
        "rest beside the focus" => "--beside",
        _ => "it",
    }
}

impl From<SettingsError> for Failure {
    fn from(error: SettingsError) -> Self {
        let idle = |flag: &str, response: &str| {
            Self::usage(format_args!("{flag} has no effect with this response"))
                .fix(format_args!("leave it out, or say {response}"))
        };
        match error {
            SettingsError::ColorWeight => Self::usage("--color-weight has no effect where channels are mixed alike")
                .fix("leave it out, or say --colors luma"),
            SettingsError::Range => Self::usage("this solver keeps pixels in range by itself, with or without --range")
                .fix("leave --range out, or add --solver gradient-descent"),
            SettingsError::Rate => Self::usage("this solver finds its own steps and takes no --rate")
                .fix("leave --rate out, or say --solver gradient-descent, momentum or adam"),
            SettingsError::Order => idle("--order", "--response butterworth"),
            SettingsError::Weights => idle("--weights", "--response wiener"),
            SettingsError::Sigma => idle("--sigma", "--response wiener (or give the cutoff, as in --low 6px)"),
            SettingsError::WienerCutoffs => Self::usage("--low and --high have no effect with the wiener response")
                .fix("leave them out, or say --weights and --sigma"),
            SettingsError::Points => {
                Self::usage("points have no effect with this --align").fix("leave --align out, or say --align points")
            }
            SettingsError::Edges => Self::usage("--edges has no effect with this --align: FAR covers NEAR")
                .fix("leave it out, or choose another --align"),
            SettingsError::EdgeContrast => Self::usage("--edge-contrast has no effect where details have no weight")
                .fix("leave it out, or give --detail-weight"),
        }
    }
}

impl From<VisionError> for Failure {
    fn from(error: VisionError) -> Self {
        let failure = Self::usage(&error);
        match error {
            VisionError::HybridSize { .. } => failure
                .fix("look at the hybrid beside the pictures as they were mixed: give --align and --edges as then"),
            VisionError::Image(error) => error.into(),
            VisionError::LengthSyntax | VisionError::LengthRange { .. } => failure.fix("write it as in 60cm or 3m"),
            VisionError::DensitySyntax | VisionError::DensityRange { .. } => {
                failure.fix("say it as in --dpi 96 for a screen, --dpi 300 for a print, or --print-width 60cm")
            }
            VisionError::PixelsPerDegree { ppd, max, .. } if ppd > max => {
                failure.fix("look from closer, or at fewer pixels per inch, as in --near 60cm --far 3m --dpi 96")
            }
            VisionError::PixelsPerDegree { .. } => {
                failure.fix("look from further away, or at more pixels per inch, as in --near 60cm --far 3m --dpi 96")
            }
            VisionError::Cycles { .. } => failure.fix("say how many cycles, such as 12"),
            VisionError::EyeSigma { .. } => failure.fix("say a blur in pixels, such as 6"),
            _ => failure.fix("check the distances and --dpi, as in --near 60cm --far 3m --dpi 96"),
        }
    }
}
