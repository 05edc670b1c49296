//! Ctrl-C. No test waits for time to pass: signals are sent once the program has shown that it is ready for them.

use std::{
    io::{BufRead, BufReader, Read, Write},
    process::{Child, ChildStderr, Command, Stdio},
};

use super::Folder;

/// The maximum number of steps, which takes seconds, and nothing else that ends the run.
const ENDLESS: [&str; 4] = ["--preset", "article", "--steps", "100000"];

fn start(folder: &Folder, arguments: &[&str]) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_nearfar"));
    command.args(arguments).args(ENDLESS).current_dir(folder.0.path());
    command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap()
}

fn interrupt(child: &Child) {
    let id = child.id().to_string();
    // The shell's own `kill`: the standard library can send only SIGKILL.
    assert!(Command::new("sh").args(["-c", "kill -INT \"$0\"", &id]).status().unwrap().success());
}

/// Reads the program's output up to the line that it prints before it starts mixing.
fn wait_until_mixing(child: &mut Child) -> BufReader<ChildStderr> {
    let mut lines = BufReader::new(child.stderr.take().unwrap());
    let mut line = String::new();
    while !line.contains("middle on middle") {
        line.clear();
        assert_ne!(lines.read_line(&mut line).unwrap(), 0, "the program ended before it mixed");
    }
    lines
}

#[test]
fn first_interrupt_keeps_the_best_picture_so_far() {
    let folder = Folder::new();
    let mut child = start(&folder, &["descent", "near.png", "far.png", "-o", "out.png", "--align", "center"]);
    let mut rest = wait_until_mixing(&mut child);
    interrupt(&child);
    let mut said = String::new();
    rest.read_to_string(&mut said).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(130), "{said}");
    assert!(said.contains("best so far"), "{said}");
    assert_eq!(folder.files(), ["far.png", "near.png", "out.png"]);
    assert_eq!(folder.rgb("out.png").dimensions(), (48, 40));
    // It cannot be made again, so it holds no recipe.
    folder.run(&["redo", "out.png"]).fails(&["no recipe"]);
}

#[test]
fn interrupt_while_reading_is_remembered() {
    let folder = Folder::new();
    let mut child = start(&folder, &["mix", "near.png", "-", "-o", "out.png"]);
    let mut stdin = child.stdin.take().unwrap();
    let picture = padded(&folder);
    // A pipe holds less than this: once all of it is written, the program is reading, and thus listening to signals.
    stdin.write_all(&picture).unwrap();
    interrupt(&child);
    drop(stdin);
    let mut said = String::new();
    child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(130), "{said}");
    assert!(said.contains("before there was a result"), "{said}");
    assert_eq!(folder.files(), ["far.png", "near.png"]);
}

#[test]
fn second_interrupt_ends_the_program_and_leaves_nothing() {
    let folder = Folder::new();
    let mut child = start(&folder, &["descent", "near.png", "-", "-o", "out.png"]);
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(&padded(&folder)).unwrap();
    // The program waits for the end of its input, which does not come. Two signals may be merged into one, so that two or
    // more are needed.
    while child.try_wait().unwrap().is_none() {
        interrupt(&child);
    }
    assert_eq!(child.wait().unwrap().code(), Some(130));
    assert_eq!(folder.files(), ["far.png", "near.png"]);
    drop(stdin);
}

/// Whenever the program is stopped, its files are all there or none is.
#[test]
fn interrupted_demo_writes_all_or_nothing() {
    let folder = Folder::empty();
    let mut command = Command::new(env!("CARGO_BIN_EXE_nearfar"));
    command.args(["demo", "-t", "1"]).current_dir(folder.0.path());
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // The first line: one hybrid is done, if progress is per hybrid.
    let mut lines = BufReader::new(child.stdout.take().unwrap());
    assert_ne!(lines.read_line(&mut String::new()).unwrap(), 0);
    interrupt(&child);
    let [mut more, mut said] = [String::new(), String::new()];
    lines.read_to_string(&mut more).unwrap();
    child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    let code = child.wait().unwrap().code();
    let files = std::fs::read_dir(folder.path("nearfar-demo")).map_or(0, Iterator::count);
    assert!((code, files) == (Some(0), 8) || (code, files) == (Some(130), 0), "{code:?}: {files} files, {said}");
}

#[test]
fn interrupted_comparison_leaves_nothing() {
    interrupted_while_reading(&["compare", "near.png", "-", "-o", "both"]);
}

#[test]
fn commands_that_look_stop_too() {
    interrupted_while_reading(&["suggest", "near.png", "-"]);
    interrupted_while_reading(&["view", "near.png", "near.png", "-", "-o", "strip.png"]);
    interrupted_while_reading(&["report", "near.png", "near.png", "-", "-o", "report.html"]);
    interrupted_while_reading(&["sweep", "near.png", "-", "-o", "sheet.png"]);
}

fn interrupted_while_reading(arguments: &[&str]) {
    let folder = Folder::new();
    let mut command = Command::new(env!("CARGO_BIN_EXE_nearfar"));
    command.args(arguments).current_dir(folder.0.path());
    command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(&padded(&folder)).unwrap();
    interrupt(&child);
    drop(stdin);
    let mut said = String::new();
    child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(130), "{said}");
    assert_eq!(said.matches("error: ").count(), 1, "{said}");
    assert!(said.contains("interrupted"), "{said}");
    assert_eq!(folder.files(), ["far.png", "near.png"]);
}

/// `far.png` followed by a megabyte of zeros.
fn padded(folder: &Folder) -> Vec<u8> {
    let mut bytes = std::fs::read(folder.path("far.png")).unwrap();
    bytes.resize(1 << 20, 0);
    bytes
}
