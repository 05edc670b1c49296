//! Both methods on one pair, in pictures and in numbers.

use std::process::ExitCode;

use nearfar::{
    Event, Recipe, Request,
    codec::{self, EncodeOptions, Format},
    compare::{CompareError, Family, Settings, compare},
    descent, fourier,
};

use super::tell;
use crate::{
    args::CompareCommand, console, failure::Failure, files, folder::Folder, interrupt::Interrupt, progress::Bar,
};

/// `nearfar compare`.
pub(crate) fn run(command: &CompareCommand) -> Result<ExitCode, Failure> {
    let execution = command.run.execution()?;
    let reading = command.input.decode_options();
    if !(-1.0..=1.0).contains(&command.p_far) {
        return Err(Failure::usage(format_args!("nothing is ever seen as {} from afar", command.p_far))
            .fix("give --p-far a number from -1 to 1, such as -0.5"));
    }
    let distance = &command.distance;
    let recipe = Recipe { align: command.fit.options()?, ..Recipe::default() };
    let (far, near, surface) = (distance.far, distance.near, distance.surface.surface());
    let request = Request { recipe, far, near, surface, ..Request::default() };
    request.check()?;
    let folder = Folder { path: &command.out, names: &FILES, force: command.force };
    folder.check()?;
    let interrupt = Interrupt::listen();
    let (near, far) = files::read_both(&command.near, &command.far, &reading, command.run.quiet)?;
    let bar = Bar::new(command.run.quiet);
    let mut watch = |event: &Event<'_>| {
        bar.show(event);
        interrupt.go_on()
    };
    let aligned = request.fit(near.image, far.image, &execution, &mut watch)?;
    let viewing = request.viewing_of(&aligned)?;
    let settings = Settings { viewing, points: command.points, p_far: command.p_far, ..Settings::default() };
    let families =
        [Family::DescentBySigma(descent::Options::default()), Family::FourierByCutoff(fourier::Options::default())];
    let comparison = compare(&aligned, &families, &settings, &execution, &mut watch)?;
    drop(bar);

    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    for (name, picture) in comparison.pictures(&aligned.pair) {
        files.push((name, codec::encode(&picture, &EncodeOptions::new(Format::Png))?));
    }
    let summary = comparison.summary(surface.density(aligned.pair.size())?);
    let json = serde_json::to_string_pretty(&comparison).expect("scores are plain data");
    files.push(("scores.csv".to_owned(), comparison.csv().into_bytes()));
    files.push(("scores.json".to_owned(), json.into_bytes()));
    files.push(("front.svg".to_owned(), comparison.front().to_svg().into_bytes()));
    files.push(("summary.md".to_owned(), summary.clone().into_bytes()));
    folder.write(&files)?;
    tell(&command.run, &summary);
    tell(&command.run, format_args!("pictures, plot and scores: {}", command.out.display()));
    if command.run.json {
        console::json(&comparison);
    }
    Ok(ExitCode::SUCCESS)
}

/// What is written to the folder.
const FILES: [&str; 9] = [
    "descent.png",
    "descent-from-afar.png",
    "fourier.png",
    "fourier-from-afar.png",
    "triptych.png",
    "scores.csv",
    "scores.json",
    "front.svg",
    "summary.md",
];

impl From<CompareError> for Failure {
    fn from(error: CompareError) -> Self {
        match error {
            CompareError::Mix(error) => error.into(),
            CompareError::Sweep { .. } => Self::usage(error).fix("give --sweep 2 or more"),
            _ => Self::usage(error).fix("see nearfar compare --help"),
        }
    }
}
