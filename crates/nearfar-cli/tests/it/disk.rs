//! Full disks, simulated by a limit on the length of files: beyond it the system sends a signal, or reports an error if that
//! is ignored; and lack of memory. `.ci/faults` tests programs that are killed while they write.

use std::{fs, process::Command};

use super::{Folder, Run};

/// How the shell that sets the limit treats the signal.
const SIGNALS: [&str; 2] = ["", "trap '' XFSZ;"];

/// Runs the program with files limited to one block, less than any hybrid needs.
fn run_limited(folder: &Folder, signal: &str, arguments: &[&str]) -> Run {
    run_within(folder, &format!("{signal} ulimit -f 1"), arguments)
}

fn run_within(folder: &Folder, limit: &str, arguments: &[&str]) -> Run {
    let script = format!("{limit}; ulimit -c 0; exec \"$0\" \"$@\"");
    let mut command = Command::new("sh");
    command.args(["-c", &script, env!("CARGO_BIN_EXE_nearfar")]).args(arguments).current_dir(folder.0.path());
    let output = command.output().unwrap();
    Run { code: output.status.code(), stdout: output.stdout, stderr: String::from_utf8(output.stderr).unwrap() }
}

const MIX: [&str; 5] = ["fourier", "near.png", "far.png", "-o", "out.png"];

#[test]
fn full_disk_leaves_nothing() {
    let folder = Folder::new();
    for signal in SIGNALS {
        run_limited(&folder, signal, &MIX).fails(&["out.png", "disk is not full"]);
        assert_eq!(folder.files(), ["far.png", "near.png"]);
    }
}

#[test]
fn full_disk_leaves_an_earlier_file_as_it_was() {
    let folder = Folder::new();
    fs::write(folder.path("out.png"), b"precious").unwrap();
    for signal in SIGNALS {
        run_limited(&folder, signal, &[&MIX[..], &["--force"]].concat()).fails(&["out.png"]);
        assert_eq!(fs::read(folder.path("out.png")).unwrap(), b"precious");
        assert_eq!(folder.files(), ["far.png", "near.png", "out.png"]);
    }
}

#[test]
fn full_disk_leaves_no_half_of_a_folder() {
    let folder = Folder::new();
    // The block holds files that are not pictures: `scores.csv`, and so on.
    run_limited(&folder, SIGNALS[0], &["compare", "near.png", "far.png", "-o", "both", "--sweep", "2"])
        .fails(&["both/", "disk is not full"]);
    assert_eq!(folder.files(), ["far.png", "near.png"]);
}

#[test]
fn batch_goes_on_where_a_full_disk_stopped_it() {
    let folder = Folder::new();
    fs::write(folder.path("list.csv"), "near,far,out\nnear.png,far.png,a.png\nfar.png,near.png,b.png\n").unwrap();
    let batch = ["batch", "list.csv", "-o", "made"];
    let run = run_limited(&folder, SIGNALS[0], &batch);
    assert!(run.code == Some(1) && run.stderr.contains("disk is not full"), "{run:?}");
    assert!(!folder.path("made/a.png").exists() && !folder.path("made/b.png").exists());
    folder.run(&batch).succeeds();
    let results = fs::read_to_string(folder.path("made/results.jsonl")).unwrap();
    let rows: Vec<serde_json::Value> = results.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(rows.iter().map(|row| row["row"].as_u64().unwrap()).collect::<Vec<_>>(), [1, 2]);
    assert!(rows.iter().all(|row| row.get("error").is_none()), "{rows:?}");
    assert_eq!((folder.rgb("made/a.png").dimensions(), folder.rgb("made/b.png").dimensions()), ((48, 40), (48, 40)));
}

/// A device that is always full.
#[cfg(target_os = "linux")]
#[test]
fn full_device_is_named() {
    let folder = Folder::new();
    let mix = ["fourier", "near.png", "far.png", "-o", "-"];
    for arguments in [&mix[..], &["geometry", "--far", "3m", "--dpi", "96"], &["completions", "bash"], &["man"]] {
        let mut command = Command::new("sh");
        command.args(["-c", "exec \"$0\" \"$@\" >/dev/full", env!("CARGO_BIN_EXE_nearfar")]).args(arguments);
        command.current_dir(folder.0.path());
        let output = command.output().unwrap();
        let stderr = String::from_utf8(output.stderr).unwrap();
        Run { code: output.status.code(), stdout: output.stdout, stderr }.fails(&["standard output", "No space left"]);
    }
}

/// Linux enforces a limit on the memory that is requested; other systems have no such limit.
#[cfg(target_os = "linux")]
#[test]
fn too_little_memory_is_an_error() {
    let folder = Folder::empty();
    for (name, shade) in [("near.png", 90), ("far.png", 160)] {
        image::GrayImage::from_pixel(3000, 3000, image::Luma([shade])).save(folder.path(name)).unwrap();
    }
    let arguments = ["fourier", "near.png", "far.png", "-o", "out.png", "-t", "1"];
    // Before they are read, and by the work itself where somebody says that there is more.
    run_within(&folder, "ulimit -v 700000", &arguments).fails(&["3000x3000", "--memory", "ulimit -v"]);
    let more = [&arguments[..], &["--memory", "8GiB"]].concat();
    run_within(&folder, "ulimit -v 700000", &more).fails(&["not enough memory", "ulimit -v"]);
    fs::write(folder.path("list.csv"), "near,far\nnear.png,far.png\n").unwrap();
    let batch = run_within(&folder, "ulimit -v 1600000", &["batch", "list.csv", "-o", "made", "-t", "1"]);
    assert!(batch.code == Some(1) && batch.stderr.contains("row 1") && batch.stderr.contains("ulimit -v"), "{batch:?}");
    fs::remove_dir_all(folder.path("made")).unwrap();
    fs::remove_file(folder.path("list.csv")).unwrap();
    assert_eq!(folder.files(), ["far.png", "near.png"]);
}

/// A stranger's recipe may name many large files: those that have changed are in memory only one at a time.
#[cfg(target_os = "linux")]
#[test]
fn files_that_a_recipe_names_are_not_all_held_in_memory() {
    let folder = Folder::new();
    let names = ["a.png", "b.png", "c.png", "d.png", "e.png", "f.png"];
    let mut layers = vec!["layers".to_owned(), "-o".into(), "out.png".into(), "-t".into(), "1".into()];
    for (i, name) in names.iter().enumerate() {
        super::far(48, 40 + i as u32).save(folder.path(name)).unwrap();
        layers.extend(["--at".to_owned(), format!("{}m={name}", 1 << i)]);
    }
    folder.run(&layers.iter().map(String::as_str).collect::<Vec<_>>()).succeeds();
    for name in names {
        fs::File::create(folder.path(name)).unwrap().set_len(64 << 20).unwrap();
    }
    run_within(&folder, "ulimit -v 450000", &["redo", "out.png", "-t", "1"]).fails(&["changed since", "a.png, b.png"]);
}
