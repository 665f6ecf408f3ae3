//! The default HTTP clients, each set up when it is first used.

use std::path::PathBuf;
use std::sync::OnceLock;
use std::time::Duration;

use crate::auth::is_loopback;
use crate::body::Body;
use crate::timeout::Timeouts;
use crate::tls::{self, TlsError};
use crate::transport::{Http, Transport, TransportError, TransportFuture, chain};

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

/// Returns the transport to the endpoints beside this machine, which has no proxies and this timeout
/// for connecting.
pub(crate) fn metadata(connect_timeout: Duration) -> impl Transport {
    HttpClient::new(move || tls::metadata_client(connect_timeout).map(Http::from))
}

/// The transport to everything else: directly to this machine, and through the proxies of the
/// environment to others.
pub(crate) struct ByHost {
    on_this_machine: HttpClient,
    elsewhere: HttpClient,
}

impl ByHost {
    pub(crate) fn new(timeouts: Timeouts, ca_bundle: Option<PathBuf>) -> Self {
        let bundle = ca_bundle.clone();
        let builder = move || tls::http_client_builder_trusting(bundle.as_deref());
        let on_this_machine = move || build(builder()?.no_proxy(), timeouts);
        let builder = move || tls::http_client_builder_trusting(ca_bundle.as_deref());
        Self {
            on_this_machine: HttpClient::new(on_this_machine),
            elsewhere: HttpClient::new(move || build(builder()?, timeouts)),
        }
    }

    /// Sets up the one that calls of a service go through.
    pub(crate) fn set_up(&self, is_local: bool) -> Result<(), TlsError> {
        let client = self.client(is_local).get();
        client.as_ref().map(drop).map_err(Clone::clone)
    }

    fn client(&self, is_local: bool) -> &HttpClient {
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
        self.client(is_local).send(request)
    }
}

fn build(builder: reqwest::ClientBuilder, timeouts: Timeouts) -> Result<Http, TlsError> {
    let client = timeouts.apply(builder).build();
    let client = client.map_err(|error| TlsError::new(&error))?;
    Ok(Http::new(client, timeouts.silence()))
}
