use std::fs;

use super::Folder;

#[test]
fn dash_reads_standard_input_and_writes_standard_output() {
    let folder = Folder::new();
    folder.run(&["descent", "near.png", "far.png", "-o", "out.png"]).succeeds();
    let expected = folder.rgb("out.png");
    let far = fs::read(folder.path("far.png")).unwrap();
    let run = folder.run_with(&["descent", "near.png", "-", "-o", "-"], &far).succeeds();
    assert_eq!(image::load_from_memory(&run.stdout).unwrap().into_rgb8(), expected);
    let near = fs::read(folder.path("near.png")).unwrap();
    let run = folder.run_with(&["descent", "-", "far.png", "-o", "-", "--format", "jpeg"], &near).succeeds();
    assert!(run.stdout.starts_with(&[0xff, 0xd8, 0xff]));
    assert_eq!(folder.files(), ["far.png", "near.png", "out.png"]);
}

/// What is asked for is printed, beside the picture.
#[test]
fn losses_go_to_standard_error_beside_a_picture_on_standard_output() {
    let folder = Folder::new();
    let mix = ["descent", "near.png", "far.png", "-o", "-", "--preset", "article", "--steps", "4", "--trace", "2"];
    let run = folder.run(&mix).succeeds();
    assert!(run.stdout.starts_with(b"\x89PNG"));
    let steps: Vec<_> =
        run.stderr.lines().filter_map(|line| line.strip_prefix("step ")).map(|line| &line[..1]).collect();
    assert_eq!(steps, ["1", "3"], "{}", run.stderr);
}

#[test]
fn two_dashes_are_one_too_many() {
    let folder = Folder::new();
    folder.run(&["descent", "-", "-", "-o", "out.png"]).fails(&["standard input"]);
    let refused = |arguments: &[&str]| {
        let run = folder.run(arguments);
        assert!(run.code == Some(2) && run.stderr.contains("standard output"), "{}", run.stderr);
    };
    refused(&["descent", "near.png", "far.png", "-o", "-", "--json"]);
    assert_eq!(folder.files(), ["far.png", "near.png"]);
    folder.run(&["fourier", "near.png", "far.png", "-o", "out.jpg"]).succeeds();
    refused(&["redo", "out.jpg", "-o", "-", "--json"]);
    let again = folder.run(&["redo", "out.jpg", "-o", "-"]).succeeds().stdout;
    assert!(again == fs::read(folder.path("out.jpg")).unwrap());
}

#[test]
fn damaged_standard_input_is_named() {
    let folder = Folder::new();
    folder.run_with(&["fourier", "near.png", "-", "-o", "-"], b"no picture").fails(&["standard input"]);
    folder.run_with(&["fourier", "near.png", "-", "-o", "-"], b"").fails(&["standard input", "empty"]);
}

/// A picture written to a closed stream would be lost; the error comes before it is made.
#[cfg(unix)]
#[test]
fn results_for_a_closed_standard_output_are_refused() {
    let folder = Folder::new();
    let into = |command: &str, redirection: &str| {
        let script = format!("exec \"$0\" {command} {redirection}");
        let mut command = std::process::Command::new("sh");
        command.args(["-c", &script, env!("CARGO_BIN_EXE_nearfar")]).current_dir(folder.0.path());
        let output = command.output().unwrap();
        let stderr = String::from_utf8(output.stderr).unwrap();
        super::Run { code: output.status.code(), stdout: output.stdout, stderr }
    };
    let stream = "mix near.png far.png -o -";
    let (score, suggest) = ("score near.png near.png far.png", "suggest near.png far.png");
    for command in [stream, "mix near.png far.png -o json.png --json", score, suggest] {
        into(command, ">&-").fails(&["standard output is closed", "-o"]);
    }
    assert!(!folder.files().contains(&"json.png".to_owned()));
    // If the output is discarded on purpose or goes to a file, there is nothing to report.
    into(stream, ">/dev/null").succeeds();
    into("mix near.png far.png -o file.png", ">&-").succeeds();
}

#[cfg(unix)]
#[test]
fn picture_that_a_reader_does_not_take_is_an_error() {
    let folder = Folder::new();
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_nearfar"));
    command.args(["mix", "near.png", "far.png", "-o", "-"]).current_dir(folder.0.path()).stdout(writer);
    let output = command.output().unwrap();
    let stderr = String::from_utf8(output.stderr).unwrap();
    super::Run { code: output.status.code(), stdout: output.stdout, stderr }.fails(&["standard output", "pipe"]);
}

/// As with `head`.
#[cfg(unix)]
#[test]
fn reader_that_has_enough_is_no_error() {
    let folder = Folder::new();
    for arguments in [&["geometry", "--far", "3m", "--dpi", "96"][..], &["completions", "bash"], &["man"]] {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_nearfar"));
        let output = command.args(arguments).current_dir(folder.0.path()).stdout(writer).output().unwrap();
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert_eq!((output.status.code(), stderr.as_ref()), (Some(0), ""), "{arguments:?}");
    }
}

#[test]
fn help_and_versions_are_printed() {
    let folder = Folder::empty();
    assert!(folder.run(&["--version"]).succeeds().text().starts_with("nearfar "));
    assert!(folder.run(&["descent", "--help"]).succeeds().text().contains("--preset"));
    assert!(folder.run(&["completions", "bash"]).succeeds().text().contains("nearfar"));
    assert_eq!(folder.run(&["no-such-command"]).code, Some(2));
}
