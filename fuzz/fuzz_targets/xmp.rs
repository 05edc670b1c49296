//! Any text as an XMP packet: properties that are put into it are found again, and the packet that is carried over no
//! longer contains what has become untrue.
#![no_main]

use libfuzzer_sys::fuzz_target;
use nearfar::codec::xmp::{Property, carry};

/// Two properties like that of a recipe.
const ONE: Property = Property { name: "fuzz:one", namespace: "urn:fuzz" };
const OTHER: Property = Property { name: "other:text", namespace: "urn:fuzz:other" };

fuzz_target!(|packet: &str| {
    let text = "a<b&c \"d\" 'e'\u{fc}";
    // A packet that already contains them proves nothing.
    if !packet.contains("fuzz") && !packet.contains("other") {
        let both = OTHER.put(Some(&ONE.put(Some(packet), text)), "2");
        assert_eq!((ONE.find(&both).as_deref(), OTHER.find(&both).as_deref()), (Some(text), Some("2")), "{both}");
    }
    let _ = ONE.find(packet);
    let Some(carried) = carry(packet, &ONE) else { return };
    assert_eq!(ONE.find(&carried), None, "{carried}");
    assert!(carry(&carried, &ONE).is_some(), "{carried}");
    // It is still a packet to which more can be added.
    if !carried.contains("other") {
        assert_eq!(OTHER.find(&OTHER.put(Some(&carried), text)).as_deref(), Some(text), "{carried}");
    }
});
