//! Any bytes as a picture file: a picture within the limits, whose metadata can be carried over, or an error.
#![no_main]

use libfuzzer_sys::fuzz_target;
use nearfar::codec::{
    DecodeOptions, Format, carry_exif, decode,
    xmp::{Property, carry},
};

/// A property like that of a recipe.
const OWN: Property = Property { name: "fuzz:text", namespace: "urn:fuzz" };

fuzz_target!(|bytes: &[u8]| {
    // Small, so that a corrupted header shows as memory or time and every input is fast.
    let options = DecodeOptions { max_pixels: 1 << 16, max_bytes: 1 << 22, ..DecodeOptions::default() };
    match decode(bytes, &options) {
        Ok(decoded) => {
            let (size, samples) = (decoded.image.size(), decoded.image.samples());
            assert!(size.area() as u64 <= options.max_pixels, "{size} is more than was allowed");
            assert!(samples.iter().all(|v| v.is_finite()), "a sample is not finite");
            // TIFF and JPEG XL have floats, which are kept as they are.
            if !matches!(decoded.info.format, Format::Tiff | Format::JpegXl) {
                assert!(samples.iter().all(|v| (0.0..=1.0).contains(v)), "a sample of whole numbers left [0, 1]");
            }
            let _ = decoded.info.exif.and_then(|block| carry_exif(&block, decoded.image.size(), true));
            if let Some(packet) = decoded.info.xmp {
                let again = OWN.put(Some(&packet), "a<b&c");
                assert!(packet.contains(OWN.name) || OWN.find(&again).as_deref() == Some("a<b&c"));
                let _ = carry(&again, &OWN);
            }
        }
        Err(error) => assert!(!error.to_string().is_empty()),
    }
});
