//! The output of `--json` matches docs/json.md.

use std::{collections::BTreeSet, fs};

use serde_json::Value;

use super::{Folder, repository};

/// Objects whose names the document does not list: settings, and the numbers of each kind of note.
const OPEN: [&str; 3] = ["provenance", "method", "notes"];

/// The words in backticks in the parts of the document about a command: a section whose heading names it, or a list item
/// that starts with it; and in the sections to which these refer.
fn documented(document: &str, command: &str) -> BTreeSet<String> {
    let sections: Vec<_> = document.split("\n## ").skip(1).collect();
    let heading = |section: &str| section.lines().next().unwrap_or_default().to_owned();
    let quoted = format!("`{command}`");
    let items = sections.iter().flat_map(|section| section.split("\n- ").skip(1));
    let own: Vec<_> = items
        .filter(|item| item.split(':').next().unwrap_or_default().contains(&quoted))
        .chain(sections.iter().copied().filter(|section| heading(section).contains(&quoted)))
        .collect();
    let words: BTreeSet<_> = own.iter().flat_map(|text| backticked(text)).collect();
    let named = sections.iter().filter(|section| backticked(&heading(section)).any(|name| words.contains(&name)));
    named.flat_map(|section| backticked(section)).chain(words.iter().cloned()).collect()
}

fn backticked(text: &str) -> impl Iterator<Item = String> {
    text.split('`').skip(1).step_by(2).map(str::to_owned)
}

/// All keys at any depth.
fn keys(value: &Value, into: &mut BTreeSet<String>) {
    match value {
        Value::Object(map) => {
            for (key, value) in map {
                into.insert(key.clone());
                if !OPEN.contains(&key.as_str()) {
                    keys(value, into);
                }
            }
        }
        Value::Array(values) => values.iter().for_each(|value| keys(value, into)),
        _ => {}
    }
}

#[test]
fn every_key_is_documented() {
    let document = fs::read_to_string(repository("docs/json.md")).unwrap();
    let folder = Folder::new();
    fs::write(folder.path("list.csv"), "near,far\nnear.png,far.png\n").unwrap();
    fs::write(folder.path("recipe.toml"), "[[term]]\nkind = \"pixels\"\nof = \"near\"\nweight = 1.0\n").unwrap();
    folder.run(&["mix", "near.png", "far.png", "-o", "hybrid.png"]).succeeds();
    let commands = "mix near.png far.png --trace 2\n\
                    fourier near.png far.png\n\
                    layers --at 40cm=near.png --at 4m=far.png --at 20m=text:HI -o layers.png\n\
                    run recipe.toml near.png far.png -o run.png\n\
                    align near.png far.png -o fitted\n\
                    sweep near.png far.png --columns 1 --values 1\n\
                    spectrum near.png\n\
                    view hybrid.png\n\
                    report hybrid.png\n\
                    score hybrid.png near.png far.png\n\
                    compare near.png far.png -o compared --sweep 2\n\
                    suggest near.png far.png\n\
                    redo hybrid.png\n\
                    demo\n\
                    batch list.csv -o made\n\
                    geometry --far 3m --size 512x512";
    let mut faults = Vec::new();
    for line in commands.lines() {
        let words: Vec<_> = line.split_whitespace().chain(["--json"]).collect();
        let mut printed = BTreeSet::new();
        keys(&folder.run(&words).succeeds().json(), &mut printed);
        let documented = documented(&document, words[0]);
        assert!(printed.remove("schema"), "{line}");
        faults.extend(printed.difference(&documented).map(|key| format!("{}: {key}", words[0])));
    }
    let line = fs::read_to_string(folder.path("made/results.jsonl")).unwrap();
    let mut printed = BTreeSet::new();
    keys(&serde_json::from_str(&line).unwrap(), &mut printed);
    faults.extend(printed.difference(&documented(&document, "batch")).map(|key| format!("results.jsonl: {key}")));
    let mut printed = BTreeSet::new();
    keys(&folder.run(&["score", "no.png", "no.png", "no.png", "--json"]).json(), &mut printed);
    faults.extend(printed.difference(&backticked(&document).collect()).map(|key| format!("error: {key}")));
    assert!(faults.is_empty(), "not in docs/json.md:\n{}", faults.join("\n"));
}

/// Everything that the document promises of `compare` is at the promised place.
#[test]
fn every_documented_key_of_a_comparison_is_printed() {
    let document = fs::read_to_string(repository("docs/json.md")).unwrap();
    let section = document.split("\n## ").find(|section| section.starts_with("`compare`")).unwrap();
    let folder = Folder::new();
    let printed = folder.run(&["compare", "near.png", "far.png", "-o", "compared", "--sweep", "2", "--json"]);
    let printed = printed.succeeds().json();
    let rows = section.lines().filter_map(|line| line.strip_prefix("| `")?.split_once("` |"));
    let rows: Vec<_> = rows.collect();
    assert_eq!(rows.len(), 4);
    for (key, meaning) in rows {
        let first = if printed[key].is_array() { &printed[key][0] } else { &printed[key] };
        let mut here: BTreeSet<_> = first.as_object().into_iter().flatten().map(|(key, _)| key.clone()).collect();
        for inner in first.as_object().into_iter().flatten().filter_map(|(_, value)| value.as_object()) {
            here.extend(inner.keys().cloned());
        }
        let missing: Vec<_> = backticked(meaning).filter(|word| !here.contains(word)).collect();
        assert!(!printed[key].is_null() && missing.is_empty(), "{key}: {missing:?} of {here:?}");
    }
    let mut sample = BTreeSet::new();
    let made = &printed["chosen"];
    assert!(made[0]["crossover"].as_f64().unwrap() <= 0.5, "in cycles per pixel");
    keys(made, &mut sample);
    let words = section.rsplit("A sample has ").next().unwrap();
    let elsewhere = ["range", "mix", "percept"];
    let missing: Vec<_> =
        backticked(words).filter(|word| !elsewhere.contains(&word.as_str()) && !sample.contains(word)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}
