//! Synthetic answers and profiles: always the same for the same seed.

use suara_domain::element::Answers;
use suara_domain::respondent::{AgeBand, Channel, Disability, Education, Mode, Occupation, Profile, Sex};
use uuid::{Builder, Uuid};

/// `SplitMix64`: small, fast and good enough to choose answers with.
#[derive(Clone)]
pub struct Random(u64);

impl Random {
    /// A generator whose numbers depend on `seed` alone.
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next 64 bits.
    pub fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `limit`.
    pub fn below(&mut self, limit: u64) -> u64 {
        self.bits() % limit
    }

    /// A place in a list of `length`.
    pub fn place(&mut self, length: usize) -> usize {
        usize::try_from(self.below(length as u64)).unwrap_or_default()
    }

    /// One of a list, or nothing with `percent_nothing` in a hundred.
    fn option<T: Copy>(&mut self, all: &[T], percent_nothing: u64) -> Option<T> {
        (self.below(100) >= percent_nothing).then(|| all[self.place(all.len())])
    }

    /// An identity that sorts by `milliseconds` since 1970.
    pub fn id(&mut self, milliseconds: u64) -> Uuid {
        let mut random = [0; 10];
        random[..8].copy_from_slice(&self.bits().to_le_bytes());
        random[8..].copy_from_slice(&self.bits().to_le_bytes()[..2]);
        Builder::from_unix_timestamp_millis(milliseconds, &random).into_uuid()
    }

    /// Nine scores, mostly 3 and 4, as in the field; each element depends on how content the person is.
    pub fn digits(&mut self) -> [u8; 9] {
        let mood = self.below(100);
        std::array::from_fn(|_| match mood.midpoint(self.below(100)) {
            0..=8 => 1,
            9..=20 => 2,
            21..=55 => 3,
            _ => 4,
        })
    }

    /// A mode; one response in ten was on paper.
    pub fn mode(&mut self) -> Mode {
        match self.below(10) {
            0 => Mode::Paper,
            1 | 2 => Mode::Kiosk,
            3 => Mode::Assisted,
            _ => Mode::Web,
        }
    }

    /// Answers; on paper each element is left out once in fifty times.
    pub fn answers(&mut self, mode: Mode) -> Answers {
        let mut digits = self.digits();
        if mode == Mode::Paper {
            for digit in digits.iter_mut().skip(1) {
                *digit *= u8::from(self.below(50) > 0);
            }
        }
        Answers::from_digits(digits).unwrap_or_default()
    }

    /// A channel, mostly said.
    pub fn channel(&mut self) -> Option<Channel> {
        self.option(Channel::ALL, 20)
    }

    /// A profile with a few gaps.
    pub fn profile(&mut self) -> Profile {
        Profile {
            sex: self.option(Sex::ALL, 5),
            age_band: self.option(AgeBand::ALL, 8),
            education: self.option(Education::ALL, 10),
            occupation: self.option(Occupation::ALL, 10),
            disability: self.option(Disability::ALL, 30),
        }
    }

    /// A comment, from one person in ten.
    pub fn comment(&mut self) -> Option<&'static str> {
        const COMMENTS: [&str; 4] = [
            "Pelayanan cepat dan ramah, terima kasih.",
            "Mohon kursi di ruang tunggu ditambah, terutama pada hari Senin pagi saat antrean panjang.",
            "Informasi persyaratan di papan berbeda dengan yang di situs web.",
            "Sudah baik. Pertahankan!",
        ];
        self.option(&COMMENTS, 90)
    }
}
