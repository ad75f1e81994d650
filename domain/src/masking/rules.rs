//! What is masked, and what looks like it and is harmless.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::place::Condition::{self, Alone, Anywhere, Called, Plausible, Uncoded};
use super::shadow::Shadow;
use super::{EMAIL_MASK, NIK_MASK, PHONE_MASK};

/// Parts of patterns, written in capitals there; a part may name those after it.
const PARTS: [(&str, &str); 16] = [
    // Between the digits of one number, and the same with brackets.
    ("GAP", r"[ .\-]{0,3}"),
    ("OPEN", r"[ .\-()]{0,4}"),
    ("DATE", "(?:DAY ?SIGN ?MONTH ?SIGN ?YEAR|YEARSIGNMONTHSIGNDAY)"),
    ("DAY", r"(?:0?[1-9]|[12]\d|3[01])"),
    ("MONTH", "(?:0?[1-9]|1[0-2])"),
    ("YEAR", r"(?:19|20)\d\d"),
    ("SIGN", r"[./\-]"),
    ("TIME", r"(?:[01]?\d|2[0-4])[.:][0-5]\d(?::[0-5]\d)?"),
    ("AMOUNT", r"[1-9]\d{0,2}(?:\.\d{3})+"),
    // The prefixes of mobile numbers that have been given out, without the zero before them.
    ("CELL", "8(?:1[1-9]|2[1-38]|3[1-38]|5[1-9]|68|7[7-9]|8[1-9]|9[5-9])"),
    // nama.saya, contoh.co (without the last part), and what stands between the parts.
    ("NAME", r"[a-z0-9][a-z0-9._%+\-]*"),
    ("HOST", r"[a-z0-9\-]+(?:DOT[a-z0-9\-]+)*"),
    ("DOT", r"(?:\.| ?[(\[]dot[)\]] ?| dot )"),
    ("MAILER", "(?:gmail|googlemail|yahoo|ymail|rocketmail|hotmail|outlook|icloud|protonmail)END"),
    ("LAST", "(?:com|net|org|info|biz|co|id|me)END"),
    // The end of a word, with a number that is glued to it.
    ("END", r"(?:\b|\d+)"),
];

pub(super) static RULES: LazyLock<Vec<Rule>> = LazyLock::new(|| in_order().flatten().collect());

/// The rules in their order. `None` stands for a pattern that does not compile, which a test finds.
fn in_order() -> impl Iterator<Item = Option<Rule>> {
    let masked_before = words(r"\[(?:nik|telepon|surel)\]");
    [masked_before].into_iter().chain(addresses()).chain(prices_and_times()).chain(sixteen_digits()).chain(phones())
}

fn addresses() -> [Option<Rule>; 4] {
    [
        // nama@contoh.co.id, nama [at] contoh [dot] co [dot] id
        email(r"NAME(?:@| ?[(\[{<](?:at|@)[)\]}>] ?)HOSTDOT[a-z]{2,}"),
        // nama @ contoh.co.id: with spaces only if it ends as addresses do
        email(r"NAME {0,2}@ {0,2}HOSTDOTLAST"),
        // nama at contoh dot com
        email("NAME at [a-z0-9-]+(?: dot [a-z0-9-]+)+"),
        // nama@gmail, nama(a)yahoo,com
        email(r"NAME(?: {0,2}@ {0,2}| ?[(\[](?:at|a)[)\]] ?| at )MAILER(?:[., ]{0,2}LAST){0,2}"),
    ]
}

fn prices_and_times() -> [Option<Rule>; 7] {
    [
        // Prices with their currency or what they count, and several in a row
        words(r"\b(?:rp|idr)\.? ?\d[\d.,]*"),
        words(r"\b[1-9][\d.,]* ?(?:rupiah|ribu|rb|juta|jt|miliar|milyar|kwh)\b"),
        harmless(r"\bAMOUNT(?:(?: ?- ?| )AMOUNT)+\b"),
        // Days, hours, years, also from one to another
        harmless(r"\bDATE(?: ?- ?DATE)?\b"),
        harmless(r"\bTIME(?: ?- ?TIME)?\b"),
        harmless(r"\bYEAR(?:[ \-]{1,3}YEAR){2,}\b"),
        // What is typed into an electricity meter: twenty digits in groups of four
        harmless(r"\b\d{4}(?:[ \-]\d{4}){4}\b"),
    ]
}

/// Numbers of sixteen digits, after those of phones that have as many with their country.
fn sixteen_digits() -> [Option<Rule>; 3] {
    [
        // +62 812…, (+62 21) 555…, 0062 812…
        phone(Anywhere, r"(?:\(\+ ?62(?: ?\d{2,3})?\)|\+ ?62)OPEN\d(?:(?:OPEN\d){3,10}OPEN\d\d|(?:OPEN\d){5,12})\b"),
        phone(Anywhere, r"\b00 ?62OPEN\d(?:OPEN\d){3,10}OPEN\d\d\b"),
        // Sixteen digits in groups of any size; family cards and tax numbers have as many and identify as well
        Rule::new(View::Numbers, Some(NIK_MASK), Anywhere, r"\b\d(?:GAP\d){15}\b"),
    ]
}

/// A phone number that is written in groups ends, if it can, with two digits that stand together: in "0812-3456-7890 2
/// kali" the last 2 is not a part of it. One whose digits all stand together is taken as it is.
fn phones() -> [Option<Rule>; 11] {
    [
        // A day with a short year is looked for here, because a NIK in groups may begin like one
        harmless(r"\bDAYSIGNMONTHSIGN\d\d\b"),
        // 62812…, (62) 0812…
        phone(Uncoded, r"\(?\b62OPEN(?:0OPEN)?8(?:\d{8,11}|(?:OPEN\d){5,9}OPEN\d\d|(?:OPEN\d){7,11})\b"),
        // 08 12 34 56 78 9
        phone(Uncoded, r"\b08(?:[ .\-]\d\d){4,5}[ .\-]\d\b"),
        // 0812…, (0812) 3456…, 0 8 1 2 …
        phone(Uncoded, r"\(?\b0(?:8\d{8,11}|GAP8(?:OPEN\d){5,9}OPEN\d\d|GAP8(?:GAP\d){7,11})\b"),
        // 812 3456 7890
        phone(Plausible, r"\bCELL(?:\d{6,9}|(?:GAP\d){4,7}GAP\d\d)\b"),
        // (021) 555 1234
        phone(Anywhere, r"\(0\d{2,3}\)GAP\d(?:GAP\d){2,6}GAP\d\d\b"),
        // 021-555 1234, 0215551234
        phone(Plausible, r"\b0[2-79]\d{1,2}[ .\-]{1,3}\d(?:GAP\d){2,5}GAP\d\d\b"),
        phone(Plausible, r"\b0[2-79]\d{7,9}\b"),
        // telp 62 21 555 1234, telp 0761/123456, telp 555-1234
        phone(Called, r"\b62GAP\d(?:GAP\d){6,10}\b"),
        phone(Called, r"\b0[2-79]\d{1,2}/\d{5,8}\b"),
        phone(Called, r"\b[2-9]\d{2,3}[ .\-]?\d{3,4}\b"),
    ]
}

fn email(pattern: &str) -> Option<Rule> {
    Rule::new(View::Letters, Some(EMAIL_MASK), Anywhere, pattern)
}

fn phone(condition: Condition, pattern: &str) -> Option<Rule> {
    Rule::new(View::Numbers, Some(PHONE_MASK), condition, pattern)
}

/// Words that no later rule shall read.
fn words(pattern: &str) -> Option<Rule> {
    Rule::new(View::Letters, None, Anywhere, pattern)
}

/// Numbers that are neither a NIK nor a phone, unless they are a piece of one.
fn harmless(pattern: &str) -> Option<Rule> {
    Rule::new(View::Numbers, None, Alone, pattern)
}

/// What a rule reads: the text with its letters, or the numbers alone.
enum View {
    Letters,
    Numbers,
}

/// One rule: what it finds is masked, or harmless if there is no mask.
pub(super) struct Rule {
    view: View,
    pub(super) mask: Option<&'static str>,
    pub(super) condition: Condition,
    pattern: Regex,
}

impl Rule {
    fn new(view: View, mask: Option<&'static str>, condition: Condition, pattern: &str) -> Option<Self> {
        let written = PARTS.iter().fold(pattern.to_owned(), |pattern, (name, part)| pattern.replace(name, part));
        Some(Self { view, mask, condition, pattern: Regex::new(&written).ok()? })
    }

    /// Where the rule may apply, from left to right: its condition is judged with what stands before settled.
    pub(super) fn finds(&self, shadow: &Shadow) -> Vec<Range<usize>> {
        let view = match self.view {
            View::Letters => shadow.letters(),
            View::Numbers => shadow.numbers(),
        };
        self.pattern.find_iter(view).map(|found| closed(found.range(), view)).collect()
    }
}

/// Without a bracket that opens before a number and closes behind it.
fn closed(range: Range<usize>, view: &str) -> Range<usize> {
    let found = &view[range.clone()];
    if found.starts_with('(') && !found.contains(')') { range.start + 1..range.end } else { range }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_compiles_and_every_part_is_written_out() {
        for (place, rule) in in_order().enumerate() {
            let rule = rule.unwrap_or_else(|| panic!("rule {place} does not compile"));
            assert!(!rule.pattern.as_str().contains(|letter: char| letter.is_ascii_uppercase()), "{}", rule.pattern);
        }
    }
}
