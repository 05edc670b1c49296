//! Untrusted text on a terminal.

/// The text without anything that would control a terminal: names in strangers' files may hold anything.
#[must_use]
pub fn printable(text: &str) -> String {
    let mut printed = String::with_capacity(text.len());
    for c in text.chars() {
        if c == '\n' || c == '\t' || !(c.is_control() || is_bidirectional(c)) {
            printed.push(c);
        } else {
            printed.extend(c.escape_unicode());
        }
    }
    printed
}

/// Characters that change the direction of text, and can thus make one name look like another.
fn is_bidirectional(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Printable text whose lines after the first are indented, so that no file name can pass for a line of the program's own.
#[must_use]
pub fn indented(text: &str) -> String {
    printable(text).replace('\n', "\n  ")
}

#[cfg(test)]
mod tests {
    use super::printable;

    #[test]
    fn control_characters_never_reach_a_terminal() {
        assert_eq!(printable("a\u{1b}[31mb\r\u{202e}c\td\n"), "a\\u{1b}[31mb\\u{d}\\u{202e}c\td\n");
    }
}
