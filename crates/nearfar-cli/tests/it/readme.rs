//! The commands in the README and in docs/looking.md work exactly as printed, with pictures of different sizes.

use std::fs;

use super::{Folder, far, near, repository};

/// The lines of a document's code blocks in a language, without the fences.
fn code(document: &str, language: &str) -> Vec<String> {
    let readme = fs::read_to_string(repository(document)).unwrap();
    let fence = format!("```{language}\n");
    let blocks = readme.split(&fence).skip(1).map(|rest| rest.split("```").next().unwrap());
    blocks.flat_map(str::lines).map(str::to_owned).collect()
}

#[test]
fn commands_of_the_readme_work_as_printed() {
    run_all("README.md", 8);
}

#[test]
fn commands_that_look_work_as_printed() {
    run_all("docs/looking.md", 8);
}

fn run_all(document: &str, least: usize) {
    let folder = Folder::empty();
    for name in ["near.jpg", "a.jpg"] {
        near(96, 80).save(folder.path(name)).unwrap();
    }
    for name in ["far.jpg", "b.jpg"] {
        far(70, 90).save(folder.path(name)).unwrap();
    }
    fs::write(folder.path("pairs.csv"), "near,far\nnear.jpg,far.jpg\n").unwrap();
    let commands = code(document, "sh").into_iter().filter(|line| line.starts_with("nearfar "));
    let commands: Vec<_> = commands.map(|line| line.split('#').next().unwrap().trim().to_owned()).collect();
    assert!(commands.len() >= least, "{commands:?}");
    for command in commands {
        let words: Vec<_> = command.split_whitespace().skip(1).collect();
        folder.run(&words).succeeds();
    }
}

/// The example is compiled along with the tests.
#[test]
fn snippet_is_the_example() {
    let example = fs::read_to_string(repository("crates/nearfar/examples/hybrid.rs")).unwrap();
    for line in code("README.md", "rust") {
        assert!(example.contains(line.trim()), "{line:?} is not in the example");
    }
}
