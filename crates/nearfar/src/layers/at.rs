//! Layers and their distances as people write them.

use std::{path::PathBuf, str::FromStr};

use nearfar_vision::{Length, VisionError};

/// A layer and the distance from which it is seen: `40cm=cat.png` or `6m=text:HELLO`.
#[derive(Clone, Debug, PartialEq)]
pub struct At {
    /// The distance.
    pub distance: Length,
    /// The layer.
    pub what: Content,
}

/// A picture's file or a text.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Content {
    /// A picture in a file.
    File(PathBuf),
    /// A text; `\\n` starts a new line.
    Text(String),
}

impl FromStr for At {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (distance, what) =
            text.split_once('=').ok_or("give a distance and a picture, as in 40cm=cat.png or 6m=text:HELLO")?;
        let distance = distance.trim().parse().map_err(|error: VisionError| error.to_string())?;
        let kind = what.split_once(':').map(|(kind, _)| kind.trim().to_lowercase());
        if !what.starts_with("text:") && matches!(kind.as_deref(), Some("text" | "txt")) {
            return Err(format!("a text is written as text:HELLO; a file of that name is ./{what}"));
        }
        if what.trim().is_empty() {
            return Err("there is no picture after the =; give one, as in 40cm=cat.png or 6m=text:HELLO".to_owned());
        }
        let what = match what.strip_prefix("text:") {
            Some(words) => Content::Text(words.replace("\\n", "\n")),
            None => Content::File(what.into()),
        };
        Ok(Self { distance, what })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_told_from_files() {
        let at = |text: &str| text.parse::<At>();
        assert_eq!(at("6m=text:A=\\nB").unwrap().what, Content::Text("A=\nB".to_owned()));
        let file = at("40cm=a=b.png").unwrap();
        assert_eq!((file.distance.centimetres(), file.what), (40.0, Content::File("a=b.png".into())));
        assert!(at("40cm=txt:HI").unwrap_err().contains("text:HELLO") && at("40cm=TEXT:HI").is_err());
        assert!(at("40cm= ").unwrap_err().contains("no picture"));
        assert_eq!(at("40cm=./txt:HI").unwrap().what, Content::File("./txt:HI".into()));
        assert!(at("cat.png").is_err() && at("far=cat.png").is_err());
    }
}
