//! Which words settings take, and what each stands for: one table for every front end.

use nearfar_descent::{Parametrization, Start};
use nearfar_fourier::{Border as FourierBorder, OutOfRange};
use nearfar_image::TransferFunction;
use nearfar_kernels::{Border, Colors};

use super::{Preset, ResponseName, SolverName, Word, Worded};
use crate::{Strength, contact::Knob, fit};

const fn word<T>(word: &'static str, value: T, help: &'static str) -> Word<T> {
    Word { word, others: &[], value, help }
}

impl Worded for Preset {
    const WORDS: &'static [Word<Self>] = &[
        word("best", Self::Best, "The best picture we know how to make"),
        word("draft", Self::Draft, "A quick look: 8 iterations at every size"),
        word(
            "article",
            Self::Article,
            "Everything as in the article: 15 taps at sigma 3, zero border, power 2.2, sigmoid, grey start, 200 steps of \
             gradient descent at rate 0.3, weights 0.1 and 1, samples truncated to 8 bits",
        ),
    ];
}

impl Worded for Border {
    const WORDS: &'static [Word<Self>] = &[
        word("mirror", Self::Mirror, "The picture mirrored at its edge"),
        word("zero", Self::Zero, "Black, not renormalised: rims darken"),
    ];
}

impl Worded for TransferFunction {
    const WORDS: &'static [Word<Self>] = &[
        word("srgb", Self::Srgb, "The sRGB curve"),
        word("power22", Self::Power22, "Plain power 2.2"),
        word("identity", Self::Identity, "None: codes are blurred as if they were light"),
    ];
}

impl Worded for Colors {
    const WORDS: &'static [Word<Self>] = &[
        word("luma", Self::Luma, "Light and dark are mixed; colours are NEAR's but for FAR's share of them"),
        word(
            "channels",
            Self::Channels,
            "Red, green and blue are mixed alike: FAR owns all that is coarse, colours too",
        ),
    ];
}

impl Worded for SolverName {
    const WORDS: &'static [Word<Self>] = &[
        word("lbfgs", Self::Lbfgs, "Curvature learnt from the last step; the default"),
        word("gradient-descent", Self::GradientDescent, "Plain gradient descent, as in the article"),
        word("momentum", Self::Momentum, "Gradient descent that keeps nine tenths of its velocity"),
        word("adam", Self::Adam, "Steps scaled for each pixel"),
        word("fista", Self::Fista, "Projected gradient descent that looks ahead"),
    ];
}

impl Worded for Parametrization {
    const WORDS: &'static [Word<Self>] = &[
        word("box", Self::Box, "Pixels are projected onto [0, 1] at every step"),
        word("sigmoid", Self::Sigmoid, "Pixels are a sigmoid of free variables"),
    ];
}

/// A file's name says it too, on the command line.
impl Worded for Start {
    const WORDS: &'static [Word<Self>] = &[
        word("grey", Self::Grey, "Mid grey"),
        word("near", Self::Near, "NEAR"),
        word("far", Self::Far, "FAR"),
        word("blend", Self::Blend, "Details of NEAR on blurred FAR"),
        word("pyramid", Self::Pyramid, "From a mix of half the size"),
    ];
}

impl Worded for ResponseName {
    const WORDS: &'static [Word<Self>] = &[
        word("gaussian", Self::Gaussian, "The blur of an eye; never rings"),
        word("butterworth", Self::Butterworth, "Steeper with every order"),
        word("ideal", Self::Ideal, "A hard step; rings"),
        word(
            "wiener",
            Self::Wiener,
            "The optimising mixer's optimum in closed form, colour curve and range ignored; takes --weights and --sigma \
             instead of cutoffs",
        ),
    ];
}

impl Worded for FourierBorder {
    const WORDS: &'static [Word<Self>] = &[
        word("mirror", Self::Mirror, "The picture mirrored at its edge"),
        word("periodic", Self::Periodic, "The picture repeated, as a plain FFT has it"),
    ];
}

impl Worded for OutOfRange {
    const WORDS: &'static [Word<Self>] = &[
        word("clip", Self::Clip, "Cut off, and counted"),
        word("rescale", Self::Rescale, "Compress the whole picture"),
        word("local-gain", Self::LocalGain, "Weaken NEAR around such places"),
    ];
}

impl Worded for fit::Method {
    const WORDS: &'static [Word<Self>] = &[
        word(
            "auto",
            Self::Auto,
            "The first that is sure: points if given, two faces (of people or animals), contents; else pictures of one size \
             stay as they are, others lie middle on middle; FAR's face, if NEAR has none, lies where NEAR's details hide it",
        ),
        word("points", Self::Points, "By --points or --points-file"),
        word(
            "faces",
            Self::Faces,
            "Eyes on eyes, mouth on mouth: both pictures must show a person or an animal that looks at the camera",
        ),
        word("content", Self::Content, "By what the pictures show: both must show the same thing"),
        word(
            "portrait",
            Self::Portrait,
            "The face of one picture on the middle of the other, as large as in a portrait if the pictures allow; nothing is \
             turned",
        ),
        word(
            "hide-face",
            Self::HideFace,
            "Scale FAR to cover NEAR, and slide it so that its face is whole and lies under NEAR's details",
        ),
        Word {
            others: &["center-fit"],
            ..word("center", Self::CenterFit, "Scale FAR to cover NEAR, middle on middle")
        },
        word("crop", Self::Crop, "Crop both to their common size, middle on middle"),
        word("none", Self::None, "Do nothing: both must have one size"),
    ];
}

impl Worded for fit::Edges {
    const WORDS: &'static [Word<Self>] = &[
        word("auto", Self::Auto, "Whichever keeps the subject"),
        word("crop", Self::Crop, "Crop to the part that both have"),
        word("extend", Self::Extend, "Extend FAR by mirroring, softly"),
    ];
}

impl Worded for Strength {
    const WORDS: &'static [Word<Self>] = &[
        word("subtle", Self::Subtle, "NEAR is hardly touched; FAR is seen from further away"),
        word("even", Self::Even, "Both have their due"),
        word("strong", Self::Strong, "FAR is seen from closer, and through NEAR, too"),
    ];
}

impl Worded for Knob {
    const WORDS: &'static [Word<Self>] = &[
        word("near-weight", Self::NearWeight, "Of being like NEAR"),
        word("detail-weight", Self::DetailWeight, "Of having NEAR's details"),
        word("far-weight", Self::FarWeight, "Of being like FAR from afar"),
        word("near-color", Self::NearColor, "NEAR's own colours, 0 to 1"),
        word("far-color", Self::FarColor, "FAR's colours, 0 to 1"),
        word("far-tone", Self::FarTone, "FAR's overall light and dark, 0 to 1"),
        word("plain", Self::Plain, "FAR's shapes where NEAR is plain, 0 to 1"),
        word("beside", Self::Beside, "What lies beside FAR's face, 0 to 1"),
    ];
}

#[cfg(feature = "codec")]
mod files {
    use nearfar_codec::{Depth, Format};

    use super::{Word, Worded, word};
    use crate::{OutputProfile, settings::Keep};

    impl Worded for OutputProfile {
        const WORDS: &'static [Word<Self>] = &[
            word("none", Self::None, "None; the picture is sRGB, as every program takes it to be"),
            word("srgb", Self::Srgb, "One that says sRGB, for programs that ask when there is none"),
            word("near", Self::Near, "NEAR's own, such as Display P3 or Adobe RGB; the picture is converted to it"),
        ];
    }

    impl Worded for Keep {
        const WORDS: &'static [Word<Self>] = &[
            word(
                "exif",
                Self::Exif,
                "Camera, exposure, date, author, copyright, description, and the place if it is there",
            ),
            word("xmp", Self::Xmp, "What editing programs wrote: author, title, keywords, ratings"),
            word("all", Self::All, "Both"),
        ];
    }

    impl Worded for Depth {
        const WORDS: &'static [Word<Self>] = &[word("8", Self::Eight, ""), word("16", Self::Sixteen, "")];
    }

    /// The formats that can be written.
    impl Worded for Format {
        const WORDS: &'static [Word<Self>] = &[
            word("png", Self::Png, ""),
            Word { others: &["jpg"], ..word("jpeg", Self::Jpeg, "") },
            word("webp", Self::WebP, ""),
            Word { others: &["tif"], ..word("tiff", Self::Tiff, "") },
            word("bmp", Self::Bmp, ""),
            word("pnm", Self::Pnm, ""),
            word("qoi", Self::Qoi, ""),
        ];
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Debug;

    use serde::de::DeserializeOwned;

    use super::*;

    fn as_in_recipes<T: Worded + DeserializeOwned + PartialEq + Debug>() {
        for Word { word, others, value, .. } in T::WORDS {
            let mut spelled = std::iter::once(word).chain(*others);
            let read = |word: &&str| serde_json::from_value::<T>(serde_json::Value::from(*word)).ok();
            assert_eq!(spelled.find_map(read).as_ref(), Some(value), "{word}");
        }
    }

    #[test]
    fn words_are_those_of_recipes() {
        as_in_recipes::<Preset>();
        as_in_recipes::<Border>();
        as_in_recipes::<TransferFunction>();
        as_in_recipes::<Colors>();
        as_in_recipes::<SolverName>();
        as_in_recipes::<Parametrization>();
        as_in_recipes::<Start>();
        as_in_recipes::<ResponseName>();
        as_in_recipes::<FourierBorder>();
        as_in_recipes::<OutOfRange>();
        as_in_recipes::<Strength>();
        as_in_recipes::<fit::Method>();
        as_in_recipes::<fit::Edges>();
        #[cfg(feature = "codec")]
        {
            as_in_recipes::<crate::OutputProfile>();
            as_in_recipes::<nearfar_codec::Format>();
        }
    }
}
