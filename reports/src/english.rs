//! How figures, dates and options are written in English.

use chrono::{Datelike, NaiveDate};
use suara_domain::period::Period;
use suara_domain::tally_set::Dimension;

use crate::indonesian::roman;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// "30 June 2026".
#[must_use]
pub fn date(date: NaiveDate) -> String {
    format!("{} {} {}", date.day(), month(date), date.year())
}

/// "January".
#[must_use]
pub fn month(date: NaiveDate) -> &'static str {
    MONTHS[date.month0() as usize]
}

/// "Semester I 2026".
#[must_use]
pub fn period(period: Period) -> String {
    format!("Semester {} {}", roman(period), period.year())
}

/// "Sem. I 2026".
#[must_use]
pub fn short_period(period: Period) -> String {
    format!("Sem. {} {}", roman(period), period.year())
}

/// What a group of a dimension is called. Services, agencies and weeks are called by their key; "" is "not said".
#[must_use]
pub fn group(dimension: Dimension, key: &str) -> String {
    let label = match (dimension, key) {
        (Dimension::Service | Dimension::Agency, "") => "The mall in general (no particular service)",
        (Dimension::Channel, "") => "Channel unknown",
        (_, "") => "Not said",
        (Dimension::Sex, "L") => "Male",
        (Dimension::Sex, "P") => "Female",
        (Dimension::AgeBand, "65+") => "65 years and over",
        (Dimension::AgeBand, band) => return format!("{} years", band.replace('-', "–")),
        (Dimension::Education, key) => education(key),
        (Dimension::Occupation, key) => occupation(key),
        (Dimension::Disability, "ya") => "With a disability",
        (Dimension::Disability, "tidak") => "Without a disability",
        (Dimension::Channel, "direct") => "Direct service",
        (Dimension::Channel, "mobile") => "Mobile service",
        (Dimension::Channel, "self_service") => "Self-service",
        (Dimension::Channel, "electronic") => "Electronic service",
        (Dimension::Mode, "web") => "Own device (web)",
        (Dimension::Mode, "kiosk") => "Tablet at the mall (kiosk)",
        (Dimension::Mode, "assisted") => "Helped by an officer",
        (Dimension::Mode, "paper") => "Paper",
        (Dimension::Verified, "yes") => "Verified by a visit token",
        (Dimension::Verified, "no") => "Open (no token)",
        (_, key) => key,
    };
    label.to_owned()
}

fn education(key: &str) -> &str {
    match key {
        "tidak_sekolah" => "No schooling",
        "sd" => "Primary school",
        "smp" => "Lower secondary",
        "sma" => "Upper secondary",
        "diploma" => "Diploma (D1–D4)",
        "s1" => "Bachelor (S1)",
        "s2" => "Master (S2)",
        "s3" => "Doctorate (S3)",
        key => key,
    }
}

fn occupation(key: &str) -> &str {
    match key {
        "pns" => "Civil servant",
        "tni" => "Armed forces",
        "polri" => "Police",
        "swasta" => "Private employee",
        "wirausaha" => "Self-employed",
        "pelajar" => "Pupil or student",
        "petani_nelayan" => "Farmer or fisher",
        "rumah_tangga" => "Homemaker",
        "lainnya" => "Other",
        key => key,
    }
}

/// What a dimension is called as the head of a table.
#[must_use]
pub const fn dimension(dimension: Dimension) -> &'static str {
    match dimension {
        Dimension::Total => "All respondents",
        Dimension::Unflagged => "Without flags",
        Dimension::Complete => "Complete answers",
        Dimension::Fold => "Random group",
        Dimension::Service => "Service",
        Dimension::Agency => "Agency",
        Dimension::Channel => "Service channel",
        Dimension::Mode => "How it was answered",
        Dimension::Sex => "Sex",
        Dimension::AgeBand => "Age",
        Dimension::Education => "Education",
        Dimension::Occupation => "Occupation",
        Dimension::Disability => "Disability",
        Dimension::Verified => "Verification",
        Dimension::Week => "Week",
        Dimension::CaseMix => "Channel and fee",
    }
}

#[cfg(test)]
mod tests {
    use suara_domain::respondent::{Channel, Disability, Education, Mode, Occupation, Sex};

    use super::*;

    #[test]
    fn every_option_has_a_name_of_its_own() {
        fn keys<T>(
            dimension: Dimension,
            options: &[T],
            key: impl Fn(&T) -> &'static str,
        ) -> Vec<(Dimension, &'static str)> {
            options.iter().map(|option| (dimension, key(option))).collect()
        }
        let groups = [
            keys(Dimension::Sex, Sex::ALL, |it| it.key()),
            keys(Dimension::Education, Education::ALL, |it| it.key()),
            keys(Dimension::Occupation, Occupation::ALL, |it| it.key()),
            keys(Dimension::Disability, Disability::ALL, |it| it.key()),
            keys(Dimension::Channel, Channel::ALL, |it| it.key()),
            keys(Dimension::Mode, Mode::ALL, |it| it.key()),
        ];
        for (dimension, key) in groups.concat() {
            assert_ne!(group(dimension, key), key, "{dimension:?}");
        }
    }
}
