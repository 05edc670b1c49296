//! `nearfar demo`: example hybrids of built-in pictures.

use std::process::ExitCode;

use nearfar::{
    Failure, Folder, Recipe, Request,
    codec::{self, DecodeOptions, EncodeOptions, Format},
    compare::as_saved,
    fit,
    look::{Making, Shows},
};

use crate::{args::DemoArgs, console, session::Session};

/// A pair that was aligned in advance.
struct Example {
    name: &'static str,
    near: &'static [u8],
    far: &'static [u8],
    look: &'static str,
}

impl Example {
    /// Names of the hybrid and of its strip.
    fn names(&self) -> [String; 2] {
        [".png", "-strip.jpg"].map(|ending| format!("{}{ending}", self.name))
    }
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

/// `nearfar demo`: writes all of its files, or none.
pub(crate) fn run(args: &DemoArgs) -> Result<ExitCode, Failure> {
    let session = Session::new(&args.run)?;
    let out = args.out.clone().unwrap_or_else(|| nearfar::free_name("nearfar-demo", ""));
    let names: Vec<_> = EXAMPLES.iter().flat_map(|example| example.names()).collect();
    let folder = Folder::new(&out, &names, false, &[]).map_err(|e| Failure::new(e).fix("choose another with -o"))?;
    let mut files = Vec::new();
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
        let [picture, strip] = example.names();
        files.push((picture, codec::encode(&as_saved(hybrid.picture.clone()), &EncodeOptions::new(Format::Png))?));
        let shows = Shows { strip: Some((strip, EncodeOptions::new(Format::Jpeg))), film: None, page: None };
        let making = Making { request: &request, provenance: None, trace: &[], seconds: &[] };
        let shown = shows.files(&hybrid, example.name, &making, &session.execution, &mut session.observer())?;
        files.extend(shown.into_iter().map(|(name, bytes)| (name.clone(), bytes)));
    }
    folder.write(&files)?;
    let made: Vec<_> = files.iter().map(|(name, _)| out.join(name)).collect();
    for (example, made) in EXAMPLES.iter().zip(made.chunks(2)) {
        session.tell(format_args!("{}:", example.look));
        made.iter().for_each(|path| session.tell(format_args!("  {}", path.display())));
    }
    session.tell(
        "Look at the .png from half a metre, then from ten (or squint); the strip shows it from further and further.",
    );
    if args.run.json {
        console::json(&serde_json::json!({ "out": made }));
    }
    Ok(ExitCode::SUCCESS)
}
