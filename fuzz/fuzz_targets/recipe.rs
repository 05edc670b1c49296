//! Any text as a recipe or a provenance: whatever parses survives being written and read again.
#![no_main]

use libfuzzer_sys::fuzz_target;
use nearfar::{Provenance, Recipe};

fuzz_target!(|text: &str| {
    for recipe in [Recipe::from_toml(text), Recipe::from_json(text)].into_iter().flatten() {
        let (toml, json) = (recipe.to_toml(), recipe.to_json());
        assert_eq!(Recipe::from_toml(&toml).as_ref(), Ok(&recipe), "{toml}");
        assert_eq!(Recipe::from_json(&json).as_ref(), Ok(&recipe), "{json}");
    }
    if let Ok(provenance) = Provenance::from_json(text) {
        let json = provenance.to_json();
        assert_eq!(Provenance::from_json(&json).as_ref(), Ok(&provenance), "{json}");
    }
});
