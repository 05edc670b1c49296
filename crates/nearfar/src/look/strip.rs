//! The size strip: a hybrid beside itself, as small as it looks from further and further away.

use nearfar_image::{Encoded, Image};
use nearfar_vision::shrink;

use super::{
    Scene, Station,
    page::{Page, em},
};

impl Scene<'_> {
    /// The hybrid as small as it looks from each station to who stays in the seat, with the distance below. It is made smaller
    /// in light, as an eye would see it.
    #[must_use]
    pub fn strip(&self, stations: &[Station]) -> Image<Encoded> {
        let size = self.hybrid.size();
        let smaller = |station: &Station| shrink(self.hybrid, size.scaled(station.scale)).expect("no side grows");
        let pictures: Vec<_> = stations.iter().map(smaller).collect();
        let row = pictures.iter().zip(stations.iter().copied()).collect();
        Page { rows: vec![row], em: em(size), words: self.words() }.draw()
    }
}
