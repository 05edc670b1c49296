//! XMP packets: what a photograph's packet says that stays true of a picture made from it, and properties of one's own.
//!
//! A packet is XML, read and written event by event in time that grows with its length. Properties are told by their usual
//! names, such as `tiff:Orientation`, not by the namespaces behind the prefixes: every program uses those.

use std::borrow::Cow;

use quick_xml::{
    Reader, Writer,
    escape::{partial_escape, unescape},
    events::{BytesStart, BytesText, Event, attributes::Attribute},
};

/// The keyword of the PNG text that is a packet.
pub(crate) const PNG_KEYWORD: &str = "XML:com.adobe.xmp";
/// What stands before a packet in its segment of a JPEG file.
pub(crate) const JPEG_PREFIX: &[u8] = b"http://ns.adobe.com/xap/1.0/\0";
/// The tag of a TIFF file that is a packet.
#[cfg(feature = "formats")]
pub(crate) const TIFF_TAG: u16 = 700;
/// Longest packet that is taken from a file.
pub(crate) const MAX_BYTES: usize = 16 << 20;

/// The element that holds all descriptions.
const ALL: &str = "rdf:RDF";
const DESCRIPTION: &str = "rdf:Description";
const ORIENTATION: &str = "tiff:Orientation";

/// What is no longer true of a picture made from the photograph: how it lay, its size, its codes, its thumbnails, and a
/// pointer to more that is not carried.
const UNTRUE: [&str; 8] = [
    ORIENTATION,
    "tiff:ImageWidth",
    "tiff:ImageLength",
    "exif:PixelXDimension",
    "exif:PixelYDimension",
    "exif:ColorSpace",
    "xmp:Thumbnails",
    "xmpNote:HasExtendedXMP",
];

/// A property of one's own: a text.
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
    /// Its text in a packet; none if there is none, or the packet is damaged before it.
    #[must_use]
    pub fn find(&self, packet: &str) -> Option<String> {
        find(packet, self.name)
    }

    /// A packet with the property in it, beside all else that `packet` says; a new one without or if that is damaged.
    #[must_use]
    pub fn put(&self, packet: Option<&str>, text: &str) -> String {
        let Self { name, namespace } = self;
        let (text, declaration) = (partial_escape(text), self.declaration());
        let own = format!(
            "<{DESCRIPTION} rdf:about=\"\" {declaration}=\"{namespace}\"><{name}>{text}</{name}></{DESCRIPTION}>"
        );
        // The reader passes over a mark of the byte order and counts from behind it.
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

/// The packet of a picture that was made from the photograph that `packet` describes: without what is no longer true,
/// without `own`, which is said of each picture anew, and without room for editing.
///
/// None if `packet` is no packet, or damaged.
#[must_use]
pub fn carry(packet: &str, own: &Property) -> Option<String> {
    let declaration = own.declaration();
    let dropped = |name: &str| UNTRUE.contains(&name) || name == own.name;
    let mut reader = Reader::from_str(packet);
    let mut writer = Writer::new(Vec::with_capacity(packet.len()));
    let mut write = |event: Event<'_>| writer.write_event(event).ok();
    let (mut depth, mut complete) = (0_usize, false);
    let mut space = None;
    loop {
        let event = reader.read_event().ok()?;
        if let Some(space) = space.take() {
            // Before the end it is room for editing, often kilobytes of it.
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
            // No packet has one, and what it may define is not looked up.
            Event::DocType(_) => return None,
            Event::Eof => break,
            other => write(other)?,
        }
    }
    (complete && depth == 0).then(|| String::from_utf8(writer.into_inner()).ok())?
}

/// How the photograph lay: an EXIF orientation, 1 to 8.
pub(crate) fn orientation(packet: &str) -> Option<u8> {
    find(packet, ORIENTATION)?.trim().parse().ok().filter(|orientation| (1..=8).contains(orientation))
}

/// The first text under a name: an element's, or an attribute's.
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

/// Where the last description ends; none if the packet is damaged.
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

/// Names and texts of the sound attributes, without the search for twins, whose time grows with the square of their number.
fn attributes<'a>(tag: &'a BytesStart<'_>) -> impl Iterator<Item = (&'a str, Cow<'a, str>)> {
    let mut attributes = tag.attributes();
    attributes.with_checks(false);
    attributes.flatten().map(|attribute| (attribute.key.0, attribute.value))
}

/// Whether a description does nothing but declare one prefix: all that stands in it is of that kind.
fn is_only(tag: &BytesStart<'_>, declaration: &str) -> bool {
    let mut declares = false;
    let nothing_else = attributes(tag).all(|(key, _)| {
        declares |= key == declaration;
        key == declaration || key == "rdf:about"
    });
    tag.name().0 == DESCRIPTION && declares && nothing_else
}

/// A tag without some of its attributes; as it stands if it has none of those, none if they are damaged or it has no name, as in
/// `< a="b"/>`, which the reader lets pass.
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
            // The quotes around it are double now.
            let value = attribute.value.replace('"', "&quot;").into();
            kept.push_attribute(Attribute { value, ..attribute });
        }
    }
    Some(kept)
}
