//! Distances as text.

use nearfar_vision::Length;

/// A distance as people say it: `60 cm`, `1.2 m`, `14 m`.
#[must_use]
pub fn metres(distance: Length) -> String {
    let centimetres = distance.centimetres();
    match centimetres {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_have_as_many_digits_as_mean_something() {
        let cases =
            [("12cm", "12 cm"), ("99.4cm", "99 cm"), ("99.6cm", "1.0 m"), ("2.94m", "2.9 m"), ("13.6m", "14 m")];
        for (length, expected) in cases {
            assert_eq!(metres(length.parse().unwrap()), expected);
        }
        assert_eq!(
            [widths(4.04), widths(9.96), widths(91.2)],
            ["4.0", "10", "91"].map(|n| format!("{n} picture widths"))
        );
    }
}
