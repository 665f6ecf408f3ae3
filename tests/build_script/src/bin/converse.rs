//! Sends a prompt to a model, and prints the tokens of its reply while they arrive. A stand-in for the
//! service is part of the program.

use std::error::Error;
use std::io::{self, Write};

use assistant::types::{Message, Reply, Role};
use smithy_reqwest::event_stream::{Frame, FrameError, HeaderValue};
use smithy_reqwest::{Body, BoxError, Credentials, http};

include!(concat!(env!("OUT_DIR"), "/assistant.rs"));

/// Sends a prompt, and writes the reply token by token.
async fn converse(
    client: &assistant::Client,
    prompt: &str,
    output: &mut impl Write,
) -> Result<(), Box<dyn Error>> {
    let mut response = client
        .converse_stream("storyteller-v1")
        .messages([Message::new(Role::User, prompt)])
        .send()
        .await?;
    while let Some(event) = response.stream.next().await? {
        match event {
            Reply::ContentBlockDelta(delta) => {
                write!(output, "{}", delta.text)?;
                output.flush()?;
            }
            Reply::MessageStop(stop) => {
                let tokens = stop.output_tokens.unwrap_or_default();
                writeln!(output, "\n({tokens} tokens)")?;
            }
            // An event that this version of the client does not know.
            _ => {}
        }
    }
    Ok(())
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let prompt = std::env::args().nth(1);
    let prompt = prompt.as_deref().unwrap_or("Tell a short story.");
    let client = assistant::Client::builder()
        .region("us-east-1")
        .credentials(Credentials::new("AKIDEXAMPLE", "secret", None))
        .transport(storyteller)
        .build()?;
    converse(&client, prompt, &mut io::stdout()).await
}

/// Stands in for the service. Each event is a piece of the body by itself.
async fn storyteller(_: http::Request<Body>) -> Result<http::Response<Body>, BoxError> {
    let tokens = ["Once", " upon", " a", " time", "."];
    let delta = |token: &&str| event("contentBlockDelta", &format!(r#"{{"text":"{token}"}}"#));
    let stop = event("messageStop", r#"{"outputTokens":5}"#);
    let frames: Vec<_> = tokens.iter().map(delta).chain([stop]).collect();
    Ok(http::Response::new(stream(frames)))
}

fn event(name: &str, payload: &str) -> Result<Frame, FrameError> {
    Frame::new(payload.to_owned())
        .with_header(":message-type", HeaderValue::String("event"))?
        .with_header(":event-type", HeaderValue::String(name))?
        .with_header(":content-type", HeaderValue::String("application/json"))
}

fn stream(frames: Vec<Result<Frame, FrameError>>) -> Body {
    let pieces = frames.into_iter().map(|frame| frame?.encode());
    Body::wrap_stream(futures_util::stream::iter(pieces.collect::<Vec<_>>()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A client whose calls come to a stand-in that sends these frames.
    fn client(frames: fn() -> Vec<Result<Frame, FrameError>>) -> assistant::Client {
        assistant::Client::builder()
            .region("us-east-1")
            .credentials(Credentials::new("AKIDEXAMPLE", "secret", None))
            .transport(move |request: http::Request<Body>| async move {
                assert_eq!(
                    request.uri().path(),
                    "/model/storyteller-v1/converse-stream"
                );
                let sent = request.body().bytes().map(|bytes| bytes.to_vec());
                let expected = br#"{"messages":[{"role":"user","text":"Once?"}]}"#;
                assert_eq!(sent.as_deref(), Some(expected.as_slice()));
                Ok::<_, BoxError>(http::Response::new(stream(frames())))
            })
            .build()
            .unwrap()
    }

    fn delta(text: &str) -> Result<Frame, FrameError> {
        event("contentBlockDelta", &format!(r#"{{"text":"{text}"}}"#))
    }

    /// A screen: the pieces of text that were shown one by one, and the text that is not shown yet.
    #[derive(Default)]
    struct Screen {
        shown: Vec<String>,
        hidden: String,
    }

    impl Write for Screen {
        fn write(&mut self, text: &[u8]) -> io::Result<usize> {
            self.hidden.push_str(std::str::from_utf8(text).unwrap());
            Ok(text.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            self.shown.push(std::mem::take(&mut self.hidden));
            Ok(())
        }
    }

    #[tokio::test]
    async fn every_token_is_shown_when_it_arrives() {
        let client = client(|| {
            let unknown = event("thought", r#"{"about":"the end"}"#);
            let stop = event("messageStop", r#"{"outputTokens":2}"#);
            vec![delta("Yes,"), unknown, delta(" once."), stop]
        });
        let mut screen = Screen::default();
        converse(&client, "Once?", &mut screen).await.unwrap();
        assert_eq!(screen.shown, ["Yes,", " once."]);
        assert_eq!(screen.hidden, "\n(2 tokens)\n");
    }

    #[tokio::test]
    async fn an_exception_ends_the_reply_with_an_error_of_the_model() {
        let client = client(|| {
            let exception = Frame::new(r#"{"message":"out of ideas"}"#)
                .with_header(":message-type", HeaderValue::String("exception"))
                .and_then(|frame| {
                    let name = HeaderValue::String("modelStreamErrorException");
                    frame.with_header(":exception-type", name)
                });
            vec![delta("Well,"), exception]
        });
        let mut screen = Screen::default();
        let error = converse(&client, "Once?", &mut screen).await.unwrap_err();
        assert_eq!(screen.shown, ["Well,"]);
        let error = error.downcast_ref::<assistant::Error>().unwrap();
        let Some(assistant::ServiceError::ModelStreamErrorException(modeled)) = error.service()
        else {
            panic!("{error}");
        };
        assert_eq!(modeled.message.as_deref(), Some("out of ideas"));
    }
}
