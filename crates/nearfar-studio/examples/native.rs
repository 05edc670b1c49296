//! What the page's module computes, computed by this machine's own code: `native NEAR FAR METRES DENSITY FOLDER` writes
//! `descent.f32`, `fourier.f32` and `seen.rgba` for web/test/module.test.mjs to compare with.
//!
//! Both use the instructions that every processor has, and the same order of sums, so that the module's optimiser must give
//! the same bits.

use std::{error::Error, fs, path::Path};

use nearfar::{
    Execution, Mixer, Patience, Wish,
    codec::{DecodeOptions, read},
    fit::{self, fit},
    image::interleaved::{Layout, interleave},
    kernels::InstructionSet,
    no_observer,
    vision::{Density, FarView, Length, PixelsPerDegree},
};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let [near, far, metres, density, folder] = &arguments[..] else {
        return Err("usage: native NEAR FAR METRES DENSITY FOLDER".into());
    };
    let execution = Execution::single_threaded().with_instructions(InstructionSet::Baseline)?;
    let open = |path: &str| read(path, &DecodeOptions::default()).map(|decoded| decoded.image);
    let aligned = fit(open(near)?, open(far)?, &fit::Options::default(), &execution)?;
    let write = |name: &str, bytes: &[u8]| fs::write(Path::new(folder).join(name), bytes);
    for mixer in [Mixer::Descent, Mixer::Fourier] {
        let (method, _) = Wish { mixer, ..Wish::default() }.method(&aligned, Patience::Whole);
        let (picture, _) = method.mix(&aligned.pair, &execution, &mut no_observer)?;
        let samples: Vec<u8> = picture.samples().iter().flat_map(|sample| sample.to_le_bytes()).collect();
        write(&format!("{}.f32", method.name()), &samples)?;
        if mixer == Mixer::Descent {
            let distance = Length::from_centimetres(100.0 * metres.parse::<f64>()?)?;
            let ppd = PixelsPerDegree::at(distance, Density::from_pixels_per_inch(density.parse()?)?)?;
            let seen = FarView::new(picture.size(), ppd).apply(&picture, &execution);
            write("seen.rgba", &interleave::<u8>(&seen, Layout::Rgba)?)?;
        }
    }
    Ok(())
}
