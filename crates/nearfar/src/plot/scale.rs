//! Axes: ticks at round numbers, and their positions.

use super::Axis;

/// The map from values to positions along an axis.
pub(super) struct Scale {
    range: (f64, f64),
    places: (f64, f64),
    logarithmic: bool,
    pub(super) ticks: Vec<f64>,
    decimals: usize,
}

impl Scale {
    pub(super) fn new(axis: &Axis, values: impl Iterator<Item = f64>, places: (f64, f64)) -> Self {
        let (low, high) = values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), v| (low.min(v), high.max(v)));
        let (low, high) = if low < high {
            (low, high)
        } else if low.is_finite() {
            (0.5 * low, 1.5 * low + 1.0)
        } else {
            (1.0, 2.0)
        };
        if axis.logarithmic {
            let decades = low.log10().floor() as i32..=high.log10().ceil() as i32;
            let all = decades.flat_map(|decade| [1.0, 2.0, 5.0].map(|digit| digit * 10f64.powi(decade)));
            let all: Vec<f64> = all.collect();
            // The axis ends at the nearest ticks outside the values.
            let from = all.iter().copied().rfind(|&tick| tick <= low).unwrap_or(low);
            let to = all.iter().copied().find(|&tick| tick >= high).unwrap_or(high);
            let ticks = all.into_iter().filter(|&tick| (from..=to).contains(&tick)).collect();
            let decimals = (-from.log10().floor()).clamp(0.0, 6.0) as usize;
            return Self { range: (from.log10(), to.log10()), places, logarithmic: true, ticks, decimals };
        }
        let rough = (high - low) / 6.0;
        let power = 10f64.powf(rough.log10().floor());
        let step =
            [1.0, 2.0, 5.0, 10.0].map(|digit| digit * power).into_iter().find(|&step| step >= rough).unwrap_or(rough);
        let (first, last) = ((low / step).floor() as i64, (high / step).ceil() as i64);
        let ticks = (first..=last).map(|i| i as f64 * step).collect();
        let decimals = (-step.log10().floor()).clamp(0.0, 6.0) as usize;
        Self { range: (first as f64 * step, last as f64 * step), places, logarithmic: false, ticks, decimals }
    }

    pub(super) fn place(&self, value: f64) -> f64 {
        let value = if self.logarithmic { value.log10() } else { value };
        let part = (value - self.range.0) / (self.range.1 - self.range.0);
        self.places.0 + part * (self.places.1 - self.places.0)
    }

    pub(super) fn label(&self, tick: f64) -> String {
        let label = format!("{tick:.*}", self.decimals);
        if self.logarithmic && label.contains('.') {
            return label.trim_end_matches('0').trim_end_matches('.').to_owned();
        }
        label
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scale_ends_at_round_ticks() {
        let linear = Scale::new(&Axis::linear(""), [0.13, 0.58].into_iter(), (0.0, 1.0));
        assert!((linear.range.0 - 0.1).abs() < 1e-9 && (linear.range.1 - 0.6).abs() < 1e-9, "{:?}", linear.range);
        assert_eq!(linear.label(linear.ticks[1]), "0.2");
        let log = Scale::new(&Axis::logarithmic(""), [0.03, 70.0].into_iter(), (0.0, 1.0));
        assert!((log.place(0.02)).abs() < 1e-9 && (log.place(100.0) - 1.0).abs() < 1e-9, "{:?}", log.range);
    }
}
