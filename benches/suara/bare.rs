//! The reference of the ingest: the same web server, sending the same bytes as the real one would, without having read,
//! checked or stored anything.

use std::io::Write;
use std::path::PathBuf;

use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_LENGTH, DATE, HeaderName, HeaderValue};
use actix_web::web::{self, Bytes, Data};
use actix_web::{App, HttpResponse, HttpServer};

use crate::Result;

/// Serves one canned answer.
#[derive(clap::Args)]
pub struct Bare {
    /// A file with an answer of the real server, head and body
    #[arg(long)]
    answer: PathBuf,
}

struct Canned {
    status: StatusCode,
    headers: Vec<(HeaderName, HeaderValue)>,
    body: Bytes,
}

impl Bare {
    /// Listens on a free port until it is told to stop; as many workers as processors, like the real server.
    pub fn serve(&self) -> Result<()> {
        let canned = Data::new(Canned::parse(&std::fs::read(&self.answer)?)?);
        actix_web::rt::System::new().block_on(async move {
            let server = HttpServer::new(move || {
                App::new().app_data(canned.clone()).route("/api/v1/responses", web::post().to(answer))
            })
            .bind("127.0.0.1:0")?;
            let address = server.addrs().first().copied().ok_or("no address")?;
            let mut stdout = std::io::stdout();
            writeln!(stdout, "listening on http://{address}")?;
            stdout.flush()?;
            Ok(server.run().await?)
        })
    }
}

/// The body is read, as it must be before the next request, and forgotten.
async fn answer(_body: Bytes, canned: Data<Canned>) -> HttpResponse {
    let mut response = HttpResponse::build(canned.status);
    for (name, value) in &canned.headers {
        response.insert_header((name.clone(), value.clone()));
    }
    response.body(canned.body.clone())
}

impl Canned {
    fn parse(bytes: &[u8]) -> Result<Self> {
        let end = bytes.windows(4).position(|window| window == b"\r\n\r\n").ok_or("the answer has no head")?;
        let head = std::str::from_utf8(&bytes[..end])?;
        let mut lines = head.split("\r\n");
        let status = lines.next().and_then(|line| line.split(' ').nth(1)).ok_or("the answer has no status")?;
        let mut headers = Vec::new();
        for (name, value) in lines.filter_map(|line| line.split_once(':')) {
            let name = HeaderName::try_from(name)?;
            // These two the server writes itself.
            if name != CONTENT_LENGTH && name != DATE {
                headers.push((name, HeaderValue::from_str(value.trim())?));
            }
        }
        Ok(Self {
            status: StatusCode::from_bytes(status.as_bytes())?,
            headers,
            body: Bytes::copy_from_slice(&bytes[end + 4..]),
        })
    }
}
