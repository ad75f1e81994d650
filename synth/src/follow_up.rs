//! What malls promised after the former semester, and what they scored before they used Suara.

use chrono::{Days, NaiveDate};
use suara_domain::element::Element;
use suara_domain::period::Period;

use crate::mall::Mall;
use crate::rng::Rng;

/// A step of a follow-up plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FollowUp {
    /// The period whose result it answers.
    pub period: Period,
    /// The element it is to better.
    pub element: Element,
    /// What is done.
    pub step: &'static str,
    /// By whom.
    pub owner: String,
    /// Until when.
    pub due_on: NaiveDate,
    /// How far it is.
    pub status: &'static str,
    /// What shows it.
    pub evidence: &'static str,
}

/// A result from before Suara.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PastResult {
    /// The period.
    pub period: Period,
    /// The published index, two decimals.
    pub ikm: String,
    /// Respondents.
    pub n: u64,
    /// Rule of its time.
    pub rule: &'static str,
    /// Weight it was computed with.
    pub weight: &'static str,
}

const STEPS: [(Element, &str, &str); 8] = [
    (Element::Waktu, "Menambah satu loket pada hari Senin dan Selasa", "Foto loket tambahan dan jadwal petugas"),
    (Element::Waktu, "Menampilkan perkiraan waktu tunggu di layar antrean", "Foto layar antrean"),
    (
        Element::Pengaduan,
        "Menunjuk petugas pengaduan dan membalas dalam tiga hari kerja",
        "SK petugas dan rekap pengaduan",
    ),
    (Element::Pengaduan, "Mengumumkan tindak lanjut saran setiap bulan", "Foto papan pengumuman"),
    (Element::Prosedur, "Memasang papan alur bergambar di pintu masuk", "Foto papan alur"),
    (
        Element::Persyaratan,
        "Menempel daftar persyaratan dan mengirimkannya lewat pesan singkat",
        "Contoh daftar persyaratan",
    ),
    (Element::Sarana, "Membangun jalan landai dan menambah 20 kursi tunggu", "Foto dan berita acara"),
    (Element::Kompetensi, "Pelatihan aplikasi bagi petugas baru", "Daftar hadir dan sertifikat"),
];

impl Mall {
    /// The plan that answers the result of a period.
    #[must_use]
    pub fn follow_ups(&self, period: Period) -> Vec<FollowUp> {
        let mut rng = Rng::of(self.seed, &["follow-up", self.code.as_str(), &period.to_string()]);
        let first = rng.below(STEPS.len());
        (0..3)
            .map(|place| {
                let (element, step, evidence) = STEPS[(first + place * 3) % STEPS.len()];
                let (status, evidence) = match rng.weighted(&[50, 30, 20]) {
                    0 => ("selesai", evidence),
                    1 => ("berjalan", ""),
                    _ => ("rencana", ""),
                };
                let due_on = period.next().first_day() + Days::new(rng.between(30, 170));
                FollowUp { period, element, step, owner: self.organiser.clone(), due_on, status, evidence }
            })
            .collect()
    }

    /// Published results of the two periods before `period`, of those malls that were surveyed then.
    #[must_use]
    pub fn history(&self, period: Period) -> Vec<PastResult> {
        let mut rng = Rng::of(self.seed, &["history", self.code.as_str(), &period.to_string()]);
        if !rng.per_mille(700) {
            return Vec::new();
        }
        let mut results = Vec::new();
        let mut of = period.previous();
        for _ in 0..2 {
            let hundredths = rng.between(7_700, 9_300);
            let ikm = format!("{}.{:02}", hundredths / 100, hundredths % 100);
            let weight = if rng.per_mille(700) { "1/9" } else { "0.11" };
            results.push(PastResult { period: of, ikm, n: rng.between(60, 420), rule: "permenpanrb-14-2017", weight });
            of = of.previous();
        }
        results.reverse();
        results
    }
}
