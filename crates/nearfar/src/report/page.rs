//! A page about one hybrid, whatever it is made of: a template, and its values.

use std::fmt::Write;

use nearfar_codec::{EncodeError, Format};
use nearfar_fourier::Spectrum;
use nearfar_image::{Encoded, Image};

use super::{
    away::{Away, Curve, Held, screen},
    figures::{SPECTRUM_SIDE, address},
    frame::{EXPLAIN, Frame, fill},
    tables::Row,
};
use crate::{
    EventKind, JobError,
    event::Watch,
    look::{
        spectra_pictures,
        spectrum::{DECADES, ticks},
    },
    plot::{Plot, escaped},
};

const TEMPLATE: &str = include_str!("explained.html");

const HINT: &str = "The picture is blurred in light as an eye would blur it from that distance. It stays as large as it is, so that you \
                    see what is left.";

/// The sections to which the page links.
const LINKS: [(&str, &str); 7] = [
    ("seen-from-afar", "From afar"),
    ("compare", "Compare"),
    ("pictures", "Pictures"),
    ("switch", "Switch"),
    ("frequencies", "Frequencies"),
    ("scores", "Scores"),
    ("recipe", "Recipe"),
];

/// The content of a page.
pub(super) struct Content<'a> {
    pub(super) title: &'a str,
    /// What is seen from where, in short.
    pub(super) verdict: String,
    pub(super) away: Away,
    pub(super) curves: Vec<Curve>,
    /// At most as large as pages show it.
    pub(super) hybrid: &'a Image<Encoded>,
    pub(super) strip: &'a Image<Encoded>,
    pub(super) figures: Vec<Figure<'a>>,
    /// Which picture is seen from where, in sentences and as a plot.
    pub(super) switch: String,
    pub(super) percepts: Plot,
    pub(super) spectra: Vec<(&'a str, Spectrum)>,
    /// Plots of frequencies.
    pub(super) plots: Vec<DescribedPlot>,
    pub(super) losses: Option<Plot>,
    pub(super) scores: Vec<Row>,
    pub(super) notes: &'a [String],
    pub(super) settings: Vec<[String; 2]>,
    /// The recipe as TOML.
    pub(super) recipe: String,
}

/// A figure among others.
pub(super) struct Figure<'a> {
    pub(super) picture: &'a Image<Encoded>,
    pub(super) what: Shown,
    /// Its name among the pictures to compare; without a name it is not one of these.
    pub(super) name: Option<String>,
    /// A description for those who cannot see it.
    pub(super) alt: String,
    pub(super) caption: String,
}

/// The role of a picture in the page's script.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Shown {
    /// The far view of the hybrid, against which the script checks its own blur.
    Afar,
    Other,
}

/// A plot, with its description in words and its caption.
pub(super) struct DescribedPlot {
    pub(super) plot: Plot,
    pub(super) description: String,
    pub(super) caption: Option<String>,
}

/// Builds the whole page.
pub(super) fn html(page: &Content<'_>, watch: &mut Watch<'_>) -> Result<String, JobError> {
    let mut filled = String::new();
    fill(TEMPLATE, &mut filled, |name| {
        watch.tell(EventKind::Advanced)?;
        Ok::<_, JobError>(match name {
            "away" => page.away.attributes(),
            "screen" => screen(page.hybrid, Held::Against, &page.curves, "Hybrid")?,
            "controls" => page.away.controls(HINT),
            "picture-strip" => address(page.strip, Format::Jpeg)?,
            "pictures" => page.figures.iter().map(|shown| figure(shown, watch)).collect::<Result<_, JobError>>()?,
            "switch" => escaped(&page.switch),
            "plot-percept" => page.percepts.to_element(&page.switch),
            "decades" => DECADES.to_string(),
            "spectra" => spectra(&page.spectra)?,
            "plots" => page.plots.iter().map(plot).collect(),
            "losses" => losses(page),
            "scores" => page.scores.iter().map(cells).collect(),
            "notes" => notes(page.notes),
            "settings" => page.settings.iter().map(setting).collect(),
            "recipe" => escaped(&page.recipe),
            other => unreachable!("the template has no place named {other}"),
        })
    })?;
    let frame = Frame { title: page.title, verdict: &page.verdict, links: &LINKS, script: Some(EXPLAIN) };
    Ok(frame.around(&filled))
}

/// A picture with its caption.
fn figure(figure: &Figure<'_>, watch: &mut Watch<'_>) -> Result<String, JobError> {
    watch.tell(EventKind::Advanced)?;
    let (id, format) = match figure.what {
        // PNG, to keep all of its codes.
        Shown::Afar => (" id=\"picture-afar\"", Format::Png),
        Shown::Other => ("", Format::Jpeg),
    };
    let name = figure.name.as_ref().map(|name| format!(" data-name=\"{}\"", escaped(name))).unwrap_or_default();
    let (source, alt, caption) = (address(figure.picture, format)?, escaped(&figure.alt), escaped(&figure.caption));
    Ok(format!("<figure><img{id}{name} src=\"{source}\" alt=\"{alt}\"><figcaption>{caption}</figcaption></figure>\n"))
}

fn plot(shown: &DescribedPlot) -> String {
    let caption = shown.caption.as_ref().map(|text| format!("<figcaption>{}</figcaption>", escaped(text)));
    let plot = shown.plot.to_element(&shown.description);
    format!("<figure class=\"plot\" tabindex=\"0\">{plot}{}</figure>\n", caption.unwrap_or_default())
}

/// Drawn spectra with axes, on one scale.
fn spectra(spectra: &[(&str, Spectrum)]) -> Result<String, EncodeError> {
    let all: Vec<_> = spectra.iter().map(|(_, spectrum)| spectrum).collect();
    let pictures = spectra_pictures(&all, SPECTRUM_SIDE);
    let mut html = String::new();
    for ((name, found), picture) in spectra.iter().zip(&pictures) {
        let (width, height) = (picture.size().width(), picture.size().height());
        let (left, bottom) = (36.0, 40.0);
        let mut svg = format!(
            "<svg viewBox=\"0 0 {} {}\" role=\"img\" aria-label=\"Spectrum of {}\" font-size=\"11\" fill=\"var(--plot-text)\">\
             <image x=\"{left}\" y=\"4\" width=\"{width}\" height=\"{height}\" href=\"{}\"/>",
            width as f64 + left + 8.0,
            height as f64 + bottom + 4.0,
            escaped(name),
            address(picture, Format::Png)?
        );
        let mut text = |x: f64, y: f64, anchor: &str, words: &str| {
            write!(svg, "<text x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{anchor}\">{words}</text>")
                .expect("writing to a string cannot fail");
        };
        let floor = height as f64 + 4.0;
        for (cycles, place) in ticks(found.size().width()) {
            text(left + place * width as f64, floor + 14.0, "middle", &format!("{cycles:.0}"));
        }
        for (cycles, place) in ticks(found.size().height()) {
            text(left - 5.0, 8.0 + place * height as f64, "end", &format!("{cycles:.0}"));
        }
        text(left + 0.5 * width as f64, floor + 30.0, "middle", "cycles per picture");
        write!(html, "<figure>{svg}</svg><figcaption>{}</figcaption></figure>", escaped(name))
            .expect("writing to a string cannot fail");
    }
    Ok(html)
}

fn losses(page: &Content<'_>) -> String {
    let Some(plot) = &page.losses else { return String::new() };
    let plot = plot.to_element("The loss of the hybrid and of its terms, step by step: it falls");
    format!(
        "<section id=\"losses\" aria-labelledby=\"losses-title\"><h2 id=\"losses-title\">Losses</h2>\
         <figure class=\"plot\" tabindex=\"0\">{plot}</figure></section>"
    )
}

/// A row of a table, with its first cell as a header.
fn cells([name, value, meaning]: &[String; 3]) -> String {
    let [name, value, meaning] = [name, value, meaning].map(|text| escaped(text));
    format!("<tr><th scope=\"row\">{name}</th><td>{value}</td><td>{meaning}</td></tr>")
}

fn notes(notes: &[String]) -> String {
    if notes.is_empty() {
        return String::new();
    }
    let items: String = notes.iter().map(|note| format!("<li>{}</li>", escaped(note))).collect();
    format!("<h3>Notes</h3><ul>{items}</ul>")
}

fn setting([name, value]: &[String; 2]) -> String {
    format!("<dt>{}</dt><dd><bdi>{}</bdi></dd>", escaped(name), escaped(value))
}
