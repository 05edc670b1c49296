//! Both methods on one pair, in pictures and in numbers.

use std::{
    fmt::Write,
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

use nearfar::{
    Encoded, Image, Pair,
    codec::{self, EncodeOptions, Format, Overwrite},
    compare::{CompareError, Comparison, Family, Made, Sample, Settings, compare, from_afar, sheet},
    descent,
    fit::{self, fit},
    fourier,
    plot::{Axis, Corner, Line, Plot},
    vision::{Density, Naturalness},
};

use super::{score, tell};
use crate::{args::CompareCommand, console, failure::Failure, files, progress::Count};

/// The methods, in the order of everything below.
const NAMES: [&str; 2] = ["descent", "fourier"];

/// `nearfar compare`.
pub(crate) fn run(command: &CompareCommand) -> Result<ExitCode, Failure> {
    let execution = command.run.execution()?;
    let reading = command.input.decode_options();
    if !(-1.0..=1.0).contains(&command.p_far) {
        return Err(Failure::usage(format_args!("nothing is ever seen as {} from afar", command.p_far))
            .fix("give --p-far a number from -1 to 1, such as -0.5"));
    }
    let folder = Folder::new(&command.out, command.force)?;
    let (near, far) = files::read_both(&command.near, &command.far, &reading, command.run.quiet)?;
    let options = command.fit.options(fit::Method::None)?;
    let aligned = fit(near.image, far.image, &options, &execution)?;
    let (viewing, density) = command.view.viewing(aligned.pair.size())?;
    let settings = Settings { viewing, points: command.points, p_far: command.p_far, ..Settings::default() };
    let families =
        [Family::DescentBySigma(descent::Options::default()), Family::FourierByCutoff(fourier::Options::default())];
    let count = Count::new(command.run.quiet);
    let comparison = compare(&aligned, &families, &settings, &execution, &mut |done, most| count.show(done, most))?;
    drop(count);

    write_pictures(&folder, &aligned.pair, &comparison)?;
    folder.write("scores.csv", csv(&comparison).as_bytes())?;
    folder
        .write("scores.json", serde_json::to_string_pretty(&comparison).expect("scores are plain data").as_bytes())?;
    folder.write("front.svg", front(&comparison).to_svg().as_bytes())?;
    let summary = summary(&comparison, density);
    folder.write("summary.md", summary.as_bytes())?;
    tell(&command.run, &summary);
    tell(&command.run, format_args!("pictures, plot and scores: {}", command.out.display()));
    if command.run.json {
        console::json(&comparison);
    }
    Ok(ExitCode::SUCCESS)
}

/// Where the files go; none of an earlier comparison is lost.
struct Folder {
    path: PathBuf,
    overwrite: Overwrite,
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

impl Folder {
    /// Makes the folder and checks before any work that nothing in it stands in the way.
    fn new(path: &Path, force: bool) -> Result<Self, Failure> {
        fs::create_dir_all(path)
            .map_err(|error| Failure::new(format_args!("cannot make the folder {}: {error}", path.display())))?;
        let overwrite = if force { Overwrite::Allow } else { Overwrite::Refuse };
        if let Some(file) = FILES.iter().map(|name| path.join(name)).find(|file| !force && file.exists()) {
            return Err(Failure::new(format_args!("{} exists already", file.display()))
                .fix("choose another folder, or replace it with --force"));
        }
        Ok(Self { path: path.to_owned(), overwrite })
    }

    fn write(&self, name: &str, bytes: &[u8]) -> Result<(), Failure> {
        Ok(codec::write_atomic(self.path.join(name), bytes, self.overwrite)?)
    }

    fn write_picture(&self, name: &str, picture: &Image<Encoded>) -> Result<(), Failure> {
        self.write(name, &codec::encode(picture, &EncodeOptions::new(Format::Png))?)
    }
}

/// The hybrids that are shown: at one percept from afar if both methods reach it, else as each is by itself.
fn shown(comparison: &Comparison) -> Vec<&Made> {
    let matched: Option<Vec<_>> = comparison.matched.iter().map(Option::as_ref).collect();
    matched.unwrap_or_else(|| comparison.chosen.iter().collect())
}

fn write_pictures(folder: &Folder, pair: &Pair, comparison: &Comparison) -> Result<(), Failure> {
    let hybrids = shown(comparison);
    let viewing = &comparison.settings.viewing;
    let large: Vec<_> =
        [pair.near()].into_iter().chain(hybrids.iter().map(|made| &made.picture)).chain([pair.far()]).collect();
    let small: Vec<_> = large.iter().map(|picture| from_afar(picture, viewing)).collect();
    for (i, name) in NAMES.iter().enumerate() {
        folder.write_picture(&format!("{name}.png"), large[i + 1])?;
        folder.write_picture(&format!("{name}-from-afar.png"), &small[i + 1])?;
    }
    let rows = [large.into_iter().map(Some).collect(), small.iter().map(Some).collect()];
    folder.write_picture("triptych.png", &sheet(&rows))
}

/// Every hybrid of the sweeps, a row each.
fn csv(comparison: &Comparison) -> String {
    let mut csv =
        "method,crossover_cycles_per_pixel,p_near,p_far,halo,color_error,clipped_share,switch_ppd,seconds\n".to_owned();
    for (name, sweep) in NAMES.iter().zip(&comparison.sweeps) {
        for Sample { crossover, look, seconds, .. } in &sweep.samples {
            let Naturalness { halo, color_error, clipped_share, .. } = look.naturalness;
            let switch = look.switch.even_ppd.map(|ppd| format!("{ppd:.2}")).unwrap_or_default();
            writeln!(
                csv,
                "{name},{crossover:.6},{:.6},{:.6},{halo:.4},{color_error:.4},{clipped_share:.6},{switch},{seconds:.5}",
                look.p_near, look.p_far
            )
            .expect("writing to a string cannot fail");
        }
    }
    csv
}

/// The trade-offs of both methods.
fn front(comparison: &Comparison) -> Plot {
    let line = |(style, sweep): (usize, &nearfar::compare::Sweep)| {
        let points = sweep.samples.iter().map(|sample| (sample.look.p_near, -sample.look.p_far)).collect();
        Line { label: NAMES[style].to_owned(), points, pale: false, style }
    };
    Plot {
        title: "How much of both pictures can be had at once".to_owned(),
        x: Axis::linear("NEAR seen up close, p (right is better)"),
        y: Axis::linear("FAR seen from afar, -p (up is better)"),
        lines: comparison.sweeps.iter().enumerate().map(line).collect(),
        legend: Corner::LowerLeft,
    }
}

/// What came out, in words and tables.
fn summary(comparison: &Comparison, density: Density) -> String {
    let Settings { viewing, p_far, .. } = comparison.settings;
    let mut text = "# Two ways to mix one pair\n\n".to_owned();
    if comparison.matched.iter().all(Option::is_some) {
        write!(text, "At p {p_far} from afar, where both show FAR equally clearly:\n\n")
    } else {
        write!(text, "No p of {p_far} from afar within the sweep; each as it is by itself:\n\n")
    }
    .expect("writing to a string cannot fail");
    let hybrids = shown(comparison);
    text.push_str("| | better is | descent | fourier |\n|---|---|---|---|\n");
    let mut row = |name: &str, better: &str, value: &dyn Fn(&Sample) -> String| {
        let values: Vec<_> = hybrids.iter().map(|made| value(&made.sample)).collect();
        writeln!(text, "| {name} | {better} | {} |", values.join(" | ")).expect("writing to a string cannot fail");
    };
    row("p up close", "larger", &|s| format!("{:+.2}", s.look.p_near));
    row("p from afar", "smaller", &|s| format!("{:+.2}", s.look.p_far));
    row("halo, L*", "smaller", &|s| format!("{:.2}", s.look.naturalness.halo));
    row("colour error", "smaller", &|s| format!("{:.2} %", s.look.naturalness.color_error));
    row("pixels cut off", "smaller", &|s| format!("{:.2} %", 100.0 * s.look.naturalness.clipped_share));
    row("FAR takes over from", "", &|s| {
        s.look.switch.even_ppd.map_or_else(|| "nowhere".to_owned(), |ppd| score::distance(ppd, density))
    });
    row("crossover, cycles per pixel", "", &|s| format!("{:.4}", s.crossover));
    row("time", "smaller", &|s| format!("{:.0} ms", 1e3 * s.seconds));
    write!(
        text,
        "\np is +1 where only NEAR is seen and -1 where only FAR is. Up close is {:.1} pixels per degree, afar {:.1}. A halo is \
         a tone that changes beside NEAR's edges where neither picture's does; the colour error is the distance from \
         NEAR's colours.\n\n\
         `triptych.png` shows NEAR, the hybrids of descent and Fourier, and FAR, at full size and as small as they look \
         from afar. `front.svg` shows both trade-offs, `scores.csv` and `scores.json` hold every number.\n",
        viewing.near_ppd, viewing.far_ppd
    )
    .expect("writing to a string cannot fail");
    text
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
