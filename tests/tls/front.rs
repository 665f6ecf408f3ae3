//! What stands between a client and a loopback server: TLS, and a proxy that tunnels.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex};

use rustls::ServerConfig;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio_rustls::TlsAcceptor;
use workspace_tests::Server;

/// A listener whose connections all end at another address. Dropping it ends them.
pub(crate) struct Front {
    pub(crate) port: u16,
    _tasks: JoinSet<()>,
}

impl Front {
    /// TLS before a server that has none.
    pub(crate) async fn tls(config: Arc<ServerConfig>, server: &Server) -> Self {
        let acceptor = TlsAcceptor::from(config);
        let server: SocketAddr = server.url()["http://".len()..].parse().unwrap();
        Self::new(move |stream| {
            let acceptor = acceptor.clone();
            async move {
                // A client that takes the certificate for none hangs up, and sees that itself.
                if let Ok(mut near) = acceptor.accept(stream).await {
                    let mut far = TcpStream::connect(server).await.unwrap();
                    let _ = copy_bidirectional(&mut near, &mut far).await;
                }
            }
        })
        .await
    }

    /// A proxy whose tunnels all lead to this port, and the first lines of what it is asked.
    pub(crate) async fn tunnel(port: u16) -> (Self, Arc<Mutex<Vec<String>>>) {
        let asked = Arc::new(Mutex::new(Vec::new()));
        let lines = Arc::clone(&asked);
        let front = Self::new(move |mut near| {
            let lines = Arc::clone(&lines);
            async move {
                let line = first_line(&mut near).await;
                lines.lock().unwrap().push(line);
                near.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await.unwrap();
                let far = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).await;
                let _ = copy_bidirectional(&mut near, &mut far.unwrap()).await;
            }
        });
        (front.await, asked)
    }

    async fn new<F>(serve: impl Fn(TcpStream) -> F + Send + 'static) -> Self
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let mut tasks = JoinSet::new();
        tasks.spawn(async move {
            let mut connections = JoinSet::new();
            while let Ok((stream, _)) = listener.accept().await {
                connections.spawn(serve(stream));
            }
        });
        Self {
            port,
            _tasks: tasks,
        }
    }

    pub(crate) fn url(&self) -> String {
        format!("https://localhost:{}", self.port)
    }
}

/// The first line of a request, which is read up to its body.
async fn first_line(stream: &mut TcpStream) -> String {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.unwrap());
    }
    let head = String::from_utf8(head).unwrap();
    head.lines().next().unwrap().to_owned()
}
