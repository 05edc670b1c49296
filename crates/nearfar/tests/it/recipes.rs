use std::{collections::HashSet, fs, path::Path};

use nearfar::{
    Channels, Execution, Method, Mix, Provenance, Recipe, Size, Source, descent, fourier,
    layers::{LayerFile, LayerRecipe, LayersRecipe},
    no_observer,
    vision::Length,
    wanted::WantedRecipe,
};

use super::noise;

#[test]
fn recipe_survives_toml_and_json() {
    let mut recipe = Recipe { method: Method::Descent(descent::Options::article()), ..Recipe::default() };
    assert_eq!(Recipe::from_toml(&recipe.to_toml()).unwrap(), recipe);
    assert_eq!(Recipe::from_json(&recipe.to_json()).unwrap(), recipe);
    recipe.method = Method::Fourier(fourier::Options::default());
    assert_eq!(Recipe::from_toml(&recipe.to_toml()).unwrap(), recipe);
    assert_eq!(Recipe::from_json(&recipe.to_json()).unwrap(), recipe);
}

#[test]
fn empty_recipe_is_the_default() {
    assert_eq!(Recipe::from_toml("").unwrap(), Recipe::default());
    assert_eq!(Recipe::from_json("{}").unwrap(), Recipe::default());
}

#[test]
fn mistakes_are_placed() {
    let error = Recipe::from_toml("[method.descent]\nsigma = 3.0\nsigmma = 4.0").unwrap_err();
    assert_eq!((error.line, error.column), (3, 1), "{error}");
    assert!(error.reason.contains("sigmma"), "{error}");
    let error = Recipe::from_json("{\"method\": {\"descent\": {\"sigma\": \"wide\"}}}").unwrap_err();
    assert_eq!(error.line, 1);
    assert!(!error.reason.contains(" at line "), "{error}");
}

#[test]
fn settings_that_no_picture_could_be_mixed_with_are_placed() {
    let toml = |text: &str| {
        let error = Recipe::from_toml(text).unwrap_err();
        (error.line, error.column, error.reason)
    };
    let weight = toml("[align]\n[method.descent]\nsigma = 3.0\ndetail-weight = -1.0");
    assert_eq!((weight.0, weight.1), (4, 17), "{weight:?}");
    assert!(weight.2.contains("detail weight is -1; it must be"), "{weight:?}");
    let wide = toml("[method.descent]\nsigma = 1e9");
    assert_eq!((wide.0, wide.1), (2, 9), "{wide:?}");
    let sigma = toml("[method.descent]\nsigma = -4");
    assert_eq!((sigma.0, sigma.1), (2, 9), "{sigma:?}");
    let stop = toml("[method.descent.stop]\nmax-iterations = 8\ntolerance = 3.0");
    assert_eq!((stop.0, stop.1), (3, 13), "{stop:?}");
    let long = toml("[method.descent.stop]\ntolerance = 0.0\nmax-iterations = 1000000000000");
    assert_eq!((long.0, long.1), (3, 18), "{long:?}");
    assert!(long.2.contains("from 1 to 100000"), "{long:?}");
    let gain = toml("[method.fourier]\nnear-gain = { uniform = 1e30 }");
    assert_eq!((gain.0, gain.1), (2, 13), "{gain:?}");
    assert!(gain.2.contains("from 0 to 1000"), "{gain:?}");
    let text = "{\"align\": {\"method\": \"none\"},\n \"method\": {\"fourier\": {\"low\": {\"butterworth\": {\"order\": 0}}}}}";
    let order = Recipe::from_json(text).unwrap_err();
    assert_eq!((order.line, order.column), (2, 32), "{order}");
    // The same key occurs earlier in another object, and escapes are letters, too.
    let text = "{\"align\": {\"edges\": \"crop\", \"method\": \"none\"},\n \"method\": {\"descent\": {\n  \
                \"share\": {\"tone\": 0.5}, \"\\u0065dges\": {\"contrast\": 0.0, \"floor\": 0.1}}}}";
    let edges = Recipe::from_json(text).unwrap_err();
    assert_eq!((edges.line, edges.column), (3, 41), "{edges}");
    // A crossover that is not chosen yet is no mistake.
    assert!(Recipe::from_toml("[method.fourier]\nlow = \"ideal\"").is_ok());
}

#[test]
fn senseless_settings_are_errors_not_panics() {
    let near = noise(Size::new(16, 16).unwrap(), Channels::Grey, (0.1, 0.9), 1);
    let descent = |options| Method::Descent(options);
    let methods = [
        descent(descent::Options { sigma: Some(-1.0), ..descent::Options::default() }),
        descent(descent::Options { near_weight: f64::NAN, ..descent::Options::default() }),
        Method::Fourier(fourier::Options {
            near_gain: fourier::NearGain::Uniform(f64::INFINITY),
            ..fourier::Options::default()
        }),
    ];
    for method in methods {
        let recipe = Recipe { method, ..Recipe::default() };
        let mixed = recipe.mix(near.clone(), near.clone(), &Execution::single_threaded(), &mut no_observer);
        assert!(mixed.is_err(), "{}", recipe.to_toml());
    }
}

#[test]
fn numbers_that_are_not_finite_are_placed() {
    let error = Recipe::from_toml("[method.descent]\nborder = \"zero\"\nsigma = nan\n").unwrap_err();
    assert_eq!((error.line, error.column), (3, 9), "{error}");
    assert!(error.reason.contains("method.descent.sigma is not a finite number"), "{error}");
    let error = Recipe::from_toml("[[align.points]]\nnear = [1, 2]\nfar = [3, -inf]").unwrap_err();
    assert_eq!((error.line, error.column), (3, 11), "{error}");
    assert!(error.reason.contains("align.points[0].far[1]"), "{error}");
    // Outside the range of single precision.
    let error = Recipe::from_toml("[method.descent]\nlight-floor = 1e300").unwrap_err();
    assert_eq!((error.line, error.column), (2, 15), "{error}");
    let error = Recipe::from_json("{\"method\": {\"descent\": {\"light-floor\": 1e300}}}").unwrap_err();
    assert_eq!((error.line, error.column), (1, 44), "{error}");
    let provenance = Provenance::default().to_json().replace("\"background\":[0.0,", "\"background\":[1e39,");
    assert!(Provenance::from_json(&provenance).unwrap_err().reason.contains("out of range"));
}

#[test]
fn seeds_of_the_fuzzer_are_recipes() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/seeds/recipe");
    let mut methods = HashSet::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        let recipe = match path.file_name().and_then(|name| name.to_str()).unwrap() {
            name if name.starts_with("bad") => {
                assert!(Recipe::from_toml(&text).is_err(), "{name}");
                continue;
            }
            name if name.ends_with(".toml") => Recipe::from_toml(&text),
            name if name.starts_with("provenance") => {
                Provenance::from_json(&text).map(|provenance| provenance.mix.recipe().unwrap_or_default())
            }
            _ => Recipe::from_json(&text),
        };
        methods.insert(recipe.unwrap_or_else(|error| panic!("{}: {error}", path.display())).method.name());
    }
    assert_eq!(methods.len(), 2);
}

/// A stranger's file may not ask for masks that its objective does not name, thousands of layers, or two things at once.
#[test]
fn recipes_that_contradict_themselves_are_refused() {
    let source = || Source::new("a.png", b"bytes");
    let toml = "[[term]]\nkind = \"pixels\"\nof = \"near\"\nweight = 1.0\nmask = \"m.png\"".to_owned();
    let masks = [("m.png".to_owned(), source())].into();
    let objective = WantedRecipe { toml, masks, ..WantedRecipe::default() };
    let json = |mix| Provenance { mix, ..Provenance::default() }.to_json();
    let of = |objective| json(Mix::Objective { near: source(), far: source(), objective });
    assert!(Provenance::from_json(&of(objective.clone())).is_ok());
    let refused = |json: &str, words: &str| {
        let error = Provenance::from_json(json).unwrap_err();
        assert!(error.reason.contains(words), "{words}: {error}");
    };
    refused(&of(WantedRecipe { masks: Default::default(), ..objective.clone() }), "m.png");
    let masks = [("m.png".to_owned(), source()), ("n.png".to_owned(), source())].into();
    refused(&of(WantedRecipe { masks, ..objective.clone() }), "no mask n.png");
    refused(
        &of(WantedRecipe { toml: "[[term]]\nkind = \"pixel\"".to_owned(), ..objective.clone() }),
        "line 2, column 8",
    );
    let toml = objective.toml.replace("mask = \"m.png\"", "").repeat(101);
    refused(&of(WantedRecipe { toml, masks: Default::default(), ..objective.clone() }), "101 terms");

    let layers = |count: usize| {
        let layer = |i: usize| LayerRecipe {
            at: Length::from_centimetres(1e-3 * 2_f64.powi(i as i32)).unwrap(),
            what: LayerFile::Picture(source()),
        };
        let seen = (0..count).map(layer).collect();
        let recipe = LayersRecipe {
            seen,
            font: None,
            align: Default::default(),
            surface: Default::default(),
            method: Default::default(),
        };
        json(Mix::Layers(recipe))
    };
    assert!(Provenance::from_json(&layers(16)).is_ok());
    refused(&layers(17), "17 pictures");
    refused(&layers(1), "1 picture");
    let both = of(objective).replace("\"objective\"", "\"recipe\":{},\"objective\"");
    refused(&both, "neither");
    refused(&layers(2).replace("\"layers\"", "\"far\":{\"file\":\"a\",\"sha256\":\"\"},\"layers\""), "neither");
}
