//! Public guarantees of nearfar-vision.

mod gains;
mod naturalness;
mod oracle;
mod percept;
mod pictures;
mod scores;
#[cfg(feature = "serde")]
mod settings;
mod views;
