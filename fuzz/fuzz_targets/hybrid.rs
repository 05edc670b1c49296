//! Any text as the recipe in a hybrid's file, and any two picture files as its pictures: untrusted input to `redo`.
#![no_main]

use libfuzzer_sys::fuzz_target;
use nearfar::{
    Channels, Image, Provenance, Size,
    codec::{DecodeOptions, EncodeOptions, Format, decode, encode, xmp::Property},
};

/// The property that holds the recipe in files other than PNG.
const RECIPE: Property = Property { name: "nearfar:recipe", namespace: "urn:nearfar:recipe" };

fuzz_target!(|input: (bool, &str)| {
    let (in_text, json) = input;
    let Some(found) = through_a_file(in_text, json) else { return };
    let Ok(Some(provenance)) = found else { return };
    // It is what was stored, it survives a second file, and it says how to write one.
    assert_eq!(Provenance::from_json(json).as_ref(), Ok(&provenance), "{json}");
    let mut options = provenance.encode_options();
    if options.check(Size::new(1, 1).expect("it has an area")).is_ok() && provenance.store(&mut options) {
        let grey = Image::filled(Size::new(1, 1).expect("it has an area"), Channels::Grey, 0.5);
        let file = encode(&grey, &options).expect("it was checked");
        let info = decode(&file, &DecodeOptions::default()).expect("it was just made").info;
        assert_eq!(Provenance::of(&info), Ok(Some(provenance)), "{json}");
    }
});

/// The recipe as found in a file that contains `json`; none if no file can contain it.
fn through_a_file(in_text: bool, json: &str) -> Option<Result<Option<Provenance>, nearfar::RecipeError>> {
    let grey = Image::filled(Size::new(1, 1).expect("it has an area"), Channels::Grey, 0.5);
    let mut options = EncodeOptions::new(Format::Png);
    if in_text {
        options.text.push((Provenance::KEYWORD.to_owned(), json.to_owned()));
    } else {
        options.xmp = Some(RECIPE.put(None, json));
    }
    let file = encode(&grey, &options).ok()?;
    Some(Provenance::of(&decode(&file, &DecodeOptions::default()).expect("it was just made").info))
}
