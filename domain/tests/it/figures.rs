//! Our figures beside those of other implementations: compared one by one, told by the worst of each kind.

use std::collections::BTreeMap;

use serde_json::Value;

/// Relative above 1, absolute below.
const TOLERANCE: f64 = 1e-9;

/// For every kind of figure: how many were compared, and the pair that differs most.
#[derive(Default)]
pub struct Figures {
    worst: BTreeMap<&'static str, (u64, f64, f64)>,
}

impl Figures {
    /// Compares; `null` is nothing.
    pub fn compare(&mut self, figure: &'static str, ours: Option<f64>, oracle: &Value) {
        assert_eq!(ours.is_some(), oracle.is_number(), "{figure}: {ours:?} is not {oracle}");
        let Some((ours, oracle)) = ours.zip(oracle.as_f64()) else { return };
        let far = |ours: f64, oracle: f64| (ours - oracle).abs() / oracle.abs().max(1.0);
        assert!(far(ours, oracle) <= TOLERANCE, "{figure}: {ours} is not {oracle}");
        let (count, worst_ours, worst_oracle) = self.worst.entry(figure).or_insert((0, ours, oracle));
        *count += 1;
        if far(ours, oracle) > far(*worst_ours, *worst_oracle) {
            (*worst_ours, *worst_oracle) = (ours, oracle);
        }
    }

    /// The table.
    #[expect(clippy::print_stdout, reason = "a table to look at beside the assertions")]
    pub fn print(&self) {
        println!("{:<34} {:>5}  {:>20} {:>20} {:>10}", "figure", "count", "ours", "oracle", "difference");
        for (figure, (count, ours, oracle)) in &self.worst {
            println!("{figure:<34} {count:>5}  {ours:>20.13} {oracle:>20.13} {:>10.1e}", ours - oracle);
        }
    }
}
