//! Listening, background refreshes, and an orderly end.

use std::future::Future;
use std::io::{self, Write};
use std::net::{SocketAddr, TcpListener, ToSocketAddrs};
use std::sync::Arc;
use std::time::Duration;

use actix_web::middleware::from_fn;
use actix_web::{App as HttpApp, HttpResponse, HttpServer, web};

use super::metrics::Metrics;
use super::observe::observe;
use super::routes;
use super::state::Web;
use crate::app::App;

/// Where to listen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServeOptions {
    /// Address and port; port 0 takes a free one.
    pub listen: String,
    /// Address and port of the metrics, if they are wanted.
    pub metrics_listen: Option<String>,
}

/// How often the directory is compared with the database.
const DIRECTORY_EVERY: Duration = Duration::from_secs(1);
/// How often newly closed periods are looked for.
const RESULTS_EVERY: Duration = Duration::from_secs(5);
/// How long requests may take to end after SIGTERM, seconds.
const DRAIN_SECONDS: u64 = 20;
/// How long the head of a request may take: old phones on slow networks are patient, and so are we.
const HEAD_TIMEOUT: Duration = Duration::from_secs(30);

/// A service that listens and does not answer yet.
pub struct Server {
    app: App,
    listener: TcpListener,
    metrics_listener: Option<TcpListener>,
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
        Ok(Self { app, listener, metrics_listener })
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
        let state = web::Data::new(Web::new(self.app.clone(), Arc::clone(&metrics)));
        actix_web::rt::System::new().block_on(async move {
            let background = actix_web::rt::spawn(refresh(self.app.clone()));
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
            background.abort();
            // Requests are answered by now; what hung up before its answer may still wait to be stored.
            self.app.shutdown().await;
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

/// Keeps the directory and the list of results fresh, off the workers. A failing database leaves the former ones.
async fn refresh(app: App) {
    let mut until_results = Duration::ZERO;
    loop {
        let results_due = until_results.is_zero();
        until_results = if results_due { RESULTS_EVERY } else { until_results.saturating_sub(DIRECTORY_EVERY) };
        let app = app.clone();
        let refreshed = web::block(move || {
            app.refresh_directory().map_err(|error| error.to_string())?;
            if results_due { app.refresh_results().map_err(|error| error.to_string()) } else { Ok(()) }
        });
        if let Ok(Err(error)) = refreshed.await {
            tracing::warn!(error, "master data and results were not refreshed");
        }
        actix_web::rt::time::sleep(DIRECTORY_EVERY).await;
    }
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
            metrics.render(app.waiting()).map_or_else(
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
