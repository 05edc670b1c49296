//! Messages about files that are odd, and about those that cannot be read.

use std::fs;

use super::{Folder, near, repository};

#[test]
fn formats_that_are_not_read_are_named_with_a_program_that_converts_them() {
    let folder = Folder::new();
    let files: [(&str, &[u8], &str); 4] = [
        ("a.heic", b"\0\0\0\x18ftypheic\0\0\0\0", "heif-convert"),
        ("b.avif", b"\0\0\0\x1cftypavif\0\0\0\0", "avifdec"),
        ("c.jp2", b"\0\0\0\x0cjP  \r\n\x87\n", "opj_decompress"),
        ("d.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "rsvg-convert"),
    ];
    for (name, bytes, program) in files {
        fs::write(folder.path(name), bytes).unwrap();
        folder.run(&["mix", name, "far.png"]).fails(&[name, "cannot be read", program]);
    }
}

#[test]
fn films_floats_and_wide_colours_are_read_with_a_note_unless_quiet() {
    let folder = Folder::new();
    for name in ["two_frames.webp", "bright.tif", "profile.png"] {
        fs::copy(repository("crates/nearfar-codec/tests/data").join(name), folder.path(name)).unwrap();
    }
    let said = folder.run(&["fourier", "profile.png", "profile.png", "-o", "wide.png"]).succeeds().stderr;
    assert!(said.contains("profile.png: 25.8 % of its colours lie outside sRGB and were clipped"), "{said}");
    let pair = ["mix", "two_frames.webp", "bright.tif", "-o", "out.png", "--force"];
    let said = folder.run(&pair).succeeds().stderr;
    assert!(said.contains("two_frames.webp: it holds several pictures"), "{said}");
    assert!(said.contains("bright.tif: ") && said.contains("% of its float samples"), "{said}");
    let quiet = folder.run(&[&pair[..], &["--quiet"]].concat()).succeeds();
    assert_eq!((quiet.text().as_str(), quiet.stderr.as_str()), ("", ""));
    let quiet = folder.run(&["suggest", "two_frames.webp", "bright.tif", "--quiet"]).succeeds();
    assert_eq!((quiet.text().as_str(), quiet.stderr.as_str()), ("", ""));
}

#[test]
fn pairs_that_cannot_make_a_hybrid_are_warned_of() {
    let folder = Folder::new();
    let said = folder.run(&["mix", "near.png", "near.png", "-o", "same.png"]).succeeds().stderr;
    assert!(said.contains("same picture") && said.contains("pixels have hardly room"), "{said}");
    near(80, 70).save(folder.path("larger.png")).unwrap();
    let said = folder.run(&["mix", "larger.png", "far.png", "-o", "out.png"]).succeeds().stderr;
    assert!(!said.contains("same picture") && !said.contains("hardly room"), "{said}");
}

#[test]
fn names_of_every_kind_are_taken() {
    let folder = Folder::new();
    let names = ["my photo (1).png", "été 遠.png", "-dash.png"];
    for name in names {
        fs::copy(folder.path("near.png"), folder.path(name)).unwrap();
        let out = format!("./{name}-out.png");
        folder.run(&["fourier", &format!("./{name}"), "far.png", "-o", &out]).succeeds();
        folder.run(&["redo", &out]).succeeds();
        assert!(
            fs::read(folder.path(&out)).unwrap() == fs::read(folder.path(&format!("{name}-out-redo.png"))).unwrap()
        );
    }
}

#[test]
fn sizes_that_have_nothing_in_common_are_fitted() {
    let folder = Folder::empty();
    for (name, (width, height)) in
        [("dot", (1, 1)), ("column", (1, 50)), ("row", (50, 1)), ("tall", (20, 300)), ("wide", (300, 20))]
    {
        near(width, height).save(folder.path(&format!("{name}.png"))).unwrap();
    }
    for (near, far, size) in
        [("dot", "wide", (1, 1)), ("column", "row", (1, 50)), ("tall", "wide", (20, 300)), ("wide", "dot", (300, 20))]
    {
        for command in ["mix", "fourier"] {
            let [near, far] = [near, far].map(|name| format!("{name}.png"));
            folder.run(&[command, &near, &far, "-o", "out.png", "-f", "--align", "auto"]).succeeds();
            assert_eq!(folder.rgb("out.png").dimensions(), size, "{command} {near} {far}");
        }
    }
}
