//! Building blocks of pages: sections, figures and tables.

use std::fmt::Write;

use nearfar_codec::{EncodeError, Format};
use nearfar_image::{Encoded, Image};

use super::figures::address;
use crate::plot::escaped;

/// A section whose heading is also its anchor.
pub(super) fn section(heading: &str, html: &str) -> String {
    let id = heading.to_lowercase().replace(' ', "-");
    format!("<section id=\"{id}\" aria-labelledby=\"{id}-title\"><h2 id=\"{id}-title\">{heading}</h2>{html}</section>")
}

/// A figure whose caption also serves as its description.
pub(super) fn figure(picture: &Image<Encoded>, format: Format, caption: &str) -> Result<String, EncodeError> {
    let caption = escaped(caption);
    let width = picture.size().width();
    Ok(format!(
        "<figure><img src=\"{}\" alt=\"{caption}\" width=\"{width}\"><figcaption>{caption}</figcaption></figure>",
        address(picture, format)?
    ))
}

/// A table whose rows have headers in the first cell.
pub(super) fn table<const N: usize>(head: [&str; N], rows: &[[String; N]]) -> String {
    let mut html = "<div class=\"wide\"><table><thead><tr>".to_owned();
    let mut put = |text: std::fmt::Arguments<'_>| html.write_fmt(text).expect("writing to a string cannot fail");
    for cell in head {
        put(format_args!("<th scope=\"col\">{}</th>", escaped(cell)));
    }
    put(format_args!("</tr></thead><tbody>"));
    for row in rows {
        put(format_args!("<tr><th scope=\"row\">{}</th>", escaped(&row[0])));
        for cell in &row[1..] {
            put(format_args!("<td>{}</td>", escaped(cell)));
        }
        put(format_args!("</tr>"));
    }
    put(format_args!("</tbody></table></div>"));
    html
}
