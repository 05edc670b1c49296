//! `nearfar demo`: example hybrids of built-in pictures.

use std::process::ExitCode;

use nearfar::{
    Failure, Folder, Job, Note, Picture, Pictures, Recipe, Request,
    codec::{Contents, DecodeOptions, EncodeOptions, Format},
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
    /// Names of the hybrid, of its strip, and of its pictures.
    fn names(&self) -> [String; 4] {
        [".png", "-strip.jpg", "-near.jpg", "-far.jpg"].map(|ending| format!("{}{ending}", self.name))
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
    let (mut files, mut told) = (Vec::new(), Vec::new());
    for example in &EXAMPLES {
        let [picture, strip, near, far] = example.names();
        let read = |name: &str, bytes: &[u8]| {
            let contents = Contents::from_stream(bytes, u64::MAX).expect("bytes can be read");
            Picture::decode(name, &contents, &DecodeOptions::default()).expect("the pictures inside are sound")
        };
        let pictures = Pictures { near: read(&near, example.near), far: read(&far, example.far), start: None };
        let align = fit::Options { method: fit::Method::None, ..fit::Options::default() };
        let job = Job { request: Request::from(Recipe { align, ..Recipe::default() }), ..Job::default() };
        let made = job.mix(pictures, &session.execution, &mut |event| {
            session.bar.show(event);
            session.interrupt.go_on()
        })?;
        if made.hybrid.is_cancelled() {
            return Err(Failure::interrupted());
        }
        let shows = Shows { strip: Some((strip.clone(), EncodeOptions::new(Format::Jpeg))), film: None, page: None };
        let making = Making { request: &job.request, provenance: None, trace: &[], seconds: &[] };
        let shown = shows.files(&made.hybrid, example.name, &making, &session.execution, &mut session.observer())?;
        files.extend(shown.into_iter().map(|(name, bytes)| (name.clone(), bytes)));
        told.push(format!("{}:\n  {}\n  {}", example.look, out.join(&picture).display(), out.join(&strip).display()));
        let switch = made.hybrid.notes.iter().filter(|note| matches!(note, Note::Switch { .. }));
        told.extend(switch.map(|note| format!("  {note}")));
        files.extend([(picture, job.encode(&made)?.0), (near, example.near.to_vec()), (far, example.far.to_vec())]);
    }
    folder.write(&files)?;
    told.iter().for_each(|line| session.tell(line));
    session.tell(
        "Look at the .png from half a metre, then from ten (or squint); the strip shows it from further and further.",
    );
    if args.run.json {
        console::json(&serde_json::json!({ "out": names.iter().map(|name| out.join(name)).collect::<Vec<_>>() }));
    }
    Ok(ExitCode::SUCCESS)
}
