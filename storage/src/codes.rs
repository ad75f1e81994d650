//! The numbers under which closed lists are stored. A number, once released, keeps its meaning for ever; a new option
//! gets a new number, which the exhaustive match here enforces.

use suara_domain::language::Language;
use suara_domain::respondent::{AgeBand, Channel, Disability, Education, Mode, Occupation, Sex};

use crate::error::StorageError;

/// An option of a closed list with its stored number.
pub(crate) trait Code: Sized {
    /// The number in the database.
    fn code(self) -> i16;

    /// The option with this number.
    fn from_code(code: i16) -> Result<Self, StorageError>;
}

/// The option behind a nullable column.
pub(crate) fn optional<T: Code>(code: Option<i16>) -> Result<Option<T>, StorageError> {
    code.map(T::from_code).transpose()
}

macro_rules! codes {
    ($($name:ident { $($variant:ident = $code:literal),+ $(,)? })+) => {$(
        impl $crate::codes::Code for $name {
            fn code(self) -> i16 {
                match self {
                    $(Self::$variant => $code,)+
                }
            }

            fn from_code(code: i16) -> Result<Self, $crate::error::StorageError> {
                match code {
                    $($code => Ok(Self::$variant),)+
                    _ => Err($crate::error::StorageError::corrupt(stringify!($name), code)),
                }
            }
        }
    )+};
}

pub(crate) use codes;

/// Languages are numbered by their place in the list, to which one only appends.
impl Code for Language {
    fn code(self) -> i16 {
        let place = Self::ALL.iter().position(|language| *language == self).unwrap_or_default();
        i16::try_from(place + 1).unwrap_or(i16::MAX)
    }

    fn from_code(code: i16) -> Result<Self, StorageError> {
        let place = usize::try_from(code).ok().and_then(|code| code.checked_sub(1));
        let language: Option<&Self> = place.and_then(|place| Self::ALL.get(place));
        language.copied().ok_or_else(|| StorageError::corrupt("Language", code))
    }
}

codes! {
    Channel { Direct = 1, Mobile = 2, SelfService = 3, Electronic = 4 }
    Mode { Web = 1, Kiosk = 2, Assisted = 3, Paper = 4 }
    Sex { Male = 1, Female = 2 }
    AgeBand { From17 = 1, From25 = 2, From35 = 3, From45 = 4, From55 = 5, From65 = 6 }
    Education { None = 1, Sd = 2, Smp = 3, Sma = 4, Diploma = 5, S1 = 6, S2 = 7, S3 = 8 }
    Occupation {
        Pns = 1, Tni = 2, Polri = 3, Swasta = 4, Wirausaha = 5, Pelajar = 6, PetaniNelayan = 7, RumahTangga = 8, Lainnya = 9,
    }
    Disability { Yes = 1, No = 2 }
}
