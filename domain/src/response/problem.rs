//! What can be wrong with a field of a response: a closed list with stable codes.

/// What is wrong with one field.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {problem}")]
pub struct FieldError {
    /// Name of the field, that of the CSV column.
    pub field: &'static str,
    /// What is wrong.
    pub problem: FieldProblem,
}

/// The closed list of what can be wrong with a field.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FieldProblem {
    /// Nothing was given where something must be.
    #[error("is required")]
    Required,
    /// The element was not answered.
    #[error("has no answer: choose 1, 2, 3 or 4")]
    Unanswered,
    /// Not a score.
    #[error("\"{0}\" is not a score: it must be 1, 2, 3 or 4")]
    NotAScore(String),
    /// Not a UUID.
    #[error("\"{0}\" is not a UUID")]
    NotAUuid(String),
    /// Not an MPP code.
    #[error("\"{0}\" is not an MPP code")]
    NotACode(String),
    /// Not one of the options.
    #[error("\"{given}\" is not one of {options}")]
    NotAnOption {
        /// What was given.
        given: String,
        /// The keys there are.
        options: String,
    },
    /// Not a time with an offset.
    #[error("\"{0}\" is not a time with an offset, like 2026-03-02T09:15:00+07:00")]
    NotATime(String),
    /// Not a number of seconds.
    #[error("\"{0}\" is not a number of seconds")]
    NotSeconds(String),
    /// Text too long.
    #[error("has {length} characters, at most {limit} are possible")]
    TooLong {
        /// Characters given.
        length: usize,
        /// Characters possible.
        limit: usize,
    },
    /// The field came more than once.
    #[error("was given more than once")]
    Repeated,
    /// The time lies in the future.
    #[error("lies in the future")]
    InFuture,
    /// No such MPP.
    #[error("there is no MPP \"{0}\"")]
    UnknownMpp(String),
    /// The MPP has no such service.
    #[error("this MPP has no service \"{0}\"")]
    UnknownService(String),
    /// The period of the response is closed for this MPP.
    #[error("the period {0} of this MPP is closed")]
    PeriodClosed(String),
}

impl FieldProblem {
    /// Stable code for the API and the rejects file.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Required => "required",
            Self::Unanswered => "unanswered",
            Self::NotAScore(_) => "not_a_score",
            Self::NotAUuid(_) => "not_a_uuid",
            Self::NotACode(_) => "not_a_code",
            Self::NotAnOption { .. } => "not_an_option",
            Self::NotATime(_) => "not_a_time",
            Self::NotSeconds(_) => "not_seconds",
            Self::TooLong { .. } => "too_long",
            Self::Repeated => "repeated",
            Self::InFuture => "in_future",
            Self::UnknownMpp(_) => "unknown_mpp",
            Self::UnknownService(_) => "unknown_service",
            Self::PeriodClosed(_) => "period_closed",
        }
    }
}
