//! Public Service Malls: their codes, and the regions that own them.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::LazyLock;

use crate::period::TimeZone;

/// Code of an MPP, like `kab-kampar`: lower-case letters, digits and single hyphens, at most 64 characters. It appears
/// in addresses, file names and QR codes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MppCode(String);

/// Why a text is not an MPP code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is not an MPP code: use lower-case letters, digits and hyphens, like kab-kampar")]
pub struct MppCodeError(String);

impl MppCode {
    /// Parses a code.
    ///
    /// # Errors
    /// Anything but lower-case letters, digits and single inner hyphens, or more than 64 characters.
    pub fn parse(text: &str) -> Result<Self, MppCodeError> {
        let word = |part: &str| {
            !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        };
        if text.len() <= 64 && text.split('-').all(word) {
            Ok(Self(text.to_owned()))
        } else {
            Err(MppCodeError(text.chars().take(80).collect()))
        }
    }

    /// The code.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for MppCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A regency, city or province by its Kemendagri code (Kepmendagri 300.2.2-2138/2025).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Region {
    /// `14.01`, or `31` for a province.
    pub code: &'static str,
    /// Name with its kind, "Kabupaten Kampar".
    pub name: &'static str,
    /// Code of the province.
    pub province_code: &'static str,
    /// Name of the province.
    pub province: &'static str,
    /// Time zone.
    pub time_zone: TimeZone,
}

static REGIONS: LazyLock<BTreeMap<&'static str, Region>> = LazyLock::new(|| {
    let mut regions = BTreeMap::new();
    for line in include_str!("../../data/regions.csv").lines().skip(1) {
        let fields: Vec<&'static str> = line.split(',').collect();
        let [code, name, province_code, province, zone] = fields[..] else { continue };
        let Some(time_zone) = TimeZone::from_key(zone) else { continue };
        regions.insert(code, Region { code, name, province_code, province, time_zone });
        let of_province = Region { code: province_code, name: province, province_code, province, time_zone };
        regions.entry(province_code).or_insert(of_province);
    }
    regions
});

/// The region with this code, regency, city or province.
#[must_use]
pub fn region(code: &str) -> Option<&'static Region> {
    REGIONS.get(code)
}

/// All regencies, cities and provinces by code.
pub fn regions() -> impl Iterator<Item = &'static Region> {
    REGIONS.values()
}
