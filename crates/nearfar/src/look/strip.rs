//! The size strip: a hybrid beside itself, as small as it looks from further and further away.

use std::ops::ControlFlow;

use nearfar_image::{Encoded, Image};
use nearfar_vision::shrink;

use super::{
    Scene, Station,
    page::{Page, em},
};
use crate::{Event, MixError, What, event::Watch};

impl Scene<'_> {
    /// The hybrid as small as it looks from each station to who stays in the seat, with the distance below. It is made smaller
    /// in light, as an eye would see it. The observer is told before each.
    ///
    /// # Errors
    ///
    /// [`MixError::Cancelled`]: the observer broke.
    pub fn strip(
        &self,
        stations: &[Station],
        observer: &mut dyn FnMut(&Event<'_>) -> ControlFlow<()>,
    ) -> Result<Image<Encoded>, MixError> {
        self.sized(stations, &mut Watch::after_all(observer))
    }

    /// The same as a part of the work.
    pub(crate) fn sized(&self, stations: &[Station], watch: &mut Watch<'_>) -> Result<Image<Encoded>, MixError> {
        let size = self.hybrid.size();
        let smaller = |station: &Station| {
            watch.tell(What::Advanced)?;
            Ok(shrink(self.hybrid, size.scaled(station.scale)).expect("no side grows"))
        };
        let row = stations.iter().map(|station| (size.scaled(station.scale), *station)).collect();
        Page { rows: vec![row], em: em(size), words: self.words() }.draw(smaller)
    }
}
