//! The drawn scale of an index: the four classes, the interval, the figure.

use fluent_bundle::FluentArgs;

use crate::web::text::Texts;

/// Geometry of the drawing; the scale 25 to 100 is 300 units wide.
pub(super) struct Gauge {
    pub bands: [Band; 4],
    pub lower: String,
    pub width: String,
    pub point: String,
    /// The interval in words, for those who do not see it and for all others.
    pub label: String,
}

/// One class on the scale.
pub(super) struct Band {
    pub letter: &'static str,
    pub class: &'static str,
    pub x: String,
    pub width: String,
    pub middle: String,
}

impl Gauge {
    /// The drawing of an index with its interval; `None` without interval.
    pub fn of(t: &Texts, ikm: &str, interval: Option<[f64; 2]>) -> Option<Self> {
        let [lower, upper] = interval?;
        let figure: f64 = ikm.parse().ok()?;
        let mut args = FluentArgs::new();
        args.set("lower", t.decimal(&format!("{lower:.1}")).into_owned());
        args.set("upper", t.decimal(&format!("{upper:.1}")).into_owned());
        Some(Self {
            bands: [
                band("D", "class-d", 25.0, 65.0),
                band("C", "class-c", 65.0, 76.61),
                band("B", "class-b", 76.61, 88.31),
                band("A", "class-a", 88.31, 100.0),
            ],
            lower: units(lower),
            width: format!("{:.1}", (upper - lower) * 4.0),
            point: units(figure),
            label: t.fill("interval", &args),
        })
    }
}

fn band(letter: &'static str, class: &'static str, from: f64, to: f64) -> Band {
    let (x, width) = (units(from), format!("{:.1}", (to - from) * 4.0));
    Band { letter, class, x, width, middle: units(f64::midpoint(from, to)) }
}

/// A value on the scale in units of the drawing.
fn units(value: f64) -> String {
    format!("{:.1}", (value - 25.0) * 4.0)
}
