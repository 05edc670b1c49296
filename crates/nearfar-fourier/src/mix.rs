//! From a pair to a hybrid.

use std::borrow::Cow;

use nearfar_image::{Encoded, Image, Pair, Size, TransferFunction};
use nearfar_kernels::{Axes, Colors, Crossover, Execution, sums::sum};

use crate::{
    FourierError, LowPass, NearGain, Options, OutOfRange, Workspace,
    bands::Bands,
    colors, local_gain, near_gain,
    range::{self, Clipped, within},
};

/// A Fourier hybrid, and what was measured while making it.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// The hybrid, every sample in `[0, 1]`.
    pub hybrid: Image<Encoded>,
    /// The share of pixels, from 0 to 1, that were clipped in at least one mixed channel.
    pub clipped_share: f64,
    /// The share of energy, from 0 to 1, lost by clipping: the sum of squared differences between the mix before and
    /// after clipping, divided by the sum of squares before. Both sums are over light, or over codes if the transfer
    /// function is the identity.
    pub clipping_energy_lost: f64,
    /// The share of pixels, from 0 to 1, whose colours had to be weakened to fit the hybrid's luma; 0 for
    /// [`Colors::Channels`].
    pub weakened_share: f64,
    /// Two-dimensional transforms, forward and inverse, of all channels together.
    pub transforms: usize,
}

/// Mixes a pair: [`Plan::new`] and [`Plan::mix`] in one call.
///
/// # Errors
///
/// [`FourierError`] for the first invalid option.
pub fn mix(pair: &Pair, options: &Options, execution: &Execution) -> Result<Outcome, FourierError> {
    Ok(Plan::new(pair.size(), options)?.mix(pair, execution, &mut Workspace::new()))
}

/// The precomputed part of Fourier hybrids: all that depends on the options and the size of the pictures only.
#[derive(Clone, Debug)]
pub struct Plan {
    options: Options,
    crossover: Crossover,
    low: LowPass,
    /// `None` where one filter serves both bands.
    high: Option<LowPass>,
}

/// Plans are equal if their sizes and options are: everything else follows from these.
impl PartialEq for Plan {
    fn eq(&self, other: &Self) -> bool {
        (self.size(), self.options()) == (other.size(), other.options())
    }
}

impl Plan {
    /// Checks the options and plans the transforms for pictures of `size` pixels.
    ///
    /// # Errors
    ///
    /// [`FourierError`] for the first invalid option.
    pub fn new(size: Size, options: &Options) -> Result<Self, FourierError> {
        options.check()?;
        let crossover = options.crossover.ok_or(FourierError::NoCrossover)?;
        let low = options.low.curve(crossover)?;
        let high = options.high.map(|high| options.low.curve(high)).transpose()?.filter(|&high| high != low);
        let filter = |curve| LowPass::new(size, &curve, options.border);
        Ok(Self { options: *options, crossover, low: filter(low), high: high.map(filter) })
    }

    /// The size of the pictures, in pixels.
    #[must_use]
    pub fn size(&self) -> Size {
        self.low.size()
    }

    /// The options.
    #[must_use]
    pub fn options(&self) -> &Options {
        &self.options
    }

    /// Mixes a pair of the planned size. Samples outside `[0, 1]` are clamped.
    ///
    /// # Panics
    ///
    /// If the pair has another size.
    #[must_use]
    pub fn mix(&self, pair: &Pair, execution: &Execution, workspace: &mut Workspace) -> Outcome {
        assert_eq!(pair.size(), self.size(), "the pair has the planned size");
        match self.options.colors {
            Colors::Luma => {
                let pair = within_range(pair, execution);
                let share = self.options.share.unwrap_or_default();
                let pair = share.relit(&pair, self.crossover, TransferFunction::Srgb, execution);
                let tones = share.far_tones(&pair, self.crossover, TransferFunction::Srgb, execution);
                let grey = grey_pair(luma(pair.near(), execution), tones);
                let mut outcome = self.mix_channels(&grey, self.gains(&grey, execution), execution, workspace);
                if let [blue, red] = &share.opponent_colors(&pair, self.crossover, execution)[..] {
                    (outcome.hybrid, outcome.weakened_share) = colors::colored(&outcome.hybrid, [blue, red], execution);
                }
                outcome
            }
            Colors::Channels => match self.options.near_gain {
                NearGain::Uniform(_) => self.mix_channels(pair, None, execution, workspace),
                NearGain::Matched { .. } => {
                    let pair = within_range(pair, execution);
                    let grey = grey_pair(luma(pair.near(), execution), luma(pair.far(), execution));
                    self.mix_channels(&pair, self.gains(&grey, execution), execution, workspace)
                }
            },
        }
    }

    /// The gains of the near picture's details per pixel, if they vary.
    fn gains(&self, grey: &Pair, execution: &Execution) -> Option<Image<Encoded>> {
        match self.options.near_gain {
            NearGain::Uniform(_) => None,
            NearGain::Matched { strength, most } => {
                Some(near_gain::map([grey.near(), grey.far()], self.crossover, strength, most, execution))
            }
        }
    }

    /// Mixes each channel separately.
    fn mix_channels(
        &self,
        pair: &Pair,
        gains: Option<Image<Encoded>>,
        execution: &Execution,
        workspace: &mut Workspace,
    ) -> Outcome {
        let Options { near_gain, transfer, out_of_range: rule, .. } = self.options;
        let bands = Bands {
            low: &self.low,
            high: self.high.as_ref().unwrap_or(&self.low),
            near_gain: if let NearGain::Uniform(gain) = near_gain { gain as f32 } else { 1.0 },
            near_gains: gains.as_ref(),
            transfer,
            execution,
        };
        // Holds light until it is clipped and encoded.
        let mut hybrid = Image::filled(pair.size(), pair.channels(), 0.0);
        let mut clipped = vec![Clipped::default(); pair.size().height()];
        match rule {
            OutOfRange::Clip => bands.mix(pair, rule, &mut hybrid, None, &mut clipped, workspace),
            OutOfRange::Rescale => {
                bands.mix(pair, rule, &mut hybrid, None, &mut clipped, workspace);
                range::rescale(&mut hybrid, execution);
                range::clip_and_encode(&mut hybrid, transfer, &mut clipped, execution);
            }
            OutOfRange::LocalGain => {
                let mut details = Image::filled(pair.size(), pair.channels(), 0.0);
                bands.mix(pair, rule, &mut hybrid, Some(&mut details), &mut clipped, workspace);
                local_gain::add(&mut hybrid, &details, execution);
                range::clip_and_encode(&mut hybrid, transfer, &mut clipped, execution);
            }
        }
        let clipped = Clipped::total(&clipped);
        Outcome {
            hybrid,
            clipped_share: clipped.share(pair.size().area()),
            clipping_energy_lost: clipped.energy_lost(),
            weakened_share: 0.0,
            transforms: pair.channels().count() * bands.transforms(rule),
        }
    }
}

/// A picture's luma.
fn luma(picture: &Image<Encoded>, execution: &Execution) -> Image<Encoded> {
    Axes::Luma.planes(picture, execution).pop().expect("every picture has luma")
}

fn grey_pair(near: Image<Encoded>, far: Image<Encoded>) -> Pair {
    Pair::new(near, far).expect("both are as large as their pair, and within [0, 1]")
}

/// The pair with every sample clamped to `[0, 1]`, so that weighted sums of channels are in range too.
fn within_range<'a>(pair: &'a Pair, execution: &Execution) -> Cow<'a, Pair> {
    let fits = |picture: &Image<Encoded>| {
        let excess = sum(execution, [picture.samples()], |[v]| (v - within(v)).abs().min(1.0));
        excess <= 0.0
    };
    if fits(pair.near()) && fits(pair.far()) {
        return Cow::Borrowed(pair);
    }
    let (mut near, mut far) = pair.clone().into_parts();
    near.samples_mut().iter_mut().chain(far.samples_mut()).for_each(|v| *v = within(*v));
    Cow::Owned(Pair::new(near, far).expect("both are as they were, but finite"))
}
