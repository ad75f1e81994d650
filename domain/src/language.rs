//! The languages of the pages. Adding one is a line here and the file it names; CONTRIBUTING says what goes into it.

use crate::keyed::keyed;

macro_rules! languages {
    ($($(#[$meta:meta])* $variant:ident = $key:literal, $file:literal;)+) => {
        keyed! {
            /// Language of the page that was answered. The database stores its place in this list: append, never
            /// reorder.
            Language {
                $($(#[$meta])* $variant = $key,)+
            }
        }

        impl Language {
            /// The messages of the pages, in Fluent's format.
            #[must_use]
            pub const fn messages(self) -> &'static str {
                match self {
                    $(Self::$variant => include_str!($file),)+
                }
            }
        }
    };
}

languages! {
    /// Bahasa Indonesia, the language of the law and of everything official.
    Indonesian = "id", "../../data/languages/id.ftl";
    /// English.
    English = "en", "../../data/languages/en.ftl";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn released_languages_keep_their_place() {
        assert!(Language::ALL.starts_with(&[Language::Indonesian, Language::English]));
    }

    #[test]
    fn every_language_has_its_own_messages() {
        for language in Language::ALL {
            assert!(language.messages().contains("\nsubmit = "), "{language:?}");
        }
    }
}
