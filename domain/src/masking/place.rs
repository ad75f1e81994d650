//! Where a number stands in a text decides what it is: "wa 0812…" is a phone, "antrean 0812…" is not.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::shadow::Shadow;

/// How many characters before a number are looked at.
const SIGHT: usize = 32;

/// Words before the number of a phone.
const PHONE: &str = "telp|tlp|telpon|telepon|telefon|telfon|tel|phone|fax|faks|call|hubungi|kontak|contact|hotline";
/// Words before the number of a mobile phone alone.
const MOBILE: &str = "hp|handphone|ponsel|wa|whatsapp|sms|telegram";
/// Words before numbers that are no phones.
const CODE: &str = "antrean|antrian|urut|tiket|resi|order|pesanan|invoice|inv|faktur|kuitansi|kwitansi|struk|transaksi|\
    trx|berkas|registrasi|reg|pendaftaran|permohonan|pengajuan|meter|meteran|pelanggan|token|npwp|nib|nop|nip|surat|sk|\
    perkara|polisi|polis|barcode|kode|booking|loket|kamar|ruang|rangka|mesin|stnk|bpkb|akta|sertipikat|sertifikat|seri";
/// Words that may stand between such a word and the number.
const OF_PHONES: &str = "no|nomor|nomer|saya|kami|kantor|rumah|aktif|pribadi|ke|di";
const OF_CODES: &str = "no|nomor|nomer|kode|saya|kami";
/// Short words that people write without a space before a number which is a phone.
const GLUED: [&str; 9] = ["hp", "wa", "tlp", "tel", "no", "ke", "di", "ph", "sms"];

static PHONE_BEFORE: LazyLock<Option<Regex>> = LazyLock::new(|| before(PHONE, OF_PHONES));
static MOBILE_BEFORE: LazyLock<Option<Regex>> = LazyLock::new(|| before(MOBILE, OF_PHONES));
static CODE_BEFORE: LazyLock<Option<Regex>> = LazyLock::new(|| before(CODE, OF_CODES));
static PREFIX: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?:^|[^a-z])(?:([a-z]{1,3})|([a-z]{1,2})-)$").ok());
static AMOUNT: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"^[1-9]\d{0,2}(?:\.\d{3})+$").ok());

/// One of the words, any number of fillers, then the number.
fn before(words: &str, fillers: &str) -> Option<Regex> {
    Regex::new(&format!(r"\b(?:{words})(?:nya)?(?:[ :;.,#=/(\-]+(?:{fillers}))*[ :;.,#=/(\-]*$")).ok()
}

fn matches(pattern: &LazyLock<Option<Regex>>, text: &str) -> bool {
    pattern.as_ref().is_some_and(|pattern| pattern.is_match(text))
}

/// What has to be true of the place of a find.
#[derive(Clone, Copy)]
pub(super) enum Condition {
    /// Nothing.
    Anywhere,
    /// It is not a piece of a longer number, as the date in "17-08-2026-0001" is.
    Alone,
    /// Nothing says that it is the number of something else.
    Uncoded,
    /// The same, and it is not the end of a longer number: it could be many things, as "812 345 678".
    Plausible,
    /// The word before it says that it is a phone.
    Called,
}

/// A find in a text, with what is around it.
pub(super) struct Place<'a> {
    shadow: &'a Shadow,
    range: Range<usize>,
}

impl<'a> Place<'a> {
    pub(super) const fn new(shadow: &'a Shadow, range: Range<usize>) -> Self {
        Self { shadow, range }
    }

    pub(super) fn meets(&self, condition: Condition) -> bool {
        match condition {
            Condition::Anywhere => true,
            Condition::Alone => !self.is_tail() && !self.has_tail(),
            Condition::Uncoded => self.is_uncoded(),
            Condition::Plausible => self.is_uncoded() && !self.is_tail(),
            Condition::Called => !self.is_amount() && matches(&PHONE_BEFORE, self.before()),
        }
    }

    fn is_uncoded(&self) -> bool {
        let called = || matches(&PHONE_BEFORE, self.before()) || matches(&MOBILE_BEFORE, self.before());
        !self.is_code() && (!self.is_amount() || called())
    }

    fn before(&self) -> &str {
        &self.shadow.letters()[self.range.start.saturating_sub(SIGHT)..self.range.start]
    }

    fn is_tail(&self) -> bool {
        let mut before = self.shadow.numbers()[..self.range.start].bytes().rev();
        matches!(before.next(), Some(b'.' | b'-' | b'/')) && before.next().is_some_and(|byte| byte.is_ascii_digit())
    }

    fn has_tail(&self) -> bool {
        let mut after = self.shadow.numbers()[self.range.end..].bytes();
        matches!(after.next(), Some(b'.' | b'-')) && after.next().is_some_and(|byte| byte.is_ascii_digit())
    }

    /// "150.000" and "1.500.000".
    fn is_amount(&self) -> bool {
        matches(&AMOUNT, &self.shadow.numbers()[self.range.clone()])
    }

    /// "antrean 0812…", "TRX0812…", "A-0812…".
    fn is_code(&self) -> bool {
        let before = self.before();
        let prefix = PREFIX.as_ref().and_then(|prefix| prefix.captures(before));
        let prefix = prefix.and_then(|found| found.get(1).or_else(|| found.get(2)));
        prefix.is_some_and(|prefix| !GLUED.contains(&prefix.as_str())) || matches(&CODE_BEFORE, before)
    }
}
