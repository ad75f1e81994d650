//! One sheet that is filled row by row, and the formats of its cells.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Formula, Workbook, Worksheet, XlsxError};

use crate::design::{HAIRLINE, MUTED, SAND, TEAL};
use crate::fonts::printable;

/// How a cell looks.
#[derive(Clone, Copy)]
pub(super) enum Look {
    /// Text.
    Text,
    /// A whole number.
    Count,
    /// Two decimals, an index.
    Index,
    /// Three decimals, an NRR.
    Nrr,
    /// Four decimals, a standard error or a probability.
    Statistic,
    /// A share in percent.
    Share,
}

/// The formats, made once per workbook.
pub(super) struct Formats {
    title: Format,
    head: Format,
    strong: Format,
    note: Format,
    plain: [Format; 6],
    /// For texts that a spreadsheet would take for a formula if somebody edited the cell.
    quoted: Format,
}

impl Formats {
    pub fn new() -> Self {
        let number = |code: &str| Format::new().set_num_format(code).set_align(FormatAlign::Top);
        let colour = |colour: crate::design::Colour| {
            Color::RGB(u32::from(colour.0) << 16 | u32::from(colour.1) << 8 | u32::from(colour.2))
        };
        let text = Format::new().set_align(FormatAlign::Top).set_text_wrap();
        Self {
            title: Format::new().set_bold().set_font_size(14).set_font_color(colour(TEAL)),
            head: Format::new()
                .set_bold()
                .set_text_wrap()
                .set_align(FormatAlign::Top)
                .set_background_color(colour(SAND))
                .set_border_bottom(FormatBorder::Thin)
                .set_border_bottom_color(colour(HAIRLINE)),
            strong: text.clone().set_bold(),
            note: Format::new().set_italic().set_font_color(colour(MUTED)),
            quoted: text.clone().set_quote_prefix(),
            plain: [text, number("#,##0"), number("0.00"), number("0.000"), number("0.0000"), number("0%")],
        }
    }

    fn of(&self, look: Look) -> &Format {
        &self.plain[look as usize]
    }
}

/// A value of a cell.
pub(super) enum Value {
    /// Nothing.
    Empty,
    /// Text; never a formula, whatever it begins with.
    Text(String),
    /// Bold text.
    Strong(&'static str),
    /// A number and how it looks.
    Number(f64, Look),
    /// A formula with the value it has now; without a value the cell stays empty (programs that do not compute would
    /// show 0).
    Formula(String, String, Look),
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

/// A count.
impl From<u64> for Value {
    fn from(count: u64) -> Self {
        Self::Number(count as f64, Look::Count)
    }
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Empty, Into::into)
    }
}

impl Value {
    /// A number that may be missing.
    pub fn number(value: Option<f64>, look: Look) -> Self {
        value.map_or(Self::Empty, |value| Self::Number(value, look))
    }
}

/// A sheet that is filled from the top.
pub(super) struct Sheet<'a> {
    worksheet: &'a mut Worksheet,
    formats: &'a Formats,
    row: u32,
}

impl<'a> Sheet<'a> {
    /// A new sheet at the end of the workbook.
    pub fn add(workbook: &'a mut Workbook, formats: &'a Formats, name: &str) -> Result<Self, XlsxError> {
        let worksheet = workbook.add_worksheet();
        worksheet.set_name(name)?.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
        Ok(Self { worksheet, formats, row: 0 })
    }

    /// Widths of the first columns, in characters.
    pub fn widths(&mut self, widths: &[u16]) -> Result<(), XlsxError> {
        for (column, width) in (0..).zip(widths) {
            self.worksheet.set_column_width(column, *width)?;
        }
        Ok(())
    }

    /// A title and a blank row.
    pub fn title(&mut self, title: &str) -> Result<(), XlsxError> {
        self.worksheet.write_string_with_format(self.row, 0, printable(title), &self.formats.title)?;
        self.row += 2;
        Ok(())
    }

    /// The head of a table; rows down to it stay in view if it is the first.
    pub fn head(&mut self, names: &[&str]) -> Result<(), XlsxError> {
        for (column, name) in (0..).zip(names) {
            self.worksheet.write_string_with_format(self.row, column, *name, &self.formats.head)?;
        }
        self.row += 1;
        Ok(())
    }

    /// Keeps the rows written so far in view and repeats the last of them on printed pages.
    pub fn freeze(&mut self) -> Result<(), XlsxError> {
        self.worksheet.set_freeze_panes(self.row, 0)?.set_repeat_rows(self.row - 1, self.row - 1)?;
        Ok(())
    }

    /// A remark in the first column.
    pub fn note(&mut self, text: &str) -> Result<(), XlsxError> {
        self.worksheet.write_string_with_format(self.row, 0, text, &self.formats.note)?;
        self.row += 1;
        Ok(())
    }

    /// An empty row.
    pub const fn skip(&mut self) {
        self.row += 1;
    }

    /// The number of the next row as spreadsheets count, from 1.
    pub const fn next_row(&self) -> u32 {
        self.row + 1
    }

    /// One row of cells.
    pub fn row<const N: usize>(&mut self, values: [Value; N]) -> Result<(), XlsxError> {
        for (column, value) in (0..).zip(values) {
            self.cell(column, value)?;
        }
        self.row += 1;
        Ok(())
    }

    /// A row of a respondent: its number and the scores, empty where not answered.
    pub fn scores(&mut self, number: u32, digits: &[u8; 9]) -> Result<(), XlsxError> {
        self.worksheet.write_number(self.row, 0, number)?;
        for (column, digit) in (1..).zip(digits) {
            if *digit > 0 {
                self.worksheet.write_number(self.row, column, *digit)?;
            }
        }
        self.row += 1;
        Ok(())
    }

    fn cell(&mut self, column: u16, value: Value) -> Result<(), XlsxError> {
        match value {
            Value::Empty => {}
            Value::Text(text) => {
                let text = printable(&text);
                let risky = text.starts_with(['=', '+', '-', '@']);
                let format = if risky { &self.formats.quoted } else { self.formats.of(Look::Text) };
                self.worksheet.write_string_with_format(self.row, column, text, format)?;
            }
            Value::Strong(text) => {
                self.worksheet.write_string_with_format(self.row, column, text, &self.formats.strong)?;
            }
            Value::Number(number, look) => {
                self.worksheet.write_number_with_format(self.row, column, number, self.formats.of(look))?;
            }
            Value::Formula(_, result, _) if result.is_empty() => {}
            Value::Formula(formula, result, look) => {
                let formula = Formula::new(formula).set_result(result);
                self.worksheet.write_formula_with_format(self.row, column, formula, self.formats.of(look))?;
            }
        }
        Ok(())
    }
}
