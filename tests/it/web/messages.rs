//! Both languages say everything that is asked of them, and nothing else.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use suara_domain::respondent::{AgeBand, Disability, Education, Occupation, Sex, UNDER_17};

fn web() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src/web")
}

fn defined(language: &str) -> BTreeSet<String> {
    let source = std::fs::read_to_string(web().join(format!("messages/{language}.ftl"))).unwrap();
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

#[test]
fn keys_used_are_keys_defined_in_both_languages() {
    let (used, indonesian, english) = (used(), defined("id"), defined("en"));
    assert!(used.len() > 100);
    let missing = |defined: &BTreeSet<String>| used.difference(defined).cloned().collect::<Vec<_>>();
    let unused = |defined: &BTreeSet<String>| defined.difference(&used).cloned().collect::<Vec<_>>();
    assert_eq!((missing(&indonesian), missing(&english)), (Vec::<String>::new(), Vec::new()));
    assert_eq!((unused(&indonesian), unused(&english)), (Vec::<String>::new(), Vec::new()));
}
