//! Where the optimiser starts, and from where a hybrid is meant to be seen.

use std::fs;

use super::{Folder, far, grey};

#[test]
fn any_file_of_the_right_size_can_be_the_start() {
    let folder = Folder::new();
    folder.run(&["fourier", "near.png", "far.png", "-o", "start.png"]).succeeds();
    grey(48, 40).save(folder.path("grey.png")).unwrap();
    let pair = ["descent", "near.png", "far.png", "--steps", "1", "--tolerance", "0", "-f"];
    let solved = |start: &str, out: &str| {
        folder.run(&[&pair[..], &["--start", start, "-o", out]].concat()).succeeds();
        fs::read(folder.path(out)).unwrap()
    };
    let [blend, file, grey] = ["blend", "start.png", "grey.png"].map(|start| solved(start, "out.png"));
    assert!(blend != file && file != grey, "the start makes no difference after one step");
    // The file is part of the recipe.
    solved("start.png", "out.png");
    folder.run(&["redo", "out.png"]).succeeds();
    assert_eq!(fs::read(folder.path("out-redo.png")).unwrap(), file);
    far(48, 40).save(folder.path("start.png")).unwrap();
    folder.run(&["redo", "out.png", "-o", "third.png"]).fails(&["changed", "start.png"]);
}

#[test]
fn starts_that_do_not_fit_are_refused() {
    let folder = Folder::new();
    far(30, 40).save(folder.path("small.png")).unwrap();
    grey(48, 40).save(folder.path("grey.png")).unwrap();
    let files = folder.files();
    let start =
        |pair: [&str; 2], start: &str| folder.run(&["descent", pair[0], pair[1], "-o", "out.png", "--start", start]);
    start(["near.png", "far.png"], "small.png").fails(&["30x40", "48x40", "--start"]);
    start(["grey.png", "grey.png"], "near.png").fails(&["colours", "grey"]);
    assert!(start(["near.png", "far.png"], "nowhere.png").stderr.contains("nor a file"));
    folder.run(&["descent", "near.png", "far.png", "-o", "small.png", "--start", "small.png", "-f"]).fails(&["input"]);
    assert_eq!(folder.files(), files);
}

#[test]
fn all_mixers_choose_by_one_rule() {
    let folder = Folder::new();
    let chosen = |command: &str| {
        let said = folder.run(&[command, "near.png", "far.png", "-o", "out.png", "-f"]).succeeds().stderr;
        said.lines().find_map(|line| line.split_once(": the picture's shorter side").map(|(what, _)| what.to_owned()))
    };
    let (mix, descent, fourier) = (chosen("mix").unwrap(), chosen("descent").unwrap(), chosen("fourier").unwrap());
    assert_eq!(mix, descent);
    let number = |text: &str| text.split(' ').find_map(|word| word.parse::<f64>().ok()).unwrap();
    // Equal shares at 0.16727 cycles for a sigma of one pixel, which is told to a tenth.
    assert!((number(&fourier) * number(&mix) / 0.16727 - 1.0).abs() < 0.12, "{mix} {fourier}");
}

#[test]
fn distances_are_in_every_mixers_power() {
    let folder = Folder::new();
    for command in ["mix", "descent", "fourier"] {
        let run = |flags: &[&str]| {
            let arguments = [&[command, "near.png", "far.png", "-o", "out.png", "-f"], flags].concat();
            folder.run(&arguments)
        };
        let said = run(&["--far", "3m", "--dpi", "96"]).succeeds().stderr;
        assert!(said.contains("an eye 3m away blurs by 3.1 px"), "{said}");
        let by_dpi = folder.rgb("out.png");
        // 48 pixels at 96 to the inch are half an inch wide.
        run(&["--far", "3m", "--print-width", "1.27cm"]).succeeds();
        assert!(by_dpi == folder.rgb("out.png"), "{command}");
        let said = run(&["--far", "3m", "--near", "2m"]).succeeds().stderr;
        assert!(said.contains("2m is too far to see NEAR well; look from 1.2 m"), "{said}");
        assert!(!run(&["--far", "3m", "--near", "60cm"]).succeeds().stderr.contains("too far"));
        run(&["--far", "1m", "--near", "2m"]).fails(&["not nearer"]);
        run(&["--far", "30cm"]).fails(&["--far 30cm is not beyond 60cm, from where NEAR is seen if nothing is said"]);
        run(&["--near", "90m"]).fails(&[
            "--near 90m is not nearer than ",
            "from where FAR of this hybrid is seen",
            "--far",
        ]);
        let said = run(&["--near", "10cm", "--far", "30cm"]).succeeds().stderr;
        assert!(
            said.contains("warning: 30cm is too near to hide NEAR's details") && said.contains("up to 52 cm, which"),
            "{said}"
        );
    }
    assert_eq!(folder.run(&["mix", "near.png", "far.png", "--sigma", "2", "--far", "3m"]).code, Some(2));
}
