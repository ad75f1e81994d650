//! The figures of a run: ours, the reference, the ratio and what is wanted.

use serde_json::{Value, json};

use crate::accounting;

/// What a figure must reach.
#[derive(Clone, Copy)]
pub enum Wanted {
    /// Ours, at least.
    AtLeast(f64),
    /// Ours, at most.
    AtMost(f64),
    /// Ours divided by the reference, at least.
    RatioAtLeast(f64),
    /// Ours divided by the reference, at most.
    RatioAtMost(f64),
}

/// One figure.
pub struct Figure {
    pub section: &'static str,
    pub what: String,
    pub unit: &'static str,
    pub ours: f64,
    pub reference: Option<(String, f64)>,
    pub wanted: Option<Wanted>,
}

impl Figure {
    /// Ours divided by the reference.
    pub fn ratio(&self) -> Option<f64> {
        self.reference.as_ref().map(|(_, reference)| self.ours / reference)
    }

    /// Whether what is wanted was reached; `None` if nothing is.
    pub fn met(&self) -> Option<bool> {
        Some(match self.wanted? {
            Wanted::AtLeast(limit) => self.ours >= limit,
            Wanted::AtMost(limit) => self.ours <= limit,
            Wanted::RatioAtLeast(limit) => self.ratio()? >= limit,
            Wanted::RatioAtMost(limit) => self.ratio()? <= limit,
        })
    }

    /// Names a reference.
    pub fn against(&mut self, name: impl Into<String>, value: f64) -> &mut Self {
        self.reference = Some((name.into(), value));
        self
    }

    /// Sets what is wanted.
    pub fn wanted(&mut self, wanted: Wanted) -> &mut Self {
        self.wanted = Some(wanted);
        self
    }
}

/// All figures, in the order they were measured.
#[derive(Default)]
pub struct Figures {
    pub all: Vec<Figure>,
    pub failures: Vec<String>,
}

impl Figures {
    /// Adds a figure.
    pub fn add(
        &mut self,
        section: &'static str,
        what: impl Into<String>,
        unit: &'static str,
        ours: f64,
    ) -> &mut Figure {
        let place = self.all.len();
        self.all.push(Figure { section, what: what.into(), unit, ours, reference: None, wanted: None });
        &mut self.all[place]
    }

    /// Remembers that a section could not be measured.
    pub fn failed(&mut self, section: &str, reason: &str) {
        self.failures.push(format!("{section} could not be measured: {reason}"));
    }

    /// For machines.
    pub fn to_json(&self, scale: &str) -> Value {
        let figures: Vec<Value> = self.all.iter().map(figure_json).collect();
        json!({
            "scale": scale,
            "machine": accounting::machine(),
            "figures": figures,
            "failures": self.failures,
        })
    }
}

fn figure_json(figure: &Figure) -> Value {
    let (bound, limit) = match figure.wanted {
        None => (None, None),
        Some(Wanted::AtLeast(limit)) => (Some("ours_at_least"), Some(limit)),
        Some(Wanted::AtMost(limit)) => (Some("ours_at_most"), Some(limit)),
        Some(Wanted::RatioAtLeast(limit)) => (Some("ratio_at_least"), Some(limit)),
        Some(Wanted::RatioAtMost(limit)) => (Some("ratio_at_most"), Some(limit)),
    };
    json!({
        "section": figure.section,
        "what": figure.what,
        "unit": figure.unit,
        "ours": figure.ours,
        "reference": figure.reference.as_ref().map(|(_, value)| value),
        "reference_name": figure.reference.as_ref().map(|(name, _)| name),
        "ratio": figure.ratio(),
        "bound": bound,
        "limit": limit,
        "met": figure.met(),
    })
}
