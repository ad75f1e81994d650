//! `suara token`.

use std::io::BufWriter;

use suara_domain::mpp::MppCode;

use super::{CliError, Context, Outcome, output};
use crate::app;
use crate::app::visits::{VisitOrder, Visits};
use crate::clock::{Clock, RealClock};
use crate::config::AddressFlags;

const EXAMPLES: &str = "\
A thousand tokens for the slips of a queue machine without a network, valid until a week from now:
  suara token issue --mpp kab-kampar --count 1000 --public-url https://suara.example.go.id > tokens.csv

The key with which a queue system asks for them one by one (POST /api/v1/visits):
  suara token key --mpp kab-kampar";

/// Visit tokens: one for every visitor who was served. A response that comes with an unused one counts as verified;
/// which token came with which response is not stored.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Token {
    #[command(subcommand)]
    command: TokenCommand,
}

#[derive(clap::Subcommand)]
enum TokenCommand {
    /// Gives out tokens and prints them: token, last valid day, address of the survey
    Issue(Issue),
    /// Prints the key of the MPP's queue system
    Key(Key),
}

#[derive(clap::Args)]
struct Issue {
    /// Code of the MPP
    #[arg(long, value_name = "CODE", value_parser = MppCode::parse)]
    mpp: MppCode,
    /// How many
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=100_000))]
    count: u32,
    /// The last day on which they are valid is so many days after today
    #[arg(long, value_name = "DAYS", default_value_t = 7, value_parser = clap::value_parser!(u32).range(1..=366))]
    days: u32,
    /// How to print them
    #[arg(long, value_enum, default_value_t = TokenFormat::Csv)]
    format: TokenFormat,
    #[command(flatten)]
    address: AddressFlags,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum TokenFormat {
    /// Comma-separated values with a header
    Csv,
}

#[derive(clap::Args)]
struct Key {
    /// Code of the MPP
    #[arg(long, value_name = "CODE", value_parser = MppCode::parse)]
    mpp: MppCode,
    /// Makes a new key; every former one stops working at once
    #[arg(long)]
    renew: bool,
}

impl Token {
    pub(crate) fn run(&self, context: &Context) -> Result<Outcome, CliError> {
        let database = app::open::database(&context.storage)?;
        match &self.command {
            TokenCommand::Issue(issue) => {
                let order = VisitOrder { count: issue.count, days: issue.days };
                let visits = app::visits::issue_visits(&database, &issue.mpp, order, RealClock.now())?;
                match issue.format {
                    TokenFormat::Csv => print_csv(&visits, &issue.address.resolve(&context.file))
                        .map_err(|error| CliError::new(format!("cannot write the tokens: {error}")))?,
                }
            }
            TokenCommand::Key(key) => output::say(&app::queue_key::queue_key(&database, &key.mpp, key.renew)?),
        }
        Ok(Outcome::Done)
    }
}

fn print_csv(visits: &Visits, public_url: &str) -> csv::Result<()> {
    let mut writer = csv::Writer::from_writer(BufWriter::new(std::io::stdout().lock()));
    let last_valid_day = visits.last_valid_day.to_string();
    writer.write_record(["token", "last_valid_day", "url"])?;
    for token in &visits.tokens {
        writer.write_record([&token.to_string(), &last_valid_day, &visits.address(public_url, token)])?;
    }
    Ok(writer.flush()?)
}
