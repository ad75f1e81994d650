//! `suara demo`.

use std::path::PathBuf;

use super::{CliError, Outcome, output, progress, serve};
use crate::clock::RealClock;
use crate::demo;
use crate::web::ServeOptions;

/// A complete believable country of invented answers in one folder: every MPP of the embedded list, the last two ended
/// semesters computed, reported and mailed into files, the running one half full. Needs no network and no set-up.
#[derive(clap::Args)]
pub(crate) struct Demo {
    /// Address and port to listen on; port 0 takes a free one
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8080")]
    listen: String,
    /// Folder; a complete demo in it is used again, a foreign database refused
    #[arg(long, value_name = "DIR", default_value = "suara-demo")]
    dir: PathBuf,
    /// Builds the country and stops
    #[arg(long)]
    once: bool,
}

impl Demo {
    pub(crate) fn run(&self) -> Result<Outcome, CliError> {
        let mut bar: Option<indicatif::ProgressBar> = None;
        let storage = demo::prepare(&self.dir, &RealClock, &mut |step, done, total| {
            if bar.as_ref().is_none_or(|bar| bar.message() != step) {
                bar = Some(progress::bar(total, step));
            }
            if let Some(bar) = &bar {
                bar.set_position(done);
            }
        })?;
        drop(bar);
        let address = format!("http://{}", self.listen);
        for line in demo::guide(&storage, &address) {
            output::complain(&line);
        }
        if !self.once {
            let listen = self.listen.clone();
            serve::serve(
                &storage,
                &ServeOptions { listen, metrics_listen: None, public_url: address, embed_origins: Vec::new() },
            )?;
        }
        Ok(Outcome::Done)
    }
}
