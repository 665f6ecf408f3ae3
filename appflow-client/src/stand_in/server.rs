//! The stand-in on a loopback port.

use std::fmt;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};

use http_body_util::BodyExt as _;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;
use tokio::task::{JoinHandle, JoinSet};

use super::StandIn;
use crate::{Body, TransportError, http};

/// A stand-in that is served on a loopback port, until this is dropped.
pub struct Server {
    address: SocketAddr,
    task: JoinHandle<()>,
}

impl StandIn {
    /// Serves the stand-in on a free port of 127.0.0.1, over HTTP/1.1, on the tokio runtime that
    /// this is called on.
    ///
    /// # Errors
    ///
    /// No port could be opened.
    pub async fn serve(&self) -> io::Result<Server> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        let task = tokio::spawn(serve(listener, self.clone()));
        Ok(Server { address, task })
    }
}

impl Server {
    /// Returns the endpoint URL for clients: `http://127.0.0.1:…`.
    #[must_use]
    pub fn endpoint_url(&self) -> String {
        format!("http://{}", self.address)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Server")
            .field("address", &self.address)
            .finish_non_exhaustive()
    }
}

/// Accepts connections forever. They end together with this task.
async fn serve(listener: TcpListener, stand_in: StandIn) {
    let mut connections = JoinSet::new();
    loop {
        // A connection that was lost before it was accepted does not stop the server.
        let Ok((stream, _)) = listener.accept().await else {
            continue;
        };
        while connections.try_join_next().is_some() {}
        let stand_in = stand_in.clone();
        connections.spawn(async move {
            let answer = service_fn(|request| answer(&stand_in, request));
            let connection = http1::Builder::new().serve_connection(TokioIo::new(stream), answer);
            // The client sees a lost connection.
            let _ = connection.await;
        });
    }
}

/// Answers one request. A fault that breaks the connection is an error.
async fn answer(
    stand_in: &StandIn,
    request: http::Request<Incoming>,
) -> Result<http::Response<Body>, TransportError> {
    let (head, body) = request.into_parts();
    let body = body
        .collect()
        .await
        .map_err(TransportError::other)?
        .to_bytes();
    stand_in
        .answer(http::Request::from_parts(head, body.into()))
        .await
}
