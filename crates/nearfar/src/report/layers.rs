//! The page about a hybrid of layers.

use nearfar_fourier::Spectrum;
use nearfar_image::{Encoded, Image};
use nearfar_kernels::Execution;
use nearfar_vision::{FarView, PerceptSwitch, PixelsPerDegree};

use super::{
    LayersPage,
    away::{Away, Curve},
    figures::{for_a_page, losses_plot, strip},
    page::{Content, DescribedPlot, Figure, Shown, html},
    tables::Row,
};
use crate::{
    EventKind, JobError,
    event::Watch,
    layers::{Joint, LayerFile, LayersRecipe, Method, Seen},
    look::{self, Known, Scene, metres, radial_spectra},
    perception::Sight,
    plot::{Axis, Corner, Line, Plot},
    words,
};

/// The pictures of the page, all of one size except the strip.
struct Pictures {
    hybrid: Image<Encoded>,
    layers: Vec<Image<Encoded>>,
    /// The hybrid as seen from the distance of each layer.
    afar: Vec<Image<Encoded>>,
    strip: Image<Encoded>,
}

/// The whole page.
pub(super) fn page(page: &LayersPage<'_>, execution: &Execution, watch: &mut Watch<'_>) -> Result<String, JobError> {
    let study = page.study;
    let names = page.recipe.names();
    let pictures = Pictures::new(page, execution, watch)?;
    let at: Vec<_> = study.views.iter().map(|view| page.widths(*view)).collect();
    let [nearest, farthest] = [at.first(), at.last()].map(|end| end.copied().unwrap_or(1.0));
    let points = |values: &[f64]| {
        study.curves.views.iter().zip(values).map(|(view, p)| [page.widths(*view), *p]).collect::<Vec<_>>()
    };
    let curves = study.curves.layers.iter().zip(&names);
    let curves: Vec<_> = curves.map(|(p, name)| Curve { name: name.clone(), points: points(p) }).collect();
    let marks = study.seen.iter().zip(&at).map(|(seen, at)| (format!("From {}", metres(seen.distance)), *at));
    let spectra = names.iter().map(String::as_str).zip(&pictures.layers).chain([("Hybrid", &pictures.hybrid)]);
    let spectra: Vec<_> = spectra.map(|(name, picture)| (name, Spectrum::of(picture))).collect();
    let radial: Vec<_> = spectra.iter().map(|(name, spectrum)| (*name, spectrum)).collect();
    watch.tell(EventKind::Advanced)?;
    let switch = switch(page);
    let content = Content {
        title: page.title,
        verdict: words::layers_verdict(&study.seen, &names),
        away: Away {
            width: page.hybrid.size().width(),
            density: study.density,
            range: [Away::nearest(nearest), Away::farthest([farthest])],
            afar: farthest,
            marks: marks.collect(),
        },
        percepts: percept_plot(page, &curves),
        curves,
        hybrid: &pictures.hybrid,
        strip: &pictures.strip,
        figures: figures(page, &pictures, &names),
        switch,
        plots: vec![DescribedPlot {
            plot: radial_spectra(&radial),
            description: "How strong each frequency is in each picture and in the hybrid, which follows the farthest \
                          picture at low frequencies and nearer ones at higher ones"
                .to_owned(),
            caption: None,
        }],
        spectra,
        losses: losses_plot(page.trace),
        scores: score_rows(&study.seen, &names),
        notes: page.notes,
        settings: setting_rows(page, &names),
        recipe: page.recipe.to_toml(),
    };
    html(&content, watch)
}

impl LayersPage<'_> {
    /// Distance of a view, in widths of the hybrid.
    fn widths(&self, view: PixelsPerDegree) -> f64 {
        view.picture_widths(self.hybrid.size().width())
    }

    /// A distance in metres, and in widths of the hybrid.
    fn place(&self, view: PixelsPerDegree) -> String {
        look::place(view, self.study.density, self.hybrid.size().width())
    }
}

impl Pictures {
    fn new(page: &LayersPage<'_>, execution: &Execution, watch: &mut Watch<'_>) -> Result<Self, JobError> {
        let study = page.study;
        let hybrid = for_a_page(page.hybrid);
        let factor = hybrid.size().width() as f64 / page.hybrid.size().width() as f64;
        let on_page = |view: &PixelsPerDegree| {
            PixelsPerDegree::new((view.get() * factor).max(0.01)).expect("below that of the hybrid itself")
        };
        let views: Vec<_> = study.views.iter().map(on_page).collect();
        let afar = views.iter().map(|view| {
            watch.tell(EventKind::Advanced)?;
            Ok(FarView::new(hybrid.size(), *view).apply(&hybrid, execution))
        });
        let afar = afar.collect::<Result<_, JobError>>()?;
        let strip = strip(
            &Scene {
                hybrid: page.hybrid,
                density: study.density,
                seat: study.seen[0].distance,
                known: Known::Layers(&page.recipe.distances()),
            },
            watch,
        )?;
        let layers = study.fitted.layers().map(|(picture, _)| for_a_page(picture)).collect();
        Ok(Self { layers, afar, strip, hybrid })
    }
}

/// Each layer, and the hybrid as seen from its distance.
fn figures<'a>(page: &LayersPage<'_>, pictures: &'a Pictures, names: &[String]) -> Vec<Figure<'a>> {
    let study = page.study;
    let mut figures = Vec::new();
    for (i, (picture, seen)) in pictures.layers.iter().zip(&pictures.afar).enumerate() {
        let (name, distance) = (&names[i], metres(study.seen[i].distance));
        let caption = format!("{name}, for {distance}, as fitted");
        figures.push(Figure {
            picture,
            what: Shown::Other,
            name: Some(name.clone()),
            alt: format!("{name}, to be seen from {distance}, as fitted"),
            caption,
        });
        figures.push(Figure {
            picture: seen,
            what: if i + 1 == names.len() { Shown::Afar } else { Shown::Other },
            name: Some(format!("Hybrid from {distance}")),
            alt: format!("The hybrid as an eye sees it from {distance}"),
            caption: format!("The hybrid from {}", page.place(study.views[i])),
        });
    }
    figures
}

/// Sentences that say which layer is seen from where.
fn switch(page: &LayersPage<'_>) -> String {
    let switches = page.study.curves.switches.iter().enumerate();
    let sentence = |(i, switch): (usize, &PerceptSwitch)| match switch.even_ppd {
        Some(view) => format!("Picture {} takes over from picture {} at {}.", i + 2, i + 1, page.place(view)),
        None => format!("Pictures {} and {} do not change places.", i + 1, i + 2),
    };
    let sentences = switches.map(sentence).chain([
        format!(
            "Each curve shows how much more is seen of one picture than of the strongest other one: {LIMITS}.",
            LIMITS = limits()
        ),
        "This is a model of the first look.".to_owned(),
    ]);
    sentences.collect::<Vec<_>>().join(" ")
}

/// The percepts from which on a layer counts as seen.
fn limits() -> String {
    format!("weakly seen from {} on, clearly from {} on", Sight::LEAST, PerceptSwitch::CLEAR)
}

/// How clearly each layer is seen at each distance.
fn percept_plot(page: &LayersPage<'_>, curves: &[Curve]) -> Plot {
    let density = page.study.density.pixels_per_inch();
    let metres = page.hybrid.size().width() as f64 / density * 0.0254;
    let lines = curves.iter().enumerate().map(|(style, curve)| Line {
        label: curve.name.clone(),
        points: curve.points.iter().map(|[widths, p]| (metres * widths, *p)).collect(),
        pale: false,
        style,
    });
    let mut lines: Vec<_> = lines.collect();
    let ends = lines.first().and_then(|line| Some([line.points.first()?.0, line.points.last()?.0]));
    lines.extend(ends.map(|ends| Line {
        label: String::new(),
        points: ends.map(|x| (x, PerceptSwitch::CLEAR)).to_vec(),
        pale: true,
        style: Plot::STYLES - 1,
    }));
    Plot {
        title: "How clearly each picture is seen from where".to_owned(),
        x: Axis::logarithmic(format!("distance in metres, at {density:.0} pixels per inch")),
        y: Axis::linear("only another is -1, only this one is +1"),
        lines,
        legend: Corner::UpperLeft,
    }
}

/// How clearly each layer is seen from its own distance.
fn score_rows(seen: &[Seen], names: &[String]) -> Vec<Row> {
    let row = |(i, (seen, name)): (usize, (&Seen, &String))| {
        let others = (1..).filter(|other| *other != i + 1);
        let others = others.zip(&seen.against).map(|(other, p)| format!("{p:+.2} against picture {other}"));
        [
            format!("{name} from {}", metres(seen.distance)),
            format!("{:+.2}", seen.least()),
            format!("percept against the strongest other, {}: {}", limits(), others.collect::<Vec<_>>().join(", ")),
        ]
    };
    seen.iter().zip(names).enumerate().map(row).collect()
}

/// The pictures and the settings.
fn setting_rows(page: &LayersPage<'_>, names: &[String]) -> Vec<[String; 2]> {
    let (recipe, size) = (page.recipe, page.hybrid.size());
    let row = |name: &str, value: String| [name.to_owned(), value];
    let method = match &recipe.method {
        Method::Joint(_) => "descent, all at once",
        Method::Fourier => "fourier, a band of each",
    };
    let mut rows =
        vec![row("Method", method.to_owned()), row("Size", format!("{} x {} pixels", size.width(), size.height()))];
    for (i, cycles) in page.study.crossovers.iter().enumerate() {
        let crossover = format!("{cycles:.1} cycles across the shorter side");
        rows.push([format!("Crossover of {} and {}", i + 1, i + 2), crossover]);
    }
    if let Method::Joint(Joint { strengths: Some(strengths), .. }) = &recipe.method {
        let strengths: Vec<_> = strengths.iter().chain([&1.0]).map(|strength| format!("{strength:.3}")).collect();
        rows.push(row("Strengths", strengths.join(", ")));
    }
    for (layer, name) in recipe.from_near_to_far().iter().zip(names) {
        rows.push(match &layer.what {
            LayerFile::Picture(source) => [name.clone(), format!("{}, SHA-256 {}", source.file, source.sha256)],
            LayerFile::Text(_) => [name.clone(), "a text".to_owned()],
        });
    }
    if let Some(font) = &recipe.font {
        rows.push(row("Font", format!("{}, SHA-256 {}", font.file, font.sha256)));
    }
    rows.push(row("Made by", format!("nearfar {}", page.version)));
    rows.extend(page.seconds.iter().map(|(part, seconds)| [format!("Time to {part}"), format!("{seconds:.2} s")]));
    rows
}

impl LayersRecipe {
    /// Names of the layers on the page, near to far.
    fn names(&self) -> Vec<String> {
        let name = |(i, what): (usize, &LayerFile<_>)| match what {
            LayerFile::Picture(crate::Source { file, .. }) => {
                let file = std::path::Path::new(file).file_name().map_or(file.into(), |name| name.to_string_lossy());
                format!("Picture {} ({file})", i + 1)
            }
            LayerFile::Text(text) => format!("Picture {} (\"{}\")", i + 1, text.replace('\n', " ")),
        };
        self.from_near_to_far().iter().map(|layer| &layer.what).enumerate().map(name).collect()
    }
}
