//! Rows for the tests of this crate.

use chrono::{DateTime, TimeDelta, Utc};
use suara_domain::element::{Answers, ELEMENTS};
use suara_domain::language::Language;
use suara_domain::mpp::MppCode;
use suara_domain::period::Period;
use suara_domain::respondent::{AgeBand, Channel, Disability, Education, Mode, Occupation, Profile, Sex};
use uuid::Uuid;

use crate::archive::ArchiveKey;
use crate::frame::ArchiveRow;

/// `2026-S1` of an MPP.
pub fn key(mpp: &str) -> ArchiveKey {
    ArchiveKey { period: Period::parse("2026-S1").unwrap(), mpp: MppCode::parse(mpp).unwrap() }
}

/// Rows in order, with every option and every gap somewhere among them.
pub fn rows(count: u64) -> Vec<ArchiveRow> {
    let start: DateTime<Utc> = "2026-01-02T01:00:00.000001Z".parse().unwrap();
    (0..count).map(|number| row(number, start + TimeDelta::seconds(i64::try_from(number * 151).unwrap()))).collect()
}

fn row(number: u64, filled_at: DateTime<Utc>) -> ArchiveRow {
    // A cheap scramble, so that columns are not in step with each other.
    let pick = |column: u64, choices: usize| {
        let mixed = (number + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(u32::try_from(column * 7).unwrap());
        usize::try_from(mixed.wrapping_mul(0xbf58_476d_1ce4_e5b9) >> 33).unwrap() % choices
    };
    let mut digits: [u8; ELEMENTS] = std::array::from_fn(|u| u8::try_from(1 + pick(u as u64, 4)).unwrap());
    if pick(20, 7) == 0 {
        digits[pick(21, ELEMENTS)] = 0;
    }
    let service = ["ktp-el", "skck", "sim-a", "nib"].get(pick(9, 5)).map(ToString::to_string);
    ArchiveRow {
        id: Uuid::from_u128(u128::from(number) << 64 | 0x7000_0000_0000_8000_0000_0000_0000),
        agency: service.as_deref().map(|code| if code == "nib" { "DPMPTSP" } else { "Polres" }.to_owned()),
        service,
        channel: Channel::ALL.get(pick(10, 5)).copied(),
        counter: (pick(11, 3) > 0).then(|| format!("Loket {}", pick(11, 9))),
        mode: Mode::ALL[pick(12, 4)],
        answers: Answers::from_digits(digits).unwrap(),
        profile: Profile {
            sex: Sex::ALL.get(pick(13, 3)).copied(),
            age_band: AgeBand::ALL.get(pick(14, 7)).copied(),
            education: Education::ALL.get(pick(15, 9)).copied(),
            occupation: Occupation::ALL.get(pick(16, 10)).copied(),
            disability: Disability::ALL.get(pick(17, 3)).copied(),
        },
        filled_at,
        verified: pick(18, 4) == 0,
        counter_signed: pick(24, 3) == 0,
        flags: if pick(19, 10) == 0 { 5 } else { 0 },
        language: Language::ALL.get(pick(22, 3)).copied(),
        duration_s: (pick(23, 3) > 0).then_some(45),
        free: [None, Some(true), Some(false)][pick(25, 3)],
    }
}
