//! The frame of all pages: head, foot, and a policy that lets nothing in or out.

use sha2::{Digest, Sha256};

use crate::{Provenance, base64::base64, plot::escaped};

const TEMPLATE: &str = include_str!("frame.html");
const STYLE: &str = include_str!("style.css");

/// Wraps scripts in one block, so that their names cannot clash with others.
macro_rules! script {
    ($($file:literal),+) => { concat!("\n\"use strict\";\n{", $(include_str!($file)),+, "}\n") };
}

/// Scripts of a page whose hybrids the slider walks away from, and of a page about one hybrid.
pub(super) const WALK: &str = script!("script/eye.js", "script/walk.js");
pub(super) const EXPLAIN: &str = script!("script/eye.js", "script/walk.js", "script/compare.js");

/// A page without its content.
pub(super) struct Frame<'a> {
    pub(super) title: &'a str,
    /// The result, in a sentence.
    pub(super) verdict: &'a str,
    /// Sections to which a long page links: addresses and names.
    pub(super) links: &'a [(&'a str, &'a str)],
    /// `None` for a page without interaction.
    pub(super) script: Option<&'a str>,
}

impl Frame<'_> {
    /// The whole page around its sections, which are HTML.
    pub(super) fn around(&self, sections: &str) -> String {
        let mut filled = String::new();
        let Ok(()) = fill(TEMPLATE, &mut filled, |name| {
            Ok::<_, std::convert::Infallible>(match name {
                "title" => escaped(self.title),
                "version" => Provenance::VERSION.to_owned(),
                "style" => STYLE.to_owned(),
                "style-source" => source(STYLE),
                "script" => self.script.map(|script| format!("<script>{script}</script>\n")).unwrap_or_default(),
                "script-source" => self.script.map_or_else(|| "'none'".to_owned(), source),
                "verdict" => escaped(self.verdict),
                "skip" => self.skip(),
                "links" => self.links(),
                "sections" => sections.to_owned(),
                other => unreachable!("the template has no place named {other}"),
            })
        });
        filled
    }

    /// A link for keyboard users that skips to the content.
    fn skip(&self) -> String {
        let first = self.links.first();
        first.map(|(id, _)| format!("<a class=\"skip\" href=\"#{id}\">Skip to the pictures</a>\n")).unwrap_or_default()
    }

    fn links(&self) -> String {
        if self.links.is_empty() {
            return String::new();
        }
        let links: String = self.links.iter().map(|(id, name)| format!("<a href=\"#{id}\">{name}</a>\n")).collect();
        format!("<nav aria-label=\"On this page\">\n{links}</nav>\n")
    }
}

/// Copies a template, and replaces everything in double braces by its `value`, once.
pub(super) fn fill<E>(
    template: &str,
    target: &mut String,
    mut value: impl FnMut(&str) -> Result<String, E>,
) -> Result<(), E> {
    let mut rest = template;
    while let Some((before, after)) = rest.split_once("{{") {
        let (name, behind) = after.split_once("}}").expect("the template closes its braces");
        target.push_str(before);
        target.push_str(&value(name)?);
        rest = behind;
    }
    target.push_str(rest);
    Ok(())
}

/// The hash by which a content security policy names a style or a script.
fn source(text: &str) -> String {
    format!("'sha256-{}'", base64(&Sha256::digest(text.as_bytes())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_not_filled_themselves() {
        let mut filled = String::new();
        fill("<{{a}}|{{b}}>", &mut filled, |name| {
            Ok::<_, std::convert::Infallible>(if name == "a" { "{{b}}".to_owned() } else { "B".to_owned() })
        })
        .unwrap();
        assert_eq!(filled, "<{{b}}|B>");
    }

    #[test]
    fn policy_names_the_style_and_the_script_of_the_page() {
        assert!(!STYLE.contains("</style") && !EXPLAIN.contains("</script") && !EXPLAIN.contains("{{"));
        assert_eq!(source(""), "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='");
        let page = |script| Frame { title: "a", verdict: "b", links: &[], script }.around("");
        assert!(page(None).contains("script-src 'none'") && !page(None).contains("<script"));
        assert!(page(Some(WALK)).contains(&format!("script-src {};", source(WALK))));
    }
}
