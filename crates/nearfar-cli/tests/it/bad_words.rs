//! Command lines that make no sense.

use super::Folder;

#[test]
fn senseless_options_are_refused() {
    let folder = Folder::new();
    let cases: [(&str, &[&str], &str); 27] = [
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
        ("descent", &["--preset", "article", "--edge-contrast", "0.1"], "give --detail-weight"),
        ("descent", &["--align", "center", "--edges", "extend"], "choose another --align"),
        ("fourier", &["--align", "portrait", "--edges", "crop"], "choose another --align"),
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
fn numbers_below_zero_are_not_taken_for_flags() {
    let folder = Folder::new();
    for (flag, value) in [("--far", "-3m"), ("--dpi", "-96"), ("--width", "-.5"), ("--threads", "-1")] {
        folder
            .run(&["mix", "near.png", "far.png", "-o", "out.png", flag, value])
            .fails(&[&format!("{flag} '{value}': it must not be below 0"), "fix: leave the minus sign out"]);
    }
    // A flag that takes no value has none below 0 either.
    let run = folder.run(&["mix", "near.png", "far.png", "-o", "out.png", "--dry-run", "-3"]);
    assert!(!run.stderr.contains("below 0"), "{}", run.stderr);
    folder.run(&["mix", "near.png", "-3.png", "-o", "out.png"]).fails(&["use '-- -3"]);
}

#[test]
fn a_file_too_many_may_be_the_output() {
    let folder = Folder::new();
    folder.run(&["mix", "near.png", "far.png", "my out.png"]).fails(&["one file too many", "say -o 'my out.png'"]);
    let run = folder.run(&["view", "near.png", "--rate", "3"]);
    assert!(!run.stderr.contains("-- --rate"), "{}", run.stderr);
    run.fails(&["'--rate'", "nearfar view --help"]);
    folder.run(&["geometry"]).fails(&["error: --far or --sigma or --ppd or --cycles is missing"]);
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
