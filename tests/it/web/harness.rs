//! A running service with two MPPs, and a client that follows no redirects.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::thread::JoinHandle;

use chrono::{DateTime, Utc};
use suara::app::App;
use suara::app::import::{ImportKind, Importer};
use suara::clock::FixedClock;
use suara::web::{ServeOptions, Server};
use suara_storage::Database;
use tempfile::TempDir;
use tokio::sync::oneshot;
use ureq::http::Response;
use ureq::{Agent, Body};

/// The instant at which every test happens: a Monday morning in Pekanbaru.
pub const NOW: &str = "2026-03-02T02:15:00Z";

const MPPS: &str = "code,name,region_code\n\
    kab-kampar,MPP Kabupaten Kampar,14.01\n\
    kab-konawe,\"MPP <b>Konawe</b> & \"\"Sultra\"\"\",74.02\n";

const SERVICES: &str = "mpp,agency,counter,service,service_name,channel,free\n\
    kab-kampar,Disdukcapil,Loket 1,ktp,KTP elektronik,direct,yes\n\
    kab-kampar,Disdukcapil,Loket 2,kk,Kartu Keluarga,direct,yes\n\
    kab-kampar,Kantor Pertanahan,Loket 2,tanah,\"Sertifikat <tanah> & \"\"bangunan\"\"\",direct,no\n\
    kab-konawe,Imigrasi,Loket 9,paspor,Paspor,mobile,no\n";

pub struct Service {
    pub url: String,
    pub metrics_url: String,
    pub database: Database,
    pub clock: Arc<FixedClock>,
    pub folder: TempDir,
    agent: Agent,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<std::io::Result<()>>>,
}

impl Service {
    pub fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::open(&format!("sqlite://{}", folder.path().join("suara.db").display())).unwrap();
        database.migrate().unwrap();
        import(&database, folder.path(), ImportKind::Mpp, MPPS);
        import(&database, folder.path(), ImportKind::Services, SERVICES);
        Self::on(database, folder)
    }

    fn on(database: Database, folder: TempDir) -> Self {
        let clock = Arc::new(FixedClock::new(instant(NOW)));
        let app = App::start(database.clone(), clock.clone()).unwrap();
        let any = "127.0.0.1:0".to_owned();
        let public_url = "https://suara.example.go.id".to_owned();
        let embed_origins = vec!["https://mpp.example.go.id".to_owned()];
        let options = ServeOptions { listen: any.clone(), metrics_listen: Some(any), public_url, embed_origins };
        let server = Server::bind(app, &options).unwrap();
        let url = format!("http://{}", server.address().unwrap());
        let metrics_url = format!("http://{}/metrics", server.metrics_address().unwrap().unwrap());
        let (stop, stopped) = oneshot::channel();
        let thread = std::thread::spawn(move || server.run(async move { drop(stopped.await) }));
        let agent = Agent::config_builder().http_status_as_error(false).max_redirects(0).build().into();
        Self { url, metrics_url, database, clock, folder, agent, stop: Some(stop), thread: Some(thread) }
    }

    pub fn get(&self, path: &str) -> Answer {
        Answer::of(self.agent.get(format!("{}{path}", self.url)).call().unwrap())
    }

    pub fn get_with(&self, path: &str, header: (&str, &str)) -> Answer {
        Answer::of(self.agent.get(format!("{}{path}", self.url)).header(header.0, header.1).call().unwrap())
    }

    pub fn head(&self, path: &str) -> Answer {
        Answer::of(self.agent.head(format!("{}{path}", self.url)).call().unwrap())
    }

    /// Posts a form.
    pub fn post(&self, path: &str, form: &Form) -> Answer {
        self.send(path, "application/x-www-form-urlencoded", form.encoded().as_bytes())
    }

    pub fn send(&self, path: &str, content_type: &str, body: &[u8]) -> Answer {
        self.send_with(path, &[("content-type", content_type)], body)
    }

    pub fn send_with(&self, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Answer {
        let request = self.agent.post(format!("{}{path}", self.url));
        let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
        Answer::of(request.send(body).unwrap())
    }

    pub fn send_json(&self, body: &serde_json::Value) -> Answer {
        self.send("/api/v1/responses", "application/json", body.to_string().as_bytes())
    }

    pub fn metrics(&self) -> String {
        self.agent.get(&self.metrics_url).call().unwrap().into_body().read_to_string().unwrap()
    }

    pub fn import(&self, kind: ImportKind, csv: &str) {
        import(&self.database, self.folder.path(), kind, csv);
    }

    /// Every stored response of an MPP and period: id, and its columns as they are exported.
    pub fn stored(&self, period: &str) -> Vec<BTreeMap<String, String>> {
        stored(&self.database, period)
    }

    /// Ends the service and says how it ended.
    pub fn stop(mut self) -> std::io::Result<()> {
        self.end()
    }

    fn end(&mut self) -> std::io::Result<()> {
        drop(self.stop.take());
        self.thread.take().map_or(Ok(()), |thread| thread.join().unwrap())
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        let _ended = self.end();
    }
}

fn import(database: &Database, folder: &Path, kind: ImportKind, csv: &str) {
    let path = folder.join("import.csv");
    std::fs::write(&path, csv).unwrap();
    let importer = Importer { database, now: instant(NOW) };
    let mut rejected = |reject: &suara::app::import::Reject| panic!("{reject:?}");
    importer.import(kind, &path, &mut rejected, &mut |_| {}).unwrap();
}

fn stored(database: &Database, period: &str) -> Vec<BTreeMap<String, String>> {
    use suara_domain::period::Period;
    use suara_storage::responses::{Filter, State, for_each};
    let mut filter = Filter::accepted(Period::parse(period).unwrap());
    filter.states = vec![State::Accepted, State::Late];
    let mut rows = Vec::new();
    database
        .read(|connection| {
            for_each(connection, &filter, |row| {
                let digits: String = row.answers.digits().iter().map(ToString::to_string).collect();
                let mut columns = BTreeMap::new();
                let mut put = |name: &str, value: String| columns.insert(name.to_owned(), value);
                put("id", row.id.to_string());
                put("answers", digits);
                put("service", row.service.as_deref().unwrap_or_default().to_owned());
                put("counter", row.counter.as_deref().unwrap_or_default().to_owned());
                put("comment", row.comment.clone().unwrap_or_default());
                put("filled_at", row.filled_at.to_rfc3339());
                put("flags", row.flags.to_string());
                put("verified", (if row.verified { "yes" } else { "no" }).to_owned());
                put("counter_signed", (if row.counter_signed { "yes" } else { "no" }).to_owned());
                put("mode", row.mode.key().to_owned());
                put("state", format!("{:?}", row.state));
                put("duration_s", row.duration_s.map(|seconds| seconds.to_string()).unwrap_or_default());
                put("language", row.language.map_or("", suara_domain::language::Language::key).to_owned());
                rows.push(columns);
                Ok(())
            })
        })
        .unwrap();
    rows
}

pub fn instant(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// A response of the service, read whole.
pub struct Answer {
    pub status: u16,
    headers: BTreeMap<String, String>,
    pub body: String,
}

impl Answer {
    fn of(response: Response<Body>) -> Self {
        let status = response.status().as_u16();
        let text = |value: &ureq::http::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
        let headers = response.headers().iter().map(|(name, value)| (name.to_string(), text(value))).collect();
        let bytes = response.into_body().read_to_vec().unwrap();
        Self { status, headers, body: String::from_utf8_lossy(&bytes).into_owned() }
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }

    pub fn has(&self, text: &str) -> bool {
        self.body.contains(text)
    }

    /// The value of the first hidden or text input of this name.
    pub fn input(&self, name: &str) -> Option<&str> {
        let start = self.body.find(&format!("name=\"{name}\" value=\""))?;
        let value = &self.body[start..];
        value.split('"').nth(3)
    }
}

/// The fields of a form, in order.
#[derive(Clone, Default)]
pub struct Form(Vec<(String, String)>);

impl Form {
    /// All nine answers 4 under a new id.
    pub fn complete() -> Self {
        let mut form = Self::default();
        form.push("id", &uuid::Uuid::new_v4().to_string());
        for element in suara_domain::element::Element::ALL {
            form.push(element.key(), "4");
        }
        form
    }

    pub fn push(&mut self, name: &str, value: &str) {
        self.0.push((name.to_owned(), value.to_owned()));
    }

    /// The form with a field set (or added).
    pub fn with(mut self, name: &str, value: &str) -> Self {
        match self.0.iter_mut().find(|(field, _)| field == name) {
            Some((_, known)) => value.clone_into(known),
            None => self.push(name, value),
        }
        self
    }

    pub fn without(mut self, name: &str) -> Self {
        self.0.retain(|(field, _)| field != name);
        self
    }

    pub fn value(&self, name: &str) -> &str {
        self.0.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value)
    }

    pub fn encoded(&self) -> String {
        let mut encoder = form_urlencoded::Serializer::new(String::new());
        encoder.extend_pairs(self.0.iter()).finish()
    }
}
