//! The distance from which on the far picture dominates.

use crate::{BandGain, PixelsPerDegree};

/// Where visibility shifts from the near to the far picture as the viewer walks away.
///
/// The visible energy of a picture in a view is the sum over bands of the square of contrast sensitivity times gain
/// times strength; the far picture's share of the energy of both is its probability of being seen. A view is `None` if
/// no distance from 1 to 20 000 pixels per degree brings the share up to the stated value: it starts above, or never
/// gets there. It is a model of the first look: people who walk away hold on to the near picture longer, those who come
/// closer to the far one (Brady and Oliva 2012).
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Switch {
    /// The view in which the far picture's share reaches a quarter.
    pub quarter_ppd: Option<PixelsPerDegree>,
    /// The view in which both pictures are equally visible: the switch distance.
    pub half_ppd: Option<PixelsPerDegree>,
    /// The view in which the far picture's share reaches three quarters.
    pub three_quarters_ppd: Option<PixelsPerDegree>,
}

/// The nearest and the farthest view that are searched, in pixels per degree.
const NEAREST: f64 = 1.0;
const FARTHEST: f64 = 2e4;
/// Steps of the search per octave of distance. A share that rises and falls again within a step is missed.
const STEPS_PER_OCTAVE: f64 = 16.0;
/// Bisections of the step in which the share crosses: to a millionth of an octave.
const BISECTIONS: usize = 16;

impl Switch {
    /// The switch of a hybrid with these gains.
    #[must_use]
    pub fn of(bands: &[BandGain]) -> Self {
        let crossing = |share| first_crossing(|ppd| far_share(bands, ppd) >= share);
        Self { quarter_ppd: crossing(0.25), half_ppd: crossing(0.5), three_quarters_ppd: crossing(0.75) }
    }

    /// Width of the transition: octaves of distance from a quarter to three quarters.
    #[must_use]
    pub fn width_octaves(&self) -> Option<f64> {
        Some((self.three_quarters_ppd?.get() / self.quarter_ppd?.get()).log2())
    }
}

/// The far picture's share of the visible energy in a view; NaN if nothing is visible.
fn far_share(bands: &[BandGain], ppd: f64) -> f64 {
    let energy = |gain_and_rms: fn(&BandGain) -> f64| -> f64 {
        let visible = |band| contrast_sensitivity(band_frequency(band, ppd)) * gain_and_rms(band);
        bands.iter().map(|band| visible(band).powi(2)).sum()
    };
    let near = energy(|band| band.near_gain * band.near_rms);
    let far = energy(|band| band.far_gain * band.far_rms);
    far / (near + far)
}

fn band_frequency(band: &BandGain, ppd: f64) -> f64 {
    band.cycles_per_pixel * ppd
}

/// Contrast sensitivity of the eye at a frequency in cycles per degree, 1 at its maximum (Mannos and Sakrison 1974).
#[must_use]
pub fn contrast_sensitivity(cycles_per_degree: f64) -> f64 {
    let f = 0.114 * cycles_per_degree;
    2.6 * (0.0192 + f) * (-f.powf(1.1)).exp()
}

/// The nearest view, in pixels per degree, in which `reached` holds after it did not.
fn first_crossing(reached: impl Fn(f64) -> bool) -> Option<PixelsPerDegree> {
    let steps = ((FARTHEST / NEAREST).log2() * STEPS_PER_OCTAVE).floor() as usize;
    let view = |step: f64| NEAREST * (step / STEPS_PER_OCTAVE).exp2();
    let step = (1..=steps).map(|i| i as f64).find(|&i| reached(view(i)) && !reached(view(i - 1.0)))?;
    let (mut before, mut after) = (step - 1.0, step);
    for _ in 0..BISECTIONS {
        let middle = 0.5 * (before + after);
        if reached(view(middle)) {
            after = middle;
        } else {
            before = middle;
        }
    }
    PixelsPerDegree::new(view(after)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Bands one octave apart and of equal strength, whose gains are a Gaussian low-pass and its complement.
    fn hybrid(sigma: f64) -> Vec<BandGain> {
        let band = |k: i32| {
            let cycles_per_pixel = 0.306 * 0.5f64.powi(k);
            let low = (-2.0 * (std::f64::consts::PI * sigma * cycles_per_pixel).powi(2)).exp();
            BandGain {
                sigmas: [0.0, 1.0],
                cycles_per_pixel,
                near_gain: 1.0 - low,
                far_gain: low,
                near_rms: 0.05,
                far_rms: 0.05,
                hybrid_rms: 0.05,
                residual_rms: 0.0,
            }
        };
        (0..7).map(band).collect()
    }

    #[test]
    fn contrast_sensitivity_peaks_near_8_cycles_per_degree() {
        let peak = contrast_sensitivity(8.0);
        assert!((peak - 0.98).abs() < 0.02, "{peak}");
        assert!(peak > contrast_sensitivity(4.0) && peak > contrast_sensitivity(16.0));
    }

    #[test]
    fn switch_moves_an_octave_when_sigma_doubles() {
        let switch = |sigma| Switch::of(&hybrid(sigma));
        for sigma in [1.5, 2.0, 3.0] {
            let [narrow, wide] = [sigma, 2.0 * sigma].map(|s| switch(s).half_ppd.expect("switches").get());
            let octaves = (wide / narrow).log2();
            assert!((octaves - 1.0).abs() < 0.1, "sigma {sigma}: {narrow} to {wide} ppd, {octaves} octaves");
        }
    }

    #[test]
    fn switch_is_ordered_and_shares_are_as_stated() {
        let bands = hybrid(3.0);
        let switch = Switch::of(&bands);
        for (ppd, share) in [(switch.quarter_ppd, 0.25), (switch.half_ppd, 0.5), (switch.three_quarters_ppd, 0.75)] {
            let ppd = ppd.expect("switches").get();
            assert!((far_share(&bands, ppd) - share).abs() < 1e-4, "{ppd} ppd");
        }
        let width = switch.width_octaves().expect("switches");
        assert!(width > 0.3 && width < 4.0, "{width}");
    }

    #[test]
    fn switch_is_none_where_nothing_switches() {
        let mut only_near = hybrid(3.0);
        only_near.iter_mut().for_each(|band| band.far_gain = 0.0);
        let mut nothing = hybrid(3.0);
        nothing.iter_mut().for_each(|band| (band.far_gain, band.near_gain) = (0.0, 0.0));
        for bands in [only_near, nothing, Vec::new()] {
            let switch = Switch::of(&bands);
            assert_eq!([switch.quarter_ppd, switch.half_ppd, switch.three_quarters_ppd], [None; 3]);
            assert_eq!(switch.width_octaves(), None);
        }
    }
}
