//! What became of a row that was brought into line.

/// What became of a row that was to be as given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Upserted {
    /// It was not there and is now.
    Inserted,
    /// It was there with other values.
    Updated,
    /// It was there just so.
    Unchanged,
}

impl Upserted {
    /// Compares what is there with what shall be.
    pub(crate) fn compare<T: PartialEq>(there: Option<&T>, wanted: &T) -> Self {
        match there {
            None => Self::Inserted,
            Some(there) if there == wanted => Self::Unchanged,
            Some(_) => Self::Updated,
        }
    }
}
