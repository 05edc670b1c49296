//! Any bytes as a file of results: what is understood is understood again, and the rest is preserved byte for byte.
#![no_main]

use libfuzzer_sys::fuzz_target;
use nearfar::batch::rewritten;

fuzz_target!(|text: &[u8]| {
    let once = rewritten(text);
    assert!(once == rewritten(&once), "a second run changes what the first one left");
    let lines = |text: &[u8]| -> Vec<Vec<u8>> { text.split(|&byte| byte == b'\n').map(<[u8]>::to_vec).collect() };
    let left = lines(&once);
    for line in lines(text) {
        // Our lines may be reordered, or replaced by later ones; but no foreign text is lost.
        if !line.trim_ascii().is_empty() && !line.contains(&b'{') {
            assert!(left.contains(&line), "a line is lost: {:?}", String::from_utf8_lossy(&line));
        }
    }
});
