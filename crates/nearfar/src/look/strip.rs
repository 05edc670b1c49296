//! The size strip: copies of a hybrid side by side, as small as it looks from growing distances.

use std::ops::ControlFlow;

use nearfar_image::{Encoded, Image};
use nearfar_vision::shrink;

use super::{
    Scene, Station,
    page::{Page, em},
};
use crate::{Event, EventKind, MixError, event::Watch};

impl Scene<'_> {
    /// The hybrid as small as it looks from each station to a viewer who stays seated, with the distance below. It is shrunk
    /// in light, as an eye would see it. The observer is told before each picture.
    ///
    /// # Errors
    ///
    /// [`MixError::Cancelled`] if the observer stopped the work.
    pub fn strip(
        &self,
        stations: &[Station],
        observer: &mut dyn FnMut(&Event<'_>) -> ControlFlow<()>,
    ) -> Result<Image<Encoded>, MixError> {
        self.sized(stations, &mut Watch::after_all(observer))
    }

    /// The strip, as a part of the work.
    pub(crate) fn sized(&self, stations: &[Station], watch: &mut Watch<'_>) -> Result<Image<Encoded>, MixError> {
        let size = self.hybrid.size();
        let smaller = |station: &Station| {
            watch.tell(EventKind::Advanced)?;
            Ok(shrink(self.hybrid, size.scaled(station.scale)).expect("no side grows"))
        };
        let row = stations.iter().map(|station| (size.scaled(station.scale), *station)).collect();
        let largest = stations.first().map_or(size, |station| size.scaled(station.scale));
        Page { rows: vec![row], em: em(largest), words: self.words() }.draw(smaller)
    }
}
