//! Drawing on pictures: filled shapes, lines and text, for labels, sheets and plots.
//!
//! Positions are in pixels from the top left corner; the middle of the first pixel is at (0.5, 0.5). Edges are antialiased:
//! a pixel takes on a colour in proportion to the area that a shape covers.
//!
//! ```
//! use nearfar::{Size, draw::{Anchor, Canvas, Color}};
//!
//! let mut canvas = Canvas::new(Size::new(120, 24)?, Color::WHITE);
//! canvas.text("1.2 m", [60.0, 17.0], 14.0, Anchor::Middle, Color::BLACK);
//! assert!(canvas.into_picture().samples().iter().any(|&code| code < 0.1));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod canvas;
mod color;
mod path;
mod text;

pub(crate) use canvas::fitting;
pub use canvas::{Anchor, Canvas};
pub use color::Color;
pub use path::Path;
pub use text::{text_path, text_width};
