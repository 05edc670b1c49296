//! The text of the document. Its claims follow from the data: a method is called better only if the 95 % interval of
//! the paired differences excludes 0.

use std::fmt::Write;

use nearfar::{
    Report,
    compare::Settings,
    vision::{Interval, PerceptSwitch},
};

use crate::{
    Row,
    contest::{ARTICLE, CLASSIC, FOURIER, LIGHT, NAMES, OPTIMISED, SHOWN},
    robustness::TRIALS,
    stats::{METRICS, Metric, P_NEAR, Verdict, interval},
    times::Times,
};

pub(crate) fn document(rows: &[Row], settings: &Settings, times: &Times) -> String {
    let mut text = String::new();
    for section in [
        methods(settings),
        judging(rows, settings),
        choice(rows, settings, times),
        pictures(rows, settings),
        matched(rows, settings),
        chosen(rows),
        robustness(rows, settings),
        time(times),
        claims(rows, settings, times),
    ] {
        text.push_str(&section);
        text.push('\n');
    }
    text.truncate(text.trim_end().len());
    text + "\n"
}

/// The held-out pairs, at which nobody looked while defaults were chosen.
fn fresh(rows: &[Row]) -> impl Iterator<Item = &Row> {
    rows.iter().filter(|row| !row.source.tuned)
}

fn methods(settings: &Settings) -> String {
    format!(
        "# Optimised and Fourier hybrids compared

Generated, with every figure and number, by

```sh
cargo run --release -p nearfar-benches --bin comparison
```

from the pictures in `imgs`. Do not edit it by hand. Times differ from run to run and from machine to machine;
nothing else does.

## The methods

| name here | what it does | what a sweep varies |
|---|---|---|
| {} | the default of `nearfar descent`: looks for pixels in [0, 1] whose details are NEAR's, except for jumps at its edges, whose colours are mostly NEAR's, and which, blurred in light, show as much of FAR as is needed | sigma of the blur |
| {} | the default of `nearfar fourier`: low-pass of FAR plus high-pass of NEAR in lightness, NEAR's details amplified where they would be lost, the same share of FAR's tones and colours | cutoff |
| {} | as in textbooks (`fourier --classic`): a Gaussian with one cutoff, each channel separately, in codes, clipped | cutoff |
| {} | the article's objective, each channel separately: pixels equal to NEAR's and, under the blur of the eye from afar, equal to FAR's; sRGB curve, mirror border, minimised to convergence | weight of NEAR |
| {} | Fourier classic in light instead of codes | cutoff |

Each is swept over the same {} *crossovers* (frequencies at which both pictures have equal shares), from {} to {} times
the frequency that the eye's blur halves from afar (`docs/mathematics.md`, section 5).
",
        NAMES[OPTIMISED],
        NAMES[FOURIER],
        NAMES[CLASSIC],
        NAMES[ARTICLE],
        NAMES[LIGHT],
        settings.points,
        settings.range[0],
        settings.range[1]
    )
}

fn judging(rows: &[Row], settings: &Settings) -> String {
    let all = rows.len();
    let new = fresh(rows).count();
    format!(
        "## How they are judged

Two pictures are fitted as by every command, mixed, rounded to 8 bits, and viewed from two distances, 60 cm and 2.94 m; every
pair is shown at the size for which the optimiser's default suits 2.94 m.

- **p** says what is seen: +1 only NEAR, -1 only FAR, beyond 0.25 clear (`nearfar-vision`'s percept: how much of each picture's
  lightness and colours is in the hybrid, band by band, each band weighted by its importance for recognition).
- **Halo** is what a filter leaves along contours: in NEAR's smooth places beside its strong edges, the change of tone that
  neither picture accounts for, in L* over the width of the far eye's blur (`nearfar-vision/src/naturalness.rs`).
- **Colour error** is the mean distance from NEAR's colours (Cb, Cr), in per cent of a code's range. Where NEAR would be
  recognised by its colours from afar, both defaults replace them with FAR's on purpose (parrots-cape, coffee-cat); that counts
  as error too.
- **Pixels cut off** are those with a channel at 0 or full that is not so in NEAR.

Methods are compared where FAR is seen equally clearly from afar, at p = {}: hybrids are made until one has that p. No
person has judged them (what vision models named at first sight, at each method's default, is in [judges.md](judges.md)); p measures
amplitudes rather than contours, so it does not know how much a clean outline helps NEAR.
Equal p does not mean equal looks: p does not penalise a method that leaves out FAR's surroundings.

There are {all} pairs. The defaults of {} and {} were chosen by looking at the {} marked *; intervals and verdicts are
over the other {new} only, which nobody had looked at before, though most of their pictures are in marked pairs too. Intervals are
95 % percentile bootstraps over pairs; since pairs share pictures, they are somewhat too narrow.
",
        settings.p_far,
        NAMES[OPTIMISED],
        NAMES[FOURIER],
        all - new
    )
}

fn choice(rows: &[Row], settings: &Settings, times: &Times) -> String {
    let missed = |method: usize| fresh(rows).filter(|row| row.comparison.matched[method].is_none()).count();
    let missed: Vec<_> = NAMES.iter().enumerate().map(|(i, name)| format!("{name} on {}", missed(i))).collect();
    let mut text = format!(
        "## Which to choose\n\n\
         - Of {} pairs, FAR is never seen as clearly from afar as p = {}, whatever the crossover, by {}. Such pairs are left \
         out below, which favours the method: one that leaves FAR's tone and surroundings to NEAR has less of FAR to show.\n",
        fresh(rows).count(),
        settings.p_far,
        missed.join(", ")
    );
    for other in [FOURIER, CLASSIC, ARTICLE] {
        let verdicts = METRICS.map(|metric| {
            let found = interval(&metric.differences(fresh(rows), [OPTIMISED, other]));
            (metric.name, Verdict::of(found, metric.larger_is_better))
        });
        let mut parts = Vec::new();
        for verdict in [Verdict::Worse, Verdict::Better, Verdict::Open] {
            let names: Vec<_> = verdicts.iter().filter(|(_, found)| *found == verdict).map(|(name, _)| *name).collect();
            if !names.is_empty() {
                parts.push(format!("{} in {}", verdict.word(), names.join(", ")));
            }
        }
        write(
            &mut text,
            format_args!(
                "- {} against {}, at equal p from afar on {} pairs: {}.\n",
                NAMES[OPTIMISED],
                NAMES[other],
                P_NEAR.differences(fresh(rows), [OPTIMISED, other]).len(),
                parts.join("; ")
            ),
        );
    }
    let [_, fourier, optimised, _] = &times.methods;
    write(
        &mut text,
        format_args!(
            "\nTake the **optimiser** where the near picture is to pass for a photograph: tones change at NEAR's own outlines instead \
             of fading into halos, its fine colours stay, and little is cut off; it takes {:.1} times as long as the default Fourier \
             mixer. Take the default **Fourier** mixer where time counts, for previews and many large pictures: it keeps NEAR's \
             colours too, at the price of halos and of less of NEAR up close. Take the **classical** mixer to compare with the \
             literature, or where FAR must be there with all its colours and surroundings even if NEAR suffers. The \
             **article's loss**, minimised to convergence, shows the most of NEAR by p, but p is wrong to praise it: p counts \
             details blown up into speckle where NEAR is dark, as the table of halos and the pictures show.\n",
            optimised.all_threads / fourier.all_threads
        ),
    );
    text
}

fn pictures(rows: &[Row], settings: &Settings) -> String {
    let mut text = format!(
        "## To look at

NEAR, {}, {}, {}, {}, FAR; the hybrids at p = {} from afar,
or, where a method does not reach that, at the crossover it chooses by itself. The upper row is at full size; the lower one is
as small as the upper looks from afar.

",
        NAMES[OPTIMISED], NAMES[FOURIER], NAMES[CLASSIC], NAMES[ARTICLE], settings.p_far
    );
    for row in rows.iter().filter(|row| SHOWN.contains(&row.source.name)) {
        let name = row.source.name;
        write(&mut text, format_args!("### {name}\n\n![{name}](comparison/{name}.jpg)\n\n"));
    }
    text
}

/// Methods compared with each other.
const CONTRASTS: [[usize; 2]; 5] =
    [[OPTIMISED, FOURIER], [OPTIMISED, CLASSIC], [OPTIMISED, ARTICLE], [FOURIER, CLASSIC], [ARTICLE, CLASSIC]];

fn matched(rows: &[Row], settings: &Settings) -> String {
    let mut text = format!(
        "## At equal p from afar

![Percepts](comparison/percepts.svg)
![Halos](comparison/halos.svg)

The curves of both defaults turn back: how much of FAR's tone is left to NEAR is tied to the crossover, so beyond some
crossover more of FAR is lost than gained.

At p = {} from afar; n/a where a sweep does not reach it.

| | difference | pairs | verdict |\n|---|---|---|---|\n",
        settings.p_far
    );
    for metric in &METRICS {
        for [this, other] in CONTRASTS {
            let differences = metric.differences(fresh(rows), [this, other]);
            let found = interval(&differences);
            write(
                &mut text,
                format_args!(
                    "| {}, {} minus {} | {}{} | {} | {}: {} |\n",
                    metric.name,
                    NAMES[this],
                    NAMES[other],
                    signed(found, metric.decimals),
                    metric.unit,
                    differences.len(),
                    NAMES[this],
                    Verdict::of(found, metric.larger_is_better).word()
                ),
            );
        }
    }
    for metric in &METRICS {
        text.push_str(&every_pair(rows, metric));
    }
    text.push_str(&switches(rows));
    text
}

fn every_pair(rows: &[Row], metric: &Metric) -> String {
    let Metric { name: metric_name, unit, decimals, larger_is_better, .. } = metric;
    let mut text = format!(
        "\n**{metric_name}**{unit} ({} is better); pairs where {} loses to {} first:\n\n| pair | {} | difference |\n|---|{}---|\n",
        if *larger_is_better { "larger" } else { "smaller" },
        NAMES[OPTIMISED],
        NAMES[FOURIER],
        NAMES.join(" | "),
        "---|".repeat(NAMES.len())
    );
    let sign = if *larger_is_better { 1.0 } else { -1.0 };
    let difference = |row: &Row| Some(metric.matched(row, OPTIMISED)? - metric.matched(row, FOURIER)?);
    for row in sorted(rows, |row| difference(row).map_or(f64::INFINITY, |difference| sign * difference)) {
        let values: Vec<_> = (0..NAMES.len()).map(|method| number(metric.matched(row, method), *decimals)).collect();
        let difference = difference(row).map_or_else(|| "n/a".to_owned(), |found| format!("{found:+.decimals$}"));
        write(&mut text, format_args!("| {} | {} | {difference} |\n", name(row), values.join(" | ")));
    }
    text
}

/// Distance of the near view, in metres.
const NEAR_METRES: f64 = 0.6;

fn switches(rows: &[Row]) -> String {
    let mut text = format!(
        "\n**Where FAR takes over**, in metres (p falls below 0):\n\n| pair | {} |\n|---|{}\n",
        NAMES.join(" | "),
        "---|".repeat(NAMES.len())
    );
    for row in rows {
        let near = row.comparison.settings.viewing.near_ppd.get();
        let metres = |method: usize| {
            let made = row.comparison.matched[method].as_ref()?;
            Some(NEAR_METRES * made.sample.look.switch.even_ppd?.get() / near)
        };
        let found: Vec<_> = (0..NAMES.len()).map(|method| number(metres(method), 2)).collect();
        write(&mut text, format_args!("| {} | {} |\n", name(row), found.join(" | ")));
    }
    text
}

fn chosen(rows: &[Row]) -> String {
    let mut text = format!(
        "## Each at its own choice

Each method at the crossover that the program chooses for it: p up close / p from afar. Ordered by the sum of p up close and -p
from afar of {}, smallest first.

| pair | {} |\n|---|{}\n",
        NAMES[OPTIMISED],
        NAMES.join(" | "),
        "---|".repeat(NAMES.len())
    );
    let look = |row: &Row, method: usize| row.comparison.chosen[method].sample.look;
    for row in sorted(rows, |row| look(row, OPTIMISED).p_near - look(row, OPTIMISED).p_far) {
        let cell = |method| format!("{:+.2} / {:+.2}", look(row, method).p_near, look(row, method).p_far);
        let cells: Vec<_> = (0..NAMES.len()).map(cell).collect();
        write(&mut text, format_args!("| {} | {} |\n", name(row), cells.join(" | ")));
    }
    write(
        &mut text,
        format_args!(
            "\nMeans over the pairs without a star:\n\n| | {} |\n|---|{}\n",
            NAMES.join(" | "),
            "---|".repeat(NAMES.len())
        ),
    );
    let count = fresh(rows).count() as f64;
    let p_far = Metric { name: "p from afar", unit: "", decimals: 3, larger_is_better: false, read: |look| look.p_far };
    for metric in METRICS.iter().chain([&p_far]) {
        let mean = |method| fresh(rows).map(|row| (metric.read)(&look(row, method))).sum::<f64>() / count;
        let means: Vec<_> = (0..NAMES.len()).map(|method| number(Some(mean(method)), metric.decimals)).collect();
        write(&mut text, format_args!("| {}{} | {} |\n", metric.name, metric.unit, means.join(" | ")));
    }
    let clear = PerceptSwitch::CLEAR;
    let flips = |method| {
        fresh(rows).filter(|row| look(row, method).p_near >= clear && look(row, method).p_far <= -clear).count()
    };
    let flips: Vec<_> = (0..NAMES.len()).map(|method| flips(method).to_string()).collect();
    write(&mut text, format_args!("| pairs clear in both views, of {count} | {} |\n", flips.join(" | ")));
    text
}

fn robustness(rows: &[Row], settings: &Settings) -> String {
    let mut text = format!(
        "## Robustness

The hybrids at p = {} from afar, saved, shrunk or shown differently from what was intended: mean change of p up close / from
afar over the pairs without a star. A halved picture is displayed as large as before; a browser averages codes, not light.

| | {} |\n|---|{}\n",
        settings.p_far,
        NAMES.join(" | "),
        "---|".repeat(NAMES.len())
    );
    for (i, trial) in TRIALS.iter().enumerate() {
        let cell = |method: usize| {
            let changes: Vec<_> = fresh(rows)
                .filter_map(|row| {
                    let before = row.comparison.matched[method].as_ref()?.sample.look;
                    let [near, far] = row.robustness[method].as_ref()?[i];
                    Some([near - before.p_near, far - before.p_far])
                })
                .collect();
            let mean = |view: usize| changes.iter().map(|change| change[view]).sum::<f64>() / changes.len() as f64;
            format!("{:+.3} / {:+.3}", mean(0), mean(1))
        };
        let cells: Vec<_> = (0..NAMES.len()).map(cell).collect();
        write(&mut text, format_args!("| {trial} | {} |\n", cells.join(" | ")));
    }
    text
}

fn time(times: &Times) -> String {
    let mut text = format!(
        "## Time

Mixing {}, {} pixels, in memory, best of several runs{}; milliseconds.{}

| | one thread | {} threads | evaluations of loss and gradient |\n|---|---|---|---|\n",
        nearfar_benches::PAIRS[0].name,
        times.size,
        cpu().map(|cpu| format!(" on {cpu}")).unwrap_or_default(),
        times.load.map(|load| format!("\n{}", loaded(load, times.threads))).unwrap_or_default(),
        times.threads
    );
    for time in &times.methods {
        let evaluations = time.evaluations.map_or_else(|| "none".to_owned(), |count| count.to_string());
        write(
            &mut text,
            format_args!("| {} | {:.1} | {:.1} | {evaluations} |\n", time.name, time.one_thread, time.all_threads),
        );
    }
    text
}

/// How much other programs interfered.
fn loaded(load: f64, threads: usize) -> String {
    let verdict = if load > 1.25 * threads as f64 {
        "other programs competed for the cores, so take the ratios as rough"
    } else {
        "the cores were not oversubscribed"
    };
    format!("Load when the measurement began, this program included: {load:.1} on {threads} threads; {verdict}.")
}

/// The processor's name, as the system reports it.
fn cpu() -> Option<String> {
    let info = std::fs::read_to_string("/proc/cpuinfo").ok()?;
    let line = info.lines().find(|line| line.starts_with("model name"))?;
    Some(line.split_once(':')?.1.trim().to_owned())
}

fn claims(rows: &[Row], settings: &Settings, times: &Times) -> String {
    let clipping: Vec<_> = rows
        .iter()
        .filter_map(|row| match row.comparison.matched[CLASSIC].as_ref()?.sample.report {
            Report::Fourier { clipped_share, clipping_energy_lost, .. } => {
                Some((100.0 * clipped_share, 100.0 * clipping_energy_lost))
            }
            _ => None,
        })
        .collect();
    let mean = |part: fn(&(f64, f64)) -> f64| clipping.iter().map(part).sum::<f64>() / clipping.len() as f64;
    let most = clipping.iter().map(|(share, _)| *share).fold(0.0, f64::max);
    let cut = clipping.iter().filter(|(share, _)| *share > 0.0).count();
    let mut text = format!(
        "## What the article says of Fourier hybrids

**Values leave [0, 1].** They do: of the classical hybrids at p = {} from afar, {cut} of {} had to be clipped, on average in {:.1} %
of the pixels (most: {most:.1} %), which removed {:.2} % of the energy. The optimiser cannot leave the range; it has nothing to clip.

",
        settings.p_far,
        clipping.len(),
        mean(|(share, _)| *share),
        mean(|(_, energy)| *energy)
    );
    let found = interval(&P_NEAR.differences(fresh(rows), [LIGHT, CLASSIC]));
    let verdict = match Verdict::of(found, true) {
        Verdict::Better => "light is better",
        Verdict::Worse => "codes are better",
        Verdict::Open => "there is no clear difference",
    };
    let [classic, fourier, optimised, article] = &times.methods;
    write(
        &mut text,
        format_args!(
            "**Perceived lightness or light?** The article found no way to have both and did not like what it tried. A \
             Fourier mixer can mix codes or light. At equal p from afar, p up close in light minus that in codes is {}: {verdict}. \
             The optimiser has both: it blurs light and compares codes.\n",
            signed(found, 3)
        ),
    );
    write(
        &mut text,
        format_args!(
            "\n**Optimising is orders of magnitude slower.** With all threads, the default optimiser takes {:.1} times as long as \
             the default Fourier mixer and {:.1} times as long as the classical one; the article's own 200 steps, in this program, \
             take {:.1} times as long as the classical one ({:.1} and {:.1} against {:.1} and {:.1} ms).\n",
            optimised.all_threads / fourier.all_threads,
            optimised.all_threads / classic.all_threads,
            article.all_threads / classic.all_threads,
            optimised.all_threads,
            article.all_threads,
            fourier.all_threads,
            classic.all_threads
        ),
    );
    text
}

/// Rows by ascending value.
fn sorted(rows: &[Row], value: impl Fn(&Row) -> f64) -> Vec<&Row> {
    let mut sorted: Vec<_> = rows.iter().collect();
    sorted.sort_by(|a, b| value(a).total_cmp(&value(b)));
    sorted
}

/// A pair's name, with a star if the defaults were chosen on it.
fn name(row: &Row) -> String {
    format!("{}{}", row.source.name, if row.source.tuned { " *" } else { "" })
}

fn number(value: Option<f64>, decimals: usize) -> String {
    value.map_or_else(|| "n/a".to_owned(), |value| format!("{value:.decimals$}"))
}

fn signed(interval: Option<Interval>, decimals: usize) -> String {
    interval.map_or_else(
        || "n/a".to_owned(),
        |Interval { mean, low, high }| format!("{mean:+.decimals$} ({low:+.decimals$} to {high:+.decimals$})"),
    )
}

fn write(text: &mut String, what: std::fmt::Arguments<'_>) {
    text.write_fmt(what).expect("writing to a string cannot fail");
}
