//! Example hybrids from pictures inside the program.

use std::{fs, process::ExitCode};

use nearfar::{
    Method, Pair, Size,
    codec::{self, DecodeOptions, EncodeOptions, Format, Overwrite},
    descent, no_observer,
    vision::shrink,
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

/// How far away the preview shows the hybrid: this many times smaller.
const AFAR: usize = 6;

/// `nearfar demo`.
pub(crate) fn run(args: &DemoArgs) -> Result<ExitCode, Failure> {
    let execution = args.run.execution()?;
    fs::create_dir_all(&args.out)
        .map_err(|error| Failure::new(format_args!("cannot make the folder {}: {error}", args.out.display())))?;
    let mut made = Vec::new();
    for example in &EXAMPLES {
        let read =
            |bytes| codec::decode(bytes, &DecodeOptions::default()).expect("the pictures inside are sound").image;
        let pair = Pair::new(read(example.near), read(example.far)).expect("the pictures inside fit");
        let method = Method::Descent(descent::Options::default());
        let (hybrid, _) = method.mix(&pair, &execution, &mut no_observer)?;
        let small = Size::new((pair.size().width() / AFAR).max(1), (pair.size().height() / AFAR).max(1));
        let small = shrink(&hybrid, small.expect("no side is 0")).expect("it is smaller");
        for (suffix, picture) in [("", &hybrid), ("-from-afar", &small)] {
            let path = args.out.join(format!("{}{suffix}.png", example.name));
            let bytes = codec::encode(picture, &EncodeOptions::new(Format::Png))?;
            // The demo's own files are the same at every run: replacing them loses nothing.
            codec::write_atomic(&path, &bytes, Overwrite::Allow)?;
            tell(&args.run, path.display());
            made.push(path);
        }
        tell(&args.run, format_args!("  {}", example.look));
    }
    tell(
        &args.run,
        "Look at the large pictures from half a metre, then from five metres (or squint, or open the small ones).",
    );
    if args.run.json {
        console::json(&serde_json::json!({ "out": made }));
    }
    Ok(ExitCode::SUCCESS)
}
