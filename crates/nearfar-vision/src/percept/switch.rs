//! The distance at which the percept switches from near to far.

use super::Percept;
use crate::PixelsPerDegree;

/// Where the percept switches from the near to the far picture as the viewer walks away.
///
/// Percepts are first made to fall with distance, by the least-squares fit of a falling sequence (isotonic regression),
/// and then interpolated linearly over the logarithm of distance. A view is `None` if the percept never crosses the
/// stated value: it is below from the nearest view on, or above up to the farthest.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct PerceptSwitch {
    /// Up to this view the near picture is clearly seen: p = 0.25.
    pub near_ends_ppd: Option<PixelsPerDegree>,
    /// In this view both are seen alike: the switch, p = 0.
    pub even_ppd: Option<PixelsPerDegree>,
    /// From this view on the far picture is clearly seen: p = -0.25.
    pub far_begins_ppd: Option<PixelsPerDegree>,
}

impl PerceptSwitch {
    /// Magnitude beyond which a percept is clear: above it for the near picture, below its negative for the far one.
    pub const CLEAR: f64 = 0.25;

    /// The three views, from near to far.
    #[must_use]
    pub fn views(&self) -> [Option<PixelsPerDegree>; 3] {
        [self.near_ends_ppd, self.even_ppd, self.far_begins_ppd]
    }

    /// The switch of a hybrid with these percepts, in views from near to far.
    #[must_use]
    pub fn of(percepts: &[Percept]) -> Self {
        let falling = falling(percepts.iter().map(|percept| percept.p));
        let crossing = |level: f64| {
            let i = falling.windows(2).position(|p| p[0] >= level && p[1] < level)?;
            let part = (falling[i] - level) / (falling[i] - falling[i + 1]);
            let [nearer, farther] = [i, i + 1].map(|i| percepts[i].ppd.get().log2());
            PixelsPerDegree::new((nearer + part * (farther - nearer)).exp2()).ok()
        };
        Self { near_ends_ppd: crossing(Self::CLEAR), even_ppd: crossing(0.0), far_begins_ppd: crossing(-Self::CLEAR) }
    }

    /// Width of the transition: octaves of distance from a clear near picture to a clear far one.
    #[must_use]
    pub fn width_octaves(&self) -> Option<f64> {
        Some((self.far_begins_ppd?.get() / self.near_ends_ppd?.get()).log2())
    }
}

/// The nearest sequence that never rises: neighbours that rise are replaced by their mean until none does.
fn falling(values: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut blocks: Vec<(f64, usize)> = Vec::new();
    for value in values {
        let mut block = (value, 1);
        while let Some(&(mean, count)) = blocks.last()
            && mean < block.0
        {
            let total = count + block.1;
            block = ((mean * count as f64 + block.0 * block.1 as f64) / total as f64, total);
            blocks.pop();
        }
        blocks.push(block);
    }
    blocks.into_iter().flat_map(|(mean, count)| std::iter::repeat_n(mean, count)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The switch for percepts an octave apart, starting at 10 pixels per degree.
    fn switch(values: &[f64]) -> PerceptSwitch {
        let percept = |(i, &p): (i32, &f64)| Percept {
            ppd: PixelsPerDegree::new(10.0 * f64::from(i).exp2()).expect("in range"),
            p,
            lightness: p,
            bands: Vec::new(),
        };
        PerceptSwitch::of(&(0..).zip(values).map(percept).collect::<Vec<_>>())
    }

    fn close(found: Option<PixelsPerDegree>, octaves: f64) {
        let found = (found.expect("crosses").get() / 10.0).log2();
        assert!((found - octaves).abs() < 1e-9, "{found} is not {octaves}");
    }

    #[test]
    fn switch_is_found_between_views() {
        let found = switch(&[0.8, 0.5, 0.1, -0.1, -0.6]);
        close(found.near_ends_ppd, 1.625);
        close(found.even_ppd, 2.5);
        close(found.far_begins_ppd, 3.3);
        assert!((found.width_octaves().expect("crosses") - 1.675).abs() < 1e-9);
    }

    #[test]
    fn switch_is_none_where_nothing_switches() {
        let sides =
            |found: PerceptSwitch| [found.near_ends_ppd, found.even_ppd, found.far_begins_ppd].map(|v| v.is_some());
        assert_eq!(sides(switch(&[])), [false; 3]);
        assert_eq!(sides(switch(&[0.9])), [false; 3]);
        assert_eq!(sides(switch(&[0.9, 0.8, 0.3])), [false; 3]);
        assert_eq!(sides(switch(&[-0.1, -0.3, -0.4])), [false, false, true]);
        assert_eq!(switch(&[0.2, -0.2]).width_octaves(), None);
    }

    #[test]
    fn rising_percepts_are_pooled() {
        assert_eq!(falling([3.0, 1.0, 2.0, 0.0].into_iter()), [3.0, 1.5, 1.5, 0.0]);
        assert_eq!(falling([1.0, 2.0, 3.0].into_iter()), [2.0; 3]);
        // Without the pooling it would cross three times.
        close(switch(&[0.6, -0.1, 0.0, -0.4]).even_ppd, 0.6 / 0.65);
    }
}
