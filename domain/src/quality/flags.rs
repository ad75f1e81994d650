//! The quality flags of a response as bits. A flag never refuses or removes a response.

use crate::keyed::keyed;

keyed! {
    /// Why a response may not be one person's honest answer.
    Flag {
        /// The device's clock could not be believed; the time of receipt was taken.
        Clock = "clock",
        /// Filled in faster than the questions can be read.
        TooFast = "too_fast",
        /// The same answers with the same comment, several times within an hour.
        Repetition = "repetition",
        /// Far more responses at one counter within ten minutes than it has people.
        Burst = "burst",
        /// Many responses from one device in one day.
        Device = "device",
    }
}

impl Flag {
    /// The bit that stands for it in databases and archives. Never reused for another meaning.
    #[must_use]
    pub const fn bit(self) -> u16 {
        match self {
            Self::Clock => 1,
            Self::TooFast => 2,
            Self::Repetition => 4,
            Self::Burst => 8,
            Self::Device => 16,
        }
    }
}

/// The quality flags of one response. Bits without a name are kept: another version may have set them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub struct Flags(u16);

impl Flags {
    /// No flag.
    pub const NONE: Self = Self(0);

    /// The flags that are known only when a response arrives, because what they rest on is not stored.
    pub const AT_RECEIPT: Self = Self(Flag::Clock.bit() | Flag::Device.bit());

    /// Flags from their bits.
    #[must_use]
    pub const fn from_bits(bits: u16) -> Self {
        Self(bits)
    }

    /// The bits.
    #[must_use]
    pub const fn bits(self) -> u16 {
        self.0
    }

    /// Whether there is no flag.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether this flag is set.
    #[must_use]
    pub const fn contains(self, flag: Flag) -> bool {
        self.0 & flag.bit() != 0
    }

    /// These flags and one more.
    #[must_use]
    pub const fn with(self, flag: Flag) -> Self {
        Self(self.0 | flag.bit())
    }

    /// Those of these flags that `other` has too.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// The flags that are set and have a name.
    pub fn iter(self) -> impl Iterator<Item = Flag> {
        Flag::ALL.iter().copied().filter(move |flag| self.contains(*flag))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_flag_has_a_bit_of_its_own() {
        let all = Flag::ALL.iter().fold(Flags::NONE, |flags, flag| {
            assert!(!flags.contains(*flag), "{flag:?}");
            flags.with(*flag)
        });
        assert_eq!(all.bits(), 0b1_1111);
        assert!(all.iter().eq(Flag::ALL.iter().copied()));
        assert!(Flags::default().is_empty() && !all.is_empty());
    }

    #[test]
    fn unknown_bits_survive() {
        let flags = Flags::from_bits(0x8001).with(Flag::Burst);
        assert_eq!((flags.bits(), flags.iter().collect::<Vec<_>>()), (0x8009, vec![Flag::Clock, Flag::Burst]));
        assert_eq!(flags.and(Flags::AT_RECEIPT).bits(), 1);
    }
}
