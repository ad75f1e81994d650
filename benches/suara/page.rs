//! The survey page as the phones of a busy morning ask for it: its size, and how long it takes when so many ask in a
//! second, whatever the answers take. How it feels on a slow phone is measured in a browser (benches/page).

use std::fmt::Write;
use std::path::Path;
use std::process::Command;

use crate::child::{SUARA, Server};
use crate::figures::{Figures, Wanted};
use crate::{Context, Result, child, load};

const SECTION: &str = "page";
/// Services of the largest MPP that publishes them.
const SERVICES: usize = 265;
/// Requests per second.
const RATE: u32 = 1_000;
/// The first flight of a TCP connection, bytes: ten segments.
const FIRST_FLIGHT: f64 = 14_336.0;
const REQUEST: &[u8] = b"GET /s/kab-kampar HTTP/1.1\r\nhost: localhost\r\naccept-encoding: gzip\r\n\r\n";

/// Measures the page of an MPP with hundreds of services.
pub fn measure(context: &Context, figures: &mut Figures) -> Result<()> {
    let folder = context.work.join("page");
    std::fs::create_dir_all(&folder)?;
    let place = ["--database".to_owned(), format!("sqlite://{}", folder.join("suara.db").display())];
    let data = ["--data-dir".to_owned(), folder.join("data").display().to_string()];
    let place = [place, data].concat();
    register(&folder, &place)?;
    let mut command = Command::new(SUARA);
    let server = Server::start(command.args(["serve", "--listen", "127.0.0.1:0"]).args(&place), &folder.join("log"))?;

    load::pace(server.address, REQUEST, RATE, context.scale.warm_up)?;
    let answered = load::pace(server.address, REQUEST, RATE, context.scale.load)?;
    if answered.refused > 0 {
        return Err(format!("{} requests were refused", answered.refused).into());
    }
    let size = load::answer_to(server.address, REQUEST)?.len();
    figures
        .add(SECTION, format!("first visit, {SERVICES} services, head and body"), "bytes", size as f64)
        .wanted(Wanted::AtMost(FIRST_FLIGHT));
    let name = |what| format!("{RATE} requests/s: {what}");
    figures.add(SECTION, name("answered"), "/s", answered.rate());
    figures.add(SECTION, name("p50"), "ms", answered.latency_ms(500));
    figures.add(SECTION, name("p99"), "ms", answered.latency_ms(990)).wanted(Wanted::AtMost(5.0));
    drop(server);
    Ok(std::fs::remove_dir_all(&folder)?)
}

/// One MPP with its services, by the files an operator would use.
fn register(folder: &Path, place: &[String]) -> Result<()> {
    let mpp = "code,name,region_code\nkab-kampar,MPP Kabupaten Kampar,14.01\n".to_owned();
    let mut services = "mpp,agency,counter,service,service_name,channel,free\n".to_owned();
    for number in 1..=SERVICES {
        let counter = number % 17 + 1;
        writeln!(services, "kab-kampar,Instansi {counter},L{counter},S{number},Layanan Nomor {number},direct,no")?;
    }
    for (kind, csv) in [("mpp", mpp), ("services", services)] {
        let file = folder.join("import.csv");
        std::fs::write(&file, csv)?;
        child::output(Command::new(SUARA).args(["import", kind]).arg(&file).args(place))?;
    }
    Ok(())
}
