use nearfar::{Channels, Execution, Method, Recipe, Size, descent, fourier, no_observer};

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
fn senseless_settings_are_errors_not_panics() {
    let near = noise(Size::new(16, 16).unwrap(), Channels::Grey, (0.1, 0.9), 1);
    for text in
        ["[method.descent]\nsigma = -1.0", "[method.descent]\nnear-weight = nan", "[method.fourier]\nnear-gain = inf"]
    {
        let recipe = Recipe::from_toml(text).unwrap();
        assert!(recipe.mix(&near, &near, &Execution::single_threaded(), &mut no_observer).is_err(), "{text}");
    }
}
