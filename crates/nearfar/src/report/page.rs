//! The page itself: a template and what fills it, whatever the hybrid is made of.

use std::fmt::Write;

use nearfar_codec::{EncodeError, Format};
use nearfar_fourier::Spectrum;
use nearfar_image::{Encoded, Image};
use nearfar_vision::{Density, PixelsPerDegree};
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::{
    figures::{SPECTRUM_SIDE, address},
    tables::Row,
};
use crate::{
    JobError, Provenance, What,
    base64::base64,
    event::Watch,
    look::{
        spectra_pictures,
        spectrum::{DECADES, ticks},
    },
    plot::{Plot, escaped},
};

const TEMPLATE: &str = include_str!("page.html");
pub(super) const STYLE: &str = include_str!("style.css");
const SCRIPT: &str = include_str!("script.js");

/// What a page shows.
pub(super) struct Content<'a> {
    pub(super) title: &'a str,
    /// From where what is seen, in short.
    pub(super) verdict: String,
    /// Of the hybrid, in pixels.
    pub(super) width: usize,
    pub(super) density: Density,
    pub(super) curves: Vec<Curve>,
    /// Distances worth a look, by name, in widths of the hybrid.
    pub(super) marks: Vec<(String, f64)>,
    /// The nearest and the farthest distance of the slider, in widths of the hybrid.
    pub(super) range: [f64; 2],
    /// The distance that `afar` is seen from, in widths of the hybrid.
    pub(super) afar_widths: f64,
    /// No larger than pages show them.
    pub(super) hybrid: &'a Image<Encoded>,
    pub(super) strip: &'a Image<Encoded>,
    pub(super) figures: Vec<Figure<'a>>,
    /// From where which picture is seen, in sentences and as a plot.
    pub(super) switch: String,
    pub(super) percepts: Plot,
    pub(super) spectra: Vec<(&'a str, Spectrum)>,
    /// Plots of frequencies.
    pub(super) plots: Vec<DescribedPlot>,
    pub(super) losses: Option<Plot>,
    pub(super) scores: Vec<Row>,
    pub(super) notes: &'a [String],
    pub(super) settings: Vec<[String; 2]>,
    /// As TOML.
    pub(super) recipe: String,
}

/// How clearly one of the pictures is seen from where.
#[derive(Serialize)]
pub(super) struct Curve {
    pub(super) name: String,
    /// Distances in widths of the hybrid, near to far, and how much more of the picture is seen from there than of the
    /// strongest other one.
    pub(super) points: Vec<[f64; 2]>,
}

/// A picture among others.
pub(super) struct Figure<'a> {
    pub(super) picture: &'a Image<Encoded>,
    pub(super) what: Shown,
    /// What it is called among pictures to compare; without it it is not among them.
    pub(super) name: Option<String>,
    /// In words, for who does not see it.
    pub(super) alt: String,
    pub(super) caption: String,
}

/// What a picture of the page is to its script.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Shown {
    /// The hybrid from afar, which the script's own blur is held against.
    Afar,
    Other,
}

/// A plot, what it shows in words, and what stands below it.
pub(super) struct DescribedPlot {
    pub(super) plot: Plot,
    pub(super) description: String,
    pub(super) caption: Option<String>,
}

/// The whole page.
pub(super) fn html(page: &Content<'_>, watch: &mut Watch<'_>) -> Result<String, JobError> {
    let one = PixelsPerDegree::new(1.0).expect("in range");
    let [nearest, farthest] = page.range;
    let mut filled = String::new();
    fill(TEMPLATE, &mut filled, |name| {
        watch.tell(What::Advanced)?;
        Ok::<_, JobError>(match name {
            "title" => escaped(page.title),
            "version" => Provenance::VERSION.to_owned(),
            "style" => STYLE.to_owned(),
            "style-hash" => hash(STYLE),
            "script" => SCRIPT.to_owned(),
            "script-hash" => hash(SCRIPT),
            "verdict" => escaped(&page.verdict),
            "width" => page.width.to_string(),
            "dpi" => format!("{:.0}", page.density.pixels_per_inch()),
            "eye" => format!("{:.9}", one.eye_sigma()),
            "degree" => format!("{:.12}", 1.0 / one.picture_widths(1)),
            "far-widths" => format!("{:.6}", page.afar_widths),
            "nearest" => format!("{nearest:.6}"),
            "farthest" => format!("{farthest:.6}"),
            "curves" => escaped(&serde_json::to_string(&page.curves).expect("plain names and numbers")),
            "marks" => page.marks.iter().map(mark).collect(),
            "picture-hybrid" => address(page.hybrid, Format::Png)?,
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
    Ok(filled)
}

/// Copies a template; what stands in double braces is replaced by what `value` says of it, once.
pub(super) fn fill<E>(
    template: &str,
    target: &mut String,
    mut value: impl FnMut(&str) -> Result<String, E>,
) -> Result<(), E> {
    let mut rest = template;
    while let Some((before, after)) = rest.split_once("{{") {
        let (name, behind) = after.split_once("}}").expect("the template closes its braces");
        target.push_str(before);
        target.push_str(&value(name)?);
        rest = behind;
    }
    target.push_str(rest);
    Ok(())
}

/// As a content security policy names a style or a script.
pub(super) fn hash(text: &str) -> String {
    format!("sha256-{}", base64(&Sha256::digest(text.as_bytes())))
}

/// A button that takes the slider to a distance.
fn mark((name, widths): &(String, f64)) -> String {
    format!("<button type=\"button\" data-go=\"{widths:.6}\">{}</button> ", escaped(name))
}

/// A picture with its caption.
fn figure(figure: &Figure<'_>, watch: &mut Watch<'_>) -> Result<String, JobError> {
    watch.tell(What::Advanced)?;
    let (id, format) = match figure.what {
        // All of its codes.
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

/// Drawn spectra with their axes, on one scale.
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

/// A row of a table; the first cell is its head.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_not_filled_themselves() {
        let mut filled = String::new();
        fill("<{{a}}|{{b}}>", &mut filled, |name| {
            Ok::<_, std::convert::Infallible>(if name == "a" { "{{b}}".to_owned() } else { "B".to_owned() })
        })
        .unwrap();
        assert_eq!(filled, "<{{b}}|B>");
    }

    #[test]
    fn policy_names_the_style_and_the_script_of_the_page() {
        assert!(!STYLE.contains("</style") && !SCRIPT.contains("</script") && !SCRIPT.contains("{{"));
        assert_eq!(hash(""), "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
    }
}
