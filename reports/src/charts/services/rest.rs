//! The services that have no panel, as counts.

use crate::cells::{Cell, Veil};
use crate::voice::Voice;

/// How many services are not shown, by the reason.
pub(super) struct Rest {
    /// With enough answers, beyond the number of panels.
    shown_elsewhere: usize,
    /// Veiled.
    veiled: usize,
    /// Nobody answered for them.
    silent: usize,
}

impl Rest {
    pub fn of<'a>(cells: impl Iterator<Item = &'a Cell<'a>>, silent: usize) -> Self {
        let mut rest = Self { shown_elsewhere: 0, veiled: 0, silent };
        for cell in cells {
            *if cell.veil == Veil::Open { &mut rest.shown_elsewhere } else { &mut rest.veiled } += 1;
        }
        rest
    }

    pub const fn is_empty(&self) -> bool {
        self.shown_elsewhere + self.veiled + self.silent == 0
    }

    /// One sentence; nothing if every service has a panel.
    pub fn words(&self, voice: Voice) -> String {
        let parts = [
            (self.shown_elsewhere, voice.say("dengan jawaban lebih sedikit", "with fewer answers")),
            (self.veiled, voice.say("dengan n < 10 atau disembunyikan", "with n < 10 or withheld")),
            (self.silent, voice.say("belum ada jawaban", "without answers yet")),
        ];
        let parts: Vec<String> = parts
            .iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, words)| format!("{} {words}", voice.count(*count as u64)))
            .collect();
        if parts.is_empty() {
            return String::new();
        }
        format!("{}: {}.", voice.say("Layanan lain", "Other services"), parts.join("; "))
    }
}
