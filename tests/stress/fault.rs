//! The faults of the service.

use std::io;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use workspace_tests::Random;

/// How the service misbehaves in one attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Fault {
    /// The connection is reset, and nothing done.
    Reset,
    /// The connection is closed, and nothing done.
    Closed,
    /// Status 500, and nothing done.
    Failure,
    /// Status 503, and nothing done.
    Unavailable,
    /// Too many calls, and nothing done.
    Throttled,
    /// The request is refused for good.
    Refused,
    /// The flow is started, and the connection reset.
    ResetAfterwards,
    /// The flow is started, and the answer breaks off in its head.
    HalfHead,
    /// The flow is started, and the answer breaks off in its body.
    HalfBody,
    /// The flow is started, and the answer is no HTTP.
    Garbage,
    /// The flow is started, and the answer is half of its JSON.
    HalfJson,
    /// The flow is started, and the answer has broken chunks.
    BrokenChunks,
    /// The flow is started, and no answer comes.
    Silence,
}

const ALL: [Fault; 13] = [
    Fault::Reset,
    Fault::Closed,
    Fault::Failure,
    Fault::Unavailable,
    Fault::Throttled,
    Fault::Refused,
    Fault::ResetAfterwards,
    Fault::HalfHead,
    Fault::HalfBody,
    Fault::Garbage,
    Fault::HalfJson,
    Fault::BrokenChunks,
    Fault::Silence,
];

impl Fault {
    /// A fault, in one attempt of twenty.
    pub(crate) fn choose(random: &mut Random) -> Option<Self> {
        random.is_one_in(20).then(|| *random.one_of(&ALL))
    }

    /// Whether the service does what it is asked for all the same.
    pub(crate) fn starts(self) -> bool {
        self >= Self::ResetAfterwards
    }

    /// Answers with the fault. The result is whether the connection is good for another request.
    pub(crate) async fn answer(self, connection: &mut TcpStream) -> io::Result<bool> {
        if let Self::Reset | Self::ResetAfterwards = self {
            connection.set_zero_linger()?;
        }
        connection.write_all(self.bytes()).await?;
        if self == Self::Silence {
            connection.read_to_end(&mut Vec::new()).await?;
        }
        let stays = [
            Self::Failure,
            Self::Unavailable,
            Self::Throttled,
            Self::Refused,
            Self::HalfJson,
        ];
        Ok(stays.contains(&self))
    }

    fn bytes(self) -> &'static [u8] {
        match self {
            Self::Reset | Self::Closed | Self::ResetAfterwards | Self::Silence => b"",
            Self::Failure => {
                b"HTTP/1.1 500 No\r\nx-amzn-errortype: InternalServerException\r\n\
                  content-length: 2\r\n\r\n{}"
            }
            Self::Unavailable => b"HTTP/1.1 503 No\r\ncontent-length: 0\r\n\r\n",
            Self::Throttled => {
                b"HTTP/1.1 429 No\r\ncontent-length: 32\r\n\r\n{\"__type\":\"ThrottlingException\"}"
            }
            Self::Refused => {
                b"HTTP/1.1 400 No\r\ncontent-length: 30\r\n\r\n{\"code\":\"ValidationException\"}"
            }
            Self::HalfHead => b"HTTP/1.1 200 OK\r\ncontent-len",
            Self::HalfBody => b"HTTP/1.1 200 OK\r\ncontent-length: 24\r\n\r\n{\"executionId\"",
            Self::Garbage => b"\0\x01\x02 what is this\r\n\r\n",
            Self::HalfJson => b"HTTP/1.1 200 OK\r\ncontent-length: 14\r\n\r\n{\"executionId\"",
            Self::BrokenChunks => {
                b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{}\r\nno size\r\n"
            }
        }
    }
}
