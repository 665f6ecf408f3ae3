//! Edits that spoil a text.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;

/// One edit, at a place that is given as a part of the length.
#[derive(Debug, Clone)]
pub(crate) enum Edit {
    /// Put bytes in.
    Insert(Index, Vec<u8>),
    /// Put bytes in place of as many.
    Replace(Index, Vec<u8>),
    /// Take so many bytes out.
    Remove(Index, usize),
    /// Leave the rest out.
    Truncate(Index),
    /// Put a part in once more, elsewhere.
    Copy(Index, usize, Index),
    /// Put a value in so many brackets, or braces.
    Nest(Index, usize, bool),
}

/// One to four edits.
pub(crate) fn edits() -> impl Strategy<Value = Vec<Edit>> {
    let place = any::<Index>;
    let edit = prop_oneof![
        (place(), piece()).prop_map(|(at, bytes)| Edit::Insert(at, bytes)),
        (place(), piece()).prop_map(|(at, bytes)| Edit::Replace(at, bytes)),
        (place(), 1_usize..40).prop_map(|(at, length)| Edit::Remove(at, length)),
        place().prop_map(Edit::Truncate),
        (place(), 1_usize..200, place())
            .prop_map(|(from, length, to)| Edit::Copy(from, length, to)),
        (place(), 1_usize..400, any::<bool>())
            .prop_map(|(at, levels, is)| Edit::Nest(at, levels, is)),
    ];
    vec(edit, 1..5)
}

/// What is hard on who reads JSON, or HTTP.
fn piece() -> impl Strategy<Value = Vec<u8>> {
    let hard: Vec<&[u8]> = vec![
        b"null", b"true", b"[]", b"{}", b"\"", b"\\", b"\\u0000", b"\\ud800", b"\\u001b[31m",
        b"1e999", b"-", b"0.1", b"99999999999999999999", b",", b":", b"{", b"}", b"[", b"]",
        b"\r\n", b"\0", b"\x1b", b"\xff", b"\xc3\x28", b"\xe2\x80\xa8", b" ", b"\t", b"\r\n\r\n",
        b"-1", b"0\r\n\r\n",
    ];
    let hard = prop::sample::select(hard).prop_map(<[u8]>::to_vec);
    prop_oneof![3 => hard, 1 => vec(any::<u8>(), 1..8)]
}

impl Edit {
    pub(crate) fn apply(mut text: Vec<u8>, edit: &Self) -> Vec<u8> {
        let length = text.len();
        let place = |at: &Index| at.index(length + 1);
        match edit {
            Self::Insert(at, bytes) => {
                text.splice(place(at)..place(at), bytes.iter().copied());
            }
            Self::Replace(at, bytes) => {
                let end = (place(at) + bytes.len()).min(length);
                text.splice(place(at)..end, bytes.iter().copied());
            }
            Self::Remove(at, count) => {
                text.drain(place(at)..(place(at) + count).min(length));
            }
            Self::Truncate(at) => text.truncate(place(at)),
            Self::Copy(from, count, to) => {
                let end = (place(from) + count).min(length);
                let copy = text[place(from)..end].to_vec();
                text.splice(place(to)..place(to), copy);
            }
            Self::Nest(at, levels, is_object) => {
                // It begins where a value does, if one follows.
                let colon = text[place(at)..].iter().position(|byte| *byte == b':');
                let at = colon.map_or(place(at), |colon| place(at) + colon + 1);
                let open: &[u8] = if *is_object { b"{\"x\":" } else { b"[" };
                text.splice(at..at, open.repeat(*levels));
            }
        }
        text
    }
}
