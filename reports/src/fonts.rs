//! The embedded fonts, and what of a text they can print.

use std::sync::LazyLock;

use typst::foundations::Bytes;
use typst::text::{Font, FontBook};

pub(crate) const REGULAR: &[u8] = include_bytes!("../fonts/SourceSans3-Regular.ttf");
pub(crate) const BOLD: &[u8] = include_bytes!("../fonts/SourceSans3-Bold.ttf");
const OTHERS: [&[u8]; 4] = [
    include_bytes!("../fonts/SourceSans3-Italic.ttf"),
    include_bytes!("../fonts/SourceSans3-SemiBold.ttf"),
    include_bytes!("../fonts/NotoSansArabic-Regular.ttf"),
    include_bytes!("../fonts/NotoEmoji-Regular.ttf"),
];

/// What stands in for a character that no embedded font has.
const MISSING: char = '□';

static FONTS: LazyLock<Vec<Font>> = LazyLock::new(|| {
    let files = [REGULAR, BOLD].into_iter().chain(OTHERS);
    files.filter_map(|file| Font::new(Bytes::new(file), 0)).collect()
});

/// All embedded fonts, parsed once.
pub(crate) fn all() -> &'static [Font] {
    &FONTS
}

/// The book Typst chooses fonts from.
pub(crate) fn book() -> FontBook {
    FontBook::from_fonts(all())
}

/// A text from outside as it can be printed on one line: control and invisible format characters are gone or a blank,
/// a run of characters without a glyph is one `□`. PDF/A and PDF/UA forbid missing glyphs, XML forbids controls.
#[must_use]
pub(crate) fn printable(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    for char in text.chars() {
        match char {
            char if char.is_whitespace() || char.is_control() => {
                if !clean.is_empty() && !clean.ends_with(' ') {
                    clean.push(' ');
                }
            }
            char if is_format(char) => {}
            char if has_glyph(char) => clean.push(char),
            _ if clean.ends_with(MISSING) => {}
            _ => clean.push(MISSING),
        }
    }
    clean.truncate(clean.trim_end().len());
    clean
}

/// Characters that are not seen but change how others are: joiners, direction marks and overrides, variation and tag
/// characters, the byte-order mark. They could reorder the text around a citizen's words.
const fn is_format(char: char) -> bool {
    matches!(char,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

fn has_glyph(char: char) -> bool {
    let private = matches!(char, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..);
    !private && all().iter().any(|font| font.info().coverage.contains(char.into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_embedded_file_is_a_font() {
        assert_eq!(all().len(), 6);
        assert!(has_glyph(MISSING));
    }

    #[test]
    fn prints_what_it_can_and_marks_the_rest() {
        assert_eq!(printable("  a\u{0}\tb\r\n c\u{85} "), "a b c");
        assert_eq!(printable("Terima kasih 🙏🏽 الحمد لله"), "Terima kasih 🙏🏽 الحمد لله");
        assert_eq!(printable("\u{202e}gnirts\u{202c}\u{feff}"), "gnirts");
        assert_eq!(printable("漢字 a\u{e000}b"), "□ a□b");
        assert_eq!(printable("#panic(\"x\") $x$ <b>"), "#panic(\"x\") $x$ <b>");
    }
}
