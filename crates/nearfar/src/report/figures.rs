//! Pictures and plots of a page.

use nearfar_codec::{EncodeError, EncodeOptions, Format, encode};
use nearfar_fourier::{FrequencyResponse, Spectrum};
use nearfar_image::{Encoded, Image};
use nearfar_kernels::{Crossover, Execution};
use nearfar_vision::{FarView, PerceptSwitch, PixelsPerDegree, shrink};

use super::ReportPage;
use crate::{
    EventKind, MixError, TraceLine,
    base64::base64,
    event::Watch,
    look::{self, Known, Scene, Station, parts, radial_spectra},
    plot::{Axis, Corner, Line, Plot},
};

/// Longer side of the pictures on a page, in pixels: larger ones are shrunk, so that the slider stays responsive.
const SIDE: usize = 720;

/// Longer side of a drawn spectrum, in pixels.
pub(super) const SPECTRUM_SIDE: usize = 256;

/// The pictures of a page, all of one size except the strip.
pub(super) struct Pictures {
    pub(super) near: Image<Encoded>,
    pub(super) far: Image<Encoded>,
    pub(super) hybrid: Image<Encoded>,
    /// The far view of the hybrid.
    pub(super) afar: Image<Encoded>,
    /// The near picture minus its blur at the crossover, on grey; and the blur of the far picture.
    pub(super) details: Image<Encoded>,
    pub(super) shapes: Image<Encoded>,
    pub(super) strip: Image<Encoded>,
}

impl Pictures {
    pub(super) fn new(page: &ReportPage<'_>, execution: &Execution, watch: &mut Watch<'_>) -> Result<Self, MixError> {
        let pair = &page.study.aligned.pair;
        let [near, far, hybrid] = [pair.near(), pair.far(), page.hybrid].map(for_a_page);
        watch.tell(EventKind::Advanced)?;
        let size = hybrid.size();
        let factor = size.width() as f64 / page.hybrid.size().width() as f64;
        let ppd = PixelsPerDegree::new((page.study.viewing.far_ppd.get() * factor).max(0.01));
        let afar = FarView::new(size, ppd.expect("below that of the hybrid itself")).apply(&hybrid, execution);
        let sigma = page.crossover().sigma() * factor;
        let [details, shapes] = parts(&near, &far, sigma, execution);
        let known = Known::Perception(&page.study.perception);
        let (density, seat) = (page.study.density, page.study.seat);
        let strip = strip(&Scene { hybrid: page.hybrid, density, seat, known }, watch)?;
        Ok(Self { near, far, hybrid, afar, details, shapes, strip })
    }

    /// The five pictures whose spectra are drawn, by name.
    pub(super) fn spectra(&self) -> [(&'static str, Spectrum); 5] {
        [
            ("NEAR", &self.near),
            ("FAR", &self.far),
            ("NEAR's details", &self.details),
            ("FAR's shapes", &self.shapes),
            ("Hybrid", &self.hybrid),
        ]
        .map(|(name, picture)| (name, Spectrum::of(picture)))
    }
}

/// The strip of a hybrid, without the sizes at which it is nearly as large as on the page, or larger.
pub(super) fn strip(scene: &Scene<'_>, watch: &mut Watch<'_>) -> Result<Image<Encoded>, MixError> {
    let size = scene.hybrid.size();
    let longer = size.width().max(size.height()) as f64;
    let stations = scene.stations();
    let is_small = |station: &Station| station.scale < 1.0 && station.scale * longer < 0.75 * SIDE as f64;
    let first = stations.iter().position(is_small).unwrap_or(stations.len() - 1);
    scene.sized(&stations[first..], watch)
}

pub(super) fn for_a_page(picture: &Image<Encoded>) -> Image<Encoded> {
    let size = picture.size();
    shrink(picture, size.with_longer_side(SIDE)).expect("no side grows")
}

/// A picture as a data URL: a PNG with all of its codes, or a JPEG.
pub(super) fn address(picture: &Image<Encoded>, format: Format) -> Result<String, EncodeError> {
    let kind = if format == Format::Jpeg { "jpeg" } else { "png" };
    let options = EncodeOptions { quality: 90, effort: nearfar_codec::Effort::Best, ..EncodeOptions::new(format) };
    Ok(format!("data:image/{kind};base64,{}", base64(&encode(picture, &options)?)))
}

impl ReportPage<'_> {
    /// The crossover, or else the frequency that the far view halves.
    pub(super) fn crossover(&self) -> Crossover {
        let seen = || crate::crossover_seen_by(self.study.viewing.far_ppd.eye_sigma());
        let finest = || Crossover::per_pixel(0.5).expect("what pixels hold");
        self.method.crossover().or_else(seen).unwrap_or_else(finest)
    }

    /// Distance of a view, in widths of the hybrid.
    pub(super) fn widths(&self, ppd: PixelsPerDegree) -> f64 {
        ppd.picture_widths(self.hybrid.size().width())
    }

    /// Distance of a view, in words.
    pub(super) fn place(&self, ppd: PixelsPerDegree) -> String {
        look::place(ppd, self.study.density, self.hybrid.size().width())
    }

    /// A distance in widths of the hybrid, converted to metres.
    fn metres(&self, widths: f64) -> f64 {
        widths * self.hybrid.size().width() as f64 / self.study.density.pixels_per_inch() * 0.0254
    }

    /// Which picture is seen from where.
    pub(super) fn percept_plot(&self) -> Plot {
        let perception = &self.study.perception;
        let at = |ppd| self.metres(self.widths(ppd));
        let points: Vec<_> = perception.curve.iter().map(|percept| (at(percept.ppd), percept.p)).collect();
        let ends = [points.first(), points.last()].map(|end| end.map_or(1.0, |&(x, _)| x));
        let level = |p: f64| Line { label: String::new(), points: ends.map(|x| (x, p)).to_vec(), pale: true, style: 3 };
        let mut lines = vec![Line { label: "what is seen".to_owned(), points, pale: false, style: 0 }];
        lines.extend([level(PerceptSwitch::CLEAR), level(-PerceptSwitch::CLEAR)]);
        if let Some(ppd) = perception.switch.even_ppd {
            let points = vec![(at(ppd), -1.0), (at(ppd), 1.0)];
            lines.push(Line { label: "FAR takes over".to_owned(), points, pale: false, style: 1 });
        }
        Plot {
            title: "Which picture is seen from where".to_owned(),
            x: Axis::logarithmic(format!(
                "distance in metres, at {:.0} pixels per inch",
                self.study.density.pixels_per_inch()
            )),
            y: Axis::linear("only FAR is -1, only NEAR is +1"),
            lines,
            legend: Corner::LowerLeft,
        }
    }

    /// Amplitude by frequency, in the sources and in the hybrid.
    pub(super) fn radial_plot(&self, spectra: &[(&str, Spectrum); 5]) -> Plot {
        let [near, far, .., hybrid] = spectra;
        radial_spectra(&[(near.0, &near.1), (far.0, &far.1), (hybrid.0, &hybrid.1)])
    }

    /// What a filter at the crossover would keep of each picture, and what the hybrid has of each, band by band.
    pub(super) fn gains_plot(&self) -> Plot {
        let side = self.hybrid.size().shorter_side() as f64;
        let crossover = self.crossover();
        let curve = match self.method {
            crate::Method::Fourier(options) => options.low.curve(crossover).ok(),
            crate::Method::Descent(_) => None,
        };
        let curve = curve.or_else(|| FrequencyResponse::Gaussian.curve(crossover).ok());
        let bands = &self.scores.bands;
        let gain = |label: &str, style, read: fn(&nearfar_vision::BandGain) -> f64| Line {
            label: label.to_owned(),
            points: bands.iter().map(|band| (band.cycles_per_pixel * side, read(band))).collect(),
            pale: false,
            style,
        };
        let mut lines = vec![
            gain("NEAR in the hybrid", 0, |band| band.near_gain),
            gain("FAR in the hybrid", 1, |band| band.far_gain),
        ];
        if let Some(curve) = curve {
            let frequencies = || (0..=64).map(|i| 0.5 * (f64::from(i) / 64.0 * (1.0 / side).log2().min(-1.0)).exp2());
            let line = |high: bool, style| {
                let share = |f: f64| if high { 1.0 - curve.at(f) } else { curve.at(f) };
                let points = frequencies().map(|f| (f * side, share(f))).collect();
                Line { label: String::new(), points, pale: true, style }
            };
            lines.extend([line(true, 0), line(false, 1)]);
        }
        Plot {
            title: "How much of either picture is in the hybrid".to_owned(),
            x: Axis::logarithmic("cycles across the shorter side"),
            y: Axis::linear("share of the picture's own strength"),
            lines,
            legend: Corner::Freest,
        }
    }
}

/// Losses of a hybrid, step by step.
pub(super) fn losses_plot(trace: &[TraceLine]) -> Option<Plot> {
    let first = trace.first().filter(|_| trace.len() > 1)?;
    let line = |label: &str, style, read: &dyn Fn(&TraceLine) -> Option<f64>| Line {
        label: label.to_owned(),
        points: trace.iter().filter_map(|line| Some((line.step as f64, read(line).filter(|v| *v > 0.0)?))).collect(),
        pale: false,
        style,
    };
    /// Style of the total; the terms have the other styles.
    const ALL: usize = 3;
    let mut lines = vec![line("all", ALL, &|line| Some(line.losses.total))];
    for (style, term) in (0..Plot::STYLES).filter(|style| *style != ALL).zip(&first.losses.terms) {
        let weighted = |line: &TraceLine| Some(line.losses.value(&term.name)? * term.weight);
        lines.push(line(&term.name, style, &weighted));
    }
    Some(Plot {
        title: "Loss of the hybrid, step by step".to_owned(),
        x: Axis::linear("step at the hybrid's own size"),
        y: Axis::logarithmic("weighted loss"),
        lines,
        legend: Corner::Freest,
    })
}
