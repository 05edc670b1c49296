//! Figures of a picture's spectrum.

use nearfar_fourier::Spectrum;
use nearfar_image::{Encoded, Image, Size};
use serde::Serialize;

use super::page::{INK, PAPER};
use crate::{
    draw::{Anchor, Canvas, Path, fitting},
    plot::{Axis, Corner, Line, Plot},
};

/// Longer side of a drawn spectrum, in pixels.
const SIDE: usize = 512;
/// Range between white and black, in powers of ten.
pub(crate) const DECADES: f64 = 3.5;
/// The em of the labels, in pixels.
const EM: f64 = 13.0;
const LEFT: usize = 64;
const TOP: usize = 36;
const RIGHT: usize = 24;
const BOTTOM: usize = 50;
/// Rings of a radial spectrum per octave.
pub const RINGS: usize = 4;

/// Ticks at round numbers of cycles along an axis of a spectrum with 0 in the middle, each with its position as a share of
/// the axis.
pub(crate) fn ticks(length: usize) -> Vec<(f64, f64)> {
    let most = 0.5 * length as f64;
    let power = 10f64.powf((0.5 * most).log10().floor());
    let step = [5.0, 2.0, 1.0].map(|digit| digit * power).into_iter().find(|step| 2.0 * step <= most).unwrap_or(power);
    let count = (most / step).floor() as i64;
    // The middle of the sample of frequency 0.
    let zero = (length / 2) as f64 + 0.5;
    let tick = |i: i64| (i as f64 * step, (zero + i as f64 * step) / length as f64);
    (-count..=count).map(tick).filter(|(_, place)| (0.0..=1.0).contains(place)).collect()
}

/// The logarithm of a picture's amplitudes, frequency 0 in the middle, with axes in cycles per picture. `brightest` is the
/// amplitude shown as white, in codes; by default the picture's own strongest.
#[must_use]
pub fn spectrum_figure(spectrum: &Spectrum, title: &str, brightest: Option<f64>) -> Image<Encoded> {
    let brightest = brightest.unwrap_or_else(|| spectrum.strongest()).max(1e-9);
    let picture = spectrum.picture(SIDE, brightest, DECADES);
    let (width, height) = (picture.size().width(), picture.size().height());
    let size = Size::new((width + LEFT + RIGHT).max(240), height + TOP + BOTTOM).expect("no side is 0");
    let mut canvas = Canvas::new(size, PAPER);
    canvas.put(&picture, LEFT, TOP);
    let title = fitting(title, EM, size.width() as f64 - 16.0);
    canvas.text(&title, [0.5 * size.width() as f64, 23.0], EM, Anchor::Middle, INK);
    let (bottom, line) = ((TOP + height) as f64, 1.0);
    for (cycles, place) in ticks(spectrum.size().width()) {
        let x = LEFT as f64 + place * width as f64;
        canvas.fill(&Path::rectangle([x - 0.5 * line, bottom], [line, 5.0]), INK, 1.0);
        canvas.text(&format!("{cycles:.0}"), [x, bottom + 18.0], EM, Anchor::Middle, INK);
    }
    for (cycles, place) in ticks(spectrum.size().height()) {
        let y = TOP as f64 + place * height as f64;
        canvas.fill(&Path::rectangle([LEFT as f64 - 5.0, y - 0.5 * line], [5.0, line]), INK, 1.0);
        canvas.text(&format!("{cycles:.0}"), [LEFT as f64 - 9.0, y + 4.5], EM, Anchor::End, INK);
    }
    let middle = LEFT as f64 + 0.5 * width as f64;
    let words = "cycles per picture, across and down";
    let from = middle.max(0.5 * crate::draw::text_width(words, EM) + 4.0);
    canvas.text(words, [from, bottom + 38.0], EM, Anchor::Middle, INK);
    canvas.into_picture()
}

/// The logarithms of the amplitudes of several pictures, frequency 0 in the middle, on one scale: the strongest amplitude of
/// all is white. `side` is the longer side of each in pixels.
#[must_use]
pub fn spectra_pictures(spectra: &[&Spectrum], side: usize) -> Vec<Image<Encoded>> {
    let brightest = spectra.iter().map(|spectrum| spectrum.strongest()).fold(1e-9, f64::max);
    spectra.iter().map(|spectrum| spectrum.picture(side, brightest, DECADES)).collect()
}

/// The summary that programs print of a spectrum.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct SpectrumSummary {
    /// The strongest amplitude.
    pub strongest: f64,
    /// The rings, averaged over all directions, from coarse to fine.
    pub rings: Vec<RingSummary>,
}

/// A ring of frequencies, a quarter of an octave wide.
#[derive(Clone, Copy, Debug, Serialize)]
#[non_exhaustive]
pub struct RingSummary {
    /// Its centre frequency.
    pub cycles_per_pixel: f64,
    /// The same frequency along the shorter side.
    pub cycles_per_picture: f64,
    /// Root mean square of the picture in this ring, in codes.
    pub rms: f64,
}

impl SpectrumSummary {
    /// The summary of a picture's spectrum.
    #[must_use]
    pub fn new(spectrum: &Spectrum) -> Self {
        let side = spectrum.size().shorter_side() as f64;
        let rings = spectrum.rings(RINGS).into_iter().map(|ring| RingSummary {
            cycles_per_pixel: ring.cycles_per_pixel,
            cycles_per_picture: side * ring.cycles_per_pixel,
            rms: ring.rms,
        });
        Self { strongest: spectrum.strongest(), rings: rings.collect() }
    }
}

/// The amplitudes of several pictures by frequency, averaged over all directions: for each a name and a spectrum, up to
/// [`Plot::STYLES`] of one size.
#[must_use]
pub fn radial_spectra(spectra: &[(&str, &Spectrum)]) -> Plot {
    let line = |(style, (name, spectrum)): (usize, &(&str, &Spectrum))| {
        let side = spectrum.size().shorter_side() as f64;
        // Anything weaker than a hundredth of an 8-bit step is rounding error.
        let rings = spectrum.rings(RINGS).into_iter().filter(|ring| 100.0 * ring.rms > 4e-3);
        let points = rings.map(|ring| (ring.cycles_per_pixel * side, 100.0 * ring.rms)).collect();
        Line { label: (*name).to_owned(), points, pale: false, style }
    };
    Plot {
        title: "How strong each frequency is".to_owned(),
        x: Axis::logarithmic("cycles across the shorter side"),
        y: Axis::logarithmic("rms of a quarter octave, % of white"),
        lines: spectra.iter().enumerate().map(line).collect(),
        legend: Corner::LowerLeft,
    }
}

#[cfg(test)]
mod tests {
    use nearfar_image::Channels;

    use super::*;

    #[test]
    fn ticks_are_round_and_zero_is_in_the_middle() {
        let cycles = |length: usize| ticks(length).iter().map(|&(cycles, _)| cycles).collect::<Vec<_>>();
        assert_eq!(cycles(512), [-200.0, -100.0, 0.0, 100.0, 200.0]);
        assert_eq!(cycles(48), [-20.0, -10.0, 0.0, 10.0, 20.0]);
        assert!(cycles(1).contains(&0.0) && cycles(2).contains(&0.0));
        let (_, place) = ticks(512)[2];
        assert!((place - 256.5 / 512.0).abs() < 1e-12);
    }

    #[test]
    fn figure_is_as_large_as_the_spectrum_and_its_words() {
        let picture = Image::from_fn(Size::new(64, 40).unwrap(), Channels::Grey, |_, x, _| (x % 4) as f32 / 3.0);
        let figure = spectrum_figure(&Spectrum::of(&picture), "t", None);
        assert_eq!(figure.size(), Size::new(240, 40 + TOP + BOTTOM).unwrap());
        // A quarter of a cycle per pixel is 16 cycles per picture.
        let row = figure.plane(0).row(TOP + 20);
        assert!(row[LEFT + 32 + 16] > 0.9 && row[LEFT + 32 + 8] < 0.4, "{:?}", &row[LEFT..LEFT + 64]);
    }
}
