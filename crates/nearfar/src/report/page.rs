//! The page itself: a template and what fills it.

use std::fmt::Write;

use nearfar_codec::{EncodeError, Format};
use nearfar_fourier::Spectrum;
use nearfar_kernels::Execution;
use nearfar_vision::PixelsPerDegree;
use sha2::{Digest, Sha256};

use super::{
    ReportPage,
    figures::{Pictures, SPECTRUM_SIDE, address},
};
use crate::{
    Mix, Provenance,
    base64::base64,
    look::{
        Known, Scene, metres, spectra_pictures,
        spectrum::{DECADES, ticks},
        widths,
    },
    plot::escaped,
};

const TEMPLATE: &str = include_str!("page.html");
pub(super) const STYLE: &str = include_str!("style.css");
const SCRIPT: &str = include_str!("script.js");

/// The whole page.
pub(super) fn html(page: &ReportPage<'_>, execution: &Execution) -> Result<String, EncodeError> {
    let pictures = Pictures::new(page, execution);
    let spectra = pictures.spectra();
    let one = PixelsPerDegree::new(1.0).expect("in range");
    let study = page.study;
    let far = study.viewing.far_ppd;
    let curve: Vec<_> = study.perception.curve.iter().map(|seen| [page.widths(seen.ppd), seen.p]).collect();
    let seat = page.study.seat;
    let known = Known::Perception(&study.perception);
    let verdict = Scene { hybrid: page.hybrid, density: study.density, seat, known }.verdict().unwrap_or_default();
    let far_distance = match far.distance(study.density) {
        Ok(distance) => format!("{} ({})", metres(distance), widths(page.widths(far))),
        Err(_) => widths(page.widths(far)),
    };
    let recipe = match page.provenance.map(|made| &made.mix) {
        Some(Mix::Pair { recipe, .. }) => recipe.to_toml(),
        Some(Mix::Objective { objective, .. }) => objective.toml.clone(),
        _ => crate::Recipe { method: page.method.clone(), ..crate::Recipe::default() }.to_toml(),
    };
    let filter = match page.method {
        crate::Method::Fourier(_) => "the filter",
        crate::Method::Descent(_) => "a Gaussian filter",
    };
    let mut filled = String::new();
    fill(TEMPLATE, &mut filled, |name| {
        Ok(match name {
            "title" => escaped(page.title),
            "version" => Provenance::VERSION.to_owned(),
            "style" => STYLE.to_owned(),
            "style-hash" => hash(STYLE),
            "script" => SCRIPT.to_owned(),
            "script-hash" => hash(SCRIPT),
            "verdict" => escaped(&verdict),
            "width" => page.hybrid.size().width().to_string(),
            "dpi" => format!("{:.0}", study.density.pixels_per_inch()),
            "eye" => format!("{:.9}", one.eye_sigma()),
            "degree" => format!("{:.12}", 1.0 / one.picture_widths(1)),
            "far-widths" => format!("{:.6}", page.widths(far)),
            "curve" => serde_json::to_string(&curve).expect("plain numbers"),
            "picture-hybrid" => address(&pictures.hybrid, Format::Png)?,
            "picture-afar" => address(&pictures.afar, Format::Png)?,
            "picture-near" => address(&pictures.near, Format::Jpeg)?,
            "picture-far" => address(&pictures.far, Format::Jpeg)?,
            "picture-details" => address(&pictures.details, Format::Jpeg)?,
            "picture-shapes" => address(&pictures.shapes, Format::Jpeg)?,
            "picture-strip" => address(&pictures.strip, Format::Jpeg)?,
            "far-distance" => escaped(&far_distance),
            "switch" => escaped(&switch(page)),
            "plot-percept" => page.percept_plot().to_element(&switch(page)),
            "decades" => DECADES.to_string(),
            "spectra" => figures(&spectra)?,
            "plot-radial" => page.radial_plot(&spectra).to_element(
                "How strong each frequency is in NEAR, FAR and the hybrid: the hybrid follows FAR below the crossover and NEAR above",
            ),
            "plot-gains" => page
                .gains_plot()
                .to_element("How much of NEAR and of FAR is in the hybrid, over frequency: FAR's share falls, NEAR's rises"),
            "filter" => filter.to_owned(),
            "losses" => losses(page),
            "scores" => page.score_rows().iter().map(cells).collect(),
            "notes" => notes(page.notes),
            "settings" => settings(page),
            "recipe" => escaped(&recipe),
            other => unreachable!("the template has no place named {other}"),
        })
    })?;
    Ok(filled)
}

/// Copies a template; what stands in double braces is replaced by what `value` says of it, once.
pub(super) fn fill(
    template: &str,
    target: &mut String,
    mut value: impl FnMut(&str) -> Result<String, EncodeError>,
) -> Result<(), EncodeError> {
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

/// From where which picture is seen, in sentences.
fn switch(page: &ReportPage<'_>) -> String {
    let switch = &page.study.perception.switch;
    let place = |ppd: PixelsPerDegree| {
        let widths = widths(page.widths(ppd));
        ppd.distance(page.study.density).map_or(widths.clone(), |distance| format!("{} ({widths})", metres(distance)))
    };
    let mut sentences = Vec::new();
    if let Some(ppd) = switch.near_ends_ppd {
        sentences.push(format!("NEAR is clearly seen up to {}.", place(ppd)));
    }
    if let Some(ppd) = switch.even_ppd {
        sentences.push(format!("Both are seen alike from {}.", place(ppd)));
    }
    if let Some(ppd) = switch.far_begins_ppd {
        sentences.push(format!("FAR is clearly seen from {} on.", place(ppd)));
    }
    if sentences.is_empty() {
        sentences.push("One picture is seen from everywhere.".to_owned());
    }
    sentences.push("This is a model of the first look; people who walk away hold on to NEAR longer.".to_owned());
    sentences.join(" ")
}

/// Drawn spectra with their axes, on one scale.
fn figures(spectra: &[(&str, Spectrum); 5]) -> Result<String, EncodeError> {
    let pictures = spectra_pictures(&spectra.each_ref().map(|(_, spectrum)| spectrum), SPECTRUM_SIDE);
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

fn losses(page: &ReportPage<'_>) -> String {
    let Some(plot) = page.losses_plot() else { return String::new() };
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

fn settings(page: &ReportPage<'_>) -> String {
    let row = |[name, value]: &[String; 2]| format!("<dt>{}</dt><dd><bdi>{}</bdi></dd>", escaped(name), escaped(value));
    page.setting_rows().iter().map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_not_filled_themselves() {
        let mut filled = String::new();
        fill("<{{a}}|{{b}}>", &mut filled, |name| Ok(if name == "a" { "{{b}}".to_owned() } else { "B".to_owned() }))
            .unwrap();
        assert_eq!(filled, "<{{b}}|B>");
    }

    #[test]
    fn policy_names_the_style_and_the_script_of_the_page() {
        assert!(!STYLE.contains("</style") && !SCRIPT.contains("</script") && !SCRIPT.contains("{{"));
        assert_eq!(hash(""), "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
    }
}
