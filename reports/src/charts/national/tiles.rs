//! The provinces as equal tiles, roughly where they lie: a small province is seen as well as a large one.

use plotters::style::text_anchor::HPos;
use suara_domain::fixed::Fixed;
use suara_domain::index::Index;
use suara_domain::suppression::{RANKED_FROM, rounded_count};

use super::super::canvas::{Canvas, Type, Weight};
use super::super::{Chart, ChartError};
use crate::cells::Veil;
use crate::design::{BRICK, Colour, HAIRLINE, INK, MUTED, PAPER, SAND, class_fill, class_text};
use crate::national::NationalReport;
use crate::national::provinces::{Province, provinces};
use crate::voice::Voice;

const NAME: &str = "provinces";
const TILE: i32 = 109;
const GAP: i32 = 7;
const WIDTH: i32 = 1640;
const HEIGHT: i32 = 8 * TILE + 60;

/// Code, short name, column and row of every province; our own layout.
const TILES: [(&str, &str, i32, i32); 38] = [
    ("11", "Aceh", 0, 0),
    ("12", "Sumut", 1, 1),
    ("13", "Sumbar", 1, 2),
    ("14", "Riau", 2, 2),
    ("21", "Kepri", 3, 2),
    ("15", "Jambi", 2, 3),
    ("19", "Babel", 3, 3),
    ("17", "Bengkulu", 1, 4),
    ("16", "Sumsel", 2, 4),
    ("18", "Lampung", 2, 5),
    ("31", "DKI", 3, 5),
    ("36", "Banten", 2, 6),
    ("32", "Jabar", 3, 6),
    ("33", "Jateng", 4, 6),
    ("34", "DIY", 4, 7),
    ("35", "Jatim", 5, 6),
    ("51", "Bali", 6, 6),
    ("52", "NTB", 7, 6),
    ("53", "NTT", 8, 6),
    ("61", "Kalbar", 5, 2),
    ("62", "Kalteng", 5, 3),
    ("63", "Kalsel", 6, 3),
    ("64", "Kaltim", 6, 2),
    ("65", "Kaltara", 6, 1),
    ("71", "Sulut", 9, 1),
    ("75", "Gorontalo", 8, 1),
    ("72", "Sulteng", 8, 2),
    ("76", "Sulbar", 8, 3),
    ("74", "Sultra", 9, 3),
    ("73", "Sulsel", 8, 4),
    ("82", "Malut", 10, 2),
    ("81", "Maluku", 11, 3),
    ("96", "PBD", 12, 2),
    ("92", "Pabar", 13, 2),
    ("91", "Papua", 14, 2),
    ("94", "Papteng", 13, 3),
    ("95", "Papeg", 14, 3),
    ("93", "Papsel", 14, 4),
];

const LABEL: Type = Type { size: 6.5, colour: INK, weight: Weight::Regular, align: HPos::Center };

/// Draws the tiles.
pub(super) fn draw(report: &NationalReport, voice: Voice) -> Result<Chart, ChartError> {
    let provinces = provinces(report);
    let svg = Canvas::paint(NAME, (WIDTH, HEIGHT), |canvas| {
        for (code, short, column, row) in TILES {
            if let Some(province) = provinces.iter().find(|province| province.code == code) {
                draw_tile(canvas, (province, short), (column * TILE, row * TILE), voice)?;
            }
        }
        legend(canvas, voice)
    })?;
    let words: Vec<String> = provinces.iter().map(|province| describe(province, voice)).collect();
    let lead = voice.say(
        "Diagram ubin 38 provinsi dengan nilai IKM gabungan dan jumlah responden.",
        "Tile chart of the 38 provinces with pooled index and number of respondents.",
    );
    let alt = format!("{lead} {}.", words.join("; "));
    Ok(Chart { name: NAME, svg, alt })
}

fn draw_tile(
    canvas: &Canvas,
    (province, short): (&Province<'_>, &str),
    (x, y): (i32, i32),
    voice: Voice,
) -> Result<(), ChartError> {
    let (from, to) = ((x, y), (x + TILE - GAP, y + TILE - GAP));
    let middle = i32::midpoint(from.0, to.0);
    let look = Look::of(province, voice);
    canvas.bar(from, to, look.fill)?;
    if province.mpps.is_empty() {
        hatch(canvas, from, TILE - GAP)?;
        canvas.bar((from.0 + 6, y + 12), (to.0 - 6, y + 42), PAPER)?;
    }
    if look.fill == PAPER || look.low {
        canvas.frame(from, to, if look.low { BRICK } else { HAIRLINE })?;
    }
    let name = Type { colour: look.text, ..LABEL };
    let title = format!("{} {short}", province.code);
    canvas.text((middle, y + 25), &title, Type { colour: look.text, ..name_type(&title) })?;
    canvas.text((middle, y + 56), &look.value, Type { size: 10.0, weight: Weight::Bold, ..name })?;
    canvas.text((middle, y + 86), &look.n, Type { size: name_type(&look.n).size.min(6.0), ..name })
}

/// Long names are set smaller, so that they stay on their tile.
fn name_type(text: &str) -> Type {
    let sizes = [6.5, 6.1, 5.7, 5.3, 4.9];
    let fits = |size: &f64| Type { size: *size, ..LABEL }.width(text) <= TILE - GAP - 8;
    Type { size: sizes.into_iter().find(fits).unwrap_or(4.6), ..LABEL }
}

/// How a tile looks and what it says.
struct Look {
    fill: Colour,
    text: Colour,
    low: bool,
    value: String,
    n: String,
}

impl Look {
    fn of(province: &Province<'_>, voice: Voice) -> Self {
        let plain =
            |value: &str, n: &str, fill| Self { fill, text: INK, low: false, value: value.to_owned(), n: n.to_owned() };
        let n = province.tally.n();
        match (province.veil, Index::of(&province.tally)) {
            _ if province.mpps.is_empty() => plain("", "", PAPER),
            (Veil::TooFew, _) => plain("–", "n < 10", PAPER),
            (Veil::Protecting, _) => plain("–", voice.say("disembunyikan", "withheld"), PAPER),
            (Veil::Open, None) => plain("–", "n = 0", PAPER),
            (Veil::Open, Some(index)) => {
                let ranked = n >= RANKED_FROM;
                let mutu = index.mutu();
                Self {
                    fill: if ranked { class_fill(mutu) } else { SAND },
                    text: if ranked { class_text(mutu) } else { INK },
                    low: ranked && mutu == suara_domain::index::Mutu::D,
                    value: voice.fixed(Fixed::<1>::round(index.exact())),
                    n: format!("n = {}", voice.count(rounded_count(n))),
                }
            }
        }
    }
}

/// Diagonal lines over a square.
fn hatch(canvas: &Canvas, (x, y): (i32, i32), side: i32) -> Result<(), ChartError> {
    let mut offset = 18;
    while offset < 2 * side {
        let (start, end) = ((offset - side).max(0), offset.min(side));
        canvas.line(&[(x + start, y + offset - start), (x + end, y + offset - end)], HAIRLINE, 2)?;
        offset += 18;
    }
    Ok(())
}

fn legend(canvas: &Canvas, voice: Voice) -> Result<(), ChartError> {
    use suara_domain::index::Mutu;
    let y = HEIGHT - 30;
    let kind = Type { size: 7.5, colour: MUTED, align: HPos::Left, ..LABEL };
    for (place, mutu) in (0..).zip(Mutu::ALL) {
        let x = place * 90;
        canvas.bar((x, y - 16), (x + 36, y + 16), class_fill(mutu))?;
        if mutu == Mutu::D {
            canvas.frame((x, y - 16), (x + 36, y + 16), BRICK)?;
        }
        canvas.text((x + 46, y), mutu.letter(), kind)?;
    }
    canvas.bar((380, y - 16), (416, y + 16), SAND)?;
    canvas.text((426, y), voice.say("n < 30, tanpa mutu", "n < 30, no class"), kind)?;
    hatch(canvas, (740, y - 16), 32)?;
    canvas.frame((740, y - 16), (772, y + 16), HAIRLINE)?;
    canvas.text((786, y), voice.say("belum ada MPP terdaftar", "no MPP registered"), kind)?;
    canvas.text((1160, y), voice.say("n dibulatkan ke kelipatan 5", "n rounded to multiples of 5"), kind)
}

fn describe(province: &Province<'_>, voice: Voice) -> String {
    if province.mpps.is_empty() {
        return format!("{}: {}", province.name, voice.say("belum ada MPP", "no MPP"));
    }
    let look = Look::of(province, voice);
    format!("{}: {}, {}", province.name, look.value, look.n)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_province_has_its_own_place() {
        let regions = suara_domain::mpp::regions().filter(|region| region.code == region.province_code);
        let known: BTreeSet<&str> = regions.map(|region| region.code).collect();
        let drawn: BTreeSet<&str> = TILES.iter().map(|(code, ..)| *code).collect();
        assert_eq!(known, drawn);
        let places: BTreeSet<(i32, i32)> = TILES.iter().map(|(_, _, column, row)| (*column, *row)).collect();
        assert_eq!(places.len(), TILES.len());
        assert!(places.iter().all(|(column, row)| (*column + 1) * TILE <= WIDTH && (*row + 1) * TILE < HEIGHT));
    }
}
