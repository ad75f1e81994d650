//! The structure of the files as PDF/UA-1 and PDF/A-2a ask for it, read back from the files themselves. This is no
//! validator of either standard; it checks what readers with a screen reader would miss first.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use hayro_syntax::Pdf;
use hayro_syntax::object::{Array, Dict, Name, Object};
use suara_domain::language::Language;
use suara_reports::charts::Charts;
use suara_reports::document;

use crate::fixture;
use crate::national::country;
use crate::tools::{keep, poppler};

/// An element of the structure tree, with the attributes that are looked at.
struct Tag {
    /// `H1`, `Table` and so on.
    kind: String,
    alt: Option<String>,
    scope: Option<String>,
}

/// The only dictionary of a type.
fn of_type<'a>(file: &'a Pdf, kind: &str) -> Dict<'a> {
    let mut found = all_of_type(file, kind);
    assert_eq!(found.len(), 1, "{kind}");
    found.remove(0)
}

fn all_of_type<'a>(file: &'a Pdf, kind: &str) -> Vec<Dict<'a>> {
    let dicts = file.objects().into_iter().filter_map(Object::into_dict);
    dicts.filter(|dict| name(dict, "Type").as_deref() == Some(kind)).collect()
}

fn name(dict: &Dict, key: &str) -> Option<String> {
    dict.get::<Name>(key).map(|name| name.as_str().to_owned())
}

/// A text string: UTF-16 with a byte-order mark, else one byte a character.
fn text(dict: &Dict, key: &str) -> Option<String> {
    let string = dict.get::<Object>(key)?.into_string()?;
    let bytes = string.as_bytes();
    Some(match bytes.strip_prefix(&[0xfe, 0xff]) {
        Some(wide) => {
            let units: Vec<u16> = wide.chunks(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
            String::from_utf16(&units).unwrap()
        }
        None => bytes.iter().copied().map(char::from).collect(),
    })
}

/// The structure tree, depth first.
fn tags(file: &Pdf) -> Vec<Tag> {
    let mut tags = Vec::new();
    collect(of_type(file, "Catalog").get::<Dict>("StructTreeRoot").unwrap().get("K"), &mut tags);
    tags
}

fn collect(object: Option<Object>, tags: &mut Vec<Tag>) {
    match object {
        Some(Object::Array(children)) => children.iter::<Object>().for_each(|child| collect(Some(child), tags)),
        Some(Object::Dict(element)) if element.contains_key("S") => {
            let attributes = element.get::<Array>("A");
            let scope = attributes.and_then(|all| all.iter::<Dict>().find_map(|one| name(&one, "Scope")));
            tags.push(Tag { kind: name(&element, "S").unwrap(), alt: text(&element, "Alt"), scope });
            collect(element.get("K"), tags);
        }
        _ => {}
    }
}

/// The report of one semester in both languages, set once for all tests.
static SEMESTER: LazyLock<[Vec<u8>; 2]> = LazyLock::new(|| {
    let report = fixture::semester(412, 30);
    [Language::Indonesian, Language::English].map(|language| {
        let charts = Charts::draw(&report, language).unwrap();
        let bytes = document::semester(&report, &charts, language).unwrap();
        keep(&format!("structure-{}.pdf", language.key()), &bytes);
        bytes
    })
});

fn semester(language: Language) -> Pdf {
    Pdf::new(SEMESTER[usize::from(language == Language::English)].clone()).unwrap()
}

#[test]
fn the_file_says_that_it_is_tagged_and_in_which_language() {
    for language in [Language::Indonesian, Language::English] {
        let file = semester(language);
        let catalog = of_type(&file, "Catalog");
        assert_eq!(catalog.get::<Dict>("MarkInfo").unwrap().get::<bool>("Marked"), Some(true));
        assert_eq!(catalog.get::<Dict>("ViewerPreferences").unwrap().get::<bool>("DisplayDocTitle"), Some(true));
        let said = text(&catalog, "Lang").unwrap();
        assert!(said.starts_with(language.key()), "{said}");
        assert!(catalog.get::<Array>("OutputIntents").unwrap().iter::<Dict>().count() > 0);
        assert!(catalog.contains_key("Outlines"), "no bookmarks");
    }
}

#[test]
fn headings_go_down_one_step_at_a_time() {
    let tags = tags(&semester(Language::Indonesian));
    let level = |tag: &Tag| tag.kind.strip_prefix('H').and_then(|level| level.parse::<u32>().ok());
    let levels: Vec<u32> = tags.iter().filter_map(level).collect();
    assert_eq!(levels.first(), Some(&1));
    assert!(levels.iter().filter(|level| **level == 1).count() >= 12, "{levels:?}");
    for pair in levels.windows(2) {
        assert!(pair[1] <= pair[0] + 1, "{levels:?}");
    }
}

#[test]
fn every_figure_is_told_in_words() {
    let report = fixture::semester(412, 30);
    let charts = Charts::draw(&report, Language::Indonesian).unwrap();
    let tags = tags(&semester(Language::Indonesian));
    let figures: Vec<&Tag> = tags.iter().filter(|tag| tag.kind == "Figure").collect();
    assert!(figures.len() >= 6, "{}", figures.len());
    for figure in figures {
        let alt = figure.alt.as_deref().unwrap_or_default();
        assert!(charts.iter().any(|chart| chart.alt == alt), "{alt:?}");
    }
}

#[test]
fn tables_have_heads_that_name_their_columns() {
    let tags = tags(&semester(Language::Indonesian));
    let count = |kind: &str| tags.iter().filter(|tag| tag.kind == kind).count();
    assert!(count("Table") >= 10 && count("Table") == count("THead"), "{} {}", count("Table"), count("THead"));
    let heads: Vec<&Tag> = tags.iter().filter(|tag| tag.kind == "TH").collect();
    assert!(heads.len() >= 50);
    for head in heads {
        assert_eq!(head.scope.as_deref(), Some("Column"));
    }
    assert!(count("L") > 0 && count("LI") == count("LBody"));
    assert!(count("TOCI") >= 20);
}

#[test]
fn every_font_is_in_the_file() {
    let file = semester(Language::English);
    let mut embedded = BTreeSet::new();
    for font in all_of_type(&file, "FontDescriptor") {
        let family = name(&font, "FontName").unwrap();
        assert!(["FontFile", "FontFile2", "FontFile3"].iter().any(|key| font.contains_key(key)), "{family}");
        embedded.insert(family);
    }
    assert!(embedded.len() >= 3, "{embedded:?}");
}

#[test]
fn the_tabulator_follows_the_structure() {
    let file = semester(Language::Indonesian);
    let pages = all_of_type(&file, "Page");
    assert!(pages.len() > 10);
    for page in pages {
        assert_eq!(name(&page, "Tabs").as_deref(), Some("S"));
    }
}

#[test]
fn the_national_report_is_built_like_the_others() {
    let report = country::varied(60);
    for language in [Language::Indonesian, Language::English] {
        let charts = Charts::draw_national(&report, language).unwrap();
        let file = Pdf::new(document::national(&report, &charts, language).unwrap()).unwrap();
        assert!(text(&of_type(&file, "Catalog"), "Lang").unwrap().starts_with(language.key()));
        let tags = tags(&file);
        let levels: Vec<u32> = tags.iter().filter_map(|tag| tag.kind.strip_prefix('H')?.parse().ok()).collect();
        assert!(levels.iter().filter(|level| **level == 1).count() >= 10, "{levels:?}");
        assert!(levels.windows(2).all(|pair| pair[1] <= pair[0] + 1), "{levels:?}");
        let told: Vec<&str> =
            tags.iter().filter(|tag| tag.kind == "Figure").filter_map(|tag| tag.alt.as_deref()).collect();
        assert_eq!(told, charts.iter().map(|chart| chart.alt.as_str()).collect::<Vec<_>>());
        let heads = tags.iter().filter(|tag| tag.kind == "TH");
        assert!(heads.clone().count() > 50 && heads.clone().all(|head| head.scope.as_deref() == Some("Column")));
    }
}

#[test]
fn the_metadata_claim_both_standards() {
    let file = keep("structure.pdf", &{
        let report = fixture::semester(30, 3);
        document::semester(&report, &Charts::draw(&report, Language::English).unwrap(), Language::English).unwrap()
    });
    let metadata = poppler("pdfinfo", &["-meta"], &file);
    for claim in [
        "<pdfuaid:part>1</pdfuaid:part>",
        "<pdfaid:part>2</pdfaid:part>",
        "<pdfaid:conformance>A</pdfaid:conformance>",
        "<rdf:li>en",
    ] {
        assert!(metadata.contains(claim), "{claim} in {metadata}");
    }
}
