//! Frames: AWS's own, and others beside the official SDK's reader and writer of them.

use std::fs;

use aws_smithy_eventstream::frame::read_message_from;
use aws_smithy_types::DateTime;
use aws_smithy_types::event_stream::HeaderValue as OfficialValue;
use bytes::Bytes;
use proptest::collection::vec;
use proptest::prelude::*;
use smithy_reqwest::event_stream::{Frame, FrameDecoder, FrameError, HeaderValue};
use workspace_tests::shared;

use super::message::{message, written};

/// The frames in pieces that come one after the other, up to an error.
fn decoded(pieces: &[&[u8]]) -> (Vec<Frame>, Result<(), FrameError>) {
    let (mut decoder, mut frames) = (FrameDecoder::new(), Vec::new());
    for piece in pieces {
        decoder.push(Bytes::copy_from_slice(piece));
        loop {
            match decoder.next_frame() {
                Ok(Some(frame)) => frames.push(frame),
                Ok(None) => break,
                Err(error) => return (frames, Err(error)),
            }
        }
    }
    (frames, decoder.end())
}

/// A frame as text: the names and values of its headers, and its payload.
fn shown(frame: &Frame) -> Vec<String> {
    let headers = frame.headers().map(|header| format!("{header:?}"));
    headers.chain([format!("{:?}", frame.payload())]).collect()
}

/// A value as this project has it.
fn ours(value: &OfficialValue) -> HeaderValue<'_> {
    match value {
        OfficialValue::Bool(value) => HeaderValue::Boolean(*value),
        OfficialValue::Byte(value) => HeaderValue::Byte(*value),
        OfficialValue::Int16(value) => HeaderValue::Short(*value),
        OfficialValue::Int32(value) => HeaderValue::Integer(*value),
        OfficialValue::Int64(value) => HeaderValue::Long(*value),
        OfficialValue::ByteArray(bytes) => HeaderValue::Bytes(bytes),
        OfficialValue::String(text) => HeaderValue::String(text.as_str()),
        OfficialValue::Timestamp(time) => HeaderValue::Timestamp(time.to_millis().unwrap()),
        OfficialValue::Uuid(value) => HeaderValue::Uuid(value.to_be_bytes()),
        other => panic!("{other:?}"),
    }
}

/// A frame of the official SDK as text, as [`shown`] shows one.
fn officially_shown(mut bytes: &[u8]) -> Option<Vec<String>> {
    let message = read_message_from(&mut bytes).ok()?;
    let headers = message.headers().iter();
    let headers = headers.map(|it| format!("{:?}", (it.name().as_str(), ours(it.value()))));
    Some(
        headers
            .chain([format!("{:?}", message.payload())])
            .collect(),
    )
}

#[test]
fn the_frames_of_aws_are_read_or_refused_as_their_names_say() {
    let Some(folder) = shared("conformance/eventstream") else {
        return;
    };
    let mut count = (0, 0);
    for file in fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        let bytes = fs::read(&path).unwrap();
        for length in [1, 7, bytes.len()] {
            let pieces: Vec<&[u8]> = bytes.chunks(length).collect();
            let (frames, end) = decoded(&pieces);
            if name.starts_with("valid_") {
                let shown: Vec<_> = frames.iter().map(shown).collect();
                let expected = officially_shown(&bytes).unwrap();
                assert_eq!((shown, end), (vec![expected], Ok(())), "{name}");
                assert_eq!(frames[0].encode().unwrap(), bytes, "{name}");
            } else {
                assert!(frames.is_empty() && end.is_err(), "{name}: {frames:?}");
            }
        }
        if name.starts_with("valid_") {
            count.0 += 1;
        } else {
            count.1 += 1;
        }
    }
    assert_eq!(count, (3, 8));
}

#[test]
fn pieces_that_are_pushed_before_their_frames_are_taken_are_kept() {
    let frames = ["one", "two"].map(Frame::new);
    let mut decoder = FrameDecoder::new();
    for frame in &frames {
        decoder.push(frame.encode().unwrap());
    }
    for frame in &frames {
        let taken = decoder.next_frame().unwrap();
        assert_eq!(taken.as_ref(), Some(frame));
    }
    assert_eq!(decoder.next_frame(), Ok(None));
}

#[test]
fn a_frame_that_comes_in_single_bytes_is_read_in_linear_time() {
    let payload = vec![7; 4 << 20];
    let bytes = Frame::new(payload.clone()).encode().unwrap();
    let pieces: Vec<&[u8]> = bytes.chunks(1).collect();
    let (frames, end) = decoded(&pieces);
    assert_eq!((frames.len(), end), (1, Ok(())));
    assert_eq!(frames[0].payload(), &payload);
}

#[test]
fn lengths_beyond_the_limits_are_refused_by_the_prelude_alone() {
    let prelude = |length: u32, headers: u32| {
        let mut prelude = [length.to_be_bytes(), headers.to_be_bytes()].concat();
        prelude.extend(crc32(&prelude).to_be_bytes());
        decoded(&[&prelude]).1
    };
    let (header_limit, payload_limit) = (128 << 10, 24 << 20);
    assert_eq!(
        prelude(16 + header_limit, header_limit),
        Err(FrameError::Incomplete)
    );
    assert_eq!(
        prelude(17 + header_limit, header_limit + 1),
        Err(FrameError::HeadersTooLong)
    );
    assert_eq!(prelude(16 + payload_limit, 0), Err(FrameError::Incomplete));
    assert_eq!(
        prelude(17 + payload_limit, 0),
        Err(FrameError::PayloadTooLong)
    );
    assert_eq!(prelude(15, 0), Err(FrameError::Length));
    assert_eq!(prelude(u32::MAX, u32::MAX), Err(FrameError::HeadersTooLong));
}

/// The CRC-32 of ISO 3309, as written in RFC 1952, bit by bit.
fn crc32(bytes: &[u8]) -> u32 {
    let step = |crc: u32, _| (crc >> 1) ^ (0xedb8_8320 * (crc & 1));
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), step)
    })
}

#[test]
fn headers_that_no_frame_can_have_are_refused() {
    let with = |name: &str, value| Frame::default().with_header(name, value).map(drop);
    let value = HeaderValue::Boolean(true);
    assert_eq!(with("", value), Err(FrameError::HeaderName));
    assert_eq!(with(&"n".repeat(255), value), Ok(()));
    assert_eq!(with(&"n".repeat(256), value), Err(FrameError::HeaderName));
    let long = vec![0; 32_768];
    assert_eq!(with("n", HeaderValue::Bytes(&long[1..])), Ok(()));
    assert_eq!(
        with("n", HeaderValue::Bytes(&long)),
        Err(FrameError::HeaderValue)
    );
    let full = (0..4).try_fold(Frame::default(), |frame, _| {
        frame.with_header("name", HeaderValue::Bytes(&long[1..]))
    });
    assert_eq!(full.map(drop), Err(FrameError::HeadersTooLong));
}

/// The limits of botocore, each of which a frame may reach.
#[test]
fn frames_are_written_up_to_the_limits() {
    let (header_limit, payload_limit) = (128 << 10, 24 << 20);
    // Four headers share the limit, each of five bytes and its value.
    let long = vec![0; header_limit / 4 - 5 + 1];
    let with = |frame: Frame, value| frame.with_header("n", HeaderValue::Bytes(value));
    let first = (0..3).try_fold(Frame::default(), |frame, _| with(frame, &long[1..]));
    let first = first.unwrap();
    let full = with(first.clone(), &long[1..]).unwrap();
    assert_eq!(with(first, &long), Err(FrameError::HeadersTooLong));
    let bytes = full.encode().unwrap();
    assert_eq!(bytes.len(), header_limit + 16);
    assert_eq!(decoded(&[&bytes]), (vec![full], Ok(())));

    let payload = Bytes::from(vec![0; payload_limit + 1]);
    let bytes = Frame::new(payload.slice(1..)).encode().unwrap();
    assert_eq!(bytes.len(), payload_limit + 16);
    let too_long = Frame::new(payload).encode();
    assert_eq!(too_long, Err(FrameError::PayloadTooLong));
}

#[test]
fn what_is_printed_of_a_frame_has_no_contents() {
    let frame = Frame::new("hunter2").with_header("secret", HeaderValue::String("hunter3"));
    let shown = format!("{:?}", frame.unwrap());
    assert_eq!(shown, "Frame { headers: 1, payload: 7 bytes }");

    let mut decoder = FrameDecoder::new();
    decoder.push(&b"hunt"[..]);
    assert_eq!(decoder.next_frame(), Ok(None));
    decoder.push(&b"er2"[..]);
    assert_eq!(format!("{decoder:?}"), "FrameDecoder { kept: 7, .. }");
}

/// Any value of a header.
fn value() -> impl Strategy<Value = OfficialValue> {
    prop_oneof![
        any::<bool>().prop_map(OfficialValue::Bool),
        any::<i8>().prop_map(OfficialValue::Byte),
        any::<i16>().prop_map(OfficialValue::Int16),
        any::<i32>().prop_map(OfficialValue::Int32),
        any::<i64>().prop_map(OfficialValue::Int64),
        vec(any::<u8>(), 0..40).prop_map(|it| OfficialValue::ByteArray(it.into())),
        "\\PC{0,20}".prop_map(|it| OfficialValue::String(it.into())),
        (-9_000_000_000_000_i64..9_000_000_000_000)
            .prop_map(|it| OfficialValue::Timestamp(DateTime::from_millis(it))),
        any::<u128>().prop_map(OfficialValue::Uuid),
    ]
}

const NAMES: [&str; 5] = [":message-type", ":event-type", "name", "n", "é"];

/// The bytes of any frame, as the official SDK writes it.
fn bytes() -> impl Strategy<Value = Bytes> {
    let headers = vec((prop::sample::select(&NAMES), value()), 0..8);
    (headers, vec(any::<u8>(), 0..200))
        .prop_map(|(headers, payload)| written(&message(headers, payload)))
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn frames_are_read_and_written_as_by_the_official_sdk(
        frames in vec(bytes(), 1..5),
        length in 1_usize..300,
    ) {
        let expected: Vec<_> = frames.iter().map(|it| officially_shown(it).unwrap()).collect();
        let all = frames.concat();
        let pieces: Vec<&[u8]> = all.chunks(length).collect();
        let (found, end) = decoded(&pieces);
        prop_assert_eq!(end, Ok(()));
        prop_assert_eq!(found.iter().map(shown).collect::<Vec<_>>(), expected);
        for (frame, bytes) in found.iter().zip(&frames) {
            prop_assert_eq!(&frame.encode().unwrap(), bytes);
            let copy = frame.headers().try_fold(Frame::new(frame.payload().clone()), |copy, (name, value)| {
                copy.with_header(name, value)
            });
            prop_assert_eq!(&copy.unwrap().encode().unwrap(), bytes);
        }
    }

    #[test]
    fn bytes_that_are_changed_are_refused_and_no_split_changes_that(
        frame in bytes(),
        at in any::<prop::sample::Index>(),
        change in 1_u8..=255,
        fixes_checksums in any::<bool>(),
        length in 1_usize..300,
    ) {
        let mut frame = frame.to_vec();
        let at = at.index(frame.len());
        frame[at] ^= change;
        if fixes_checksums {
            let prelude = crc32(&frame[..8]).to_be_bytes();
            frame[8..12].copy_from_slice(&prelude);
            let end = frame.len() - 4;
            let checksum = crc32(&frame[..end]).to_be_bytes();
            frame[end..].copy_from_slice(&checksum);
        }
        let (found, end) = decoded(&[&frame]);
        let pieces: Vec<&[u8]> = frame.chunks(length).collect();
        let (found_in_pieces, end_in_pieces) = decoded(&pieces);
        prop_assert_eq!(&found, &found_in_pieces);
        prop_assert_eq!(&end, &end_in_pieces);
        prop_assert!(fixes_checksums || end.is_err());
        // The official reader takes a payload for shorter that has been cut, and more of the names.
        for frame in &found {
            prop_assert_eq!(Some(shown(frame)), officially_shown(&frame.encode().unwrap()));
        }
    }

    #[test]
    fn any_bytes_are_frames_or_an_error(
        bytes in vec(any::<u8>(), 0..600),
        length in 1_usize..100,
    ) {
        let pieces: Vec<&[u8]> = bytes.chunks(length).collect();
        prop_assert_eq!(decoded(&pieces), decoded(&[&bytes]));
    }
}
