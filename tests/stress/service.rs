//! A stand-in of AppFlow that starts flows, and has its faults.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::BytesMut;
use tokio::io::AsyncWriteExt as _;
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::Runtime;
use workspace_tests::read_request;

use crate::books::{Books, Reply};

const SEED: u64 = 1;

/// A service with threads of its own, that is up until it is dropped.
pub(crate) struct Service {
    address: SocketAddr,
    books: Arc<Mutex<Books>>,
    _runtime: Runtime,
}

impl Service {
    /// Starts a service that keeps books of so many calls.
    pub(crate) fn start(calls: usize) -> io::Result<Self> {
        let runtime = crate::runtime(1)?;
        let listener = runtime.block_on(TcpListener::bind((Ipv4Addr::LOCALHOST, 0)))?;
        let address = listener.local_addr()?;
        let books = Arc::new(Mutex::new(Books::new(SEED, calls)));
        runtime.spawn(accept(listener, Arc::clone(&books)));
        Ok(Self {
            address,
            books,
            _runtime: runtime,
        })
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    pub(crate) fn books(&self) -> MutexGuard<'_, Books> {
        lock(&self.books)
    }
}

async fn accept(listener: TcpListener, books: Arc<Mutex<Books>>) {
    while let Ok((connection, _)) = listener.accept().await {
        let books = Arc::clone(&books);
        // A connection that breaks is the client's affair.
        tokio::spawn(async move { serve(connection, &books).await.is_ok() });
    }
}

async fn serve(mut connection: TcpStream, books: &Mutex<Books>) -> io::Result<()> {
    connection.set_nodelay(true)?;
    let mut buffer = BytesMut::new();
    while let Some(request) = read_request(&mut connection, &mut buffer).await? {
        let reply = lock(books).enter(&request);
        match reply {
            Ok(Reply::Run(run)) => connection.write_all(answer(run).as_bytes()).await?,
            Ok(Reply::Fault(fault)) => {
                if !fault.answer(&mut connection).await? {
                    return Ok(());
                }
            }
            Err(error) => lock(books).problems.push(error.to_string()),
        }
    }
    Ok(())
}

fn answer(run: u32) -> String {
    let body = format!(r#"{{"flowStatus":"Active","executionId":"{run}"}}"#);
    let length = body.len();
    format!("HTTP/1.1 200 OK\r\ncontent-length: {length}\r\n\r\n{body}")
}

/// A panic elsewhere leaves the books as good as they were.
fn lock(books: &Mutex<Books>) -> MutexGuard<'_, Books> {
    books.lock().unwrap_or_else(PoisonError::into_inner)
}
