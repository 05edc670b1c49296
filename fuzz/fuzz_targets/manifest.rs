//! Any text as a manifest: rows that stay within their folder and set only flags that a row may set, or errors.
#![no_main]

use std::path::Component;

use libfuzzer_sys::fuzz_target;
use nearfar::batch::manifest::{ManifestFormat, Row, parse};

fuzz_target!(|text: &str| {
    for format in [ManifestFormat::Csv, ManifestFormat::JsonLines] {
        let mut outs = std::collections::HashSet::new();
        for (parsed, number) in parse(text, format).into_iter().flatten().zip(1..) {
            match parsed {
                Ok(row) => {
                    assert_eq!(row.number, number);
                    assert!(outs.insert(row.out.clone()), "two rows write {:?}", row.out);
                    check(&row);
                }
                Err((place, error)) => {
                    assert_eq!(place, number);
                    assert!(!error.to_string().is_empty());
                }
            }
        }
    }
});

fn check(row: &Row) {
    assert!(row.out.components().all(|part| matches!(part, Component::Normal(_))), "{row:?}");
    assert_ne!(row.out.as_os_str(), "");
    for word in &row.flags {
        if let Some(name) = word.strip_prefix("--") {
            assert!(!["force", "json", "quiet", "save-points", ""].contains(&name), "{row:?}");
            assert!(!name.contains('='), "{row:?}");
        } else if let Some(number) = word.strip_prefix('-') {
            assert!(number.starts_with(|c: char| c.is_ascii_digit() || c == '.'), "{row:?}");
        }
    }
}
