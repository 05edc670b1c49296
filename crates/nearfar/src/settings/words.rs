//! The words of settings and their values: one table for every front end.

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
        word("best", Self::Best, "The best picture that nearfar can make"),
        word("draft", Self::Draft, "A quick look: 8 iterations at every level"),
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
        word("zero", Self::Zero, "Black, not renormalised: the rim darkens"),
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
        word("luma", Self::Luma, "Only luma is mixed; colours are NEAR's with a share of FAR's"),
        word(
            "channels",
            Self::Channels,
            "Red, green and blue are mixed alike: FAR gives everything coarse, colours too",
        ),
    ];
}

impl Worded for SolverName {
    const WORDS: &'static [Word<Self>] = &[
        word("lbfgs", Self::Lbfgs, "Quasi-Newton: learns the curvature from past steps; the default"),
        word("gradient-descent", Self::GradientDescent, "Plain gradient descent, as in the article"),
        word("momentum", Self::Momentum, "Gradient descent that keeps nine tenths of its velocity"),
        word("adam", Self::Adam, "A step size of its own for every pixel"),
        word("fista", Self::Fista, "Projected gradient descent with extrapolation"),
    ];
}

impl Worded for Parametrization {
    const WORDS: &'static [Word<Self>] = &[
        word("box", Self::Box, "Pixels are projected onto [0, 1] at every step"),
        word("sigmoid", Self::Sigmoid, "Pixels are a sigmoid of free variables"),
    ];
}

/// On the command line, this may also be a file name.
impl Worded for Start {
    const WORDS: &'static [Word<Self>] = &[
        word("grey", Self::Grey, "Mid grey"),
        word("near", Self::Near, "NEAR, as FAR lights it (--relight)"),
        word("far", Self::Far, "FAR"),
        word("blend", Self::Blend, "NEAR's details on blurred FAR"),
        word("pyramid", Self::Pyramid, "A mix at half the size"),
    ];
}

impl Worded for ResponseName {
    const WORDS: &'static [Word<Self>] = &[
        word("gaussian", Self::Gaussian, "The blur of an eye; never rings"),
        word("butterworth", Self::Butterworth, "Steeper the higher its order"),
        word("ideal", Self::Ideal, "A hard step; rings"),
        word(
            "wiener",
            Self::Wiener,
            "The optimising mixer's optimum in closed form, apart from the transfer curve and the range; takes --weights \
             and --sigma instead of cutoffs",
        ),
    ];
}

impl Worded for FourierBorder {
    const WORDS: &'static [Word<Self>] = &[
        word("mirror", Self::Mirror, "The picture mirrored at its edge"),
        word("periodic", Self::Periodic, "The picture repeated, as by a plain FFT"),
    ];
}

impl Worded for OutOfRange {
    const WORDS: &'static [Word<Self>] = &[
        word("clip", Self::Clip, "Clip, and count the clipped pixels"),
        word("rescale", Self::Rescale, "Compress the whole picture"),
        word("local-gain", Self::LocalGain, "Weaken NEAR's details around such places"),
    ];
}

impl Worded for fit::Method {
    const WORDS: &'static [Word<Self>] = &[
        word(
            "auto",
            Self::Auto,
            "The first that is reliable: points if given, two faces (of people or animals), content; otherwise pictures of \
             the same size stay as they are, and others are centred, with FAR's face, if NEAR has none, where NEAR's details \
             hide it",
        ),
        word("points", Self::Points, "By --points or --points-file"),
        word(
            "faces",
            Self::Faces,
            "Eyes onto eyes, mouth onto mouth: each picture must show a person or an animal that faces the camera",
        ),
        word("content", Self::Content, "By matching content: both pictures must show the same thing"),
        word(
            "portrait",
            Self::Portrait,
            "The face of one picture onto the middle of the other, as large as in a portrait if the pictures allow; no \
             rotation",
        ),
        word(
            "hide-face",
            Self::HideFace,
            "Scale FAR to cover NEAR, and slide it so that its face is whole and lies under NEAR's details",
        ),
        Word { others: &["center-fit"], ..word("center", Self::CenterFit, "Scale FAR to cover NEAR, and centre it") },
        word("crop", Self::Crop, "Crop both around the middle to their common size"),
        word("none", Self::None, "Do nothing: both must have the same size"),
    ];
}

impl Worded for fit::Edges {
    const WORDS: &'static [Word<Self>] = &[
        word("auto", Self::Auto, "Whichever keeps the subject"),
        word("crop", Self::Crop, "Crop to the part that both cover"),
        word("extend", Self::Extend, "Extend FAR by mirroring, ever more blurred"),
    ];
}

impl Worded for Strength {
    const WORDS: &'static [Word<Self>] = &[
        word("subtle", Self::Subtle, "NEAR is hardly changed; FAR is seen from further away"),
        word("even", Self::Even, "A balance of the two"),
        word("strong", Self::Strong, "FAR is seen from closer, and also shows through NEAR"),
    ];
}

impl Worded for Knob {
    const WORDS: &'static [Word<Self>] = &[
        word("near-weight", Self::NearWeight, "Weight of being equal to NEAR"),
        word("detail-weight", Self::DetailWeight, "Weight of having NEAR's details"),
        word("far-weight", Self::FarWeight, "Weight of being equal to FAR from afar"),
        word("near-color", Self::NearColor, "NEAR's own colours, 0 to 1"),
        word("far-color", Self::FarColor, "FAR's colours, 0 to 1"),
        word("far-tone", Self::FarTone, "FAR's overall tone, 0 to 1"),
        word("plain", Self::Plain, "FAR's shapes where NEAR is plain, 0 to 1"),
        word("relight", Self::Relight, "How far NEAR's details follow FAR's light, 0 to 1"),
        word("beside", Self::Beside, "The surroundings of FAR's face, 0 to 1"),
    ];
}

#[cfg(feature = "codec")]
mod files {
    use nearfar_codec::{Depth, Format};

    use super::{Word, Worded, word};
    use crate::{OutputProfile, settings::Keep};

    impl Worded for OutputProfile {
        const WORDS: &'static [Word<Self>] = &[
            word("none", Self::None, "None: the picture is sRGB, as every program assumes"),
            word("srgb", Self::Srgb, "An sRGB profile, for programs that ask if there is none"),
            word("near", Self::Near, "NEAR's own, such as Display P3 or Adobe RGB; the picture is converted to it"),
        ];
    }

    impl Worded for Keep {
        const WORDS: &'static [Word<Self>] = &[
            word("exif", Self::Exif, "Camera, exposure, date, author, copyright, description and, if there, the place"),
            word("xmp", Self::Xmp, "Entries of editing programs: author, title, keywords, ratings"),
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
