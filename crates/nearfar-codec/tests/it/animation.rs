use nearfar_codec::{EncodeError, Format, encode_animation};
use nearfar_image::{Channels, Encoded, Image, Size};

const SIDE: usize = 24;

/// A bright square on a ramp, `at` pixels from the left.
fn frame(at: usize) -> Image<Encoded> {
    Image::from_fn(Size::new(SIDE, SIDE).unwrap(), Channels::Rgb, |channel, x, y| {
        let square = (at..at + 6).contains(&x) && (4..10).contains(&y);
        let code = if square { [1.0, 0.8, 0.2][channel] } else { (x + y + channel) as f32 / 50.0 };
        (255.0 * code).round() / 255.0
    })
}

#[test]
fn apng_holds_every_frame_exactly() {
    let frames = [frame(0), frame(3), frame(3), frame(9)];
    let bytes = encode_animation(&frames.each_ref(), 40, Format::Png).unwrap();
    let mut reader = png::Decoder::new(std::io::Cursor::new(bytes)).read_info().unwrap();
    let control = *reader.info().animation_control().unwrap();
    assert_eq!((control.num_frames, control.num_plays), (4, 0));
    let mut canvas = vec![0; 3 * SIDE * SIDE];
    for (i, frame) in frames.iter().enumerate() {
        let mut part = vec![0; reader.output_buffer_size().unwrap()];
        reader.next_frame(&mut part).unwrap();
        let control = *reader.info().frame_control().unwrap();
        assert_eq!(u32::from(control.delay_num) * 1000 / u32::from(control.delay_den), 40);
        let [width, height, left, top] =
            [control.width, control.height, control.x_offset, control.y_offset].map(|side| side as usize);
        assert!(i == 0 || width < SIDE && height <= 6, "frame {i} is stored in {width}x{height}");
        for y in 0..height {
            canvas[3 * ((top + y) * SIDE + left)..][..3 * width].copy_from_slice(&part[3 * y * width..][..3 * width]);
        }
        let expected =
            (0..3 * SIDE * SIDE).map(|j| (255.0 * frame.samples()[j % 3 * SIDE * SIDE + j / 3]).round() as u8);
        assert!(expected.eq(canvas.iter().copied()), "frame {i}");
    }
}

/// Squares begin at even and at odd coordinates; a WebP's frames can only start at even ones.
#[test]
fn webp_holds_every_frame_exactly() {
    let frames = [frame(0), frame(3), frame(3), frame(9)];
    let bytes = encode_animation(&frames.each_ref(), 40, Format::WebP).unwrap();
    assert!(bytes.len() < 4000, "{} bytes", bytes.len());
    let mut decoder = image_webp::WebPDecoder::new(std::io::Cursor::new(bytes)).unwrap();
    assert!(decoder.is_animated() && !decoder.has_alpha());
    assert_eq!((decoder.dimensions(), decoder.num_frames()), ((SIDE as u32, SIDE as u32), 4));
    assert_eq!(decoder.loop_count(), image_webp::LoopCount::Forever);
    let mut canvas = vec![0; decoder.output_buffer_size().unwrap()];
    for (i, frame) in frames.iter().enumerate() {
        assert_eq!(decoder.read_frame(&mut canvas).unwrap(), 40);
        let expected =
            (0..3 * SIDE * SIDE).map(|j| (255.0 * frame.samples()[j % 3 * SIDE * SIDE + j / 3]).round() as u8);
        assert!(expected.eq(canvas.iter().copied()), "frame {i}");
    }
}

#[test]
fn gif_holds_every_frame_approximately() {
    let frames = [frame(0), frame(3), frame(9), frame(3)];
    let bytes = encode_animation(&frames.each_ref(), 50, Format::Gif).unwrap();
    let mut options = gif::DecodeOptions::new();
    options.set_color_output(gif::ColorOutput::RGBA);
    let mut decoder = options.read_info(&bytes[..]).unwrap();
    assert_eq!(decoder.repeat(), gif::Repeat::Infinite);
    let mut canvas = vec![0; 4 * SIDE * SIDE];
    for (i, frame) in frames.iter().enumerate() {
        let part = decoder.read_next_frame().unwrap().unwrap();
        assert_eq!(part.delay, 5);
        let [width, height, left, top] = [part.width, part.height, part.left, part.top].map(usize::from);
        for y in 0..height {
            let line = &part.buffer[4 * y * width..][..4 * width];
            canvas[4 * ((top + y) * SIDE + left)..][..4 * width].copy_from_slice(line);
        }
        for (pixel, found) in canvas.chunks_exact(4).enumerate() {
            for (channel, &found) in found[..3].iter().enumerate() {
                let expected = 255.0 * frame.samples()[channel * SIDE * SIDE + pixel];
                assert!((f32::from(found) - expected).abs() < 20.0, "frame {i}, pixel {pixel}: {found}, {expected}");
            }
        }
    }
    assert!(decoder.read_next_frame().unwrap().is_none());
}

#[test]
fn invalid_sets_of_frames_are_refused() {
    let (a, b) = (frame(0), Image::filled(Size::new(2, 2).unwrap(), Channels::Grey, 0.5));
    let encode = |frames: &[&Image<Encoded>], format| encode_animation(frames, 40, format);
    assert!(matches!(encode(&[], Format::Png), Err(EncodeError::Frames)));
    assert!(matches!(encode(&[&a, &b], Format::Gif), Err(EncodeError::Frames)));
    for format in [Format::Jpeg, Format::Tiff, Format::Qoi] {
        assert!(matches!(encode(&[&a], format), Err(EncodeError::NoAnimation { .. })), "{format}");
    }
    // Grey frames and a single one are fine.
    encode(&[&b], Format::Png).unwrap();
    encode(&[&b, &b], Format::Gif).unwrap();
    encode(&[&b], Format::WebP).unwrap();
}
