//! Pictures and plots for the document.

use std::{error::Error, fs, path::Path};

use nearfar::{
    Encoded, Image,
    codec::{self, EncodeOptions, Format},
    compare::{Comparison, Look, from_afar, sheet},
    plot::{Axis, Corner, Line, Plot},
};

use crate::{
    Row,
    contest::{ARTICLE, CLASSIC, FOURIER, NAMES, OPTIMISED, SHOWN},
};

pub(crate) fn write(folder: &Path, rows: &[Row]) -> Result<(), Box<dyn Error>> {
    for row in rows.iter().filter(|row| SHOWN.contains(&row.source.name)) {
        let options = EncodeOptions { quality: 82, ..EncodeOptions::new(Format::Jpeg) };
        fs::write(folder.join(format!("{}.jpg", row.source.name)), codec::encode(&strip(row), &options)?)?;
    }
    let p_near = |look: &Look| look.p_near;
    fs::write(
        folder.join("percepts.svg"),
        plot(rows, "NEAR seen up close, p (right is better)", Corner::LowerLeft, p_near).to_svg(),
    )?;
    let halo = |look: &Look| look.naturalness.halo;
    fs::write(folder.join("halos.svg"), plot(rows, "halo, L* (left is better)", Corner::LowerRight, halo).to_svg())?;
    Ok(())
}

/// The methods that are drawn.
pub(crate) const DRAWN: [usize; 4] = [OPTIMISED, FOURIER, CLASSIC, ARTICLE];

/// Near picture, the hybrids that look alike from afar, far picture; below, the same at the small size at which they
/// look as from afar. A method that does not get there is shown as it is by default.
fn strip(row: &Row) -> Image<Encoded> {
    let Comparison { matched, chosen, .. } = &row.comparison;
    let hybrids = DRAWN.map(|method| Some(&matched[method].as_ref().unwrap_or(&chosen[method]).picture));
    let pair = &row.aligned.pair;
    let large: Vec<_> = [Some(pair.near())].into_iter().chain(hybrids).chain([Some(pair.far())]).collect();
    let viewing = &row.comparison.settings.viewing;
    let small: Vec<_> = large.iter().map(|picture| picture.map(|picture| from_afar(picture, viewing))).collect();
    sheet(&[large, small.iter().map(Option::as_ref).collect()])
}

/// How clearly FAR is seen from afar against the cost up close: pale for every pair, bold for the mean over the pairs
/// at each setting.
fn plot(rows: &[Row], x: &str, legend: Corner, read: fn(&Look) -> f64) -> Plot {
    let point = |look: &Look| (read(look), -look.p_far);
    let mut lines = Vec::new();
    for (style, method) in DRAWN.into_iter().enumerate() {
        let curve = |row: &Row| -> Vec<_> {
            row.comparison.sweeps[method].samples.iter().map(|sample| point(&sample.look)).collect()
        };
        let curves: Vec<_> = rows.iter().map(curve).collect();
        let settings = curves.iter().map(Vec::len).min().unwrap_or(0);
        let mean = |i: usize| {
            let sum = curves.iter().map(|curve| curve[i]).fold((0.0, 0.0), |(a, b), (x, y)| (a + x, b + y));
            (sum.0 / curves.len() as f64, sum.1 / curves.len() as f64)
        };
        let means = (0..settings).map(mean).collect();
        let pale = curves.iter().map(|curve| Line { label: String::new(), points: curve.clone(), pale: true, style });
        lines.extend(pale);
        lines.push(Line { label: NAMES[method].to_owned(), points: means, pale: false, style });
    }
    Plot {
        title: "Each pair (pale) and their mean".to_owned(),
        x: Axis::linear(x),
        y: Axis::linear("FAR seen from afar, -p (up is better)"),
        lines,
        legend,
    }
}
