//! Pictures side by side.

use nearfar_image::{Channels, Encoded, Image, Size};

/// White space between pictures, in pixels.
const GAP: usize = 8;

/// Lays out pictures in rows on white, each in the middle of its cell. `None` leaves a cell white.
///
/// # Panics
///
/// If there is no picture.
#[must_use]
pub fn sheet(rows: &[Vec<Option<&Image<Encoded>>>]) -> Image<Encoded> {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let longest = |side: fn(Size) -> usize, places: &mut dyn Iterator<Item = Option<&Image<Encoded>>>| {
        places.flatten().map(|picture| side(picture.size())).max().unwrap_or(0)
    };
    let widths: Vec<_> =
        (0..columns).map(|x| longest(Size::width, &mut rows.iter().filter_map(|row| row.get(x).copied()))).collect();
    let heights: Vec<_> = rows.iter().map(|row| longest(Size::height, &mut row.iter().copied())).collect();
    let total = |sides: &[usize]| sides.iter().sum::<usize>() + GAP * sides.len().saturating_sub(1);
    let size = Size::new(total(&widths), total(&heights)).expect("a sheet holds a picture");
    let mut sheet = Image::filled(size, Channels::Rgb, 1.0);
    let mut top = 0;
    for (row, &height) in rows.iter().zip(&heights) {
        let mut left = 0;
        for (place, &width) in row.iter().zip(&widths) {
            if let Some(picture) = place {
                let (x, y) = ((width - picture.size().width()) / 2, (height - picture.size().height()) / 2);
                paste(&mut sheet, picture, left + x, top + y);
            }
            left += width + GAP;
        }
        top += height + GAP;
    }
    sheet
}

fn paste(sheet: &mut Image<Encoded>, picture: &Image<Encoded>, left: usize, top: usize) {
    let last = picture.channels().count() - 1;
    for (channel, mut plane) in sheet.planes_mut().enumerate() {
        for (y, row) in picture.plane(channel.min(last)).rows().enumerate() {
            plane.row_mut(top + y)[left..left + row.len()].copy_from_slice(row);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_stand_in_the_middle_of_their_places() {
        let grey = |width, height, value| Image::filled(Size::new(width, height).unwrap(), Channels::Grey, value);
        let (large, small) = (grey(6, 4, 0.0), grey(2, 2, 0.5));
        let sheet = sheet(&[vec![Some(&large), None], vec![Some(&small), Some(&small)]]);
        assert_eq!((sheet.size().width(), sheet.size().height()), (6 + GAP + 2, 4 + GAP + 2));
        let plane = sheet.plane(2);
        assert_eq!(plane.row(0)[5..7], [0.0, 1.0]);
        assert_eq!(plane.row(4 + GAP)[..6], [1.0, 1.0, 0.5, 0.5, 1.0, 1.0]);
        assert_eq!(plane.row(5 + GAP)[6 + GAP..], [0.5, 0.5]);
    }
}
