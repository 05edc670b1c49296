//! The part of a page that walks away from its hybrids: what the slider moves, and the data for its script.

use std::convert::Infallible;

use nearfar_codec::{EncodeError, Format};
use nearfar_image::{Encoded, Image};
use nearfar_kernels::Execution;
use nearfar_vision::{Density, FarView, Percept, PixelsPerDegree};
use serde::Serialize;

use super::{figures::address, frame::fill};
use crate::plot::escaped;

const CONTROLS: &str = include_str!("controls.html");

/// The distances from which hybrids of one size are seen, in widths of a hybrid.
pub(super) struct Away {
    /// Width of a hybrid in pixels; on the page it may be smaller.
    pub(super) width: usize,
    pub(super) density: Density,
    /// Nearest and farthest distance of the slider.
    pub(super) range: [f64; 2],
    /// Distance at which the script's blur is checked against that of the library.
    pub(super) afar: f64,
    /// Named distances worth a look.
    pub(super) marks: Vec<(String, f64)>,
}

/// How clearly one of a hybrid's pictures is seen at each distance.
#[derive(Serialize)]
pub(super) struct Curve {
    pub(super) name: String,
    /// Distances in widths of the hybrid, near to far, each with the margin of this picture over the strongest other one.
    pub(super) points: Vec<[f64; 2]>,
}

/// Whether the script's blur is checked against a picture.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Held {
    /// It is checked against our own far view, which therefore keeps all of its codes.
    Against,
    Not,
}

impl Away {
    /// The nearest distance worth a look at a hybrid made for the distance `afar`.
    pub(super) fn nearest(afar: f64) -> f64 {
        (0.5 * afar).min(2.0)
    }

    /// The slider's end, somewhat beyond the farthest of `distances`.
    pub(super) fn farthest(distances: impl IntoIterator<Item = f64>) -> f64 {
        1.6 * distances.into_iter().fold(0.0, f64::max)
    }

    /// Attributes of the section whose pictures the slider blurs.
    pub(super) fn attributes(&self) -> String {
        let one = PixelsPerDegree::new(1.0).expect("in range");
        let (eye, degree) = (one.eye_sigma(), 1.0 / one.picture_widths(1));
        let Self { width, density, range: [nearest, farthest], afar, .. } = self;
        format!(
            " data-width=\"{width}\" data-dpi=\"{:.0}\" data-eye=\"{eye:.9}\" data-degree=\"{degree:.12}\" \
             data-far=\"{afar:.6}\" data-nearest=\"{nearest:.6}\" data-farthest=\"{farthest:.6}\"",
            density.pixels_per_inch()
        )
    }

    /// The slider and its controls; the hint is plain text.
    pub(super) fn controls(&self, hint: &str) -> String {
        let mark = |(name, widths): &(String, f64)| {
            format!("<button type=\"button\" data-go=\"{widths:.6}\">{}</button> ", escaped(name))
        };
        let mut filled = String::new();
        let Ok(()) = fill(CONTROLS, &mut filled, |name| {
            Ok::<_, Infallible>(match name {
                "marks" => self.marks.iter().map(mark).collect(),
                "dpi" => format!("{:.0}", self.density.pixels_per_inch()),
                "hint" => escaped(hint),
                other => unreachable!("the template has no place named {other}"),
            })
        });
        filled
    }

    /// The section whose pictures the slider blurs, for a page that has no other content about them.
    pub(super) fn section(&self, html: &str) -> String {
        format!(
            "<section id=\"seen-from-afar\" aria-labelledby=\"seen-title\"{}><h2 id=\"seen-title\">Seen from \
             afar</h2>{html}</section>",
            self.attributes()
        )
    }

    /// Our own far view of a picture, which is not shown: the script [checks](Held) its blur against it.
    pub(super) fn check(&self, picture: &Image<Encoded>, execution: &Execution) -> Result<String, EncodeError> {
        let widths = PixelsPerDegree::new(1.0).expect("in range").picture_widths(picture.size().width());
        let ppd = PixelsPerDegree::new((self.afar / widths).max(0.01)).expect("below that of the hybrid itself");
        let seen = FarView::new(picture.size(), ppd).apply(picture, execution);
        Ok(format!("<img id=\"picture-afar\" src=\"{}\" alt=\"\" hidden>", address(&seen, Format::Png)?))
    }
}

/// Curves of the near and the far picture in a hybrid `width` pixels wide.
pub(super) fn near_and_far(curve: &[Percept], width: usize) -> Vec<Curve> {
    let of = |(name, sign): (&str, f64)| Curve {
        name: name.to_owned(),
        points: curve.iter().map(|seen| [seen.ppd.picture_widths(width), sign * seen.p]).collect(),
    };
    [("NEAR", 1.0), ("FAR", -1.0)].map(of).into()
}

/// A picture that the slider blurs. A picture without curves is no hybrid, and gets no text about what is seen.
pub(super) fn screen(
    picture: &Image<Encoded>,
    held: Held,
    curves: &[Curve],
    name: &str,
) -> Result<String, EncodeError> {
    let (id, format) = match held {
        Held::Against => (" id=\"checked\"", Format::Png),
        Held::Not => ("", Format::Jpeg),
    };
    let curves = escaped(&serde_json::to_string(curves).expect("plain names and numbers"));
    let (name, source) = (escaped(name), address(picture, format)?);
    Ok(format!(
        "<div class=\"screen\" data-curves=\"{curves}\"><img{id} data-name=\"{name}\" src=\"{source}\" alt=\"{name}, as seen up \
         close\"><canvas role=\"img\" aria-label=\"{name}, as the eye's blur leaves it from the distance chosen\" \
         hidden></canvas></div>"
    ))
}

/// The same picture among others, with a caption, and below that what is seen.
pub(super) fn figure(
    picture: &Image<Encoded>,
    held: Held,
    curves: &[Curve],
    name: &str,
) -> Result<String, EncodeError> {
    let (screen, name) = (screen(picture, held, curves, name)?, escaped(name));
    Ok(format!("<figure>{screen}<figcaption>{name}<br><span class=\"seen\"></span></figcaption></figure>"))
}
