//! XMP packets: carrying them over, adding to them, and reading their orientation.

use nearfar_codec::{
    DecodeOptions, EncodeOptions, Format, decode, encode,
    xmp::{Property, carry},
};
use nearfar_image::{Channels, Image, Size};

const OWN: Property = Property { name: "mine:text", namespace: "urn:mine" };
const END: &str = "</rdf:RDF>";
const PHOTO: &str = r#"<?xpacket begin=""?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="r#">
    <rdf:Description tiff:Orientation="6" dc:format='a "b" &amp; c' exif:PixelXDimension = '4032'>
    <dc:creator>Ann &amp; Bob</dc:creator><tiff:ImageWidth>4032</tiff:ImageWidth><xmp:Thumbnails/>
    <xmp:Thumbnails><rdf:Alt><rdf:li xmpGImg:image="AAAA"/></rdf:Alt></xmp:Thumbnails>
    <dc:title  xml:lang='en'>kept as it stands</dc:title></rdf:Description></rdf:RDF></x:xmpmeta>

                                        <?xpacket end="w"?>"#;

#[test]
fn properties_no_longer_true_are_dropped() {
    let carried = carry(PHOTO, &OWN).unwrap();
    for gone in ["Orientation", "4032", "Thumbnails", "AAAA", "    <?xpacket end"] {
        assert!(!carried.contains(gone), "{gone} in {carried}");
    }
    for kept in [
        r#"<rdf:Description dc:format="a &quot;b&quot; &amp; c">"#,
        "<dc:creator>Ann &amp; Bob</dc:creator>",
        "<dc:title  xml:lang='en'>kept as it stands</dc:title>",
        END,
    ] {
        assert!(carried.contains(kept), "{kept} in {carried}");
    }
    assert_eq!(carry(&carried, &OWN).as_ref(), Some(&carried), "carried again it is the same");
    for damaged in
        ["no packet", "<a>", "<a></b>", "</rdf:RDF>", "<rdf:RDF></rdf:RDF></x>", "<!DOCTYPE a><rdf:RDF></rdf:RDF>"]
    {
        assert_eq!(carry(damaged, &OWN), None, "{damaged}");
    }
}

#[test]
fn own_properties_round_trip_and_do_not_accumulate() {
    let text = r#"{"file":"a<b>&amp; \"c\" ]]> été.jpg"}"#;
    let marked = format!("\u{feff}{PHOTO}");
    for packet in [None, Some(PHOTO), Some(&marked)] {
        let with = OWN.put(packet, text);
        assert_eq!(OWN.find(&with).as_deref(), Some(text));
        assert_eq!(with.matches("<x:xmpmeta").count(), 1, "{with}");
        // When a picture is made anew, the packet is carried without it.
        assert!(!carry(&with, &OWN).unwrap().contains("mine"));
    }
    assert!(OWN.put(Some(PHOTO), text).contains("Ann &amp; Bob"));
    assert_eq!(OWN.find(&OWN.put(Some("<damaged"), text)).as_deref(), Some(text));
    assert_eq!(OWN.find(PHOTO), None);
    // Other programs gather all properties in one description, or turn them into attributes.
    let gathered = r#"<rdf:RDF><rdf:Description xmlns:mine="m" xmlns:dc="d" mine:text="a &lt; b"><dc:creator>Ann</dc:creator></rdf:Description></rdf:RDF>"#;
    assert_eq!(OWN.find(gathered).as_deref(), Some("a < b"));
    let carried = carry(gathered, &OWN).unwrap();
    assert!(carried.contains("Ann") && !carried.contains("mine:text"), "{carried}");
}

#[test]
fn damaged_packets_are_tolerated() {
    let whole = OWN.put(Some(PHOTO), "{}");
    for (cut, _) in whole.char_indices() {
        let (start, end) = whole.split_at(cut);
        for part in [start, end] {
            assert!(carry(part, &OWN).is_none_or(|carried| carried.len() <= part.len()), "{part}");
            assert!(OWN.find(part).is_none_or(|found| found == "{}"), "{part}");
        }
    }
    // The reader accepts an element without a name; after being carried once, it could not be carried again.
    let nameless = PHOTO.replacen("<rdf:Description", "< a=\"b\"/><rdf:Description", 1);
    assert!(nameless != PHOTO && carry(PHOTO, &OWN).is_some() && carry(&nameless, &OWN).is_none());
}

/// Each of these took time that grew with the square of its length, or more: minutes for 20 KB.
#[test]
fn adversarial_packets_take_linear_time() {
    const MANY: usize = 200_000;
    let packet = |inside: &str| format!("<rdf:RDF>{inside}</rdf:RDF>");
    let same_element = "<tiff:Orientation>6</tiff:Orientation>".repeat(MANY);
    let same_attribute = format!("<rdf:Description{}/>", r#" tiff:Orientation="6""#.repeat(MANY));
    let deep = [&"<a>".repeat(MANY), "", &"</a>".repeat(MANY)].concat();
    for inside in [&same_element, &same_attribute, &deep] {
        let carried = carry(&packet(inside), &OWN).unwrap();
        assert!(!carried.contains("Orientation"));
        assert_eq!(OWN.find(&OWN.put(Some(&packet(inside)), "b")).as_deref(), Some("b"));
    }
    for unsound in
        ["<tiff:Orientation>".repeat(MANY), "<tiff:Orientation ".repeat(MANY), " tiff:Orientation=".repeat(MANY)]
    {
        assert!(carry(&unsound, &OWN).is_none());
    }
}

#[test]
fn orientation_is_taken_from_xmp_where_exif_has_none() {
    let picture = Image::filled(Size::new(5, 3).unwrap(), Channels::Grey, 0.5);
    let packet = |inside: &str| Some(format!("<rdf:RDF><rdf:Description {inside}</rdf:Description></rdf:RDF>"));
    let attribute = packet("tiff:Orientation=\"6\">");
    let element = packet("><tiff:Orientation> 8 </tiff:Orientation>");
    let wrong = packet("tiff:Orientation=\"9\">");
    // A header and one directory of one entry: orientation 3.
    let three = b"MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x03\0\0\0\0\0\0".to_vec();
    let cases = [(&attribute, None, 6), (&element, None, 8), (&wrong, None, 1), (&attribute, Some(three), 3)];
    for format in [Format::Png, Format::Jpeg, Format::WebP] {
        for (xmp, exif, expected) in cases.clone() {
            let options = EncodeOptions { xmp: xmp.clone(), exif, ..EncodeOptions::new(format) };
            let decoded = decode(&encode(&picture, &options).unwrap(), &DecodeOptions::default()).unwrap();
            assert_eq!(decoded.info.orientation, expected, "{format} {xmp:?}");
            let turned = expected >= 5;
            assert_eq!(decoded.image.size().width(), if turned { 3 } else { 5 }, "{format}");
        }
    }
}
