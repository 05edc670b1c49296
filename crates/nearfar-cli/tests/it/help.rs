//! The help tells the truth.

use std::fs;

use super::{Folder, far, near, repository};

/// All commands, with an empty name for the program itself.
fn commands() -> Vec<String> {
    let help = Folder::empty().run(&["--help"]).succeeds().text();
    let list = help.split("Commands:\n").nth(1).unwrap().split("\n\n").next().unwrap();
    let names = list.lines().filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    let names = names.map(|line| line.split_whitespace().next().unwrap().to_owned()).filter(|name| name != "help");
    std::iter::once(String::new()).chain(names).collect()
}

fn help(command: &str, flag: &str) -> String {
    let words = [command, flag];
    Folder::empty().run(&words[usize::from(command.is_empty())..]).succeeds().text()
}

#[test]
fn every_command_ends_with_examples_that_work_as_printed() {
    let commands = commands();
    assert!(commands.len() >= 17, "{commands:?}");
    for command in commands {
        let text = help(&command, "--help");
        let (_, examples) = text.split_once("Examples:\n").unwrap_or_else(|| panic!("{command} has no examples"));
        let folder = Folder::empty();
        near(96, 80).save(folder.path("near.jpg")).unwrap();
        far(70, 90).save(folder.path("far.jpg")).unwrap();
        fs::write(folder.path("pairs.csv"), "near,far\nnear.jpg,far.jpg\n").unwrap();
        fs::copy(repository("docs/objectives/hybrid.toml"), folder.path("recipe.toml")).unwrap();
        for line in examples.lines() {
            let words: Vec<_> = line.split_whitespace().collect();
            assert_eq!(words[0], "nearfar", "{line}");
            let makes = words.windows(2).any(|words| words == ["-o", "hybrid.png"]);
            if words.contains(&"hybrid.png") && !makes && !folder.path("hybrid.png").exists() {
                folder.run(&["fourier", "near.jpg", "far.jpg", "-o", "hybrid.png"]).succeeds();
            }
            folder.run(&words[1..]).succeeds();
        }
    }
}

#[test]
fn help_fits_eighty_columns() {
    for command in commands() {
        for flag in ["-h", "--help"] {
            let text = help(&command, flag);
            let wide = text.lines().find(|line| line.chars().count() > 80);
            assert_eq!(wide, None, "{command} {flag}");
        }
    }
}

#[test]
fn manual_has_a_page_for_every_command_and_replaces_none() {
    let folder = Folder::empty();
    folder.run(&["man", "-o", "pages"]).succeeds();
    for command in commands() {
        let name = if command.is_empty() { "nearfar.1".into() } else { format!("nearfar-{command}.1") };
        let page = fs::read_to_string(folder.path("pages").join(&name)).unwrap_or_else(|_| panic!("no {name}"));
        assert!(page.contains(".TH") && page.contains(".SH EXAMPLES\n.nf\n") && !page.contains("EXTRA"), "{name}");
    }
    let printed = folder.run(&["man"]).succeeds().text();
    assert_eq!(printed, fs::read_to_string(folder.path("pages/nearfar.1")).unwrap());
    folder.run(&["man", "-o", "pages"]).fails(&["exists already", "--force"]);
    folder.run(&["man", "-o", "pages", "--force"]).succeeds();
}

#[test]
fn help_gives_the_unit_of_a_number_alone() {
    for command in ["mix", "view", "batch"] {
        let text = help(command, "-h").split_whitespace().collect::<Vec<_>>().join(" ");
        let flags: Vec<_> =
            text.split(" --").filter(|flag| flag.contains("<SIZE>") || flag.contains("<PIXELS>")).collect();
        assert!(!flags.is_empty() && flags.iter().all(|flag| flag.contains("a number alone is in")), "{flags:?}");
    }
}
