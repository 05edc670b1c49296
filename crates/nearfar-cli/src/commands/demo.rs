//! Example hybrids from pictures inside the program.

use std::{fs, process::ExitCode};

use nearfar::{
    Failure, Place, Recipe, Request,
    codec::{self, DecodeOptions, EncodeOptions, Format},
    compare::as_saved,
    fit,
    look::{Making, Shows},
};

use crate::{args::DemoArgs, console, session::Session};

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
    let session = Session::new(&args.run)?;
    let out = args.out.clone().unwrap_or_else(|| nearfar::free_name("nearfar-demo", ""));
    fs::create_dir_all(&out).map_err(|source| codec::WriteError::Io { path: out.clone(), source })?;
    let mut made = Vec::new();
    for example in &EXAMPLES {
        let read =
            |bytes| codec::decode(bytes, &DecodeOptions::default()).expect("the pictures inside are sound").image;
        let align = fit::Options { method: fit::Method::None, ..fit::Options::default() };
        let request = Request::from(Recipe { align, ..Recipe::default() });
        let (near, far) = (read(example.near), read(example.far));
        let hybrid = request.mix(near, far, &session.execution, &mut |event| {
            session.bar.show(event);
            session.interrupt.go_on()
        })?;
        if hybrid.is_cancelled() {
            return Err(Failure::interrupted());
        }
        session.tell(format_args!("{}:", example.look));
        let place = |suffix| Place::new(&out.join(format!("{}{suffix}", example.name)), false, &[]);
        let png = codec::encode(&as_saved(hybrid.picture.clone()), &EncodeOptions::new(Format::Png))?;
        let strip = Some((place("-strip.jpg")?, EncodeOptions::new(Format::Jpeg)));
        let shows = Shows { strip, film: None, page: None };
        let making = Making { request: &request, provenance: None, trace: &[], seconds: &[] };
        let picture = place(".png")?;
        let strip = shows.files(&hybrid, example.name, &making, &session.execution)?;
        for (place, bytes) in std::iter::once((&picture, png)).chain(strip) {
            place.write(&bytes)?;
            session.tell(format_args!("  {}", place.path().display()));
            made.push(place.path().to_owned());
        }
    }
    session.tell(
        "Look at the .png from half a metre, then from ten (or squint); the strip shows it from further and further.",
    );
    if args.run.json {
        console::json(&serde_json::json!({ "out": made }));
    }
    Ok(ExitCode::SUCCESS)
}
