//! Pictures and texts for several distances.

use std::fs;

use super::{Folder, report::assert_self_contained};

#[test]
fn layers_mix_pictures_and_texts() {
    let folder = Folder::new();
    let run = folder.run(&[
        "layers",
        "--at",
        "40cm=near.png",
        "--at",
        "2m=far.png",
        "--at",
        "8m=text:GO",
        "-o",
        "out.png",
        "--json",
    ]);
    let json = run.succeeds().json();
    assert_eq!((json["width"].as_u64(), json["height"].as_u64()), (Some(48), Some(40)));
    assert_eq!(json["seen"].as_array().unwrap().len(), 3);
    assert_eq!(folder.rgb("out.png").dimensions(), (48, 40));
    let text = folder
        .run(&["layers", "--at", "40cm=near.png", "--at", "2m=far.png", "--method", "fourier", "-o", "two.png"])
        .succeeds()
        .text();
    assert!(text.contains("from 40 cm: picture 1"), "{text}");
}

/// If one picture is given twice, neither layer is seen more than the other but for its outlines: the JSON and the page say so.
#[test]
fn layers_that_are_hardly_seen_are_told_everywhere() {
    let folder = Folder::new();
    const SAME: [&str; 8] = ["layers", "--at", "2m=near.png", "--at", "40cm=near.png", "-o", "out.png", "-f"];
    let run = folder.run(&SAME).succeeds();
    assert!(run.stderr.contains("warning: from 2.0 m picture 2 is hardly seen (percept"), "{}", run.stderr);
    assert!(run.stderr.contains("narrower print (--print-width)"), "{}", run.stderr);
    assert!(run.text().contains("from 2.0 m: picture 2 is hardly seen, -0.08 against picture 1"), "{}", run.text());
    let json = folder.run(&[&SAME[..], &["--json", "--report", "page.html"]].concat()).succeeds().json();
    let notes = json["notes"].as_array().unwrap();
    let kinds: Vec<_> = notes.iter().map(|note| note["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["layer_fitted", "layer_hardly_seen", "layer_hardly_seen"]);
    assert_eq!((&notes[2]["severity"], &notes[2]["number"]), (&"warning".into(), &2.into()));
    let page = fs::read_to_string(folder.path("page.html")).unwrap();
    assert!(
        page.contains("picture 2 is hardly seen") && page.contains("weakly seen from 0.1 on, clearly from 0.25 on")
    );
}

#[test]
fn invalid_layers_are_refused() {
    let folder = Folder::new();
    fs::write(folder.path("no.ttf"), "no font").unwrap();
    let fails = |ats: &[&str], more: &[&str], words: &[&str]| {
        let mut arguments = vec!["layers", "-o", "out.png"];
        ats.iter().for_each(|at| arguments.extend(["--at", at]));
        arguments.extend(more);
        folder.run(&arguments).fails(words);
        assert!(!folder.path("out.png").exists());
    };
    fails(&["40cm=near.png"], &[], &["1 picture"]);
    fails(&["40cm=near.png", "60cm=far.png"], &[], &["too close", "greater distance"]);
    fails(&["40cm=text:A", "4m=text:B"], &[], &["all layers are texts", "give a picture"]);
    fails(&["40cm=near.png", "4m=text:漢"], &[], &["'漢'", "--font"]);
    fails(&["40cm=near.png", "4m=text:שלום"], &[], &["'ש'", "from right to left", "give its picture"]);
    fails(&["40cm=near.png", "4m=text:A"], &["--font", "no.ttf"], &["not a readable OpenType", ".ttf"]);
    fails(&["40cm=near.png", "4m=text:A"], &["--font", "missing.ttf"], &["missing.ttf"]);
    fails(&["40cm=near.png", "4m=missing.png"], &[], &["missing.png"]);
    fails(&["40cm=near.png", "4m=far.png"], &["--font", "no.ttf"], &["--font has no effect", "text:HELLO"]);
    fails(&["40cm=near.png", "4m=txt:HI"], &[], &["text:HELLO"]);
    fails(&["40cm=near.png", "4m="], &[], &["no picture after the ="]);
    fails(&["40cm=near.png", "-4m=far.png"], &[], &["-400", "above 0"]);
    let run = folder.run(&["layers", "-o", "out.png", "--at", "near.png"]);
    assert_eq!(run.code, Some(2));
    assert!(run.stderr.contains("40cm=cat.png"), "{}", run.stderr);
}

#[test]
fn points_of_many_pictures_are_not_saved() {
    let folder = Folder::new();
    let command = ["layers", "--at", "40cm=near.png", "--at", "4m=far.png", "-o", "out.png", "--save-points", "p.toml"];
    folder.run(&command).fails(&["--save-points has no effect", "nearfar align"]);
    assert_eq!(folder.files(), ["far.png", "near.png"]);
}

#[test]
fn layers_are_planned_and_shown() {
    let folder = Folder::new();
    const LAYERS: [&str; 7] = ["layers", "--at", "40cm=near.png", "--at", "4m=far.png", "-o", "out.png"];
    let json = folder.run(&[&LAYERS[..], &["--dry-run", "--json"]].concat()).succeeds().json();
    assert_eq!((&json["dry_run"], &json["width"]), (&true.into(), &48.into()));
    let crossovers = json["crossovers"].as_array().unwrap();
    assert!(crossovers.len() == 1 && crossovers[0].as_f64().unwrap() > 0.0);
    assert_eq!(folder.files(), ["far.png", "near.png"]);
    let more = ["--strip", "strip.png", "--animate", "walk.png", "--width", "32", "-v"];
    let run = folder.run(&[&LAYERS[..], &more].concat()).succeeds();
    assert!(run.stderr.contains("pictures 1 and 2 change places at"), "{}", run.stderr);
    assert_eq!(folder.rgb("out.png").width(), 32);
    assert_eq!(folder.files(), ["far.png", "near.png", "out.png", "strip.png", "walk.png"]);
}

const THREE: [&str; 7] = ["layers", "--at", "40cm=near.png", "--at", "8m=text:A<B", "--at", "2m=far.png"];

/// The numbers of a page that say how clearly each layer is seen.
fn table(page: &str) -> &str {
    page.split_once("<tbody>").and_then(|(_, rest)| rest.split_once("</tbody>")).expect("a page has a table").0
}

#[test]
fn layers_are_explained_on_a_page() {
    let folder = Folder::new();
    for (out, more) in [("out.png", &[][..]), ("small.png", &["--width", "40"])] {
        folder.run(&[&THREE[..], &["-o", out, "--report", "page.html", "-f"], more].concat()).succeeds();
        let page = fs::read_to_string(folder.path("page.html")).unwrap();
        assert_self_contained(&page);
        // From near to far, whatever the order in which they were given.
        let names = ["Picture 1 (near.png)", "Picture 2 (far.png)", "Picture 3 (&quot;A&lt;B&quot;)"];
        for word in names.into_iter().chain(["near.png, SHA-256", "Time to fit and mix", "[[seen]]", "strengths = [\n"])
        {
            assert!(page.contains(word), "{word} is not in the page");
        }
        assert!(!page.contains("A<B"));
        // Three layers and the hybrid; plots of percepts, frequencies and losses; a button for each distance.
        assert_eq!(page.matches("aria-label=\"Spectrum of").count(), 4);
        assert_eq!(page.matches("<figure class=\"plot\"").count(), 3);
        assert_eq!(page.matches("data-go=").count(), 3);
        let seen: Vec<_> =
            table(&page).split("<tr>").skip(1).zip(names).map(|(row, name)| row.contains(name)).collect();
        assert_eq!(seen, [true; 3]);

        // The hybrid's file leads to the same pictures, and those to the same numbers.
        folder.run(&["report", out, "-o", "again.html", "-f"]).succeeds();
        let again = fs::read_to_string(folder.path("again.html")).unwrap();
        assert_self_contained(&again);
        assert_eq!(table(&again), table(&page), "{out}");
        assert!(!again.contains("id=\"losses\""));
        // With another pixel density, everything is seen from other distances.
        folder.run(&["report", out, "-o", "again.html", "-f", "--dpi", "30"]).succeeds();
        assert_ne!(table(&fs::read_to_string(folder.path("again.html")).unwrap()), table(&page));
    }
}

#[test]
fn page_of_layers_that_cannot_be_made_says_why() {
    let folder = Folder::new();
    folder.run(&[&THREE[..], &["-o", "out.png", "--quiet"]].concat()).succeeds();
    let fails = |more: &[&str], words: &[&str]| {
        folder.run(&[&["report", "out.png", "-o", "page.html"], more].concat()).fails(words);
        assert!(!folder.path("page.html").exists());
    };
    fails(
        &["near.png", "far.png"],
        &["out.png holds 3 pictures", "NEAR and FAR have no effect", "nearfar report out.png"],
    );
    fails(&["--far", "3m"], &["--near and --far have no effect", "leave them out"]);
    fs::rename(folder.path("far.png"), folder.path("gone.png")).unwrap();
    fails(&[], &["the layer, far.png, is not where it was", "beside out.png"]);
    fs::copy(folder.path("near.png"), folder.path("far.png")).unwrap();
    fails(&[], &["changed since out.png was made: far.png", "bring the old file back"]);
}

#[test]
fn layers_have_the_given_strengths() {
    let folder = Folder::new();
    let made = |out: &str, strengths: &[&str]| {
        let json = folder.run(&[&THREE[..], &["-o", out, "--json"], strengths].concat()).succeeds().json();
        (json["strengths"].clone(), json["seen"][0]["against"].clone())
    };
    let (_, balanced) = made("balanced.png", &[]);
    // Those of the nearest and the next layer relative to the farthest, whatever the order in which they were given.
    let (strengths, weak) = made("weak.png", &["--strengths", "0.5,4,2"]);
    assert_eq!(strengths, serde_json::json!([0.25, 2.0]));
    let (strengths, strong) = made("strong.png", &["--strengths=8,2,2"]);
    assert_eq!(strengths, serde_json::json!([4.0, 1.0]));
    assert!(strong[0].as_f64() > weak[0].as_f64() && strong != balanced, "{weak} {balanced} {strong}");
    for out in ["weak", "strong"] {
        let [out, again] = [format!("{out}.png"), format!("{out}-redo.png")];
        folder.run(&["redo", &out]).succeeds();
        assert!(fs::read(folder.path(&out)).unwrap() == fs::read(folder.path(&again)).unwrap(), "{out}");
    }
}

#[test]
fn invalid_strengths_are_refused() {
    let folder = Folder::new();
    for (strengths, words) in [
        ("1,2", ["2 strengths for 3 pictures", "a number for each --at"]),
        ("1,2,3,4", ["4 strengths for 3 pictures", "a number for each --at"]),
        ("0,1,1", ["0 is not a valid strength", "finite number above 0"]),
        ("1,-1,1", ["-1 is not a valid strength", "finite number above 0"]),
        ("1,1,nan", ["NaN is not a valid strength", "finite number above 0"]),
        ("inf,1,1", ["inf is not a valid strength", "finite number above 0"]),
        ("1e300,1,1e-300", ["times as strong as the weakest", "1000 is the most"]),
    ] {
        let run = folder.run(&[&THREE[..], &["-o", "out.png", "--strengths", strengths]].concat());
        assert_eq!(run.code, Some(2), "{strengths}");
        run.fails(&words);
    }
    let run = folder.run(&[&THREE[..], &["-o", "out.png", "--strengths", "1,1,1", "--method", "fourier"]].concat());
    run.fails(&["strengths have no effect with the Fourier method", "leave --strengths out"]);
    assert!(!folder.path("out.png").exists());
}
