//! From a pair to a hybrid.

use nearfar_image::{Encoded, Image, Pair, Plane, PlaneMut, Size};
use nearfar_kernels::Execution;

use crate::{FourierError, LowPass, Options, Workspace, range};

/// A Fourier hybrid and what was measured while making it.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// The hybrid, every sample in `[0, 1]`.
    pub hybrid: Image<Encoded>,
    /// The share of pixels, from 0 to 1, of which some channel had to be clipped.
    pub clipped_share: f64,
    /// The share of the hybrid's energy, from 0 to 1, that clipping changed: the sum of squared differences between what
    /// was mixed and what was kept, divided by the sum of squares of what was mixed. In the values that are mixed, that
    /// is light unless the transfer function is the identity.
    pub clipping_energy_lost: f64,
    /// Forward and inverse transforms made, counted for each channel.
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

/// Everything about a Fourier hybrid that does not depend on the pictures but on their size.
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

    /// Mixes a pair of the planned size.
    ///
    /// # Panics
    ///
    /// If the pair has another size.
    #[must_use]
    pub fn mix(&self, pair: &Pair, execution: &Execution, workspace: &mut Workspace) -> Outcome {
        assert_eq!(pair.size(), self.size(), "the pair has the planned size");
        let mut hybrid = Image::filled(pair.size(), pair.channels(), 0.0);
        let mut transforms = 0;
        for ((near, far), out) in pair.near().planes().zip(pair.far().planes()).zip(hybrid.planes_mut()) {
            transforms += self.sum_bands(near, far, out, execution, workspace);
        }
        let clipping = range::fit(&mut hybrid, self.options.out_of_range, self.options.transfer, execution);
        Outcome {
            hybrid,
            clipped_share: clipping.share,
            clipping_energy_lost: clipping.energy,
            transforms,
        }
    }

    /// Writes `gain * (near - high * near) + low * far` and says how many transforms it took.
    fn sum_bands(&self, near: Plane<'_>, far: Plane<'_>, out: PlaneMut<'_>, execution: &Execution, workspace: &mut Workspace) -> usize {
        let transfer = self.options.transfer;
        let gain = self.options.near_gain as f32;
        // = gain * near + low * (far - gain * near)
        self.low.run(
            execution,
            |y, line| {
                for ((to, &a), &b) in line.iter_mut().zip(near.row(y)).zip(far.row(y)) {
                    *to = transfer.decode(b) - gain * transfer.decode(a);
                }
            },
            out,
            |y, line, row| {
                for ((to, &a), &v) in row.iter_mut().zip(near.row(y)).zip(line) {
                    *to = gain * transfer.decode(a) + v;
                }
            },
            workspace,
        );
        2
    }
}
