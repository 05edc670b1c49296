//! From a pair to a hybrid.

use nearfar_image::{Encoded, Image, Pair, Size};
use nearfar_kernels::Execution;

use crate::{FourierError, LowPass, Options, OutOfRange, Workspace, bands::Bands, local_gain, range};

/// A Fourier hybrid and what was measured while making it.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// The hybrid, every sample in `[0, 1]`.
    pub hybrid: Image<Encoded>,
    /// The share of pixels, from 0 to 1, of which some channel was clipped.
    pub clipped_share: f64,
    /// The share of energy, from 0 to 1, that clipping took: the sum of squared differences between what was mixed
    /// and what was kept, divided by the sum of squares of what was mixed. Both are sums over light, or over codes if the
    /// transfer function is the identity.
    pub clipping_energy_lost: f64,
    /// Two-dimensional transforms made, forward and inverse, of all channels together.
    pub transforms: usize,
}

/// Mixes a pair: [`Plan::new`] and [`Plan::mix`] in one.
///
/// # Errors
///
/// Whatever is wrong with the options.
pub fn mix(pair: &Pair, options: &Options, execution: &Execution) -> Result<Outcome, FourierError> {
    Ok(Plan::new(pair.size(), options)?.mix(pair, execution, &mut Workspace::new()))
}

/// Everything about Fourier hybrids that depends on the options and the size of the pictures, but not on the pictures.
#[derive(Clone, Debug)]
pub struct Plan {
    options: Options,
    low: LowPass,
    /// `None` where one filter serves both bands.
    high: Option<LowPass>,
}

impl Plan {
    /// Checks the options and plans the transforms of pictures of `size` pixels.
    ///
    /// # Errors
    ///
    /// Whatever is wrong with the options.
    pub fn new(size: Size, options: &Options) -> Result<Self, FourierError> {
        let gain = options.near_gain;
        if !(gain >= 0.0 && gain.is_finite()) {
            return Err(FourierError::NearGain { gain });
        }
        let low = options.low.curve(size)?;
        let high = options.high.map(|high| high.curve(size)).transpose()?.filter(|&high| high != low);
        let filter = |curve| LowPass::new(size, &curve, options.border);
        Ok(Self { options: *options, low: filter(low), high: high.map(filter) })
    }

    /// The size of the pictures, in pixels.
    #[must_use]
    pub fn size(&self) -> Size {
        self.low.size()
    }

    /// Mixes a pair of the planned size. Its samples are taken to lie in `[0, 1]`; others count as the nearest of these.
    ///
    /// # Panics
    ///
    /// If the pair has another size.
    #[must_use]
    pub fn mix(&self, pair: &Pair, execution: &Execution, workspace: &mut Workspace) -> Outcome {
        assert_eq!(pair.size(), self.size(), "the pair has the planned size");
        let mut bands = Bands {
            low: &self.low,
            high: self.high.as_ref().unwrap_or(&self.low),
            near_gain: self.options.near_gain as f32,
            transfer: self.options.transfer,
            execution,
            workspace,
            transforms: 0,
        };
        // It holds light until `clip_and_encode` is done with it.
        let mut hybrid = Image::filled(pair.size(), pair.channels(), 0.0);
        let channels = pair.near().planes().zip(pair.far().planes()).enumerate();
        match self.options.out_of_range {
            OutOfRange::LocalGain => {
                let mut details = Image::filled(pair.size(), pair.channels(), 0.0);
                for (i, (near, far)) in channels {
                    bands.low(far, hybrid.plane_mut(i));
                    bands.high(near, details.plane_mut(i), |out, detail| *out = detail);
                }
                local_gain::add(&mut hybrid, &details, execution);
            }
            rule => {
                for (i, (near, far)) in channels {
                    if self.high.is_some() {
                        bands.low(far, hybrid.plane_mut(i));
                        bands.high(near, hybrid.plane_mut(i), |out, detail| *out += detail);
                    } else {
                        bands.both(near, far, hybrid.plane_mut(i));
                    }
                }
                if rule == OutOfRange::Rescale {
                    range::rescale(&mut hybrid, execution);
                }
            }
        }
        let transforms = bands.transforms;
        let clipping = range::clip_and_encode(&mut hybrid, self.options.transfer, execution);
        Outcome { hybrid, clipped_share: clipping.share, clipping_energy_lost: clipping.energy, transforms }
    }
}
