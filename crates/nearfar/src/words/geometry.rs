//! The meaning of a distance, as a table.

use crate::Geometry;

/// Everything that follows from a distance, one line each.
#[must_use]
pub fn geometry(geometry: &Geometry) -> Vec<String> {
    let row = |name: &str, value: String, meaning: &str| format!("{name:<18} {value:>10}  {meaning}");
    let cutoff = "cycles per pixel, where the blur halves the contrast";
    let mut lines = vec![
        row("distance", format!("{:.2}", geometry.distance), "from the eye to the picture"),
        row("density", format!("{:.1}", geometry.pixels_per_inch), "pixels per inch of the screen or the print"),
        row("pixels per degree", format!("{:.1}", geometry.pixels_per_degree), "of the visual field"),
        row("sigma", format!("{:.2} px", geometry.sigma_pixels), "blur of the eye, in pixels"),
        row("cutoff", format!("{:.4} cpp", geometry.cycles_per_pixel), cutoff),
    ];
    if let (Some(cycles), Some(degrees)) = (geometry.cycles_per_image, geometry.degrees_wide) {
        lines.push(row("", format!("{cycles:.1} cpi"), "the same in cycles across the picture's shorter side"));
        lines.push(row("width", format!("{degrees:.2} deg"), "of the visual field that the picture takes"));
    }
    lines
}
