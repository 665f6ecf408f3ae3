//! The built-in HTTP clients, each created when it is first used.

use std::path::PathBuf;
use std::sync::OnceLock;
use std::time::Duration;

use crate::body::Body;
use crate::timeout::Timeouts;
use crate::tls::{self, TlsError};
use crate::transport::{Http, NewConnection, Transport, TransportError, TransportFuture, chain};
use crate::uri::is_loopback;

/// One HTTP client.
struct HttpClient {
    set_up: Box<dyn Fn() -> Result<Http, TlsError> + Send + Sync>,
    client: OnceLock<Result<Http, TlsError>>,
}

impl HttpClient {
    fn new(set_up: impl Fn() -> Result<Http, TlsError> + Send + Sync + 'static) -> Self {
        Self {
            set_up: Box::new(set_up),
            client: OnceLock::new(),
        }
    }

    fn get(&self) -> &Result<Http, TlsError> {
        self.client.get_or_init(&self.set_up)
    }
}

impl Transport for HttpClient {
    fn send(&self, request: http::Request<Body>) -> TransportFuture<'_> {
        match self.get() {
            Ok(http) => http.send(request),
            Err(error) => {
                let error = TransportError::connect(chain(error));
                Box::pin(std::future::ready(Err(error)))
            }
        }
    }
}

/// Returns the transport to metadata endpoints, without proxies and with this timeout for
/// connecting.
pub(crate) fn metadata(connect_timeout: Duration) -> impl Transport {
    HttpClient::new(move || tls::metadata_client(connect_timeout).map(Http::from))
}

/// The transport to other hosts: directly to the local machine, and through the proxies of the
/// environment otherwise.
pub(crate) struct ByHost {
    on_this_machine: Connections,
    elsewhere: Connections,
}

/// An HTTP client that keeps connections, and one that does not.
struct Connections {
    kept: HttpClient,
    new: HttpClient,
}

impl Connections {
    fn new(
        builder: impl Fn() -> Result<reqwest::ClientBuilder, TlsError> + Clone + Send + Sync + 'static,
        timeouts: Timeouts,
    ) -> Self {
        let of_kept = builder.clone();
        Self {
            kept: HttpClient::new(move || build(of_kept()?, timeouts)),
            new: HttpClient::new(move || build(builder()?.pool_max_idle_per_host(0), timeouts)),
        }
    }
}

impl ByHost {
    pub(crate) fn new(timeouts: Timeouts, ca_bundle: Option<PathBuf>) -> Self {
        let builder = move || tls::http_client_builder_trusting(ca_bundle.as_deref());
        let without_proxy = builder.clone();
        Self {
            on_this_machine: Connections::new(move || Ok(without_proxy()?.no_proxy()), timeouts),
            elsewhere: Connections::new(builder, timeouts),
        }
    }

    /// Creates the HTTP client that calls of the service use.
    pub(crate) fn set_up(&self, is_local: bool) -> Result<(), TlsError> {
        let client = self.connections(is_local).kept.get();
        client.as_ref().map(drop).map_err(Clone::clone)
    }

    fn connections(&self, is_local: bool) -> &Connections {
        if is_local {
            &self.on_this_machine
        } else {
            &self.elsewhere
        }
    }
}

impl Transport for ByHost {
    fn send(&self, request: http::Request<Body>) -> TransportFuture<'_> {
        let is_local = request.uri().host().is_some_and(is_loopback);
        let connections = self.connections(is_local);
        if request.extensions().get::<NewConnection>().is_some() {
            connections.new.send(request)
        } else {
            connections.kept.send(request)
        }
    }
}

fn build(builder: reqwest::ClientBuilder, timeouts: Timeouts) -> Result<Http, TlsError> {
    let client = timeouts.apply(builder).build();
    let client = client.map_err(|error| TlsError::new(&error))?;
    Ok(Http::new(client, timeouts.silence()))
}
