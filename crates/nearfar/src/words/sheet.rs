//! A contact sheet in words.

use crate::{
    contact::{Cell, ContactSheet},
    look::widths,
};

/// The title of a sheet of two pictures, which are given by name.
#[must_use]
pub fn sheet_title(sheet: &ContactSheet, [near, far]: [&str; 2]) -> String {
    let knob = sheet.knob.name();
    format!("{near} near, {far} far; across: cycles per shorter side at the crossover; down: {knob}")
}

/// The hybrid that flips best.
#[must_use]
pub fn sheet_best(sheet: &ContactSheet) -> Option<String> {
    let (row, column) = sheet.best()?;
    let Cell { cycles, value, near, far, switch_picture_widths, .. } = &sheet.rows[row][column];
    let takes_over = switch_picture_widths.map(|at| format!("; FAR takes over from {} on", widths(at)));
    let takes_over = takes_over.unwrap_or_default();
    Some(format!("best: {cycles:.1} cycles, {} {value}: near {near:+.2}, far {far:+.2}{takes_over}", sheet.knob.name()))
}
