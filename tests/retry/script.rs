//! A transport that answers from a script.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use smithy_reqwest::{Body, BoxError, ClientBuilder, GeneratedClient, http};

/// What comes back for a request.
pub(crate) enum Reply {
    Answer(http::Response<Body>),
    Failure(BoxError),
}

impl Reply {
    pub(crate) fn status(status: u16) -> Self {
        Self::answer(status, "", "")
    }

    /// An answer with an error code, as its body has it.
    pub(crate) fn code(status: u16, code: &str) -> Self {
        Self::answer(status, "x-amzn-errortype", code)
    }

    pub(crate) fn answer(status: u16, header: &str, value: &str) -> Self {
        let mut answer = http::Response::builder().status(status);
        if !header.is_empty() {
            answer = answer.header(header, value);
        }
        Self::Answer(answer.body(Body::default()).unwrap())
    }

    pub(crate) fn body(body: Body) -> Self {
        Self::Answer(http::Response::new(body))
    }

    pub(crate) fn failure(error: impl Into<BoxError>) -> Self {
        Self::Failure(error.into())
    }
}

/// Gives replies in their order, 501 after the last, and keeps the requests.
#[derive(Clone, Default)]
pub(crate) struct Script(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    replies: VecDeque<Reply>,
    requests: Vec<http::Request<Body>>,
}

impl Script {
    pub(crate) fn new(replies: impl IntoIterator<Item = Reply>) -> Self {
        let replies = replies.into_iter().collect();
        let requests = Vec::new();
        Self(Arc::new(Mutex::new(State { replies, requests })))
    }

    pub(crate) fn client<C: GeneratedClient>(&self, builder: ClientBuilder<C>) -> C {
        let script = self.clone();
        let transport = move |request| std::future::ready(script.reply(request));
        let client = builder.transport(transport).build();
        client.unwrap_or_else(|error| panic!("{error}"))
    }

    pub(crate) fn reply(
        &self,
        request: http::Request<Body>,
    ) -> Result<http::Response<Body>, BoxError> {
        let mut state = self.0.lock().unwrap();
        state.requests.push(request);
        match state.replies.pop_front().unwrap_or(Reply::status(501)) {
            Reply::Answer(answer) => Ok(answer),
            Reply::Failure(error) => Err(error),
        }
    }

    /// How many requests there were.
    pub(crate) fn count(&self) -> usize {
        self.0.lock().unwrap().requests.len()
    }

    /// A header of every request.
    pub(crate) fn headers(&self, name: &str) -> Vec<String> {
        let state = self.0.lock().unwrap();
        let values = state.requests.iter().map(|it| &it.headers()[name]);
        values.map(|it| it.to_str().unwrap().to_owned()).collect()
    }

    /// The body of every request.
    pub(crate) fn bodies(&self) -> Vec<String> {
        let state = self.0.lock().unwrap();
        let bodies = state.requests.iter().map(|it| it.body().bytes().unwrap());
        bodies
            .map(|it| String::from_utf8(it.to_vec()).unwrap())
            .collect()
    }
}
