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
    /// One that speaks HTTP/2, for the operations that require it.
    #[cfg(feature = "http2")]
    http2: HttpClient,
}

/// A function that returns the builder of an HTTP client.
trait Builder:
    Fn() -> Result<reqwest::ClientBuilder, TlsError> + Clone + Send + Sync + 'static
{
}

impl<F> Builder for F where
    F: Fn() -> Result<reqwest::ClientBuilder, TlsError> + Clone + Send + Sync + 'static
{
}

impl Connections {
    fn new(
        builder: impl Builder,
        #[cfg(feature = "http2")] http2: impl Builder,
        timeouts: Timeouts,
    ) -> Self {
        let of_kept = builder.clone();
        Self {
            kept: HttpClient::new(move || build(of_kept()?, timeouts)),
            new: HttpClient::new(move || build(builder()?.pool_max_idle_per_host(0), timeouts)),
            #[cfg(feature = "http2")]
            http2: HttpClient::new(move || build(http2()?, timeouts)),
        }
    }

    /// Sends a request that requires HTTP/2.
    #[cfg(feature = "http2")]
    fn send_http2(&self, request: http::Request<Body>) -> TransportFuture<'_> {
        self.http2.send(request)
    }

    /// Refuses a request that requires HTTP/2.
    #[cfg(not(feature = "http2"))]
    #[expect(clippy::unused_self, reason = "it has the client with the feature")]
    fn send_http2(&self, _: http::Request<Body>) -> TransportFuture<'_> {
        let problem = "the operation requires HTTP/2: turn on the feature `http2` of the crate \
                       `smithy-reqwest`";
        Box::pin(std::future::ready(Err(TransportError::connect(problem))))
    }
}

impl ByHost {
    pub(crate) fn new(timeouts: Timeouts, ca_bundle: Option<PathBuf>) -> Self {
        #[cfg(feature = "http2")]
        let http2 = {
            let ca_bundle = ca_bundle.clone();
            move || tls::http2_client_builder_trusting(ca_bundle.as_deref())
        };
        let builder = move || tls::http_client_builder_trusting(ca_bundle.as_deref());
        let without_proxy = |builder: reqwest::ClientBuilder| builder.no_proxy();
        Self {
            on_this_machine: Connections::new(
                mapped(builder.clone(), without_proxy),
                #[cfg(feature = "http2")]
                mapped(http2.clone(), without_proxy),
                timeouts,
            ),
            elsewhere: Connections::new(
                builder,
                #[cfg(feature = "http2")]
                http2,
                timeouts,
            ),
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
        if request.version() == http::Version::HTTP_2 {
            connections.send_http2(request)
        } else if request.extensions().get::<NewConnection>().is_some() {
            connections.new.send(request)
        } else {
            connections.kept.send(request)
        }
    }
}

/// Returns a builder that sets more.
fn mapped(
    builder: impl Builder,
    set: fn(reqwest::ClientBuilder) -> reqwest::ClientBuilder,
) -> impl Builder {
    move || builder().map(set)
}

fn build(builder: reqwest::ClientBuilder, timeouts: Timeouts) -> Result<Http, TlsError> {
    let client = timeouts.apply(builder).build();
    let client = client.map_err(|error| TlsError::new(&error))?;
    Ok(Http::new(client, timeouts.silence()))
}

#[cfg(all(test, not(feature = "http2")))]
mod tests {
    use super::*;

    #[tokio::test]
    async fn without_the_feature_a_request_that_requires_http_2_is_an_error_that_names_it() {
        let client = ByHost::new(Timeouts::default(), None);
        let request = http::Request::builder().version(http::Version::HTTP_2);
        let request = request.uri("https://example.com").body(Body::default());
        let error = client.send(request.unwrap()).await.unwrap_err();
        assert_eq!(
            error.to_string(),
            "could not connect: the operation requires HTTP/2: turn on the feature `http2` of the \
             crate `smithy-reqwest`"
        );
    }
}
