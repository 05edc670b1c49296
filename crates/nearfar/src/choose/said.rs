//! What a method already says of its crossover and its share, and methods that say it.

use nearfar_descent as descent;
use nearfar_fourier::{self as fourier, FrequencyResponse};
use nearfar_kernels::{Colors, Crossover, Share};

use super::distance::{crossover_seen_by, finest};
use crate::Method;

impl Method {
    /// Whether it leaves its crossover open.
    pub(super) fn is_open(&self) -> bool {
        match self {
            Self::Descent(options) => options.crossover.is_none() && options.sigma.is_none(),
            Self::Fourier(options) => options.crossover.is_none(),
        }
    }

    /// Whether it leaves nothing open.
    pub(crate) fn is_settled(&self) -> bool {
        self.crossover().is_some() && (self.share().is_some() || !self.takes_share())
    }

    /// The crossover, if it is given; none where weights leave no crossover.
    #[must_use]
    pub fn crossover(&self) -> Option<Crossover> {
        match self {
            Self::Descent(options) => options.crossover_at(options.sigma().ok()?),
            Self::Fourier(options) => options.low.crossover(options.crossover),
        }
    }

    /// Sigma of the far view's blur in pixels, if the method has one and it is given.
    #[must_use]
    pub fn sigma(&self) -> Option<f64> {
        match self {
            Self::Descent(options) => options.sigma().ok(),
            Self::Fourier(_) => None,
        }
    }

    /// How much of the far picture comes through beside its shapes, if that is given.
    #[must_use]
    pub fn share(&self) -> Option<Share> {
        match self {
            Self::Descent(options) => options.share,
            Self::Fourier(options) => options.share,
        }
    }

    /// Whether lightness and colours are mixed separately; where all channels are mixed alike there is no share.
    pub(super) fn takes_share(&self) -> bool {
        let colors = match self {
            Self::Descent(options) => options.colors,
            Self::Fourier(options) => options.colors,
        };
        colors == Colors::Luma
    }

    /// The method with this share of the far picture; unchanged where all channels are mixed alike.
    #[must_use]
    pub fn with_share(self, share: Share) -> Self {
        if !self.takes_share() {
            return self;
        }
        let share = Some(share);
        match self {
            Self::Descent(options) => Self::Descent(descent::Options { share, ..options }),
            Self::Fourier(options) => Self::Fourier(fourier::Options { share, ..options }),
        }
    }

    /// The method with this crossover. A Wiener response has widths of its own and keeps them.
    #[must_use]
    pub fn crossing_at(self, crossover: Crossover) -> Self {
        let crossover = Some(crossover);
        match self {
            Self::Descent(options) => Self::Descent(descent::Options { crossover, sigma: None, ..options }),
            Self::Fourier(options) => Self::Fourier(fourier::Options { crossover, ..options }),
        }
    }

    /// The method whose far picture is seen from where the eye blurs by `eye_sigma` pixels.
    #[must_use]
    pub fn seen_through(self, eye_sigma: f64) -> Self {
        // An eye that is sharper than the pixels sees all of them.
        let crossover = crossover_seen_by(eye_sigma).unwrap_or_else(finest);
        let mut method = self.crossing_at(crossover);
        if let Self::Fourier(fourier::Options { low: FrequencyResponse::Wiener { sigma, .. }, .. }) = &mut method {
            *sigma = crossover.sigma();
        }
        method
    }
}
