//! MPPs by name, short where many stand side by side.

use serde::Serialize;
use suara_domain::element::Element;
use suara_domain::index::Index;

use crate::fonts::breakable;
use crate::national::provinces::Province;
use crate::national::{NationalMpp, NationalReport};
use crate::voice::Voice;

/// What the names of most MPPs begin with; in a list of MPPs it says nothing.
const PREFIXES: [&str; 2] = ["MPP ", "Mal Pelayanan Publik "];

/// Names of MPPs by province, the provinces by code.
#[derive(Serialize)]
pub(super) struct ByProvinceView {
    count: usize,
    provinces: Vec<ProvinceNamesView>,
}

#[derive(Serialize)]
struct ProvinceNamesView {
    name: &'static str,
    mpps: Vec<String>,
}

impl ByProvinceView {
    /// The MPPs that are wanted.
    pub fn of(provinces: &[Province<'_>], wanted: impl Fn(&NationalMpp) -> bool) -> Self {
        let names = |province: &Province<'_>| ProvinceNamesView {
            name: province.name,
            mpps: province.mpps.iter().filter(|mpp| wanted(mpp)).map(|mpp| short(&mpp.name)).collect(),
        };
        let provinces: Vec<_> = provinces.iter().map(names).filter(|province| !province.mpps.is_empty()).collect();
        Self { count: provinces.iter().map(|province| province.mpps.len()).sum(), provinces }
    }
}

/// The name for a narrow column: "Kab. Kampar" of "MPP Kabupaten Kampar".
pub(super) fn short(name: &str) -> String {
    let place = PREFIXES.iter().find_map(|prefix| name.strip_prefix(prefix)).unwrap_or(name);
    let regency = place.strip_prefix("Kabupaten ").map(|name| format!("Kab. {name}"));
    breakable(regency.as_deref().unwrap_or(place))
}

/// All MPPs in the order of the alphabet.
pub(super) fn by_name(report: &NationalReport) -> Vec<&NationalMpp> {
    let mut all: Vec<&NationalMpp> = report.mpps.iter().collect();
    all.sort_by(|one, other| (&one.name, &one.code).cmp(&(&other.name, &other.code)));
    all
}

/// Name of the province of an MPP.
pub(super) fn province(mpp: &NationalMpp) -> &'static str {
    suara_domain::mpp::region(&mpp.province_code).map_or("", |region| region.province)
}

/// What an element is called.
pub(super) fn element_name(report: &NationalReport, element: Element, voice: Voice) -> String {
    report.instrument.question(element).name.get(voice.language()).to_owned()
}

/// The official index, two decimals.
pub(super) fn official(mpp: &NationalMpp, voice: Voice) -> String {
    Index::of(&mpp.total()).map_or_else(String::new, |index| voice.fixed(index.rounded()))
}

/// "+3,6", with a minus sign that is as wide as the plus.
pub(super) fn signed(value: f64, places: usize, voice: Voice) -> String {
    let text = voice.decimal(value, places).replace('-', "−");
    if value > 0.0 { format!("+{text}") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_name_leaves_out_what_all_share() {
        assert_eq!(short("MPP Kabupaten Kampar"), "Kab. Kampar");
        assert_eq!(short("Mal Pelayanan Publik Kota Bogor"), "Kota Bogor");
        assert_eq!(short("Grha Tiyasa"), "Grha Tiyasa");
        assert_eq!(short("MPP Digital Kabupaten Sumedang"), "Digital Kabupaten Sumedang");
    }
}
