//! `suara report`.

use std::path::PathBuf;

use suara_domain::language::Language;
use suara_domain::mpp::MppCode;
use suara_domain::period::Period;

use super::{CliError, Context, Outcome, output};
use crate::app::{self, AppError};
use crate::batch::Kind;
use crate::clock::RealClock;
use crate::config::{MailFlags, MailSettings};

/// Renders the semester report of one MPP as PDF, the publication of its index, or the national report: the frozen figures
/// of a closed period, or the present ones marked SEMENTARA.
#[derive(clap::Args)]
pub(crate) struct Report {
    /// Code of the MPP
    #[arg(long, value_name = "CODE", value_parser = MppCode::parse, required_unless_present = "national")]
    mpp: Option<MppCode>,
    /// The national report
    #[arg(long, conflicts_with_all = ["mpp", "poster"])]
    national: bool,
    /// Period, like 2026-S1
    #[arg(long, value_name = "P", value_parser = Period::parse)]
    period: Period,
    /// File to write; with --poster one that ends in .png is a picture for social media
    #[arg(long, value_name = "FILE.pdf")]
    out: PathBuf,
    /// The publication of the index (publikasi IKM) instead of the report
    #[arg(long)]
    poster: bool,
    /// Language: id, the official one, or en
    #[arg(long, value_name = "id|en", default_value = "id", value_parser = language)]
    language: Language,
    #[command(flatten)]
    mail: MailFlags,
}

impl Report {
    pub(crate) fn run(&self, context: &Context) -> Result<Outcome, CliError> {
        let kind = self.kind()?;
        let database = app::open::database(&context.storage)?;
        let mail = MailSettings::resolve(&self.mail, &context.file);
        let environment = crate::batch::Environment::new(&database, &context.storage.data_dir, mail, &RealClock);
        let bytes = match &self.mpp {
            Some(mpp) => crate::batch::render_report(&environment, mpp, self.period, kind, self.language)?,
            None => crate::batch::render_national(&environment, self.period, self.language)?,
        };
        app::files::write_to(&self.out, |file| file.write_all(&bytes).map_err(AppError::output))?;
        output::say(&self.out.display().to_string());
        Ok(Outcome::Done)
    }

    fn kind(&self) -> Result<Kind, CliError> {
        let picture = self.out.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("png"));
        match (self.poster, picture) {
            (false, true) => Err(CliError::new("the report is a PDF; a picture is made with --poster")),
            (false, false) => Ok(Kind::Report),
            (true, false) => Ok(Kind::Poster),
            (true, true) => Ok(Kind::Picture),
        }
    }
}

/// A language that documents are written in; pages may speak more.
fn language(key: &str) -> Result<Language, String> {
    match Language::from_key(key) {
        Some(language @ (Language::Indonesian | Language::English)) => Ok(language),
        _ => Err("documents are written in id or en".to_owned()),
    }
}
