//! Fourier transforms, filters and hybrids against slow and certain ones.

mod lowpass;
mod mix;
mod response;
mod support;
