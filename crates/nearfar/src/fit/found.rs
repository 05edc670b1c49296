//! A map and its origin.

use nearfar_align::Transform;

use super::{Method, faces::Faces};
use crate::Note;

/// A map and its origin.
pub(super) struct Found {
    pub(super) transform: Transform,
    pub(super) method: Method,
    pub(super) confidence: f64,
    pub(super) faces: Faces,
    pub(super) notes: Vec<Note>,
}

impl Found {
    pub(super) fn new(method: Method, transform: impl Into<Transform>, confidence: f64, faces: Faces) -> Self {
        Self { transform: transform.into(), method, confidence, faces, notes: Vec::new() }
    }
}
