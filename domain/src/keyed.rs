//! Closed lists of options that have a stable key in files, the API and the database.

/// Defines an enum whose variants have fixed keys, with `ALL`, `key` and `from_key`.
macro_rules! keyed {
    ($(#[$meta:meta])* $name:ident { $($(#[$variant_meta:meta])* $variant:ident = $key:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $($(#[$variant_meta])* $variant,)+
        }

        impl $name {
            /// Every option, in the order it is shown.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The stable key.
            #[must_use]
            pub const fn key(self) -> &'static str {
                match self {
                    $(Self::$variant => $key,)+
                }
            }

            /// The option with this key.
            #[must_use]
            pub fn from_key(key: &str) -> Option<Self> {
                match key {
                    $($key => Some(Self::$variant),)+
                    _ => None,
                }
            }
        }
    };
}

pub(crate) use keyed;
