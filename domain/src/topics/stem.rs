//! Takes the affixes off an Indonesian word until a known root is left.
//!
//! The order is that of Nazief and Adriani (1996): particles and possessives, then the suffixes that make words, then
//! prefixes with the letter they have swallowed, with a look into the list of roots after each step and a way back if
//! it leads nowhere. The list holds the roots that matter here and no others. Therefore a word is either brought to a
//! root that is meant, or left alone: "kursi" cannot lose its last letter, as it does under rules without a list.
//! Colloquial affixes (bantuin, ngantri, nunggu) and the regional possessives follow the same path.

/// Prefixes in front of each other at most: di-per-, me-m-per-, ke-ter-.
const LAYERS: usize = 3;
/// A root that is left by taking off a prefix has so many letters at least.
const SHORTEST_ROOT: usize = 3;
/// The same for particles and possessives: "wifinya", "hpku".
const SHORTEST_BASE: usize = 2;

const PARTICLES: [&str; 4] = ["lah", "kah", "tah", "pun"];
/// Standard, then hurried ("pelayananya", "petugasx"), Betawi, Minang and Palembang, Sundanese, Javanese.
const POSSESSIVES: [&str; 11] = ["nya", "ku", "mu", "ya", "ny", "x", "nye", "nyo", "na", "ne", "e"];
/// The shortest first: "desakan" holds "desak" before it holds "desa". "In" is colloquial.
const SUFFIXES: [&str; 4] = ["i", "an", "in", "kan"];

/// Prefixes, the longest first, and what may have stood in place of their last sound.
const PREFIXES: [(&str, &[&str]); 26] = [
    ("menge", &[""]),
    ("penge", &[""]),
    ("meng", &["", "k"]),
    ("peng", &["", "k"]),
    ("meny", &["s"]),
    ("peny", &["s"]),
    ("men", &["", "t"]),
    ("pen", &["", "t"]),
    ("mem", &["", "p"]),
    ("pem", &["", "p"]),
    ("ber", &[""]),
    ("ter", &[""]),
    ("per", &[""]),
    ("nge", &[""]),
    ("me", &[""]),
    ("pe", &[""]),
    ("be", &[""]),
    ("te", &[""]),
    ("di", &[""]),
    ("ke", &[""]),
    ("se", &[""]),
    ("ng", &["", "k"]),
    ("ny", &["s", "c"]),
    ("n", &["t", ""]),
    ("m", &["p", ""]),
    ("k", &[""]),
];

/// The root of a word, which `roots` knows; `None` if no way leads to one.
pub(super) fn root(word: &str, roots: impl Fn(&str) -> Option<&'static str>) -> Option<&'static str> {
    bases(word).into_iter().find_map(|base| roots(base).or_else(|| without_prefixes(base, &roots)))
}

/// The word and what is left of it without its endings, the most complete first.
fn bases(word: &str) -> Vec<&str> {
    let mut bases = vec![word];
    for endings in [PARTICLES.as_slice(), &POSSESSIVES] {
        let shorter: Vec<&str> = bases.iter().flat_map(|base| without(base, endings, SHORTEST_BASE)).collect();
        bases.extend(shorter);
    }
    let shorter: Vec<&str> = bases.iter().flat_map(|base| without(base, &SUFFIXES, SHORTEST_ROOT)).collect();
    bases.extend(shorter);
    bases
}

fn without<'a>(word: &'a str, endings: &[&str], shortest: usize) -> Vec<&'a str> {
    endings.iter().filter_map(|ending| word.strip_suffix(ending)).filter(|base| base.len() >= shortest).collect()
}

/// Layer by layer, and within one the form that has lost least: "memudahkan" holds "mudah" before it holds "udah".
fn without_prefixes(base: &str, roots: &impl Fn(&str) -> Option<&'static str>) -> Option<&'static str> {
    let mut layer = vec![base.to_owned()];
    for _ in 0..LAYERS {
        let mut next: Vec<String> = layer.iter().flat_map(|word| openings(word)).collect();
        next.sort_by_key(|word| std::cmp::Reverse(word.len()));
        next.dedup();
        if let Some(root) = next.iter().find_map(|word| roots(word)) {
            return Some(root);
        }
        layer = next;
    }
    None
}

/// What a word may have been before one prefix.
fn openings(word: &str) -> Vec<String> {
    let mut openings = Vec::new();
    for (prefix, swallowed) in PREFIXES {
        let Some(rest) = word.strip_prefix(prefix) else { continue };
        let restored = swallowed.iter().map(|letter| format!("{letter}{rest}"));
        openings
            .extend(restored.filter(|root| root.len() >= SHORTEST_ROOT && root.starts_with(|c: char| c.is_ascii())));
    }
    openings
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROOTS: [&str; 24] = [
        "layan", "tunggu", "bersih", "antre", "antri", "petugas", "kursi", "mudah", "udah", "ramah", "adu", "tunjuk",
        "cek", "ac", "syarat", "sapu", "bantu", "sedia", "kecil", "nilai", "parkir", "kunci", "tanya", "bayar",
    ];

    fn stem(word: &str) -> Option<&'static str> {
        root(word, |form| ROOTS.into_iter().find(|root| *root == form))
    }

    #[test]
    fn words_that_are_known_to_be_difficult() {
        for (root, words) in [
            ("layan", "pelayanan melayani dilayani terlayani pelayanannya pelayananya pelayananx layanan pelayananlah"),
            ("tunggu", "menunggu ditunggu penungguan nunggu tungguin menunggunya nungguin"),
            ("bersih", "kebersihan membersihkan dibersihkan bersihnya pembersih"),
            ("antri", "antrian mengantri ngantri antriannya mengantrikan"),
            ("antre", "antrean mengantre"),
            ("petugas", "petugasnya petugas petugasku petugase petugasna petugasnyo"),
            ("mudah", "memudahkan dipermudah kemudahan mempermudah"),
            ("ramah", "keramahan seramah keramahannya"),
            ("adu", "pengaduan mengadu aduan diadukan"),
            ("tunjuk", "petunjuk menunjukkan penunjuk"),
            ("cek", "mengecek ngecek dicek pengecekan"),
            ("ac", "acnya ac"),
            ("syarat", "persyaratan mensyaratkan syaratnya persyaratannya"),
            ("bantu", "membantu bantuin dibantuin pembantu bantuannya"),
            ("sedia", "menyediakan penyediaan disediakan tersedia"),
            ("tanya", "menanyakan nanya pertanyaan bertanya"),
            ("bayar", "pembayaran mbayar dibayarkan"),
        ] {
            for word in words.split(' ') {
                assert_eq!(stem(word), Some(root), "{word}");
            }
        }
    }

    #[test]
    fn what_only_looks_like_an_affix_stays() {
        for word in ["kursi", "nilai", "kunci", "kecil"] {
            assert_eq!(stem(word), Some(word));
        }
        for word in ["pelayaran", "sekursus", "penyapa", "antariksa", "", "a", "e", "nya", "é", "ñandú", "面"] {
            assert_eq!(stem(word), None, "{word}");
        }
    }
}
