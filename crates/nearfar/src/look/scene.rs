//! A hybrid, its viewer, and the distances from which it is worth a look.

use std::borrow::Cow;

use nearfar_image::{Encoded, Image};
use nearfar_kernels::Crossover;
use nearfar_vision::{Density, Length, PerceptSwitch, PixelsPerDegree};
use serde::Serialize;

use super::{metres, place};
use crate::{Perception, far_eye_sigma};

/// A hybrid and a viewer seated in front of it.
#[derive(Clone, Copy, Debug)]
pub struct Scene<'a> {
    /// The hybrid.
    pub hybrid: &'a Image<Encoded>,
    /// Pixels per inch of the screen or print.
    pub density: Density,
    /// Distance from the viewer's seat to the hybrid.
    pub seat: Length,
    /// What is known of it.
    pub known: Known<'a>,
}

/// What is known of a hybrid's switch.
#[derive(Clone, Copy, Debug)]
pub enum Known<'a> {
    /// Only the picture.
    Nothing,
    /// The crossover, from its recipe.
    Crossover(Crossover),
    /// Which picture is seen from where, since both pictures are there.
    Perception(&'a Perception),
    /// The distances from which its layers should be seen, near to far.
    Layers(&'a [Length]),
}

/// A distance worth a look.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Station {
    /// Distance from the eye to the hybrid.
    #[serde(serialize_with = "centimetres", rename = "centimetres")]
    pub distance: Length,
    /// The same distance in widths of the hybrid.
    pub picture_widths: f64,
    /// The same view in pixels per degree of the visual field.
    #[serde(rename = "pixels_per_degree")]
    pub ppd: PixelsPerDegree,
    /// Apparent size relative to that from the seat, at most 1.
    pub scale: f64,
    /// The percept, from +1 (near) to -1 (far), if known.
    pub p: Option<f64>,
    /// The number of the layer that should be seen, from 1 for the nearest, if it is made of layers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub layer: Option<usize>,
}

/// The summary that programs print of a scene.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct SceneSummary<'a> {
    /// View in which the far picture takes over.
    pub switch_pixels_per_degree: Option<PixelsPerDegree>,
    /// Distance of that view in widths of the hybrid.
    pub switch_picture_widths: Option<f64>,
    /// The same distance in centimetres.
    pub switch_centimetres: Option<f64>,
    /// Distances worth a look.
    pub stations: &'a [Station],
}

fn centimetres<S: serde::Serializer>(distance: &Length, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_f64(distance.centimetres())
}

/// Fewest stations, if the hybrid is large enough.
const FEWEST: usize = 4;
/// Most stations, each at twice the distance of the one before.
const MOST: usize = 6;
/// Shorter side of the smallest picture of a strip, in pixels.
const LEAST_SIDE: f64 = 12.0;
/// Distance of the last station relative to that at which the far picture takes over, if it is not known from where the far
/// one is clear.
const BEYOND: f64 = 1.4;
/// Layers that look at least this large, relative to the size from the seat, are seen from there.
const ALIKE: f64 = 0.95;

impl Station {
    /// `NEAR`, `FAR` or `both`, or the number of a layer that should be seen, if known.
    #[must_use]
    pub fn seen(&self) -> Option<Cow<'static, str>> {
        let layer = self.layer.map(|number| format!("picture {number}").into());
        let percept = self.p.map(|p| match p {
            p if p >= PerceptSwitch::CLEAR => "NEAR".into(),
            p if p <= -PerceptSwitch::CLEAR => "FAR".into(),
            _ => "both".into(),
        });
        layer.or(percept)
    }
}

impl Scene<'_> {
    /// The station from which the hybrid looks `scale` times as large as from the seat, clamped to valid views.
    #[must_use]
    pub fn station(&self, scale: f64) -> Station {
        let scale = scale.clamp(1e-4, 1.0);
        let distance = Length::from_centimetres(self.seat.centimetres() / scale).unwrap_or(self.seat);
        let ppd = self.seat_ppd() / scale;
        let ppd = PixelsPerDegree::new(ppd.clamp(0.01, 2e4)).expect("within the bounds");
        let p = match self.known {
            Known::Perception(perception) => perception.at(ppd),
            _ => None,
        };
        let picture_widths = ppd.picture_widths(self.hybrid.size().width());
        Station { distance, picture_widths, ppd, scale, p, layer: None }
    }

    /// Pixels per degree from the seat.
    fn seat_ppd(&self) -> f64 {
        PixelsPerDegree::at(self.seat, self.density).map_or(39.6, PixelsPerDegree::get)
    }

    /// The seat and further stations, each at twice the distance of the one before, until the far picture is almost as clear
    /// as it ever gets; fewer if the hybrid would look smaller than a dozen pixels. Of layers, the seat and their distances.
    #[must_use]
    pub fn stations(&self) -> Vec<Station> {
        if let Known::Layers(distances) = self.known {
            return self.stations_of_layers(distances);
        }
        let side = self.hybrid.size().shorter_side() as f64;
        let clear = match self.known {
            Known::Perception(perception) => perception.switch.far_begins_ppd.and_then(|_| perception.clearest()),
            _ => None,
        };
        let farthest =
            clear.map_or_else(|| self.takeover().map_or(0.0, |ppd| BEYOND * ppd.get()), PixelsPerDegree::get);
        let mut stations = vec![self.station(1.0)];
        while stations.len() < MOST {
            let last = stations[stations.len() - 1];
            let far_enough = stations.len() >= FEWEST && last.ppd.get() >= farthest;
            if far_enough || 0.5 * last.scale * side < LEAST_SIDE {
                break;
            }
            stations.push(self.station(0.5 * last.scale));
        }
        stations
    }

    fn stations_of_layers(&self, distances: &[Length]) -> Vec<Station> {
        let scales = distances.iter().map(|distance| self.seat.centimetres() / distance.centimetres());
        let layers = scales.enumerate().map(|(i, scale)| Station { layer: Some(i + 1), ..self.station(scale) });
        let (at_seat, further): (Vec<_>, Vec<_>) = layers.partition(|station| station.scale > ALIKE);
        let seat = at_seat
            .last()
            .map_or_else(|| self.station(1.0), |layer| Station { layer: layer.layer, ..self.station(1.0) });
        std::iter::once(seat).chain(further).collect()
    }

    /// The view in which the far picture takes over: the switch, or else the view for which the recipe was made.
    #[must_use]
    pub fn takeover(&self) -> Option<PixelsPerDegree> {
        match self.known {
            Known::Nothing | Known::Layers(_) => None,
            Known::Crossover(crossover) => PixelsPerDegree::from_eye_sigma(far_eye_sigma(crossover)).ok(),
            Known::Perception(perception) => perception.switch.even_ppd,
        }
    }

    /// The summary that programs print.
    #[must_use]
    pub fn summary<'a>(&self, stations: &'a [Station]) -> SceneSummary<'a> {
        let switch = self.takeover();
        SceneSummary {
            switch_pixels_per_degree: switch,
            switch_picture_widths: switch.map(|ppd| ppd.picture_widths(self.hybrid.size().width())),
            switch_centimetres: switch.and_then(|ppd| Some(ppd.distance(self.density).ok()?.centimetres())),
            stations,
        }
    }

    /// A sentence that says from where on the far picture is seen.
    #[must_use]
    pub fn verdict(&self) -> Option<String> {
        let place = |ppd| place(ppd, self.density, self.hybrid.size().width());
        match (self.known, self.takeover()) {
            (Known::Nothing | Known::Layers(_), _) | (Known::Crossover(_), None) => None,
            (Known::Crossover(_), Some(ppd)) => Some(format!("Made to show FAR from {} on.", place(ppd))),
            (Known::Perception(_), Some(ppd)) => Some(format!("FAR takes over from {} on.", place(ppd))),
            (Known::Perception(perception), None) => {
                let winner = if perception.near + perception.far > 0.0 { "NEAR" } else { "FAR" };
                Some(format!("It does not flip: {winner} is seen from everywhere."))
            }
        }
    }

    /// A sentence that says under which conditions the distances hold.
    #[must_use]
    pub fn condition(&self) -> String {
        format!(
            "Distances hold at {:.0} pixels per inch, looked at from {}.",
            self.density.pixels_per_inch(),
            metres(self.seat)
        )
    }
}

#[cfg(test)]
mod tests {
    use nearfar_image::{Channels, Size};

    use super::*;

    fn scene(hybrid: &Image<Encoded>, sigma: f64) -> Scene<'_> {
        let known = Known::Crossover(Crossover::of_sigma(sigma).unwrap());
        Scene { hybrid, density: Density::default(), seat: "60cm".parse().unwrap(), known }
    }

    #[test]
    fn stations_double_until_the_far_picture_is_seen() {
        let hybrid = Image::filled(Size::new(640, 512).unwrap(), Channels::Grey, 0.5);
        // An eye that blurs by 3 sqrt 2 pixels is 4.17 m away: 60, 120, 240, 480 and 960 cm.
        let stations = scene(&hybrid, 3.0).stations();
        let distances: Vec<_> = stations.iter().map(|station| metres(station.distance)).collect();
        assert_eq!(distances, ["60 cm", "1.2 m", "2.4 m", "4.8 m", "9.6 m"]);
        let last = stations[4];
        assert!((last.scale - 1.0 / 16.0).abs() < 1e-12 && (last.ppd.get() / (16.0 * 39.58) - 1.0).abs() < 1e-3);
        // 640 pixels at 96 per inch are 16.9 cm.
        assert!((last.picture_widths - 960.0 / 16.933).abs() < 0.01, "{}", last.picture_widths);
        let verdict = scene(&hybrid, 3.0).verdict().unwrap();
        assert!(verdict.contains("4.2 m (25 picture widths)"), "{verdict}");
    }

    #[test]
    fn layers_are_looked_at_from_their_distances() {
        let hybrid = Image::filled(Size::new(640, 512).unwrap(), Channels::Grey, 0.5);
        let distances = ["40cm", "2m", "80m"].map(|distance| distance.parse().unwrap());
        let at = |seat: &str| {
            let scene = Scene { seat: seat.parse().unwrap(), known: Known::Layers(&distances), ..scene(&hybrid, 3.0) };
            let said = |station: Station| format!("{} {:?}", metres(station.distance), station.seen());
            scene.stations().into_iter().map(said).collect::<Vec<_>>().join(", ")
        };
        assert_eq!(at("40cm"), r#"40 cm Some("picture 1"), 2.0 m Some("picture 2"), 80 m Some("picture 3")"#);
        assert_eq!(at("60cm"), r#"60 cm Some("picture 1"), 2.0 m Some("picture 2"), 80 m Some("picture 3")"#);
        assert_eq!(
            at("30cm"),
            r#"30 cm None, 40 cm Some("picture 1"), 2.0 m Some("picture 2"), 80 m Some("picture 3")"#
        );
    }

    #[test]
    fn small_hybrids_have_few_stations() {
        let hybrid = Image::filled(Size::new(48, 40).unwrap(), Channels::Grey, 0.5);
        assert_eq!(scene(&hybrid, 3.0).stations().len(), 2);
        let tiny = Image::filled(Size::new(1, 1).unwrap(), Channels::Grey, 0.5);
        assert_eq!(scene(&tiny, 3.0).stations().len(), 1);
    }
}
