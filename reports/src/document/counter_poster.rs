//! The QR posters: what leads a citizen from the entrance, a counter or an agency to the survey.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::Serialize;
use suara_domain::mpp::MppCode;

use super::qr;
use super::world::{self, Job};
use crate::fonts::{breakable, printable};

/// Longer names are cut: they would be too small to be read.
const LONGEST_NAME: usize = 120;
/// As [`LONGEST_NAME`], for the agencies below the name of a counter.
const LONGEST_DETAIL: usize = 150;
/// As [`LONGEST_NAME`], for the brand beside a name.
const LONGEST_BRAND: usize = 60;

/// Characters of an address that fit one line at a size that can be read.
const LONGEST_LINE: usize = 60;

/// PDF/A demands a date and posters have none, so they carry that of their design, 1 January 2026.
const DESIGNED_AT: i64 = 1_767_225_600;

/// The MPP whose posters are set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mall {
    /// Code.
    pub code: MppCode,
    /// Name.
    pub name: String,
    /// Own brand name.
    pub brand: Option<String>,
    /// Address of its survey to be typed, without `https://`.
    pub address: String,
}

/// One poster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QrPoster {
    /// What is printed.
    pub format: Format,
    /// What is rated.
    pub subject: Subject,
    /// Address in the code, complete.
    pub address: String,
}

/// What a poster is printed as; each is one page of A4.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A4 for the wall; scanned from 2 m.
    Wall,
    /// Two faces of A5, folded to a tent for the table.
    Tent,
}

/// What is rated after scanning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// The mall as a whole.
    Mall,
    /// A counter.
    Counter {
        /// Name.
        name: String,
        /// Agencies that serve there.
        agencies: Vec<String>,
    },
    /// An agency.
    Agency {
        /// Name.
        name: String,
    },
}

/// QR posters cannot be set.
#[derive(Debug, thiserror::Error)]
pub enum QrPosterError {
    /// An address needs a code that cannot be scanned from where people stand.
    #[error("the address for \"{subject}\" has {length} characters, too many for a QR code: shorten the name")]
    TooLong {
        /// Whose address.
        subject: String,
        /// Its length in bytes.
        length: usize,
    },
    /// Typst refuses.
    #[error("the QR posters of {mpp} cannot be set: {}", diagnostics.join(" | "))]
    Setting {
        /// Whose posters.
        mpp: MppCode,
        /// What Typst says, one text for each problem.
        diagnostics: Vec<String>,
    },
}

/// Posters as one PDF, a page of A4 for each, in their order; at least one.
///
/// # Errors
/// An address is too long for a code; or Typst refuses, which no input should bring about.
pub fn qr_posters(mall: &Mall, posters: &[QrPoster]) -> Result<Vec<u8>, QrPosterError> {
    let mut codes = Codes::default();
    let posters = posters.iter().map(|poster| PosterView::of(mall, poster, &mut codes)).collect::<Result<_, _>>()?;
    let view = PostersView { mall: MallView::of(mall), posters };
    let error = |diagnostics| QrPosterError::Setting { mpp: mall.code.clone(), diagnostics };
    let data = serde_json::to_vec(&view).map_err(|problem| error(vec![problem.to_string()]))?;
    let mut files = codes.files;
    files.push((world::DATA.to_owned(), data));
    let timestamp: DateTime<Utc> = DateTime::from_timestamp(DESIGNED_AT, 0).unwrap_or_default();
    Job { main: "/qr_poster.typ", files, ident: format!("QR posters/{}", mall.code), timestamp }.pdf().map_err(error)
}

/// One poster as PDF.
///
/// # Errors
/// As [`qr_posters`].
pub fn qr_poster(mall: &Mall, poster: &QrPoster) -> Result<Vec<u8>, QrPosterError> {
    qr_posters(mall, std::slice::from_ref(poster))
}

/// Drawings of codes, one for each address: a counter has the same on the wall and on the table.
#[derive(Default)]
struct Codes {
    paths: BTreeMap<String, String>,
    files: Vec<(String, Vec<u8>)>,
}

impl Codes {
    /// Path of the drawing of an address; `None` if it is too long.
    fn path(&mut self, address: &str) -> Option<String> {
        if let Some(path) = self.paths.get(address) {
            return Some(path.clone());
        }
        let path = format!("/codes/{}.svg", self.files.len() + 1);
        self.files.push((path.clone(), qr::svg(address)?.into_bytes()));
        self.paths.insert(address.to_owned(), path.clone());
        Some(path)
    }
}

/// Everything the posters print.
#[derive(Serialize)]
struct PostersView {
    mall: MallView,
    posters: Vec<PosterView>,
}

#[derive(Serialize)]
struct MallView {
    name: String,
    brand: Option<String>,
    address: String,
}

impl MallView {
    fn of(mall: &Mall) -> Self {
        let brand = mall.brand.as_deref().map(|brand| shown(brand, LONGEST_BRAND)).filter(|brand| !brand.is_empty());
        Self { name: name(&mall.name), brand, address: typed(&mall.address) }
    }
}

#[derive(Serialize)]
struct PosterView {
    form: &'static str,
    kind: &'static str,
    name: String,
    detail: Option<String>,
    /// Path of the drawing.
    code: String,
    /// The address in words.
    target: String,
}

impl PosterView {
    fn of(mall: &Mall, poster: &QrPoster, codes: &mut Codes) -> Result<Self, QrPosterError> {
        let (kind, title, detail) = match &poster.subject {
            Subject::Mall => ("mall", &mall.name, mall.brand.clone()),
            Subject::Counter { name, agencies } => ("counter", name, Some(agencies.join(" · "))),
            Subject::Agency { name } => ("agency", name, None),
        };
        let too_long = || QrPosterError::TooLong { subject: title.clone(), length: poster.address.len() };
        Ok(Self {
            form: match poster.format {
                Format::Wall => "wall",
                Format::Tent => "tent",
            },
            kind,
            name: name(title),
            detail: detail.map(|detail| shown(&detail, LONGEST_DETAIL)).filter(|detail| !detail.is_empty()),
            code: codes.path(&poster.address).ok_or_else(too_long)?,
            target: printable(&poster.address),
        })
    }
}

/// A name that is never nothing: it is the heading of its page.
fn name(text: &str) -> String {
    let name = shown(text, LONGEST_NAME);
    if name.is_empty() { "–".to_owned() } else { name }
}

/// A text from outside, cut where it gets too long to be read.
fn shown(text: &str, longest: usize) -> String {
    let text = printable(text);
    if text.chars().count() <= longest {
        return breakable(&text);
    }
    let kept: String = text.chars().take(longest - 1).collect();
    breakable(&format!("{}…", kept.trim_end()))
}

/// An address to be typed. A long one may be broken after a slash or a dot; a short one is left as it is, so that it can
/// be found in the PDF and copied from it.
fn typed(address: &str) -> String {
    let address = printable(address);
    if address.chars().count() <= LONGEST_LINE {
        return address;
    }
    address.replace('/', "/\u{200b}").replace('.', ".\u{200b}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_cut_and_never_empty() {
        assert_eq!(name(" Loket\u{7} 1 "), "Loket 1");
        assert_eq!(name("\u{200b}\u{7}"), "–");
        let long = shown(&"kata ".repeat(60), LONGEST_NAME);
        assert!(long.ends_with("kata…") && long.chars().count() <= LONGEST_NAME, "{long}");
        assert_eq!(typed("suara.example.go.id/s/x"), "suara.example.go.id/s/x");
        let folder = "x".repeat(60);
        assert_eq!(typed(&format!("a.id/{folder}")).replace('\u{200b}', "|"), format!("a.|id/|{folder}"));
    }

    #[test]
    fn an_address_is_drawn_once() {
        let mut codes = Codes::default();
        let first = codes.path("https://suara.example.go.id/s/kab-kampar");
        assert_eq!(first.as_deref(), Some("/codes/1.svg"));
        assert_eq!(codes.path("https://suara.example.go.id/s/kab-kampar"), first);
        assert_eq!(codes.path("https://suara.example.go.id/s/kab-siak").as_deref(), Some("/codes/2.svg"));
        assert_eq!(codes.files.len(), 2);
        assert_eq!(codes.path(&"x".repeat(500)), None);
    }
}
