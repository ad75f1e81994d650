//! Reads a comment: clauses of known words, whatever people wrote around them.

use std::collections::BTreeMap;
use std::mem;

use unicode_normalization::UnicodeNormalization;

use super::lexicon::{LEXICON, LONGEST_CLAUSE};
use super::words::{Sense, Word};

/// Stands for every number.
pub(super) const NUMBER: &str = "#";

/// A comment as the rules see it.
#[derive(Clone, Debug, Default)]
pub(super) struct Reading {
    /// Words between one mark of punctuation, or one "but", and the next; what says nothing is left out.
    pub clauses: Vec<Vec<Word>>,
}

impl Reading {
    /// All words of the comment in their order.
    pub(super) fn words(&self) -> impl Iterator<Item = &Word> {
        self.clauses.iter().flatten()
    }

    /// Whether somebody said something: not "-", "nihil", "tidak ada", an emoji alone, another script.
    pub(super) fn is_readable(&self) -> bool {
        let says = |word: &&Word| word.root != NUMBER;
        !LEXICON.vocabulary.is_nothing(self.words().filter(says))
    }
}

/// Reads comments and remembers the words it has met: most of them come again and again.
#[derive(Debug, Default)]
pub(super) struct Reader {
    met: BTreeMap<String, Word>,
}

impl Reader {
    pub(super) fn read(&mut self, comment: &str) -> Reading {
        let mut clauses = vec![Vec::new()];
        for token in tokens(comment) {
            let word = match token {
                Token::Break => {
                    clauses.push(Vec::new());
                    continue;
                }
                Token::Number => Word { root: NUMBER, sense: Sense::Plain },
                Token::Letters(letters) => self.word(letters),
            };
            match word.sense {
                Sense::Stop => {}
                Sense::Break => clauses.push(Vec::new()),
                _ => {
                    if clauses.last().is_none_or(|clause| clause.len() == LONGEST_CLAUSE) {
                        clauses.push(Vec::new());
                    }
                    clauses.last_mut().into_iter().for_each(|clause| clause.push(word));
                }
            }
        }
        clauses.retain(|clause| !clause.is_empty());
        Reading { clauses }
    }

    fn word(&mut self, letters: String) -> Word {
        if let Some(word) = self.met.get(&letters) {
            return *word;
        }
        let mut word = LEXICON.vocabulary.understand(&letters);
        // A letter alone, or another script: nothing a rule could ever know.
        if word == Word::default() && (letters.len() == 1 || !letters.starts_with(|c: char| c.is_ascii())) {
            word.sense = Sense::Stop;
        }
        self.met.insert(letters, word);
        word
    }
}

#[derive(Debug, PartialEq, Eq)]
enum Token {
    Letters(String),
    Number,
    Break,
}

/// Words in lower case, numbers and breaks. Digits behind a word are a sign of repetition ("ramah2") or glued to it.
fn tokens(comment: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut letters = String::new();
    let mut in_number = false;
    let mut characters = comment.nfkc().flat_map(char::to_lowercase).peekable();
    while let Some(character) = characters.next() {
        if character.is_alphabetic() {
            in_number = false;
            letters.push(character);
            continue;
        }
        let apostrophe = matches!(character, '\'' | '\u{2019}' | '`');
        if apostrophe && characters.peek().is_some_and(|next| next.is_alphabetic()) && !letters.is_empty() {
            continue;
        }
        if character.is_numeric() {
            if letters.is_empty() && !in_number {
                tokens.push(Token::Number);
            }
            in_number = true;
            push_letters(&mut tokens, &mut letters);
            continue;
        }
        push_letters(&mut tokens, &mut letters);
        let joins = matches!(character, '.' | ',' | ':') && characters.peek().is_some_and(|next| next.is_numeric());
        if !(in_number && joins) {
            in_number = false;
            if matches!(character, '.' | ',' | '!' | '?' | ';' | ':' | '(' | ')' | '\n') {
                tokens.push(Token::Break);
            }
        }
    }
    push_letters(&mut tokens, &mut letters);
    tokens
}

/// Ends the word before, if there is one.
fn push_letters(tokens: &mut Vec<Token>, letters: &mut String) {
    if !letters.is_empty() {
        tokens.push(Token::Letters(squeezed(&mem::take(letters))));
    }
}

/// A letter that is drawn out, once: "lamaaaa", "bangeeet".
fn squeezed(letters: &str) -> String {
    let mut squeezed = String::with_capacity(letters.len());
    let mut run = 0;
    let mut characters = letters.chars().peekable();
    while let Some(letter) = characters.next() {
        run += 1;
        if characters.peek() != Some(&letter) {
            squeezed.extend(std::iter::repeat_n(letter, if run > 2 { 1 } else { run }));
            run = 0;
        }
    }
    squeezed
}

#[cfg(test)]
mod tests {
    use super::*;

    fn roots(comment: &str) -> String {
        let clause = |clause: &Vec<Word>| clause.iter().map(|word| word.root).collect::<Vec<_>>().join(" ");
        Reader::default().read(comment).clauses.iter().map(clause).collect::<Vec<_>>().join(" | ")
    }

    #[test]
    fn clauses_of_roots() {
        for (comment, expected) in [
            ("Pelayanannya baik tapi antreannya lama", "layan baik | antre lama"),
            ("petugasnya ramah2, syarat2nya jelas", "petugas ramah | syarat jelas"),
            ("nunggu 2 jam, bayar Rp 1.250.000 !!", "tunggu # jam | bayar  #"),
            ("Lamaaaa bangeeet", "lama"),
            ("Wi-Fi & A.C. mati", "wifi | mati"),
            ("ＡＣ　ＭＡＴＩ", "pendingin mati"),
            ("gak ada toilet...", "tidak toilet"),
            ("Jum'at tutup", "jumat tutup"),
            ("3x ke loket3", "# loket"),
            ("\u{202e}خدمة 👍 \u{0}", ""),
            ("", ""),
        ] {
            assert_eq!(roots(comment), expected, "{comment}");
        }
    }

    #[test]
    fn who_says_nothing_is_not_readable() {
        for nothing in ["-", ".", "nihil", "Tidak ada", "tidak ada saran.", "👍👍", "12345", "خدمة ممتازة", "", "x"]
        {
            assert!(!Reader::default().read(nothing).is_readable(), "{nothing}");
        }
        for something in ["Baik", "tidak ada air", "Mantap!", "xyzzy plugh"] {
            assert!(Reader::default().read(something).is_readable(), "{something}");
        }
    }

    #[test]
    fn a_clause_without_end_is_read_in_pieces() {
        let reading = Reader::default().read(&"toilet kotor ".repeat(500));
        assert!(reading.clauses.iter().all(|clause| clause.len() <= LONGEST_CLAUSE));
        assert_eq!(reading.words().count(), 1000);
    }
}
