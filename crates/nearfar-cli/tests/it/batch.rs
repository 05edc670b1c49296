use std::fs;

use serde_json::Value;

use super::{Folder, far, near};

fn lines(folder: &Folder, name: &str) -> Vec<Value> {
    let text = fs::read_to_string(folder.path(name)).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn rows_are_made_and_a_bad_one_is_reported() {
    let folder = Folder::new();
    let manifest = "near,far,out,method,sigma,low\n\
                    near.png,far.png,a.png,,,\n\
                    near.png,nowhere.png,b.png,,,\n\
                    far.png,near.png,deep/c.png,descent,2.5,\n\
                    near.png,far.png,,fourier,,4cpi\n\
                    near.png,far.png,../e.png,,,\n\
                    near.png,far.png,a.png,,,\n\
                    near.png,far.png,g.png,mix,wide,\n";
    fs::write(folder.path("list.csv"), manifest).unwrap();
    let run = folder.run(&["batch", "list.csv", "-o", "made"]);
    assert_eq!(run.code, Some(1), "{}", run.stderr);
    assert!(run.text().contains("3 done, 4 failed"), "{}", run.text());
    for name in ["a.png", "deep/c.png", "near-far.png"] {
        assert_eq!(folder.rgb(&format!("made/{name}")).dimensions(), (48, 40), "{name}");
    }
    let lines = lines(&folder, "made/results.jsonl");
    let rows: Vec<_> = lines.iter().map(|line| line["row"].as_u64().unwrap()).collect();
    assert_eq!(rows, [1, 2, 3, 4, 5, 6, 7]);
    let why = |row: usize| lines[row - 1]["error"].as_str().unwrap_or_default();
    assert!(why(2).contains("nowhere.png") && run.stderr.contains("row 2"), "{}", run.stderr);
    assert!(why(5).contains("../e.png") && why(6).contains("row 1") && why(7).contains("--sigma"), "{lines:?}");
    for row in [1, 3, 4] {
        let fidelity = lines[row - 1]["scores"]["near_fidelity"].as_f64().unwrap();
        assert!((-1.0..=1.0).contains(&fidelity), "{}", lines[row - 1]);
    }
    assert!(!folder.path("e.png").exists());
}

#[test]
fn same_picture_as_the_single_command() {
    let folder = Folder::new();
    far(70, 30).save(folder.path("wide.png")).unwrap();
    let manifest = "{\"near\": \"near.png\", \"far\": \"wide.png\", \"out\": \"a.png\", \"sigma\": 2.25}\n\
                    {\"near\": \"near.png\", \"far\": \"wide.png\", \"out\": \"b.jpg\", \"quality\": 70,\
                      \"points\": [\"near=3,4\", \"far=5,6\", \"near=30,30\", \"far=31,24\"]}\n";
    fs::write(folder.path("list.jsonl"), manifest).unwrap();
    folder.run(&["batch", "list.jsonl", "-o", "."]).succeeds();
    folder.run(&["mix", "near.png", "wide.png", "-o", "single.png", "--sigma", "2.25"]).succeeds();
    assert_eq!(fs::read(folder.path("a.png")).unwrap(), fs::read(folder.path("single.png")).unwrap());
    assert!(fs::read(folder.path("b.jpg")).unwrap().starts_with(&[0xff, 0xd8]));
}

#[test]
fn unchanged_rows_are_skipped() {
    let folder = Folder::new();
    far(48, 40).save(folder.path("second.png")).unwrap();
    fs::write(folder.path("list.csv"), "near,far,out\nnear.png,far.png,a.png\nnear.png,second.png,b.png\n").unwrap();
    let written = |name: &str| fs::metadata(folder.path(name)).unwrap().modified().unwrap();
    folder.run(&["batch", "list.csv", "-o", "made"]).succeeds();
    let (a, b, before) = (written("made/a.png"), written("made/b.png"), lines(&folder, "made/results.jsonl"));
    folder.run(&["batch", "list.csv", "-o", "made"]).succeeds();
    assert_eq!((written("made/a.png"), written("made/b.png")), (a, b));
    assert_eq!(lines(&folder, "made/results.jsonl"), before);
    // A picture that changed is mixed again; the other is not.
    near(48, 40).save(folder.path("second.png")).unwrap();
    folder.run(&["batch", "list.csv", "-o", "made"]).succeeds();
    assert_eq!(written("made/a.png"), a);
    assert_ne!(written("made/b.png"), b);
    // Files of other programs stay.
    fs::write(folder.path("made/a.png"), b"precious").unwrap();
    let run = folder.run(&["batch", "list.csv", "-o", "made"]);
    assert_eq!(run.code, Some(1));
    assert_eq!(fs::read(folder.path("made/a.png")).unwrap(), b"precious");
    folder.run(&["batch", "list.csv", "-o", "made", "--force"]).succeeds();
    assert_eq!(folder.rgb("made/a.png").dimensions(), (48, 40));
}

#[test]
fn shards_share_the_work() {
    let folder = Folder::new();
    let rows: String = (0..5).map(|i| format!("near.png,far.png,{i}.png\n")).collect();
    fs::write(folder.path("list.csv"), format!("near,far,out\n{rows}")).unwrap();
    for (shard, expected) in [("1/2", 3), ("2/2", 2)] {
        let run = folder.run(&["batch", "list.csv", "-o", "made", "--shard", shard, "--json"]).succeeds();
        assert_eq!(run.json()["done"], expected, "{shard}");
    }
    assert!((0..5).all(|i| folder.path(&format!("made/{i}.png")).exists()));
    assert_eq!(lines(&folder, "made/results-1-of-2.jsonl").len(), 3);
    for shard in ["0/2", "3/2", "x"] {
        assert_eq!(folder.run(&["batch", "list.csv", "-o", "made", "--shard", shard]).code, Some(2), "{shard}");
    }
}

#[test]
fn rows_are_each_in_exactly_one_shard() {
    let folder = Folder::new();
    let rows: String = (0..7).map(|i| format!("near.png,far.png,{i}.png,fourier\n")).collect();
    fs::write(folder.path("list.csv"), format!("near,far,out,method\n{rows}")).unwrap();
    let mut seen = Vec::new();
    for part in 1..=3 {
        folder.run(&["batch", "list.csv", "-o", "made", "--shard", &format!("{part}/3")]).succeeds();
        let lines = lines(&folder, &format!("made/results-{part}-of-3.jsonl"));
        seen.extend(lines.iter().map(|line| line["row"].as_u64().unwrap()));
    }
    seen.sort_unstable();
    assert_eq!(seen, [1, 2, 3, 4, 5, 6, 7]);
}

#[test]
fn killed_runs_are_resumed() {
    let folder = Folder::new();
    fs::write(folder.path("list.csv"), "near,far,out\nnear.png,far.png,a.png\nfar.png,near.png,b.png\n").unwrap();
    let batch = || folder.run(&["batch", "list.csv", "-o", "made", "--json"]);
    batch().succeeds();
    let (before, text) = (lines(&folder, "made/results.jsonl"), fs::read_to_string(folder.path("made/results.jsonl")));
    let text = text.unwrap();
    let first = text.lines().next().unwrap();
    // Killed between a line and its picture, and in the middle of a line.
    fs::remove_file(folder.path("made/a.png")).unwrap();
    fs::write(folder.path("made/results.jsonl"), format!("{first}\n{}", &text.lines().nth(1).unwrap()[..40])).unwrap();
    fs::remove_file(folder.path("made/b.png")).unwrap();
    let json = batch().succeeds().json();
    assert_eq!((&json["done"], &json["skipped"]), (&2.into(), &0.into()));
    assert_eq!(lines(&folder, "made/results.jsonl"), before);
    // Killed after the line of a newer picture but before that picture: the older one is still on record as the program's
    // own.
    let newer = first
        .replace(before[0]["made"].as_str().unwrap(), &"0".repeat(64))
        .replace(before[0]["key"].as_str().unwrap(), &"1".repeat(64));
    fs::write(folder.path("made/results.jsonl"), format!("{text}{newer}\n")).unwrap();
    // Also after a run of another manifest.
    fs::write(folder.path("other.csv"), "near,far,out\nnear.png,far.png,c.png\n").unwrap();
    folder.run(&["batch", "other.csv", "-o", "made"]).succeeds();
    fs::remove_file(folder.path("made/c.png")).unwrap();
    let text = fs::read_to_string(folder.path("made/results.jsonl")).unwrap();
    let ours = text.lines().filter(|line| !line.contains("c.png")).fold(String::new(), |text, line| text + line + "\n");
    fs::write(folder.path("made/results.jsonl"), ours).unwrap();
    let json = batch().succeeds().json();
    assert_eq!(json["failed"], 0);
    assert_eq!(lines(&folder, "made/results.jsonl"), before);
}

#[test]
fn rows_that_failed_temporarily_are_made_later() {
    let folder = Folder::new();
    fs::write(folder.path("list.csv"), "near,far,out\nnear.png,far.png,a.png\n").unwrap();
    let batch = || folder.run(&["batch", "list.csv", "-o", "made"]);
    batch().succeeds();
    fs::rename(folder.path("far.png"), folder.path("away.png")).unwrap();
    assert_eq!(batch().code, Some(1));
    // The picture exists all the time, and stays on record as the program's own.
    far(40, 48).save(folder.path("far.png")).unwrap();
    batch().succeeds();
    assert!(lines(&folder, "made/results.jsonl")[0]["error"].is_null());
}

#[test]
fn changed_options_and_files_that_flags_name_are_noticed() {
    let folder = Folder::empty();
    fs::create_dir(folder.path("album")).unwrap();
    near(48, 40).save(folder.path("album/near.png")).unwrap();
    far(48, 40).save(folder.path("album/far.png")).unwrap();
    let points = |x: u32| {
        let text = format!("[[points]]\nnear = [3, 4]\nfar = [{x}, 4]\n[[points]]\nnear = [40, 30]\nfar = [41, 30]\n");
        fs::write(folder.path("album/points.toml"), text).unwrap();
    };
    let manifest = |flags: &str| {
        let row = format!("{{\"near\": \"near.png\", \"far\": \"far.png\", \"out\": \"a.png\"{flags}}}\n");
        fs::write(folder.path("album/list.jsonl"), row).unwrap();
    };
    let skipped =
        || folder.run(&["batch", "album/list.jsonl", "-o", "made", "--json"]).succeeds().json()["skipped"].clone();
    manifest("");
    assert_eq!([skipped(), skipped()], [0, 1]);
    manifest(", \"sigma\": 2");
    assert_eq!([skipped(), skipped()], [0, 1]);
    // Relative to the manifest's folder, as the pictures are.
    points(3);
    manifest(", \"points-file\": \"points.toml\"");
    assert_eq!([skipped(), skipped()], [0, 1]);
    points(5);
    assert_eq!([skipped(), skipped()], [0, 1]);
    let line = &lines(&folder, "made/results.jsonl")[0];
    assert!(line["notes"][0]["text"].as_str().unwrap().contains("points"), "{line}");
}

#[test]
fn inputs_are_never_overwritten() {
    let folder = Folder::new();
    fs::write(folder.path("list.csv"), "near,far,out\nnear.png,far.png,near.png\n").unwrap();
    let before = fs::read(folder.path("near.png")).unwrap();
    assert_eq!(folder.run(&["batch", "list.csv", "-o", ".", "--force"]).code, Some(1));
    assert_eq!(fs::read(folder.path("near.png")).unwrap(), before);
}

#[test]
fn rows_say_no_more_than_they_may() {
    let folder = Folder::new();
    fs::copy(folder.path("near.png"), folder.path("--strip")).unwrap();
    let manifest = "{\"near\": \"--strip\", \"far\": \"far.png\", \"out\": \"a.png\"}\n\
                    {\"near\": \"near.png\", \"far\": \"far.png\", \"out\": \"b.png\", \"sigma\": \"2 --save-points x.toml\"}\n\
                    {\"near\": \"near.png\", \"far\": \"far.png\", \"out\": \"c.png\", \"save-points=x.toml\": true}\n\
                    {\"near\": \"near.png\", \"far\": \"far.png\", \"out\": \"d.png\", \"strip\": [\"far.png\"]}\n";
    fs::write(folder.path("list.jsonl"), manifest).unwrap();
    let run = folder.run(&["batch", "list.jsonl", "-o", "made"]);
    assert_eq!(run.code, Some(1), "{}", run.stderr);
    assert!(run.text().contains("1 done, 3 failed"), "{}\n{}", run.text(), run.stderr);
    assert_eq!(folder.rgb("made/a.png").dimensions(), (48, 40));
    assert!(!folder.path("x.toml").exists());
}

#[test]
fn lines_with_other_cells_than_columns_are_named() {
    let folder = Folder::new();
    let manifest = "near,far,out\nnear.png,far.png\nnear.png,far.png,a,b.png\nnear.png,far.png,c.png\n";
    fs::write(folder.path("list.csv"), manifest).unwrap();
    let run = folder.run(&["batch", "list.csv", "-o", "made"]);
    assert!(run.code == Some(1) && run.text().contains("1 done, 2 failed"), "{run:?}");
    for words in [
        "row 1: line 2 ends before the column out (fix: give it a cell for every column",
        "row 2: line 3 goes on after the last column, out, with \"b.png\" (fix: put a cell that has commas in it into double quotes",
    ] {
        assert!(run.stderr.contains(words), "{}", run.stderr);
    }
}

#[test]
fn manifests_that_cannot_be_read_are_refused() {
    let folder = Folder::new();
    fs::write(folder.path("list.txt"), "near,far\n").unwrap();
    fs::write(folder.path("empty.csv"), "near,far\n").unwrap();
    fs::write(folder.path("semicolons.csv"), "near;far\nnear.png;far.png\n").unwrap();
    fs::write(folder.path("bare.csv"), "near.png,far.png\nfar.png,near.png\n").unwrap();
    fs::write(folder.path("twice.csv"), "near,far,sigma,sigma\nnear.png,far.png,2,3\n").unwrap();
    for (name, words) in [
        ("list.txt", [".csv", "extension"]),
        ("empty.csv", ["no rows", "near and far"]),
        ("nowhere.csv", ["nowhere.csv", "read"]),
        ("semicolons.csv", ["\"near;far\", names no column near", "commas between them, as in near,far,out"]),
        ("bare.csv", ["\"near.png,far.png\", names no column near", "commas between them"]),
        ("twice.csv", ["names the column sigma twice", "keep one"]),
    ] {
        folder.run(&["batch", name, "-o", "made"]).fails(&words);
        assert!(!folder.path("made").exists());
    }
}

#[test]
fn files_that_are_not_results_are_kept() {
    let folder = Folder::new();
    fs::write(folder.path("list.csv"), "near,far,out\nnear.png,far.png,a.png\n").unwrap();
    fs::create_dir(folder.path("made")).unwrap();
    let batch = ["batch", "list.csv", "-o", "made"];
    // The last one is whole, not ours and cut short.
    for foreign in [&b"{\"mine\": 1}\n"[..], b"\xff\xfe not even text\n", b"{\"row\":1,\"mine\":2}"] {
        fs::write(folder.path("made/results.jsonl"), foreign).unwrap();
        folder.run(&batch).fails(&["not a file of results"]);
        assert_eq!(fs::read(folder.path("made/results.jsonl")).unwrap(), foreign);
    }
    fs::remove_file(folder.path("made/results.jsonl")).unwrap();
    folder.run(&batch).succeeds();
    // A byte that is not UTF-8 damages its line, not the file.
    let mut bytes = b"\xff somebody's line\n".to_vec();
    bytes.extend(fs::read(folder.path("made/results.jsonl")).unwrap());
    fs::write(folder.path("made/results.jsonl"), &bytes).unwrap();
    let run = folder.run(&batch).succeeds();
    assert!(
        run.stderr.contains("results.jsonl: line 1 is not understood") && run.text().contains("1 of them before"),
        "{}{}",
        run.stderr,
        run.text()
    );
    assert!(fs::read(folder.path("made/results.jsonl")).unwrap().starts_with(b"\xff somebody's line\n"));
}

#[test]
fn whole_run_knows_what_shards_made() {
    let folder = Folder::new();
    fs::write(folder.path("list.csv"), "near,far,out\nnear.png,far.png,a.png\nnear.png,far.png,b.png\n").unwrap();
    for shard in ["1/2", "2/2"] {
        folder.run(&["batch", "list.csv", "-o", "made", "--shard", shard]).succeeds();
    }
    let json = folder.run(&["batch", "list.csv", "-o", "made", "--json"]).succeeds().json();
    assert_eq!((&json["done"], &json["skipped"], &json["failed"]), (&2.into(), &2.into(), &0.into()), "{json}");
    assert_eq!(lines(&folder, "made/results.jsonl").len(), 2);
    // And a shard knows what a whole run made.
    fs::remove_file(folder.path("made/results-2-of-2.jsonl")).unwrap();
    let json = folder.run(&["batch", "list.csv", "-o", "made", "--shard", "2/2", "--json"]).succeeds().json();
    assert_eq!((&json["done"], &json["skipped"]), (&1.into(), &1.into()), "{json}");
}

/// A damaged line still says by the file's digest whose the file is; a line without the digest does not.
#[test]
fn hybrids_of_damaged_lines_are_made_again() {
    let folder = Folder::new();
    let rows = "near.png,far.png,a.png,fourier\nfar.png,near.png,b.png,fourier\n";
    fs::write(folder.path("list.csv"), format!("near,far,out,method\n{rows}")).unwrap();
    let batch = ["batch", "list.csv", "-o", "made", "--strip"];
    folder.run(&batch).succeeds();
    let (results, strip) = (folder.path("made/results.jsonl"), folder.path("made/b-strip.png"));
    let (text, before) = (fs::read_to_string(&results).unwrap(), fs::read(&strip).unwrap());
    fs::write(&results, text.replace("b.png\",\"key", "b.png\"\"key")).unwrap();
    let dry = folder.run(&[&batch[..], &["--dry-run"]].concat()).succeeds();
    assert!(dry.text().contains("row 2: b.png would be made"), "{}", dry.text());
    let run = folder.run(&batch).succeeds();
    assert!(run.stderr.contains("results.jsonl: line 2 is not understood; it is kept"), "{}", run.stderr);
    assert!(run.text().contains("2 done (1 of them before)"), "{}", run.text());
    assert!(fs::read(&strip).unwrap() == before);
    let text = fs::read_to_string(&results).unwrap();
    assert!(text.starts_with("{\"row\":2,") && text.contains("b.png\"\"key"), "{text}");

    let line = text.lines().find(|line| line.contains("a.png\",\"key")).unwrap();
    fs::write(&results, text.replace(line, &line[..60])).unwrap();
    let run = folder.run(&batch);
    let why = "row 1: made/a.png exists already, and there is no record of a batch that made it as it is (fix: ";
    assert!(run.code == Some(1) && run.stderr.contains(why), "{}", run.stderr);
    folder.run(&[&batch[..], &["--force"]].concat()).succeeds();
    folder.run(&batch).succeeds();
}

/// A file of results is known by its lines, also where all of them are damaged.
#[test]
fn results_that_are_damaged_throughout_are_kept() {
    let folder = Folder::new();
    fs::write(folder.path("list.csv"), "near,far,out,method\nnear.png,far.png,a.png,fourier\n").unwrap();
    let batch = ["batch", "list.csv", "-o", "made"];
    folder.run(&batch).succeeds();
    let results = folder.path("made/results.jsonl");
    let text = fs::read_to_string(&results).unwrap();
    for damaged in [text.replace("a.png\",\"key", "a.png\"\"key"), text.replace("\"row\"", "row"), text[9..].to_owned()]
    {
        fs::write(&results, &damaged).unwrap();
        folder.run(&[&batch[..], &["--dry-run"]].concat()).succeeds();
        let run = folder.run(&batch).succeeds();
        assert!(run.stderr.contains("line 1 is not understood; it is kept"), "{}", run.stderr);
        assert!(fs::read_to_string(&results).unwrap().starts_with(&damaged));
    }
}

#[test]
fn rows_never_write_the_results() {
    let folder = Folder::new();
    let row = "{\"near\": \"near.png\", \"far\": \"far.png\", \"out\": \"results.jsonl\", \"format\": \"png\"}\n";
    // Some editors write a byte order mark first.
    fs::write(folder.path("list.jsonl"), format!("\u{feff}{row}")).unwrap();
    assert_eq!(folder.run(&["batch", "list.jsonl", "-o", "made", "--force"]).code, Some(1));
    let line = &lines(&folder, "made/results.jsonl")[0];
    assert!(line["error"].as_str().unwrap().contains("is the file of results"), "{line}");
}

#[test]
fn mistakes_in_flags_are_told_as_on_the_command_line() {
    let folder = Folder::new();
    let rows = [
        ("far-colour", "1", "a similar argument exists: '--far-color'"),
        ("dpi", "-96", "--dpi '-96': it must not be"),
    ];
    for (flag, value, said) in rows {
        fs::write(folder.path("list.csv"), format!("near,far,{flag}\nnear.png,far.png,{value}\n")).unwrap();
        let run = folder.run(&["batch", "list.csv", "-o", "made"]);
        assert!(run.code == Some(1) && run.stderr.contains(said), "{}", run.stderr);
    }
}

#[test]
fn warnings_come_with_their_row() {
    let folder = Folder::new();
    fs::write(folder.path("list.csv"), "near,far\nnear.png,near.png\n").unwrap();
    let run = folder.run(&["batch", "list.csv", "-o", "made"]).succeeds();
    assert!(run.stderr.contains("row 1: warning: NEAR and FAR are the same picture"), "{}", run.stderr);
    assert!(!run.stderr.contains("flip") && !run.stderr.contains("walking"), "{}", run.stderr);
}

#[test]
#[cfg(unix)]
fn two_batches_do_not_write_one_file() {
    let folder = Folder::new();
    fs::write(folder.path("list.csv"), "near,far,out\nnear.png,far.png,a.png\n").unwrap();
    fs::create_dir(folder.path("made")).unwrap();
    let file = fs::File::create(folder.path("made/results.jsonl")).unwrap();
    file.lock().unwrap();
    folder.run(&["batch", "list.csv", "-o", "made"]).fails(&["another batch"]);
    folder.run(&["batch", "list.csv", "-o", "made", "--shard", "1/2"]).fails(&["another batch", "made/results.jsonl"]);
    drop(file);
    folder.run(&["batch", "list.csv", "-o", "made"]).succeeds();
    // Shards of one division may work side by side; the whole, or shards of another, have rows in common with them.
    let file = fs::File::create(folder.path("made/results-2-of-2.jsonl")).unwrap();
    file.lock().unwrap();
    for shard in ["1/1", "1/3", "2/2"] {
        folder
            .run(&["batch", "list.csv", "-o", "made", "--shard", shard])
            .fails(&["another batch", "results-2-of-2.jsonl"]);
    }
    assert!(!folder.path("made/results-1-of-3.jsonl").exists());
    folder.run(&["batch", "list.csv", "-o", "made", "--shard", "1/2"]).succeeds();
}

#[test]
fn manifest_may_come_by_a_pipe() {
    let folder = Folder::new();
    for (manifest, out) in [
        (&b"near,far,out\nnear.png,far.png,a.png\n"[..], "csv"),
        (b"\xef\xbb\xbf\n{\"near\": \"near.png\", \"far\": \"far.png\", \"out\": \"a.png\"}\n", "jsonl"),
    ] {
        folder.run_with(&["batch", "-", "-o", out], manifest).succeeds();
        assert!(folder.path(out).join("a.png").exists());
    }
    let none = folder.run_with(&["batch", "-", "-o", "none"], b"");
    none.fails(&["standard input", "no rows"]);
    assert!(!folder.path("none").exists());
}
