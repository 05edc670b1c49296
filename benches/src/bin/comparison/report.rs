//! The document's words. What they claim follows from the data: a method is called better only where the 95 % interval of
//! the paired differences excludes 0.

use std::fmt::Write;

use nearfar::{
    Report,
    compare::{Sample, Settings},
    vision::Interval,
};

use crate::{
    Row,
    samples::{ARTICLE, FOURIER, LIGHT, NAMES, OPTIMISED, SHOWN},
    stats::{METRICS, Verdict, crossover_difference, interval, iso_difference, volume_difference},
    times::Times,
};

pub(crate) fn document(rows: &[Row], settings: &Settings, times: &Times) -> String {
    let mut text = String::new();
    for section in [
        methods(settings),
        judging(settings),
        pictures(rows, settings),
        trade_off(rows, settings),
        at_equal_far_fidelity(rows, settings),
        at_equal_crossover(rows),
        time(times),
        claims(rows, times),
        choice(rows, times),
    ] {
        text.push_str(&section);
        text.push('\n');
    }
    text.truncate(text.trim_end().len());
    text + "\n"
}

fn methods(settings: &Settings) -> String {
    format!(
        "# Optimised and Fourier hybrids compared

Written, with every figure and number, by

```sh
cargo run --release -p nearfar-benches --bin comparison
```

from the pairs in `imgs/aligned`. Do not edit it by hand. Times differ from run to run and from machine to machine;
everything else does not.

## The methods

| name here | what it does | what a sweep turns |
|---|---|---|
| {} | looks for the pixels in [0, 1] whose details are NEAR's and whose blur, taken in light, is FAR's (the default of `nearfar descent`) | sigma of the blur |
| {} | the same with the article's objective: pixels, not details, equal to NEAR's; the blur is the eye's from afar; sRGB curve, mirror border, solved to the end | weight of NEAR |
| {} | low-pass of FAR plus high-pass of NEAR, a Gaussian with one cutoff, mixed in codes, clipped (the default of `nearfar fourier`) | cutoff |
| {} | the same, mixed in light | cutoff |

Each is swept over the same {} *crossovers*: the frequency at which both pictures have equal shares, from {} to {} times
the frequency that the eye's blur halves from afar (`docs/mathematics.md`, section 5).
",
        NAMES[0], NAMES[1], NAMES[2], NAMES[3], settings.points, settings.range[0], settings.range[1]
    )
}

fn judging(settings: &Settings) -> String {
    let (near, far) = (settings.viewing.near_ppd, settings.viewing.far_ppd);
    format!(
        "## How they are judged

Hybrids are rounded to 8 bits, as a file holds them, and scored by `nearfar-vision` from two views: {near:.1} pixels per
degree (about 60 cm from a screen of 96 dpi) and {far:.1} (about 3 m). A *fidelity* or *leakage* is a similarity in
structure over bands of lightness: near fidelity is the hybrid against NEAR up close, near leakage against FAR up close,
far fidelity and far leakage the same from afar. No person has judged these hybrids; a score is a model.

What the numbers do not say:

- Unrelated pictures score near 0 only where contrast is strong; where both are faint they count as alike.
- Near leakage is never 0: FAR's low frequencies are in every hybrid. Only its differences at equal far fidelity mean much.
- Pixels at the bounds include those that were at 0 or full in the pictures already.
- Scores see lightness only; colour is left to the eye.
- {} pairs are few, and faces are over-represented. Intervals are percentile bootstraps over the pairs; with so few
  they are somewhat too narrow.
",
        crate::samples::PAIRS.len()
    )
}

fn pictures(rows: &[Row], settings: &Settings) -> String {
    let mut text = format!(
        "## At equal far fidelity, to look at

NEAR, {}, {}, FAR; the hybrids at far fidelity {}. The upper row is at full size; the lower one is as small as
the upper looks from afar.

",
        NAMES[OPTIMISED], NAMES[FOURIER], settings.far_fidelity
    );
    for row in rows.iter().take(SHOWN) {
        write(&mut text, format_args!("### {}\n\n![{}](comparison/{}.jpg)\n\n", row.name, row.name, row.name));
        for method in [OPTIMISED, FOURIER] {
            let line = match &row.comparison.same_far_fidelity[method] {
                Some(made) => format!(
                    "{}: near fidelity {:.3}, near leakage {:.3}, far leakage {:.3}, crossover {:.4} cycles per pixel",
                    NAMES[method],
                    made.sample.scores.near_fidelity,
                    made.sample.scores.near_leakage,
                    made.sample.scores.far_leakage,
                    made.sample.crossover
                ),
                None => format!("{}: not shown, its sweep does not reach this far fidelity", NAMES[method]),
            };
            write(&mut text, format_args!("- {line}\n"));
        }
        text.push('\n');
    }
    text
}

fn trade_off(rows: &[Row], settings: &Settings) -> String {
    let mut text = format!(
        "## The trade-off

![Trade-offs](comparison/front.svg)

The hypervolume is the share of all trade-offs, from useless to perfect, that a method equals or beats with one of its
{} settings; larger is better. Sorted by the difference of {} and {}, {}'s losses first.

| pair | {} | difference |\n|---|{}---|\n",
        settings.points,
        NAMES[OPTIMISED],
        NAMES[FOURIER],
        NAMES[OPTIMISED],
        NAMES.join(" | "),
        "---|".repeat(NAMES.len())
    );
    let volume = |row: &Row, method: usize| row.comparison.sweeps[method].hypervolume;
    let difference = |row: &Row| volume(row, OPTIMISED) - volume(row, FOURIER);
    for row in sorted(rows, difference) {
        let volumes: Vec<_> = (0..NAMES.len()).map(|method| format!("{:.4}", volume(row, method))).collect();
        write(&mut text, format_args!("| {} | {} | {:+.4} |\n", row.name, volumes.join(" | "), difference(row)));
    }
    text.push_str("\nMean paired differences with 95 % intervals:\n\n| | difference | says |\n|---|---|---|\n");
    for (this, other) in CONTRASTS {
        let found = interval(&volume_difference(rows, this, other));
        let verdict = Verdict::of(found, true).word();
        let (this, other) = (NAMES[this], NAMES[other]);
        write(&mut text, format_args!("| {this} less {other} | {} | {this}: {verdict} |\n", signed(found, 4)));
    }
    text
}

/// Methods held against each other.
const CONTRASTS: [(usize, usize); 4] =
    [(OPTIMISED, FOURIER), (ARTICLE, FOURIER), (OPTIMISED, ARTICLE), (LIGHT, FOURIER)];

fn at_equal_far_fidelity(rows: &[Row], settings: &Settings) -> String {
    let mut text = format!(
        "## Readings at far fidelity {}

Interpolated within the sweeps, never extrapolated; n/a where a sweep does not bracket it.

![Leakage](comparison/leakage.svg)

",
        settings.far_fidelity
    );
    for metric in &METRICS {
        let better = if metric.larger_is_better { "larger" } else { "smaller" };
        let percent = metric.name.starts_with("pixels");
        let reading = |row: &Row, method: usize| row.comparison.sweeps[method].iso_far.as_ref().map(metric.read);
        let number = |value: f64| if percent { format!("{:.2} %", 100.0 * value) } else { format!("{value:.3}") };
        write(
            &mut text,
            format_args!(
                "**{}** ({better} is better); {}'s losses to {} first:\n\n| pair | {} | difference |\n|---|{}---|\n",
                metric.name,
                NAMES[OPTIMISED],
                NAMES[FOURIER],
                NAMES.join(" | "),
                "---|".repeat(NAMES.len())
            ),
        );
        let sign = if metric.larger_is_better { 1.0 } else { -1.0 };
        let gain = |row: &Row| Some(sign * (reading(row, OPTIMISED)? - reading(row, FOURIER)?));
        for row in sorted(rows, |row| gain(row).unwrap_or(f64::INFINITY)) {
            let values: Vec<_> =
                (0..NAMES.len()).map(|method| reading(row, method).map_or_else(|| "n/a".to_owned(), number)).collect();
            let difference = gain(row).map_or_else(|| "n/a".to_owned(), |gain| plus(sign * gain, percent));
            write(&mut text, format_args!("| {} | {} | {difference} |\n", row.name, values.join(" | ")));
        }
        text.push('\n');
    }
    text.push_str("Mean paired differences with 95 % intervals, over the pairs where both methods have a reading:\n\n");
    text.push_str("| | difference | pairs | says |\n|---|---|---|---|\n");
    for metric in &METRICS {
        for (this, other) in CONTRASTS {
            let differences = iso_difference(rows, this, other, metric.read);
            let found = interval(&differences);
            write(
                &mut text,
                format_args!(
                    "| {}, {} less {} | {} | {} | {}: {} |\n",
                    metric.name,
                    NAMES[this],
                    NAMES[other],
                    signed(found, 4),
                    differences.len(),
                    NAMES[this],
                    Verdict::of(found, metric.larger_is_better).word()
                ),
            );
        }
    }
    text.push_str("\n### Where FAR takes over\n\nBy a model of contrast sensitivity, in pixels per degree, of the hybrids at this far fidelity; n/a where the\nmethod does not reach it or nothing switches.\n\n");
    write(&mut text, format_args!("| pair | {} |\n|---|{}\n", NAMES.join(" | "), "---|".repeat(NAMES.len())));
    for row in rows {
        let switch = |method: usize| {
            let made = row.comparison.same_far_fidelity[method].as_ref();
            let ppd = made.and_then(|made| made.sample.scores.switch.half_ppd);
            ppd.map_or_else(|| "n/a".to_owned(), |ppd| format!("{ppd:.0}"))
        };
        let switches: Vec<_> = (0..NAMES.len()).map(switch).collect();
        write(&mut text, format_args!("| {} | {} |\n", row.name, switches.join(" | ")));
    }
    text
}

fn at_equal_crossover(rows: &[Row]) -> String {
    type Score = fn(&Sample) -> f64;
    let scores: [(&str, bool, Score); 4] = [
        ("near fidelity", true, |sample| sample.scores.near_fidelity),
        ("far fidelity", true, |sample| sample.scores.far_fidelity),
        ("near leakage", false, |sample| sample.scores.near_leakage),
        ("lightness error from afar, L*", false, |sample| sample.scores.luminance_error),
    ];
    let mut text = format!(
        "## At equal crossover

Both methods at the crossover that {} has at the far fidelity above. {} less {}, mean and 95 % interval:

| | difference | says |\n|---|---|---|\n",
        NAMES[OPTIMISED], NAMES[OPTIMISED], NAMES[FOURIER]
    );
    for (name, larger_is_better, read) in scores {
        let found = interval(&crossover_difference(rows, OPTIMISED, FOURIER, read));
        let verdict = Verdict::of(found, larger_is_better).word();
        write(&mut text, format_args!("| {name} | {} | {}: {verdict} |\n", signed(found, 4), NAMES[OPTIMISED]));
    }
    text
}

fn time(times: &Times) -> String {
    let mut text = format!(
        "## Time

Mixing {}, {} pixels, in memory, best of several runs{}; milliseconds.{}

| | one thread | {} threads | evaluations of loss and gradient |\n|---|---|---|---|\n",
        crate::samples::PAIRS[0],
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

/// How far other programs were in the way.
fn loaded(load: f64, threads: usize) -> String {
    let verdict = if load > 1.25 * threads as f64 {
        "other programs competed for the cores, so take the ratios as rough"
    } else {
        "the cores were not overbooked"
    };
    format!("Load when the measurement began, this program included: {load:.1} on {threads} threads; {verdict}.")
}

/// What the system says of its processor.
fn cpu() -> Option<String> {
    let info = std::fs::read_to_string("/proc/cpuinfo").ok()?;
    let line = info.lines().find(|line| line.starts_with("model name"))?;
    Some(line.split_once(':')?.1.trim().to_owned())
}

fn claims(rows: &[Row], times: &Times) -> String {
    let clipping: Vec<_> = rows
        .iter()
        .filter_map(|row| match row.comparison.same_far_fidelity[FOURIER].as_ref()?.sample.report {
            Report::Fourier { clipped_share, clipping_energy_lost, .. } => {
                Some((row.name, 100.0 * clipped_share, 100.0 * clipping_energy_lost))
            }
            Report::Descent { .. } => None,
        })
        .collect();
    let mut text = "## What the article says of Fourier hybrids\n\n**Values leave [0, 1].** ".to_owned();
    let all = clipping.iter().filter(|(_, share, _)| *share > 0.0).count();
    write(
        &mut text,
        format_args!(
            "They do, in {all} of {} pairs at the far fidelity above: the sum of both bands had to be clipped in this share\n\
             of the pixels, and that took this share of the energy. The optimiser cannot leave the range; it has no such\n\
             column.\n\n| pair | pixels clipped | energy lost |\n|---|---|---|\n",
            clipping.len()
        ),
    );
    for (name, share, energy) in &clipping {
        write(&mut text, format_args!("| {name} | {share:.2} % | {energy:.3} % |\n"));
    }
    let found = interval(&iso_difference(rows, LIGHT, FOURIER, |iso| iso.near_fidelity));
    let verdict = match Verdict::of(found, true) {
        Verdict::Better => "light is better",
        Verdict::Worse => "codes are better",
        Verdict::Open => "there is no clear difference",
    };
    write(
        &mut text,
        format_args!(
            "\n**Perceived lightness or light?** The article found no way to have both and did not like what it tried. A \
             Fourier mixer can mix codes or light. At equal far fidelity, near fidelity in light less that in codes is {}: {verdict} by this score.\n",
            signed(found, 3)
        ),
    );
    let [fourier, optimised, article] = &times.methods;
    write(
        &mut text,
        format_args!(
            "\n**Optimising is orders of magnitude slower.** With all threads, the default optimiser takes {:.1} times \
             as long as the Fourier mixer, and the article's own 200 steps, in this program, {:.1} times ({:.1} and {:.1} \
             against {:.1} ms).\n",
            optimised.all_threads / fourier.all_threads,
            article.all_threads / fourier.all_threads,
            optimised.all_threads,
            article.all_threads,
            fourier.all_threads
        ),
    );
    text
}

fn choice(rows: &[Row], times: &Times) -> String {
    let mut text = "## Which to choose\n".to_owned();
    for this in [OPTIMISED, ARTICLE] {
        write(
            &mut text,
            format_args!(
                "\nAt equal far fidelity, over {} pairs, {} against {}:\n\n",
                rows.len(),
                NAMES[this],
                NAMES[FOURIER]
            ),
        );
        let mut verdicts: Vec<_> = METRICS
            .iter()
            .map(|metric| {
                let found = interval(&iso_difference(rows, this, FOURIER, metric.read));
                (metric.name, Verdict::of(found, metric.larger_is_better))
            })
            .collect();
        verdicts.push(("hypervolume", Verdict::of(interval(&volume_difference(rows, this, FOURIER)), true)));
        for (verdict, label) in
            [(Verdict::Worse, "worse in"), (Verdict::Better, "better in"), (Verdict::Open, "no clear difference in")]
        {
            let names: Vec<_> = verdicts.iter().filter(|(_, found)| *found == verdict).map(|(name, _)| *name).collect();
            if !names.is_empty() {
                write(&mut text, format_args!("- {label} {}\n", names.join(", ")));
            }
        }
    }
    let [fourier, optimised, _] = &times.methods;
    write(
        &mut text,
        format_args!(
            "\nThe optimiser takes {:.1} times the time of the Fourier mixer (all threads). The detail weight of {} was chosen by \
             these scores on these pairs, and by looking: they flatter it a little.\n",
            optimised.all_threads / fourier.all_threads,
            NAMES[OPTIMISED]
        ),
    );
    text.push_str(
        "\nWhatever the scores: the optimiser alone keeps every pixel in range without clipping, blurs in light as the eye\n\
         does, and takes other wishes as further terms; the Fourier mixer needs no iterations and has one obvious knob.\n",
    );
    text
}

/// Rows by rising value.
fn sorted(rows: &[Row], value: impl Fn(&Row) -> f64) -> Vec<&Row> {
    let mut sorted: Vec<_> = rows.iter().collect();
    sorted.sort_by(|a, b| value(a).total_cmp(&value(b)));
    sorted
}

fn signed(interval: Option<Interval>, decimals: usize) -> String {
    interval.map_or_else(
        || "n/a".to_owned(),
        |Interval { mean, low, high }| format!("{mean:+.decimals$} ({low:+.decimals$} to {high:+.decimals$})"),
    )
}

fn plus(difference: f64, percent: bool) -> String {
    if percent { format!("{:+.2} %", 100.0 * difference) } else { format!("{difference:+.3}") }
}

fn write(text: &mut String, what: std::fmt::Arguments<'_>) {
    text.write_fmt(what).expect("writing to a string cannot fail");
}
