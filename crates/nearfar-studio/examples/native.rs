//! Results of the page's module as computed by native code, for comparison by web/test:
//!
//! - `native mix NEAR FAR ALIGN METRES DENSITY FOLDER` writes `descent.f32`, `fourier.f32` and `seen.rgba`; `ALIGN` is JSON
//!   that says how the pictures are brought into register;
//! - `native redo HYBRID NEAR FAR OUT` makes a hybrid's file again from its recipe.
//!
//! Native code and module use only baseline instructions and the same order of sums, so that the module's optimiser must
//! give the same bits, provided that both start from the same numbers. The finder of faces evaluates exponentials, which
//! systems round differently, so that fits by faces differ in the last bits.

use std::{error::Error, fs, path::Path};

use nearfar::{
    Execution, Fidelity, Knobs, Mixer, Picture, Provenance, Recipe, Relocations,
    codec::{Contents, DecodeOptions, read},
    fit::{self, fit},
    image::interleaved::{Layout, interleave},
    kernels::InstructionSet,
    no_observer,
    vision::{Density, FarView, Length, PixelsPerDegree},
};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let execution = Execution::single_threaded().with_instructions(InstructionSet::Baseline)?;
    match &arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["mix", near, far, align, metres, density, folder] => {
            let distance = Length::from_centimetres(100.0 * metres.parse::<f64>()?)?;
            let ppd = PixelsPerDegree::at(distance, Density::from_pixels_per_inch(density.parse()?)?)?;
            let recipe = Recipe::from_json(&format!(r#"{{"align": {align}}}"#))?;
            mix([near, far], &recipe.align, ppd, Path::new(folder), &execution)
        }
        ["redo", hybrid, near, far, out] => redo(hybrid, [near, far], out, &execution),
        _ => Err("usage: native mix NEAR FAR ALIGN METRES DENSITY FOLDER, or native redo HYBRID NEAR FAR OUT".into()),
    }
}

fn mix(
    [near, far]: [&str; 2],
    align: &fit::Options,
    ppd: PixelsPerDegree,
    folder: &Path,
    execution: &Execution,
) -> Result<(), Box<dyn Error>> {
    let open = |path: &str| read(path, &DecodeOptions::default()).map(|decoded| decoded.image);
    let aligned = fit(open(near)?, open(far)?, align, execution)?;
    for mixer in [Mixer::Descent, Mixer::Fourier] {
        let (method, _) = Knobs { mixer, ..Knobs::default() }.method(&aligned, Fidelity::Full);
        let (picture, _) = method.mix(&aligned.pair, execution, &mut no_observer)?;
        let samples: Vec<u8> = picture.samples().iter().flat_map(|sample| sample.to_le_bytes()).collect();
        fs::write(folder.join(format!("{}.f32", method.name())), samples)?;
        if mixer == Mixer::Descent {
            let seen = FarView::new(picture.size(), ppd).apply(&picture, execution);
            fs::write(folder.join("seen.rgba"), interleave::<u8>(&seen, Layout::Rgba)?)?;
        }
    }
    Ok(())
}

fn redo(hybrid: &str, [near, far]: [&str; 2], out: &str, execution: &Execution) -> Result<(), Box<dyn Error>> {
    let options = DecodeOptions::default();
    let before = Picture::decode(hybrid, &Contents::from_file(hybrid, options.max_bytes)?, &options)?;
    let recipe = Provenance::of(&before.info)?.ok_or("there is no recipe in it")?;
    let said = Relocations { near: Some(near.into()), far: Some(far.into()), ..Relocations::default() };
    let redoing = recipe.open(&recipe.find(hybrid.as_ref(), &said)?, &options)?;
    Ok(fs::write(out, redoing.redo(&before, execution, &mut no_observer)?.bytes)?)
}
