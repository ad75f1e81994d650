//! When something was filled in, as spreadsheets write it: local to the MPP, in a form that the mapping names.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, SecondsFormat, TimeDelta};
use suara_domain::period::TimeZone;

/// A moment in RFC 3339 on the wall clock of `zone`; `None` if it is written in none of these forms. A day without a time
/// is taken at noon, far from both its ends.
pub(super) fn moment(text: &str, formats: &[String], zone: TimeZone) -> Option<String> {
    if DateTime::parse_from_rfc3339(text).is_ok() {
        return Some(text.to_owned());
    }
    let (day, time) = local(text, formats)?;
    let instant = zone.midnight(day) + time;
    Some(zone.local(instant).to_rfc3339_opts(SecondsFormat::AutoSi, false))
}

fn local(text: &str, formats: &[String]) -> Option<(NaiveDate, TimeDelta)> {
    let with_time = |format: &String| NaiveDateTime::parse_from_str(text, format).ok();
    if let Some(found) = formats.iter().find_map(with_time) {
        return Some((found.date(), found.time().signed_duration_since(NaiveTime::MIN)));
    }
    let of_day = |format: &str| NaiveDate::parse_from_str(text, format).ok();
    let day = formats.iter().find_map(|format| of_day(format)).or_else(|| of_day("%Y-%m-%d"))?;
    Some((day, TimeDelta::hours(12)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_local_and_never_guessed() {
        let formats = ["%d/%m/%Y %H:%M:%S", "%d/%m/%Y %H.%M.%S"].map(ToOwned::to_owned);
        let read = |text| moment(text, &formats, TimeZone::Makassar);
        assert_eq!(read("12/03/2026 9:15:32").as_deref(), Some("2026-03-12T09:15:32+08:00"));
        assert_eq!(read("12/03/2026 9.15.32").as_deref(), Some("2026-03-12T09:15:32+08:00"));
        assert_eq!(read("2026-03-12T09:15:32+07:00").as_deref(), Some("2026-03-12T09:15:32+07:00"));
        assert_eq!(read("2026-06-30").as_deref(), Some("2026-06-30T12:00:00+08:00"));
        for text in ["03/13/2026 9:15:32", "12/03/2026", "kemarin", "2026-02-30"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
