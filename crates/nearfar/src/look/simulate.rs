//! The far view at full size: what an eye's blur leaves of a hybrid at growing distances.

use std::ops::ControlFlow;

use nearfar_image::{Encoded, Image};
use nearfar_kernels::Execution;
use nearfar_vision::FarView;

use super::{
    Scene, Station,
    page::{Page, em},
};
use crate::{Event, EventKind, MixError, event::Watch};

/// Pictures per row.
const COLUMNS: usize = 3;

impl Scene<'_> {
    /// The hybrid after the eye's blur at each station, at full size, with the distance below. The observer is told before
    /// each picture.
    ///
    /// # Errors
    ///
    /// [`MixError::Cancelled`] if the observer stopped the work.
    pub fn simulation(
        &self,
        stations: &[Station],
        execution: &Execution,
        observer: &mut dyn FnMut(&Event<'_>) -> ControlFlow<()>,
    ) -> Result<Image<Encoded>, MixError> {
        let (size, watch) = (self.hybrid.size(), &mut Watch::after_all(observer));
        let seen = |station: &Station| {
            watch.tell(EventKind::Advanced)?;
            Ok(FarView::new(size, station.ppd).apply(self.hybrid, execution))
        };
        let places: Vec<_> = stations.iter().map(|station| (size, *station)).collect();
        let columns = if places.len() == 4 { 2 } else { COLUMNS };
        let rows = places.chunks(columns).map(<[_]>::to_vec).collect();
        Page { rows, em: em(size), words: self.words() }.draw(seen)
    }
}
