//! Distances as text.

use nearfar_vision::{Density, Length, PixelsPerDegree};

/// A distance as people say it: `0.3 mm`, `60 cm`, `1.2 m`, `14 m`.
#[must_use]
pub fn metres(distance: Length) -> String {
    let centimetres = distance.centimetres();
    match centimetres {
        ..0.95 => format!("{:.1} mm", 10.0 * centimetres),
        ..99.5 => format!("{centimetres:.0} cm"),
        ..995.0 => format!("{:.1} m", centimetres / 100.0),
        _ => format!("{:.0} m", centimetres / 100.0),
    }
}

/// A distance in widths of the picture: `9.5 picture widths`.
#[must_use]
pub fn widths(picture_widths: f64) -> String {
    match picture_widths {
        ..9.95 => format!("{picture_widths:.1} picture widths"),
        _ => format!("{picture_widths:.0} picture widths"),
    }
}

/// From where a picture so many pixels `wide` is seen: `3.9 m (29 picture widths)`.
#[must_use]
pub fn place(view: PixelsPerDegree, density: Density, width: usize) -> String {
    let widths = widths(view.picture_widths(width));
    match view.distance(density) {
        Ok(distance) => format!("{} ({widths})", metres(distance)),
        Err(_) => widths,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_have_as_many_digits_as_mean_something() {
        let cases = [
            ("0.26mm", "0.3 mm"),
            ("1cm", "1 cm"),
            ("12cm", "12 cm"),
            ("99.4cm", "99 cm"),
            ("99.6cm", "1.0 m"),
            ("2.94m", "2.9 m"),
            ("13.6m", "14 m"),
        ];
        for (length, expected) in cases {
            assert_eq!(metres(length.parse().unwrap()), expected);
        }
        assert_eq!(
            [widths(4.04), widths(9.96), widths(91.2)],
            ["4.0", "10", "91"].map(|n| format!("{n} picture widths"))
        );
    }
}
