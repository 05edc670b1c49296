//! What was done, in plain words.

use nearfar::{
    Choice, Flip, Method, Report, Size, Subject,
    align::Healing,
    descent::{Losses, StopReason},
    fit::{self, Aligned, Note},
    image::Landmarks,
};

/// How the pictures were made to fit, in a sentence or a few.
pub(crate) fn fit(aligned: &Aligned) -> Vec<String> {
    let sure = format!("confidence {:.2}", aligned.confidence);
    let how = match aligned.method {
        fit::Method::Points => "aligned by the points".to_owned(),
        fit::Method::Faces => format!("aligned by {}, {sure}", faces(aligned)),
        fit::Method::Portrait => {
            format!("the one face, {}, put into the middle, {sure}", one_face(aligned))
        }
        fit::Method::Content => format!("aligned by what both pictures show, {sure}"),
        fit::Method::Crop => "cropped to the size that both have".to_owned(),
        fit::Method::None => "the pictures have one size and are taken as they are".to_owned(),
        _ => "fitted middle on middle; --points says where the same things are, if they are anywhere".to_owned(),
    };
    let edges = match aligned.healing {
        Healing::Covered => String::new(),
        Healing::Cropped => format!("; cropped to {} pixels, which both pictures cover", aligned.frame.size),
        Healing::Extended => {
            let covered = if aligned.overlap > 0.995 {
                "nearly all".to_owned()
            } else {
                format!("{:.0} % of the picture", 100.0 * aligned.overlap)
            };
            format!("; FAR covers {covered} and is extended softly beyond its edges")
        }
        Healing::CroppedAndExtended => format!(
            "; cropped to {} pixels around what FAR covers ({:.0} % of NEAR), and there FAR is extended softly beyond its \
             edges",
            aligned.frame.size,
            100.0 * aligned.overlap
        ),
    };
    std::iter::once(how + &edges).chain(aligned.notes.iter().filter_map(|known| note(known, aligned))).collect()
}

/// Whose faces they are.
fn faces(aligned: &Aligned) -> &'static str {
    let animal = |face: &Option<Landmarks>| face.is_some_and(|face| face.animal);
    match (animal(&aligned.near_face), animal(&aligned.far_face)) {
        (false, false) => "the faces",
        (true, false) => "the eyes of NEAR's animal and FAR's person",
        (false, true) => "the eyes of NEAR's person and FAR's animal",
        (true, true) => "the eyes of both animals",
    }
}

fn one_face(aligned: &Aligned) -> &'static str {
    match aligned.near_face.or(aligned.far_face) {
        Some(face) if face.animal => "an animal's",
        _ => "a person's",
    }
}

fn note(note: &Note, aligned: &Aligned) -> Option<String> {
    match note {
        Note::PointsMisfit { pixels } => {
            Some(format!("the points agree to {pixels:.1} pixels of FAR with a map that bends nothing"))
        }
        Note::FarEnlarged { factor } => {
            Some(format!("warning: FAR is enlarged {factor:.1} times and looks soft; a larger picture would be better"))
        }
        Note::LittleKept { share } => Some(format!(
            "warning: the hybrid shows only {:.0} % of NEAR, {} pixels; --edges extend or --align center keeps all of it",
            100.0 * share,
            aligned.frame.size
        )),
        Note::Faces { near, far } if *near > 1 || *far > 1 => {
            Some(format!("faces found: {near} in NEAR, {far} in FAR; the largest of each is taken"))
        }
        _ => None,
    }
}

/// What was chosen, for the method that came of it, and why.
pub(crate) fn choice(choice: &Choice, method: &Method) -> String {
    let cycles = choice.crossover.cycles_per_pixel();
    let what = match method {
        Method::Descent(options) => match options.sigma() {
            Ok(sigma) => format!("sigma {sigma:.1} px"),
            Err(_) => format!("crossover {cycles:.4} cycles per pixel"),
        },
        Method::Fourier(_) => format!("cutoff {cycles:.4} cycles per pixel"),
    };
    match choice.subject {
        Subject::Face { width, .. } => format!("{what}: FAR's face is {width:.0} pixels wide"),
        Subject::Picture { side } => format!("{what}: the picture's shorter side is {side} pixels"),
    }
}

/// A word about a hybrid that does not flip, and what would help.
pub(crate) fn flip(flip: &Flip, aligned: &Aligned) -> Vec<String> {
    let help = match (aligned.far_face.is_some(), aligned.near_face.is_some()) {
        (true, false) => "swap the pictures, or take a NEAR with bold outlines",
        _ => "swap the pictures, or say with --points where the same things are",
    };
    let mut lines = Vec::new();
    if !flip.shows_near() {
        lines.push(format!(
            "warning: it will hardly flip: up close FAR shows through NEAR (percept {:+.2}); {help}",
            flip.near
        ));
    }
    if !flip.shows_far() {
        lines.push(format!(
            "warning: it will hardly flip: from afar NEAR is still seen (percept {:+.2}); {help}",
            flip.far
        ));
    }
    lines
}

/// A word about pictures that have no room for two.
pub(crate) fn small(size: Size) -> Option<String> {
    /// Pixels of a shorter side that hold the 11 cycles by which one picture is known, with some left for the other.
    const LEAST: usize = 64;
    (size.shorter_side() < LEAST)
        .then(|| format!("warning: {size} pixels have hardly room for two pictures; take larger ones"))
}

/// What a picture costs, and what parts make that up.
pub(crate) fn losses(losses: &Losses) -> String {
    let parts: Vec<_> = losses.terms.iter().map(|term| format!("{} {:.2}", term.name, term.value)).collect();
    format!("loss {:.2} ({})", losses.total, parts.join(", "))
}

/// What the method did, in `seconds`.
pub(crate) fn report(report: &Report, seconds: f64) -> String {
    match report {
        Report::Descent { evaluations, stop_reason, losses: found, .. } => {
            let why = match stop_reason {
                StopReason::Converged => "converged",
                StopReason::MaxIterations => "all iterations made",
                StopReason::NoProgress => "nothing more to gain",
                StopReason::Cancelled => "interrupted",
                _ => "done",
            };
            format!("{} after {evaluations} evaluations in {seconds:.2} s ({why})", losses(found))
        }
        Report::Fourier { clipped_share, clipping_energy_lost, .. } => format!(
            "{:.2} % of the pixels clipped, {:.3} % of the energy lost, in {seconds:.2} s",
            100.0 * clipped_share,
            100.0 * clipping_energy_lost
        ),
    }
}
