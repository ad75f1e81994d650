//! Identities of rows that other rows point to. They are local to one database; files and the API use codes and names.

macro_rules! ids {
    ($($(#[$meta:meta])* $name:ident,)+) => {$(
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub i32);
    )+};
}

ids! {
    /// An MPP.
    MppId,
    /// An agency of an MPP.
    AgencyId,
    /// A counter of an agency.
    CounterId,
    /// A service of an MPP.
    ServiceId,
    /// A stored questionnaire.
    InstrumentId,
}
