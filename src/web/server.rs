//! Listening, background refreshes, and an orderly end.

use std::future::Future;
use std::io::{self, Write};
use std::net::{SocketAddr, TcpListener, ToSocketAddrs};
use std::sync::Arc;
use std::time::Duration;

use actix_web::middleware::from_fn;
use actix_web::rt::task::JoinHandle;
use actix_web::{App as HttpApp, HttpResponse, HttpServer, web};

use super::metrics::Metrics;
use super::observe::observe;
use super::routes;
use super::state::Web;
use crate::app::App;

/// Where to listen, and under which address people come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServeOptions {
    /// Address and port; port 0 takes a free one.
    pub listen: String,
    /// Address and port of the metrics, if they are wanted.
    pub metrics_listen: Option<String>,
    /// Public address, without a slash at the end.
    pub public_url: String,
    /// Sites that may show the survey in a frame.
    pub embed_origins: Vec<String>,
}

/// How often the directory is compared with the database.
const DIRECTORY_EVERY: Duration = Duration::from_secs(1);
/// How often newly closed periods are looked for.
const RESULTS_EVERY: Duration = Duration::from_secs(5);
/// How often devices that sent many responses are looked for.
const FLAGS_EVERY: Duration = Duration::from_mins(1);
/// How often responses are counted for the figures of the running period.
const COUNT_EVERY: Duration = Duration::from_secs(3);
/// How long requests may take to end after SIGTERM, seconds.
const DRAIN_SECONDS: u64 = 20;
/// How long the head of a request may take: old phones on slow networks are patient, and so are we.
const HEAD_TIMEOUT: Duration = Duration::from_secs(30);

/// A service that listens and does not answer yet.
pub struct Server {
    app: App,
    listener: TcpListener,
    metrics_listener: Option<TcpListener>,
    options: ServeOptions,
}

/// Serves until SIGTERM or SIGINT, then ends what was begun. The first line on stdout is
/// `listening on http://HOST:PORT`.
///
/// # Errors
/// An address that cannot be listened on, or the runtime fails.
pub fn serve(app: App, options: &ServeOptions) -> io::Result<()> {
    let server = Server::bind(app, options)?;
    announce(server.address()?)?;
    server.run(std::future::pending())
}

impl Server {
    /// Takes the addresses.
    ///
    /// # Errors
    /// An address that cannot be listened on.
    pub fn bind(app: App, options: &ServeOptions) -> io::Result<Self> {
        let listener = listen(&options.listen)?;
        let metrics_listener = options.metrics_listen.as_deref().map(listen).transpose()?;
        Ok(Self { app, listener, metrics_listener, options: options.clone() })
    }

    /// Where the service listens.
    ///
    /// # Errors
    /// The system does not tell.
    pub fn address(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// Where the metrics are, if they are wanted.
    ///
    /// # Errors
    /// The system does not tell.
    pub fn metrics_address(&self) -> io::Result<Option<SocketAddr>> {
        self.metrics_listener.as_ref().map(TcpListener::local_addr).transpose()
    }

    /// Answers requests until a signal comes or `until` is over, then drains: requests that were begun are answered,
    /// responses that were taken are stored.
    ///
    /// # Errors
    /// The runtime fails.
    pub fn run(self, until: impl Future<Output = ()> + 'static) -> io::Result<()> {
        let metrics = Arc::new(Metrics::new().map_err(io::Error::other)?);
        let state = web::Data::new(Web::new(self.app.clone(), Arc::clone(&metrics), &self.options));
        actix_web::rt::System::new().block_on(async move {
            let background =
                [actix_web::rt::spawn(refresh(self.app.clone())), actix_web::rt::spawn(count(self.app.clone()))];
            if let Some(listener) = self.metrics_listener {
                actix_web::rt::spawn(metrics_server(listener, self.app.clone(), metrics)?);
            }
            let server = HttpServer::new(move || {
                HttpApp::new().app_data(state.clone()).configure(routes::configure).wrap(from_fn(observe))
            })
            .client_request_timeout(HEAD_TIMEOUT)
            .shutdown_timeout(DRAIN_SECONDS)
            .listen(self.listener)?
            .run();
            let handle = server.handle();
            actix_web::rt::spawn(async move {
                until.await;
                handle.stop(true).await;
            });
            let ended = server.await;
            background.iter().for_each(JoinHandle::abort);
            // Requests are answered by now; what hung up before its answer may still wait to be stored.
            self.app.shutdown().await;
            count_once(&self.app).await;
            ended
        })
    }
}

fn listen(address: &str) -> io::Result<TcpListener> {
    let explain = |error: io::Error| io::Error::new(error.kind(), format!("cannot listen on {address}: {error}"));
    let first = address.to_socket_addrs().map_err(explain)?.next();
    let first = first.ok_or_else(|| explain(io::Error::other("no such address")))?;
    TcpListener::bind(first).map_err(explain)
}

#[expect(clippy::print_stdout, reason = "the contract: the first line on stdout tells the address")]
fn announce(address: SocketAddr) -> io::Result<()> {
    println!("listening on http://{address}");
    io::stdout().flush()
}

/// Keeps the directory, the list of results and the flags of devices fresh, off the workers. A failing database leaves
/// the former ones.
async fn refresh(app: App) {
    let (mut until_results, mut until_flags) = (Duration::ZERO, Duration::ZERO);
    loop {
        let results_due = is_due(&mut until_results, RESULTS_EVERY);
        let flags_due = is_due(&mut until_flags, FLAGS_EVERY);
        let app = app.clone();
        let refreshed = web::block(move || {
            // One that fails for long must not keep the others from being done.
            let directory = app.refresh_directory().map_err(|error| error.to_string());
            let results = if results_due { app.refresh_results().map_err(|error| error.to_string()) } else { Ok(()) };
            let flags = if flags_due { app.refresh_device_flags().map_err(|error| error.to_string()) } else { Ok(()) };
            [directory, results, flags]
        });
        for error in refreshed.await.into_iter().flatten().filter_map(Result::err) {
            tracing::warn!(error, "master data, results or flags were not refreshed");
        }
        actix_web::rt::time::sleep(DIRECTORY_EVERY).await;
    }
}

/// Counts responses behind those who store them, a little at a time.
async fn count(app: App) {
    loop {
        if count_once(&app).await {
            actix_web::rt::time::sleep(COUNT_EVERY).await;
        }
    }
}

/// Counts some of what was stored; `false` if there is more to be done at once.
async fn count_once(app: &App) -> bool {
    let app = app.clone();
    let counted = web::block(move || app.count_responses().map_err(|error| error.to_string())).await;
    match counted {
        Ok(Ok(is_done)) => is_done,
        Ok(Err(error)) => {
            tracing::warn!(error, "responses were not counted");
            true
        }
        Err(_) => true,
    }
}

/// Whether something is to be done in this round, given the time that is left until then.
fn is_due(left: &mut Duration, every: Duration) -> bool {
    let due = left.is_zero();
    *left = if due { every.saturating_sub(DIRECTORY_EVERY) } else { left.saturating_sub(DIRECTORY_EVERY) };
    due
}

/// The metrics on a listener of their own.
fn metrics_server(
    listener: TcpListener,
    app: App,
    metrics: Arc<Metrics>,
) -> io::Result<impl Future<Output = io::Result<()>>> {
    let answer = move || {
        let (app, metrics) = (app.clone(), Arc::clone(&metrics));
        async move {
            metrics.render(app.waiting(), app.lag()).map_or_else(
                |_| HttpResponse::InternalServerError().finish(),
                |text| HttpResponse::Ok().content_type("text/plain; version=0.0.4; charset=utf-8").body(text),
            )
        }
    };
    let server = HttpServer::new(move || HttpApp::new().route("/metrics", web::get().to(answer.clone())))
        .workers(1)
        .disable_signals()
        .listen(listener)?
        .run();
    Ok(server)
}
