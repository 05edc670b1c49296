//! Both methods on one pair, in pictures and in numbers.

use std::{
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

use nearfar::{
    Recipe, Request,
    codec::{self, EncodeOptions, Format, Overwrite},
    compare::{CompareError, Family, Settings, compare},
    descent,
    fit::fit,
    fourier,
};

use super::tell;
use crate::{args::CompareCommand, console, failure::Failure, files, interrupt::Interrupt, progress::Bar};

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
    let folder = Folder { path: &command.out, force: command.force };
    folder.check()?;
    let (near, far) = files::read_both(&command.near, &command.far, &reading, command.run.quiet)?;
    let interrupt = Interrupt::listen();
    let aligned = fit(near.image, far.image, &request.recipe.align, &execution)?;
    let viewing = request.viewing_of(&aligned)?;
    let settings = Settings { viewing, points: command.points, p_far: command.p_far, ..Settings::default() };
    let families =
        [Family::DescentBySigma(descent::Options::default()), Family::FourierByCutoff(fourier::Options::default())];
    let bar = Bar::new(command.run.quiet);
    let comparison = compare(&aligned, &families, &settings, &execution, &mut |event| {
        bar.show(event);
        interrupt.go_on()
    })?;
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

/// Where the files go; none of an earlier comparison is lost, and nothing is left of one that failed.
struct Folder<'a> {
    path: &'a Path,
    force: bool,
}

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

impl Folder<'_> {
    /// Checks before any work that nothing stands in the way.
    fn check(&self) -> Result<(), Failure> {
        if self.path.exists() && !self.path.is_dir() {
            return Err(
                Failure::new(format_args!("{} is no folder", self.path.display())).fix("choose another folder with -o")
            );
        }
        let there = FILES.iter().map(|name| self.path.join(name)).find(|file| !self.force && file.exists());
        there.map_or(Ok(()), |file: PathBuf| {
            Err(Failure::new(format_args!("{} exists already", file.display()))
                .fix("choose another folder, or replace it with --force"))
        })
    }

    fn write(&self, files: &[(String, Vec<u8>)]) -> Result<(), Failure> {
        fs::create_dir_all(self.path).map_err(|error| {
            Failure::new(format_args!("cannot make the folder {}: {error}", self.path.display()))
                .fix("choose another folder with -o")
        })?;
        let overwrite = if self.force { Overwrite::Allow } else { Overwrite::Refuse };
        for (name, bytes) in files {
            codec::write_atomic(self.path.join(name), bytes, overwrite)?;
        }
        Ok(())
    }
}

impl From<CompareError> for Failure {
    fn from(error: CompareError) -> Self {
        match error {
            CompareError::Mix(error) => error.into(),
            CompareError::Sweep { .. } => Self::usage(error).fix("give --sweep 2 or more"),
            _ => Self::usage(error).fix("see nearfar compare --help"),
        }
    }
}
