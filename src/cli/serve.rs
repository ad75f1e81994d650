//! `suara serve`.

use std::sync::Arc;

use super::{CliError, Context, Outcome};
use crate::app::{App, open};
use crate::clock::RealClock;
use crate::config::{AddressFlags, EmbedFlags, StorageSettings};
use crate::web::{self, ServeOptions};

/// Serves the survey pages, the API and the published results until it is told to stop (SIGTERM); then it finishes
/// what it has accepted. Put it behind a proxy with HTTPS: docs/operations.md shows how.
#[derive(clap::Args)]
pub(crate) struct Serve {
    /// Address and port to listen on; port 0 takes a free one
    #[arg(long, value_name = "ADDR", env = "SUARA_LISTEN", default_value = "127.0.0.1:8080")]
    listen: String,
    /// Separate address for /metrics (Prometheus)
    #[arg(long, value_name = "ADDR", env = "SUARA_METRICS_LISTEN")]
    metrics_listen: Option<String>,
    #[command(flatten)]
    address: AddressFlags,
    #[command(flatten)]
    embed: EmbedFlags,
}

impl Serve {
    pub(crate) fn run(&self, context: &Context) -> Result<Outcome, CliError> {
        let options = ServeOptions {
            listen: self.listen.clone(),
            metrics_listen: self.metrics_listen.clone(),
            public_url: self.address.resolve(&context.file),
            embed_origins: self.embed.resolve(&context.file)?,
        };
        serve(&context.storage, &options)?;
        Ok(Outcome::Done)
    }
}

/// Serves this database until SIGTERM; waits up to 30 seconds for one that is not there yet.
pub(super) fn serve(storage: &StorageSettings, options: &ServeOptions) -> Result<(), CliError> {
    let database = open::database_when_there(storage)?;
    Ok(web::serve(App::start(database, Arc::new(RealClock))?, options)?)
}
