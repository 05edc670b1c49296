//! How the layers are mixed.

use std::ops::ControlFlow;

use nearfar_descent::{Losses, Outcome, StopReason};
use nearfar_image::{Encoded, Image};
use nearfar_kernels::Execution;
use serde::{Deserialize, Serialize};

use super::{
    Fitted, Joint, LayersError, Plan, Seen,
    bands::{bands, lit},
    joint, seen,
};
use crate::{
    Event,
    choose::{LAYER_MOST, LAYER_ROUNDS, LAYER_STEP},
    event::Watch,
};

/// How layers are mixed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Method {
    /// All at once, by optimising the pixels.
    Joint(Joint),
    /// By adding a band of frequencies of each.
    Fourier,
}

impl Default for Method {
    fn default() -> Self {
        Self::Joint(Joint::default())
    }
}

/// Largest ratio of the strongest layer to the weakest.
const MOST_STRENGTH: f64 = 1000.0;

impl Method {
    /// The same method with the given strengths, near to far, one per layer, instead of those that make all layers equally
    /// visible. Only their ratios count. Without strengths the method is unchanged.
    ///
    /// # Errors
    ///
    /// [`LayersError`] if the number of strengths differs from that of the layers, a strength is not finite, not above 0, or
    /// more than 1000 times another, or the method has no strengths.
    pub fn with_strengths(self, strengths: &[f64], layers: usize) -> Result<Self, LayersError> {
        let Some((farthest, nearer)) = strengths.split_last() else { return Ok(self) };
        let Self::Joint(joint) = self else { return Err(LayersError::IdleStrengths) };
        if strengths.len() != layers {
            return Err(LayersError::StrengthCount { found: strengths.len(), layers });
        }
        if let Some(&strength) = strengths.iter().find(|strength| !(strength.is_finite() && **strength > 0.0)) {
            return Err(LayersError::Strength { strength });
        }
        let [weakest, strongest] = [f64::min, f64::max].map(|of| strengths.iter().copied().fold(*farthest, of));
        let ratio = strongest / weakest;
        if ratio > MOST_STRENGTH {
            return Err(LayersError::StrengthRatio { ratio, most: MOST_STRENGTH });
        }
        let strengths = nearer.iter().map(|strength| strength / farthest).collect();
        Ok(Self::Joint(Joint { strengths: Some(strengths), ..joint }))
    }
}

/// The result of a mix.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Mixed {
    /// The hybrid, every sample in `[0, 1]`.
    pub picture: Image<Encoded>,
    /// Strength of each layer but the farthest, as [`Joint::strengths`]; empty for the Fourier method.
    pub strengths: Vec<f64>,
    /// The optimiser's report: losses, evaluations at all sizes, and why it ended.
    pub descent: Option<(Losses, usize, StopReason)>,
}

impl Mixed {
    /// Whether the observer stopped the work.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.descent.as_ref().is_some_and(|(_, _, reason)| *reason == StopReason::Cancelled)
    }
}

impl Plan {
    /// Mixes the layers. If the method has evaluations, the observer is told after each.
    ///
    /// # Errors
    ///
    /// [`LayersError`] if an option is not valid.
    pub fn mix(
        &self,
        fitted: &Fitted,
        method: &Method,
        execution: &Execution,
        observer: &mut dyn FnMut(&Event<'_>) -> ControlFlow<()>,
    ) -> Result<Mixed, LayersError> {
        self.watched(fitted, method, execution, &mut Watch::new(observer))
    }

    pub(super) fn watched(
        &self,
        fitted: &Fitted,
        method: &Method,
        execution: &Execution,
        watch: &mut Watch<'_>,
    ) -> Result<Mixed, LayersError> {
        let pictures: Vec<_> = fitted.layers().map(|(picture, _)| picture).collect();
        match method {
            Method::Fourier => {
                let shares = self.shares(&vec![1.0; self.crossovers.len()]);
                let picture = bands(&pictures, &self.crossovers, &shares, execution)?;
                Ok(Mixed { picture, strengths: Vec::new(), descent: None })
            }
            Method::Joint(options) => {
                let lit = lit(&pictures, &self.crossovers, options.relight, execution)?;
                self.balanced(fitted, &lit.iter().collect::<Vec<_>>(), options, execution, watch)
            }
        }
    }

    /// Mixes with the given strengths, or with those that make all layers equally visible: photographs differ in how much
    /// energy a band holds, and one layer's gain is the others' loss.
    fn balanced(
        &self,
        fitted: &Fitted,
        pictures: &[&Image<Encoded>],
        options: &Joint,
        execution: &Execution,
        watch: &mut Watch<'_>,
    ) -> Result<Mixed, LayersError> {
        let last = pictures.len() - 1;
        let mix = |strengths: &[f64], watch: &mut Watch<'_>| {
            let outcome = joint::mix(pictures, self, strengths, options, execution, watch)?;
            let Outcome { hybrid: picture, losses, evaluations, stop_reason, .. } = outcome;
            Ok::<_, LayersError>(Mixed {
                picture,
                strengths: strengths.to_vec(),
                descent: Some((losses, evaluations, stop_reason)),
            })
        };
        let rounds = if options.strengths.is_none() { LAYER_ROUNDS } else { 0 };
        let mut strengths = options.strengths.clone().unwrap_or_else(|| vec![1.0; last]);
        // Natural logarithms, including that of the farthest layer.
        let mut levels = vec![0.0; last + 1];
        for round in 1..=rounds {
            let mixed = mix(&strengths, &mut watch.until(round as f64 / (rounds + 1) as f64))?;
            if mixed.is_cancelled() {
                return Ok(mixed);
            }
            let margins: Vec<_> = seen(&mixed.picture, fitted, self, execution)?.iter().map(Seen::least).collect();
            let mean = margins.iter().sum::<f64>() / margins.len() as f64;
            for (level, margin) in levels.iter_mut().zip(margins) {
                *level = (*level + LAYER_STEP * (mean - margin)).clamp(-LAYER_MOST, LAYER_MOST);
            }
            strengths = levels[..last].iter().map(|level| (level - levels[last]).exp()).collect();
        }
        mix(&strengths, &mut watch.until(1.0))
    }
}
