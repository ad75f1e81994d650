//! The nine elements (unsur) of the survey, their scores, and one respondent's answers.
//!
//! Elements are identified by key, never by number: the law's definition list and its questionnaire number the last
//! two differently (U8 and U9 are swapped), so a position says nothing.

use std::fmt;

/// How many elements the survey has (`PermenPANRB` 14/2017).
pub const ELEMENTS: usize = 9;

/// One of the nine elements, in the order of the official questionnaire.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Element {
    /// Requirements of the service.
    Persyaratan,
    /// System, mechanism and procedure.
    Prosedur,
    /// Time to completion.
    Waktu,
    /// Cost or tariff.
    Biaya,
    /// Product specification of the service.
    Produk,
    /// Competence of the staff.
    Kompetensi,
    /// Conduct of the staff.
    Perilaku,
    /// Facilities and infrastructure.
    Sarana,
    /// Handling of complaints, suggestions and input.
    Pengaduan,
}

impl Element {
    /// All elements in the order of the official questionnaire.
    pub const ALL: [Self; ELEMENTS] = [
        Self::Persyaratan,
        Self::Prosedur,
        Self::Waktu,
        Self::Biaya,
        Self::Produk,
        Self::Kompetensi,
        Self::Perilaku,
        Self::Sarana,
        Self::Pengaduan,
    ];

    /// The stable key used in files, databases and the API.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Persyaratan => "persyaratan",
            Self::Prosedur => "prosedur",
            Self::Waktu => "waktu",
            Self::Biaya => "biaya",
            Self::Produk => "produk",
            Self::Kompetensi => "kompetensi",
            Self::Perilaku => "perilaku",
            Self::Sarana => "sarana",
            Self::Pengaduan => "pengaduan",
        }
    }

    /// The element with this key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|element| element.key() == key)
    }

    /// Position in the questionnaire, 0 to 8. An index into arrays, never an identity.
    #[must_use]
    pub const fn index(self) -> usize {
        self as usize
    }
}

impl fmt::Display for Element {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.key())
    }
}

/// A score on the four-point scale of the questionnaire: 1 (worst) to 4 (best).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Score(u8);

impl Score {
    /// All four scores, ascending.
    pub const ALL: [Self; 4] = [Self(1), Self(2), Self(3), Self(4)];

    /// A score from its number; `None` outside 1 to 4.
    #[must_use]
    pub const fn new(value: u8) -> Option<Self> {
        if value >= 1 && value <= 4 { Some(Self(value)) } else { None }
    }

    /// The number, 1 to 4.
    #[must_use]
    pub const fn get(self) -> u8 {
        self.0
    }
}

/// One respondent's answers, indexed by [`Element::index`]. An unanswered element is `None`, never 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Answers([Option<Score>; ELEMENTS]);

impl Answers {
    /// Answers from an array in questionnaire order.
    #[must_use]
    pub const fn new(scores: [Option<Score>; ELEMENTS]) -> Self {
        Self(scores)
    }

    /// The answer to one element.
    #[must_use]
    pub const fn get(&self, element: Element) -> Option<Score> {
        self.0[element.index()]
    }

    /// The scores in questionnaire order, 0 where an element was not answered.
    #[must_use]
    pub fn digits(&self) -> [u8; ELEMENTS] {
        self.0.map(|score| score.map_or(0, Score::get))
    }

    /// Answers from scores in questionnaire order, 0 for unanswered; `None` if a digit is above 4.
    #[must_use]
    pub fn from_digits(digits: [u8; ELEMENTS]) -> Option<Self> {
        let mut scores = [None; ELEMENTS];
        for (score, digit) in scores.iter_mut().zip(digits) {
            *score = match digit {
                0 => None,
                digit => Some(Score::new(digit)?),
            };
        }
        Some(Self(scores))
    }

    /// The answers as one number: nine base-8 digits, the first element the highest. Equal answers, equal number;
    /// this is what the batch groups by.
    #[must_use]
    pub fn vector(&self) -> u32 {
        self.digits().iter().fold(0, |vector, digit| vector * 8 + u32::from(*digit))
    }

    /// The inverse of [`Answers::vector`]; `None` if a digit is above 4 or there are more than nine digits.
    #[must_use]
    pub fn from_vector(vector: u32) -> Option<Self> {
        if vector >> (3 * ELEMENTS) != 0 {
            return None;
        }
        let mut digits = [0; ELEMENTS];
        for (place, digit) in digits.iter_mut().rev().enumerate() {
            *digit = u8::try_from(vector >> (3 * place) & 7).unwrap_or(7);
        }
        Self::from_digits(digits)
    }

    /// How many elements were answered.
    #[must_use]
    pub fn answered(&self) -> usize {
        self.0.iter().flatten().count()
    }

    /// The elements without an answer, in questionnaire order.
    pub fn missing(&self) -> impl Iterator<Item = Element> + '_ {
        Element::ALL.into_iter().filter(|element| self.get(*element).is_none())
    }

    /// Sets one answer.
    pub const fn set(&mut self, element: Element, score: Score) {
        self.0[element.index()] = Some(score);
    }
}
