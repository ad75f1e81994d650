//! Imports go one way: domain ← storage, reports; storage, reports, mail ← app ← web, cli, batch.

use super::tree::{names, rust, sources};

/// Names that code below a folder must not use.
struct Rule {
    folder: &'static str,
    forbidden: &'static [&'static str],
}

const RULES: &[Rule] = &[
    // Pure: no I/O, no clock, nothing of ours.
    Rule {
        folder: "domain/src",
        forbidden: &[
            "suara_storage",
            "suara_reports",
            "use suara",
            "diesel",
            "actix_web",
            "polars",
            "tokio",
            "tracing",
            "std::fs",
            "std::net",
            "std::env",
            "std::process",
            "SystemTime",
            "Instant",
            "Utc::now",
            "Local::now",
        ],
    },
    Rule {
        folder: "storage/src",
        forbidden: &["suara_reports", "use suara", "actix_web", "lettre", "polars", "typst"],
    },
    // No clock either: a document with the same input has the same bytes.
    Rule {
        folder: "reports/src",
        forbidden: &[
            "suara_storage",
            "use suara",
            "actix_web",
            "lettre",
            "diesel",
            "tokio",
            "std::net",
            "std::env",
            "SystemTime",
            "Instant",
            "Utc::now",
            "Local::now",
        ],
    },
    Rule {
        folder: "src/mail",
        forbidden: &[
            "suara_storage",
            "suara_reports",
            "crate::app",
            "crate::web",
            "crate::batch",
            "crate::cli",
            "crate::config",
        ],
    },
    // Made-up countries are files like anybody's.
    Rule { folder: "synth/src", forbidden: &["suara_storage", "suara_reports", "use suara", "diesel", "polars"] },
    Rule { folder: "src/app", forbidden: &["actix_web", "crate::web", "crate::cli", "crate::batch"] },
    Rule { folder: "src/config", forbidden: &["crate::app", "crate::web", "crate::cli", "crate::batch"] },
    // The web goes through app, always.
    Rule { folder: "src/web", forbidden: &["suara_storage", "suara_reports", "crate::batch", "crate::cli"] },
    Rule { folder: "src/batch", forbidden: &["actix_web", "crate::web", "crate::cli"] },
    Rule { folder: "src/cli", forbidden: &["suara_reports", "diesel"] },
];

/// Libraries that have one home: the only folders whose code may name them.
const HOMES: &[(&str, &str)] = &[
    ("diesel", "storage"),
    ("diesel_migrations", "storage"),
    ("libsqlite3_sys", "storage"),
    ("pq_sys", "storage"),
    ("polars", "reports"),
    ("plotters", "reports"),
    ("typst", "reports"),
    ("typst_pdf", "reports"),
    ("typst_layout", "reports"),
    ("typst_render", "reports"),
    ("comemo", "reports"),
    ("fast_qr", "reports"),
    ("rust_xlsxwriter", "reports"),
    ("actix_web", "src/web"),
    ("askama", "src"),
    ("lettre", "src/mail"),
];

#[test]
fn layers_import_downwards_only() {
    let mut broken = Vec::new();
    for rule in RULES {
        for source in rust(&[rule.folder]) {
            for (number, line) in source.code() {
                let found = rule.forbidden.iter().filter(|word| names(line, word));
                broken.extend(found.map(|word| format!("{}:{number} names {word}", source.path)));
            }
        }
    }
    assert!(broken.is_empty(), "imports against the direction:\n{}", broken.join("\n"));
}

#[test]
fn a_library_has_one_home() {
    let mut broken = Vec::new();
    for source in rust(&["src", "domain/src", "storage/src", "reports/src", "synth/src"]) {
        for (number, line) in source.code() {
            let uses = |word: &str| names(line, word) && line.contains(&format!("{word}::"));
            let strays = HOMES.iter().filter(|(word, home)| uses(word) && !source.path.starts_with(home));
            broken.extend(
                strays.map(|(word, home)| format!("{}:{number} names {word}, which lives in {home}", source.path)),
            );
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn time_and_environment_are_read_in_one_place_each() {
    let allowed = |path: &str| path == "src/clock.rs" || path.starts_with("src/config/");
    let mut broken = Vec::new();
    for source in sources("src").into_iter().filter(|source| source.is_rust() && !allowed(&source.path)) {
        for (number, line) in source.code() {
            let found =
                ["SystemTime::now", "Utc::now", "Local::now", "env::var"].into_iter().filter(|word| names(line, word));
            broken.extend(found.map(|word| format!("{}:{number} calls {word}", source.path)));
        }
    }
    assert!(broken.is_empty(), "time is an argument, settings come from config:\n{}", broken.join("\n"));
}
