//! A believable semester, the same in every run.

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike, Days, NaiveDate, Utc, Weekday};
use suara_domain::change::Verdict;
use suara_domain::cluster::Clustered;
use suara_domain::element::{Answers, ELEMENTS, Element};
use suara_domain::fixed::Fixed;
use suara_domain::instrument::Instrument;
use suara_domain::mpp::MppCode;
use suara_domain::period::{Period, TimeZone, monday};
use suara_domain::quality::{EqualAnswers, Hurry};
use suara_domain::reliability::{FOLDS, fold_key};
use suara_domain::respondent::{AgeBand, Channel, Disability, Education, Mode, Occupation, Sex};
use suara_domain::suppression::Crossing;
use suara_domain::tally::Tally;
use suara_domain::tally_set::{Dimension, TallySet};
use suara_domain::topics::Topics;
use suara_reports::report::{
    Comments, Edition, FollowUp, Former, FormerResult, FormerRevision, Mpp, National, NationalIndex, Quality,
    SemesterReport, Service, Status,
};

const HASH: &str = "9f2c7d61e0b84a3355aa10cf77e2d9b1c4f0837265be1d09ae6f4412c8d35e7b";

/// The semester of a mall with `n` responses spread over `services` services.
pub fn semester(n: u64, services: usize) -> SemesterReport {
    let period = Period::parse("2026-S1").unwrap();
    let services = service_list(services);
    let (tallies, days, crossing) = tallies(period, &respondents(n), &services);
    let former = tallies_of_former(period.previous(), n, &services);
    SemesterReport {
        mpp: mall(),
        period,
        instrument: Instrument::standard().clone(),
        edition: Edition {
            status: Status::Final,
            revision: 2,
            reason: Some("rencana tindak lanjut dilengkapi".to_owned()),
            former: vec![FormerRevision { revision: 1, generated_at: instant("2026-07-14T17:05:00Z"), reason: None }],
            generated_at: instant("2026-07-20T03:00:00Z"),
            manifest_sha256: Some(HASH.to_owned()),
        },
        tallies,
        crossing,
        days,
        former: Some(former),
        population: Some(12_480),
        services,
        history: history(),
        follow_up: plan(),
        former_follow_up: former_plan(),
        comments: Comments {
            total: n / 6,
            excerpts: vec![
                "Petugasnya ramah sekali, tetapi antrean di loket Disdukcapil masih panjang pada hari Senin."
                    .to_owned(),
                "Tolong ditambah kursi dan kipas angin di ruang tunggu. Terima kasih 🙏".to_owned(),
                "Alhamdulillah الحمد لله semua urusan selesai dalam satu hari.".to_owned(),
            ],
        },
        topics: Some(Topics::of(written(n / 6).iter().copied())),
        clusters: Some(Clustered { clusters: 118, se: 0.41, deff: 1.24 }),
        verdict: Some(Verdict::TidakBerubahNyata),
        national: Some(National {
            mpps: 296,
            n: 214_903,
            index: NationalIndex::Exact { pooled: Fixed::from_units(8_834), mean: Fixed::from_units(8_791) },
            tally: Some(nation()),
            equal: EqualAnswers::default(),
            snapshot: "2026-S1/1".to_owned(),
        }),
        quality: Quality {
            too_fast: 4,
            timed: n,
            hurry: Hurry { measured: n / 2, hasty: n / 60 },
            repeated: 3,
            device: 2,
            clock: 1,
            late: 6,
            withdrawn: 2,
            ..Quality::default()
        },
    }
}

/// `count` comments, the same few again and again.
fn written(count: u64) -> Vec<&'static str> {
    let comments = [
        "Petugasnya ramah sekali, tetapi antrean di loket Disdukcapil masih panjang pada hari Senin.",
        "Tolong ditambah kursi dan kipas angin di ruang tunggu. Terima kasih 🙏",
        "Menunggu KTP dari jam 8 baru selesai jam 1 siang.",
        "Parkirannya sempit, susah kalau bawa mobil.",
        "Petugas ramah dan sabar menjelaskan.",
        "Antreannya lama sekali, mohon ditambah loket.",
        "Toiletnya kotor dan airnya tidak jalan.",
        "Prosesnya cepat, tidak berbelit-belit.",
        "Syaratnya kurang jelas, saya bolak-balik dua kali.",
        "Ruang tunggu panas, kursinya kurang.",
        "Sudah lapor keluhan tetapi tidak ada tanggapan.",
        "Pelayanan memuaskan.",
    ];
    comments.into_iter().cycle().take(usize::try_from(count).unwrap()).collect()
}

fn mall() -> Mpp {
    Mpp {
        code: MppCode::parse("kab-kampar").unwrap(),
        name: "MPP Kabupaten Kampar".to_owned(),
        brand: Some("Serambi Kampar".to_owned()),
        region: "Kabupaten Kampar".to_owned(),
        province: "Riau".to_owned(),
        address: Some("Jalan H. R. Soebrantas, Bangkinang Kota".to_owned()),
        organiser: Some("Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu Kabupaten Kampar".to_owned()),
        surveyor: None,
        signatory: None,
        signatory_title: Some("Kepala DPMPTSP Kabupaten Kampar".to_owned()),
        time_zone: TimeZone::Jakarta,
    }
}

pub fn instant(text: &str) -> DateTime<Utc> {
    DateTime::parse_from_rfc3339(text).unwrap().to_utc()
}

const AGENCIES: [&str; 6] = [
    "Dinas Kependudukan dan Pencatatan Sipil",
    "Kepolisian Resor Kampar",
    "BPJS Kesehatan",
    "Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu",
    "Kantor Pertanahan (ATR/BPN)",
    "Bank Riau Kepri Syariah",
];

const SERVICES: [&str; 8] = [
    "Penerbitan Kartu Tanda Penduduk Elektronik",
    "Kartu Keluarga",
    "Surat Keterangan Catatan Kepolisian (SKCK)",
    "Pendaftaran Peserta Baru Jaminan Kesehatan Nasional bagi Pekerja Bukan Penerima Upah",
    "Nomor Induk Berusaha (NIB)",
    "Pengecekan Sertipikat Tanah",
    "Akta Kelahiran",
    "Pembayaran Pajak Bumi dan Bangunan",
];

fn service_list(count: usize) -> Vec<Service> {
    let service = |place: usize| Service {
        code: format!("lay-{:03}", place + 1),
        name: match place / SERVICES.len() {
            0 => SERVICES[place % SERVICES.len()].to_owned(),
            round => format!("{} ({})", SERVICES[place % SERVICES.len()], round + 1),
        },
        agency: AGENCIES[place % AGENCIES.len()].to_owned(),
        channel: Some(Channel::Direct),
        visitors: (place % 5 != 4).then_some(40 + 7 * place as u64),
    };
    (0..count).map(service).collect()
}

/// Multiplicative generator: small, deterministic, good enough to scatter a fixture.
pub struct Dice(pub u64);

impl Dice {
    pub fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }

    /// One of the options, the earlier ones more often.
    pub fn pick<'a, T>(&mut self, options: &'a [T]) -> &'a T {
        let count = options.len() as u64;
        let place = self.roll(count).min(self.roll(count));
        &options[usize::try_from(place).unwrap()]
    }
}

/// The nine digits of every response, in the order they were "given".
pub fn respondents(n: u64) -> Vec<[u8; 9]> {
    let mut dice = Dice(2026);
    (0..n).map(|_| digits(&mut dice)).collect()
}

fn digits(dice: &mut Dice) -> [u8; 9] {
    let low = [14, 22, 30, 3, 12, 8, 6, 26, 34];
    let mood = dice.roll(100);
    Element::ALL.map(|element| match dice.roll(100) {
        roll if element == Element::Pengaduan && roll >= 97 => 0,
        roll if roll < low[element.index()] / 3 => 1 + u8::from(mood > 20),
        roll if roll < low[element.index()] + mood / 2 => 3,
        _ => 4,
    })
}

/// A semester before with slightly fewer and other respondents.
fn tallies_of_former(period: Period, n: u64, services: &[Service]) -> Former {
    let others: Vec<[u8; 9]> = respondents(2 * n).into_iter().skip(usize::try_from(n + n / 30).unwrap()).collect();
    Former { period, tallies: tallies(period, &others, services).0 }
}

/// A country of some 215 000 responses.
fn nation() -> Tally {
    let mut tally = Tally::default();
    for digits in respondents(700).into_iter().skip(100) {
        tally.add(&Answers::from_digits(digits).unwrap(), 358);
    }
    tally
}

/// A day on which malls are open: hardly ever a Saturday, never a Sunday.
fn opened(day: NaiveDate, place: usize) -> NaiveDate {
    match day.weekday() {
        Weekday::Sun => day + Days::new(1),
        Weekday::Sat if !place.is_multiple_of(4) => day - Days::new(1),
        _ => day,
    }
}

type Counted = (TallySet, BTreeMap<NaiveDate, u64>, Crossing);

fn tallies(period: Period, respondents: &[[u8; 9]], services: &[Service]) -> Counted {
    let (mut set, mut days, mut crossing) = Counted::default();
    let mut dice = Dice(7);
    for (place, digits) in respondents.iter().enumerate() {
        let answers = Answers::from_digits(*digits).unwrap();
        let service = (!services.is_empty() && dice.roll(20) > 0).then(|| dice.pick(services));
        let day = opened(period.first_day() + Days::new(dice.roll(178)), place);
        *days.entry(day).or_default() += 1;
        let said = |dice: &mut Dice| dice.roll(12) > 0;
        let keys = [
            (Dimension::Total, ""),
            (Dimension::Service, service.map_or("", |service| service.code.as_str())),
            (Dimension::Agency, service.map_or("", |service| service.agency.as_str())),
            (Dimension::Channel, dice.pick(Channel::ALL).key()),
            (Dimension::CaseMix, if place % 4 == 0 { "direct/paid" } else { "direct/free" }),
            (Dimension::Mode, dice.pick(Mode::ALL).key()),
            (Dimension::Sex, if said(&mut dice) { dice.pick(Sex::ALL).key() } else { "" }),
            (Dimension::AgeBand, if said(&mut dice) { dice.pick(AgeBand::ALL).key() } else { "" }),
            (Dimension::Education, if said(&mut dice) { dice.pick(Education::ALL).key() } else { "" }),
            (Dimension::Occupation, if said(&mut dice) { dice.pick(Occupation::ALL).key() } else { "" }),
            (Dimension::Disability, if said(&mut dice) && dice.roll(9) == 0 { Disability::Yes.key() } else { "tidak" }),
            (Dimension::Verified, if dice.roll(3) == 0 { "yes" } else { "no" }),
            (Dimension::Week, &monday(day).to_string()),
        ];
        crossing.add([keys[2].1, keys[1].1, keys[3].1], 1);
        for (dimension, key) in keys {
            set.entry(dimension, key).add(&answers, 1);
        }
        if answers.answered() == ELEMENTS {
            set.entry(Dimension::Complete, "").add(&answers, 1);
            let fold = u8::try_from(place % usize::from(FOLDS)).unwrap();
            set.entry(Dimension::Fold, &fold_key(fold)).add(&answers, 1);
        }
        if place % 45 != 44 {
            set.entry(Dimension::Unflagged, "").add(&answers, 1);
        }
    }
    (set, days, crossing)
}

fn history() -> Vec<FormerResult> {
    let former = |period: &str, units, n, interval, rule: &str, weight: &str| FormerResult {
        period: Period::parse(period).unwrap(),
        ikm: Fixed::from_units(units),
        n,
        interval,
        rule_version: rule.to_owned(),
        weight_version: weight.to_owned(),
        instrument: rule.to_owned(),
    };
    let rule = "permenpanrb-14-2017";
    vec![
        former("2024-S1", 8_012, None, None, rule, "0.11"),
        former("2024-S2", 8_155, Some(201), None, rule, "0.11"),
        former("2025-S1", 8_640, Some(388), Some((85.1, 87.6)), rule, "1/k"),
        former("2025-S2", 8_722, Some(402), Some((86.0, 88.3)), rule, "1/k"),
    ]
}

fn plan() -> Vec<FollowUp> {
    let step = |element, step: &str, owner: &str, due: (i32, u32, u32)| FollowUp {
        element,
        step: step.to_owned(),
        owner: Some(owner.to_owned()),
        due_on: NaiveDate::from_ymd_opt(due.0, due.1, due.2),
        status: None,
        evidence: None,
    };
    vec![
        step(
            Element::Pengaduan,
            "Memasang papan alur pengaduan di setiap lantai dan menjawab setiap pengaduan paling lama tiga hari kerja",
            "Kepala Bidang Pengaduan",
            (2026, 9, 30),
        ),
        step(
            Element::Sarana,
            "Menambah 40 kursi tunggu dan satu unit penyejuk udara",
            "Sekretaris DPMPTSP",
            (2026, 12, 15),
        ),
        step(Element::Waktu, "Membuka loket kedua Disdukcapil pada hari Senin", "Koordinator MPP", (2026, 8, 31)),
    ]
}

fn former_plan() -> Vec<FollowUp> {
    vec![
        FollowUp {
            element: Element::Sarana,
            step: "Menyediakan ruang laktasi".to_owned(),
            owner: Some("Sekretaris DPMPTSP".to_owned()),
            due_on: NaiveDate::from_ymd_opt(2026, 3, 31),
            status: Some("selesai".to_owned()),
            evidence: Some("Foto dan berita acara serah terima 12 Maret 2026".to_owned()),
        },
        FollowUp {
            element: Element::Waktu,
            step: "Antrean daring untuk layanan SKCK".to_owned(),
            owner: None,
            due_on: None,
            status: Some("berjalan".to_owned()),
            evidence: None,
        },
    ]
}
