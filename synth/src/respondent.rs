//! Who answers, and how.

use suara_domain::respondent::{AgeBand, Disability, Education, Mode, Occupation, Profile, Sex};

use crate::rng::Rng;

/// Of a thousand respondents, how many leave one field of the profile empty.
const SILENT: u64 = 60;

const MODES: [u32; 4] = [700, 150, 100, 50];
const AGES: [u32; 6] = [190, 300, 240, 160, 80, 30];
/// Whom an officer helps: more of the old.
const ASSISTED_AGES: [u32; 6] = [60, 120, 180, 240, 240, 160];
const EDUCATION: [u32; 8] = [12, 80, 120, 430, 90, 235, 30, 3];
const OCCUPATION: [u32; 9] = [90, 12, 14, 270, 220, 30, 130, 174, 60];
/// Half of the youngest are still at school.
const YOUNG_OCCUPATION: [u32; 9] = [10, 6, 6, 210, 90, 520, 40, 68, 50];

pub(crate) fn mode(rng: &mut Rng) -> Mode {
    Mode::ALL[rng.weighted(&MODES)]
}

pub(crate) fn profile(rng: &mut Rng, mode: Mode) -> Profile {
    let ages = if mode == Mode::Assisted { &ASSISTED_AGES } else { &AGES };
    let age_band = AgeBand::ALL[rng.weighted(ages)];
    let occupation = if age_band == AgeBand::From17 { &YOUNG_OCCUPATION } else { &OCCUPATION };
    let (sex, education) = (Sex::ALL[rng.weighted(&[47, 53])], Education::ALL[rng.weighted(&EDUCATION)]);
    let occupation = Occupation::ALL[rng.weighted(occupation)];
    let disability = Disability::ALL[rng.weighted(&[22, 978])];
    let mut said = || !rng.per_mille(SILENT);
    Profile {
        sex: said().then_some(sex),
        age_band: said().then_some(age_band),
        education: said().then_some(education),
        occupation: said().then_some(occupation),
        disability: said().then_some(disability),
    }
}

/// Seconds from opening the page to sending it; nobody measures paper.
pub(crate) fn duration(rng: &mut Rng, mode: Mode) -> Option<i32> {
    let seconds = match mode {
        Mode::Paper => return None,
        Mode::Assisted => rng.between(70, 260),
        Mode::Web | Mode::Kiosk => rng.between(25, 70) + rng.between(0, 90),
    };
    i32::try_from(seconds).ok()
}
