use std::fs;

use image::{GrayImage, Luma};

use super::Folder;

#[test]
fn stripes_are_found_at_their_frequency() {
    let folder = Folder::empty();
    // Four pixels per cycle, from 77 to 178 of 255.
    let stripes = GrayImage::from_fn(64, 64, |x, _| Luma([[178, 128, 77, 128][x as usize % 4]]));
    stripes.save(folder.path("stripes.png")).unwrap();
    let json = folder.run(&["spectrum", "stripes.png", "-o", "out.png", "--json"]).succeeds().json();
    assert!((json["strongest"].as_f64().unwrap() - 0.2).abs() < 0.01, "{json}");
    let rings = json["rings"].as_array().unwrap();
    let strength = |ring: &serde_json::Value| ring["rms"].as_f64().unwrap();
    let strongest = rings.iter().max_by(|a, b| strength(a).total_cmp(&strength(b))).unwrap();
    assert!((strongest["cycles_per_picture"].as_f64().unwrap() / 16.0).log2().abs() < 0.26, "{strongest}");
    let figure = folder.rgb("out.png");
    assert!(figure.width() > 64 && figure.height() > 64, "{}x{}", figure.width(), figure.height());
}

#[test]
fn radial_spectrum_is_a_plot_in_either_format() {
    let folder = Folder::new();
    folder.run(&["spectrum", "near.png", "--radial", "radial.svg"]).succeeds();
    let svg = fs::read_to_string(folder.path("radial.svg")).unwrap();
    assert!(svg.starts_with("<svg") && svg.contains("cycles across the shorter side"), "{svg}");
    folder.run(&["spectrum", "near.png", "--radial", "radial.png"]).succeeds();
    assert_eq!(folder.rgb("radial.png").dimensions(), (1440, 960));
    folder.run(&["spectrum", "near.png"]).succeeds();
    assert!(folder.path("near-spectrum.png").exists());
    folder.run(&["spectrum", "near.png", "-o", "near.png", "--force"]).fails(&["input"]);
    folder.run(&["spectrum", "near.png", "--radial", "plot.txt"]).fails(&["plot.txt"]);
}
