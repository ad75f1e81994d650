//! Codes and regions.

use suara_domain::mpp::{MppCode, region, regions};
use suara_domain::period::TimeZone;

#[test]
fn codes_are_safe_in_addresses_and_paths() {
    for code in ["kab-kampar", "kota-palangka-raya", "31", "a", &"a".repeat(64)] {
        assert_eq!(MppCode::parse(code).unwrap().as_str(), code);
    }
    for code in
        ["", "-", "kab-", "-kab", "kab--kampar", "Kab-Kampar", "kab kampar", "../kab", "kab/kampar", "kab=1", "kåb"]
    {
        assert!(MppCode::parse(code).is_err(), "{code:?}");
    }
    assert!(MppCode::parse(&"a".repeat(65)).is_err());
    assert_eq!(
        MppCode::parse("Kab Kampar").unwrap_err().to_string(),
        "\"Kab Kampar\" is not an MPP code: use lower-case letters, digits and hyphens, like kab-kampar"
    );
}

#[test]
fn regions_know_their_province_and_zone() {
    let kampar = region("14.01").unwrap();
    assert_eq!((kampar.name, kampar.province, kampar.time_zone), ("Kabupaten Kampar", "Riau", TimeZone::Jakarta));
    assert_eq!(region("74.02").unwrap().time_zone, TimeZone::Makassar);
    assert_eq!(region("94.04").unwrap().time_zone, TimeZone::Jayapura);
    let jakarta = region("31").unwrap();
    assert_eq!((jakarta.code, jakarta.province_code), ("31", "31"));
    assert_eq!(region("99.99"), None);
    assert_eq!(regions().filter(|region| region.code.contains('.')).count(), 514);
    assert_eq!(regions().filter(|region| !region.code.contains('.')).count(), 38);
}
