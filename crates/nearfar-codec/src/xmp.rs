//! XMP packets: where each format holds one.

/// The keyword of the PNG text that is a packet.
pub(crate) const PNG_KEYWORD: &str = "XML:com.adobe.xmp";
/// What stands before a packet in its segment of a JPEG file.
pub(crate) const JPEG_PREFIX: &[u8] = b"http://ns.adobe.com/xap/1.0/\0";
/// The tag of a TIFF file that is a packet.
pub(crate) const TIFF_TAG: u16 = 700;
