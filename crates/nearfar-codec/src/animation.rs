//! Animations: pictures one after the other, in one file that loops.

#[cfg(feature = "formats")]
mod webp;

use std::ops::Range;

use nearfar_image::{Encoded, Image, Size};

use crate::{
    error::EncodeError,
    format::Format,
    page::{Depth, Page, Pixels, Rounding},
    palette::Palette,
};

/// The longest frame duration, in milliseconds, that all formats can express.
const LONGEST: u16 = 60_000;

/// Encodes frames that are shown for `milliseconds` each (at most a minute), in an endless loop. PNG (as APNG) and WebP
/// are lossless; a GIF has 256 colours, the same for all frames, and durations in steps of 10 milliseconds, of at least
/// 20 milliseconds. Of each frame only the rectangle that differs from the frame before is stored.
///
/// # Errors
///
/// [`EncodeError::NoAnimation`] for other formats, [`EncodeError::Frames`] if there is no frame or they differ in size,
/// and the errors of [`encode`](crate::encode).
pub fn encode_animation(frames: &[&Image<Encoded>], milliseconds: u16, format: Format) -> Result<Vec<u8>, EncodeError> {
    let size = frames.first().map(|frame| frame.size()).ok_or(EncodeError::Frames)?;
    if frames.iter().any(|frame| frame.size() != size) {
        return Err(EncodeError::Frames);
    }
    if !format.can_hold_animation() {
        return Err(EncodeError::NoAnimation { format });
    }
    let (longest, sides) = (format.longest_side(), (size.width(), size.height()));
    if size.longer_side() > longest {
        return Err(EncodeError::SideTooLong { format, width: sides.0, height: sides.1, max: longest });
    }
    let milliseconds = milliseconds.min(LONGEST);
    let pages = frames.iter().map(|frame| pixels(frame)).collect::<Result<Vec<_>, _>>()?;
    match format {
        Format::Gif => gif(&pages, size, milliseconds),
        #[cfg(feature = "formats")]
        Format::WebP => webp::film(&pages, size, milliseconds),
        _ => apng(&pages, size, milliseconds),
    }
}

/// Red, green and blue of every pixel.
fn pixels(frame: &Image<Encoded>) -> Result<Vec<[u8; 3]>, EncodeError> {
    let rgb = frame.clone().into_rgb();
    let page = Page::new(&rgb, Depth::Eight, Rounding::Nearest).map_err(|_| EncodeError::OutOfMemory)?;
    match page.pixels {
        Pixels::U8(samples) => Ok(samples.as_chunks().0.to_vec()),
        Pixels::U16(_) => unreachable!("eight bits were asked for"),
    }
}

/// A rectangle of a frame.
struct Part {
    columns: Range<usize>,
    rows: Range<usize>,
}

impl Part {
    fn whole(size: Size) -> Self {
        Self { columns: 0..size.width(), rows: 0..size.height() }
    }

    /// The rectangle in which two frames of a given width differ; a single pixel if they are equal.
    fn changed<T: PartialEq>(before: &[T], after: &[T], width: usize) -> Self {
        let differs = |i: &usize| before[*i] != after[*i];
        let (Some(first), Some(last)) = ((0..after.len()).find(differs), (0..after.len()).rfind(differs)) else {
            return Self { columns: 0..1, rows: 0..1 };
        };
        let rows = first / width..last / width + 1;
        let (mut left, mut right) = (width, 0);
        for y in rows.clone() {
            let line = y * width..(y + 1) * width;
            left = line.clone().find(differs).map_or(left, |i| left.min(i - line.start));
            right = line.clone().rfind(differs).map_or(right, |i| right.max(i - line.start + 1));
        }
        Self { columns: left..right, rows }
    }

    fn cut<T: Copy>(&self, frame: &[T], width: usize) -> Vec<T> {
        self.rows.clone().flat_map(|y| &frame[y * width..][self.columns.clone()]).copied().collect()
    }
}

/// Each frame, and the rectangle of it that changes.
fn changes<T: PartialEq>(frames: &[Vec<T>], size: Size) -> impl Iterator<Item = (Part, &[T])> {
    (0..frames.len()).map(move |i| {
        let whole = || Part::whole(size);
        let part = i.checked_sub(1).map_or_else(whole, |b| Part::changed(&frames[b], &frames[i], size.width()));
        (part, &frames[i][..])
    })
}

fn apng(frames: &[Vec<[u8; 3]>], size: Size, milliseconds: u16) -> Result<Vec<u8>, EncodeError> {
    let error = |source: png::EncodingError| EncodeError::Encoder { format: Format::Png, source: source.into() };
    let mut bytes = Vec::new();
    // The size check keeps sides, and so counts of pixels in a row, below 2^31.
    let mut encoder = png::Encoder::new(&mut bytes, size.width() as u32, size.height() as u32);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_source_srgb(png::SrgbRenderingIntent::Perceptual);
    encoder.set_compression(png::Compression::High);
    encoder.set_animated(u32::try_from(frames.len()).map_err(|_| EncodeError::Frames)?, 0).map_err(error)?;
    encoder.set_frame_delay(milliseconds, 1000).map_err(error)?;
    let mut writer = encoder.write_header().map_err(error)?;
    for (part, frame) in changes(frames, size) {
        let samples = part.cut(frame, size.width());
        writer.set_frame_position(0, 0).map_err(error)?;
        writer.set_frame_dimension(part.columns.len() as u32, part.rows.len() as u32).map_err(error)?;
        writer.set_frame_position(part.columns.start as u32, part.rows.start as u32).map_err(error)?;
        writer.write_image_data(samples.as_flattened()).map_err(error)?;
    }
    writer.finish().map_err(error)?;
    Ok(bytes)
}

fn gif(frames: &[Vec<[u8; 3]>], size: Size, milliseconds: u16) -> Result<Vec<u8>, EncodeError> {
    let error = |source: gif::EncodingError| EncodeError::Encoder { format: Format::Gif, source: source.into() };
    let palette = Palette::of(frames.iter().map(Vec::as_slice));
    let frames: Vec<_> = frames.iter().map(|frame| palette.indices(frame, size.width())).collect();
    let mut bytes = Vec::new();
    // The size check keeps sides below 2^16.
    let (width, height) = (size.width() as u16, size.height() as u16);
    let mut encoder = gif::Encoder::new(&mut bytes, width, height, &palette.bytes()).map_err(error)?;
    encoder.set_repeat(gif::Repeat::Infinite).map_err(error)?;
    for (part, frame) in changes(&frames, size) {
        let frame = gif::Frame {
            delay: ((milliseconds + 5) / 10).max(2),
            dispose: gif::DisposalMethod::Keep,
            left: part.columns.start as u16,
            top: part.rows.start as u16,
            width: part.columns.len() as u16,
            height: part.rows.len() as u16,
            buffer: part.cut(frame, size.width()).into(),
            ..gif::Frame::default()
        };
        encoder.write_frame(&frame).map_err(error)?;
    }
    drop(encoder);
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_are_exact_to_the_pixel() {
        let before = vec![0; 20];
        let mut after = before.clone();
        (after[7], after[11]) = (1, 1);
        let part = Part::changed(&before, &after, 5);
        assert_eq!((part.columns.clone(), part.rows.clone()), (1..3, 1..3));
        assert_eq!(part.cut(&after, 5), [0, 1, 1, 0]);
        let part = Part::changed(&before, &before, 5);
        assert_eq!((part.columns, part.rows), (0..1, 0..1));
    }
}
