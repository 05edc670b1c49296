//! XMP packets: the metadata of a photograph that remain true of a picture made from it, and custom properties.
//!
//! A packet is XML, read and written event by event, in time linear in its length. Properties are identified by their
//! usual names, such as `tiff:Orientation`, not by the namespaces of their prefixes: every program uses these names.

use std::borrow::Cow;

use quick_xml::{
    Reader, Writer,
    escape::{partial_escape, unescape},
    events::{BytesStart, BytesText, Event, attributes::Attribute},
};

/// The keyword of the PNG text that holds a packet.
pub(crate) const PNG_KEYWORD: &str = "XML:com.adobe.xmp";
/// The prefix of a packet in its segment of a JPEG file.
pub(crate) const JPEG_PREFIX: &[u8] = b"http://ns.adobe.com/xap/1.0/\0";
/// The tag of a TIFF file that holds a packet.
#[cfg(feature = "formats")]
pub(crate) const TIFF_TAG: u16 = 700;
/// Longest packet that is read from a file.
pub(crate) const MAX_BYTES: usize = 16 << 20;

/// The element that contains all descriptions.
const ALL: &str = "rdf:RDF";
const DESCRIPTION: &str = "rdf:Description";
const ORIENTATION: &str = "tiff:Orientation";

/// Properties that are not true of a picture made from the photograph: orientation, size, codes, thumbnails, and a
/// pointer to data that are not carried.
const STALE: [&str; 8] = [
    ORIENTATION,
    "tiff:ImageWidth",
    "tiff:ImageLength",
    "exif:PixelXDimension",
    "exif:PixelYDimension",
    "exif:ColorSpace",
    "xmp:Thumbnails",
    "xmpNote:HasExtendedXMP",
];

/// A custom text property.
///
/// ```
/// use nearfar_codec::xmp::Property;
///
/// const TITLE: Property = Property { name: "mine:title", namespace: "urn:mine" };
/// let packet = TITLE.put(None, "Near & far");
/// assert_eq!(TITLE.find(&packet).as_deref(), Some("Near & far"));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Property {
    /// Prefix and name, with a colon between them.
    pub name: &'static str,
    /// The namespace that the prefix stands for.
    pub namespace: &'static str,
}

impl Property {
    /// The property's text in a packet; none if it is absent, or the packet is damaged before it.
    #[must_use]
    pub fn find(&self, packet: &str) -> Option<String> {
        find(packet, self.name)
    }

    /// A packet with the property added to everything that `packet` contains; a new one if there is none or it is
    /// damaged.
    #[must_use]
    pub fn put(&self, packet: Option<&str>, text: &str) -> String {
        let Self { name, namespace } = self;
        let (text, declaration) = (partial_escape(text), self.declaration());
        let own = format!(
            "<{DESCRIPTION} rdf:about=\"\" {declaration}=\"{namespace}\"><{name}>{text}</{name}></{DESCRIPTION}>"
        );
        // The reader skips a byte order mark and counts from after it.
        let packet = packet.map(|packet| packet.trim_start_matches('\u{feff}'));
        match packet.and_then(|packet| packet.split_at_checked(end_of_all(packet)?)) {
            Some((before, after)) => [before, &own, after].concat(),
            None => format!(
                "<?xpacket begin=\"\u{feff}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\
                 <x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\
                 <{ALL} xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">{own}</{ALL}>\
                 </x:xmpmeta><?xpacket end=\"r\"?>"
            ),
        }
    }

    /// The attribute that declares the prefix.
    fn declaration(&self) -> String {
        format!("xmlns:{}", self.name.split(':').next().unwrap_or_default())
    }
}

/// The packet for a picture made from the photograph that `packet` describes: without properties that are no longer
/// true, without `own`, which is written anew for each picture, and without padding for editing.
///
/// None if `packet` is not a packet, or is damaged.
#[must_use]
pub fn carry(packet: &str, own: &Property) -> Option<String> {
    let declaration = own.declaration();
    let dropped = |name: &str| STALE.contains(&name) || name == own.name;
    let mut reader = Reader::from_str(packet);
    let mut writer = Writer::new(Vec::with_capacity(packet.len()));
    let mut write = |event: Event<'_>| writer.write_event(event).ok();
    let (mut depth, mut complete) = (0_usize, false);
    let mut space = None;
    loop {
        let event = reader.read_event().ok()?;
        if let Some(space) = space.take() {
            // White space before the end is padding for editing, often kilobytes of it.
            let room = matches!(&event, Event::PI(instruction) if instruction.target() == "xpacket");
            write(if room { Event::Text(BytesText::from_escaped("\n")) } else { space })?;
        }
        match event {
            Event::Start(tag) if dropped(tag.name().0) || is_only(&tag, &declaration) => {
                reader.read_to_end(tag.name()).ok()?;
            }
            Event::Empty(tag) if dropped(tag.name().0) || is_only(&tag, &declaration) => {}
            Event::Start(tag) => {
                depth += 1;
                write(Event::Start(without(tag, dropped)?))?;
            }
            Event::Empty(tag) => write(Event::Empty(without(tag, dropped)?))?,
            Event::End(tag) => {
                depth = depth.checked_sub(1)?;
                complete |= tag.name().0 == ALL;
                write(Event::End(tag))?;
            }
            Event::Text(text) if text.trim().is_empty() => space = Some(Event::Text(text)),
            // Packets have none, and entities that it may define are not resolved.
            Event::DocType(_) => return None,
            Event::Eof => break,
            other => write(other)?,
        }
    }
    (complete && depth == 0).then(|| String::from_utf8(writer.into_inner()).ok())?
}

/// The photograph's EXIF orientation, 1 to 8.
pub(crate) fn orientation(packet: &str) -> Option<u8> {
    find(packet, ORIENTATION)?.trim().parse().ok().filter(|orientation| (1..=8).contains(orientation))
}

/// The first text under a name, of an element or an attribute.
fn find(packet: &str, name: &str) -> Option<String> {
    let mut reader = Reader::from_str(packet);
    loop {
        match reader.read_event().ok()? {
            Event::Start(tag) if tag.name().0 == name => {
                let text = reader.read_text(tag.name()).ok()?;
                return Some(unescape(&text).ok()?.into_owned());
            }
            Event::Start(tag) | Event::Empty(tag) => {
                if let Some(found) = attributes(&tag).find(|(key, _)| *key == name) {
                    return Some(unescape(&found.1).ok()?.into_owned());
                }
            }
            Event::Eof => return None,
            _ => {}
        }
    }
}

/// The end of the last description; none if the packet is damaged.
fn end_of_all(packet: &str) -> Option<usize> {
    let mut reader = Reader::from_str(packet);
    let mut end = None;
    loop {
        let before = usize::try_from(reader.buffer_position()).ok()?;
        match reader.read_event().ok()? {
            Event::End(tag) if tag.name().0 == ALL => end = Some(before),
            Event::Eof => return end,
            _ => {}
        }
    }
}

/// Names and texts of the valid attributes, without the check for duplicates, whose time grows with the square of their
/// number.
fn attributes<'a>(tag: &'a BytesStart<'_>) -> impl Iterator<Item = (&'a str, Cow<'a, str>)> {
    let mut attributes = tag.attributes();
    attributes.with_checks(false);
    attributes.flatten().map(|attribute| (attribute.key.0, attribute.value))
}

/// Whether a description does nothing but declare one prefix, in which case all its properties have that prefix.
fn is_only(tag: &BytesStart<'_>, declaration: &str) -> bool {
    let mut declares = false;
    let nothing_else = attributes(tag).all(|(key, _)| {
        declares |= key == declaration;
        key == declaration || key == "rdf:about"
    });
    tag.name().0 == DESCRIPTION && declares && nothing_else
}

/// A tag without some of its attributes; unchanged if it has none of them, and none if they are damaged or the tag has
/// no name, as in `< a="b"/>`, which the reader accepts.
fn without<'a>(tag: BytesStart<'a>, dropped: impl Fn(&str) -> bool) -> Option<BytesStart<'a>> {
    if tag.name().0.is_empty() {
        return None;
    }
    if !attributes(&tag).any(|(key, _)| dropped(key)) {
        return Some(tag);
    }
    let mut kept = BytesStart::new(tag.name().0.to_owned());
    let mut all = tag.attributes();
    all.with_checks(false);
    for attribute in all {
        let attribute = attribute.ok()?;
        if !dropped(attribute.key.0) {
            // The surrounding quotes are double now.
            let value = attribute.value.replace('"', "&quot;").into();
            kept.push_attribute(Attribute { value, ..attribute });
        }
    }
    Some(kept)
}
