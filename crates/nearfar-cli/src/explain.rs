//! What was done, in plain words.

use nearfar::{
    Choice, Report, Subject,
    align::{Aligned, Healing, Landmarks, Method, Note},
    descent::{Losses, StopReason},
};

/// How the pictures were made to fit, in a sentence or a few.
pub(crate) fn fit(aligned: &Aligned) -> Vec<String> {
    let sure = format!("confidence {:.2}", aligned.confidence);
    let how = match aligned.method {
        Method::Points => "aligned by the points".to_owned(),
        Method::Faces => format!("aligned by {}, {sure}", faces(aligned)),
        Method::Portrait => {
            format!("the one face, {}, laid on the middle of the other picture, {sure}", one_face(aligned))
        }
        Method::Content => format!("aligned by what both pictures show, {sure}"),
        Method::Crop => "cropped to the size that both have".to_owned(),
        Method::None => "taken as they are".to_owned(),
        _ => "fitted middle on middle".to_owned(),
    };
    let edges = match aligned.healing {
        Healing::Covered => String::new(),
        Healing::Cropped => format!("; cropped to {} pixels, which both pictures cover", aligned.frame.size),
        Healing::Extended => {
            format!("; FAR covers {:.0} % and is extended softly beyond its edges", 100.0 * aligned.overlap)
        }
        Healing::CroppedAndExtended => format!(
            "; cropped to {} pixels around what FAR covers ({:.0} % of NEAR), and there FAR is extended softly beyond its \
             edges",
            aligned.frame.size,
            100.0 * aligned.overlap
        ),
    };
    std::iter::once(how + &edges).chain(aligned.notes.iter().filter_map(|known| note(known, aligned.method))).collect()
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

fn note(note: &Note, method: Method) -> Option<String> {
    match note {
        Note::ContentUncertain { .. } if method == Method::Portrait => {
            Some("better say where the same things are with --points".to_owned())
        }
        Note::ContentUncertain { .. } => Some(
            "warning: nothing was found to align the pictures by; better say where the same things are with --points"
                .to_owned(),
        ),
        Note::PointsMisfit { pixels } => {
            Some(format!("the points agree to {pixels:.1} pixels of FAR with a map that bends nothing"))
        }
        Note::FarEnlarged { factor } => {
            Some(format!("FAR is enlarged {factor:.1} times; a larger picture would be better"))
        }
        Note::Faces { near, far } if *near > 1 || *far > 1 => {
            Some(format!("faces found: {near} in NEAR, {far} in FAR; the largest of each is taken"))
        }
        _ => None,
    }
}

/// What was chosen, and why.
pub(crate) fn choice(choice: &Choice) -> String {
    let Choice { sigma, subject, .. } = choice;
    match subject {
        Subject::Face { width } => format!("sigma {sigma:.1} px: FAR's face is {width:.0} pixels wide"),
        Subject::Picture { side } => format!("sigma {sigma:.1} px: the picture is {side} pixels high or wide"),
        Subject::Given => format!("sigma {sigma:.1} px as given"),
    }
}

pub(crate) fn losses(losses: Losses) -> String {
    let Losses { total, near, far, .. } = losses;
    format!("loss {total:.2} (near {near:.2}, far {far:.2})")
}

/// What the method did, in `seconds`.
pub(crate) fn report(report: &Report, seconds: f64) -> String {
    match report {
        Report::Descent { evaluations, stop_reason, losses: found, .. } => {
            let why = match stop_reason {
                StopReason::Converged => "converged",
                StopReason::MaxSteps => "all steps taken",
                StopReason::Cancelled => "interrupted",
                _ => "done",
            };
            format!("{} after {evaluations} evaluations in {seconds:.2} s ({why})", losses(*found))
        }
        Report::Fourier { clipped_share, clipping_energy_lost, .. } => format!(
            "{:.2} % of the pixels clipped, {:.3} % of the energy lost, in {seconds:.2} s",
            100.0 * clipped_share,
            100.0 * clipping_energy_lost
        ),
    }
}
