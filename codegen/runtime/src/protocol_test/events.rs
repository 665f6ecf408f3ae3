//! Streams of events, to be sent and compared.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use bytes::Bytes;

use super::canonical;
use crate::event_stream::{Frame, FrameDecoder, HeaderValue};

/// Returns the body of a response: frames, each given as base64.
#[must_use]
pub fn event_frames(frames: &[&str]) -> Bytes {
    let frames = frames.iter().map(|frame| BASE64_STANDARD.decode(frame));
    let frames: Result<Vec<_>, _> = frames.collect();
    let frames = frames.unwrap_or_else(|error| panic!("a frame is not base64: {error}"));
    frames.concat().into()
}

/// Returns the frames of a body in a form in which neither the order of headers nor the way of writing
/// JSON makes a difference. Of signed frames, those inside are returned.
pub(super) fn canonical_frames(body: &Bytes) -> Vec<String> {
    let frames = decoded(body).into_iter();
    frames
        .flat_map(|frame| match frame.header(":chunk-signature") {
            Some(_) => decoded(frame.payload()),
            None => vec![frame],
        })
        .map(|frame| canonical_frame(&frame))
        .collect()
}

fn decoded(body: &Bytes) -> Vec<Frame> {
    let mut decoder = FrameDecoder::new();
    decoder.push(body.clone());
    let mut frames = Vec::new();
    while let Some(frame) = decoder
        .next_frame()
        .unwrap_or_else(|error| panic!("the body is not frames: {error}"))
    {
        frames.push(frame);
    }
    decoder.end().unwrap_or_else(|error| panic!("{error}"));
    frames
}

fn canonical_frame(frame: &Frame) -> String {
    let mut headers: Vec<String> = frame.headers().map(|it| format!("{it:?}")).collect();
    headers.sort();
    let is_json = frame.header(":content-type") == Some(HeaderValue::String("application/json"));
    let payload = match serde_json::from_slice(frame.payload()) {
        Ok(json) if is_json => canonical::json(json).to_string(),
        _ => format!("{:?}", frame.payload()),
    };
    format!("{} {payload}", headers.join(" "))
}
