//! Fourier transforms, filters and hybrids against slow, plain references.

mod lowpass;
mod mix;
mod response;
mod support;
