//! Files and folders that cannot be read or written, or must not be.

use std::fs;

use super::{Folder, both_fail, far};

#[test]
fn missing_and_unreadable_files_are_named() {
    let folder = Folder::new();
    both_fail(&folder, ["near.png", "nowhere.png"], &[], &["nowhere.png"]);
    fs::create_dir(folder.path("album")).unwrap();
    both_fail(&folder, ["album", "far.png"], &[], &["album"]);
}

#[test]
fn outputs_that_cannot_be_written_are_found_before_the_work() {
    let folder = Folder::new();
    let fails = |out: &str, flags: &[&str], words: &[&str]| {
        let arguments = [&["descent", "near.png", "far.png", "-o", out], flags].concat();
        folder.run(&arguments).fails(words);
        assert_eq!(folder.files(), ["far.png", "near.png"]);
    };
    fails("no/such/folder/out.png", &[], &["no/such/folder", "mkdir"]);
    fails(".", &["--format", "png"], &["folder"]);
    fails("out", &[], &["extension"]);
    fails("out.gif", &[], &["GIF"]);
    fails("out.jpg", &["--depth", "16"], &["16"]);
    fails("out.jpg", &["--quality", "0"], &["quality"]);
    fails("far.png", &[], &["input"]);
    fails("./near.png", &["--force"], &["never overwritten"]);
}

#[cfg(unix)]
#[test]
fn files_and_folders_without_permission_are_refused() {
    use std::os::unix::fs::PermissionsExt;

    let folder = Folder::new();
    let mode = |name: &str, mode| fs::set_permissions(folder.path(name), fs::Permissions::from_mode(mode)).unwrap();
    fs::create_dir(folder.path("sealed")).unwrap();
    mode("sealed", 0o500);
    far(48, 40).save(folder.path("secret.png")).unwrap();
    mode("secret.png", 0o000);
    // The superuser reads and writes anything.
    if fs::write(folder.path("sealed/probe"), b"").is_err() {
        let run = folder.run(&["descent", "none.png", "far.png", "-o", "sealed/out.png"]).fails(&["sealed/out.png"]);
        assert!(!run.stderr.contains(".tmp"), "{}", run.stderr);
        both_fail(&folder, ["near.png", "secret.png"], &[], &["secret.png", "may read"]);
    }
    assert!(!folder.path("sealed/out.png").exists());
}

/// Not even the superuser makes files among those of the system's processes.
#[cfg(target_os = "linux")]
#[test]
fn sealed_folders_are_found_before_the_work() {
    let folder = Folder::new();
    fs::write(folder.path("file"), b"").unwrap();
    fs::write(folder.path("list.csv"), "near,far\nnear.png,far.png\n").unwrap();
    let files = folder.files();
    // What is read is not there: whoever began with the work would stumble over that.
    let commands = "mix none.png far.png -o /proc/out.png; fourier none.png far.png -o /proc/out.png;\
                    mix none.png far.png -o out.png --strip /proc/strip.png;\
                    mix none.png far.png -o out.png --animate /proc/walk.gif;\
                    mix none.png far.png -o out.png --report /proc/report.html;\
                    mix none.png far.png -o out.png --dry-run --save-points /proc/points.toml;\
                    sweep none.png far.png -o /proc/sheet.png; view none.png -o /proc/strip.png;\
                    report none.png -o /proc/report.html; spectrum none.png -o /proc/spectrum.png;\
                    compare none.png far.png -o /proc/both; align none.png far.png -o /proc/fitted;\
                    layers --at 1m=none.png --at 9m=far.png -o /proc/out.png; man -o /proc/man1;\
                    batch list.csv -o /proc/made --dry-run";
    for command in commands.split(';') {
        let words: Vec<_> = command.split_whitespace().collect();
        let run = folder.run(&words).fails(&["cannot write /proc/", "choose another folder"]);
        assert!(!run.stderr.contains(".tmp") && !run.stderr.contains("none.png"), "{command}: {}", run.stderr);
    }
    let beyond = ["align none.png far.png -o file/fitted", "batch list.csv -o file/made --dry-run"];
    for command in beyond {
        let words: Vec<_> = command.split_whitespace().collect();
        folder.run(&words).fails(&["file is no folder", "choose another folder"]);
    }
    assert_eq!(folder.files(), files);
}

#[cfg(unix)]
#[test]
fn inputs_survive_under_any_name() {
    use std::os::unix::fs::symlink;

    let folder = Folder::new();
    let before = fs::read(folder.path("near.png")).unwrap();
    symlink("near.png", folder.path("soft.png")).unwrap();
    fs::hard_link(folder.path("near.png"), folder.path("hard.png")).unwrap();
    fs::create_dir(folder.path("album")).unwrap();
    symlink("..", folder.path("album/up")).unwrap();
    for out in ["near.png", "soft.png", "album/up/near.png", "album/../near.png"] {
        folder.run(&["fourier", "near.png", "far.png", "-o", out, "--force"]).fails(&[out, "never overwritten"]);
    }
    // Another name of the same file is taken away from it; the input stays what it was.
    folder.run(&["fourier", "near.png", "far.png", "-o", "hard.png", "--force"]).succeeds();
    assert_eq!(fs::read(folder.path("near.png")).unwrap(), before);
    assert_ne!(fs::read(folder.path("hard.png")).unwrap(), before);
}

#[cfg(unix)]
#[test]
fn two_results_with_one_file_are_refused_before_the_work() {
    let folder = Folder::new();
    fs::create_dir(folder.path("album")).unwrap();
    std::os::unix::fs::symlink("out.png", folder.path("link.png")).unwrap();
    fs::write(folder.path("out.png"), b"precious").unwrap();
    let files = folder.files();
    for other in ["out.png", "./out.png", "album/../out.png", "link.png"] {
        let twice = format!("{other} would be written twice");
        for command in
            ["mix none.png far.png -f -o out.png --strip", "view near.png far.png near.png -f -o out.png --animate"]
        {
            let words: Vec<_> = command.split(' ').chain([other]).collect();
            folder.run(&words).fails(&[&twice, "a name of its own"]);
        }
    }
    // Neither exists yet.
    let words = ["spectrum", "near.png", "-o", "new.png", "--radial", "album/../new.png"];
    folder.run(&words).fails(&["album/../new.png would be written twice"]);
    assert_eq!(folder.files(), files);
    assert_eq!(fs::read(folder.path("out.png")).unwrap(), b"precious");
}

#[test]
fn points_that_cannot_be_saved_are_found_before_the_work() {
    let folder = Folder::new();
    fs::write(folder.path("points.toml"), b"precious").unwrap();
    both_fail(&folder, ["near.png", "far.png"], &["--save-points", "points.toml"], &["points.toml", "exists"]);
    both_fail(&folder, ["near.png", "far.png"], &["--save-points", "no/points.toml"], &["no/points.toml", "mkdir"]);
    assert_eq!(fs::read(folder.path("points.toml")).unwrap(), b"precious");
    // Unless it is told to replace it.
    folder.run(&["mix", "near.png", "far.png", "-o", "out.png", "--save-points", "points.toml", "--force"]).succeeds();
    assert!(fs::read_to_string(folder.path("points.toml")).unwrap().contains("near"));
}

#[test]
fn files_that_exist_are_kept_unless_forced() {
    let folder = Folder::new();
    fs::write(folder.path("out.png"), b"precious").unwrap();
    both_fail(&folder, ["near.png", "far.png"], &[], &["exists", "--force"]);
    assert_eq!(fs::read(folder.path("out.png")).unwrap(), b"precious");
    folder.run(&["fourier", "near.png", "far.png", "-o", "out.png", "--force"]).succeeds();
    assert_eq!(folder.rgb("out.png").dimensions(), (48, 40));
}

#[test]
fn a_folder_is_no_file_to_write() {
    let folder = Folder::new();
    fs::create_dir(folder.path("out")).unwrap();
    folder.run(&["mix", "near.png", "far.png", "-o", "out"]).fails(&["that is a folder", "out/hybrid.png"]);
}

#[test]
#[cfg(unix)]
fn outputs_that_are_no_ordinary_files_are_refused() {
    let folder = Folder::new();
    std::os::unix::fs::symlink("nowhere.png", folder.path("link.png")).unwrap();
    assert!(std::process::Command::new("mkfifo").arg(folder.path("pipe.png")).status().unwrap().success());
    let files = folder.files();
    for out in ["link.png", "pipe.png"] {
        folder.run(&["mix", "near.png", "far.png", "-o", out, "--force"]).fails(&["no ordinary file"]);
    }
    assert_eq!(folder.files(), files);
}

/// Whoever opens a pipe waits until somebody writes into it.
#[test]
#[cfg(unix)]
fn pipes_are_not_waited_for() {
    let folder = Folder::new();
    let pipe = |name: &str| {
        fs::create_dir_all(folder.path(name).parent().unwrap()).unwrap();
        assert!(std::process::Command::new("mkfifo").arg(folder.path(name)).status().unwrap().success());
    };
    pipe("compared/triptych.png");
    folder
        .run(&["compare", "near.png", "far.png", "-o", "compared", "-f"])
        .fails(&["triptych.png", "no ordinary file"]);

    let batch = |manifest: &str, more: &[&str]| {
        fs::write(folder.path("list.csv"), format!("near,far,out\n{manifest}\n")).unwrap();
        folder.run(&[&["batch", "list.csv", "-o", "made"], more].concat())
    };
    pipe("made/a.png");
    pipe("input.png");
    for more in [&[][..], &["-f"], &["--dry-run"]] {
        for manifest in ["near.png,far.png,a.png", "near.png,input.png,b.png"] {
            let run = batch(manifest, more);
            let said = run.text() + &run.stderr;
            assert!(run.code == Some(1) && said.contains("no ordinary file"), "{more:?} {said}");
        }
    }
    fs::remove_file(folder.path("made/results.jsonl")).unwrap();
    pipe("made/results.jsonl");
    for more in [&[][..], &["-f"], &["--dry-run"]] {
        batch("near.png,far.png,c.png", more).fails(&["results.jsonl", "no ordinary file"]);
    }
}

#[test]
#[cfg(unix)]
fn redirected_input_is_an_input() {
    let folder = Folder::new();
    let before = std::fs::read(folder.path("near.png")).unwrap();
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_nearfar"))
        .args(["mix", "-", "far.png", "-o", "near.png", "--force"])
        .current_dir(folder.0.path())
        .stdin(std::fs::File::open(folder.path("near.png")).unwrap())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("is an input"));
    assert_eq!(std::fs::read(folder.path("near.png")).unwrap(), before);
}

#[test]
#[cfg(unix)]
fn names_tell_terminals_nothing() {
    let folder = Folder::new();
    let run = folder.run(&["mix", "a\u{1b}[31mb.png", "far.png", "-o", "out.png"]).fails(&["\\u{1b}[31m"]);
    assert!(!run.stderr.contains('\u{1b}'));
}

/// Also where they are known by the hybrid's recipe alone, and where they stand in a folder that takes several files.
#[test]
fn inputs_are_spared_by_every_command() {
    let folder = Folder::new();
    folder.run(&["fourier", "near.png", "far.png", "-o", "hybrid.png", "--low", "4cpi"]).succeeds();
    folder.run(&["fourier", "near.png", "far.png", "-o", "triptych.png", "--low", "4cpi"]).succeeds();
    // A picture, whatever it is called.
    std::fs::copy(folder.path("far.png"), folder.path("far.html")).unwrap();
    folder.run(&["fourier", "near.png", "far.html", "-o", "odd.png", "--low", "4cpi"]).succeeds();
    let names = ["near.png", "far.png", "far.html", "hybrid.png", "triptych.png"];
    let read = || names.map(|name| std::fs::read(folder.path(name)).unwrap());
    let before = read();
    for command in [
        &["view", "hybrid.png", "-o", "near.png"][..],
        &["view", "hybrid.png", "--animate", "far.png"],
        &["report", "odd.png", "-o", "far.html"],
        &["align", "near.png", "far.png", "-o", "."],
        &["compare", "near.png", "triptych.png", "-o", "."],
    ] {
        folder.run(&[command, &["--force"]].concat()).fails(&["never overwritten"]);
        assert!(read() == before, "{command:?}");
    }
}

/// Names that hold a line feed cannot pass for lines of the program's own.
#[test]
#[cfg(unix)]
fn names_of_several_lines_are_set_in() {
    let folder = Folder::new();
    let run = folder.run(&["mix", "no\nerror: forged", "far.png", "-o", "out.png"]);
    assert!(run.code == Some(1) && run.stderr.lines().all(|line| line != "error: forged"), "{}", run.stderr);
    assert!(run.stderr.contains("\n  error: forged"), "{}", run.stderr);
}
