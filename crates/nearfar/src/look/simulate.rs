//! The far view at full size: what an eye's blur leaves of a hybrid from further and further away.

use nearfar_image::{Encoded, Image};
use nearfar_kernels::Execution;
use nearfar_vision::FarView;

use super::{
    Scene, Station,
    page::{Page, em},
};

/// Pictures in a row.
const COLUMNS: usize = 3;

impl Scene<'_> {
    /// The hybrid as the eye's blur leaves it at each station, at full size, with the distance below.
    #[must_use]
    pub fn simulation(&self, stations: &[Station], execution: &Execution) -> Image<Encoded> {
        let size = self.hybrid.size();
        let seen = |station: &Station| FarView::new(size, station.ppd).apply(self.hybrid, execution);
        let pictures: Vec<_> = stations.iter().map(seen).collect();
        let places: Vec<_> = pictures.iter().zip(stations.iter().copied()).collect();
        let columns = if places.len() == 4 { 2 } else { COLUMNS };
        let rows = places.chunks(columns).map(<[_]>::to_vec).collect();
        Page { rows, em: em(size), words: self.words() }.draw()
    }
}
