use std::fs;

use super::{Folder, far, repository};

/// Runs both mixers and finds that neither left anything behind.
#[track_caller]
fn both_fail(folder: &Folder, pair: [&str; 2], flags: &[&str], words: &[&str]) {
    let before = folder.files();
    for command in ["descent", "fourier"] {
        let arguments = [&[command, pair[0], pair[1], "-o", "out.png"], flags].concat();
        folder.run(&arguments).fails(words);
        assert_eq!(folder.files(), before);
    }
}

#[test]
fn truncated_files_are_refused() {
    let folder = Folder::new();
    let whole = fs::read(folder.path("far.png")).unwrap();
    far(48, 40).save(folder.path("far.jpg")).unwrap();
    let jpeg = fs::read(folder.path("far.jpg")).unwrap();
    for cut in [whole.len() / 2, 40, 9] {
        fs::write(folder.path("cut.png"), &whole[..cut]).unwrap();
        both_fail(&folder, ["near.png", "cut.png"], &[], &["cut.png", "cut short"]);
    }
    fs::write(folder.path("cut.jpg"), &jpeg[..jpeg.len() / 2]).unwrap();
    both_fail(&folder, ["cut.jpg", "far.png"], &[], &["cut.jpg"]);
}

#[test]
fn every_format_is_refused_when_it_is_broken() {
    let folder = Folder::new();
    let mut formats = std::collections::HashSet::new();
    for entry in fs::read_dir(repository("crates/nearfar-codec/tests/data")).unwrap() {
        let path = entry.unwrap().path();
        let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or("md").to_owned();
        if extension == "md" || !formats.insert(extension.clone()) {
            continue;
        }
        let (name, bytes) = (format!("broken.{extension}"), fs::read(&path).unwrap());
        for broken in [&bytes[..bytes.len() / 4], &bytes[..12], &[]] {
            fs::write(folder.path(&name), broken).unwrap();
            folder.run(&["fourier", "near.png", &name, "-o", "out.png"]).fails(&[&name]);
            assert!(!folder.path("out.png").exists());
        }
    }
    assert!(formats.len() >= 9, "{formats:?}");
}

#[test]
fn empty_and_strange_files_are_refused() {
    let folder = Folder::new();
    fs::write(folder.path("empty.png"), b"").unwrap();
    fs::write(folder.path("notes.txt"), b"dear diary").unwrap();
    fs::write(folder.path("page.pdf"), b"%PDF-1.7 and so on").unwrap();
    both_fail(&folder, ["empty.png", "far.png"], &[], &["empty.png", "0 bytes"]);
    both_fail(&folder, ["near.png", "notes.txt"], &[], &["notes.txt", "no picture"]);
    both_fail(&folder, ["near.png", "page.pdf"], &[], &["PDF"]);
}

#[test]
fn flipped_bits_are_refused() {
    let folder = Folder::new();
    let mut bytes = fs::read(folder.path("far.png")).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 0x55;
    fs::write(folder.path("flipped.png"), bytes).unwrap();
    both_fail(&folder, ["near.png", "flipped.png"], &[], &["flipped.png"]);
}

#[test]
fn mislabelled_files_are_read_with_a_note() {
    let folder = Folder::new();
    far(48, 40).save(folder.path("far.jpg")).unwrap();
    fs::rename(folder.path("far.jpg"), folder.path("really-jpeg.png")).unwrap();
    let run = folder.run(&["descent", "near.png", "really-jpeg.png", "-o", "out.png"]).succeeds();
    assert!(run.stderr.contains("really-jpeg.png") && run.stderr.contains("JPEG"), "{}", run.stderr);
    assert!(folder.path("out.png").exists());
}

/// A PNG of one chunk, the header, that promises a picture.
fn promise(width: u32, height: u32) -> Vec<u8> {
    let mut header = b"IHDR".to_vec();
    header.extend(width.to_be_bytes());
    header.extend(height.to_be_bytes());
    header.extend([8, 2, 0, 0, 0]);
    let crc = header.iter().fold(u32::MAX, |crc, &byte| {
        (0..8).fold(crc ^ u32::from(byte), |crc, _| if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 })
    });
    [b"\x89PNG\r\n\x1a\n\0\0\0\x0d".as_slice(), &header, &(!crc).to_be_bytes(), b"\0\0\0\0IDAT\x35\xaf\x06\x1e"]
        .concat()
}

#[test]
fn huge_promises_are_refused_at_once() {
    let folder = Folder::new();
    fs::write(folder.path("bomb.png"), promise(100_000, 100_000)).unwrap();
    both_fail(&folder, ["near.png", "bomb.png"], &[], &["100000x100000", "--max-pixels"]);
    fs::write(folder.path("flat.png"), promise(0, 5)).unwrap();
    both_fail(&folder, ["near.png", "flat.png"], &[], &["flat.png"]);
}

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
fn senseless_options_are_refused() {
    let folder = Folder::new();
    let cases: [(&str, &[&str], &str); 24] = [
        ("descent", &["--near-weight", "nan"], "near weight"),
        ("descent", &["--near-weight", "-1"], "near weight"),
        ("descent", &["--far-weight", "inf"], "far weight"),
        ("descent", &["--near-weight", "0", "--detail-weight", "0", "--far-weight", "0"], "weight"),
        ("descent", &["--sigma", "0"], "sigma"),
        ("descent", &["--sigma", "-3"], "sigma"),
        ("descent", &["--sigma", "nan"], "sigma"),
        ("descent", &["--kernel-size", "4"], "odd"),
        ("descent", &["--preset", "article", "--rate", "-0.3"], "rate"),
        ("descent", &["--steps", "0"], "iterations"),
        ("descent", &["--far-color", "2"], "--far-color"),
        ("descent", &["--preset", "article", "--far-color", "0.5"], "--colors luma"),
        ("descent", &["--colors", "channels", "--color-weight", "5"], "--colors luma"),
        ("fourier", &["--classic", "--far-tone", "0"], "--colors luma"),
        ("fourier", &["--classic", "--low", "9cpi", "--strength", "strong"], "--colors luma"),
        ("descent", &["--near-color", "-0.1"], "--near-color"),
        ("descent", &["--plain", "1.5"], "--plain"),
        ("descent", &["--beside", "0.5"], "no face"),
        ("descent", &["--tolerance", "nan"], "tolerance"),
        ("descent", &["--threads", "0"], "threads"),
        ("fourier", &["--low", "-4cpi"], "cutoff"),
        ("fourier", &["--high", "0cpp"], "cutoff"),
        ("fourier", &["--near-gain", "nan"], "gain"),
        ("fourier", &["--response", "butterworth", "--order", "0"], "order"),
    ];
    for (command, flags, word) in cases {
        let arguments = [&[command, "near.png", "far.png", "-o", "out.png"], flags].concat();
        folder.run(&arguments).fails(&[word]);
        assert_eq!(folder.files(), ["far.png", "near.png"]);
    }
}

/// Known before anything is read.
#[test]
fn weights_that_leave_one_picture_alone_are_named() {
    let folder = Folder::new();
    let mix = ["mix", "none.png", "far.png", "-o", "out.png"];
    for (flags, words) in [
        (["--far-weight", "0"], ["the far weight is 0 and the near weight 0:", "fix: give --far-weight more"]),
        (["--near-weight", "1.5"], ["the far weight is 1 and the near weight 1.5:", "fix: give --far-weight more"]),
        (["--detail-weight", "0"], ["the near weight and the detail weight are 0:", "fix: give --detail-weight or"]),
    ] {
        folder.run(&[&mix[..], &flags].concat()).fails(&words);
        // The cure works, a distance is none.
        folder.run(&[&mix[..], &flags, &["--far", "3m"]].concat()).fails(&words);
        let mix = ["mix", "near.png", "far.png", "-o", "out.png", "-f"];
        folder.run(&[&mix[..], &flags, &["--sigma", "3"]].concat()).succeeds();
    }
}

#[test]
fn numbers_below_1_are_refused_in_words() {
    let folder = Folder::new();
    let pair = ["near.png", "far.png", "-o", "out.png"];
    for (command, flag, reason) in [
        ("mix", "--width=0", "--width '0': it must be a whole number, 1 or more"),
        ("mix", "--width=99999999999", "--width '99999999999': a number that large makes no sense"),
        ("mix", "--width=wide", "--width 'wide': not a whole number"),
        ("mix", "--trace=0", "--trace '0': it must be a whole number, 1 or more"),
        ("sweep", "--columns=10", "--columns '10': it must be a whole number from 1 to 9"),
    ] {
        let run = folder.run(&[&[command], &pair[..], &[flag]].concat()).fails(&[reason]);
        assert_eq!(run.code, Some(2));
    }
}

#[test]
fn words_that_are_no_options_are_refused() {
    let folder = Folder::new();
    for flags in [["--sigma", "wide"], ["--steps", "-5"], ["--low", "4"], ["--background", "white"]] {
        let command = if flags[0] == "--low" { "fourier" } else { "descent" };
        let arguments = [&[command, "near.png", "far.png", "-o", "out.png"], &flags[..]].concat();
        let run = folder.run(&arguments);
        assert_eq!(run.code, Some(2), "{}", run.stderr);
        assert!(run.stderr.contains(flags[0]), "{}", run.stderr);
    }
}

#[test]
fn lengths_densities_and_blurs_are_refused_with_what_why_and_a_fix() {
    let folder = Folder::new();
    let length = "fix: write it as in 60cm or 3m";
    let density = "fix: say it as in --dpi 96 for a screen, --dpi 300 for a print, or --print-width 60cm";
    let blur = "fix: say a blur in pixels, as in --sigma 6, or leave --sigma out";
    let cases: [(&[&str], &[&str]); 17] = [
        (&["--far=0m"], &["--far '0m': a length of 0.0 cm", "above 0 and at most 100 km", length]),
        (&["--near=-1e999m"], &["--near '-1e999m': a length of -inf cm", length]),
        (&["--far=1e30m"], &["--far '1e30m': a length of 1e32 cm", length]),
        (&["--far=3"], &["--far '3': not a length", "mm, cm, m, in or ft", length]),
        (&["--print-width=x"], &["--print-width 'x': not a length", length]),
        (&["--dpi=1e9"], &["--dpi '1e9': a density of 1000000000.0", "at most 100000", density]),
        (&["--dpi=0"], &["--dpi '0': a density of 0.0", density]),
        (&["--dpi=fine"], &["--dpi 'fine': not a pixel density", "pixels per inch", density]),
        (&["--print-width=0.001mm"], &["a density of 1219200.0", density]),
        (&["--far=90000m"], &["pixels per degree of the visual field", "from 0.01 to 20000", "fix: look from closer"]),
        (&["--near=0.001mm"], &["pixels per degree of the visual field", "fix: look from further away"]),
        (&["--sigma=1e30"], &["error: sigma is 1e30; it must be a number of pixels from 1e-9 to 131071", blur]),
        (&["--sigma=1e-200"], &["error: sigma is 1e-200", blur]),
        (&["--sigma=nan"], &["error: sigma is NaN", blur]),
        (&["--sigma=0"], &["error: sigma is 0.0", blur]),
        (&["--sigma=wide"], &["--sigma 'wide': not a number", "fix: give it a number"]),
        (&["--steps=-5"], &["--steps '-5': not a whole number", "fix: give it a whole number"]),
    ];
    for (flags, words) in cases {
        let arguments = [&["mix", "near.png", "far.png", "-o", "out.png"], flags].concat();
        let run = folder.run(&arguments).fails(words);
        // Nothing is said as if it were chosen, and nothing is done, before.
        assert!(run.stderr.starts_with("error: ") || !run.stderr.contains("sigma"), "{}", run.stderr);
        assert_eq!((run.code, folder.files().len()), (Some(2), 2));
    }
    let wiener = ["fourier", "near.png", "far.png", "-o", "out.png", "--response", "wiener"];
    for sigma in ["1e30", "0", "nan"] {
        folder.run(&[&wiener[..], &["--sigma", sigma]].concat()).fails(&["error: sigma is", "131071", blur]);
    }
    folder.run(&["fourier", "near.png", "far.png", "--low", "4"]).fails(&["--low '4': the unit is missing", "16cpi"]);
    folder.run(&["geometry", "--sigma", "0"]).fails(&["a blur of 0.0 pixels by the eye", "to 308.6", "fix: say"]);
    for cycles in ["0", "-1", "1e300", "nan"] {
        let reason = ["cycles across a picture of this size make no sense", "from 0.311 to", "fix: say how many"];
        folder.run(&["geometry", "--cycles", cycles, "--size", "512x512"]).fails(&reason);
    }
    folder.run(&["geometry", "--ppd", "0"]).fails(&["--ppd '0': 0.0 pixels per degree", "0.01 to 20000", "fix: "]);
}

#[test]
fn command_lines_that_lack_a_word_are_answered_with_it() {
    let folder = Folder::new();
    let cases: [(&[&str], &[&str]); 11] = [
        (&["near.png"], &["near.png is no command", "say: nearfar mix near.png FAR\n"]),
        (&["near.png", "far.png"], &["near.png is no command", "say: nearfar mix near.png far.png\n"]),
        (&["my cat.jpg", "far.jpg", "-o", "a.png"], &["say: nearfar mix 'my cat.jpg' far.jpg -o a.png\n"]),
        (&["mixx", "near.png"], &["mixx is no command", "say nearfar mix;"]),
        (&["hybridise"], &["hybridise is no command", "nearfar --help lists the commands"]),
        (&["mix", "near.png"], &["<FAR> is missing", "as in: nearfar mix near.jpg far.jpg; nearfar mix --help"]),
        (
            &["align", "near.png"],
            &["--out <DIR> and <FAR> are missing", "as in: nearfar align near.jpg far.jpg -o fitted"],
        ),
        (
            &["mix", "near.png", "far.png", "--method", "fourier"],
            &["no option --method", "nearfar fourier mixes by filters"],
        ),
        (&["descent", "near.png", "far.png", "--method=descent"], &["nearfar mix (also called descent)"]),
        (
            &["mix", "near.png", "far.png", "--far-colour", "1"],
            &["'--far-colour'", "fix: a similar argument exists: '--far-color'\n"],
        ),
        (&["mix", "near.png", "far.png", "--align", "middle"], &["'middle' for '--align", "give it one of auto, "]),
    ];
    for (words, said) in cases {
        let run = folder.run(words).fails(said);
        assert_eq!((run.code, run.stderr.lines().count(), folder.files().len()), (Some(2), 2, 2), "{}", run.stderr);
    }
}

#[test]
fn errors_are_json_where_json_was_asked_for() {
    let folder = Folder::new();
    let run = folder.run(&["mix", "near.png", "none.png", "--json"]);
    assert_eq!(run.code, Some(1), "{}", run.stderr);
    let json = run.json();
    assert!(json["error"].as_str().unwrap().contains("none.png") && json["fix"].is_string(), "{json}");
    assert_eq!((&json["exit_code"], &json["schema"]), (&1.into(), &1.into()));
    let json = folder.run(&["mix", "near.png", "far.png", "--far", "0m", "--json"]).json();
    assert_eq!((&json["exit_code"], &json["fix"]), (&2.into(), &"write it as in 60cm or 3m".into()));
    for words in ["mix near.png", "near.png far.png", "mix near.png far.png --bogus", "geometry", "completions bash"] {
        let run = folder.run(&words.split(' ').chain(["--json"]).collect::<Vec<_>>());
        let json = run.json();
        assert!(json["error"].is_string() && json["fix"].is_string(), "{json}");
        assert_eq!((run.code, &json["exit_code"], &json["schema"]), (Some(2), &2.into(), &1.into()));
    }
}

#[test]
fn pictures_larger_than_the_memory_are_refused_before_they_are_read() {
    let folder = Folder::new();
    folder.run(&["mix", "near.png", "far.png", "-o", "out.png", "--memory", "100kB"]).fails(&["48x40", "--memory"]);
    folder.run(&["mix", "near.png", "far.png", "-o", "out.png", "--memory", "1MB"]).succeeds();
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

/// A recipe can name any file: what is not the very picture is not even decoded.
#[test]
fn redo_decodes_no_file_that_is_not_the_one() {
    let folder = Folder::new();
    folder.run(&["mix", "near.png", "far.png", "-o", "out.png"]).succeeds();
    std::fs::write(folder.path("near.png"), "no picture at all").unwrap();
    folder.run(&["redo", "out.png"]).fails(&["changed since", "near.png"]);
}

#[test]
#[cfg(unix)]
fn names_tell_terminals_nothing() {
    let folder = Folder::new();
    let run = folder.run(&["mix", "a\u{1b}[31mb.png", "far.png", "-o", "out.png"]).fails(&["\\u{1b}[31m"]);
    assert!(!run.stderr.contains('\u{1b}'));
}

/// Floats as far beyond black and white as they go.
#[test]
fn enormous_samples_are_mixed_with_a_note() {
    let folder = Folder::new();
    fs::copy(repository("crates/nearfar-codec/tests/data/huge.tif"), folder.path("huge.tif")).unwrap();
    for pair in [["huge.tif", "far.png"], ["near.png", "huge.tif"]] {
        for command in ["mix", "fourier"] {
            let run = folder.run(&[command, pair[0], pair[1], "-o", "out.png", "--force"]).succeeds();
            assert!(run.stderr.contains("huge.tif: 100.0 % of its float samples"), "{}", run.stderr);
        }
    }
}

#[test]
fn lines_of_pixels_are_pictures() {
    let folder = Folder::new();
    super::near(4097, 1).save(folder.path("wide.png")).unwrap();
    super::far(1, 4097).save(folder.path("tall.png")).unwrap();
    super::near(65535, 1).save(folder.path("widest.png")).unwrap();
    for (near, far) in
        [("widest.png", "widest.png"), ("wide.png", "tall.png"), ("tall.png", "wide.png"), ("wide.png", "wide.png")]
    {
        for command in ["mix", "fourier"] {
            let run = folder.run(&[command, near, far, "-o", "out.png", "--force"]);
            assert!(matches!(run.code, Some(0..=2)) && !run.stderr.contains("panicked"), "{}", run.stderr);
        }
    }
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
