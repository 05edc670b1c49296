//! Writes docs/crossovers.md: the value of choosing a crossover for every pair, on the pictures of imgs/:
//!
//! ```sh
//! cargo run --release -p nearfar-benches --bin crossovers
//! ```
#![expect(clippy::print_stderr, reason = "a person waits for minutes")]

use std::{error::Error, fmt::Write, fs, path::Path};

use nearfar::{
    Execution, Method, Perception, Strength, fit::Aligned, kernels::Crossover, no_observer, views,
    vision::PerceptSwitch, vision::Viewing,
};
use nearfar_benches::{PAIRS, Source};

/// Multiples of the usual crossover.
const TIMES: [f64; 6] = [0.65, 0.8, 1.0, 1.25, 1.6, 2.0];

/// Index of the usual crossover in [`TIMES`].
const USUAL: usize = 2;

/// Requirements for a default: p at least this up close, and at most this from the distance that it is made for.
const GOALS: [f64; 2] = [0.25, -0.35];

/// The percepts of a hybrid.
#[derive(Clone, Copy)]
struct Seen {
    near: f64,
    far: f64,
    /// Distance in metres at which both are seen alike.
    switch: Option<f64>,
}

struct Row {
    source: &'static Source,
    /// The chosen crossover, as a multiple of the usual one.
    times: f64,
    chosen: Seen,
    /// For each of [`TIMES`].
    others: Vec<Seen>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let execution = Execution::parallel();
    let mut rows = Vec::new();
    for source in &PAIRS {
        eprintln!("{}", source.name);
        rows.push(row(source, &nearfar_benches::read(&root, source, &execution)?, &execution)?);
    }
    fs::write(root.join("docs/crossovers.md"), document(&rows)?)?;
    Ok(())
}

fn row(source: &'static Source, aligned: &Aligned, execution: &Execution) -> Result<Row, Box<dyn Error>> {
    let choice = Method::default().choose(aligned, Strength::Even);
    let method = Method::default().settled(aligned, Strength::Even);
    let seen = |crossover: Crossover| -> Result<Seen, Box<dyn Error>> {
        let (hybrid, _) = method.clone().crossing_at(crossover).mix(&aligned.pair, execution, &mut no_observer)?;
        let usual = Viewing::default().near_ppd;
        let viewing = views(crossover, Some(usual))?;
        let Perception { near, far, switch: PerceptSwitch { even_ppd, .. }, .. } =
            Perception::of(&hybrid, aligned, &viewing, execution)?;
        // Pixels per degree grow with distance, and the usual ones are those at 60 cm.
        Ok(Seen { near, far, switch: even_ppd.map(|even| 0.6 * even.get() / usual.get()) })
    };
    let per_pixel = choice.crossover.cycles_per_pixel();
    let others = TIMES.iter().map(|times| seen(Crossover::per_pixel(per_pixel * times / choice.relative_cycles)?));
    let others = others.collect::<Result<_, _>>()?;
    Ok(Row { source, times: choice.relative_cycles, chosen: seen(choice.crossover)?, others })
}

fn document(rows: &[Row]) -> Result<String, std::fmt::Error> {
    let mean = |of: &dyn Fn(&Row) -> f64| rows.iter().map(of).sum::<f64>() / rows.len() as f64;
    let lowest = |of: &dyn Fn(&Row) -> f64| rows.iter().map(of).fold(f64::INFINITY, f64::min);
    let highest = |of: &dyn Fn(&Row) -> f64| rows.iter().map(of).fold(f64::NEG_INFINITY, f64::max);
    let [near, far] = GOALS;
    let flipping =
        |of: &dyn Fn(&Row) -> Seen| rows.iter().filter(|row| of(row).near >= near && of(row).far <= far).count();
    let mut text = format!(
        "# A crossover for every pair

Generated, with every number, by

```sh
cargo run --release -p nearfar-benches --bin crossovers
```

from the pictures in `imgs`. Do not edit it by hand.

How many cycles FAR gets depends on what it shows, a face or something else: that is the *usual* crossover. The default then
gives it more or fewer, by how well NEAR is seen in a draft (`crates/nearfar/src/choose/`). p says what is seen: +1 only NEAR,
-1 only FAR, beyond {clear} clear. Up close means 60 cm; from afar, the distance that the hybrid is made for.

## What a crossover changes

Means over {count} pairs, with the lowest and the highest of any pair. *Flips*: the number of pairs with p of {near} or more up close
and of {far} or less from afar.

| crossover | p up close | p from afar | flips |
|---|---|---|---|
",
        clear = PerceptSwitch::CLEAR,
        count = rows.len(),
    );
    let mut line = |name: &str, of: &dyn Fn(&Row) -> Seen| {
        let range = |of: &dyn Fn(&Row) -> f64| format!("{:.2} ({:.2} to {:.2})", mean(of), lowest(of), highest(of));
        let (near, far) = (range(&|row| of(row).near), range(&|row| of(row).far));
        writeln!(text, "| {name} | {near} | {far} | {} |", flipping(of))
    };
    for (i, times) in TIMES.iter().enumerate() {
        let name = if i == USUAL { "the usual".into() } else { format!("{times} times the usual") };
        line(&name, &|row| row.others[i])?;
    }
    line("**chosen**", &|row| row.chosen)?;
    write!(
        text,
        "
How well FAR is seen from its distance hardly depends on the crossover; how well NEAR is seen up close does.

## Pair by pair

In each cell: p up close / p from afar, and the distance of the switch, in metres from a screen that has {:.1} pixels per degree
at 60 cm.

| pair | usual | chosen | times the usual |
|---|---|---|---|
",
        Viewing::default().near_ppd.get(),
    )?;
    for Row { source, times, chosen, others } in rows {
        let cell = |seen: &Seen| {
            let switch = seen.switch.map_or("never".into(), |metres| format!("{metres:.1} m"));
            format!("{:.2} / {:.2}, {switch}", seen.near, seen.far)
        };
        writeln!(text, "| {} | {} | {} | {times:.2} |", source.name, cell(&others[USUAL]), cell(chosen))?;
    }
    Ok(text)
}
