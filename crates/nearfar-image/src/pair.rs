//! Two pictures to be mixed.

use std::sync::Arc;

use crate::{Channels, Encoded, Image, ImageError, Size};

/// A near and a far picture of the same size and channels, every sample finite: the input of every mixer.
#[derive(Clone, Debug, PartialEq)]
pub struct Pair {
    near: Image<Encoded>,
    /// Shared by pairs with other near pictures.
    far: Arc<Image<Encoded>>,
}

impl Pair {
    /// Checks the two pictures. A grey picture beside a colour one is repeated into three planes.
    ///
    /// # Errors
    ///
    /// [`ImageError::SizeMismatch`] or [`ImageError::NotFinite`].
    pub fn new(near: Image<Encoded>, far: Image<Encoded>) -> Result<Self, ImageError> {
        if near.size() != far.size() {
            return Err(ImageError::SizeMismatch { near: near.size(), far: far.size() });
        }
        near.check_finite()?;
        far.check_finite()?;
        if near.channels() == far.channels() {
            Ok(Self { near, far: Arc::new(far) })
        } else {
            Ok(Self { near: near.into_rgb(), far: Arc::new(far.into_rgb()) })
        }
    }

    /// The same far picture, which is not copied, with another near one of its size and channels.
    ///
    /// # Errors
    ///
    /// [`ImageError::SizeMismatch`] or [`ImageError::NotFinite`].
    ///
    /// # Panics
    ///
    /// If the pictures have different channels.
    pub fn with_near(&self, near: Image<Encoded>) -> Result<Self, ImageError> {
        assert_eq!(near.channels(), self.channels(), "both near pictures have the same channels");
        if near.size() != self.size() {
            return Err(ImageError::SizeMismatch { near: near.size(), far: self.size() });
        }
        near.check_finite()?;
        Ok(Self { near, far: Arc::clone(&self.far) })
    }

    /// The picture to be seen up close.
    #[must_use]
    pub fn near(&self) -> &Image<Encoded> {
        &self.near
    }

    /// The picture to be seen from afar.
    #[must_use]
    pub fn far(&self) -> &Image<Encoded> {
        &self.far
    }

    /// The size of both.
    #[must_use]
    pub fn size(&self) -> Size {
        self.near.size()
    }

    /// The channels of both.
    #[must_use]
    pub fn channels(&self) -> Channels {
        self.near.channels()
    }

    /// Converts the pair into its near and its far picture.
    #[must_use]
    pub fn into_parts(self) -> (Image<Encoded>, Image<Encoded>) {
        (self.near, Arc::unwrap_or_clone(self.far))
    }
}
