//! Shares and probabilities in whole percent; Indonesian and English write them alike.

/// `part` of `whole`, "< 1%" and "> 99%" where rounding would claim none or all; "–" of nothing.
#[must_use]
pub fn share(part: u64, whole: u64) -> String {
    if whole == 0 {
        return "–".to_owned();
    }
    match (200 * part + whole) / (2 * whole) {
        0 if part > 0 => "< 1%".to_owned(),
        100 if part < whole => "> 99%".to_owned(),
        percent => format!("{percent}%"),
    }
}

/// A probability, "< 1%" and "> 99%" at the ends.
#[must_use]
pub fn probability(value: f64) -> String {
    match value {
        value if value < 0.01 => "< 1%".to_owned(),
        value if value > 0.99 => "> 99%".to_owned(),
        value => format!("{:.0}%", value * 100.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounding_never_claims_none_or_all() {
        let shares = [(1, 1000), (999, 1000), (1, 8), (8, 8), (0, 8), (0, 0)];
        let written = shares.map(|(part, whole)| share(part, whole));
        assert_eq!(written, ["< 1%", "> 99%", "13%", "100%", "0%", "–"]);
        assert_eq!([0.9951, 0.5, 0.0].map(probability), ["> 99%", "50%", "< 1%"]);
    }
}
