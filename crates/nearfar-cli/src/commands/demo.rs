//! Example hybrids from pictures inside the program.

use std::{fs, process::ExitCode};

use nearfar::{
    Recipe, Request,
    codec::{self, DecodeOptions, EncodeOptions, Format, Overwrite},
    compare::as_saved,
    fit,
    look::{Known, Scene, Study},
    no_observer,
};

use super::tell;
use crate::{args::DemoArgs, console, failure::Failure};

/// A pair that was aligned beforehand.
struct Example {
    name: &'static str,
    near: &'static [u8],
    far: &'static [u8],
    look: &'static str,
}

const EXAMPLES: [Example; 2] = [
    Example {
        name: "hopper-collins",
        near: include_bytes!("../../../../imgs/aligned/hopper-collins-near.jpg"),
        far: include_bytes!("../../../../imgs/aligned/hopper-collins-far.jpg"),
        look: "up close Grace Hopper in her admiral's uniform; from across the room astronaut Eileen Collins smiles",
    },
    Example {
        name: "cat-collins",
        near: include_bytes!("../../../../imgs/aligned/cat-collins-near.jpg"),
        far: include_bytes!("../../../../imgs/aligned/cat-collins-far.jpg"),
        look: "up close a cat, every whisker; from across the room Eileen Collins",
    },
];

/// `nearfar demo`.
pub(crate) fn run(args: &DemoArgs) -> Result<ExitCode, Failure> {
    let execution = args.run.execution()?;
    let out = args.out.clone().unwrap_or_else(|| nearfar::free_name("nearfar-demo", ""));
    fs::create_dir_all(&out).map_err(|error| {
        Failure::new(format_args!("cannot make the folder {}: {error}", out.display()))
            .fix("choose another folder with -o")
    })?;
    let mut made = Vec::new();
    for example in &EXAMPLES {
        let read =
            |bytes| codec::decode(bytes, &DecodeOptions::default()).expect("the pictures inside are sound").image;
        let align = fit::Options { method: fit::Method::None, ..fit::Options::default() };
        let recipe = Recipe { align, ..Recipe::default() };
        let request = Request::from(recipe);
        let hybrid = request.mix(read(example.near), read(example.far), &execution, &mut no_observer)?;
        let study = Study::of(&hybrid, &request, &execution)?;
        let hybrid = as_saved(hybrid.picture);
        let known = Known::Perception(&study.perception);
        let scene = Scene { hybrid: &hybrid, density: study.density, seat: study.seat, known };
        let strip = scene.strip(&scene.stations());
        tell(&args.run, format_args!("{}:", example.look));
        for (suffix, format, picture) in [(".png", Format::Png, &hybrid), ("-strip.jpg", Format::Jpeg, &strip)] {
            let path = out.join(format!("{}{suffix}", example.name));
            codec::write_atomic(&path, &codec::encode(picture, &EncodeOptions::new(format))?, Overwrite::Refuse)?;
            tell(&args.run, format_args!("  {}", path.display()));
            made.push(path);
        }
    }
    tell(
        &args.run,
        "Look at the .png from half a metre, then from ten (or squint); the strip shows it from further and further.",
    );
    if args.run.json {
        console::json(&serde_json::json!({ "out": made }));
    }
    Ok(ExitCode::SUCCESS)
}
