//! Terms on whole planes against their definitions in double precision, and their gradients against central
//! differences.

use nearfar_descent::{DetailsAfar, EdgeStop, Objective, Passband, Term, Unlike, check_gradient};
use nearfar_image::{Channels, Encoded, Image, Size, TransferFunction};
use nearfar_kernels::{Axes, Border, Crossover, Execution, HALF_GAIN, InstructionSet};

use super::noise;

const FROM: f64 = 0.06;
const TO: f64 = 0.12;
const WINDOW: f64 = 1.5;
const LEAST: f64 = 0.02;
const SIGMA: f64 = 1.2;
const FLOOR: f32 = 1e-6;
const EDGES: EdgeStop = EdgeStop { contrast: 0.1, floor: 0.1 };
const SOFTNESS: f64 = 0.05;
const RANGE: [f64; 2] = [0.3, 0.6];
const CONTRAST: f64 = 0.1;

#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind {
    Band,
    LowPass,
    Details,
    Variation,
    Range,
    Contrast,
    Unlike,
}

const KINDS: [Kind; 7] =
    [Kind::Band, Kind::LowPass, Kind::Details, Kind::Variation, Kind::Range, Kind::Contrast, Kind::Unlike];

#[derive(Clone, Copy, Debug)]
struct Case {
    kind: Kind,
    size: Size,
    channels: Channels,
    axes: Axes,
    masked: bool,
}

fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for kind in KINDS {
        for (width, height) in [(1, 1), (1, 13), (11, 1), (5, 4), (23, 17)] {
            for channels in [Channels::Grey, Channels::Rgb] {
                for axes in [Axes::Channels, Axes::Luma, Axes::Opponent, Axes::Red] {
                    let size = Size::new(width, height).unwrap();
                    cases.push(Case { kind, size, channels, axes, masked: cases.len() % 2 == 1 });
                }
            }
        }
    }
    cases
}

fn double(image: &Image<Encoded>) -> Vec<f64> {
    image.samples().iter().map(|&v| f64::from(v)).collect()
}

fn crossover(cycles: f64) -> Option<Crossover> {
    Some(Crossover::per_pixel(cycles).unwrap())
}

impl Case {
    fn picture(&self, seed: u64) -> Image<Encoded> {
        noise(self.size, self.channels, seed)
    }

    fn mask(&self) -> Option<Image<Encoded>> {
        self.masked.then(|| noise(self.size, Channels::Grey, 7))
    }

    fn band(&self) -> Passband {
        Passband { from: crossover(FROM).filter(|_| self.kind != Kind::LowPass), to: crossover(TO) }
    }

    fn term(&self, execution: &Execution) -> Term<'static> {
        let (target, shape) = (self.picture(1), (self.size, self.channels));
        let term = match self.kind {
            Kind::Band | Kind::LowPass => Term::band("band", 0.7, target, self.axes, self.band()),
            Kind::Details => {
                let seen = DetailsAfar {
                    sigma: SIGMA,
                    transfer: TransferFunction::Srgb,
                    axes: self.axes,
                    light_floor: FLOOR,
                    edges: self.masked.then_some(EDGES),
                };
                Term::details_afar("details", 0.7, self.channels, &target, seen, execution)
            }
            Kind::Variation => Term::variation("variation", 0.7, shape, self.axes, SOFTNESS),
            Kind::Range => Term::range("range", 0.7, shape, self.axes, RANGE),
            Kind::Contrast => Term::contrast("contrast", 0.7, shape, self.axes, CONTRAST),
            Kind::Unlike => {
                let like = Unlike { band: self.band(), window: WINDOW, least_contrast: LEAST };
                Term::unlike("unlike", 0.7, &target, self.axes, like, execution)
            }
        };
        term.unwrap().masked(self.mask())
    }

    /// The weighted loss in double precision, straight from the definition.
    fn naive(&self, picture: &[f64]) -> f64 {
        let mask = self.mask().map_or(vec![1.0; self.size.area()], |mask| double(&mask));
        let target = double(&self.picture(1));
        let planes = self.planes(self.axes, picture).into_iter().zip(self.planes(self.axes, &target));
        let weighted = |plane: &[f64]| plane.iter().zip(&mask).map(|(v, mask)| mask * v).sum::<f64>();
        let squares = |plane: &[f64]| plane.iter().zip(&mask).map(|(v, mask)| mask * v * v).sum::<f64>();
        let loss: f64 = match self.kind {
            Kind::Band | Kind::LowPass => planes
                .map(|(found, wanted)| {
                    let residual: Vec<_> = found.iter().zip(&wanted).map(|(a, b)| a - b).collect();
                    squares(&self.held(&residual))
                })
                .sum(),
            Kind::Details => {
                let light = |picture: &[f64]| -> Vec<f64> { picture.iter().map(|&v| decode(v)).collect() };
                let axes = if self.axes == Axes::Opponent { Axes::Channels } else { self.axes };
                let (found, wanted) = (self.planes(axes, &light(picture)), self.planes(axes, &light(&target)));
                let seen = |plane: &Vec<f64>| -> Vec<f64> {
                    self.blur(SIGMA, plane).into_iter().map(|v| encode(v.max(f64::from(FLOOR)))).collect()
                };
                let of_plane = |(found, wanted): (&Vec<f64>, &Vec<f64>)| -> f64 {
                    let (found, wanted) = (seen(found), seen(wanted));
                    let of_step = |step| {
                        let (found, wanted) = (self.differences(step, &found), self.differences(step, &wanted));
                        let costs = found.iter().zip(&wanted).zip(&mask).map(|((found, wanted), mask)| {
                            let jump = EDGES.floor + (1.0 - EDGES.floor) / (1.0 + (wanted / EDGES.contrast).powi(2));
                            mask * if self.masked { jump } else { 1.0 } * (found - wanted).powi(2)
                        });
                        costs.sum::<f64>()
                    };
                    of_step((1, 0)) + of_step((0, 1))
                };
                found.iter().zip(&wanted).map(of_plane).sum()
            }
            Kind::Variation => planes
                .map(|(plane, _)| {
                    let (right, down) = (self.differences((1, 0), &plane), self.differences((0, 1), &plane));
                    let lengths = right
                        .iter()
                        .zip(&down)
                        .map(|(dx, dy)| (dx * dx + dy * dy + SOFTNESS * SOFTNESS).sqrt() - SOFTNESS);
                    weighted(&lengths.collect::<Vec<_>>())
                })
                .sum(),
            Kind::Range => planes
                .map(|(plane, _)| squares(&plane.iter().map(|v| v - v.clamp(RANGE[0], RANGE[1])).collect::<Vec<_>>()))
                .sum(),
            Kind::Contrast => planes
                .map(|(plane, _)| {
                    let pixels: f64 = mask.iter().sum();
                    let mean = weighted(&plane) / pixels;
                    let square = squares(&plane.iter().map(|v| v - mean).collect::<Vec<_>>()) / pixels;
                    pixels * ((square + 1e-10).sqrt() - CONTRAST).powi(2)
                })
                .sum(),
            Kind::Unlike => planes
                .map(|(found, other)| {
                    let (a, b) = (self.held(&found), self.held(&other));
                    let product = |a: &[f64], b: &[f64]| {
                        self.blur(WINDOW, &a.iter().zip(b).map(|(a, b)| a * b).collect::<Vec<_>>())
                    };
                    let (p, q, r) = (product(&a, &b), product(&a, &a), product(&b, &b));
                    let least = LEAST * LEAST;
                    let like = |i: usize| p[i].max(0.0).powi(2) / ((q[i] + least) * (r[i] + least));
                    weighted(&(0..p.len()).map(like).collect::<Vec<_>>())
                })
                .sum(),
        };
        0.7 * loss
    }

    /// A picture's planes along colour axes, as BT.709 defines them.
    fn planes(&self, axes: Axes, picture: &[f64]) -> Vec<Vec<f64>> {
        let planes: Vec<_> = picture.chunks(self.size.area()).map(<[f64]>::to_vec).collect();
        let [red, green, blue] = &planes[..] else {
            return if axes == Axes::Opponent { Vec::new() } else { planes };
        };
        let luma: Vec<_> = (0..red.len()).map(|i| 0.2126 * red[i] + 0.7152 * green[i] + 0.0722 * blue[i]).collect();
        let opponent = |plane: &[f64], range| plane.iter().zip(&luma).map(|(v, luma)| (v - luma) / range).collect();
        match axes {
            Axes::Luma => vec![luma],
            Axes::Opponent => vec![opponent(blue, 1.8556), opponent(red, 1.5748)],
            Axes::Red => vec![red.clone()],
            _ => planes,
        }
    }

    fn differences(&self, (dx, dy): (usize, usize), plane: &[f64]) -> Vec<f64> {
        let (width, height) = (self.size.width(), self.size.height());
        let at = |i: usize| {
            let inside = i % width + dx < width && i / width + dy < height;
            if inside { plane[i + dx + dy * width] - plane[i] } else { 0.0 }
        };
        (0..plane.len()).map(at).collect()
    }

    fn held(&self, plane: &[f64]) -> Vec<f64> {
        let fine = self.blur(HALF_GAIN / TO, plane);
        if self.kind == Kind::LowPass {
            return fine;
        }
        fine.iter().zip(self.blur(HALF_GAIN / FROM, plane)).map(|(fine, coarse)| fine - coarse).collect()
    }

    fn blur(&self, sigma: f64, plane: &[f64]) -> Vec<f64> {
        let radius = (4.0 * sigma).ceil() as isize;
        let weight = |k: isize| (-(k as f64).powi(2) / (2.0 * sigma * sigma)).exp();
        let sum: f64 = (-radius..=radius).map(weight).sum();
        let (width, height) = (self.size.width(), self.size.height());
        let line = |read: &dyn Fn(usize) -> f64, i: usize, n: usize| -> f64 {
            let tap = |k| weight(k) / sum * read(Border::Mirror.source(i as isize + k, n).unwrap());
            (-radius..=radius).map(tap).sum()
        };
        let along: Vec<f64> =
            (0..plane.len()).map(|i| line(&|x| plane[i / width * width + x], i % width, width)).collect();
        (0..plane.len()).map(|i| line(&|y| along[y * width + i % width], i / width, height)).collect()
    }
}

fn decode(v: f64) -> f64 {
    if v <= 0.04045 { v / 12.92 } else { ((v + 0.055) / 1.055).powf(2.4) }
}

fn encode(v: f64) -> f64 {
    if v <= 0.04045 / 12.92 { v * 12.92 } else { 1.055 * v.powf(1.0 / 2.4) - 0.055 }
}

fn evaluate(term: Term<'_>, picture: &Image<Encoded>, execution: &Execution) -> (f64, Image<Encoded>) {
    let objective = Objective::new(vec![term]);
    let mut gradient = Image::filled(picture.size(), picture.channels(), f32::NAN);
    let losses = objective.evaluate(execution, picture, &mut gradient, &mut objective.workspace(execution));
    (losses.total, gradient)
}

/// On every instruction set; bit-equal for any number of threads.
#[test]
fn values_and_gradients_of_fields_match_their_definitions() {
    let sets = [InstructionSet::Baseline, InstructionSet::Avx2, InstructionSet::Avx512];
    let executions: Vec<_> =
        sets.into_iter().filter_map(|set| Execution::single_threaded().with_instructions(set).ok()).collect();
    let threads = Execution::with_threads(3).unwrap();
    for case in cases() {
        let picture = case.picture(9);
        let exact = double(&picture);
        let value = case.naive(&exact);
        let slopes: Vec<_> = (0..exact.len())
            .step_by(1 + exact.len() / 7)
            .map(|i| {
                let at = |step: f64| {
                    let mut moved = exact.clone();
                    moved[i] += step;
                    case.naive(&moved)
                };
                (i, (at(1e-5) - at(-1e-5)) / 2e-5)
            })
            .collect();
        for execution in &executions {
            let (found, gradient) = evaluate(case.term(execution), &picture, execution);
            assert!((found - value).abs() <= 1e-5 * value + 1e-6, "{case:?}: {found}, not {value}");
            for &(i, expected) in &slopes {
                let found = f64::from(gradient.samples()[i]);
                let error = (found - expected).abs();
                assert!(error < 1e-4 * expected.abs().max(0.1), "{case:?}, sample {i}: {found}, not {expected}");
            }
        }
        let single = Execution::single_threaded();
        let term = || case.term(&single);
        assert!(evaluate(term(), &picture, &single) == evaluate(term(), &picture, &threads), "{case:?}");
    }
}

#[test]
fn gradient_check_passes_right_and_catches_wrong_gradients() {
    use nearfar_descent::WholeLoss;

    #[derive(Debug)]
    struct Squares(f32);

    impl WholeLoss for Squares {
        fn value_and_gradient(&self, picture: &Image<Encoded>, gradient: &mut Image<Encoded>) -> f64 {
            gradient.samples_mut().iter_mut().zip(picture.samples()).for_each(|(to, v)| *to = self.0 * v);
            picture.samples().iter().map(|&v| f64::from(v).powi(2)).sum()
        }
    }

    let size = Size::new(64, 40).unwrap();
    let case = |kind| Case { kind, size, channels: Channels::Rgb, axes: Axes::Luma, masked: true };
    let picture = noise(size, Channels::Rgb, 3);
    for kind in KINDS {
        let check = check_gradient(case(kind).term(&Execution::single_threaded()), &picture);
        assert!(check.error < 2e-3, "{kind:?}: {check:?}");
    }
    // Bands so coarse that their blurs are computed on grids.
    for cycles in [0.004, 0.03] {
        let band = Passband { from: crossover(cycles), to: crossover(2.0 * cycles) };
        let term = Term::band("coarse", 1.0, noise(size, Channels::Rgb, 4), Axes::Luma, band).unwrap();
        assert!(check_gradient(term, &picture).error < 2e-3);
    }
    let error = |slope| check_gradient(Term::whole("w", 3.0, size, Channels::Rgb, Squares(slope)), &picture).error;
    assert!(error(2.0) < 1e-4, "{}", error(2.0));
    for (slope, expected) in [(2.02, 0.01), (1.0, 1.0), (-2.0, 2.0), (0.0, f64::INFINITY)] {
        let found = error(slope);
        assert!(found >= 0.9 * expected, "{slope}: {found}");
    }
}

#[test]
fn invalid_field_settings_are_refused() {
    let shape = (Size::new(4, 4).unwrap(), Channels::Rgb);
    let (execution, other) = (Execution::single_threaded(), noise(shape.0, shape.1, 1));
    let band = Passband { from: crossover(0.2), to: crossover(0.1) };
    let refused = |term: Result<Term<'_>, nearfar_descent::DescentError>, words: &str| {
        let error = term.unwrap_err().to_string();
        assert!(error.contains(words), "{error}");
    };
    refused(Term::band("b", 1.0, &other, Axes::Luma, band), "begin below its end");
    refused(Term::variation("v", 1.0, shape, Axes::Luma, 0.0), "softness is 0");
    refused(Term::range("r", 1.0, shape, Axes::Luma, [0.6, 0.4]), "0.6 to 0.4");
    refused(Term::contrast("c", 1.0, shape, Axes::Luma, f64::NAN), "contrast is NaN");
    let like = Unlike { band: Passband::default(), window: -1.0, least_contrast: 0.01 };
    refused(Term::unlike("u", 1.0, &other, Axes::Luma, like, &execution), "window is -1");
    let like = Unlike { window: 2.0, least_contrast: 0.0, ..like };
    refused(Term::unlike("u", 1.0, &other, Axes::Luma, like, &execution), "least contrast is 0");
}
