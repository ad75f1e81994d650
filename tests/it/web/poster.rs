//! What a poster leads to.

use suara::app::poster::{PosterRequest, poster};
use suara_domain::mpp::MppCode;

use super::harness::Service;
use crate::poster::scan;

#[test]
fn every_code_of_a_poster_opens_the_survey() {
    let service = Service::start();
    let request = PosterRequest {
        mpp: MppCode::parse("kab-kampar").unwrap(),
        public_url: service.url.clone(),
        counters: Vec::new(),
    };
    let file = service.folder.path().join("poster.pdf");
    std::fs::write(&file, poster(&service.database, &request).unwrap()).unwrap();
    let counters = [None, Some("Loket 1"), Some("Loket 2"), None, None, Some("Loket 1"), Some("Loket 2")];
    let pages = scan(&file);
    assert_eq!(pages.len(), counters.len());
    for (codes, counter) in pages.iter().zip(counters) {
        for code in codes {
            let page = service.get(code.strip_prefix(&service.url).unwrap());
            assert_eq!((page.status, page.input("counter")), (200, counter), "{code}");
            assert_eq!(page.input("counter_code").is_some(), counter.is_some(), "{code}");
        }
    }
}
