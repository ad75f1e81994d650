//! A text as the rules see it: one plain letter for every character, whatever alphabet, width or kind of space people
//! wrote with. Places in a shadow are places in the text, counted in characters.

use std::ops::Range;

use unicode_normalization::char::decompose_compatible;

/// Stands where something is settled already: what was masked, and what was recognised as harmless.
const COVER: &str = "^";

/// The text in plain letters, and what is going to be masked in it.
pub(super) struct Shadow {
    /// Lower-case ASCII, one byte per character: letters of other alphabets are `x`, every space is a blank.
    letters: String,
    /// The same with `~` for every letter, so that a number ends where its digits end, also in "wa0812", and with `-`
    /// for the underscore.
    numbers: String,
    masks: Vec<(Range<usize>, &'static str)>,
}

impl Shadow {
    pub(super) fn of(text: &str) -> Self {
        let letters: String = text.chars().map(plain).collect();
        let number = |letter: char| match letter {
            'a'..='z' => '~',
            '_' => '-',
            other => other,
        };
        Self { numbers: letters.chars().map(number).collect(), letters, masks: Vec::new() }
    }

    pub(super) fn letters(&self) -> &str {
        &self.letters
    }

    pub(super) fn numbers(&self) -> &str {
        &self.numbers
    }

    /// No later rule sees what stands there.
    pub(super) fn cover(&mut self, range: Range<usize>) {
        let cover = COVER.repeat(range.len());
        self.letters.replace_range(range.clone(), &cover);
        self.numbers.replace_range(range, &cover);
    }

    /// Masks what stands there.
    pub(super) fn mask(&mut self, range: Range<usize>, mask: &'static str) {
        self.cover(range.clone());
        self.masks.push((range, mask));
    }

    /// The text, which is the one this is the shadow of, with its masks.
    pub(super) fn masked(mut self, text: &str) -> String {
        self.masks.sort_unstable_by_key(|(range, _)| range.start);
        let mut masked = String::with_capacity(text.len());
        let mut masks = self.masks.into_iter().peekable();
        for (place, character) in text.chars().enumerate() {
            if let Some((_, mask)) = masks.next_if(|(range, _)| range.end <= place) {
                masked.push_str(mask);
            }
            if masks.peek().is_none_or(|(range, _)| !range.contains(&place)) {
                masked.push(character);
            }
        }
        // A mask at the very end has no character behind it.
        masked.extend(masks.map(|(_, mask)| mask));
        masked
    }
}

/// A character as the plain one it stands for: digits and letters in full width or in circles, dashes of every length.
fn plain(character: char) -> char {
    match character {
        'a'..='z' | '0'..='9' => character,
        'A'..='Z' => character.to_ascii_lowercase(),
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        // Marks without a width, such as phones put around numbers from their address book.
        '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{fe0f}' => ' ',
        _ if character.is_whitespace() => ' ',
        _ if character.is_ascii() => character,
        _ => folded(character),
    }
}

/// The first part into which Unicode takes a character apart, if that is plain.
fn folded(character: char) -> char {
    let mut first = None;
    decompose_compatible(character, |part| {
        first.get_or_insert(part);
    });
    match first {
        Some(part) if part.is_ascii_graphic() => part.to_ascii_lowercase(),
        _ if character.is_alphanumeric() => 'x',
        _ => '*',
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_has_one_plain_letter() {
        for (text, letters, numbers) in [
            ("WA_0812–3456", "wa_0812-3456", "~~-0812-3456"),
            ("ＮＩＫ：１４０１＠．", "nik:1401@.", "~~~:1401@."),
            ("é𝟘①\u{a0}\u{202a}", "e01  ", "~01  "),
            ("Ω漢👍", "xx*", "~~*"),
        ] {
            let shadow = Shadow::of(text);
            assert_eq!((shadow.letters(), shadow.numbers()), (letters, numbers), "{text}");
            assert_eq!(shadow.masked(text), text);
        }
    }

    #[test]
    fn masks_stand_where_the_text_stood() {
        let text = "é 0812 dan 0813";
        let mut shadow = Shadow::of(text);
        shadow.mask(11..15, "[b]");
        shadow.mask(2..6, "[a]");
        assert_eq!(shadow.letters(), "e ^^^^ dan ^^^^");
        assert_eq!(shadow.masked(text), "é [a] dan [b]");
        let mut shadow = Shadow::of("0812");
        shadow.mask(0..2, "[a]");
        shadow.mask(2..4, "[b]");
        assert_eq!(shadow.masked("0812"), "[a][b]");
    }
}
