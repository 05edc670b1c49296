//! Disks that are full and programs that are killed while they write. A limit on the size of files stands for both: where
//! a write would go beyond it, the system kills the program, or refuses if the signal is ignored.

use std::{fs, os::unix::process::ExitStatusExt, process::Command};

use super::{Folder, Run};

/// What a write beyond the limit does.
#[derive(Clone, Copy)]
enum Beyond {
    Kills,
    Fails,
}

/// Runs the program with files of at most one block, less than any hybrid needs. Gives the signal that ended it, too.
fn run_limited(folder: &Folder, beyond: Beyond, arguments: &[&str]) -> (Run, Option<i32>) {
    let script = match beyond {
        Beyond::Kills => "ulimit -f 1; ulimit -c 0; exec \"$0\" \"$@\"",
        Beyond::Fails => "trap '' XFSZ; ulimit -f 1; exec \"$0\" \"$@\"",
    };
    let mut command = Command::new("sh");
    command.args(["-c", script, env!("CARGO_BIN_EXE_nearfar")]).args(arguments).current_dir(folder.0.path());
    let output = command.output().unwrap();
    let stderr = String::from_utf8(output.stderr).unwrap();
    (Run { code: output.status.code(), stdout: output.stdout, stderr }, output.status.signal())
}

/// Files that a killed program left beside its output.
fn leftovers(folder: &Folder) -> usize {
    folder.files().iter().filter(|name| name.starts_with(".nearfar-")).count()
}

const MIX: [&str; 5] = ["fourier", "near.png", "far.png", "-o", "out.png"];

#[test]
fn full_disk_leaves_nothing() {
    let folder = Folder::new();
    run_limited(&folder, Beyond::Fails, &MIX).0.fails(&["out.png", "disk is not full"]);
    assert_eq!(folder.files(), ["far.png", "near.png"]);
}

#[test]
fn full_disk_leaves_an_earlier_file_as_it_was() {
    let folder = Folder::new();
    fs::write(folder.path("out.png"), b"precious").unwrap();
    run_limited(&folder, Beyond::Fails, &[&MIX[..], &["--force"]].concat()).0.fails(&["out.png"]);
    assert_eq!(fs::read(folder.path("out.png")).unwrap(), b"precious");
    assert_eq!(folder.files(), ["far.png", "near.png", "out.png"]);
}

#[test]
fn killed_program_leaves_no_half_of_an_output() {
    let folder = Folder::new();
    let (run, signal) = run_limited(&folder, Beyond::Kills, &MIX);
    assert!(signal.is_some(), "{run:?}");
    assert!(!folder.path("out.png").exists());
    // It died while it wrote, not before.
    assert_eq!(leftovers(&folder), 1, "{:?}", folder.files());
    // What it left stands in nobody's way.
    folder.run(&MIX).succeeds();
    assert_eq!(folder.rgb("out.png").dimensions(), (48, 40));
}

#[test]
fn killed_program_leaves_an_earlier_file_as_it_was() {
    let folder = Folder::new();
    fs::write(folder.path("out.png"), b"precious").unwrap();
    let (run, signal) = run_limited(&folder, Beyond::Kills, &[&MIX[..], &["--force"]].concat());
    assert!(signal.is_some() && leftovers(&folder) == 1, "{run:?}");
    assert_eq!(fs::read(folder.path("out.png")).unwrap(), b"precious");
}

#[test]
fn killed_batch_goes_on_where_it_stopped() {
    let folder = Folder::new();
    fs::write(folder.path("list.csv"), "near,far,out\nnear.png,far.png,a.png\nfar.png,near.png,b.png\n").unwrap();
    let batch = ["batch", "list.csv", "-o", "made"];
    let (run, signal) = run_limited(&folder, Beyond::Kills, &batch);
    assert!(signal.is_some(), "{run:?}");
    assert!(!folder.path("made/a.png").exists() && !folder.path("made/b.png").exists());
    // The file of results may have been cut short as well.
    fs::write(folder.path("made/results.jsonl"), "{\"row\":1,\"near\":\"near.png\",\"fa").unwrap();
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
