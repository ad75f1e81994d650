//! Honest traffic as a mall sees it: office hours with a busy morning, popular and quiet counters, people who click
//! all fours, families and groups, and comments of which many are the same few words.

use chrono::{DateTime, Utc};
use suara_domain::element::Answers;
use suara_domain::quality::{Flags, Observation};
use suara_domain::respondent::Mode;

use super::super::at;
use crate::random::{Random, whole};

/// Visitors by hour from 08.00 on.
const HOURS: [i64; 8] = [12, 20, 19, 13, 5, 11, 12, 8];

/// What many people write, with how often; long enough to be compared or not.
const COMMON: [(&str, i64); 14] = [
    ("Baik", 60),
    ("Sangat baik", 50),
    ("Bagus", 40),
    ("Terima kasih", 30),
    ("Pelayanan baik", 30),
    ("Pelayanan sangat baik", 25),
    ("Pelayanan sudah baik", 12),
    ("Pertahankan pelayanannya", 10),
    ("Petugasnya ramah", 10),
    ("Ditingkatkan lagi", 8),
    ("Pelayanan cepat dan ramah", 7),
    ("Semoga lebih baik lagi", 6),
    ("Sudah baik, pertahankan", 5),
    ("Tingkatkan terus pelayanannya", 5),
];
const BEGINNINGS: [&str; 8] =
    ["Antre", "Ruang tunggu", "Petugas loket", "Parkir", "Berkas", "Aplikasi antrean", "Informasi syarat", "Toilet"];
const MIDDLES: [&str; 8] = ["sudah", "agak", "kurang", "cukup", "sangat", "masih", "lebih", "tidak terlalu"];
const ENDS: [&str; 8] = ["lama", "rapi", "jelas", "nyaman", "jauh", "membantu", "sempit", "cepat daripada tahun lalu"];

/// One simulated response.
#[derive(Clone, Debug)]
pub struct Response {
    pub kind: &'static str,
    pub filled_at: DateTime<Utc>,
    pub counter: Option<String>,
    pub mode: Mode,
    pub answers: Answers,
    pub comment: Option<String>,
    pub duration_s: Option<i32>,
    pub offline_queue: bool,
}

impl Response {
    pub fn observation(&self) -> Observation<'_> {
        Observation {
            filled_at: self.filled_at,
            counter: self.counter.as_deref(),
            mode: self.mode,
            answers: self.answers,
            comment: self.comment.as_deref(),
            duration_s: self.duration_s,
            server_measured: self.duration_s.is_some(),
            offline_queue: self.offline_queue,
            stored: Flags::NONE,
        }
    }
}

/// How much honest traffic there is, and where.
#[derive(Clone, Copy)]
pub struct Mall {
    pub per_day: i64,
    pub counters: i64,
    /// Of a hundred responses so many name no counter: the QR code at the entrance.
    pub without_counter: i64,
}

impl Mall {
    pub const USUAL: Self = Self { per_day: 220, counters: 17, without_counter: 10 };

    pub const SHAPES: [(&str, Self); 5] = [
        ("honest: a small mall, 30 a day at 6 counters", Self { per_day: 30, counters: 6, without_counter: 10 }),
        ("honest: 220 a day at 17 counters", Self::USUAL),
        ("honest: 1 500 a day at 60 counters", Self { per_day: 1_500, counters: 60, without_counter: 10 }),
        ("honest: 8 000 a day at 265 counters", Self { per_day: 8_000, counters: 265, without_counter: 2 }),
        ("honest: 200 a day, all by the QR code at the entrance", Self::entrance(200)),
    ];

    /// Everybody scans the same code: one group whose busy hours are far above its mean, which is all the rule knows.
    pub const CROWDED: [(&str, Self); 2] = [
        ("honest: 500 a day, all by the QR code at the entrance", Self::entrance(500)),
        ("honest: 1 500 a day, all by the QR code at the entrance", Self::entrance(1_500)),
    ];

    const fn entrance(per_day: i64) -> Self {
        Self { per_day, counters: 1, without_counter: 100 }
    }

    /// Honest traffic of the open days, Monday to Friday.
    pub fn weeks(&self, weeks: i64, random: &mut Random) -> Vec<Response> {
        let mut responses = Vec::new();
        for day in (0..7 * weeks).filter(|day| day % 7 < 5) {
            for _ in 0..self.per_day * random.between(70, 130) / 100 {
                responses.push(self.visitor(day, random));
            }
            if random.percent(20) {
                self.group(day, random, &mut responses);
            }
        }
        responses
    }

    fn visitor(&self, day: i64, random: &mut Random) -> Response {
        let hour = 8 + i64::try_from(random.weighted(&HOURS)).unwrap();
        let counter = (!random.percent(self.without_counter)).then(|| self.popular(random));
        let response = phone(at(day, hour * 3_600 + random.between(0, 3_599)), counter, random);
        match random.between(0, 99) {
            0..75 => response,
            75..88 => Response { mode: Mode::Kiosk, ..response },
            88..94 => Response { mode: Mode::Assisted, ..response },
            94..97 => Response { offline_queue: true, ..response },
            // An officer types the day's paper in with one and the same time.
            _ => Response { mode: Mode::Paper, duration_s: None, filled_at: at(day, 43_200), ..response },
        }
    }

    /// Some counters have ten times the visitors of others.
    fn popular(&self, random: &mut Random) -> i64 {
        let share = random.share();
        whole(share * share * self.counters as f64)
    }

    /// A family or a school class that fills in together: up to a dozen in ten minutes.
    fn group(&self, day: i64, random: &mut Random, responses: &mut Vec<Response>) {
        let (start, counter) = (random.between(9, 14) * 3_600 + random.between(0, 3_000), self.popular(random));
        for _ in 0..random.between(4, 10) {
            let filled_at = at(day, start + random.between(0, 599));
            responses.push(phone(filled_at, Some(counter), random));
        }
    }
}

/// Somebody with a phone.
pub fn phone(filled_at: DateTime<Utc>, counter: Option<i64>, random: &mut Random) -> Response {
    // One of twenty only clicks; the others read. Medians of 20 and of 70 seconds.
    let (median, spread) = if random.percent(5) { (20.0, 0.35) } else { (70.0, 0.5) };
    let seconds = whole(median * libm::exp(spread * random.normal()));
    Response {
        kind: "honest",
        filled_at,
        counter: counter.map(|number| format!("Loket {number}")),
        mode: Mode::Web,
        answers: answers(random),
        comment: comment(random),
        duration_s: i32::try_from(seconds).ok(),
        offline_queue: false,
    }
}

/// A third all fours, a tenth all threes, the rest around the mood of the person.
fn answers(random: &mut Random) -> Answers {
    match random.between(0, 99) {
        0..35 => Answers::from_digits([4; 9]).unwrap(),
        35..45 => Answers::from_digits([3; 9]).unwrap(),
        _ => {
            let mood = [[1, 3, 10, 6], [0, 1, 8, 11], [2, 8, 8, 2]][random.weighted(&[5, 6, 2])];
            let mut score = || 1 + u8::try_from(random.weighted(&mood)).unwrap();
            Answers::from_digits(std::array::from_fn(|_| score())).unwrap()
        }
    }
}

/// One of five writes something; half of them what others write too.
fn comment(random: &mut Random) -> Option<String> {
    match random.between(0, 99) {
        0..10 => Some(COMMON[random.weighted(&COMMON.map(|(_, weight)| weight))].0.to_owned()),
        10..20 => {
            let (beginning, middle, end) = (random.pick(&BEGINNINGS), random.pick(&MIDDLES), random.pick(&ENDS));
            Some(format!("{beginning} {middle} {end}, tunggu {} menit", random.between(1, 90)))
        }
        _ => None,
    }
}
