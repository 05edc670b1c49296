//! XMP packets: where JPEG, WebP and TIFF files keep a recipe, and what a photograph's own packet says that stays true.
//!
//! Only what is looked for is touched; the rest of a packet is copied as it stands.

use std::ops::Range;

/// The longest part of a packet before which another description fits.
const END: &str = "</rdf:RDF>";
const OPEN: &str = "<nearfar:recipe>";
const CLOSE: &str = "</nearfar:recipe>";
const DESCRIPTION: &str = r#"<rdf:Description rdf:about="" xmlns:nearfar="urn:nearfar:recipe">"#;
const DESCRIPTION_END: &str = "</rdf:Description>";

/// What is no longer true of a picture made from the photograph: how it lay, its size, its codes, its thumbnails, and a
/// pointer to more that is not carried.
const UNTRUE: [&str; 8] = [
    "tiff:Orientation",
    "tiff:ImageWidth",
    "tiff:ImageLength",
    "exif:PixelXDimension",
    "exif:PixelYDimension",
    "exif:ColorSpace",
    "xmp:Thumbnails",
    "xmpNote:HasExtendedXMP",
];

/// The photograph's packet without what is no longer true; none if it is no packet.
pub(crate) fn carry(packet: &str) -> Option<String> {
    let mut packet = packet.to_owned();
    for name in UNTRUE {
        while let Some(range) = attribute(&packet, name).or_else(|| element(&packet, name)) {
            packet.replace_range(range, "");
        }
    }
    while let Some(range) = own(&packet) {
        packet.replace_range(range, "");
    }
    // Room for editing, often kilobytes of it.
    if let Some(end) = packet.rfind("<?xpacket end") {
        let start = packet[..end].trim_end().len();
        packet.replace_range(start..end, "\n");
    }
    packet.contains(END).then_some(packet)
}

/// A packet with a recipe in it, beside all else that `packet` says.
pub(crate) fn with_recipe(packet: Option<&str>, json: &str) -> String {
    let json = json.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let description = format!("{DESCRIPTION}{OPEN}{json}{CLOSE}{DESCRIPTION_END}");
    match packet.and_then(|packet| Some((packet, packet.rfind(END)?))) {
        Some((packet, at)) => format!("{}{description}{}", &packet[..at], &packet[at..]),
        None => format!(
            "<?xpacket begin=\"\u{feff}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\
             <x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\
             <rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">{description}{END}\
             </x:xmpmeta><?xpacket end=\"r\"?>"
        ),
    }
}

/// The recipe in a packet.
pub(crate) fn recipe(packet: &str) -> Option<String> {
    let (_, rest) = packet.split_once(OPEN)?;
    let (json, _) = rest.split_once(CLOSE)?;
    let plain = json.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&apos;", "'");
    Some(plain.replace("&amp;", "&"))
}

/// Where a recipe of an earlier hybrid stands, with its description.
fn own(packet: &str) -> Option<Range<usize>> {
    let start = packet.find(DESCRIPTION)?;
    let end = start + packet[start..].find(DESCRIPTION_END)? + DESCRIPTION_END.len();
    Some(start..end)
}

/// Where `name="value"` stands, with the space before it.
fn attribute(packet: &str, name: &str) -> Option<Range<usize>> {
    packet.match_indices(name).find_map(|(at, _)| {
        let before = packet[..at].trim_end().len();
        let rest = packet[at + name.len()..].trim_start().strip_prefix('=')?.trim_start();
        let quote = rest.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
        let value = rest[1..].find(quote)?;
        (before < at).then(|| before..packet.len() - rest.len() + value + 2)
    })
}

/// Where `<name ...>...</name>` or `<name .../>` stands.
fn element(packet: &str, name: &str) -> Option<Range<usize>> {
    let open = format!("<{name}");
    let starts = |rest: &str| rest.starts_with(|next: char| next.is_whitespace() || matches!(next, '>' | '/'));
    let (start, _) = packet.match_indices(&open).find(|(at, _)| starts(&packet[at + open.len()..]))?;
    let tag = start + packet[start..].find('>')? + 1;
    if packet[..tag].ends_with("/>") {
        return Some(start..tag);
    }
    let close = format!("</{name}>");
    Some(start..tag + packet[tag..].find(&close)? + close.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    const PHOTO: &str = r#"<?xpacket begin=""?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="r#">
        <rdf:Description tiff:Orientation="6" dc:format='image/jpeg' exif:PixelXDimension = '4032'>
        <dc:creator>Ann &amp; Bob</dc:creator><tiff:ImageWidth>4032</tiff:ImageWidth><xmp:Thumbnails/>
        <xmp:Thumbnails><rdf:Alt><rdf:li xmpGImg:image="AAAA"/></rdf:Alt></xmp:Thumbnails>
        </rdf:Description></rdf:RDF></x:xmpmeta>

                                        <?xpacket end="w"?>"#;

    #[test]
    fn what_is_no_longer_true_is_left_out() {
        let carried = carry(PHOTO).unwrap();
        for gone in ["Orientation", "4032", "Thumbnails", "AAAA", "    <?xpacket end"] {
            assert!(!carried.contains(gone), "{gone} in {carried}");
        }
        for kept in ["<rdf:Description dc:format='image/jpeg'>", "<dc:creator>Ann &amp; Bob</dc:creator>", END] {
            assert!(carried.contains(kept), "{kept} in {carried}");
        }
        assert_eq!(carry("no packet"), None);
    }

    #[test]
    fn recipes_come_back_and_do_not_pile_up() {
        let json = r#"{"file":"a<b>&amp; \"c\" été.jpg"}"#;
        for packet in [None, Some(PHOTO)] {
            let with = with_recipe(packet, json);
            assert_eq!(recipe(&with).as_deref(), Some(json));
            assert_eq!(with.matches("<x:xmpmeta").count(), 1, "{with}");
            // A hybrid that is mixed again gives its packet, not its recipe.
            assert!(!carry(&with).unwrap().contains("nearfar"));
        }
        assert!(with_recipe(Some(PHOTO), json).contains("Ann &amp; Bob"));
        assert_eq!(recipe(PHOTO), None);
    }

    #[test]
    fn damaged_packets_are_survived() {
        let whole = with_recipe(Some(PHOTO), "{}");
        for (cut, _) in whole.char_indices() {
            let (start, end) = whole.split_at(cut);
            for part in [start, end] {
                let _ = carry(part);
                assert!(recipe(part).is_none_or(|found| found == "{}"), "{part}");
            }
        }
    }
}
