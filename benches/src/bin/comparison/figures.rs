//! Pictures and plots of the document.

use std::{error::Error, fs, path::Path};

use nearfar::{
    Encoded, Image,
    codec::{self, EncodeOptions, Format},
    compare::{Sweep, from_afar, sheet},
    plot::{Axis, Corner, Line, Plot},
};

use crate::{
    Row,
    samples::{FOURIER, NAMES, OPTIMISED, SHOWN},
};

pub(crate) fn write(folder: &Path, rows: &[Row]) -> Result<(), Box<dyn Error>> {
    for row in rows.iter().take(SHOWN) {
        let options = EncodeOptions { quality: 82, ..EncodeOptions::new(Format::Jpeg) };
        fs::write(folder.join(format!("{}.jpg", row.name)), codec::encode(&triptych(row), &options)?)?;
    }
    fs::write(folder.join("front.svg"), front(rows).to_svg())?;
    fs::write(folder.join("leakage.svg"), leakage(rows).to_svg())?;
    Ok(())
}

/// Near picture, both hybrids, far picture; below, the same as small as they look from afar. A method that does not
/// reach the far fidelity leaves its place white.
fn triptych(row: &Row) -> Image<Encoded> {
    let hybrid = |method: usize| row.comparison.same_far_fidelity[method].as_ref().map(|made| &made.picture);
    let large = [Some(&row.near), hybrid(OPTIMISED), hybrid(FOURIER), Some(&row.far)];
    let viewing = &row.comparison.settings.viewing;
    let small = large.map(|picture| picture.map(|picture| from_afar(picture, viewing)));
    sheet(&[large.to_vec(), small.iter().map(Option::as_ref).collect()])
}

/// Trade-offs: pale for every pair, bold for the mean over the pairs at each setting.
fn front(rows: &[Row]) -> Plot {
    plot(
        rows,
        "Trade-offs of each pair (pale) and their mean",
        "near fidelity, seen up close (right is better)",
        Corner::LowerLeft,
        |sweep, i| (sweep.samples[i].scores.near_fidelity, sweep.samples[i].scores.far_fidelity),
    )
}

fn leakage(rows: &[Row]) -> Plot {
    plot(
        rows,
        "Leakage of each pair (pale) and its mean",
        "near leakage: FAR seen up close (left is better)",
        Corner::LowerRight,
        |sweep, i| (sweep.samples[i].scores.near_leakage, sweep.samples[i].scores.far_fidelity),
    )
}

fn plot(rows: &[Row], title: &str, x: &str, legend: Corner, point: fn(&Sweep, usize) -> (f64, f64)) -> Plot {
    let mut lines = Vec::new();
    for (style, name) in NAMES.iter().enumerate() {
        let sweeps: Vec<_> = rows.iter().map(|row| &row.comparison.sweeps[style]).collect();
        let settings = sweeps.first().map_or(0, |sweep| sweep.samples.len());
        for sweep in &sweeps {
            let points = (0..settings).map(|i| point(sweep, i)).collect();
            lines.push(Line { label: String::new(), points, pale: true, style });
        }
        let mean = |i| {
            let sum = sweeps.iter().map(|sweep| point(sweep, i)).fold((0.0, 0.0), |(a, b), (x, y)| (a + x, b + y));
            (sum.0 / sweeps.len() as f64, sum.1 / sweeps.len() as f64)
        };
        lines.push(Line { label: (*name).to_owned(), points: (0..settings).map(mean).collect(), pale: false, style });
    }
    Plot {
        title: title.to_owned(),
        x: Axis::linear(x),
        y: Axis::linear("far fidelity, seen from afar (up is better)"),
        lines,
        legend,
    }
}
