//! Pictures in a terminal.

use std::{fmt::Write, ops::ControlFlow};

use nearfar_codec::{EncodeError, EncodeOptions, Format};
use nearfar_image::{Encoded, Image, Size};
use nearfar_kernels::Execution;
use nearfar_vision::{FarView, shrink};

use super::{Scene, metres, widths};
use crate::{Event, EventKind, Failure, MixError, base64::base64, event::Watch};

/// A way to show pictures in a terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Terminal {
    /// kitty's graphics protocol: kitty, Ghostty, WezTerm, Konsole.
    Kitty,
    /// iTerm2's inline images: iTerm2, WezTerm, mintty, VS Code.
    Iterm2,
    /// Sixels: xterm -ti vt340, foot, mlterm, Windows Terminal.
    Sixel,
    /// Two pixels in a character, in 24-bit colours: nearly every terminal.
    Blocks,
}

/// Width of a character cell in pixels, as assumed of every terminal.
const CELL: usize = 9;

/// Least width of a picture of blocks, in characters, where it has as many pixels: with fewer nothing can be told.
const FEWEST_BLOCKS: usize = 24;

/// No terminal is wider, in characters.
const MOST_COLUMNS: usize = 1000;

impl Scene<'_> {
    /// The hybrid in a terminal that is `columns` wide: for each station a picture and its distance, the nearest first. The first
    /// is as large as the terminal lets it be, and its distance is that from which the hybrid looks so small; each of the
    /// others is as small as it looks from its station or, `simulated`, as large as the first and blurred as by the eye.
    ///
    /// # Errors
    ///
    /// If the observer stopped the work, or if there is not enough memory.
    pub fn in_terminal(
        &self,
        terminal: Terminal,
        columns: usize,
        simulated: Option<&Execution>,
        observer: &mut dyn FnMut(&Event<'_>) -> ControlFlow<()>,
    ) -> Result<String, Failure> {
        let (size, watch) = (self.hybrid.size(), &mut Watch::after_all(observer));
        let room = (columns.clamp(1, MOST_COLUMNS) * CELL) as f64 / size.width() as f64;
        let fits = simulated.is_some() || room >= 1.0;
        let mut text = String::new();
        for station in self.stations() {
            watch.tell(EventKind::Advanced).map_err(MixError::from)?;
            let station = if fits { station } else { self.station(station.scale * room) };
            let picture = match simulated {
                Some(execution) => FarView::new(size, station.ppd).apply(self.hybrid, execution),
                None => shrink(self.hybrid, size.scaled(station.scale)).expect("no side grows"),
            };
            text += &terminal.draw(&picture, columns)?;
            let seen = station.seen().map_or_else(String::new, |seen| format!(": {seen}"));
            writeln!(text, "{} ({}){seen}\n", metres(station.distance), widths(station.picture_widths))
                .expect("writing to a string cannot fail");
        }
        Ok(text)
    }
}

impl Terminal {
    /// The best protocol that a terminal supports, by its environment variables.
    #[must_use]
    pub fn detect(variable: impl Fn(&str) -> Option<String>) -> Self {
        let is = |name: &str, word: &str| variable(name).is_some_and(|value| value.to_ascii_lowercase().contains(word));
        // Multiplexers pass on none of these protocols.
        if variable("TMUX").is_some() || is("TERM", "screen") || is("TERM", "tmux") {
            return Self::Blocks;
        }
        if variable("KITTY_WINDOW_ID").is_some() || is("TERM", "kitty") || is("TERM", "ghostty") {
            return Self::Kitty;
        }
        let programs =
            [("iterm", Self::Iterm2), ("wezterm", Self::Iterm2), ("vscode", Self::Iterm2), ("mintty", Self::Iterm2)];
        for (program, way) in programs {
            if is("TERM_PROGRAM", program) {
                return way;
            }
        }
        if variable("WT_SESSION").is_some() || is("TERM", "foot") || is("TERM", "mlterm") || is("TERM", "sixel") {
            return Self::Sixel;
        }
        Self::Blocks
    }

    /// The characters that show a picture, at most `columns` wide, with a line break at the end. Blocks are as large as pixels
    /// would be, but as many as tell something.
    ///
    /// # Errors
    ///
    /// [`EncodeError::OutOfMemory`] if the protocol takes a file and there is not enough memory for it.
    pub fn draw(self, picture: &Image<Encoded>, columns: usize) -> Result<String, EncodeError> {
        let columns = columns.clamp(1, MOST_COLUMNS);
        let blocks_wide = || (picture.size().width() / CELL).max(FEWEST_BLOCKS).min(columns);
        let width = if self == Self::Blocks { blocks_wide() } else { columns * CELL };
        let picture = narrowed(picture, width).into_rgb();
        let file = || nearfar_codec::encode(&picture, &EncodeOptions::new(Format::Png));
        Ok(match self {
            Self::Kitty => kitty(&file()?),
            Self::Iterm2 => iterm2(&file()?, picture.size()),
            Self::Sixel => sixel(&picture),
            Self::Blocks => blocks(&picture),
        })
    }
}

/// The picture, shrunk if it is wider than `width`.
fn narrowed(picture: &Image<Encoded>, width: usize) -> Image<Encoded> {
    let size = picture.size();
    if size.width() <= width {
        return picture.clone();
    }
    let height = (size.height() * width).div_ceil(size.width()).max(1);
    shrink(picture, Size::new(width, height).expect("no side is 0")).expect("no side grows")
}

/// A pixel's red, green and blue in 8 bits.
fn pixel(picture: &Image<Encoded>, x: usize, y: usize) -> [u8; 3] {
    // The cast saturates.
    [0, 1, 2].map(|channel| (255.0 * picture.plane(channel).row(y)[x] + 0.5) as u8)
}

/// A PNG in base64, in chunks of 4096 characters.
fn kitty(file: &[u8]) -> String {
    let data = base64(file);
    let pieces: Vec<_> = data.as_bytes().chunks(4096).collect();
    let mut text = String::with_capacity(data.len() + 64);
    for (i, piece) in pieces.iter().enumerate() {
        let more = u8::from(i + 1 < pieces.len());
        let piece = std::str::from_utf8(piece).expect("base64 is ASCII");
        // Show it at once, and send no reply.
        let order = if i == 0 { "a=T,f=100,q=2," } else { "" };
        write!(text, "\x1b_G{order}m={more};{piece}\x1b\\").expect("writing to a string cannot fail");
    }
    text.push('\n');
    text
}

/// A PNG in base64.
fn iterm2(file: &[u8], size: Size) -> String {
    let (length, width, height, data) = (file.len(), size.width(), size.height(), base64(file));
    format!("\x1b]1337;File=inline=1;size={length};width={width}px;height={height}px:{data}\x07\n")
}

/// Levels of red, green and blue in sixels: 252 colours.
const STEPS: [usize; 3] = [6, 7, 6];

/// Ordered dithering: offsets of codes before rounding, in steps, for blocks of 4 by 4 pixels (Bayer).
const PATTERN: [[f32; 4]; 4] =
    [[0.0, 8.0, 2.0, 10.0], [12.0, 4.0, 14.0, 6.0], [3.0, 11.0, 1.0, 9.0], [15.0, 7.0, 13.0, 5.0]];

fn sixel(picture: &Image<Encoded>) -> String {
    let (width, height) = (picture.size().width(), picture.size().height());
    let color = |x: usize, y: usize| {
        let shift = (PATTERN[y % 4][x % 4] + 0.5) / 16.0;
        (0..3).fold(0, |color, channel| {
            let code = picture.plane(channel).row(y)[x].clamp(0.0, 1.0);
            let step = (code * (STEPS[channel] - 1) as f32 + shift) as usize;
            color * STEPS[channel] + step.min(STEPS[channel] - 1)
        })
    };
    let mut text = format!("\x1bPq\"1;1;{width};{height}");
    let put = |text: &mut String, color: usize| {
        let (red, green, blue) = (color / 42, color / 6 % 7, color % 6);
        let percent = |step: usize, steps: usize| (100 * step + (steps - 1) / 2) / (steps - 1);
        write!(text, "#{color};2;{};{};{}", percent(red, 6), percent(green, 7), percent(blue, 6))
            .expect("writing to a string cannot fail");
    };
    (0..STEPS.iter().product()).for_each(|color| put(&mut text, color));
    for top in (0..height).step_by(6) {
        let band: Vec<Vec<usize>> =
            (top..(top + 6).min(height)).map(|y| (0..width).map(|x| color(x, y)).collect()).collect();
        let mut used: Vec<_> = band.iter().flatten().copied().collect();
        used.sort_unstable();
        used.dedup();
        for color in used {
            write!(text, "#{color}").expect("writing to a string cannot fail");
            let bits = (0..width).map(|x| {
                let bit = |(y, row): (usize, &Vec<usize>)| u8::from(row[x] == color) << y;
                63 + band.iter().enumerate().map(bit).sum::<u8>()
            });
            run_lengths(&mut text, bits);
            text.push('$');
        }
        text.push('-');
    }
    text.push_str("\x1b\\\n");
    text
}

/// Run-length encoding: repeated characters are written as `!count`.
fn run_lengths(text: &mut String, characters: impl Iterator<Item = u8>) {
    let mut run: Option<(u8, usize)> = None;
    let flush = |text: &mut String, (character, count): (u8, usize)| {
        let character = char::from(character);
        if count > 3 {
            write!(text, "!{count}{character}").expect("writing to a string cannot fail");
        } else {
            text.extend(std::iter::repeat_n(character, count));
        }
    };
    for character in characters {
        match &mut run {
            Some((last, count)) if *last == character => *count += 1,
            _ => {
                if let Some(run) = run.replace((character, 1)) {
                    flush(text, run);
                }
            }
        }
    }
    if let Some(run) = run {
        flush(text, run);
    }
}

/// Upper half blocks: the upper pixel is the foreground colour, the lower one the background colour.
fn blocks(picture: &Image<Encoded>) -> String {
    let (width, height) = (picture.size().width(), picture.size().height());
    let mut text = String::new();
    for y in (0..height).step_by(2) {
        for x in 0..width {
            let [red, green, blue] = pixel(picture, x, y);
            write!(text, "\x1b[38;2;{red};{green};{blue}m").expect("writing to a string cannot fail");
            if y + 1 < height {
                let [red, green, blue] = pixel(picture, x, y + 1);
                write!(text, "\x1b[48;2;{red};{green};{blue}m").expect("writing to a string cannot fail");
            }
            text.push('\u{2580}');
        }
        text.push_str("\x1b[0m\n");
    }
    text
}

#[cfg(test)]
mod tests {
    use nearfar_image::Channels;
    use nearfar_vision::Density;

    use super::*;
    use crate::{look::Known, no_observer};

    fn picture() -> Image<Encoded> {
        let size = Size::new(4, 7).unwrap();
        Image::from_fn(size, Channels::Rgb, |c, x, y| if (x + y) % 2 == 0 { [1.0, 0.0, 0.0][c] } else { 0.0 })
    }

    #[test]
    fn terminals_are_known_by_their_variables() {
        let detect = |set: &[(&str, &str)]| {
            Terminal::detect(|name| set.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned()))
        };
        assert_eq!(detect(&[("TERM", "xterm-kitty")]), Terminal::Kitty);
        assert_eq!(detect(&[("TERM_PROGRAM", "iTerm.app"), ("TERM", "xterm-256color")]), Terminal::Iterm2);
        assert_eq!(detect(&[("TERM", "foot")]), Terminal::Sixel);
        assert_eq!(detect(&[("TERM", "xterm-kitty"), ("TMUX", "/tmp/tmux")]), Terminal::Blocks);
        assert_eq!(detect(&[]), Terminal::Blocks);
    }

    #[test]
    fn blocks_hold_two_rows_each_and_put_colours_back() {
        let text = Terminal::Blocks.draw(&picture(), 80).unwrap();
        assert_eq!(text.matches('\u{2580}').count(), 4 * 4);
        assert_eq!(text.lines().count(), 4);
        assert!(text.lines().all(|line| line.ends_with("\x1b[0m")), "{text:?}");
        assert!(text.starts_with("\x1b[38;2;255;0;0m\x1b[48;2;0;0;0m\u{2580}"), "{text:?}");
        // A picture that is too wide is shrunk.
        assert_eq!(Terminal::Blocks.draw(&picture(), 2).unwrap().matches('\u{2580}').count(), 2 * 2);
    }

    #[test]
    fn pictures_of_the_protocols_are_whole() {
        let text = Terminal::Kitty.draw(&picture(), 80).unwrap();
        assert!(text.starts_with("\x1b_Ga=T,f=100,q=2,m=0;iVBORw0KGgo") && text.ends_with("\x1b\\\n"), "{text:?}");
        let text = Terminal::Iterm2.draw(&picture(), 80).unwrap();
        assert!(text.contains("width=4px;height=7px:iVBORw0KGgo") && text.ends_with("\x07\n"), "{text:?}");
        let text = Terminal::Sixel.draw(&picture(), 80).unwrap();
        assert!(text.starts_with("\x1bPq\"1;1;4;7#0;2;0;0;0") && text.ends_with("\x1b\\\n"), "{text:?}");
        // Two bands of six rows; red is step 5 of red, 5 * 42.
        assert_eq!(text.matches('-').count(), 2);
        assert!(text.contains("#210TiTi$") && text.contains("#0iTiT$"), "{text:?}");
    }

    #[test]
    fn layers_are_named_where_they_should_be_seen() {
        let hybrid = Image::filled(Size::new(90, 60).unwrap(), Channels::Grey, 0.5);
        let distances = ["40cm", "2m"].map(|distance| distance.parse().unwrap());
        let known = Known::Layers(&distances);
        let scene = Scene { hybrid: &hybrid, density: Density::default(), seat: distances[0], known };
        let said = |columns| {
            let text = scene.in_terminal(Terminal::Blocks, columns, None, &mut no_observer).unwrap();
            text.lines()
                .filter(|line| line.contains("picture widths"))
                .map(str::to_owned)
                .collect::<Vec<_>>()
                .join(", ")
        };
        assert_eq!(said(80), "40 cm (17 picture widths): picture 1, 2.0 m (84 picture widths): picture 2");
        // Five columns are half its width: as from twice as far away, where no layer is meant to be seen.
        assert_eq!(said(5), "80 cm (34 picture widths), 4.0 m (168 picture widths)");
    }

    #[test]
    fn repeated_characters_are_counted() {
        let mut text = String::new();
        run_lengths(&mut text, b"aaaabbc".iter().copied());
        assert_eq!(text, "!4abbc");
    }
}
