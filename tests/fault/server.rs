//! A server on the loopback interface that misbehaves as it is told to.

use std::collections::VecDeque;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::BytesMut;
use futures_util::FutureExt as _;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::task::{JoinSet, yield_now};
use workspace_tests::{RecordedRequest, read_request, settle};

/// What the server does in answer to one request, one step after the other. The connection then
/// stays open for the next one, unless a step has closed it.
pub(crate) type Steps = Vec<Step>;

/// One thing that a server does on a connection.
#[derive(Debug, Clone)]
pub(crate) enum Step {
    /// It sends these bytes.
    Send(Vec<u8>),
    /// It sends these bytes over and over, until the client hangs up.
    SendEndlessly(Vec<u8>),
    /// It sends these bytes every second, until the client hangs up.
    Drip(Vec<u8>),
    /// It does nothing for so long, and after that until the client hangs up.
    Silence(Duration),
    /// It lets the client read what it has sent so far.
    LetRead,
    /// It closes the connection in good order.
    Close,
    /// It breaks the connection off: what is on its way may be lost.
    Reset,
}

/// A server that is up until it is dropped.
pub(crate) struct Server {
    address: SocketAddr,
    script: Arc<Script>,
    /// A port that is taken and not listened on.
    deaf: Option<TcpSocket>,
    tasks: JoinSet<()>,
}

/// What all connections share.
#[derive(Default)]
struct Script {
    answers: Mutex<VecDeque<Steps>>,
    /// The answer when there are no more of those.
    otherwise: Steps,
    requests: Mutex<Vec<RecordedRequest>>,
}

impl Server {
    /// A server that gives one of the answers to each request, and the other one after the last. It
    /// refuses connections until it [listens](Self::listen).
    pub(crate) fn new(answers: impl IntoIterator<Item = Steps>, otherwise: Steps) -> Self {
        let socket = TcpSocket::new_v4().unwrap();
        socket.bind((Ipv4Addr::LOCALHOST, 0).into()).unwrap();
        let script = Script {
            answers: Mutex::new(answers.into_iter().collect()),
            otherwise,
            requests: Mutex::default(),
        };
        Self {
            address: socket.local_addr().unwrap(),
            script: Arc::new(script),
            deaf: Some(socket),
            tasks: JoinSet::new(),
        }
    }

    pub(crate) fn listen(&mut self) {
        if let Some(socket) = self.deaf.take() {
            let listener = socket.listen(128).unwrap();
            self.tasks.spawn(accept(listener, Arc::clone(&self.script)));
        }
    }

    /// Gives the other answer from now on, and forgets the requests.
    pub(crate) fn behave(&self) {
        self.script.answers.lock().unwrap().clear();
        self.script.requests.lock().unwrap().clear();
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The requests that were read whole, in their order.
    pub(crate) fn requests(&self) -> Vec<RecordedRequest> {
        self.script.requests.lock().unwrap().clone()
    }
}

async fn accept(listener: TcpListener, script: Arc<Script>) {
    let mut connections = JoinSet::new();
    while let Ok((connection, _)) = listener.accept().await {
        let script = Arc::clone(&script);
        // A connection that breaks is what many of the cases are about.
        connections.spawn(async move { serve(connection, &script).await.is_ok() });
    }
}

async fn serve(mut connection: TcpStream, script: &Script) -> io::Result<()> {
    connection.set_nodelay(true)?;
    let mut buffer = BytesMut::new();
    while let Some(request) = read_request(&mut connection, &mut buffer).await? {
        script.requests.lock().unwrap().push(request);
        let answer = script.answers.lock().unwrap().pop_front();
        for step in answer.unwrap_or_else(|| script.otherwise.clone()) {
            match step {
                Step::Send(bytes) => connection.write_all(&bytes).await?,
                Step::SendEndlessly(bytes) => loop {
                    connection.write_all(&bytes).await?;
                },
                Step::Drip(bytes) => loop {
                    connection.write_all(&bytes).await?;
                    pass(Duration::from_secs(1)).await;
                },
                Step::Silence(time) => {
                    pass(time).await;
                    connection.read_to_end(&mut Vec::new()).await?;
                    return Ok(());
                }
                Step::LetRead => settle().await,
                Step::Close => return Ok(()),
                Step::Reset => return connection.set_zero_linger(),
            }
        }
    }
    Ok(())
}

/// Makes time pass for all that goes by tokio's clock, without waiting. The clock stands still for
/// this alone: elsewhere it would jump to a timeout whenever bytes are on their way between sockets.
async fn pass(time: Duration) {
    tokio::time::pause();
    let _ = tokio::time::advance(time).now_or_never();
    tokio::time::resume();
    yield_now().await;
}
