//! Amplitude spectra of pictures.

use nearfar_fft::{Complex32, Fft};
use nearfar_image::{Channels, Encoded, Image, REC709, Size};

/// The amplitude spectrum of a picture's luma codes.
///
/// The picture less its mean is weighted by a Hann window, which falls to zero at all four edges, so that opposite
/// edges that do not match leave no cross. Amplitudes are in codes: a wave between 0.4 and 0.6 across the whole picture
/// has amplitude 0.1. The amplitudes of single frequencies depend on the size of a picture; those of a [`Ring`] do not.
#[derive(Clone, Debug, PartialEq)]
pub struct Spectrum {
    size: Size,
    /// Squared amplitudes; frequency 0 is at (width / 2, height / 2).
    power: Vec<f32>,
}

/// The frequencies of all directions between two bounds.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Ring {
    /// The geometric mean of the bounds, in cycles per pixel.
    pub cycles_per_pixel: f64,
    /// Root mean square, in codes, of the picture's part at these frequencies.
    pub rms: f64,
}

impl Spectrum {
    /// The spectrum of a picture, all of whose samples are finite.
    #[must_use]
    pub fn of(picture: &Image<Encoded>) -> Self {
        let size = picture.size();
        let (width, height) = (size.width(), size.height());
        let luma = luma(picture);
        let [across, down] = [width, height].map(window);
        let weight: f64 = across.iter().sum::<f64>() * down.iter().sum::<f64>();
        // Subtract the weighted mean, so that nothing remains at frequency 0.
        let weighted = |y: usize, x: usize| down[y] * across[x];
        let mut mean = 0.0;
        for (y, row) in luma.chunks_exact(width).enumerate() {
            mean += row.iter().enumerate().map(|(x, &code)| weighted(y, x) * f64::from(code)).sum::<f64>();
        }
        mean /= weight;
        let mut data: Vec<Complex32> = luma
            .iter()
            .enumerate()
            .map(|(i, &code)| Complex32::new((weighted(i / width, i % width) * (f64::from(code) - mean)) as f32, 0.0))
            .collect();
        transform(&mut data, width);
        let mut turned = transposed(&data, width);
        transform(&mut turned, height);
        let data = transposed(&turned, height);
        // A real wave has half its amplitude at each of two opposite frequencies.
        let scale = (2.0 / weight).powi(2) as f32;
        let mut power = vec![0.0; size.area()];
        for (i, value) in data.iter().enumerate() {
            let (x, y) = ((i % width + width / 2) % width, (i / width + height / 2) % height);
            power[y * width + x] = scale * value.norm_sqr();
        }
        Self { size, power }
    }

    /// Size of the picture, and of its spectrum.
    #[must_use]
    pub fn size(&self) -> Size {
        self.size
    }

    /// The amplitude, in codes, of the wave with the given cycles across the picture's width and down its height, each
    /// rounded to an integer; 0 beyond what pixels can hold.
    #[must_use]
    pub fn amplitude(&self, [across, down]: [f64; 2]) -> f64 {
        let place = |cycles: f64, length: usize| {
            let place = cycles.round() + (length / 2) as f64;
            (place >= 0.0 && place < length as f64).then_some(place as usize)
        };
        let found = place(across, self.size.width()).zip(place(down, self.size.height()));
        found.map_or(0.0, |(x, y)| f64::from(self.power[y * self.size.width() + x]).sqrt())
    }

    /// The amplitudes of rings of frequencies, `per_octave` to each octave, from two cycles across the shorter side,
    /// which the window separates from the mean, to at most half a cycle per pixel. Rings that contain no frequency are
    /// omitted.
    #[must_use]
    pub fn rings(&self, per_octave: usize) -> Vec<Ring> {
        let (width, height) = (self.size.width(), self.size.height());
        let lowest = 2.0 / self.size.shorter_side() as f64;
        let steps = per_octave.max(1) as f64;
        let ring_of = |frequency: f64| ((frequency / lowest).log2() * steps).floor();
        // Rings that extend beyond half a cycle per pixel would lack some directions.
        let count = ring_of(0.5).max(0.0) as usize;
        let mut sums = vec![(0.0, 0_usize); count];
        for (i, &power) in self.power.iter().enumerate() {
            let cycles = |place: usize, length: usize| (place as f64 - (length / 2) as f64) / length as f64;
            let frequency = cycles(i % width, width).hypot(cycles(i / width, height));
            let ring = ring_of(frequency);
            if ring >= 0.0
                && let Some((sum, found)) = sums.get_mut(ring as usize)
            {
                *sum += f64::from(power);
                *found += 1;
            }
        }
        // The window spreads the power of each wave over its neighbours, by 3/2 along each axis; a wave of amplitude a
        // has power a^2 / 2 and appears twice.
        let spread = 0.25 / 2.25;
        let ring = |(i, (sum, found)): (usize, (f64, usize))| {
            let bound = |i: f64| lowest * (i / steps).exp2();
            let (from, to) = (bound(i as f64), bound(i as f64 + 1.0));
            // As many frequencies as the area of the ring implies, so that narrow rings do not depend on how many
            // happen to lie in them.
            let area = std::f64::consts::PI * (to * to - from * from) * self.size.area() as f64;
            let mean = sum / found as f64;
            (found > 0).then(|| Ring { cycles_per_pixel: (from * to).sqrt(), rms: (spread * area * mean).sqrt() })
        };
        sums.into_iter().enumerate().filter_map(ring).collect()
    }

    /// The spectrum as a grey picture of at most `side` pixels a side, on a logarithmic scale: amplitudes from
    /// `brightest` (in codes) up are white, those `decades` powers of ten below and less are black. Where there are
    /// fewer pixels than frequencies, each pixel shows the strongest of its frequencies.
    #[must_use]
    pub fn picture(&self, side: usize, brightest: f64, decades: f64) -> Image<Encoded> {
        let scale = (side.max(1) as f64 / self.size.longer_side() as f64).min(1.0);
        let length = |pixels: usize| ((pixels as f64 * scale).round() as usize).clamp(1, pixels);
        let size = Size::new(length(self.size.width()), length(self.size.height())).expect("no side is 0");
        let span = |i: usize, from: usize, to: usize| i * from / to..((i + 1) * from).div_ceil(to);
        Image::from_fn(size, Channels::Grey, |_, x, y| {
            let columns = span(x, self.size.width(), size.width());
            let rows = span(y, self.size.height(), size.height());
            let line = |y: usize| &self.power[y * self.size.width()..][columns.clone()];
            let power = rows.flat_map(line).copied().fold(0.0, f32::max);
            let decade = 0.5 * f64::from(power.max(f32::MIN_POSITIVE)).log10() - brightest.log10();
            (1.0 + decade / decades).clamp(0.0, 1.0) as f32
        })
    }

    /// The largest amplitude, in codes.
    #[must_use]
    pub fn strongest(&self) -> f64 {
        f64::from(self.power.iter().copied().fold(0.0, f32::max)).sqrt()
    }
}

fn luma(picture: &Image<Encoded>) -> Vec<f32> {
    match picture.channels() {
        Channels::Grey => picture.samples().to_vec(),
        Channels::Rgb => {
            let [red, green, blue] = [0, 1, 2].map(|channel| picture.plane(channel).samples());
            let weighted = |i: usize| REC709[0] * red[i] + REC709[1] * green[i] + REC709[2] * blue[i];
            (0..red.len()).map(weighted).collect()
        }
    }
}

/// The Hann window, sampled so that no value is 0.
fn window(length: usize) -> Vec<f64> {
    (0..length).map(|i| (std::f64::consts::PI * (i as f64 + 0.5) / length as f64).sin().powi(2)).collect()
}

/// Transforms every line of `n` samples.
fn transform(lines: &mut [Complex32], n: usize) {
    let fft = Fft::new(n);
    fft.forward(lines, &mut vec![Complex32::default(); fft.scratch_len()]);
}

fn transposed(data: &[Complex32], width: usize) -> Vec<Complex32> {
    let height = data.len() / width;
    (0..data.len()).map(|i| data[i % height * width + i / height]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wave(width: usize, height: usize, across: f64, down: f64, amplitude: f64) -> Image<Encoded> {
        Image::from_fn(Size::new(width, height).unwrap(), Channels::Grey, |_, x, y| {
            let turns = across * x as f64 / width as f64 + down * y as f64 / height as f64;
            (0.5 + amplitude * (std::f64::consts::TAU * turns).cos()) as f32
        })
    }

    #[test]
    fn wave_has_its_amplitude_at_its_frequency() {
        for (width, height) in [(64, 48), (63, 45), (128, 30)] {
            let spectrum = Spectrum::of(&wave(width, height, 12.0, -5.0, 0.2));
            for place in [[12.0, -5.0], [-12.0, 5.0]] {
                let found = spectrum.amplitude(place);
                assert!((found - 0.2).abs() < 1e-3, "{width}x{height}: {found}");
            }
            assert!(spectrum.amplitude([0.0, 0.0]) < 1e-3 && spectrum.amplitude([6.0, 5.0]) < 1e-3);
            assert!((spectrum.strongest() - 0.2).abs() < 1e-3);
            assert!(spectrum.amplitude([1000.0, 0.0]).abs() < f64::EPSILON);
        }
    }

    #[test]
    fn ring_holds_the_strength_of_its_waves_whatever_the_size() {
        for size in [64, 128, 256] {
            // A quarter of a cycle per pixel.
            let spectrum = Spectrum::of(&wave(size, size, size as f64 / 4.0, 0.0, 0.2));
            let rings = spectrum.rings(2);
            let strongest = rings.iter().max_by(|a, b| a.rms.total_cmp(&b.rms)).unwrap();
            assert!((strongest.cycles_per_pixel / 0.25).log2().abs() <= 0.5, "{strongest:?}");
            let rms = rings.iter().map(|ring| ring.rms.powi(2)).sum::<f64>().sqrt();
            assert!((rms / (0.2 / 2f64.sqrt()) - 1.0).abs() < 0.03, "{size}: {rms}");
        }
    }

    #[test]
    fn picture_is_white_at_the_brightest_and_black_far_below() {
        let spectrum = Spectrum::of(&wave(64, 48, 10.0, 0.0, 0.1));
        let picture = spectrum.picture(64, 0.1, 3.0);
        assert_eq!(picture.size(), spectrum.size());
        let row = picture.plane(0).row(24);
        assert!(row[32 + 10] > 0.99 && row[32 - 10] > 0.99 && row[32] < 0.05, "{row:?}");
        // Downscaled, strong frequencies are still visible.
        let small = spectrum.picture(16, 0.1, 3.0);
        assert_eq!(small.size(), Size::new(16, 12).unwrap());
        assert!(small.plane(0).row(6)[(32 + 10) / 4] > 0.99);
    }

    #[test]
    fn flat_pictures_have_an_empty_spectrum() {
        let spectrum = Spectrum::of(&Image::filled(Size::new(1, 1).unwrap(), Channels::Rgb, 0.7));
        assert!(spectrum.strongest() < 1e-6);
        assert!(spectrum.picture(10, 0.1, 3.0).samples()[0].abs() < 1e-6);
        assert!(spectrum.rings(3).len() <= 1);
    }
}
