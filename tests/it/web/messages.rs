//! Every language says everything that is asked of it, and nothing else.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use suara_domain::element::Element;
use suara_domain::language::Language;
use suara_domain::respondent::{AgeBand, Disability, Education, Occupation, Sex, UNDER_17};

fn web() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src/web")
}

fn defined(language: Language) -> BTreeSet<String> {
    let source = language.messages();
    let messages = source.lines().filter(|line| line.starts_with(|first: char| first.is_ascii_alphabetic()));
    messages.map(|line| line.split_once(" =").unwrap().0.to_owned()).collect()
}

/// Every file below `folder`.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

fn used() -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    for path in files(&web()) {
        if path.extension().is_some_and(|extension| extension == "rs" || extension == "html") {
            let text = std::fs::read_to_string(&path).unwrap();
            for call in [".say(\"", ".with(\"", ".fill(\""] {
                let found = text.split(call).skip(1).filter_map(|rest| rest.split('"').next());
                keys.extend(found.map(ToOwned::to_owned));
            }
        }
    }
    let mut options = vec![("age_band", UNDER_17)];
    options.extend(Sex::ALL.iter().map(|sex| ("sex", sex.key())));
    options.extend(AgeBand::ALL.iter().map(|age| ("age_band", age.key())));
    options.extend(Education::ALL.iter().map(|education| ("education", education.key())));
    options.extend(Occupation::ALL.iter().map(|occupation| ("occupation", occupation.key())));
    options.extend(Disability::ALL.iter().map(|disability| ("disability", disability.key())));
    keys.extend(options.iter().map(|(field, value)| format!("{field}-{}", value.replace('+', "-plus"))));
    keys
}

/// The wording of the questionnaire, which languages without one in the instrument bring along.
fn questionnaire() -> BTreeSet<String> {
    let parts = ["name", "wording", "plain", "1", "2", "3", "4"];
    let of = |element: &Element| parts.map(|part| format!("question-{}-{part}", element.key()));
    Element::ALL.iter().flat_map(of).collect()
}

#[test]
fn every_language_defines_what_is_used() {
    let used = used();
    assert!(used.len() > 100);
    for language in Language::ALL {
        let in_the_instrument = [Language::Indonesian, Language::English].contains(language);
        let wanted: BTreeSet<String> =
            if in_the_instrument { used.clone() } else { used.union(&questionnaire()).cloned().collect() };
        let defined = defined(*language);
        let missing: Vec<_> = wanted.difference(&defined).collect();
        let unused: Vec<_> = defined.difference(&wanted).collect();
        assert!(missing.is_empty() && unused.is_empty(), "{language:?}: missing {missing:?}, unused {unused:?}");
    }
}
