//! The embedded fonts, and what of a text they can print.

use std::sync::LazyLock;

use typst::foundations::Bytes;
use typst::layout::Abs;
use typst::text::{Font, FontBook, FontInstance, FontVariant, FontVariations};

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

static UPRIGHT: LazyLock<Option<FontInstance>> = LazyLock::new(|| {
    let regular = all().first()?.clone();
    Some(regular.instantiate(FontVariant::default(), Abs::zero(), &FontVariations::default()))
});

/// Width of a text in the regular face, in em. A character it does not have counts as one em.
pub(crate) fn width_in_em(text: &str) -> f64 {
    let Some(face) = &*UPRIGHT else { return 0.0 };
    let advance = |char| face.ttf().glyph_index(char).and_then(|glyph| face.x_advance(glyph.0));
    text.chars().map(|char| advance(char).map_or(1.0, typst::layout::Em::get)).sum()
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

/// Words longer than this can be broken anywhere.
const LONG_WORD: usize = 28;

/// A [`printable`] text for a document: long words (addresses, runs of one letter) may break after every few
/// characters, so that they never run off the page.
#[must_use]
pub(crate) fn breakable(text: &str) -> String {
    let words = printable(text);
    let word = |word: &str| {
        let chars: Vec<char> = word.chars().collect();
        let part = if chars.len() > LONG_WORD { 6 } else { LONG_WORD };
        chars.chunks(part).map(|part| part.iter().collect()).collect::<Vec<String>>().join("\u{200b}")
    };
    words.split(' ').map(word).collect::<Vec<_>>().join(" ")
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
    fn measures_text() {
        assert!((width_in_em("ii") - 2.0 * width_in_em("i")).abs() < 1e-12);
        assert!((0.4..0.7).contains(&width_in_em("n")), "{}", width_in_em("n"));
        assert!((width_in_em("漢") - 1.0).abs() < 1e-12);
    }

    #[test]
    fn prints_what_it_can_and_marks_the_rest() {
        assert_eq!(printable("  a\u{0}\tb\r\n c\u{85} "), "a b c");
        assert_eq!(printable("Terima kasih 🙏🏽 الحمد لله"), "Terima kasih 🙏🏽 الحمد لله");
        assert_eq!(printable("\u{202e}gnirts\u{202c}\u{feff}"), "gnirts");
        assert_eq!(printable("漢字 a\u{e000}b"), "□ a□b");
        assert_eq!(breakable(&"ab".repeat(15)).replace('\u{200b}', "|"), "ababab|ababab|ababab|ababab|ababab");
        assert_eq!(breakable("kata biasa"), "kata biasa");
        assert_eq!(printable("#panic(\"x\") $x$ <b>"), "#panic(\"x\") $x$ <b>");
    }
}
