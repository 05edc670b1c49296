//! What was given and what was chosen for a hybrid, and why.

use nearfar_kernels::Share;
use nearfar_vision::{Density, Viewing};

use crate::{Cutoffs, Method, Request, Strength, Subject, fit, fit::Aligned, settings::Worded, words};

/// One line each for the fit, the crossover, FAR's share, and the distances on a surface of the given density. `viewing` is
/// in the pixels of that surface.
#[must_use]
pub fn choices(
    request: &Request,
    method: &Method,
    aligned: &Aligned,
    viewing: Option<Viewing>,
    density: Density,
) -> Vec<String> {
    let mut lines = vec![fit(request, aligned), crossover(request, method, aligned)];
    lines.extend(method.sigma().map(|sigma| format!("sigma: {sigma:.2} px, the far view's blur that goes with it")));
    lines.extend(method.share().map(|share| self::share(request, share, aligned)));
    lines.extend(viewing.map(|viewing| seen(request, viewing, density)));
    lines
}

fn fit(request: &Request, aligned: &Aligned) -> String {
    let why = match request.recipe.align.method {
        fit::Method::Auto => "chosen: the first reliable method",
        _ => "as given",
    };
    let scale = aligned.far_scale();
    format!("fit: {} ({why}); a pixel of FAR is {scale:.2} pixels of NEAR", aligned.fitted())
}

fn crossover(request: &Request, method: &Method, aligned: &Aligned) -> String {
    let Some(found) = method.crossover() else {
        return "crossover: none; with these weights no frequency is shared evenly".to_owned();
    };
    let cycles = found.cycles_per_pixel();
    let across = cycles * aligned.pair.size().shorter_side() as f64;
    let is_said = request.recipe.method.crossover().is_some() || request.cutoffs != Cutoffs::default();
    let why = match (request.far, aligned.subject()) {
        (Some(far), _) => format!("so that FAR is seen from {far}"),
        _ if is_said => "as given".to_owned(),
        (None, subject) => {
            let known = match subject {
                Subject::Face { width, .. } => {
                    format!("{:.1} of them across FAR's face, {width:.0} pixels wide", cycles * width)
                }
                Subject::Picture { .. } => "no face was found in FAR".to_owned(),
            };
            let strength = request.share.strength();
            let times = method.choose(aligned, strength).relative_cycles;
            let strong = match strength {
                Strength::Even => String::new(),
                strength => format!(" and since FAR is to be {}", strength.word()),
            };
            format!("{known}; {times:.2} times as many as usual, by what a draft shows of NEAR{strong}")
        }
    };
    format!("crossover: {across:.1} cycles across the shorter side, {cycles:.4} per pixel ({why})")
}

fn share(request: &Request, share: Share, aligned: &Aligned) -> String {
    let Share { near_color, color, tone, plain, relight, focus, near_face, face_green: _ } = share;
    let percent = |part: f64, said: Option<f64>| {
        format!("{:.0} %{}", 100.0 * part, if said.is_some() { " as given" } else { "" })
    };
    let said = request.share;
    let [color, tone, plain] =
        [(color, said.color), (tone, said.tone), (plain, said.plain)].map(|(part, said)| percent(part, said));
    let on_face = near_face.filter(|face| face.inside < share.color);
    let on_face = on_face.map(|face| format!(" ({} on NEAR's face)", percent(face.inside, None))).unwrap_or_default();
    let mut text = format!(
        "share: {color} of FAR's colours{on_face}, {tone} of its tone, {plain} of its shapes where NEAR is plain"
    );
    if said.near_color.is_some() || near_color < 1.0 {
        text += &format!(", {} of NEAR's colours", percent(near_color, said.near_color));
    }
    if said.relight.is_some() {
        text += &format!(", NEAR's details {} of the way into FAR's light", percent(relight, said.relight));
    }
    if let Some(focus) = focus {
        text += &format!(", {} of what is beside its face", percent(focus.rest, said.beside));
    }
    let near = if aligned.near_face.is_some() { "NEAR shows a face" } else { "no face was found in NEAR" };
    let far = match aligned.subject() {
        Subject::Face { .. } => "FAR's face is known by its shapes",
        Subject::Picture { .. } => "things are known by their colours, too",
    };
    format!("{text} ({far}; {near})")
}

fn seen(request: &Request, Viewing { near_ppd, far_ppd }: Viewing, density: Density) -> String {
    let near = if request.near.is_some() { "as given" } else { "as people sit in front of a screen, or nearer" };
    let far = if request.far.is_some() { "as given" } else { "where the eye's blur hides NEAR" };
    format!(
        "distances: NEAR from {}, {near}; FAR from {}, {far}",
        words::distance(near_ppd, density),
        words::distance(far_ppd, density)
    )
}
