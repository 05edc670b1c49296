//! Example hybrids from pictures inside the program.

use std::{fs, path::PathBuf, process::ExitCode};

use nearfar::{
    Encoded, Image, Recipe, Size,
    codec::{self, DecodeOptions, EncodeOptions, Format, Overwrite},
    fit, no_observer,
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

/// Sizes in the strip, each half of the one before.
const STRIP: u32 = 4;
/// Code of the grey between the pictures of a strip.
const GREY: f32 = 0.93;
/// Pixels between the pictures of a strip.
const GAP: usize = 16;

/// `nearfar demo`.
pub(crate) fn run(args: &DemoArgs) -> Result<ExitCode, Failure> {
    let execution = args.run.execution()?;
    let out = args.out.clone().unwrap_or_else(free_folder);
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
        let hybrid = recipe.mix(read(example.near), read(example.far), &execution, &mut no_observer)?.picture;
        let strip = strip(&hybrid);
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

/// `nearfar-demo`, or the first of `nearfar-demo-2`, `nearfar-demo-3`, ... that is free.
fn free_folder() -> PathBuf {
    let numbered = (2..).map(|number| format!("nearfar-demo-{number}"));
    let mut names = std::iter::once("nearfar-demo".to_owned()).chain(numbered).map(PathBuf::from);
    names.find(|name| !name.exists()).expect("there are more numbers than folders")
}

/// The picture beside itself as if from twice, four and eight times as far.
fn strip(picture: &Image<Encoded>) -> Image<Encoded> {
    let (width, height) = (picture.size().width(), picture.size().height());
    let smaller = |k: u32| {
        let size = Size::new((width >> k).max(1), (height >> k).max(1)).expect("no side is 0");
        shrink(picture, size).expect("no side grows")
    };
    let pictures: Vec<_> = (0..STRIP).map(smaller).collect();
    let total = pictures.iter().map(|p| p.size().width() + GAP).sum::<usize>() - GAP;
    let size = Size::new(total, height).expect("no side is 0");
    let mut strip = Image::filled(size, picture.channels(), GREY);
    let mut left = 0;
    for small in &pictures {
        let width = small.size().width();
        for (source, mut target) in small.planes().zip(strip.planes_mut()) {
            for (source, target) in source.rows().zip(target.rows_mut()) {
                target[left..left + width].copy_from_slice(source);
            }
        }
        left += width + GAP;
    }
    strip
}
