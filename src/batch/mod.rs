//! The semester run: looks at what is missing and does it. It may be killed anywhere and started again, twice at once
//! or on two machines; the result is the same, once (DESIGN 2, "One semester, end to end").
//!
//! Three phases. [`figures`] closes, archives and computes each MPP; [`snapshot`] freezes the national comparison once, of
//! which [`national`] makes the national report; [`documents`] renders each MPP's charts, PDF, poster and workbook and puts the mails into the outbox.

mod documents;
mod event;
mod figures;
mod leases;
mod national;
mod report;
mod run;
mod snapshot;

use std::path::{Path, PathBuf};

use suara_domain::mpp::MppCode;
use suara_domain::period::Period;
use suara_reports::archive::Archive;
use suara_storage::Database;

pub use documents::{Kind, render_report};
pub use event::{BatchReport, Event};
pub use national::render_national;
pub use run::run;

use crate::clock::Clock;
use crate::config::MailSettings;

/// What the run works on.
pub struct Environment<'a> {
    pub(crate) database: &'a Database,
    pub(crate) data_dir: PathBuf,
    pub(crate) archive: Archive,
    pub(crate) mail: MailSettings,
    pub(crate) clock: &'a dyn Clock,
    /// Who holds the leases of this run.
    pub(crate) owner: String,
}

impl<'a> Environment<'a> {
    /// A run on this database and data folder.
    #[must_use]
    pub fn new(database: &'a Database, data_dir: &Path, mail: MailSettings, clock: &'a dyn Clock) -> Self {
        Self {
            database,
            data_dir: data_dir.to_owned(),
            archive: Archive::new(data_dir),
            mail,
            clock,
            owner: uuid::Uuid::new_v4().to_string(),
        }
    }
}

/// What to do.
#[derive(Clone, Debug)]
pub struct BatchRequest {
    /// Which periods.
    pub scope: BatchScope,
    /// Only these MPPs; empty for all.
    pub mpps: Vec<MppCode>,
    /// Whether the outbox is drained at the end.
    pub send_mail: bool,
    /// Compute and render what there is, marked SEMENTARA; close, archive and mail nothing.
    pub provisional: bool,
}

/// Which periods a run is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BatchScope {
    /// One period.
    Period(Period),
    /// Every period that ended at least this many days ago and is not done.
    Due(u32),
}
