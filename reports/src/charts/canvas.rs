//! A page to draw on, in tenths of a millimetre, with the few marks the charts are made of.

use std::fmt::Display;
use std::sync::LazyLock;

use plotters::coord::Shift;
use plotters::element::{Drawable, PointCollection};
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

use super::ChartError;
use crate::design::{Colour, FONT_FAMILY, PAPER};
use crate::fonts;

/// Units of a typographic point: 0.3528 mm.
const UNITS_PER_POINT: f64 = 3.528;
/// The SVG backend divides the size of a font by this before it writes it.
const BACKEND_FONT_FACTOR: f64 = 1.24;

/// Registers the embedded fonts with the drawing library; what it says if it cannot.
static REGISTERED: LazyLock<Result<(), String>> = LazyLock::new(|| {
    let register = |style, bytes| plotters::style::register_font(FONT_FAMILY, style, bytes);
    let both = register(FontStyle::Normal, fonts::REGULAR).and_then(|()| register(FontStyle::Bold, fonts::BOLD));
    both.map_err(|_| "the embedded font is not a font".to_owned())
});

/// How a text is set.
#[derive(Clone, Copy)]
pub(super) struct Type {
    /// Size in points.
    pub size: f64,
    /// Colour.
    pub colour: Colour,
    /// Weight.
    pub weight: Weight,
    /// Which side of the text is at the given place.
    pub align: HPos,
}

/// Weight of a text.
#[derive(Clone, Copy)]
pub(super) enum Weight {
    /// Body text.
    Regular,
    /// Figures that matter.
    Bold,
}

impl Type {
    fn font(self) -> FontDesc<'static> {
        let style = match self.weight {
            Weight::Regular => FontStyle::Normal,
            Weight::Bold => FontStyle::Bold,
        };
        FontDesc::new(FontFamily::Name(FONT_FAMILY), self.size * UNITS_PER_POINT * BACKEND_FONT_FACTOR, style)
    }

    /// Width of a text in the regular weight, in units.
    pub fn width(self, text: &str) -> i32 {
        (fonts::width_in_em(text) * self.size * UNITS_PER_POINT).round_to_unit()
    }
}

/// Rounds to a whole unit.
pub(super) trait RoundToUnit {
    /// The nearest whole number.
    fn round_to_unit(self) -> i32;
}

impl RoundToUnit for f64 {
    #[expect(clippy::cast_possible_truncation, reason = "coordinates of a chart are far below 2³¹")]
    fn round_to_unit(self) -> i32 {
        self.round() as i32
    }
}

/// A page to draw on; the origin is the upper left corner.
pub(super) struct Canvas<'a> {
    name: &'static str,
    area: DrawingArea<SVGBackend<'a>, Shift>,
}

impl<'a> Canvas<'a> {
    /// Paints a drawing of this width and height and gives its SVG.
    pub fn paint(
        name: &'static str,
        size: (i32, i32),
        paint: impl FnOnce(&Canvas) -> Result<(), ChartError>,
    ) -> Result<String, ChartError> {
        let registered = REGISTERED.as_ref();
        registered.map_err(|reason| ChartError { name, reason: reason.clone() })?;
        let mut svg = String::new();
        {
            let size = (size.0.unsigned_abs(), size.1.unsigned_abs());
            let canvas = Canvas { name, area: SVGBackend::with_string(&mut svg, size).into_drawing_area() };
            paint(&canvas)?;
            canvas.area.present().map_err(|error| canvas.error(&error))?;
        }
        Ok(svg)
    }

    /// A filled rectangle.
    pub fn bar(&self, from: (i32, i32), to: (i32, i32), colour: Colour) -> Result<(), ChartError> {
        self.draw(&Rectangle::new([from, to], rgb(colour).filled()))
    }

    /// The outline of a rectangle.
    pub fn frame(&self, from: (i32, i32), to: (i32, i32), colour: Colour) -> Result<(), ChartError> {
        self.draw(&Rectangle::new([from, to], rgb(colour).stroke_width(3)))
    }

    /// A line through points.
    pub fn line(&self, points: &[(i32, i32)], colour: Colour, width: u32) -> Result<(), ChartError> {
        self.draw(&PathElement::new(points.to_vec(), rgb(colour).stroke_width(width)))
    }

    /// A straight line in dashes.
    pub fn dashed(&self, from: (i32, i32), to: (i32, i32), colour: Colour, width: u32) -> Result<(), ChartError> {
        let (dx, dy) = (f64::from(to.0 - from.0), f64::from(to.1 - from.1));
        let length = f64::from(to.0 - from.0).abs().max(f64::from(to.1 - from.1).abs()).max(1.0);
        let at = |part: f64| {
            let part = part.min(length) / length;
            (from.0 + (dx * part).round_to_unit(), from.1 + (dy * part).round_to_unit())
        };
        let mut start = 0.0;
        while start < length {
            self.line(&[at(start), at(start + 16.0)], colour, width)?;
            start += 28.0;
        }
        Ok(())
    }

    /// Slanted lines that fill a rectangle: something is there and must not be seen.
    pub fn hatch(&self, from: (i32, i32), to: (i32, i32), colour: Colour) -> Result<(), ChartError> {
        let (width, height) = (to.0 - from.0, to.1 - from.1);
        let mut shift = 14;
        while shift < width + height {
            let lower = (from.0 + (shift - height).max(0), from.1 + shift.min(height));
            let upper = (from.0 + shift.min(width), from.1 + (shift - width).max(0));
            self.line(&[lower, upper], colour, 2)?;
            shift += 18;
        }
        Ok(())
    }

    /// A hollow dot.
    pub fn ring(&self, at: (i32, i32), radius: i32, colour: Colour) -> Result<(), ChartError> {
        self.draw(&Circle::new(at, radius, rgb(PAPER).filled()))?;
        self.draw(&Circle::new(at, radius, rgb(colour).stroke_width(4)))
    }

    /// An upright tick with a white rim, centred on `at`.
    pub fn tick(&self, at: (i32, i32), half_height: i32, colour: Colour) -> Result<(), ChartError> {
        let (from, to) = ((at.0, at.1 - half_height), (at.0, at.1 + half_height));
        self.line(&[from, to], PAPER, 13)?;
        self.line(&[from, to], colour, 6)
    }

    /// A dot with a white rim.
    pub fn dot(&self, at: (i32, i32), radius: i32, colour: Colour) -> Result<(), ChartError> {
        self.draw(&Circle::new(at, radius + 5, rgb(PAPER).filled()))?;
        self.draw(&Circle::new(at, radius, rgb(colour).filled()))
    }

    /// A dot without a rim, for marks that stand close.
    pub fn disc(&self, at: (i32, i32), radius: i32, colour: Colour) -> Result<(), ChartError> {
        self.draw(&Circle::new(at, radius, rgb(colour).filled()))
    }

    /// A triangle with a white rim that points up (`direction` −1) or down (1).
    pub fn triangle(&self, at: (i32, i32), radius: i32, direction: i32, colour: Colour) -> Result<(), ChartError> {
        let corners = |radius: i32| {
            let base = at.1 - direction * radius * 3 / 5;
            vec![(at.0, at.1 + direction * radius), (at.0 - radius, base), (at.0 + radius, base)]
        };
        self.draw(&Polygon::new(corners(radius + 6), rgb(PAPER).filled()))?;
        self.draw(&Polygon::new(corners(radius), rgb(colour).filled()))
    }

    /// An interval as a whisker between two points of a row or column, with a white rim so that it shows on a bar.
    pub fn whisker(&self, from: (i32, i32), to: (i32, i32), colour: Colour) -> Result<(), ChartError> {
        let cap =
            |(x, y): (i32, i32)| if from.1 == to.1 { [(x, y - 11), (x, y + 11)] } else { [(x - 11, y), (x + 11, y)] };
        for (colour, width) in [(PAPER, 10), (colour, 4)] {
            self.line(&[from, to], colour, width)?;
            self.line(&cap(from), colour, width)?;
            self.line(&cap(to), colour, width)?;
        }
        Ok(())
    }

    /// A centred text on a patch of paper, so that lines do not run through it.
    pub fn label(&self, at: (i32, i32), text: &str, kind: Type) -> Result<(), ChartError> {
        let (half_width, half_height) = (kind.width(text) / 2 + 6, (kind.size * UNITS_PER_POINT / 2.0).round_to_unit());
        self.bar((at.0 - half_width, at.1 - half_height), (at.0 + half_width, at.1 + half_height), PAPER)?;
        self.text(at, text, Type { align: HPos::Center, ..kind })
    }

    /// A text whose middle is at the height of `at`.
    pub fn text(&self, at: (i32, i32), text: &str, kind: Type) -> Result<(), ChartError> {
        let colour = rgb(kind.colour);
        let style = TextStyle::from(kind.font()).color(&colour).pos(Pos::new(kind.align, VPos::Center));
        self.draw(&Text::new(text.to_owned(), at, style))
    }

    fn draw<E>(&self, element: &E) -> Result<(), ChartError>
    where
        for<'e> &'e E: PointCollection<'e, (i32, i32)>,
        E: Drawable<SVGBackend<'a>>,
    {
        self.area.draw(element).map_err(|error| self.error(&error))
    }

    fn error(&self, error: &impl Display) -> ChartError {
        ChartError { name: self.name, reason: error.to_string() }
    }
}

const fn rgb(colour: Colour) -> RGBColor {
    RGBColor(colour.0, colour.1, colour.2)
}

/// Breaks a label into at most two lines of a width; what does not fit ends in "…".
pub(super) fn wrap(text: &str, width: i32, kind: Type) -> Vec<String> {
    let mut lines: Vec<String> = vec![String::new()];
    for word in text.split(' ') {
        let last = lines.len() - 1;
        let longer = if lines[last].is_empty() { word.to_owned() } else { format!("{} {word}", lines[last]) };
        if lines[last].is_empty() || last == 1 || kind.width(&longer) <= width {
            lines[last] = longer;
        } else {
            lines.push(word.to_owned());
        }
    }
    for line in &mut lines {
        shorten(line, width, kind);
    }
    lines
}

fn shorten(line: &mut String, width: i32, kind: Type) {
    if kind.width(line) <= width {
        return;
    }
    while kind.width(&format!("{line}…")) > width && line.pop().is_some() {}
    line.truncate(line.trim_end().len());
    line.push('…');
}
