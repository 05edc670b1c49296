//! Integration tests, in one binary.

mod transform;
