//! Notes in sentences.

use std::fmt;

use nearfar_align::Healing;
use nearfar_vision::Length;

use super::{layers::percept, walk};
use crate::{
    Note, Strength, Subject, fit,
    look::metres,
    note::{Fitted, Help},
    settings::Worded,
};

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            #[cfg(feature = "codec")]
            Self::Picture { file, warning } => write!(f, "{file}: {warning}"),
            #[cfg(feature = "batch")]
            Self::ForeignLines { file, first, count: 1 } => {
                write!(f, "{file}: line {first} is not understood; it is kept")
            }
            #[cfg(feature = "batch")]
            Self::ForeignLines { file, first, count } => {
                write!(f, "{file}: {count} lines, the first of them line {first}, are not understood; they are kept")
            }
            #[cfg(feature = "codec")]
            Self::RecipeUnread { file, reason } => {
                write!(f, "the recipe in {file} cannot be read: {reason}; without it, what is seen can be told only if NEAR and FAR are given")
            }
            #[cfg(feature = "codec")]
            Self::OtherVersion { made_by } => {
                write!(f, "made by nearfar {made_by}; this is {}, and bytes may differ", crate::Provenance::VERSION)
            }
            #[cfg(feature = "codec")]
            Self::OtherBytes => f.write_str(
                "the bytes differ from those of the old file: versions differ, and vector instructions of processors, in the \
                 last digits of a sum; or another program has saved it meanwhile",
            ),
            Self::SamePicture => {
                f.write_str("NEAR and FAR are the same picture; it will look the same from everywhere")
            }
            Self::Fitted(fitted) => write!(f, "{fitted}"),
            Self::LayerFitted { number, fitted } => write!(f, "picture {number}: {fitted}"),
            Self::LayerHardlySeen { number, distance, p } => write!(
                f,
                "from {} picture {number} is hardly seen (percept {} against the strongest other); greater distances from one \
                 picture to the next help, or a narrower print (--print-width); strengths (--strengths), where no filters mix, shift \
                 what is seen from one picture to another",
                metres(*distance),
                percept(*p)
            ),
            Self::NoRecipe { file } => {
                write!(f, "{file} holds no recipe; say what it was made of to learn what is seen: HYBRID NEAR FAR")
            }
            Self::OtherSource { file, near, named } => {
                let role = if *near { "NEAR" } else { "FAR" };
                write!(f, "{file} is not the {role} that the hybrid was made of ({named}): its digest is another")
            }
            Self::SourcesLost => f.write_str(
                "NEAR and FAR are not found by the names in the recipe, or have changed; say where they are to learn what is seen",
            ),
            Self::Faces { near, far, far_is_group } => {
                let taken = match (*near > 1, *far > 1, *far_is_group) {
                    (_, _, true) => "; FAR is taken as a whole",
                    (true, true, _) => "; the largest of each is taken",
                    (true, false, _) => "; NEAR's largest is taken",
                    (false, true, _) => "; FAR's largest is taken",
                    (false, false, _) => "",
                };
                write!(f, "faces found: {near} in NEAR, {far} in FAR{taken}")
            }
            Self::PointsMisfit { pixels } => {
                write!(f, "the points agree to {pixels:.1} pixels of FAR with a map that bends nothing")
            }
            Self::FarEnlarged { factor } => {
                write!(f, "FAR is enlarged {factor:.1} times and looks soft; a larger picture would be better")
            }
            Self::LittleKept { share, size } => write!(
                f,
                "the hybrid shows only {:.0} % of NEAR, {size} pixels; extending the edges or fitting middle on middle keeps \
                 all of it",
                100.0 * share
            ),
            Self::Small { size } => write!(f, "{size} pixels have hardly room for two pictures; take larger ones"),
            Self::EyeBlur { distance, sigma } => write!(f, "an eye {distance} away blurs by {sigma:.1} px"),
            Self::Chosen { crossover, sigma, subject, relative_cycles, strength } => {
                match sigma {
                    Some(sigma) => write!(f, "sigma {sigma:.1} px: ")?,
                    None => write!(f, "crossover {:.4} cycles per pixel: ", crossover.cycles_per_pixel())?,
                }
                match subject {
                    Subject::Face { width, .. } => write!(f, "FAR's face is {width:.0} pixels wide"),
                    Subject::Picture { side } => write!(f, "the picture's shorter side is {side} pixels"),
                }?;
                match (strength, relative_cycles) {
                    (Strength::Even, ..0.9) => f.write_str(", and NEAR has weak details"),
                    (Strength::Even, 1.1..) => f.write_str(", and NEAR has strong details"),
                    (Strength::Even, _) => Ok(()),
                    (strength, _) => write!(f, ", and it is to be {}", strength.word()),
                }
            }
            Self::NearTooFar { near, most } => write!(
                f,
                "{near} is too far to see NEAR well; look from {} or nearer, or make FAR for a greater distance",
                metres(*most)
            ),
            Self::FarTooNear { far, made_for } => write!(
                f,
                "{far} is too near to hide NEAR's details: an eye sees single pixels of this picture up to {}, which it is made for; \
                 larger pictures help, or a smaller print",
                metres(*made_for)
            ),
            Self::Switch { near_ends, even, far_begins, made_for, is_clearest, seen, width } => {
                let (distances, best_from) = ([near_ends, even, far_begins], metres(*made_for));
                let widths = |distance: &Length| format!("{:.0}", distance.centimetres() / width.centimetres());
                let all = distances.into_iter().copied().flatten().chain([*made_for]).map(|distance| widths(&distance));
                let all = all.collect::<Vec<_>>().join(", ");
                let walk = walk(distances.map(Option::as_ref), *seen, |distance| metres(*distance));
                let of = format!("on a picture {} wide", metres(*width));
                let Some(begins) = far_begins.or(*even).filter(|_| even.is_some()) else {
                    return write!(f, "walking away up to {best_from}, {walk}, {of}");
                };
                // Where FAR begins beyond the distance that the hybrid is made for, it is not seen best from there.
                let is_beyond = begins.centimetres() > made_for.centimetres() && metres(begins) != best_from;
                let best = match is_beyond {
                    true => format!(", beyond the {best_from} that it is made for"),
                    false if *is_clearest => format!(" and best from {best_from}"),
                    false => format!(", better beyond the {best_from} that it is made for"),
                };
                write!(f, "walking away, {walk}{best}, {of} ({all} picture widths)")
            }
            Self::FarShows { p, from, flips, help } => {
                let (flips, from) = (flips_how(*flips), metres(*from));
                write!(f, "{flips}: up close, from {from}, FAR shows through NEAR (percept {}); {help}", percept(*p))
            }
            Self::NearStays { p, from, flips, help } => {
                let (flips, from) = (flips_how(*flips), metres(*from));
                write!(f, "{flips}: from afar, from {from}, NEAR is still seen (percept {}); {help}", percept(*p))
            }
            #[cfg(feature = "codec")]
            Self::NotKept { what } => write!(f, "{what}"),
            #[cfg(feature = "codec")]
            Self::RecipeTooLong { format } => {
                write!(f, "the recipe is too long for a {format} file: redo cannot make it again")
            }
        }
    }
}

/// How a hybrid flips of which one picture is not seen alone where it should be: the one may still outweigh the other there.
fn flips_how(flips: bool) -> &'static str {
    if flips { "it flips weakly" } else { "it will hardly flip" }
}

impl fmt::Display for Help {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::BoldNear => "swap the pictures, or take a NEAR with bold outlines",
            Self::Points => "swap the pictures, or give points that say where the same things are",
            Self::ChosenCrossover => "leave out what decides the crossover, and it is chosen to suit the pictures",
        })
    }
}

impl fmt::Display for Fitted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let confidence = self.confidence;
        match self.method {
            fit::Method::Points => f.write_str("aligned by the points"),
            fit::Method::Faces => write!(f, "aligned by {}, confidence {confidence:.2}", self.faces()),
            fit::Method::Portrait => {
                let whose =
                    if self.near_animal.or(self.far_animal) == Some(true) { "an animal's" } else { "a person's" };
                write!(f, "the one face, {whose}, put into the middle, confidence {confidence:.2}")
            }
            fit::Method::HideFace => f.write_str("FAR slid to where NEAR's details hide its face best"),
            fit::Method::Content => write!(f, "aligned by what both pictures show, confidence {confidence:.2}"),
            fit::Method::Crop => f.write_str("cropped to the size that both have"),
            fit::Method::None => f.write_str("the pictures have one size and are taken as they are"),
            _ => f.write_str("fitted middle on middle; points say where the same things are, if they are anywhere"),
        }?;
        match self.healing {
            Healing::Covered => Ok(()),
            Healing::Cropped => write!(f, "; cropped to {} pixels, which both pictures cover", self.size),
            Healing::Extended if self.overlap > 0.995 => {
                f.write_str("; FAR covers nearly all and is extended softly beyond its edges")
            }
            Healing::Extended => write!(
                f,
                "; FAR covers {:.0} % of the picture and is extended softly beyond its edges",
                100.0 * self.overlap
            ),
            Healing::CroppedAndExtended => write!(
                f,
                "; cropped to {} pixels around what FAR covers ({:.0} % of NEAR), and there FAR is extended softly \
                 beyond its edges",
                self.size,
                100.0 * self.overlap
            ),
        }
    }
}

impl Fitted {
    /// Whose faces they are.
    fn faces(&self) -> &'static str {
        match (self.near_animal == Some(true), self.far_animal == Some(true)) {
            (false, false) => "the faces",
            (true, false) => "the eyes of NEAR's animal and FAR's person",
            (false, true) => "the eyes of NEAR's person and FAR's animal",
            (true, true) => "the eyes of both animals",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of a hybrid 20 cm wide.
    fn switch(near_ends: Option<f64>, far_begins: Option<f64>, made_for: f64, is_clearest: bool) -> String {
        let length = |centimetres| Length::from_centimetres(centimetres).expect("a length");
        let (near_ends, far_begins) = (near_ends.map(length), far_begins.map(length));
        let (made_for, width, even) = (length(made_for), length(20.0), Some(length(300.0)));
        Note::Switch { near_ends, even, far_begins, made_for, is_clearest, seen: [0.5, -0.5], width }.to_string()
    }

    #[test]
    fn distances_are_said_in_picture_widths_too() {
        let text = "walking away, NEAR is clear up to 1.9 m, FAR takes over from 3.0 m and is clear from 4.6 m on and best from \
                    9.2 m, on a picture 20 cm wide (10, 15, 23, 46 picture widths)";
        assert_eq!(switch(Some(190.0), Some(460.0), 920.0, true), text);
    }

    #[test]
    fn far_that_begins_late_is_not_said_to_be_best_before() {
        let clear = switch(Some(190.0), Some(960.0), 830.0, true);
        assert!(clear.contains("clear from 9.6 m on, beyond the 8.3 m that it is made for, on a picture"), "{clear}");
        assert!(switch(None, None, 230.0, true).contains("from 3.0 m on, beyond the 2.3 m that it is made for"));
        assert!(switch(Some(190.0), Some(831.0), 830.0, true).contains("from 8.3 m on and best from 8.3 m"));
        let later = switch(None, None, 310.0, false);
        assert!(later.contains("from 3.0 m on, better beyond the 3.1 m that it is made for, on"), "{later}");
    }

    #[test]
    fn what_outweighs_the_other_all_the_way_is_said_with_how_far_that_is() {
        let length = |centimetres| Length::from_centimetres(centimetres).expect("a length");
        let (near_ends, made_for, width) = (Some(length(40.0)), length(52.0), length(3.0));
        let seen = [0.42, 0.03];
        let note = Note::Switch { near_ends, even: None, far_begins: None, made_for, is_clearest: true, seen, width };
        let said = "walking away up to 52 cm, NEAR outweighs FAR all the way, on a picture 3 cm wide";
        assert_eq!(note.to_string(), said);
    }

    #[test]
    fn hybrids_that_flip_are_not_said_to_hardly_do_so() {
        let from = Length::from_centimetres(60.0).expect("a length");
        let far_shows = |flips| Note::FarShows { p: 0.01, from, flips, help: Help::BoldNear }.to_string();
        assert!(
            far_shows(true)
                .starts_with("it flips weakly: up close, from 60 cm, FAR shows through NEAR (percept +0.01)")
        );
        let none = Note::NearStays { p: -0.004, from, flips: false, help: Help::BoldNear }.to_string();
        assert!(none.contains("(percept +0.00)"), "{none}");
        assert!(far_shows(false).starts_with("it will hardly flip: "));
    }

    #[test]
    fn faces_are_taken_where_there_are_several() {
        let text = |near, far, far_is_group| Note::Faces { near, far, far_is_group }.to_string();
        assert_eq!(text(2, 0, false), "faces found: 2 in NEAR, 0 in FAR; NEAR's largest is taken");
        assert_eq!(text(1, 3, false), "faces found: 1 in NEAR, 3 in FAR; FAR's largest is taken");
        assert_eq!(text(1, 3, true), "faces found: 1 in NEAR, 3 in FAR; FAR is taken as a whole");
        assert_eq!(text(2, 2, false), "faces found: 2 in NEAR, 2 in FAR; the largest of each is taken");
    }
}
