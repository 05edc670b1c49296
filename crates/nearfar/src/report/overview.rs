//! A page that lists many hybrids and links to the files of each.

use std::fmt::Write;

use nearfar_codec::{EncodeError, Format};
use nearfar_image::{Encoded, Image};
use nearfar_vision::shrink;

use super::{
    figures::address,
    frame::Frame,
    plain::{section, table},
};
use crate::plot::escaped;

/// Longer side of the thumbnails, in pixels.
const SIDE: usize = 192;

const LEGEND: &str = "p says what is seen, from +1, only NEAR, to -1, only FAR, up close and from where the hybrid is made for. \
                      Each picture leads to all that is known of it.";

/// A hybrid, or the reason why there is none.
#[derive(Debug)]
pub(crate) struct OverviewRow {
    /// Row in the list, from 1.
    pub(crate) row: usize,
    pub(crate) near: String,
    pub(crate) far: String,
    /// The hybrid's file, relative to the page's folder.
    pub(crate) out: String,
    /// The page that explains it, relative to the same folder.
    pub(crate) page: Option<String>,
    /// What is seen of it, as text.
    pub(crate) seen: String,
    /// A thumbnail, or the reason why there is no hybrid.
    pub(crate) thumbnail: Result<Option<Image<Encoded>>, String>,
}

/// A thumbnail of a hybrid for [`overview`].
pub(crate) fn thumbnail(hybrid: &Image<Encoded>) -> Image<Encoded> {
    let size = hybrid.size();
    let small = if size.longer_side() > SIDE { size.with_longer_side(SIDE) } else { size };
    shrink(hybrid, small).expect("no side grows")
}

/// One HTML file that needs no network; `name` is the name of the list.
pub(crate) fn overview(name: &str, rows: &[OverviewRow]) -> Result<String, EncodeError> {
    let (mut hybrids, mut missing) = (String::new(), Vec::new());
    let mut made = 0;
    for row in rows {
        match &row.thumbnail {
            Ok(thumbnail) => {
                made += 1;
                hybrids += &figure(row, thumbnail.as_ref())?;
            }
            Err(error) => missing.push([row.row.to_string(), row.near.clone(), row.far.clone(), error.clone()]),
        }
    }
    let mut sections = String::new();
    if made > 0 {
        sections += &section("Hybrids", &format!("<p>{LEGEND}</p><div class=\"grid\">{hybrids}</div>"));
    }
    if !missing.is_empty() {
        sections += &section("Not made", &table(["Row", "Near", "Far", "Why"], &missing));
    }
    let verdict = format!("{made} made, {} not made", missing.len());
    let title = format!("Hybrids in {name}");
    Ok(Frame { title: &title, verdict: &verdict, links: &[], script: None }.around(&sections))
}

fn figure(row: &OverviewRow, thumbnail: Option<&Image<Encoded>>) -> Result<String, EncodeError> {
    let OverviewRow { near, far, out, page, seen, .. } = row;
    let [name, near, far, seen] = [out, near, far, seen].map(|text| escaped(text));
    let to = link(page.as_ref().unwrap_or(out));
    let image = thumbnail.map(|picture| address(picture, Format::Jpeg)).transpose()?;
    let image = image.map_or_else(String::new, |image| {
        format!("<a href=\"{to}\"><img src=\"{image}\" alt=\"{name}: {near} up close, {far} from afar\"></a>")
    });
    Ok(format!(
        "<figure>{image}<figcaption><a href=\"{to}\"><bdi>{name}</bdi></a><br><bdi>{near}</bdi> up close, <bdi>{far}</bdi> from \
         afar<br>{seen}</figcaption></figure>"
    ))
}

/// A file's URL relative to the page's folder, with every special character escaped.
fn link(path: &str) -> String {
    let mut link = "./".to_owned();
    for byte in path.bytes() {
        match byte {
            b'/' | b'-' | b'_' | b'.' | b'~' => link.push(byte.into()),
            _ if byte.is_ascii_alphanumeric() => link.push(byte.into()),
            // The path separator of Windows.
            b'\\' if cfg!(windows) => link.push('/'),
            _ => write!(link, "%{byte:02X}").expect("writing to a string cannot fail"),
        }
    }
    link
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Channels, Size};

    fn row(out: &str, thumbnail: Result<Option<Image<Encoded>>, String>) -> OverviewRow {
        OverviewRow {
            row: 1,
            near: "<b>\"cat'.png".to_owned(),
            far: "javascript:alert(1)".to_owned(),
            out: out.to_owned(),
            page: None,
            seen: String::new(),
            thumbnail,
        }
    }

    #[test]
    fn names_are_texts_and_links_stay_in_the_folder() {
        let picture =
            thumbnail(&Image::from_fn(Size::new(400, 200).unwrap(), Channels::Rgb, |_, x, _| x as f32 / 400.0));
        assert_eq!(picture.size(), Size::new(192, 96).unwrap());
        let rows = [
            row("javascript:alert('x')\"<i>.png", Ok(Some(picture))),
            row("", Err("<script>alert(1)</script>".to_owned())),
        ];
        let page = overview("</title><script>", &rows).unwrap();
        assert!(page.contains("href=\"./javascript%3Aalert%28%27x%27%29%22%3Ci%3E.png\""), "{page}");
        for bad in ["<script", "<i>", "<b>", "href=\"javascript", "http:"] {
            assert!(!page.contains(bad), "{bad} in {page}");
        }
        assert!(page.contains("1 made, 1 not made"));
    }
}
