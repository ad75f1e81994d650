//! Design tokens: the one palette and type scale of charts, documents and pages.
//!
//! Calm, official, warm. The class colours grow lighter in the order A, B, C, D, so that they stay apart for every kind
//! of colour vision and in black and white; a letter always stands beside the colour.

use std::fmt::Write;

use suara_domain::element::Score;
use suara_domain::index::Mutu;

/// Family of all text in charts and documents; embedded from `fonts/`.
pub const FONT_FAMILY: &str = "Source Sans 3";

/// A colour: red, green, blue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colour(pub u8, pub u8, pub u8);

impl Colour {
    /// `#rrggbb`.
    #[must_use]
    pub fn hex(self) -> String {
        format!("#{:02x}{:02x}{:02x}", self.0, self.1, self.2)
    }
}

/// Text and axes.
pub const INK: Colour = Colour(0x1d, 0x2b, 0x33);
/// Secondary text; still 4.5:1 on paper and sand.
pub const MUTED: Colour = Colour(0x52, 0x61, 0x6b);
/// Hairlines and borders.
pub const HAIRLINE: Colour = Colour(0xd5, 0xcf, 0xc3);
/// The page.
pub const PAPER: Colour = Colour(0xff, 0xff, 0xff);
/// Warm tint of boxes and table heads.
pub const SAND: Colour = Colour(0xf7, 0xf2, 0xe8);
/// The colour of the house: headings, links, the main series of a chart.
pub const TEAL: Colour = Colour(0x12, 0x4e, 0x5c);
/// Tint of the house colour, behind quiet emphasis.
pub const MIST: Colour = Colour(0xe4, 0xee, 0xef);
/// Accent: warm, sparing.
pub const OCHRE: Colour = Colour(0xb4, 0x5f, 0x06);
/// Warnings and errors, always with a word beside.
pub const BRICK: Colour = Colour(0x9b, 0x2c, 0x1f);

/// Fill of a class.
#[must_use]
pub const fn class_fill(mutu: Mutu) -> Colour {
    match mutu {
        Mutu::A => TEAL,
        Mutu::B => Colour(0x4b, 0x8b, 0x96),
        Mutu::C => Colour(0xd9, 0xa9, 0x4f),
        Mutu::D => Colour(0xf6, 0xdc, 0xcf),
    }
}

/// Text on the fill of a class, 4.5:1 or more for large letters and figures.
#[must_use]
pub const fn class_text(mutu: Mutu) -> Colour {
    match mutu {
        Mutu::A | Mutu::B => PAPER,
        Mutu::C | Mutu::D => INK,
    }
}

/// Fill of a score in a bar of all four. The outer two are dark and the inner two light, so that in black and white, too,
/// the two sides of the line between 2 and 3 can be told apart.
#[must_use]
pub const fn score_fill(score: Score) -> Colour {
    match score.get() {
        1 => BRICK,
        2 => Colour(0xe3, 0xb8, 0x6b),
        3 => Colour(0x8f, 0xbd, 0xc4),
        _ => TEAL,
    }
}

/// Text on the fill of a score.
#[must_use]
pub const fn score_text(score: Score) -> Colour {
    match score.get() {
        1 | 4 => PAPER,
        _ => INK,
    }
}

/// Fills of amounts from few to many, each darker than the one before.
pub const AMOUNTS: [Colour; 5] = [
    Colour(0xc9, 0xdf, 0xe2),
    Colour(0x93, 0xbe, 0xc5),
    Colour(0x57, 0x93, 0x9e),
    Colour(0x1f, 0x62, 0x70),
    Colour(0x0b, 0x36, 0x42),
];

/// Text on the fill of an amount.
pub const ON_AMOUNTS: [Colour; 5] = [INK, INK, PAPER, PAPER, PAPER];

/// The type scale in points: name and size, a ratio of about 1.2 around body text.
pub const TYPE_SCALE: [(&str, f64); 8] = [
    ("tiny", 7.5),
    ("small", 8.5),
    ("table", 9.25),
    ("body", 10.5),
    ("lead", 12.5),
    ("title", 15.0),
    ("headline", 22.0),
    ("display", 64.0),
];

/// Every named colour, in the order they are exported.
fn palette() -> Vec<(String, Colour)> {
    let named = [
        ("ink", INK),
        ("muted", MUTED),
        ("hairline", HAIRLINE),
        ("paper", PAPER),
        ("sand", SAND),
        ("teal", TEAL),
        ("mist", MIST),
        ("ochre", OCHRE),
        ("brick", BRICK),
    ];
    let mut palette: Vec<_> = named.map(|(name, colour)| (name.to_owned(), colour)).into();
    for mutu in Mutu::ALL {
        let letter = mutu.letter().to_lowercase();
        palette.push((format!("class-{letter}"), class_fill(mutu)));
        palette.push((format!("on-class-{letter}"), class_text(mutu)));
    }
    palette
}

/// The tokens as CSS custom properties on `:root`; sizes in rem, body text being 1rem.
#[must_use]
pub fn css() -> String {
    let mut css = String::from(":root {\n");
    for (name, colour) in palette() {
        let _ = writeln!(css, "  --{name}: {};", colour.hex());
    }
    let body = TYPE_SCALE.iter().find(|(name, _)| *name == "body").map_or(1.0, |(_, size)| *size);
    for (name, size) in TYPE_SCALE {
        let _ = writeln!(css, "  --size-{name}: {:.3}rem;", size / body);
    }
    css.push_str("}\n");
    css
}

/// The tokens as a Typst module that the templates import.
#[must_use]
pub(crate) fn typst() -> String {
    let mut source = format!("#let family = (\"{FONT_FAMILY}\", \"Noto Sans Arabic\", \"Noto Emoji\")\n");
    for (name, colour) in palette() {
        let _ = writeln!(source, "#let {name} = rgb(\"{}\")", colour.hex());
    }
    for (name, size) in TYPE_SCALE {
        let _ = writeln!(source, "#let size-{name} = {size}pt");
    }
    source
}

#[cfg(test)]
mod tests {
    use super::*;

    fn luminance(colour: Colour) -> f64 {
        let linear = |channel: u8| {
            let value = f64::from(channel) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { libm::pow((value + 0.055) / 1.055, 2.4) }
        };
        0.2126 * linear(colour.0) + 0.7152 * linear(colour.1) + 0.0722 * linear(colour.2)
    }

    fn contrast(a: Colour, b: Colour) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn text_can_be_read_on_every_ground() {
        for ground in [PAPER, SAND, MIST] {
            for text in [INK, MUTED, TEAL, BRICK] {
                assert!(contrast(text, ground) >= 4.5, "{} on {}", text.hex(), ground.hex());
            }
        }
        assert!(contrast(OCHRE, PAPER) >= 4.5);
    }

    #[test]
    fn classes_differ_in_lightness_alone() {
        let lightness = Mutu::ALL.map(|mutu| luminance(class_fill(mutu)));
        for pair in lightness.windows(2) {
            assert!((pair[1] + 0.05) / (pair[0] + 0.05) >= 1.5, "{pair:?}");
        }
        for mutu in Mutu::ALL {
            assert!(contrast(class_text(mutu), class_fill(mutu)) >= 3.0, "{}", mutu.letter());
        }
    }

    #[test]
    fn scores_and_amounts_can_be_read_and_told_apart_in_grey() {
        for score in Score::ALL {
            assert!(contrast(score_text(score), score_fill(score)) >= 4.5, "score {}", score.get());
        }
        for (fill, text) in AMOUNTS.iter().zip(ON_AMOUNTS) {
            assert!(contrast(*fill, text) >= 3.0, "{}", fill.hex());
        }
        for pair in AMOUNTS.windows(2) {
            assert!(contrast(pair[0], pair[1]) >= 1.4, "{pair:?}");
        }
        let [one, two, three, four] = Score::ALL.map(score_fill);
        assert!(contrast(one, two) >= 3.0 && contrast(three, four) >= 3.0);
    }

    #[test]
    fn css_and_documents_share_the_tokens() {
        assert!(css().contains("--teal: #124e5c;"));
        assert!(css().contains("--size-body: 1.000rem;"));
        assert!(typst().contains("#let teal = rgb(\"#124e5c\")"));
    }
}
